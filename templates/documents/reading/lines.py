"""Answers in lines of text: those of the header and footer, and of sentences in the body."""

from __future__ import annotations

import re
from collections.abc import Iterator

from templates.documents.reading.answers import said_in_line
from templates.documents.reading.cleaning import after_label, normal
from templates.documents.reading.collecting import Collected
from templates.documents.reading.grid import Pages
from templates.documents.reading.inline import Control, Text
from templates.documents.reading.layout import Layout, Slot, Way, tag_for

LONGEST_LINE = 2_000
"""Letters of a line in which a label is looked for."""
_PARTS = re.compile(r"[\n\t]")


def read_lines(body: Pages, furniture: Pages, layout: Layout, collected: Collected) -> None:
    """Each control of a line by its tag, and what has lost its tag by the words before it."""
    found = set()
    texts = [*furniture.lines, *body.lines]
    for text in texts:
        for control in text.controls:
            place = layout.find(control.tag) if control.tag else None
            if place is not None and place.plan < 0:
                found.add(place.slot.tag)
                collected.note(control)
                collected.text(tag_for(place.slot, place.child or 1, place.row), said_in_line(control, place.slot))
    for slot in layout.lines:
        if slot.tag not in found and slot.way is Way.OWN:
            _labelled(slot, texts, collected)


def _labelled(slot: Slot, texts: list[Text], collected: Collected) -> None:
    said = next(_after(slot, texts), None)
    if said is None:
        collected.missing.append(slot.tag)
    else:
        collected.text(slot.tag, (said,))


def _after(slot: Slot, texts: list[Text]) -> Iterator[str]:
    for text in texts:
        for control in text.controls:
            if not control.tag and normal(control.before) == slot.own:
                yield _unless_prompt(control, slot)
        for part in _PARTS.split(text.whole[:LONGEST_LINE]):
            rest = after_label(part, slot.own)
            if rest != part:
                yield "" if normal(rest) == normal(slot.prompt) else rest.strip()


def _unless_prompt(control: Control, slot: Slot) -> str:
    return said_in_line(control, slot)[0]
