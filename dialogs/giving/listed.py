"""Which documents of a case a person is shown, in which order, and what is said of each version."""

from __future__ import annotations

import msgspec

from dialogs.answers.named import meant, names_organisations
from dialogs.asking.meaning import Slots
from dialogs.desk import Desk
from dialogs.giving.lying import age, newest
from dialogs.giving.may import may_have, request_of
from dialogs.scoping.common import organisation_name
from state.access import Access
from state.file_records import FILED, GOING, GONE, FileRecord
from state.values import london_day
from templates.days import day_text

ORDER = (
    "rapid_review",
    "rapid_review_pdf",
    "rapid_review_zip",
    "returns_zip",
    "overview",
    "agenda",
    "panel_letter",
    "supplementary",
    "referral",
    "decision",
    "scoping_return",
    "nil_return",
    "scoping",
    "scoping_letter",
    "calendar",
    "timeline",
    "handover",
)
"""Kinds of document, those first that are asked for most. Within each the newest version stands first."""
KINDS = {
    "rapid_review": ("rapid_review", "rapid_review_pdf", "rapid_review_zip", "returns_zip", "overview", "agenda", "calendar"),
    "panel_letter": ("panel_letter", "supplementary"),
    "referral": ("referral",),
    "scoping": ("scoping_return", "nil_return", "scoping", "scoping_letter"),
}
"""What people name (`Slots.kind`), and which documents that is."""


class Asked(msgspec.Struct, frozen=True, array_like=True):
    """What was asked for: a kind, organisations, copies instead of links, and where the page begins. A button carries it."""

    kind: str = ""
    organisation: str = ""
    agency: tuple[str, ...] = ()
    copies: bool = False
    skip: int = 0

    @property
    def narrowed(self) -> bool:
        """Whether less than everything was asked for."""
        return bool(self.kind in KINDS or self.organisation or self.agency)

    @property
    def slots(self) -> Slots:
        """The same as a question names it."""
        return Slots(kind=self.kind, organisation=self.organisation, agency=self.agency)


def theirs(desk: Desk) -> list[FileRecord]:
    """Every version that this person may have: by kind, the newest first."""
    states = (FILED, GOING, GONE)
    found = [one for one in desk.snapshot.files if one.state in states and _form(one) in ORDER and _may(desk, one)]
    by_age = sorted(found, key=age, reverse=True)
    return sorted(by_age, key=lambda one: (ORDER.index(_form(one)), one.what))


def narrowed(desk: Desk, files: list[FileRecord], asked: Asked) -> list[FileRecord]:
    """Those of them that were asked for."""
    kept = [one for one in files if asked.kind not in KINDS or _form(one) in KINDS[asked.kind]]
    if not names_organisations(asked.slots):
        return kept
    requests = {one.id for one in meant(asked.slots, desk.snapshot.requests)}
    return [one for one in kept if one.what.partition(":")[2] in requests]


def _may(desk: Desk, file: FileRecord) -> bool:
    return may_have(desk, file.what, file.made_at) is Access.YES


def _form(file: FileRecord) -> str:
    return file.what.partition(":")[0]


def title_of(desk: Desk, file: FileRecord) -> str:
    """What a document is, with the organisation it is of."""
    request = request_of(desk, file.what.partition(":")[2])
    kind = desk.words(f"library.document_{_form(file)}")
    return f"{kind}, {organisation_name(desk, request)}" if request is not None else kind


def said_of(desk: Desk, file: FileRecord) -> str:
    """Which version it is, when it was filed, and what happened to it since."""
    said = [desk.words("giving.version", number=file.number)]
    if file.state == GOING:
        said.append(desk.words("giving.is_going"))
    if file.filed_at is not None:
        said.append(desk.words("giving.filed_on", day=day_text(london_day(file.filed_at))))
    if file.changed_at is not None:
        said.append(desk.words("giving.changed_on", day=day_text(london_day(file.changed_at))))
    if file.state == GONE:
        said.append(desk.words("giving.is_gone"))
    return " ".join(said)


def is_newest(desk: Desk, file: FileRecord) -> bool:
    """Whether a copy would be of this version."""
    return newest(desk, file.what) == file and file.state != GONE
