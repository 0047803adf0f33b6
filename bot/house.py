"""The house: takes a turn from a door, reads, decides, commits, and has its replies sent. One turn path for every channel."""

from __future__ import annotations

import asyncio
import hashlib
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import msgspec
from msgspec import structs

from bot.clockwork import by_itself, by_the_courier, by_the_library
from bot.courier import BUILT, Courier
from bot.library.filing import Beside
from bot.pace import Answer, Pace
from dialogs.asked import Asked, leans
from dialogs.decide import decide
from dialogs.kit import Kit
from dialogs.reads import wanted
from dialogs.reply import Reply, Window, as_json
from dialogs.turn import ANSWERED_AT_ONCE, Built, FiledBeside, FileWaits, GivenUp, Turn
from state.accounts import Speaker
from state.changes import Changes, Entry, Kind, OutboxRow, Send
from state.ledger import TOLD
from state.snapshot import Conflict, DifferentBody, Store, Wanted
from state.values import ACCOUNTS_ARE_PEOPLE, JSON, Clock, derived_id

log = logging.getLogger("cspr.house")
MOST_TRIES = 8
MOST_ROWS = 10_000


class TheHouse:
    """Takes turns. Never raises for what a person said: a bug becomes a plain sentence with a number, and a log line."""

    def __init__(self, store: Store, kit: Kit, courier: Courier, clock: Clock, pace: Pace | None = None) -> None:
        self._store = store
        self._kit = kit
        self._courier = courier
        self._clock = clock
        self._sending: set[asyncio.Task[None]] = set()
        self._pace = pace or Pace()
        courier.given_up = self.tell_given_up
        courier.built = self.tell_built
        courier.waits = self.tell_waits
        self._building = asyncio.Lock()
        """Documents of one pack are filed side by side: each is counted after the one before."""
        self._turns: dict[str, tuple[asyncio.Lock, int]] = {}

    async def take(self, turn: Turn) -> JSON:
        """Decide and commit one turn; its replies are sent in the background. Returns what an invoke is answered with.

        The clockwork's own turns are never too many: a Monday morning has hundreds.
        """
        pace = Answer.TAKE if by_itself(turn) else self._pace.answer(turn.who.id, turn.at)
        if pace is Answer.DROP:
            log.warning("a turn was not taken: too many in a minute")
            return self._nothing_done(turn)
        async with self._in_order(turn.place.id):
            digest = body_digest(turn)
            return await (self._too_fast(turn, digest) if pace is Answer.SAY_NO else self._decided(turn, digest))

    def _nothing_done(self, turn: Turn) -> JSON:
        """A window never closes as if what was sent in it had been kept."""
        text = self._kit.words.say("fault.too_fast")
        return as_json(Window(title="", closed_text=text)) if isinstance(turn.said, ANSWERED_AT_ONCE) else None

    async def _too_fast(self, turn: Turn, digest: str) -> JSON:
        """Say that this was too fast, and that what was sent now was not taken."""
        entry = Entry(chain="partnership", kind="too_fast", who=turn.who.id)
        return await self._keep(turn, digest, self._said_plainly(turn, self._kit.words.say("fault.too_fast"), entry))

    @asynccontextmanager
    async def _in_order(self, place: str) -> AsyncIterator[None]:
        """What is said in one conversation is answered in the order it came. Other processes are kept apart by row versions."""
        lock, waiting = self._turns.get(place, (asyncio.Lock(), 0))
        self._turns[place] = (lock, waiting + 1)
        try:
            async with lock:
                yield
        finally:
            lock, waiting = self._turns.pop(place)
            if waiting > 1:
                self._turns[place] = (lock, waiting - 1)

    async def _decided(self, turn: Turn, digest: str) -> JSON:
        for _ in range(MOST_TRIES):
            try:
                return await self._once(turn, digest)
            except Conflict:
                await asyncio.sleep(0)
        return await self._fault(turn, digest, RuntimeError("a turn met somebody else's writing every time"))

    async def _once(self, said: Turn, digest: str) -> JSON:
        turn = await self._by_its_person(said)
        try:
            asked = await self._asked_before(turn) if leans(turn, self._kit) else {}
            reads = wanted(turn, self._kit, asked)
        except Exception as error:  # a bug in understanding: nothing was read or written yet
            return await self._fault(turn, digest, error)
        snapshot = await self._store.read(reads)
        try:
            changes = Changes() if snapshot.seen else decide(turn, snapshot, self._kit)
        except Exception as error:  # the one place where a bug in a dialog ends: nothing was written yet
            return await self._fault(turn, digest, error)
        return await self._keep(turn, digest, changes, Speaker(said.who.id, turn.who.id) if looked_up(said) else None)

    async def _by_its_person(self, said: Turn) -> Turn:
        """The same turn, said by whoever the account belongs to, by the name that the channel gives."""
        account = said.who.id
        person = await self._store.person_of(account) if looked_up(said) else account
        if person == account:
            return said
        tenant, _, name = person.partition("/")
        return structs.replace(said, who=structs.replace(said.who, tenant=tenant, object=name), account=account)

    async def _asked_before(self, turn: Turn) -> Asked:
        """What this person asked last in this place."""
        talk = (await self._store.read(Wanted(turn="", person=turn.who.id, place=turn.place.id))).talk
        return talk.asked if talk is not None else {}

    async def tell_given_up(self, row: OutboxRow) -> None:
        """A row was given up: somebody is told, in a turn of the clockwork's own.

        The id of the turn names the row, and after it the message that should have told of it, if that was given up too.
        """
        first = int(row.turn.removeprefix(TOLD).partition(":")[0]) if row.turn.startswith(TOLD) else row.id
        failed = row.id if first != row.id else 0
        said = GivenUp(row=first, reason=row.reason, status=row.status.value, case=row.send.case, failed=failed)
        turn = f"{TOLD}{first}:{failed}" if failed else f"{TOLD}{first}"
        try:
            await self.take(by_the_courier(turn, said, self._clock.now()))
        except DifferentBody:
            # It was told before a crash, and has ended otherwise since: what was told stands.
            log.warning("row %s was told as given up before", row.id)

    async def tell_built(self, row: OutboxRow) -> None:
        """A document is filed: where its row names a card that shows the progress, the card follows."""
        body = row.send.body
        card = body.get("progress") if isinstance(body, dict) else None
        if not isinstance(card, dict):
            return
        async with self._building:
            if await self._was_told(row.id):
                return
            step = 1 + await self._built_before(row)
            said = msgspec.convert({**card, "type": "built", "case": row.send.case, "step": step}, Built)
            await self.take(by_the_courier(f"{BUILT}{row.id}", said, self._clock.now()))

    async def _built_before(self, row: OutboxRow) -> int:
        """How many of the documents that were ordered with this one are filed. They come in any order."""
        rows = await self._store.ledger(case=row.send.case, limit=MOST_ROWS)
        others = [one.id for one in rows if one.turn == row.turn and one.send.kind is Kind.DOCUMENT and one.id != row.id]
        return sum([await self._was_told(one) for one in others])

    async def _was_told(self, row: int) -> bool:
        return (await self._store.read(Wanted(turn=f"{BUILT}{row}", person="", place=""))).seen

    async def tell_waits(self, row: OutboxRow) -> None:
        """A document waits for somebody who has it open or checked out: the coordinator hears of it, once a row."""
        said = FileWaits(case=row.send.case, what=row.send.what, row=row.id)
        await self.take(by_the_library(f"file-waits:{row.id}", said, self._clock.now()))

    async def tell_beside(self, beside: Beside) -> None:
        """A rebuilt document lies beside one that somebody had changed."""
        document = beside.document
        said = FiledBeside(case=document.case, what=document.what, path=beside.path, by_hand=beside.by_hand, new=beside.new)
        await self.take(by_the_library(f"beside:{beside.id}", said, self._clock.now()))

    async def _keep(self, turn: Turn, digest: str, changes: Changes, speaker: Speaker | None = None) -> JSON:
        done = await self._store.commit(turn.id, digest, turn.at, changes, claim_lane=turn.place.id, speaker=speaker)
        if done.claimed:
            task = asyncio.create_task(self._courier.send_claimed(done.claimed, turn.place))
            self._sending.add(task)
            task.add_done_callback(self._sending.discard)
        self._courier.wake()
        return done.answer

    async def _fault(self, turn: Turn, digest: str, error: Exception) -> JSON:
        """Say sorry with a number. What was typed is kept, encrypted, with the number; the log line names no person."""
        number = derived_id(turn.id, "fault")[:8].upper()
        log.error("fault %s: %s in %s", number, type(error).__name__, _where(error))
        text = self._kit.words.say("fault.apology", number=number)
        said: JSON = msgspec.to_builtins(turn.said)
        entry = Entry(chain="partnership", kind="fault", who=turn.who.id, what={"number": number}, content=said)
        if by_itself(turn):
            return await self._keep(turn, digest, Changes(history=(entry,)))
        return await self._keep(turn, digest, self._said_plainly(turn, text, entry))

    def _said_plainly(self, turn: Turn, text: str, entry: Entry) -> Changes:
        """One sentence as the whole answer to a turn, in the chat and in a window alike."""
        in_window = isinstance(turn.said, ANSWERED_AT_ONCE)
        here, passing = turn.place.id, turn.place.address
        body, thread, aside = as_json(Reply(text=text)), passing.get("thread", ""), passing.get("aside", "")
        return Changes(
            answer=as_json(Window(title="", closed_text=text)) if in_window else None,
            history=(entry,),
            sends=(Send(kind=Kind.REPLY, lane=here, place=here, body=body, thread=thread, aside=aside),),
        )

    async def settle(self) -> None:
        """Wait until the replies under way are sent: for the console, tests and an orderly end."""
        while self._sending:
            await asyncio.gather(*self._sending)


def looked_up(turn: Turn) -> bool:
    """Whether its account may be another one of somebody's: those of Teams are people themselves (docs/decisions/0033)."""
    return turn.place.channel not in ACCOUNTS_ARE_PEOPLE


def body_digest(turn: Turn) -> str:
    """What a turn said, as a digest: the same id with another digest is refused."""
    return hashlib.sha256(msgspec.json.encode((turn.who.id, turn.place.id, turn.said))).hexdigest()


def _where(error: Exception) -> str:
    """The file and line of a bug, without any value in it."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    return f"{trace.tb_frame.f_code.co_name}:{trace.tb_lineno}" if trace else "unknown"
