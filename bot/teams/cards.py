"""Replies and windows as Adaptive Cards 1.5, each under 25 KB as UTF-16. A larger one is several cards, never cut."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from bot.teams.codec import OUR_KEY, TEAMS_KEY
from bot.teams.elements import Element, Piece, action, block_pieces, heading, input_piece, link_action
from dialogs.reply import Block, Button, Input, Link, Paragraph, Picture, Reply, Window
from templates.wording import Words

LARGEST = 25_000
"""Bytes of a card's JSON as UTF-16. Teams takes 28 KB on some routes (its page "Designing Adaptive Cards")."""
WITH_ITS_TWIN = 60_000
"""The same of a window before its twin is left away."""
ROOM = 3_000
"""Of them, for the buttons and the frame of a card that holds a picture."""
MOST_BUTTONS = 6
_SCHEMA = "http://adaptivecards.io/schemas/adaptive-card.json"


class CannotShow(Exception):
    """A reply no card can hold: too many buttons, an input that is too large, or an input with a reserved name."""


class _Part(msgspec.Struct, frozen=True):
    """Pieces that stay together, and whether they are fields."""

    pieces: tuple[Piece, ...]
    field: bool = False

    @property
    def size(self) -> int:
        return sum(utf16_size(piece.element) + utf16_size(piece.twin) for piece in self.pieces)

    def fits(self, room: int) -> bool:
        """Whether it is no larger than that."""
        return 2 * sum(_utf8_size(piece.element) + _utf8_size(piece.twin) for piece in self.pieces) <= room or self.size <= room


class Renderer:
    """Draws cards and windows. `windows` is false where the client has none: then buttons that open one are left out.

    Such a client (the Agents Playground) has no full-width cards either, and warns beside each one that asks for it.
    """

    def __init__(self, words: Words, *, windows: bool) -> None:
        self._words = words
        self._windows = windows

    def cards(self, reply: Reply) -> list[Element]:
        """The cards of a reply in order; none for a reply of short text alone. Raises CannotShow."""
        if reply.card is None:
            return self._long_text(reply.text)
        card = reply.card
        blocks = (Paragraph(reply.text), *card.blocks) if reply.text else card.blocks
        return self._drawn(card.title, blocks, card.inputs, self._shown(card.buttons), card.links)

    def _long_text(self, text: str) -> list[Element]:
        """A text that one message does not hold, as cards; none for a shorter one, which is sent as it is."""
        return self._drawn("", (Paragraph(text),), (), ()) if utf16_size(text) > LARGEST else []

    def window(self, window: Window) -> Element | None:
        """The content of a window, or None where it needs more than one card. Teams shows its title. Raises CannotShow.

        Where several ways lead on, the client insists on no field: it would hold up "save and close" as well. The house looks.
        """
        ways = (window.submit, *window.buttons) if window.submit else window.buttons
        buttons = tuple(msgspec.structs.replace(way, takes_inputs=True, window=False) for way in ways)
        inputs = (
            window.inputs if len(ways) == 1 else tuple(msgspec.structs.replace(one, required=False) for one in window.inputs)
        )
        return next(self._that_fit(msgspec.structs.replace(window, inputs=inputs), buttons), None)

    def _that_fit(self, window: Window, buttons: tuple[Button, ...]) -> Iterator[Element]:
        """A window that is too large goes without its twin, and with its wrong fields alone: the others were kept.

        A window is drawn by Teams itself, which knows cards: its twin is read by nobody. What was typed wrong must not be lost.
        """
        wrong = tuple(field for field in window.inputs if field.error)
        for inputs in (window.inputs, wrong) if wrong else (window.inputs,):
            whole, *more = self._drawn("", window.blocks, inputs, buttons, most=WITH_ITS_TWIN)
            if not more:
                yield from (card for card in (whole, whole | {"fallbackText": window.title}) if utf16_size(card) <= LARGEST)

    def _shown(self, buttons: Sequence[Button]) -> tuple[Button, ...]:
        if self._windows:
            return tuple(buttons)
        pressed = (button for button in buttons if button.press_too or not button.window)
        return tuple(msgspec.structs.replace(button, window=False) for button in pressed)

    def _drawn(
        self,
        title: str,
        blocks: Sequence[Block],
        inputs: Sequence[Input],
        buttons: Sequence[Button],
        links: Sequence[Link] = (),
        *,
        most: int = LARGEST,
    ) -> list[Element]:
        if len(links) + len(buttons) > MOST_BUTTONS or any(field.id in (OUR_KEY, TEAMS_KEY) for field in inputs):
            raise CannotShow("too many links and buttons, or a reserved input id")
        parts = [_Part((heading(title, large=True),))] if title else []
        parts += [_Part((piece,)) for block in blocks for piece in block_pieces(_that_fits(block), self._words)]
        parts += [part for field in inputs for part in _field_parts(input_piece(field, self._words))]
        actions = [*map(link_action, links), *(action(button, OUR_KEY) for button in buttons)]
        labels = _labels(links, buttons)
        [whole] = self._numbered([parts], actions, labels)
        if 2 * _utf8_size(whole) <= most or utf16_size(whole) <= most:
            return [whole]
        return self._numbered(list(_packed(parts, utf16_size(actions) + utf16_size(labels))), actions, labels)

    def _numbered(self, groups: list[list[_Part]], actions: list[Element], labels: str) -> list[Element]:
        """Buttons go with the last card, and with every one that has fields: a field absent from a submission is unchanged."""
        drawn = []
        for number, group in enumerate(groups, start=1):
            pieces = [piece for part in group for piece in part.pieces]
            if len(groups) > 1:
                pieces = [self._part_line(number, len(groups)), msgspec.structs.replace(pieces[0], joins=False), *pieces[1:]]
            pressed = number == len(groups) or any(part.field for part in group)
            card = _card(pieces, actions if pressed else [], labels if pressed else "")
            if self._windows:
                card["msteams"] = {"width": "Full"}
            drawn.append(card)
        return drawn

    def _part_line(self, number: int, count: int) -> Piece:
        block = Paragraph(self._words.say("teams.part", part=number, parts=count))
        return next(block_pieces(block, self._words))


def _labels(links: Sequence[Link], buttons: Sequence[Button]) -> str:
    """What can be opened and pressed, where only the text is shown: an address stands in a line of its own."""
    opened = [f"{link.label}: {link.url}" for link in links]
    return "\n".join([*opened, " ".join(f"[{button.label}]" for button in buttons)]).strip()


def _that_fits(block: Block) -> Block:
    """A picture that leaves no room for anything beside it is left to its words."""
    if isinstance(block, Picture) and utf16_size(block.png) + 2 * utf16_size(block.alt) > LARGEST - ROOM:
        return msgspec.structs.replace(block, png="")
    return block


def _field_parts(pieces: list[Piece]) -> Iterator[_Part]:
    """A field with its error above it. An error that quotes a long answer may stand on cards before the field's own."""
    whole = _Part(tuple(pieces), field=True)
    if whole.fits(LARGEST // 4):
        yield whole
        return
    yield from (_Part((piece,)) for piece in pieces[:-1])
    yield _Part((pieces[-1],), field=True)


def _packed(parts: list[_Part], fixed: int) -> Iterator[list[_Part]]:
    """Parts in order, as many to a card as fit beside its buttons. Raises CannotShow for one that fits in no card."""
    room = LARGEST - fixed - 1_500
    group: list[_Part] = []
    used = 0
    for part in parts:
        if part.size > room:
            raise CannotShow("one part is larger than a card")
        if group and used + part.size > room:
            yield group
            group, used = [], 0
        group.append(part)
        used += part.size
    yield group


def _card(pieces: Sequence[Piece], actions: list[Element], labels: str) -> Element:
    body, said = _joined(pieces)
    twin = f"{said}\n{labels}".strip()
    card: Element = {
        "type": "AdaptiveCard",
        "$schema": _SCHEMA,
        "version": "1.5",
        "lang": "en",
        "fallbackText": twin,
        "body": body,
    }
    if actions:
        card["actions"] = actions
    return card


def _joined(pieces: Sequence[Piece]) -> tuple[list[Element], str]:
    """The elements and the text of a card's pieces; a piece that carries a line on is another run of the same element."""
    runs: list[list[object]] = []
    body: list[Element] = []
    said = ""
    for number, piece in enumerate(pieces):
        own = piece.element.get("inlines")
        if piece.joins and number and body[-1].get("inlines") is runs[-1] and isinstance(own, list):
            runs[-1].extend(own)
            said += piece.twin
            continue
        runs.append(list(own) if isinstance(own, list) else [])
        body.append(piece.element | {"inlines": runs[-1]} if own else piece.element)
        said += f"\n{piece.twin}"
    return body, said


def utf16_size(value: object) -> int:
    """Bytes of a value's JSON as UTF-16, as Teams counts."""
    return len(msgspec.json.encode(value).decode().encode("utf-16-le"))


def _utf8_size(value: object) -> int:
    """Bytes of a value's JSON as it goes out. As UTF-16 it is at most twice as long: for most cards that is enough to know."""
    return len(msgspec.json.encode(value))
