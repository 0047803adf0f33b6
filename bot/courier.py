"""The courier: sends what the outbox holds, in order in each conversation, and keeps the delivery ledger."""

from __future__ import annotations

import asyncio
import logging
import random
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Protocol

import msgspec

from bot.doors import Apart, Deliverer, NotDelivered, Reached
from dialogs.chasing.saying import only
from state.changes import Kind, OutboxRow, OutboxStatus, Send
from state.hours import next_in_hours
from state.ledger import NOT_THEIRS, PUT_OFF, TOLD
from state.policy import ClockPolicy, Hours
from state.records import PlaceRecord
from state.snapshot import Store
from state.values import JSON, Channel, Clock, Place, PlaceKind
from templates.wording import Words

log = logging.getLogger("cspr.courier")
DOCUMENTS = "documents:"
BUILT = "built:"
"""What the ids of the turns begin with that say that a document was made."""
HELD = "delivery.file_held"
"""Why a document waits that somebody has open or checked out."""
NEVER_CAME = "delivery.card_never_came"
"""Why a change of a card is dropped: the card itself did not get through, which is told on its own."""
DROPPED = frozenset({NEVER_CAME, NOT_THEIRS})
"""Reasons why a message is let go without anybody being told."""
LONGEST_TRY = timedelta(hours=72)
LONGEST_REMINDING = timedelta(days=7)
"""The same for a reminder, which may have waited for a long weekend to end before it was tried at all."""
LONGEST_ASIDE = timedelta(minutes=5)
"""How long whoever pressed a button in a channel is still looking there: what only they see is not kept anywhere."""
BELL_FIRST = timedelta(minutes=2)
"""How long a reminder waits of which something newer is due: the bell rings each minute."""
STUCK = timedelta(minutes=15)
"""A row that is being sent for so long is sent by nobody: its longest call ends after seconds."""
AT_ONCE = 20
"""Rows that are sent at one moment, each in a conversation of its own."""
DOCUMENTS_AT_ONCE = 4
"""Documents that are made and filed at one moment. However many wait for a library that hangs, messages go on."""
LONGEST_END = 5.0
"""Seconds that an orderly end waits for what is being sent: what is cut off nobody knows of, and it is sent again."""
FIRST_PAUSE = 2.0
LONGEST_PAUSE = 900.0


class Places(Protocol):
    """Where a place's address is looked up."""

    async def place(self, place: str) -> PlaceRecord | None:
        """The place of that id, or None."""
        ...


DocumentMaker = Callable[[Send], Awaitable[str]]
"""Makes and files one document; returns its name in the library. Raises NotDelivered when the library is away."""
FileGiver = Callable[[Place, Send], Awaitable[Send]]
"""Puts a document of the library into the row that gives somebody a copy. Raises NotDelivered."""


class Courier:
    """Sends rows. One `run` per process; a row is claimed in the database before anything is sent."""

    def __init__(
        self,
        store: Store,
        places: Places,
        clock: Clock,
        words: Words,
        *,
        deliverers: Mapping[Channel, Deliverer],
        documents: DocumentMaker,
        files: FileGiver,
        chance: random.Random | None = None,
        hours: Hours | None = None,
        clocks: ClockPolicy | None = None,
    ) -> None:
        self._store = store
        self._places = places
        self._clock = clock
        self._words = words
        self._deliverers = deliverers
        self._documents = documents
        self._files = files
        self._chance = chance or random.Random()  # noqa: S311 - jitter, not a secret
        self._hours, self._calendar = hours or Hours(), clocks or ClockPolicy()
        self._channels = tuple(f"{channel.value}:" for channel in deliverers)
        self._lanes = (*self._channels, DOCUMENTS)
        self._woken = asyncio.Event()
        self._giving_up = asyncio.Lock()
        """Rows are given up one after the other: what is told of one knows how those before it ended."""

        self.given_up: Callable[[OutboxRow], Awaitable[None]] | None = None
        """Given each row that is given up, as it will be marked. The house sets it: it is told in a turn like any other."""

        self.built: Callable[[OutboxRow], Awaitable[None]] | None = None
        """Told of each document that was made and filed. The house sets it: cards that show progress follow."""

        self.waits: Callable[[OutboxRow], Awaitable[None]] | None = None
        """Told when a document begins to wait for somebody who has it open or checked out. The house sets it."""

    def wake(self) -> None:
        """There may be something to send."""
        self._woken.set()

    async def run(self, pause: float = 5.0) -> None:
        """Send for ever; look again whenever woken, whenever something was sent, and every few seconds. `start` comes first.

        A conversation whose channel hangs holds up no other. A fault of the store, such as a full disk, is logged and tried
        again: nobody would notice a courier that died.
        """
        sending: dict[asyncio.Task[None], OutboxRow] = {}
        beginning: asyncio.Task[None] | None = None
        try:
            while True:
                self._woken.clear()
                for done in [one for one in sending if one.done()]:
                    del sending[done]
                beginning = asyncio.create_task(self._begin(sending))
                await asyncio.shield(beginning)
                with suppress(TimeoutError):
                    async with asyncio.timeout(pause):  # `wait_for` can swallow that we are told to end.
                        await self._woken.wait()
        finally:
            if beginning is not None:
                await beginning  # What it has claimed stands as being sent: it is sent.
            await _ended(set(sending))

    async def _begin(self, sending: dict[asyncio.Task[None], OutboxRow]) -> None:
        """Begin to send what is due, while there is room beside what is being sent: for messages, and for documents."""
        documents = sum(row.send.kind is Kind.DOCUMENT for row in sending.values())
        room = ((self._channels, AT_ONCE - len(sending) + documents), ((DOCUMENTS,), DOCUMENTS_AT_ONCE - documents))
        try:
            await self.sweep(self._clock.now() - STUCK)
            for lanes, most in room:
                rows = await self._store.claim(self._clock.now(), most, lanes) if lanes and most > 0 else ()
                sending |= {asyncio.create_task(self._work_off(row)): row for row in rows}
        except Exception as fault:
            log.error("the outbox could not be worked off: %s", type(fault).__name__)

    async def _work_off(self, row: OutboxRow) -> None:
        try:
            await self._send(row)
        except Exception as fault:
            log.error("row %s could not be worked off: %s", row.id, type(fault).__name__)
        finally:
            self.wake()

    async def start(self) -> None:
        """Rows that a crash left half-sent: replies and cards go once more, marked; reminders do not."""
        await self.sweep(self._clock.now())

    async def sweep(self, before: datetime) -> None:
        """Rows that are being sent since before an instant, and that nobody sends any more: after a crash, or a full disk."""
        for row in await self._store.stuck(before, self._lanes):
            if row.status is OutboxStatus.DEAD:
                await self._tell(row, row.status, row.reason)
            else:
                await self._uncertain(row, "delivery.stopped")

    async def pass_once(self, ahead: timedelta = timedelta()) -> int:
        """Claim and send what is due now, or a little later, for whoever has no `run`. Returns how many rows were handled."""
        rows = await self._store.claim(self._clock.now() + ahead, lanes=self._lanes)
        await asyncio.gather(*(self._send(row) for row in rows))
        return len(rows)

    async def send_claimed(self, rows: Sequence[OutboxRow], place: Place) -> None:
        """Send a door's own rows where the person spoke, at once and in order. What follows one that failed waits for it."""
        sent: dict[int, str] = {}
        for number, row in enumerate(rows):
            try:
                sent[row.id] = await self._attempt(row, place)
            except NotDelivered as failure:
                await self._settled(sent)
                sent = {}
                if not await self._failed(row, failure):
                    return await self._wait(rows[number + 1 :])
        await self._settled(sent)
        return self.wake()

    async def _settled(self, sent: Mapping[int, str]) -> None:
        if sent:
            await self._store.sent(sent, self._clock.now())

    async def _wait(self, rows: Sequence[OutboxRow]) -> None:
        for row in rows:
            await self._store.mark(row.id, OutboxStatus.QUEUED, at=self._clock.now(), next_at=self._clock.now())

    async def _send(self, row: OutboxRow) -> bool:
        if row.status is OutboxStatus.DEAD:
            async with self._giving_up:
                await self._tell(row, row.status, row.reason)
            return True
        if row.send.reminder:
            wanted = await self._wanted_now(row)
            if wanted is None:
                return False
            row = wanted
        try:
            remote = await self._attempt(row, None)
        except NotDelivered as failure:
            return await self._failed(row, failure)
        if row.send.kind is Kind.DOCUMENT and self.built is not None:
            # Before the row is marked, in a turn with the row's own id: after a crash it is told once all the same.
            await self.built(row)
        await self._store.sent({row.id: remote}, self._clock.now())
        return True

    async def _wanted_now(self, row: OutboxRow) -> OutboxRow | None:
        """A reminder as it goes now: in hours, with what is still to be done, to who may know. Else it waits or ends."""
        now = self._clock.now()
        found = await self._store.reminder_now(row, now)
        if reason := found.reason or await self._not_theirs(row.send, now):
            await self._store.mark(row.id, OutboxStatus.DROPPED, at=now, reason=reason)
            return None
        later = next_in_hours(now, self._hours, self._calendar)
        if later > now or found.waits:
            next_at = now + BELL_FIRST if found.waits else later
            await self._store.mark(row.id, OutboxStatus.PUT_OFF, at=now, reason=PUT_OFF, next_at=next_at)
            return None
        return msgspec.structs.replace(row, send=only(row.send, found.left))

    async def _not_theirs(self, send: Send, now: datetime) -> str:
        """A reminder may have waited for days: who might know when it was written may have lost that since."""
        return "" if await self._store.may_hear(send.case, send.to_person, now) else NOT_THEIRS

    async def _attempt(self, row: OutboxRow, place: Place | None) -> str:
        """Send one row. Raises NotDelivered, also for a bug in a deliverer: it must not stop the courier."""
        try:
            if row.send.kind is Kind.DOCUMENT:
                return await self._documents(row.send)
            place = place if place is not None and place.id == row.send.place else await self._place(row.send.place)
            return await self._deliver(row, place)
        except NotDelivered:
            raise
        except Exception as error:
            log.error("row %s of kind %s: %s", row.id, row.send.kind.value, type(error).__name__)
            raise NotDelivered("delivery.fault", uncertain=True) from error

    async def _place(self, place: str) -> Place:
        record = await self._places.place(place)
        if record is None:
            raise NotDelivered("delivery.no_place")
        return Place(Channel(record.channel), record.conversation, PlaceKind(record.kind), record.address)

    async def _deliver(self, row: OutboxRow, place: Place) -> str:
        if row.send.kind is Kind.UPDATE and not row.send.replaces and not row.turn.startswith(TOLD):
            raise NotDelivered(NEVER_CAME)
        deliverer = self._deliverers.get(place.channel)
        if deliverer is None:
            raise NotDelivered("delivery.no_door")
        if (row.uncertain or row.send.reminder) and isinstance(deliverer, Reached):
            await deliverer.reach(place)
        send = self._marked(row.send) if row.uncertain else row.send
        if send.kind is Kind.FILE:
            send = await self._files(place, send)
        if send.aside and isinstance(deliverer, Apart) and self._clock.now() - row.made_at > LONGEST_ASIDE:
            return await deliverer.deliver_apart(place, send)
        return await deliverer.deliver(place, send)

    def _marked(self, send: Send) -> Send:
        """A message that may have arrived before says so. A card that is replaced in place is there once however often."""
        body: JSON = send.body
        if not isinstance(body, dict) or send.kind is Kind.UPDATE:
            return send
        note = self._words.say("delivery.seen_already")
        text = str(body.get("text") or "")
        return msgspec.structs.replace(send, body={**body, "text": f"{note}\n\n{text}".strip()})

    async def _failed(self, row: OutboxRow, failure: NotDelivered) -> bool:
        now = self._clock.now()
        if failure.uncertain:
            return await self._uncertain(row, failure.reason)
        if failure.reason in DROPPED:
            await self._store.mark(row.id, OutboxStatus.DROPPED, at=now, reason=failure.reason)
            return True
        longest = LONGEST_REMINDING if row.send.reminder else LONGEST_TRY
        if failure.again_after is None or now - row.made_at > longest:
            async with self._giving_up:
                await self._tell(row, OutboxStatus.DEAD, failure.reason)
                await self._store.mark(row.id, OutboxStatus.DEAD, at=now, reason=failure.reason)
            return True
        if failure.reason == HELD and row.reason != HELD and self.waits is not None:
            # Before the row is marked, in a turn with the row's own id: after a crash it is told once all the same.
            await self.waits(row)
        await self._store.mark(row.id, OutboxStatus.QUEUED, at=now, reason=failure.reason, next_at=self._next(row, failure))
        return False

    def _next(self, row: OutboxRow, failure: NotDelivered) -> datetime:
        grown = min(LONGEST_PAUSE, FIRST_PAUSE * 2.0 ** max(row.attempts - 1, 0))
        wait = max(failure.again_after or 0.0, grown) * (1 + self._chance.random() / 4)
        return self._clock.now() + timedelta(seconds=wait)

    async def _uncertain(self, row: OutboxRow, reason: str) -> bool:
        """Nobody knows whether it arrived: once more with a mark, unless it is a reminder or was uncertain before.

        A document is made again until it is given up: the same content is the same file.
        """
        if row.send.kind is Kind.DOCUMENT:
            return await self._failed(row, NotDelivered(reason, again_after=FIRST_PAUSE))
        now = self._clock.now()
        once_more = not row.send.reminder and not row.uncertain
        status = OutboxStatus.QUEUED if once_more else OutboxStatus.UNCERTAIN
        again = now + timedelta(seconds=FIRST_PAUSE) if once_more else None
        async with self._giving_up:
            if not once_more:
                await self._tell(row, OutboxStatus.UNCERTAIN, reason)
            await self._store.mark(row.id, status, at=now, reason=reason, next_at=again, uncertain=True)
        return not once_more

    async def _tell(self, row: OutboxRow, status: OutboxStatus, reason: str) -> None:
        """What is given up is told to the coordinator; where that message is given up too, somebody else is told.

        It is told before the row is marked, in a turn with the row's own id: a crash between them tells it once all the same.
        """
        log.warning("row %s of kind %s was given up: %s", row.id, row.send.kind.value, reason)
        if self.given_up is not None:
            await self.given_up(msgspec.structs.replace(row, status=status, reason=reason))


async def _ended(sending: set[asyncio.Task[None]]) -> None:
    if not sending:
        return
    _, left = await asyncio.wait(sending, timeout=LONGEST_END)
    for one in left:
        one.cancel()
    await asyncio.gather(*left, return_exceptions=True)
