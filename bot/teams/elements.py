"""Parts of an Adaptive Card, written by us as plain JSON (docs/decisions/0014-cards-by-hand).

Text goes into text runs, which no client reads as Markdown: what looks like markup, a link or a mention stays as typed. Only
titles are text blocks, because those alone can be headings for a screen reader; their Markdown is escaped.
Source: adaptivecards.io/explorer (schema 1.5); learn.microsoft.com/microsoftteams, "Text formatting in cards".
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import msgspec

from dialogs.reply import Block, Bullets, Button, Facts, Input, InputKind, Link, Paragraph, Picture, Style
from templates.wording import Words

Element = dict[str, object]

MOST_EXPANDED = 7
"""Choices shown at once; more are a list that opens."""
LONGEST_PIECE = 1_000
"""Characters of one text element. A longer paragraph is several elements, so that a card can end between them."""

EMPTY_LINE = "\u00a0"
"""What keeps the place of a line with nothing in it."""

_MARKUP = re.compile(r"([\\*_~`\[\]<>#])")
_LEADING = re.compile(r"^(\s*(?:[-+]|\d+[.)]))(?=\s)")
_READ = re.compile(f"{_MARKUP.pattern}|{_LEADING.pattern}")
"""Whether there is anything at all that Markdown would read: in most titles there is not."""
_JOINER = "\u2060"
"""A word joiner: it shows nothing, and after it a dash or a number begins no list. (A backslash would show in some clients.)"""


class Piece(msgspec.Struct, frozen=True):
    """An element of a card and the text that says the same. `joins` means that it carries on the line before it."""

    element: Element
    twin: str
    joins: bool = False


def inert(text: str) -> str:
    """Text for a text block, with everything escaped that Markdown would read."""
    return _LEADING.sub(rf"\1{_JOINER}", _MARKUP.sub(r"\\\1", text)) if _READ.search(text) else text


def heading(text: str, *, large: bool = False) -> Piece:
    """A title, announced as a heading."""
    element: Element = {"type": "TextBlock", "text": inert(text), "wrap": True, "weight": "bolder", "style": "heading"}
    return Piece(element | {"size": "large" if large else "medium"}, text)


def block_pieces(block: Block, words: Words) -> Iterator[Piece]:
    """The pieces of one block, each short enough for a card of its own."""
    match block:
        case Paragraph(text=text, style=Style.HEADING) if len(text) <= LONGEST_PIECE:
            yield heading(text)
        case Paragraph(text=text, style=style):
            yield from _paragraph(words.say("teams.warning", text=text) if style is Style.WARNING else text, style)
        case Facts(rows=rows):
            for label, value in rows:
                yield from _fact(label, value)
        case Bullets(items=items):
            for item in items:
                yield from _lines(f"• {item}", {})
        case Picture(alt=alt, png=png):
            yield from [_picture(alt, png)] if png else _lines(alt, {"isSubtle": True})


def _picture(alt: str, png: str) -> Piece:
    """The picture in the card itself: a link to it could be opened by whoever has the link."""
    element: Element = {"type": "Image", "url": f"data:image/png;base64,{png}", "altText": alt, "size": "stretch"}
    return Piece(element, alt)


def _paragraph(text: str, style: Style) -> Iterator[Piece]:
    look: Element = {"isSubtle": True} if style is Style.QUIET else {"weight": "bolder"} if style is Style.WARNING else {}
    return _lines(text, look)


def _fact(label: str, value: str) -> Iterator[Piece]:
    """One line each, "label: value": a table of facts would read its values as Markdown and squeeze them on a telephone."""
    yield Piece(_rich([_run(f"{label}: ", {"weight": "bolder"})]), f"{label}: ")
    for piece, joins in _split(value or "–"):
        yield Piece(_rich([_run(piece, {})], close=True), piece, joins)


def _lines(text: str, look: Element) -> Iterator[Piece]:
    for number, (piece, joins) in enumerate(_split(text)):
        yield Piece(_rich([_run(piece, look)], close=number > 0), piece, joins and number > 0)


def _split(text: str) -> Iterator[tuple[str, bool]]:
    """Pieces, and whether each carries on the line before: the first does, so that a value stays beside its label."""
    for number, line in enumerate(text.split("\n")):
        for place, part in enumerate(_parts(line)):
            yield part or EMPTY_LINE, number == 0 or place > 0


def _parts(line: str) -> Iterator[str]:
    while len(line) > LONGEST_PIECE:
        cut = line.rfind(" ", LONGEST_PIECE // 2, LONGEST_PIECE) + 1 or LONGEST_PIECE
        yield line[:cut]
        line = line[cut:]
    yield line


def _rich(runs: list[Element], *, close: bool = False) -> Element:
    element: Element = {"type": "RichTextBlock", "inlines": runs}
    return element | {"spacing": "none"} if close else element


def _run(text: str, look: Element) -> Element:
    return {"type": "TextRun", "text": text, **look}


def input_piece(field: Input, words: Words) -> list[Piece]:
    """A field: its error above it, its label with the hint below, its value kept.

    Adaptive Cards have no place for a hint, so it is the label's second line: a screen reader then says it with the field.
    """
    above: list[Piece] = []
    if field.error:
        above += _lines(words.say("teams.error", error=field.error), {"weight": "bolder", "color": "attention"})
    offered = ", ".join(choice.label for choice in field.choices if not field.listed)
    twin = "\n".join([_label(field), words.say("teams.choices", choices=offered)] if offered else [_label(field)])
    return [*above, Piece(_field(field, words), twin)]


def _field(field: Input, words: Words) -> Element:
    common: Element = {"id": field.id, "label": _label(field)}
    if field.required:
        common |= {"isRequired": True, "errorMessage": field.required_error or words.say("teams.required")}
    if field.value:
        common["value"] = field.value
    if field.kind in (InputKind.CHOICE, InputKind.CHOICES):
        return {"type": "Input.ChoiceSet", **common, **_choices(field)}
    return {"type": "Input.Text", **common, "isMultiline": field.kind is InputKind.LONG_TEXT}


def _label(field: Input) -> str:
    return f"{field.label}\n{field.hint}" if field.hint else field.label


def _choices(field: Input) -> Element:
    several = field.kind is InputKind.CHOICES
    return {
        "choices": [{"title": choice.label, "value": choice.value} for choice in field.choices],
        "isMultiSelect": several,
        "style": "expanded" if several or len(field.choices) <= MOST_EXPANDED else "compact",
        "wrap": True,
    }


def action(button: Button, our_key: str) -> Element:
    """A button. It carries an action name, an id and a version (dialogs/reply.py), and the inputs where it takes them."""
    ours: Element = {"action": button.action} if button.action else {}
    if button.target:
        ours["target"] = button.target
    if button.version:
        ours["version"] = button.version
    if button.at:
        ours["at"] = button.at
    data: Element = {our_key: ours}
    if button.window:
        data["msteams"] = {"type": "task/fetch"}
    element: Element = {"type": "Action.Submit", "title": button.label, "data": data}
    element["associatedInputs"] = "auto" if button.takes_inputs and not button.window else "none"
    if button.primary:
        element["style"] = "positive"
    return element


def link_action(link: Link) -> Element:
    """A link. The client opens it by itself, and tells us nothing."""
    return {"type": "Action.OpenUrl", "title": link.label, "url": link.url}
