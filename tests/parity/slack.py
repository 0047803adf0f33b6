"""A person in Slack: what they do reaches the real door signed as Slack signs it, and they see what a Slack client shows."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AsyncExitStack
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

import slack_reading
from fake_slack import WORKSPACE, FakeSlack, serving
from form_reader import forms
from msgspec.structs import replace
from person import Person
from slack_doors import HttpDoor
from slack_fields import CannotType
from slack_fields import Field as SlackField
from slack_state import Channel as SlackChannel
from slack_state import User
from slack_world import SECRET, door_at

from bot.http import pooled_session
from bot.slack.carried import frame_in
from bot.slack.codec import channel_place
from bot.slack.deliver import SlackDeliverer
from bot.slack.door import SlackDoor, slack_door
from bot.slack.settings import SlackSettings
from state.records import PlaceRecord
from templates.profile import InventedPerson
from tests.parity.client import Client, Copy, Field, NotOffered, Opens, Option, Pressable, Seen, one_text
from tests.parity.world import World, profile

ERROR = profile().words.say("slack.error", error="")


class SlackSide:
    """One workspace with the invented people in it, all of them in every channel. It outlives a restart of ours."""

    def __init__(self) -> None:
        self.world: World
        self.tenant = WORKSPACE
        self.fake: FakeSlack
        self.door: HttpDoor
        self._users: dict[str, User] = {}
        self._channels: dict[str, SlackChannel] = {}
        self._slack = AsyncExitStack()
        self._open = AsyncExitStack()
        self._settings: SlackSettings | None = None
        self._ours: SlackDoor

    async def deliverer(self, world: World) -> SlackDeliverer:
        self.world = world
        settings = self._settings or await self._slack_begins(world)
        session = pooled_session()
        self._open = AsyncExitStack()
        await self._open.enter_async_context(session)
        prefix = profile().file.prefix
        self._ours, deliverer = slack_door(
            settings, profile().words, world.clock, session, forms=forms(), jitter=lambda: 0.0, prefix=prefix, pause=self._pause
        )
        return deliverer

    async def _slack_begins(self, world: World) -> SlackSettings:
        self.fake = FakeSlack(world.clock, pace=lambda: world.clock.now().timestamp())
        await self._slack.enter_async_context(serving(self.fake))
        for person in profile().people:
            self.user(person)
        tokens, secret = world.folder / "tokens", world.folder / "signing-secret"
        tokens.write_text(f"{self.tenant} {self.fake.home.bot_token}\n", encoding="utf-8")
        secret.write_text(SECRET, encoding="utf-8")
        self._settings = SlackSettings(
            workspaces=frozenset({self.tenant}),
            tokens_file=tokens,
            signing_secret_file=secret,
            api_url=self.fake.api_url,
            answer_sites=frozenset({urlsplit(self.fake.book.base).netloc}),
            file_sites=frozenset({urlsplit(self.fake.book.base).netloc}),
        )
        return self._settings

    async def _pause(self, seconds: float) -> None:
        self.world.clock.move(timedelta(seconds=seconds))

    async def start(self, world: World) -> None:
        url = await self._open.enter_async_context(door_at(self._ours.routes(world.parts.house)))
        self.door = HttpDoor(self.fake, url, SECRET)

    async def settle(self) -> None:
        await self._ours.settle()

    async def stop(self) -> None:
        await self._ours.settle()
        await self._open.aclose()

    async def end(self) -> None:
        """Slack itself ends."""
        await self._slack.aclose()

    def person(self, person: InventedPerson) -> InventedPerson:
        user = self.user(person)
        return person.model_copy(update={"tenant": user.team, "object": user.id})

    def tied(self, name: str) -> PlaceRecord:
        place = PlaceRecord.of(channel_place(self.tenant, self.channel(name).id))
        return replace(place, tied_to=name, tied_by="test", confirmed_by="test")

    def channel(self, name: str) -> SlackChannel:
        """A channel with everybody in it."""
        if name not in self._channels:
            self._channels[name] = self.fake.add_channel(name, *self._users.values())
        return self._channels[name]

    def client(self, person: InventedPerson, channel: str) -> SlackClient:
        return SlackClient(self, person, channel)

    def user(self, person: InventedPerson) -> User:
        """Somebody as Slack knows them; whoever comes later is let into the channels that there are."""
        if person.id not in self._users:
            self._users[person.id] = self.fake.add_person(person.id, person.name, email=person.email)
            for channel in self._channels.values():
                channel.members.add(self._users[person.id].id)
        return self._users[person.id]


class SlackClient(Client):
    """Somebody in their own conversation, or in a channel, where the assistant is mentioned."""

    def __init__(self, side: SlackSide, person: InventedPerson, channel: str = "") -> None:
        super().__init__(person, channel)
        self._side = side
        self._where = side.channel(channel) if channel else None
        self._slack = Person(side.fake, side.door, side.user(person))

    def elsewhere(self, channel: str = "") -> SlackClient:
        return SlackClient(self._side, self.person, channel)

    async def arrives(self) -> None:
        self._begins()
        if self._where is not None:
            self._where.members.discard(self._side.fake.home.bot_user)
            await self._slack.invites(self._where)
        else:
            await self._slack.opens_messages()
        await self._side.world.settle()

    async def says(self, text: str, *, again: bool = False) -> Seen:
        before = self._begins()
        await (self._slack.mentions(text, self._where) if self._where else self._slack.says(text))
        if again:
            await self._side.world.settle()
            await self._slack.again()
        return await self._answered(before)

    async def presses(
        self, action: str, inputs: Mapping[str, str] | None = None, *, on: Seen | None = None, times: int = 1
    ) -> Seen:
        card, button = await self._pressable(action, on)
        self.typed(card, button, inputs)
        before = self._begins()
        try:
            await asyncio.gather(*(self._slack.press(self._message(card), action, inputs) for _ in range(times)))
        except CannotType as refused:
            raise NotOffered(str(refused)) from None
        return await self._answered(before)

    async def opens(self, action: str, *, on: Seen | None = None) -> Seen:
        card = on or await self._with(action)
        if not card.button(action).window:
            raise NotOffered(f"{action} opens no window")
        self._begins()
        await self._slack.press(self._message(card), action)
        return await self._window()

    async def sends(self, inputs: Mapping[str, str] | None = None, action: str = "") -> Seen:
        assert self.shown is not None, "no window is open"
        button = self.shown.button(action or self.shown.actions[0])
        self.typed(self.shown, button, inputs)
        self._begins()
        if button.carries["submit"]:
            await self._slack.submit(inputs)
        else:
            view = self._slack.view
            assert view is not None
            await self._slack.press(view, button.action, inputs)
        return await self._window()

    async def drops(self, file: Path) -> Seen:
        before = self._begins()
        await self._slack.shares(file.name, await asyncio.to_thread(file.read_bytes))
        return await self._answered(before)

    async def takes(self, what: str = "", *, made: bool = False) -> Copy:
        action = "one_file" if made else "get_file"
        card = await self._with(action)
        button = card.button(action, what)
        self._begins()
        await self._slack.press(self._message(card), button.label)
        await self._side.world.settle()
        await self.presses("make_one_file" if made else "send_file")
        if made:
            await self._side.world.later(seconds=10)
        [number] = next(said.files for said in reversed(self._slack.answers(self._where)) if said.files)
        stored = self._side.fake.book.files[number]
        assert stored.content is not None
        return Copy(stored.name, stored.content)

    async def follows_link(self, words: str, on: Seen) -> str:
        """Slack tells the assistant of the press as well, which has nothing to say to it."""
        url = await super().follows_link(words, on)
        before = self._begins()
        await self._slack.press(self._message(on), next(link.label for link in on.links if words in link.label))
        await self._side.world.settle()
        assert len(await self.messages()) == before
        return url

    async def messages(self) -> Sequence[Seen]:
        return [_message(said, self._side.fake) for said in self._slack.answers(self._where)]

    async def page(self) -> Seen:
        self._begins()
        await self._slack.opens_home()
        await self._side.world.settle()
        home = self._slack.home
        assert home is not None
        return _shown(home)

    async def command(self, text: str) -> Seen:
        before = self._begins()
        await self._slack.slash(text, self._where)
        return await self._answered(before)

    async def shortcut(self, name: str, on: Seen | None = None) -> Seen:
        self._begins()
        if on is None:
            await self._slack.shortcut(name)
        else:
            await self._slack.message_shortcut(name, self._said(on))
        return await self._window()

    def _begins(self) -> int:
        self._side.world.moves()
        return len(self._slack.answers(self._where))

    async def _answered(self, before: int) -> Seen:
        await self._side.world.settle()
        return one_text((await self.messages())[before:])

    def _message(self, seen: Seen) -> slack_reading.Seen | slack_reading.SeenView:
        """A message as it stands now, or the assistant's own page, which has no id."""
        if not seen.id and self._slack.home is not None:
            return self._slack.home
        return self._said(seen)

    def _said(self, seen: Seen) -> slack_reading.Seen:
        return next(said for said in self._slack.answers(self._where) if said.ts == seen.id)

    async def _window(self) -> Seen:
        """The window on top once everything is done; one with nothing to send or press is closed by its reader."""
        await self._side.world.settle()
        view = self._slack.view
        self.shown = None
        if view is None:
            return Seen(closed=True)
        seen = _view(view, self._side)
        if not seen.buttons:
            await self._slack.closes()
            return replace(seen, closed=True)
        self.shown = seen
        return seen


def _message(said: slack_reading.Seen, fake: FakeSlack) -> Seen:
    files = [fake.book.files[number] for number in said.files]
    seen = _shown(said)
    return replace(
        seen,
        text="\n".join([seen.text, *(file.alt_text or file.name for file in files)]),
        picture=any(file.mimetype.startswith("image/") for file in files),
        id=said.ts,
        under=said.thread,
        preview=said.preview,
        changed=said.updates,
    )


def _shown(said: slack_reading.Shown, errors: Mapping[str, str] | None = None) -> Seen:
    fields = tuple(_field(field, said, errors or {}) for field in said.fields)
    told = "\n".join(error for error in (errors or {}).values())
    links = tuple(Opens(one.label, one.element["url"]) for one in said.buttons if "url" in one.element)
    return Seen(text=f"{said.words}\n{told}", buttons=tuple(_buttons(said)), fields=fields, links=links)


def _view(view: slack_reading.SeenView, side: SlackSide) -> Seen:
    """A window: its own button for sending comes first."""
    seen = _shown(view, view.errors)
    kept = side.fake.book.view(lambda one: one.id == view.id)
    assert kept is not None
    submit = frame_in(kept.given["private_metadata"]).submit
    sends = (Pressable(submit.action, view.submit, takes=True, carries={"submit": True}),) if submit else ()
    return replace(seen, text=f"{view.title}\n{seen.text}", buttons=(*sends, *seen.buttons))


def _buttons(said: slack_reading.Shown) -> Iterator[Pressable]:
    in_window = isinstance(said, slack_reading.SeenView)
    for button in said.buttons:
        if carried := button.carried:
            takes = carried.inputs or in_window
            yield Pressable(carried.action, button.label, carried.window, takes, {"submit": False})


def _field(field: SlackField, said: slack_reading.Shown, errors: Mapping[str, str]) -> Field:
    """A field with what is said below it, or in bold right above it."""
    options = tuple(Option(value, label) for value, label in field.options)
    error = errors.get(field.id) or _above(field.id, said)
    return Field(id=field.id, label=field.label, value=field.value, error=error, options=options)


def _above(name: str, said: slack_reading.Shown) -> str:
    at = next(number for number, block in enumerate(said.blocks) if block.get("block_id") == name)
    before = slack_reading.words_of(said.blocks[max(at - 1, 0) : at])
    return before if before.startswith(ERROR) else ""
