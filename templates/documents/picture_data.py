"""What the overview's two pictures show, and the same in words for those who do not see them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Literal

import msgspec

from templates.days import day_text
from templates.wording import Words

Contact = Literal["yes", "missing", "no", "not_known", "own", ""]
"""What an organisation says of contact with an agency; nothing where it has not answered."""
SAID: tuple[Contact, ...] = ("yes", "missing", "not_known")
"""What the words of the picture name; the rest is `not in contact` or no answer."""


class Point(msgspec.Struct, frozen=True):
    """A date of the case: what, when, and whether it has happened or is planned or due."""

    label: str
    day: date
    happened: bool = True


class Span(msgspec.Struct, frozen=True):
    """A clock: from its starting event to when it is due."""

    label: str
    start: date
    due: date


class AgencyColumn(msgspec.Struct, frozen=True):
    """A service of Document 2, and whether an organisation of that kind was asked."""

    label: str
    asked: bool


def timeline_alt(points: Sequence[Point], clocks: Sequence[Span], words: Words) -> str:
    """The timeline in words."""
    lines = [_point(one, words) for one in in_order(points)]
    for one in clocks:
        start, end = day_text(one.start), day_text(one.due)
        lines.append(words.say("documents_review.timeline_clock", label=one.label, start=start, end=end))
    if not lines:
        return words.say("documents_review.timeline_nothing")
    return words.say("documents_review.timeline_alt", points=" ".join(lines))


def _point(one: Point, words: Words) -> str:
    state = words.say("documents_review.timeline_happened" if one.happened else "documents_review.timeline_planned")
    return words.say("documents_review.timeline_point", date=day_text(one.day), label=one.label, state=state)


def in_order(points: Sequence[Point]) -> list[Point]:
    """By day; points of one day as they were given."""
    return sorted(points, key=lambda one: one.day)


def matrix_alt(
    organisations: Sequence[str], agencies: Sequence[AgencyColumn], cells: Sequence[Sequence[Contact]], words: Words
) -> str:
    """The matrix in words: for each organisation, with whom it says it was in contact."""
    if not organisations:
        return words.say("documents_review.matrix_nothing")
    rows = [_row(name, agencies, said, words) for name, said in zip(organisations, cells, strict=True)]
    not_asked = ", ".join(agency.label for agency in agencies if not agency.asked)
    asked = words.say("documents_review.matrix_some_not_asked", agencies=not_asked)
    if not not_asked:
        asked = words.say("documents_review.matrix_all_asked")
    return words.say("documents_review.matrix_alt", rows=" ".join(rows), asked=asked)


def _row(organisation: str, agencies: Sequence[AgencyColumn], said: Sequence[Contact], words: Words) -> str:
    parts = []
    for state in SAID:
        named = [agency.label for agency, one in zip(agencies, said, strict=True) if one == state]
        if named:
            text = words.say(f"documents_review.matrix_{state}")
            parts.append(words.say("documents_review.matrix_said", state=text, agencies=", ".join(named)))
    if parts:
        return words.say("documents_review.matrix_row", organisation=organisation, said="; ".join(parts))
    if any(one == "no" for one in said):
        text = words.say("documents_review.matrix_no")
        return words.say("documents_review.matrix_row", organisation=organisation, said=text)
    return words.say("documents_review.matrix_row_empty", organisation=organisation)
