"""The rapid review: the pack (Document 3), its overview, the agenda and the calendar file."""

from __future__ import annotations

from datetime import datetime

from bot.papers.paper import REVIEW, Body, Made, NothingToMake, Paper, instant, number, word
from dialogs.kit import Kit
from dialogs.review.acts import FORMS
from dialogs.review.agenda import agenda_data
from dialogs.review.collate import collate
from dialogs.review.glance import overview_data
from dialogs.review.sources import Sources
from state.snapshot import Snapshot, Wanted
from templates.documents.agenda import agenda_document
from templates.documents.calendar import invitation
from templates.documents.overview import overview_document
from templates.documents.pack import pack_document
from templates.documents.pack_data import PackData


def of_case(body: Body) -> Wanted:
    """Everything that a rapid review is collated from."""
    return Wanted(
        turn="",
        person="",
        place="",
        case=word(body, "case"),
        forms=FORMS,
        requests=True,
        organisations=True,
        people=True,
    )


def sources_of(snapshot: Snapshot, body: Body, kit: Kit) -> Sources:
    """What was read, as of the moment the document was asked for. Raises NothingToMake."""
    at = instant(body)
    if snapshot.case is None or at is None:
        raise NothingToMake
    return Sources(snapshot, kit, at)


def pack(snapshot: Snapshot, body: Body, kit: Kit) -> Made:
    """Document 3 with the returns as appendices. While anything is missing each page is marked as a draft."""
    data = collate(sources_of(snapshot, body, kit))
    content = pack_document(kit.profile.folder / "documents" / "rapid_review.docx", data, kit.words)
    draft = " draft" if data.is_draft else ""
    return Made((REVIEW,), f"{data.reference} 3 Rapid review{draft}", ".docx", content, state=_state(data))


def _state(data: PackData) -> str:
    """What stands beside it in the list of the library."""
    return "draft" if data.is_draft else "final"


def overview(snapshot: Snapshot, body: Body, kit: Kit) -> Made:
    """One page: numbers, dates, the timeline and the contact matrix. It is as final as the pack is."""
    sources = sources_of(snapshot, body, kit)
    data, state = overview_data(sources), _state(collate(sources))
    return Made((REVIEW,), f"{data.reference} 3 Overview", ".docx", overview_document(data, kit.words), state=state)


def agenda(snapshot: Snapshot, body: Body, kit: Kit) -> Made:
    """The agenda of the meeting as it is set now."""
    data = agenda_data(sources_of(snapshot, body, kit))
    if data is None:
        raise NothingToMake
    content = agenda_document(kit.profile.folder / "documents" / "agenda.docx", data, kit.words)
    return Made((REVIEW,), f"{data.reference} 3 Agenda", ".docx", content)


def calendar(snapshot: Snapshot, body: Body, kit: Kit) -> Made:
    """The calendar file of the meeting as it was when the file was asked for; or the one that takes it out again."""
    sources = sources_of(snapshot, body, kit)
    coordinator, sequence = kit.profile.file.coordinator, number(body, "sequence")
    people = [one for one in snapshot.all_people if one.id in {row.person for row in snapshot.attendances}]
    content = invitation(
        uid=word(body, "uid"),
        sequence=sequence,
        start=datetime.fromisoformat(word(body, "starts_at")),
        end=datetime.fromisoformat(word(body, "ends_at")),
        place=word(body, "venue"),
        reference=sources.case.reference,
        organiser_name=coordinator.name,
        organiser_email=coordinator.email,
        words=kit.words,
        made_at=sources.now,
        invited=[(one.name, one.email) for one in people if one.email],
        cancelled=bool(body.get("cancelled")),
    )
    what = f"Meeting {sequence + 1} cancelled" if body.get("cancelled") else f"Meeting {sequence + 1}"
    return Made((REVIEW,), f"{sources.case.reference} 3 {what}", ".ics", content)


RAPID_REVIEW = Paper(wanted=of_case, make=pack)
OVERVIEW = Paper(wanted=of_case, make=overview)
AGENDA = Paper(wanted=of_case, make=agenda)
CALENDAR = Paper(wanted=of_case, make=calendar)
