"""Parts of a message or a window of Slack, written by us as plain JSON (docs/decisions/0032-block-kit-by-hand).

Text that people typed goes into rich text, whose text Slack reads as nothing else: no mrkdwn, mention, link or emoji. Labels,
headings and quiet notes are `plain_text` with `emoji` false. Source: docs.slack.dev, "Block Kit" and its reference pages.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import accumulate

import msgspec

from bot.slack.carried import Carried, written
from dialogs.reply import Block, Bullets, Button, Facts, Link, Paragraph, Picture, Style
from templates.wording import Words

Element = dict[str, object]

LONGEST_PIECE = 2_000
"""Characters of one block of text. A longer paragraph is several blocks, so that a message can end between them."""
LONGEST_HEADER = 150
LONGEST_BUTTON = 75
LONGEST_VALUE = 2_000
MOST_IN_ACTIONS = 25
LINK = "link:"
"""What the id of a button begins with that opens an address. Nothing is done when it is pressed."""

NOTHING = "–"
"""What stands where a value is not there: the label alone would look like a fault."""

_ESCAPED = re.compile(r"&(?:amp|lt|gt);")
"""Slack keeps the three signs so, and shows the sign. Whoever typed it means what they typed."""


class CannotShow(Exception):
    """What Slack has no room for: a choice with too many options, an input or a button that is too long."""


class Run(msgspec.Struct, frozen=True):
    """Text of one look within a line."""

    text: str
    bold: bool = False

    @property
    def element(self) -> Element:
        """As Slack wants it."""
        look: Element = {"style": {"bold": True}} if self.bold else {}
        return {"type": "text", "text": self.text, **look}


def plain(text: str) -> Element:
    """A plain text object, in which colons make no emoji."""
    return {"type": "plain_text", "text": text, "emoji": False}


def heading(text: str) -> Iterator[Element]:
    """A title, announced as a heading where it is short enough for one."""
    if text.strip() and len(text) <= LONGEST_HEADER and "\n" not in text and not _ESCAPED.search(text):
        yield {"type": "header", "text": plain(text)}
        return
    yield from lines(text, bold=True)


def block_elements(block: Block, words: Words) -> Iterator[Element]:
    """What one block of a card looks like, in pieces that are each short enough for a message."""
    match block:
        case Paragraph(text=text, style=Style.HEADING):
            yield from heading(text)
        case Paragraph(text=text, style=Style.WARNING) if text.strip():
            yield from lines(words.say("slack.warning", text=text), bold=True)
        case Paragraph(text=text, style=Style.QUIET) | Picture(alt=text):
            yield from quiet(text)
        case Paragraph(text=text):
            yield from lines(text)
        case Facts(rows=rows):
            yield from _rich(line for label, value in rows for line in _fact(label, value))
        case Bullets(items=items):
            yield from _bullets(items)


def lines(text: str, *, bold: bool = False) -> Iterator[Element]:
    """Rich text, line for line."""
    return _rich([Run(line, bold)] for line in text.split("\n"))


def quiet(text: str) -> Iterator[Element]:
    """A note beside the point. Slack draws such small and grey; it means the same when that is not seen."""
    if _ESCAPED.search(text):
        yield from lines(text)
        return
    for runs in _pieces([Run(line)] for line in text.split("\n")):
        yield {"type": "context", "elements": [plain("".join(run.text for run in runs))]}


def _fact(label: str, value: str) -> Iterator[list[Run]]:
    """One line each, "label: value": two columns squeeze a long value on a telephone."""
    first, *more = (value if value.strip() else NOTHING).split("\n")
    yield [Run(f"{label}: ", bold=True), Run(first)]
    yield from ([Run(line)] for line in more)


def _bullets(items: Iterable[str]) -> Iterator[Element]:
    """A list that a screen reader counts. An item that no block holds is written out below it."""
    listed: list[str] = []
    for item in items:
        if listed and sum(map(len, listed)) + len(item) > LONGEST_PIECE:
            yield _list(listed)
            listed = []
        if len(item) > LONGEST_PIECE:
            yield from lines(f"• {item}")
        else:
            listed.append(item if item.strip() else NOTHING)
    if listed:
        yield _list(listed)


def _list(items: list[str]) -> Element:
    sections = [_section([Run(item)]) for item in items]
    return {"type": "rich_text", "elements": [{"type": "rich_text_list", "style": "bullet", "elements": sections}]}


def _section(runs: Iterable[Run]) -> Element:
    return {"type": "rich_text_section", "elements": [run.element for run in runs]}


def _rich(written_lines: Iterable[list[Run]]) -> Iterator[Element]:
    for runs in _pieces(written_lines):
        yield {"type": "rich_text", "elements": [_section(runs)]}


def _pieces(written_lines: Iterable[list[Run]]) -> Iterator[list[Run]]:
    """Lines in as few pieces as hold them. A piece ends with a line, unless one line alone is longer. None is empty."""
    kept: list[Run] = []
    for line in written_lines:
        if kept and _size(kept) + _size(line) >= LONGEST_PIECE:
            yield from _shown(kept)
            kept = []
        kept = _joined(kept, [Run("\n"), *line] if kept else line)
        while _size(kept) > LONGEST_PIECE:
            piece, kept = _cut(kept)
            yield from _shown(piece)
    yield from _shown(kept)


def _size(runs: list[Run]) -> int:
    return sum(len(run.text) for run in runs)


def _shown(runs: list[Run]) -> Iterator[list[Run]]:
    if any(run.text.strip() for run in runs):
        yield runs


def _joined(kept: list[Run], more: list[Run]) -> list[Run]:
    """Runs of the same look are one."""
    joined = list(kept)
    for run in more:
        if joined and joined[-1].bold == run.bold:
            joined[-1] = Run(joined[-1].text + run.text, run.bold)
        elif run.text:
            joined.append(run)
    return joined


def _cut(runs: list[Run]) -> tuple[list[Run], list[Run]]:
    """The longest beginning that one piece holds, ending with a word where it can, and the rest."""
    ends = accumulate(len(run.text) for run in runs)
    number, end = next((number, end) for number, end in enumerate(ends) if end > LONGEST_PIECE)
    run = runs[number]
    room = LONGEST_PIECE - (end - len(run.text))
    at = run.text.rfind(" ", room // 2, room) + 1 or room
    head = [Run(run.text[:at], run.bold)] if at else []
    return [*runs[:number], *head], [Run(run.text[at:], run.bold), *runs[number + 1 :]]


def actions(buttons: Iterable[Button], name: str = "", links: Iterable[Link] = ()) -> list[Element]:
    """Rows of links and buttons. `name` is what a press on each is called; else that depends on whether it opens a window."""
    pressed = (_button(button, f"{name or _name(button)}:{number}") for number, button in enumerate(buttons, start=1))
    drawn = [*(_link(link, f"{LINK}{number}") for number, link in enumerate(links, start=1)), *pressed]
    groups = (drawn[at : at + MOST_IN_ACTIONS] for at in range(0, len(drawn), MOST_IN_ACTIONS))
    return [{"type": "actions", "elements": group} for group in groups]


def _name(button: Button) -> str:
    return "open" if button.window else "press"


def _link(link: Link, action_id: str) -> Element:
    """A button that opens an address. Slack tells us of the press as well, and needs an answer: it carries nothing."""
    if not 0 < len(link.label) <= LONGEST_BUTTON:
        raise CannotShow("a link whose label is too long")
    return {"type": "button", "action_id": action_id, "text": plain(link.label), "url": link.url}


def _button(button: Button, action_id: str) -> Element:
    """A button. It carries an action name, an id and a version (dialogs/reply.py)."""
    value = written(Carried.of(button))
    if not 0 < len(button.label) <= LONGEST_BUTTON or len(value) > LONGEST_VALUE:
        raise CannotShow("a button that is too long")
    drawn: Element = {"type": "button", "action_id": action_id, "text": plain(button.label), "value": value}
    return drawn | {"style": "primary"} if button.primary else drawn
