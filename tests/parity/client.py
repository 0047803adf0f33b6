"""A person in one conversation of one kind of channel: what they can do there, and what they see. Each channel has its own."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import msgspec

from templates.profile import InventedPerson


class NotOffered(Exception):
    """What a person wants to do is not offered to them here."""


class Option(msgspec.Struct, frozen=True):
    """One choice of a field."""

    value: str
    label: str


class Field(msgspec.Struct, frozen=True, kw_only=True):
    """A field as it is shown: what is wrong with it stands beside it."""

    id: str
    label: str
    value: str = ""
    error: str = ""
    insists: str = ""
    """What the client itself says, instead of sending, while the field is empty."""
    options: tuple[Option, ...] = ()


class Pressable(msgspec.Struct, frozen=True):
    """A button. `window`: it opens one here. `takes`: the fields go with it. `carries` is what the channel keeps in it."""

    action: str
    label: str
    window: bool = False
    takes: bool = False
    carries: Mapping[str, Any] = {}


class Opens(msgspec.Struct, frozen=True):
    """A link, as the client shows it."""

    label: str
    url: str


class Copy(msgspec.Struct, frozen=True):
    """A file that somebody has."""

    name: str
    content: bytes


class Seen(msgspec.Struct, frozen=True, kw_only=True):
    """A message or a window as the person sees it. `words in seen` looks for words, however the lines are broken."""

    text: str = ""
    buttons: tuple[Pressable, ...] = ()
    fields: tuple[Field, ...] = ()
    links: tuple[Opens, ...] = ()
    picture: bool = False
    preview: str = ""
    id: str = ""
    under: str = ""
    """The message in whose thread it stands."""
    changed: int = 0
    """How often it was replaced in place."""
    closed: bool = False
    """A window that is gone; the text is what it said last."""

    def __contains__(self, words: str) -> bool:
        return plain(words) in plain(self.text)

    @property
    def actions(self) -> tuple[str, ...]:
        """What can be pressed, by action name."""
        return tuple(button.action for button in self.buttons)

    @property
    def asks(self) -> tuple[str, ...]:
        """The ids of its fields."""
        return tuple(field.id for field in self.fields)

    def field(self, name: str) -> Field:
        """The field of that id. AssertionError where it is not there."""
        found = [field for field in self.fields if field.id == name]
        assert found, f"no field {name} on:\n{self.text}\nbut {self.asks}"
        return found[0]

    def button(self, action: str, words: str = "") -> Pressable:
        """The button of that action, whose label has these words. Raises NotOffered."""
        found = [button for button in self.buttons if button.action == action and words in button.label]
        if not found:
            raise NotOffered(f"no button {action} on:\n{self.text}\nbut {self.actions}")
        return found[0]


class Client(ABC):
    """What a person can do in a conversation: their own, or a channel. `shown` is the window that is open, if one is."""

    shown: Seen | None = None

    def __init__(self, person: InventedPerson, channel: str = "") -> None:
        self.person = person
        self.channel = channel

    @abstractmethod
    async def arrives(self) -> None:
        """Add the assistant, or look at it for the first time."""

    @abstractmethod
    async def says(self, text: str, *, again: bool = False) -> Seen:
        """Type a message. `again`: the channel delivers the very same one twice."""

    @abstractmethod
    async def presses(
        self, action: str, inputs: Mapping[str, str] | None = None, *, on: Seen | None = None, times: int = 1
    ) -> Seen:
        """Press a button, with what was typed into its card. `on` an older message. Raises NotOffered."""

    @abstractmethod
    async def opens(self, action: str, *, on: Seen | None = None) -> Seen:
        """Press a button that opens a window. Raises NotOffered where it opens none."""

    @abstractmethod
    async def sends(self, inputs: Mapping[str, str] | None = None, action: str = "") -> Seen:
        """Send the window that is open, by its first button or another. Returns what it shows then."""

    @abstractmethod
    async def drops(self, file: Path) -> Seen:
        """Drop a file into the conversation. Raises NotOffered."""

    @abstractmethod
    async def takes(self, what: str = "", *, made: bool = False) -> Copy:
        """Ask for the copy that the newest message offers, say yes, and have it. `what` picks one of several.

        `made`: it is made when somebody asks.
        """

    @abstractmethod
    async def messages(self) -> Sequence[Seen]:
        """Everything that stands in this conversation now and that this person sees, said by the assistant."""

    @abstractmethod
    def elsewhere(self, channel: str = "") -> Client:
        """The same person in their own conversation, or in another channel."""

    async def page(self) -> Seen:
        """Look at the assistant's own page. Raises NotOffered where there is none."""
        raise NotOffered("no page of its own")

    async def command(self, text: str) -> Seen:
        """Use the slash command. Raises NotOffered where there is none."""
        raise NotOffered("no slash command")

    async def shortcut(self, name: str, on: Seen | None = None) -> Seen:
        """Use a shortcut, anywhere or at a message. Raises NotOffered where there is none."""
        raise NotOffered("no shortcuts")

    async def previews(self) -> Sequence[str]:
        """What a telephone showed of each message. Raises NotOffered where there are no previews."""
        return [seen.preview for seen in await self.messages()]

    async def again(self, seen: Seen) -> Seen:
        """A message as it stands now. Raises NotOffered where what was said stays as it was."""
        return next(one for one in await self.messages() if one.id == seen.id)

    async def thread(self, seen: Seen) -> Sequence[Seen]:
        """What stands under a message. Raises NotOffered where there are no threads."""
        return [one for one in await self.messages() if one.under == seen.id]

    async def card(self) -> Seen:
        """The newest message with something to press."""
        return next((seen for seen in reversed(await self.messages()) if seen.buttons), Seen())

    async def newest(self) -> Seen:
        """The newest message."""
        return (await self.messages())[-1]

    async def follows(self, action: str, *, on: Seen | None = None) -> Alone:
        """Go where a button leads this person alone: into a window, or else into their own conversation."""
        card = on or await self._with(action)
        if card.button(action).window:
            return Alone(self, await self.opens(action, on=card))
        own = self.elsewhere()
        before = len(await own.messages())
        said = await self.presses(action, on=on)
        alone = (await own.messages())[before:]
        return Alone(own, one_text(alone)) if alone else Alone(self, said)

    def typed(self, seen: Seen, button: Pressable, inputs: Mapping[str, str] | None) -> dict[str, str]:
        """What stands in the fields that go with a button, once this was typed into them."""
        given = dict(inputs or {})
        assert set(given) <= set(seen.asks), f"{set(given) - set(seen.asks)} are not asked here, but {seen.asks}"
        assert button.takes or not given, f"{button.action} takes no fields"
        return {**{field.id: field.value for field in seen.fields}, **given} if button.takes else {}

    async def _pressable(self, action: str, on: Seen | None) -> tuple[Seen, Pressable]:
        """The message that has such a button, and the button. Raises NotOffered, also where it opens a window."""
        card = on or await self._with(action)
        button = card.button(action)
        if button.window:
            raise NotOffered(f"{action} opens a window")
        return card, button

    async def follows_link(self, words: str, on: Seen) -> str:
        """Open what a link of a message leads to, as the client does by itself. Returns the address. Raises NotOffered."""
        found = [link for link in on.links if words in link.label]
        if not found:
            raise NotOffered(f"no link {words} on:\n{on.text}")
        return found[0].url

    async def _with(self, action: str) -> Seen:
        """The newest message that has such a button. Raises NotOffered."""
        said = await self.messages()
        return next((seen for seen in reversed(said) if action in seen.actions), said[-1] if said else Seen())


class Alone:
    """A form that one person fills in: in windows, or card by card in their own conversation."""

    def __init__(self, client: Client, seen: Seen) -> None:
        self.client = client
        self.seen = seen

    @property
    def windows(self) -> bool:
        """Whether these are windows."""
        return self.client.shown is not None

    @property
    def saves(self) -> str:
        """The button that keeps what was filled in."""
        wanted = ("window_save", "confirm", "answer")
        return next(action for action in wanted if action in self.seen.actions)

    async def on(self, action: str, inputs: Mapping[str, str] | None = None) -> Seen:
        """Press a button of it."""
        if self.windows:
            self.seen = await self.client.sends(inputs, action)
        else:
            await self.client.presses(action, inputs)
            self.seen = await self.client.newest()
        return self.seen


def plain(text: str) -> str:
    """Words as they are read, however the lines are broken."""
    return " ".join(text.split())


def one_text(said: Sequence[Seen]) -> Seen:
    """What several messages say together; the fields and buttons are those of the last one that has any."""
    last = next((seen for seen in reversed(said) if seen.buttons), said[-1] if said else Seen())
    return msgspec.structs.replace(last, text="\n".join(seen.text for seen in said), picture=any(one.picture for one in said))
