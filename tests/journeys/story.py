"""Telling a case: people say things, press buttons and fill in cards through the real turn path, with a movable clock."""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from msgspec import convert, structs
from slack_rules import problems_of_message, problems_of_view

from bot.chaser import pass_time
from bot.clock import MovableClock
from bot.console.places import channel, one_to_one, who_is
from bot.doors import NotDelivered
from bot.library.document import CASES
from bot.library.folder import FolderStorage
from bot.library.storage import Storage
from bot.settings import Settings
from bot.slack.carried import Carried, Frame, carried_in, written
from bot.slack.messages import LONGEST_IN_FRAME, Renderer
from bot.teams.cards import MOST_BUTTONS
from bot.teams.codec import Pressed
from bot.wiring import Assembled, assemble
from dialogs.reply import Button, Card, Reply, Window, reply_from, window_from
from dialogs.turn import Installed, OpenWindow, Press, Said, SubmitWindow, Text, Turn
from state.changes import Changes, Kind, Send
from state.records import AnswerRecord, CaseRecord, Record
from state.snapshot import Wanted
from state.values import Channel, Place, Who
from templates.profile import InventedPerson, Profile, load_profile, profile_folder
from templates.wording import load_words

WORKSPACE = "T0TEST"
"""The partnership's workspace in Slack."""
START = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
_profile: list[Profile] = []
_slack = Renderer(load_words())


def profile() -> Profile:
    """The profile, loaded once for all tests."""
    if not _profile:
        _profile.append(load_profile(profile_folder("north-somerset")))
    return _profile[0]


def can_come_back(buttons: Iterable[Button], links: int = 0) -> None:
    """Every button can be drawn in Teams, and what it carries is taken by our own doors when it is pressed."""
    shown = list(buttons)
    assert links + len(shown) <= MOST_BUTTONS, [one.action for one in shown]
    for one in shown:
        convert({"action": one.action, "target": one.target, "version": one.version, "at": one.at}, Pressed)
        assert carried_in(written(Carried.of(one))) == Carried.of(one)


def in_slack(reply: Reply) -> None:
    """Slack would take every message of it."""
    for message in _slack.messages(reply):
        assert problems_of_message(message.blocks) == []


def window_can_come_back(window: Window) -> None:
    """Its buttons can, and Slack would take it and has room for what its own button says."""
    can_come_back(one for one in (window.submit, *window.buttons) if one is not None)
    assert problems_of_view(_slack.view(window, Frame())) == []
    assert window.submit is None or len(window.submit.label) <= LONGEST_IN_FRAME, window.submit.label


class FakeChannel:
    """A channel that keeps what it was sent, and can be told to fail. It never deduplicates."""

    def __init__(self) -> None:
        self.said: dict[str, list[Reply]] = defaultdict(list)
        self.updates: list[tuple[str, Reply]] = []
        self.fail_with: list[NotDelivered] = []
        self._fail_at: dict[str, NotDelivered] = {}
        self.broken: dict[str, NotDelivered] = {}
        """Conversations where everything fails, until they are taken out again."""
        self._ids = itertools.count(1)

    def fail_at(self, conversation: str, failure: NotDelivered) -> None:
        """Fail once in one conversation."""
        self._fail_at[conversation] = failure

    async def deliver(self, place: Place, send: Send) -> str:
        if failure := self._fail_at.pop(place.conversation, None):
            raise failure
        if failure := self.broken.get(place.conversation):
            raise failure
        if self.fail_with:
            raise self.fail_with.pop(0)
        reply = reply_from(send.body)
        if reply.card:
            can_come_back(reply.card.buttons, len(reply.card.links))
        in_slack(reply)
        if send.kind is Kind.UPDATE:
            self.updates.append((send.replaces, reply))
        else:
            self.said[place.conversation].append(reply)
        return f"card-{next(self._ids)}"


def text_of(reply: Reply) -> str:
    """Everything a reply shows, as one text."""
    parts = [reply.text]
    if reply.card:
        parts.append(reply.card.title)
        for block in reply.card.blocks:
            parts += [getattr(block, "text", ""), *getattr(block, "items", ()), getattr(block, "alt", "")]
            parts += [f"{label}: {value}" for label, value in getattr(block, "rows", ())]
        for asked in reply.card.inputs:
            parts += [asked.label, asked.error, asked.hint, asked.value]
        parts += [f"{link.label}: {link.url}" for link in reply.card.links]
        parts += [f"[{button.label}]" for button in reply.card.buttons]
    return "\n".join(part for part in parts if part)


class Story:
    """One case being told. `as_` says who speaks; everything goes through the real house.

    `slack`: the partnership uses Slack as well, with a workspace of its own. `first` numbers its turns: a story that goes
    on with the data of another one says nothing under a number that was used. `libraries`: the organisations that have a
    library of their own; where it is given, all libraries are looked at as time goes by. `shelves`: others than folders.
    """

    def __init__(
        self,
        folder: Path,
        *,
        slack: bool = False,
        first: int = 1,
        libraries: Sequence[str] | None = None,
        shelves: Mapping[str, Storage] | None = None,
        **settings: Any,
    ) -> None:
        listed = WORKSPACE if slack else ""
        self.settings = Settings(mode="local", data=folder / "data", library=folder / "library", tenants=listed, **settings)
        self._slack = (Channel.SLACK,) if slack else ()
        self._watched = libraries is not None
        roots = {CASES: folder / "library", **{name: folder / "libraries" / name for name in libraries or ()}}
        self.shelves = shelves or {name: FolderStorage(root) for name, root in roots.items()}
        self.clock = MovableClock(START)
        self.channel = FakeChannel()
        self.parts: Assembled
        self._turns = itertools.count(first)
        self._people = {person.id: person for person in profile().people}
        self.me: InventedPerson = self._people["practitioner"]
        self.place: Place = one_to_one(self.me)
        self.who: Who = who_is(self.me)

    async def open(self) -> Story:
        doors = dict.fromkeys((Channel.CONSOLE, Channel.TEAMS, *self._slack), self.channel)
        self.parts = await assemble(self.settings, self.clock, doors, profile=profile(), shelves=self.shelves)
        await self.parts.courier.start()
        return self

    async def restart(self) -> None:
        """The process ends and begins again on the same data."""
        self.parts.store.close()
        await self.open()

    def close(self) -> None:
        self.parts.store.close()

    def as_(self, person: str, *, in_channel: str = "", device: str = "", teams: bool = False, slack: bool = False) -> Story:
        self.me = self._people[person]
        self.who = who_is(self.me)
        self.place = channel(in_channel) if in_channel else one_to_one(self.me)
        if teams:
            self.place = Place(Channel.TEAMS, f"{person}-in-teams")
        if slack:
            self.place = Place(Channel.SLACK, f"{person}-in-slack")
            self.who = Who(WORKSPACE, f"U-{person}", f"{self.me.name} in Slack")
        if device:
            self.place = Place(Channel.CONSOLE, f"{person}@{device}")
        return self

    async def take(self, said: Said, turn: str = "") -> None:
        """One turn, and everything it leads to."""
        self.clock.move(timedelta(seconds=5))
        made = Turn(id=turn or f"t{next(self._turns)}", who=self.who, place=self.place, said=said, at=self.clock.now())
        self.answer = await self.parts.house.take(made)
        if self.answer is not None:
            window_can_come_back(window_from(self.answer))
        await self.settle()

    async def settle(self) -> None:
        await self.parts.house.settle()
        while await self.parts.courier.pass_once():
            pass

    async def says(self, text: str, turn: str = "") -> Reply:
        await self.take(Text(text), turn)
        return self.newest

    async def arrives(self) -> Reply:
        await self.take(Installed())
        return self.newest

    async def press(self, action: str, inputs: Mapping[str, str] | None = None, turn: str = "") -> Reply:
        """Press the newest card's button with that action name."""
        button = self.button(action)
        said = Press(
            action=button.action,
            target=button.target,
            version=button.version,
            at=button.at,
            inputs=inputs or {},
            card=f"card-{len(self.heard)}",
        )
        await self.take(said, turn)
        return self.newest

    async def press_on(self, action: str, *, target: str) -> Reply:
        """Press the button with that action and target on the newest card."""
        found = next(button for button in self.card.buttons if button.action == action and button.target == target)
        await self.take(Press(action=found.action, target=found.target, version=found.version, at=found.at))
        return self.newest

    async def press_card(self, number: int, action: str, inputs: Mapping[str, str]) -> Reply:
        """Press a button of an older card that still stands in the chat: the first said here is number 1."""
        card = self.heard[number - 1].card
        assert card is not None
        found = next(button for button in card.buttons if button.action == action)
        made = Press(
            action=action, target=found.target, version=found.version, at=found.at, inputs=inputs, card=f"card-{number}"
        )
        await self.take(made)
        return self.newest

    async def press_raw(self, action: str, target: str, inputs: Mapping[str, str] | None = None) -> Reply:
        """A press that names its own target, whatever the newest card shows."""
        await self.take(Press(action=action, target=target, inputs=inputs or {}))
        return self.newest

    async def press_raw_at(self, button: Button) -> Reply:
        """Press a button that stands somewhere else, such as in a channel."""
        await self.take(Press(action=button.action, target=button.target, version=button.version, at=button.at))
        return self.newest

    async def press_window_raw(self, target: str) -> Window:
        """Ask for the window of a draft by its id."""
        await self.take(OpenWindow(action="window", target=target))
        self.window = window_from(self.answer)
        return self.window

    def know(self, person: InventedPerson) -> None:
        """Somebody else who can speak."""
        self._people[person.id] = person

    async def later(self, **span: float) -> None:
        """Time goes by, and what is due on the way is said and sent."""
        await self.passes(self.clock.now() + timedelta(**span))

    async def without_the_bell(self, **span: float) -> None:
        """Time goes by and what waits is sent, but nobody is reminded of anything."""
        self.clock.move(timedelta(**span))
        await self.settle()

    async def passes(self, until: datetime) -> None:
        """Time goes by until a moment, and the bell rings on the way."""
        watcher = self.parts.watcher if self._watched else None
        await pass_time(self.parts.chaser, self.clock, until, self.settle, watcher)

    @property
    def people(self) -> Sequence[InventedPerson]:
        """The invented people."""
        return list(self._people.values())

    async def cases(self) -> Sequence[CaseRecord]:
        """The cases that are open."""
        return (await self.parts.store.read(Wanted(turn="", person="nobody", place="", open_cases=True))).open_cases

    async def write(self, *records: Record) -> None:
        """Rows that no dialog writes yet."""
        turn = f"written-{next(self._turns)}"
        await self.parts.store.commit(turn, turn, self.clock.now(), Changes(puts=records))

    async def end_role(self, person: str) -> None:
        """All roles of a person end."""
        known = await self.parts.store.read(Wanted(turn="", person=who_is(self._people[person]).id, place=""))
        await self.write(*(structs.replace(grant, ended_at=self.clock.now()) for grant in known.grants))

    async def remove(self, person: str) -> None:
        """A person is removed."""
        known = await self.parts.store.read(Wanted(turn="", person=who_is(self._people[person]).id, place=""))
        assert known.person is not None
        await self.write(structs.replace(known.person, removed_at=self.clock.now()))

    async def answers_of(self, draft: str) -> Mapping[str, AnswerRecord]:
        """The answers of a draft as they are kept now."""
        return (await self.parts.store.read(Wanted(turn="", person="", place="", draft=draft))).answers

    async def answers(self, *values: str, action: str = "answer") -> Reply:
        """Fill in the newest card's inputs in order, and send."""
        ids = [asked.id for asked in self.card.inputs]
        return await self.press(action, dict(zip(ids, values, strict=False)))

    async def opens_window(self, action: str = "window") -> Window:
        return await self.opens(self.button(action))

    async def opens(self, button: Button) -> Window:
        """The window of a button, which may stand on an older card."""
        await self.take(OpenWindow(action=button.action, target=button.target, at=button.at))
        self.window = window_from(self.answer)
        return self.window

    async def submits_window(self, inputs: Mapping[str, str]) -> Window:
        send = self.window.submit
        assert send is not None
        await self.take(SubmitWindow(action=send.action, target=send.target, version=send.version, at=send.at, inputs=inputs))
        self.window = window_from(self.answer)
        return self.window

    @property
    def heard(self) -> list[Reply]:
        """Everything said in the present place."""
        return self.channel.said[self.place.conversation]

    @property
    def newest(self) -> Reply:
        return self.heard[-1]

    @property
    def card(self) -> Card:
        card = self.newest.card
        assert card is not None, f"no card here, but: {self.newest.text}"
        return card

    def has(self, action: str) -> bool:
        """Whether the newest card has such a button."""
        return any(button.action == action for button in self.card.buttons)

    def button(self, action: str) -> Button:
        found = [button for button in self.card.buttons if button.action == action]
        assert found, f"no button {action} on: {text_of(self.newest)}"
        return found[0]

    @property
    def asked(self) -> str:
        """The id of the first input that is open now."""
        return self.card.inputs[0].id if self.card.inputs else ""
