"""What a person reads of blocks: words, buttons and fields."""

from __future__ import annotations

import html
from collections.abc import Iterator
from typing import Any

import msgspec
from slack_fields import Field, fields_of
from slack_state import Block, Message, Typed, View, elements

from bot.slack.carried import Carried, Refused, carried_in


class Pressable(msgspec.Struct, frozen=True):
    """A button, and what it carries of ours."""

    label: str
    block: str
    element: dict[str, Any]

    @property
    def carried(self) -> Carried | None:
        """Decoded, where it is a button of ours."""
        try:
            return carried_in(self.element.get("value"))
        except Refused:
            return None

    def called(self, name: str) -> bool:
        """By its label, its action id or the action that it carries."""
        ours = self.carried.action if self.carried else ""
        return name in (self.label, self.element["action_id"], ours)


class Shown(msgspec.Struct, frozen=True, kw_only=True):
    """Blocks before a person's eyes."""

    blocks: list[Block]
    typed: Typed = {}

    @property
    def words(self) -> str:
        """Everything it says, line by line, without its buttons."""
        return words_of(self.blocks)

    @property
    def buttons(self) -> list[Pressable]:
        """In order."""
        pressed = ((block, element) for block, element in elements(self.blocks) if element["type"] == "button")
        return [Pressable(element["text"]["text"], block["block_id"], element) for block, element in pressed]

    @property
    def labels(self) -> dict[str, str]:
        """The labels of its buttons by action name."""
        return {button.carried.action: button.label for button in self.buttons if button.carried}

    @property
    def fields(self) -> list[Field]:
        """Its inputs, with what they hold."""
        return fields_of(self.blocks, self.typed)

    @property
    def values(self) -> dict[str, str]:
        """What its inputs hold, by field id."""
        return {field.id: field.value for field in self.fields}

    def button(self, name: str) -> Pressable:
        """The button of that label or action. Raises LookupError."""
        for button in self.buttons:
            if button.called(name):
                return button
        raise LookupError(f"no button {name}: there are {[button.label for button in self.buttons]}")


class Seen(Shown, frozen=True, kw_only=True):
    """A message. `aside` says that only this person sees it; `updates` how often it was replaced."""

    channel: str
    ts: str
    user: str
    text: str
    thread: str = ""
    aside: bool = False
    updates: int = 0
    by_bot: bool = False
    files: tuple[str, ...] = ()

    @property
    def words(self) -> str:
        """Its blocks, or its text where it has none."""
        return words_of(self.blocks) if self.blocks else html.unescape(self.text)

    @property
    def preview(self) -> str:
        """What a telephone shows."""
        return html.unescape(self.text)


class SeenView(Shown, frozen=True, kw_only=True):
    """A modal or a home tab. `errors` are what stands below fields, by field id."""

    id: str
    title: str = ""
    submit: str = ""
    errors: dict[str, str] = {}


def seen(message: Message, person: str) -> Seen:
    """As that person sees it."""
    return Seen(
        blocks=message.blocks,
        typed=message.typed.get(person, {}),
        channel=message.channel,
        ts=message.ts,
        user=message.user,
        text=message.text,
        thread=message.thread,
        aside=bool(message.aside),
        updates=message.updates,
        by_bot=bool(message.bot_id),
        files=tuple(message.files),
    )


def seen_view(view: View, errors: dict[str, str]) -> SeenView:
    """As the person who has it open sees it."""
    title, submit = (view.given.get(name) or {} for name in ("title", "submit"))
    return SeenView(
        blocks=view.blocks,
        typed=view.typed,
        id=view.id,
        title=title.get("text", ""),
        submit=submit.get("text", ""),
        errors=errors,
    )


def words_of(blocks: list[Block]) -> str:
    """Line by line: paragraphs, titles, labels, hints and options; what buttons are called is left out."""
    return "\n".join(line for block in blocks for line in _lines(block) if line)


def _lines(block: Block) -> Iterator[str]:
    match block["type"]:
        case "rich_text":
            yield from (_rich(element) for element in block["elements"])
        case "section" | "header":
            yield _plain(block.get("text"))
            yield from (_plain(field) for field in block.get("fields", ()))
        case "context":
            yield from (element.get("alt_text") or _plain(element) for element in block["elements"])
        case "image":
            yield from (_plain(block.get("title")), block["alt_text"])
        case "input":
            yield from (_plain(block["label"]), _plain(block.get("hint")))
            yield from (_plain(option["text"]) for option in block["element"].get("options", ()))


def _plain(text: dict[str, Any] | None) -> str:
    """A text object as it is read: only marked-up text has escapes."""
    if text is None:
        return ""
    return html.unescape(text["text"]) if text["type"] == "mrkdwn" else str(text["text"])


def _rich(element: dict[str, Any]) -> str:
    if element["type"] == "rich_text_list":
        return "\n".join(f"- {_rich(item)}" for item in element["elements"])
    return "".join(run.get("text") or run.get("url") or f"@{run.get('user_id')}" for run in element["elements"])
