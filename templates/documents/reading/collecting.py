"""What was read so far: texts and boxes by tag, and where two things were said."""

from __future__ import annotations

from templates.documents.controls import Kind
from templates.documents.reading.inline import Control
from templates.documents.reading.layout import Place

MOST_TEXTS = 6
"""Nobody chooses between more of them."""


class Collected:
    """Tags with what they say. Where a tag says two things, the first is kept and both are a doubt."""

    def __init__(self) -> None:
        self.tags: dict[str, str | bool] = {}
        self.doubts: dict[str, tuple[str, ...]] = {}
        self.missing: list[str] = []
        self.read: set[int] = set()
        """Controls that were read, by their id in memory: every one of them lives as long as this."""
        self._boxes: dict[str, list[tuple[str, bool | None]]] = {}

    def note(self, control: Control | None) -> None:
        """Remember that a control was read."""
        if control is not None:
            self.read.add(id(control))

    def text(self, tag: str, texts: tuple[str, ...]) -> None:
        """One place of a tag: its text, or the texts between which a person chooses."""
        before = self.tags.get(tag)
        known = self.doubts.get(tag, (before,) if isinstance(before, str) and before else ())
        every = tuple(dict.fromkeys((*known, *texts)))[:MOST_TEXTS] if any(texts) else known
        if len(every) > 1 or tag not in self.tags:
            self.tags[tag] = every[0] if every else ""
        if not before and texts[0]:
            self.tags[tag] = texts[0]
        if len([text for text in every if text]) > 1 or (len(every) > 1 and len(texts) > 1):
            self.doubts[tag] = every

    def box(self, tag: str, ticked: bool | None) -> None:
        """One box of a question; None is one of which nobody can say whether it is ticked."""
        question, _, option = tag.rpartition(".")
        self.tags[tag] = self.tags.get(tag) is True or ticked is True
        self._boxes.setdefault(question, []).append((option, ticked))

    def stray(self, control: Control, place: Place | None, texts: tuple[str, ...]) -> None:
        """A control that stands alone in the document."""
        self.note(control)
        if control.kind is Kind.TICK:
            self.box(control.tag, control.flag)
        elif not (place is not None and place.row and control.tag in self.tags):
            self.text(control.tag, texts)

    def settled(self) -> dict[str, tuple[str, ...]]:
        """The doubts. Where the boxes of a question do not agree, none of them counts as ticked."""
        for question, boxes in self._boxes.items():
            options = tuple(dict.fromkeys(option for option, ticked in boxes if ticked is not False))
            unsure = any(ticked is None for _, ticked in boxes) or _twice(boxes)
            if len(options) > 1 or unsure:
                self.doubts[question] = options if len(options) > 1 else (*options, "")
                self.tags.update({f"{question}.{option}": False for option in options})
        return self.doubts


def _twice(boxes: list[tuple[str, bool | None]]) -> bool:
    """Whether a box stands twice, ticked once."""
    said: dict[str, set[bool | None]] = {}
    for option, ticked in boxes:
        said.setdefault(option, set()).add(ticked)
    return any(len(every) > 1 for every in said.values())
