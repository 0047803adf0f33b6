"""A row of the delivery ledger in plain words: what it was, whom it was for, and how it ended. Nothing of its content."""

from __future__ import annotations

from dialogs.desk import Desk
from dialogs.telling import COORDINATORS
from state.changes import Kind, OutboxRow, OutboxStatus, Send
from state.ledger import PUT_OFF, request_of
from state.records import PlaceRecord
from templates.days import moment_text
from templates.wording import Words

OF_A_REQUEST, OF_A_MEETING = "request:", "meeting:"
FILES = frozenset(
    {
        "file_agenda",
        "file_dates",
        "file_calendar",
        "file_decision",
        "file_handover",
        "file_nil_return",
        "file_overview",
        "file_panel_letter",
        "file_rapid_review",
        "file_rapid_review_pdf",
        "file_rapid_review_zip",
        "file_referral",
        "file_returns_zip",
        "file_scoping",
        "file_scoping_letter",
        "file_scoping_return",
        "file_supplementary",
        "file_timeline",
    }
)
"""Documents that have a name of their own here, by their form."""


def what(words: Words, row: OutboxRow) -> str:
    """What a row was: a request, an invitation, a note about a date, a file, an answer."""
    return words.say(f"delivered.{_kind(row.send)}")


def _kind(send: Send) -> str:
    if send.kind is Kind.DOCUMENT:
        file = f"file_{send.what.partition(':')[0]}"
        return file if file in FILES else "what_file"
    if send.kind is Kind.FILE:
        return "what_copy"
    if send.kind is Kind.REPLY:
        return "what_answer"
    if send.reminder:
        return "what_reminder"
    if send.card.startswith(OF_A_REQUEST):
        return {Kind.POST: "what_request", Kind.UPDATE: "what_request_card"}.get(send.kind, "what_request_news")
    if send.card.startswith(OF_A_MEETING):
        return "what_invitation" if send.kind is Kind.POST else "what_invitation_card"
    return "what_change" if send.kind is Kind.UPDATE else "what_message"


def whom(desk: Desk, row: OutboxRow, asked: str = "") -> str:
    """Whom a row was for: an organisation, a member of staff, the coordinators. `asked`: that of its request, if known."""
    organisation = _organisation(desk, row, asked)
    person = _person(desk, row)
    if organisation and person:
        return desk.words("delivered.person_of", person=person, organisation=organisation)
    if organisation or person:
        return organisation or person
    place = place_of(desk, row)
    if place is not None and place.tied_to == COORDINATORS:
        return desk.words("delivered.to_coordinators")
    return desk.words("delivered.to_library" if row.send.kind is Kind.DOCUMENT else "delivered.to_somebody")


def _organisation(desk: Desk, row: OutboxRow, asked: str) -> str:
    """By the request that it is about, else by the channel that it went to."""
    about = request_of(row.send)
    request = next((one for one in (*desk.snapshot.requests, desk.snapshot.request) if one and one.id == about), None)
    place = place_of(desk, row)
    named = asked or (request.organisation if request else place.tied_to if place else "")
    found = desk.organisation(named)
    return found.name if found else ""


def _person(desk: Desk, row: OutboxRow) -> str:
    place = place_of(desk, row)
    person = row.send.to_person or (place.person if place is not None else "")
    known = (*desk.snapshot.written_to, *desk.snapshot.all_people)
    return next((one.name for one in known if one.id == person), "") if person else ""


def place_of(desk: Desk, row: OutboxRow) -> PlaceRecord | None:
    """Where a row went, as it was read."""
    places = (*desk.snapshot.written_at, *desk.snapshot.tied_places)
    return next((one for one in places if one.id == row.send.place), None)


def outcome(desk: Desk, row: OutboxRow) -> str:
    """How it ended, or how far it is."""
    channel = desk.words(f"delivered.channel_{row.send.lane.partition(':')[0]}")
    if row.status is OutboxStatus.SENT and row.send.kind is Kind.DOCUMENT:
        return desk.words("delivered.filed", when=moment_text(row.sent_at or row.made_at))
    if row.status is OutboxStatus.SENT:
        return desk.words("delivered.accepted", channel=channel, when=moment_text(row.sent_at or row.made_at))
    if row.status is OutboxStatus.QUEUED:
        return _waits(desk, row)
    if row.status is OutboxStatus.PUT_OFF:
        return desk.words("delivered.waits_for_hours", next=moment_text(row.next_at))
    if row.status is OutboxStatus.DEAD:
        return desk.words("delivered.not_delivered", reason=reason(desk, row.reason))
    if row.status is OutboxStatus.UNCERTAIN:
        return desk.words("delivered.unknown", reason=reason(desk, row.reason))
    return desk.words("delivered.not_needed" if row.status is OutboxStatus.DROPPED else "delivered.being_sent")


def _waits(desk: Desk, row: OutboxRow) -> str:
    if row.reason in ("", PUT_OFF):
        return desk.words("delivered.waits")
    if row.uncertain:
        return desk.words("delivered.once_more", next=moment_text(row.next_at))
    since, next_ = moment_text(row.made_at), moment_text(row.next_at)
    tried = desk.words("delivered.retried", reason=reason(desk, row.reason), since=since, count=row.attempts)
    return f"{tried} {desk.words('delivered.next_try', next=next_)}"


def reason(desk: Desk, key: str) -> str:
    """Why, and what to do about it. A reason that has no words is said to be a fault of ours."""
    if not desk.kit.words.has(key):
        return desk.words("delivery.fault")
    return desk.words(key)
