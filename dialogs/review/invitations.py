"""Invitations to the rapid review's meeting: a reference and a time, two buttons, and a calendar file in the case's folder."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec.structs import replace

from dialogs.casework.common import chain, tell_coordinators
from dialogs.desk import Desk
from dialogs.giving.offer import file_button, tell_with_files
from dialogs.reply import Button, Card, Facts, Paragraph, Reply, Style
from dialogs.review.common import close_card, on_panel, partner_label
from dialogs.turn import Press
from state.access import Access
from state.records import CaseRecord
from state.scoping_records import AttendanceRecord, MeetingRecord
from state.values import JSON
from templates.days import moment_text


def card_name(case: CaseRecord, meeting: MeetingRecord) -> str:
    """The name of an invitation, in the outbox."""
    return f"meeting:{case.id}:{meeting.sequence}"


def invite(desk: Desk, case: CaseRecord, meeting: MeetingRecord, people: Iterable[str]) -> list[str]:
    """Ask people whether they will come. Returns who has no conversation here."""
    unreached = []
    for person in people:
        known = next((one for one in desk.snapshot.attendances if one.person == person), None)
        desk.put(
            AttendanceRecord(case=case.id, person=person, sequence=meeting.sequence, version=known.version if known else 0)
        )
        place = desk.own_place(person)
        if place is None:
            unreached.append(person)
            continue
        desk.post(place, _invitation(desk, case, meeting), case=case.id, card=card_name(case, meeting))
    return unreached


def invite_again(desk: Desk, case: CaseRecord, now: MeetingRecord, before: MeetingRecord | None) -> list[str]:
    """The meeting was moved: the old invitation says so, and everybody on the panel is asked again."""
    people = sorted(on_panel(desk))
    if before is not None:
        gone = Paragraph(desk.words("review.was_moved", reference=case.reference, when=moment_text(before.starts_at)))
        for person in people:
            if place := desk.own_place(person):
                old = Reply(card=Card(blocks=(gone,)), preview=desk.words("filling.preview"))
                desk.update_card(place, old, case=case.id, card=card_name(case, before))
    return invite(desk, case, now, people)


def _invitation(desk: Desk, case: CaseRecord, meeting: MeetingRecord) -> Reply:
    blocks = (
        Paragraph(desk.words("review.invited", reference=case.reference), Style.HEADING),
        Facts(((desk.words("review.when"), moment_text(meeting.starts_at)),)),
        Paragraph(desk.words("review.before_the_meeting", reference=case.reference)),
    )
    buttons = tuple(
        Button(
            action=action,
            label=desk.words(f"buttons.{action}"),
            target=case.id,
            version=meeting.sequence,
            primary=action == "attend",
        )
        for action in ("attend", "cannot_attend")
    )
    return Reply(card=Card(blocks=blocks, buttons=buttons), preview=desk.words("filling.preview"))


def attend(desk: Desk, press: Press) -> None:
    """I will be there."""
    _reply(desk, press, "attending")


def cannot_attend(desk: Desk, press: Press) -> None:
    """I cannot be there."""
    _reply(desk, press, "cannot")


def _reply(desk: Desk, press: Press, reply: str) -> None:
    case, meeting = desk.snapshot.case, desk.snapshot.meeting
    mine = next((one for one in desk.snapshot.attendances if one.person == desk.turn.who.id), None)
    if case is None or meeting is None or mine is None or desk.may("write_panel_sections", case=case) is not Access.YES:
        desk.note("partnership", "refused", action=press.action)
        return desk.tell(desk.words("access.not_this_case"))
    if press.version != meeting.sequence:
        return desk.tell(desk.words("review.moved_since", when=moment_text(meeting.starts_at)))
    desk.put(replace(mine, reply=reply, replied_at=desk.turn.at, sequence=meeting.sequence))
    desk.note(chain(case), "attendance", reply=reply, sequence=str(meeting.sequence))
    close_card(desk)
    files = tuple(file_button(desk, case.id, name) for name in ("calendar", "agenda")) if reply == "attending" else ()
    tell_with_files(desk, desk.words(f"review.you_{reply}", when=moment_text(meeting.starts_at)), *files)
    return _tell_coordinators(desk, case, reply)


def _tell_coordinators(desk: Desk, case: CaseRecord, reply: str) -> None:
    text = desk.words(f"review.they_{reply}", name=desk.name_of(desk.turn.who.id), reference=case.reference)
    partner = on_panel(desk).get(desk.turn.who.id, "")
    if partner and reply == "cannot":
        text += " " + desk.words("review.partner_will_miss", partner=partner_label(desk, partner))
    tell_coordinators(desk, case, Reply(text=text, preview=desk.words("filling.preview")))


def meeting_documents(desk: Desk, case: CaseRecord, now: MeetingRecord, before: MeetingRecord | None) -> None:
    """The agenda and the calendar file, and one that takes the old date out of calendars."""
    if before is not None:
        desk.make_document(case.id, {**_calendar(desk, case, before), "cancelled": True})
    desk.make_document(case.id, _calendar(desk, case, now))
    agenda(desk, case)


def agenda(desk: Desk, case: CaseRecord) -> None:
    """The agenda as the meeting and its participants stand."""
    desk.make_document(case.id, {**_common(desk, case), "form": "agenda"})


def _calendar(desk: Desk, case: CaseRecord, meeting: MeetingRecord) -> dict[str, JSON]:
    """The times go with it: a meeting that is moved again before the file is made must not change it."""
    return {
        **_common(desk, case),
        "form": "calendar",
        "uid": meeting.uid,
        "sequence": meeting.sequence,
        "starts_at": meeting.starts_at.isoformat(),
        "ends_at": meeting.ends_at.isoformat(),
        "venue": meeting.venue,
    }


def _common(desk: Desk, case: CaseRecord) -> dict[str, JSON]:
    return {"case": case.id, "reference": case.reference, "at": desk.turn.at.isoformat()}
