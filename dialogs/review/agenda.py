"""The agenda of the rapid review's meeting, from what is set. It names no child."""

from __future__ import annotations

from dialogs.review.sources import Sources
from templates.days import moment_text
from templates.documents.agenda import AgendaData, Invited
from templates.documents.pack_data import PARTNERS


def agenda_data(sources: Sources) -> AgendaData | None:
    """What the agenda says, or nothing where no meeting is set."""
    meeting = sources.snapshot.meeting
    if meeting is None:
        return None
    return AgendaData(
        reference=sources.case.reference,
        edition=sources.kit.profile.file.edition,
        generated_at=moment_text(sources.now),
        restricted=sources.case.restricted,
        when=moment_text(meeting.starts_at),
        place=meeting.venue,
        participants=tuple(_invited(sources, row) for row in sources.report.rows("participants")),
    )


def _invited(sources: Sources, row: int) -> Invited:
    report, path = sources.report, f"participants.{row}"
    partner = report.value(f"{path}.partner")
    known = next((one for one in PARTNERS if one == partner), None)
    return Invited(sources.text(report, f"{path}.agency"), sources.text(report, f"{path}.membership"), known)
