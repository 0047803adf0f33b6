"""What tests of edited forms share: reading what was edited, with its tags and without, and small changes of the XML."""

from __future__ import annotations

import pytest
from reading_examples import (
    read,
    saved,
    without_tags,
)

from templates.documents import controls

EVENT = "scoping.key_events.{}.{}"
LOST = pytest.mark.parametrize("lost", [False, True], ids=["tags kept", "tags lost"])


def given(document, *, lost: bool):
    """What is read of the edited document."""
    content = saved(document)
    return read(without_tags(content) if lost else content)


def without(said, prefix: str):
    """Answers without those under a tag."""
    return {tag: text for tag, text in said.items() if not tag.startswith(prefix)}


def empty_row(row):
    """A row as Word puts one in: cells without controls."""
    made = controls.clone(row)
    for sdt in list(made.iter(controls.SDT)):
        sdt.getparent().remove(sdt)
    return made


def rename(cell, text):
    """Put another text into a label."""
    texts = list(cell.iter(controls.TEXT))
    texts[0].text = text
    for other in texts[1:]:
        other.text = ""


def control_in(element, tag):
    return next(sdt for sdt in controls.find(element) if controls.tag_of(sdt) == tag)


def control_titled(document, title):
    return next(sdt for sdt in document.element.body.iter(controls.SDT) if controls.alias_of(sdt) == title)


def of_child(section) -> bool:
    return any(".children." in controls.tag_of(sdt) for block in section for sdt in controls.find(block))
