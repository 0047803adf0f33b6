"""Replies as messages of Slack, windows as its modals, and the page of our own. A long reply is several messages, never cut."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from bot.slack.blocks import CannotShow as CannotShow
from bot.slack.blocks import Element, actions, block_elements, heading, lines, plain, quiet
from bot.slack.carried import Carried, Frame, written
from bot.slack.fields import field_elements
from dialogs.reply import Block, Button, Input, Paragraph, Reply, Window
from templates.wording import Words

MOST_IN_MESSAGE = 50
MOST_IN_VIEW = 100
LARGEST_VIEW = 250_000
"""Bytes of a window's JSON. Source: docs.slack.dev, "views.open" (`view_too_large`)."""
LARGEST = 11_000
"""Bytes of a message's JSON, options not counted. Slack names no limit, yet refuses messages from about 13,000 characters on
(`msg_blocks_too_long`: slackapi/bolt-js, issues 2509 and 2867). A field of rare letters may be more bytes, and goes alone."""
LONGEST_IN_FRAME = 24
"""Characters of a window's title and of its own buttons."""
LONGEST_METADATA = 3_000
CALLBACK = "cspr"


class SlackMessage(msgspec.Struct, frozen=True):
    """One message. `text` is what a telephone shows and is never anything that identifies; the blocks say everything."""

    text: str
    blocks: list[Element]


class _Part(msgspec.Struct, frozen=True):
    """Blocks that stay together, and whether they are a field."""

    blocks: tuple[Element, ...]
    field: bool = False

    @property
    def size(self) -> int:
        return sum(_weight(block) for block in self.blocks)


class Renderer:
    """Draws messages, windows and the page of our own."""

    def __init__(self, words: Words) -> None:
        self._words = words

    def messages(self, reply: Reply) -> list[SlackMessage]:
        """The messages of a reply in order, at least one. Raises CannotShow."""
        card = reply.card
        parts = list(self._parts(reply.text, card.title, card.blocks, card.inputs) if card else self._parts(reply.text))
        text = escaped(reply.preview or self._words.say("slack.preview"))
        pressed = actions(card.buttons, links=card.links) if card else []
        if not parts and not pressed:
            parts = [_Part((block,)) for block in lines(self._words.say("slack.preview"))]
        return [SlackMessage(text, blocks) for blocks in self._numbered(parts, pressed)]

    def apart(self, reply: Reply) -> Reply:
        """The reply as it is said in somebody's own conversation, because a channel could not show it to them alone."""
        return msgspec.structs.replace(reply, text=f"{self._words.say('slack.from_channel')}\n\n{reply.text}".strip())

    def view(self, window: Window, frame: Frame) -> Element:
        """A window. `frame` says where it was opened. Raises CannotShow."""
        if window.closed_text:
            return self._modal(window.title, list(lines(window.closed_text)), frame)
        ways = window.buttons
        submit = window.submit or (ways[0] if ways and window.inputs else None)
        rest = ways if window.submit or not submit else ways[1:]
        blocks = [*self._flat("", window.blocks, window.inputs), *actions(rest, "send")]
        return self._modal(window.title, blocks, frame, submit)

    def home(self, window: Window) -> Element:
        """The page of our own, which each person sees of their own. Raises CannotShow."""
        shown = (*window.blocks, Paragraph(window.closed_text))
        blocks = [*self._flat(window.title, shown, window.inputs), *actions(window.buttons)]
        return _checked({"type": "home", "callback_id": CALLBACK}, blocks)

    def waiting_view(self, title: str) -> Element:
        """What stands in a window until it is ready: it has to be opened at once."""
        return self._modal(title, list(lines(self._words.say("slack.wait"))), Frame())

    def _modal(self, title: str, blocks: list[Element], frame: Frame, submit: Button | None = None) -> Element:
        short = 0 < len(title) <= LONGEST_IN_FRAME
        metadata = written(msgspec.structs.replace(frame, submit=Carried.of(submit) if submit else None))
        if len(metadata) > LONGEST_METADATA:
            raise CannotShow("a window that carries too much")
        view: Element = {
            "type": "modal",
            "callback_id": CALLBACK,
            "title": plain(title if short else self._words.say("slack.title")),
            "close": plain(self._words.say("slack.close")),
            "private_metadata": metadata,
            "notify_on_close": False,
        }
        drawn = [*(() if short else heading(title)), *blocks]
        if submit:
            view["submit"] = plain(self._submit_label(submit.label))
            drawn += self._meaning(submit.label)
        return _checked(view, drawn)

    def _submit_label(self, label: str) -> str:
        return label if len(label) <= LONGEST_IN_FRAME else self._words.say("slack.submit")

    def _meaning(self, label: str) -> Iterator[Element]:
        """What a window's button does, where its own label has no room on it."""
        if len(label) > LONGEST_IN_FRAME:
            yield from quiet(self._words.say("slack.submit_means", label=label))

    def _flat(self, title: str, blocks: Sequence[Block], inputs: Sequence[Input]) -> list[Element]:
        return [block for part in self._parts("", title, blocks, inputs) for block in part.blocks]

    def _parts(self, text: str, title: str = "", blocks: Sequence[Block] = (), inputs: Sequence[Input] = ()) -> Iterator[_Part]:
        """What is shown, in order: the title first, the text below it, the fields last."""
        if len({field.id for field in inputs}) < len(inputs):
            raise CannotShow("the same field twice")
        yield from (_Part((block,)) for block in heading(title))
        for shown in (Paragraph(text), *blocks):
            yield from (_Part((block,)) for block in block_elements(shown, self._words))
        for field in inputs:
            yield from _field_parts(field_elements(field, self._words))

    def _numbered(self, parts: list[_Part], buttons: list[Element]) -> Iterator[list[Element]]:
        """Buttons go with the last message, and with every one that has fields: a field that is not sent is unchanged."""
        groups = list(_packed(parts, buttons))
        for number, group in enumerate(groups, start=1):
            blocks = [block for part in group for block in part.blocks]
            if len(groups) > 1:
                blocks = [*quiet(self._words.say("slack.part", part=number, parts=len(groups))), *blocks]
            pressed = number == len(groups) or any(part.field for part in group)
            yield [*blocks, *(buttons if pressed else ())]


def _packed(parts: list[_Part], buttons: list[Element]) -> Iterator[list[_Part]]:
    """Parts in order, as many to a message as fit beside its buttons. One that is large by itself goes alone."""
    most, room = MOST_IN_MESSAGE - 1 - len(buttons), LARGEST - sum(map(_weight, buttons))
    group: list[_Part] = []
    count = used = 0
    for part in parts:
        blocks, size = len(part.blocks), part.size
        if group and (count + blocks > most or used + size > room):
            yield group
            group, count, used = [], 0, 0
        group.append(part)
        count, used = count + blocks, used + size
    yield group


def _field_parts(blocks: list[Element]) -> Iterator[_Part]:
    """A field with its error above it. An error that quotes a long answer may stand in messages before the field's own."""
    whole = _Part(tuple(blocks), field=True)
    if whole.size <= LARGEST // 4:
        yield whole
        return
    yield from (_Part((block,)) for block in blocks[:-1])
    yield _Part((blocks[-1],), field=True)


def _weight(block: Element) -> int:
    """Bytes of a block's JSON without the options of a choice, which have a limit of their own."""
    element = block.get("element")
    if isinstance(element, dict):
        bare = {name: value for name, value in element.items() if name not in ("options", "option_groups")}
        block = block | {"element": bare}
    return len(msgspec.json.encode(block))


def _checked(view: Element, blocks: list[Element]) -> Element:
    """A view with its blocks, where Slack has room for them. Raises CannotShow."""
    whole = view | {"blocks": blocks}
    if not 0 < len(blocks) <= MOST_IN_VIEW or len(msgspec.json.encode(whole)) > LARGEST_VIEW:
        raise CannotShow("a window with nothing in it, or with too much")
    return whole


def escaped(text: str) -> str:
    """Text for where Slack reads mrkdwn. Source: docs.slack.dev, "Formatting message text", the three signs to escape."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
