"""Our assistant in a Slack where everything goes wrong that can: drawn from one seed, lived through by the clock, then judged.

What goes wrong: calls refused, throttled, cut off before and after they took effect; Slack away for an hour; a channel that the
assistant is thrown out of; a token that is revoked and renewed; events that come late, out of order, twice and three times;
and our process killed while it sends.
"""

from __future__ import annotations

import asyncio
import contextlib
import random
from collections import Counter
from collections.abc import Awaitable, Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import aiohttp
from fake_slack import FakeSlack, Fault
from form_reader import forms
from our_slack import no_pause, secrets
from person import Person
from slack_doors import Answer, HttpDoor, NotTaken
from slack_reading import Pressable, Seen
from slack_state import Channel as SlackChannel
from slack_world import SECRET, door_at
from story import START, profile

from bot.clock import MovableClock
from bot.http import pooled_session
from bot.settings import Settings
from bot.slack.codec import channel_place, chat_place
from bot.slack.door import slack_door
from bot.wiring import assemble
from dialogs.reply import Button, Card, Reply, as_json
from state.changes import Changes, Kind, Send
from state.records import GrantRecord, PersonRecord, PlaceRecord
from state.values import Channel, Place, Who

PEOPLE = 4
TEXTS = ("help", "my referrals", "refer a child", "what is overdue?", "is that so", "hello")
BUTTON = Button(action="begin_referral", label="Refer a child")
ACTS = ("says", "says", "mentions", "press", "press", "channel", "slash", "home", "posts", "shortcut")
CALLS = ("chat.postMessage", "chat.postMessage", "chat.postMessage", "chat.update", "chat.postEphemeral")
ASKED = ("users.info", "conversations.open", "views.open", "views.update", "views.publish", "auth.test")
OURS = f"{Path(__file__).parents[2] / 'bot'}/"
LONGEST = timedelta(hours=100)
"""After the last trouble everything has come to an end by then."""


class Unsteady:
    """Slack on its way to us: events are kept until they are delivered; what is pressed comes at once or not at all."""

    def __init__(self) -> None:
        self.door: HttpDoor | None = None
        self.events: list[dict[str, Any]] = []

    async def event(self, payload: dict[str, Any], retry: int = 0, reason: str = "") -> None:
        self.events.append(payload)

    async def interaction(self, payload: dict[str, Any]) -> Answer:
        assert self.door is not None
        return await self.door.interaction(payload)

    async def command(self, fields: dict[str, str]) -> Answer:
        assert self.door is not None
        return await self.door.command(fields)


class Trouble:
    """One seed's life. `live` first; `lives` goes through it."""

    def __init__(self, folder: Path, seed: int, fake: FakeSlack, clock: MovableClock) -> None:
        self.folder, self.chance, self.fake, self.clock = folder, random.Random(seed), fake, clock
        self.profile = profile()
        self.door = Unsteady()
        self.acknowledged: list[str] = []
        self.counts: Counter[str] = Counter()
        self.people = [Person(fake, self.door, fake.add_person(f"person_{n}", f"Test Person {n}")) for n in range(PEOPLE)]
        names = ("coordinator", "other_coordinator")
        self.coordinators = [Person(fake, self.door, fake.add_person(name, "Test Coordinator")) for name in names]
        everybody = [one.user for one in (*self.people, *self.coordinators)]
        self.channels = [fake.add_channel(name, *everybody) for name in ("police", "health")]
        self._life = contextlib.AsyncExitStack()
        self._number = 0
        self._until: list[tuple[Any, Callable[[], Awaitable[None]]]] = []

    async def live(self) -> None:
        """Our process starts, on the data that there is."""
        life = self._life = contextlib.AsyncExitStack()
        session = await life.enter_async_context(pooled_session())
        settings = secrets(self.folder / "keys", self.fake)
        known = self.profile
        self.ours, deliverer = slack_door(
            settings,
            known.words,
            self.clock,
            session,
            forms=forms(),
            jitter=self.chance.random,
            prefix=known.file.prefix,
            pause=no_pause,
        )
        where = {"data": self.folder / "data", "library": self.folder / "library"}
        ours = Settings(mode="local", tenants=",".join(self.fake.book.workspaces), **where)
        doors = {Channel.SLACK: deliverer}
        self.parts = await assemble(ours, self.clock, doors, profile=known, chance=random.Random(1))
        life.callback(self.parts.store.close)
        await self.parts.courier.start()
        url = await life.enter_async_context(door_at(self.ours.routes(self.parts.house)))
        self.door.door = HttpDoor(self.fake, url, SECRET)

    async def end(self) -> None:
        """It ends as a server does that is told to."""
        await self._settle()
        await self._life.aclose()

    async def killed(self) -> None:
        """It ends at once, whatever it was doing, and another one starts."""
        self.counts["killed"] += 1
        tasks = [task for task in asyncio.all_tasks() if _is_ours(task)]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        self.fake.let_go.set()
        await self._life.aclose()
        await self.deliver()
        self.fake.faults = type(self.fake.faults)(fault for fault in self.fake.faults if not fault.hangs)
        self.fake.hung, self.fake.let_go = asyncio.Event(), asyncio.Event()
        await self.live()

    async def _settle(self) -> None:
        await self.ours.settle()
        await self.parts.house.settle()
        while await self.parts.courier.pass_once():
            await self.parts.house.settle()
        await self.ours.settle()

    async def settle(self) -> None:
        """Everything that is due is sent, unless the process is killed in the middle of a call that hangs."""
        work, hung = asyncio.create_task(self._settle()), asyncio.create_task(self.fake.hung.wait())
        done, _ = await asyncio.wait({work, hung}, return_when=asyncio.FIRST_COMPLETED)
        hung.cancel()
        if work in done:
            return work.result()
        work.cancel()
        await asyncio.gather(work, return_exceptions=True)
        await self.killed()
        return None

    async def begin(self) -> None:
        """Who is who, and where the two channels are, before anything goes wrong."""
        ids = [Who(one.user.team, one.id).id for one in self.coordinators]
        known = [PersonRecord(id=one, name="Test Coordinator", organisation="") for one in ids]
        grants = [
            GrantRecord(
                id=f"grant-{one}", person=one, role="coordinator", granted_by="test", granted_at=START, confirmed_by="test"
            )
            for one in ids
        ]
        places = [
            PlaceRecord(id=one.id, channel="slack", conversation=one.conversation, kind=one.kind.value, address=one.address)
            for one in map(_place, (*self.channels, *(person.dm for person in self.people)))
        ]
        await self.parts.store.commit(
            "begin",
            "begin",
            self.clock.now(),
            Changes(puts=(*known, *grants, *places)),
        )
        for one in self.coordinators:
            await one.says("help")
        await self.deliver()
        await self.settle()

    async def lives(self, steps: int) -> None:
        """So many things happen, then nothing goes wrong any more and everything comes to its end."""
        for _ in range(steps):
            await self._step()
        for _, over in self._until:
            await over()
        self._until.clear()
        self.fake.faults.clear()
        await self.deliver(last=True)
        end = self.clock.now() + LONGEST
        while self.clock.now() < end and (await self._waiting() or self.clock.now() < end - LONGEST + timedelta(hours=1)):
            await self.settle()
            self.clock.move(timedelta(minutes=20))

    async def _waiting(self) -> bool:
        rows = await self.parts.store.ledger(limit=5_000)
        return any(row.status.value in ("queued", "sending", "put_off") for row in rows)

    async def _step(self) -> None:
        over = [one for one in self._until if one[0] <= self.clock.now()]
        self._until = [one for one in self._until if one not in over]
        for _, ends in over:
            await ends()
        if self.chance.random() < 0.4:
            await self._goes_wrong()
        await self._happens()
        if self.chance.random() < 0.8:
            await self.deliver()
        if self.chance.random() < 0.7:
            await self.settle()
        self.clock.move(timedelta(seconds=self.chance.choice((0, 1, 5, 20, 90, 600))))

    # What happens.

    async def _happens(self) -> None:
        person, channel = self.chance.choice(self.people), self.chance.choice(self.channels)
        act = self.chance.choice(ACTS)
        self.counts[act] += 1
        with contextlib.suppress(NotTaken):
            match act:
                case "says":
                    await person.says(self.chance.choice(TEXTS))
                case "mentions":
                    if self.fake.home.bot_user in channel.members:
                        await person.mentions(self.chance.choice(("help", "what is overdue?")), channel)
                case "press":
                    await self._presses(person, person.answers())
                case "channel":
                    await self._presses(person, [one for one in person.answers(channel) if not one.aside])
                case "slash":
                    await person.slash(self.chance.choice(TEXTS), channel)
                case "home":
                    await person.opens_home()
                case "shortcut":
                    await person.shortcut("waiting")
                case _:
                    await self._says_by_itself(person, channel)

    async def _presses(self, person: Person, shown: list[Seen]) -> None:
        there: list[tuple[Seen, Pressable]] = [(one, button) for one in shown[-3:] for button in one.buttons]
        if there:
            message, button = self.chance.choice(there)
            await person.press(message, button.element["action_id"])

    async def _says_by_itself(self, person: Person, channel: SlackChannel) -> None:
        """What the assistant says by itself: two posts and a reminder, each with words of its own."""
        sends = []
        for where in (channel, person.dm, person.dm):
            self._number += 1
            reminder = len(sends) == 2
            text = f"Test {'reminder' if reminder else 'post'} number {self._number}."
            body = as_json(Reply(text=text) if sends else Reply(card=Card(title=text, buttons=(BUTTON,))))
            place = _place(where).id
            sends.append(Send(kind=Kind.POST, lane=place, place=place, body=body, reminder=reminder))
        turn = f"posts-{self._number}"
        await self.parts.store.commit(turn, turn, self.clock.now(), Changes(sends=tuple(sends)))

    async def deliver(self, *, last: bool = False) -> None:
        """Slack delivers its events in any order, some more than once; what is not acknowledged comes again."""
        events, self.door.events = self.door.events, []
        for payload in events:
            payload["left"] = 1 + (self.chance.random() < 0.3) + (self.chance.random() < 0.1)
        waiting = [payload for payload in events for _ in range(payload["left"])]
        self.chance.shuffle(waiting)
        tries: Counter[str] = Counter()
        for payload in waiting:
            assert self.door.door is not None
            sent = {name: value for name, value in payload.items() if name != "left"}
            tries[sent["event_id"]] += 1
            try:
                await self.door.door.event(sent, retry=tries[sent["event_id"]] - 1, reason="http_timeout")
            except (NotTaken, aiohttp.ClientError):
                self.counts["not acknowledged"] += 1
                assert not last, "nothing goes wrong any more"
                self.door.events.append(sent)
            else:
                self.acknowledged.append(sent["event_id"])

    # What goes wrong.

    async def _goes_wrong(self) -> None:
        what = self.chance.choice(("calls", "calls", "calls", "asked", "asked", "out", "away", "token", "kill", "kill"))
        self.counts[f"trouble: {what}"] += 1
        match what:
            case "calls":
                self.fake.faults.extend(self._fault(self.chance.choice(CALLS)) for _ in range(self.chance.randint(1, 4)))
            case "asked":
                kinds = [{"status": 503}, {"drop_connection": True}, {"error": "internal_error"}]
                self.fake.faults.append(Fault(method=self.chance.choice(ASKED), **self.chance.choice(kinds)))
                self.fake.faults.append(Fault(method="views.open", error="expired_trigger_id"))
            case "out":
                await self._out(self.chance.choice(self.channels))
            case "away":
                await self._away()
            case "token":
                await self._revoked()
            case _:
                carried_out = self.chance.random() < 0.5
                self.fake.faults.append(Fault(method=self.chance.choice(CALLS), hangs=True, carried_out=carried_out))

    def _fault(self, method: str) -> Fault:
        carried_out = self.chance.random() < 0.5
        kinds = [
            {"retry_after": self.chance.randint(1, 60)},
            {"status": self.chance.choice((500, 502, 503)), "carried_out": carried_out},
            {"drop_connection": True, "carried_out": carried_out},
            {"error": self.chance.choice(("internal_error", "fatal_error")), "carried_out": carried_out},
            {"error": self.chance.choice(("token_revoked", "request_timeout", "not_in_channel", "restricted_action"))},
        ]
        return Fault(method=method, **self.chance.choice(kinds))

    def _over(self, minutes: int, ends: Callable[[], Awaitable[None]]) -> None:
        self._until.append((self.clock.now() + timedelta(minutes=minutes), ends))

    async def _out(self, channel: SlackChannel) -> None:
        bot = self.fake.home.bot_user
        channel.members.discard(bot)

        async def in_again() -> None:
            channel.members.add(bot)

        self._over(self.chance.randint(1, 30), in_again)

    async def _away(self) -> None:
        fault = self.chance.choice((Fault(status=503), Fault(drop_connection=True)))
        self.fake.faults.extendleft([fault] * 1_000)

        async def back() -> None:
            self.fake.faults.clear()

        self._over(60, back)

    async def _revoked(self) -> None:
        self._number += 1
        self.fake.home.bot_token = f"xoxb-test-renewed-{self._number}"

        async def renewed() -> None:
            await self.settle()
            await self.killed()

        self._over(self.chance.randint(1, 90), renewed)


def _place(of: SlackChannel) -> Place:
    """As our door names it."""
    return chat_place(of.team, of.id, of.person) if of.person else channel_place(of.team, of.id)


def _is_ours(task: asyncio.Task[Any]) -> bool:
    """Whether our process runs it, and not the fake or the test."""
    code = getattr(task.get_coro(), "cr_code", None)
    return code is not None and code.co_filename.startswith(OURS)
