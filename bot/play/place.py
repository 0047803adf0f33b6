"""The channel of a play: keeps every message and card as the people in each conversation see it now."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator

import msgspec

from bot.console.places import CHANNEL
from dialogs.reply import Button, Card, Input, Reply, Window, reply_from
from state.changes import Kind, Send
from state.values import Place


class Shown(msgspec.Struct):
    """A message in a conversation. `reply` is what it shows now, `first` what it said when it came."""

    id: str
    reply: Reply
    first: Reply
    later: list[Reply] = []
    """What it showed after that, oldest first."""

    @property
    def number(self) -> int:
        """Where it stands among all messages of the play."""
        return int(self.id.rpartition("-")[2])


class PlayChannel:
    """Delivers by remembering. A card that is replaced no longer offers what it did."""

    def __init__(self, heard: Callable[[str, Reply], None]) -> None:
        self._heard = heard
        self._count = 0
        self.shown: dict[str, list[Shown]] = defaultdict(list)
        self.windows: dict[str, list[str]] = defaultdict(list)
        """What each person saw in windows: nobody else in the conversation does."""

    async def deliver(self, place: Place, send: Send) -> str:
        """Keep a message, or let it take the place of an earlier one."""
        reply = reply_from(send.body)
        if send.kind is Kind.UPDATE:
            for one in self.shown[place.conversation]:
                if one.id == send.replaces:
                    one.reply = reply
                    one.later.append(reply)
            return send.replaces
        self._count += 1
        made = Shown(f"card-{self._count}", reply, reply)
        self.shown[place.conversation].append(made)
        self._heard(place.conversation, reply)
        return made.id

    def newest(self, conversation: str) -> Shown | None:
        """The last message of a conversation."""
        return self.shown[conversation][-1] if self.shown[conversation] else None

    def offering(self, conversation: str, action: str, targets: Collection[str] = ()) -> tuple[Shown, Button] | None:
        """The newest message of a conversation with a button of that action; where `targets` are given, about one of them."""
        for one in reversed(self.shown[conversation]):
            for button in one.reply.card.buttons if one.reply.card else ():
                if _is(button, action) and (not targets or button.target in targets):
                    return one, button
        return None

    def offered_anywhere(self, action: str) -> Button | None:
        """A button of that action that anybody was ever offered."""
        first = (one.first for messages in self.shown.values() for one in reversed(messages))
        buttons = (button for reply in first if reply.card for button in reply.card.buttons)
        return next((button for button in buttons if button.action == action), None)

    def texts(self, conversation: str) -> list[str]:
        """Everything that was said or shown in a conversation, oldest first."""
        return [text_of(reply) for one in self.shown[conversation] for reply in (one.first, *one.later)]


def _is(button: Button, action: str) -> bool:
    """Whether a button is meant: by its action's name, or by the words on it."""
    wanted = action.casefold().replace("-", "_").replace(" ", "_")
    return wanted in (button.action, button.label.casefold().replace(" ", "_"))


def channel_name(conversation: str) -> str:
    """A channel's name, or nothing for a one to one conversation."""
    return conversation.removeprefix(CHANNEL) if conversation.startswith(CHANNEL) else ""


def text_of(said: Reply | Window) -> str:
    """Everything a message or window shows, as one text with single spaces."""
    return " ".join(" ".join(_parts(said)).split())


def _parts(said: Reply | Window) -> Iterator[str]:
    if isinstance(said, Window):
        yield from (said.title, said.closed_text)
        yield from _inside(said)
        return
    yield said.text
    if said.card:
        yield said.card.title
        yield from _inside(said.card)
        yield from (button.label for button in said.card.buttons)


def _inside(card: Card | Window) -> Iterator[str]:
    for block in card.blocks:
        yield getattr(block, "text", "")
        yield from getattr(block, "items", ())
        yield from (f"{label}: {value}" for label, value in getattr(block, "rows", ()))
    for asked in card.inputs:
        yield from _input(asked)


def _input(asked: Input) -> Iterator[str]:
    labels = {choice.value: choice.label for choice in asked.choices}
    yield from (asked.label, asked.error, asked.hint, labels.get(asked.value, asked.value))


def errors_of(said: Reply | Window | None) -> list[str]:
    """The errors at the fields of a card or window."""
    part = said.card if isinstance(said, Reply) else said
    return [f"{asked.label}: {asked.error}" for asked in (part.inputs if part else ()) if asked.error]
