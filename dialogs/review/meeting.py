"""The rapid review's meeting: set within the review date or with a reason, and moved without two people undoing each other."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

import msgspec

from dialogs.casework.common import case_for, chain, deadline, move
from dialogs.desk import Desk
from dialogs.reply import Block, Choice, Input, InputKind, Paragraph, Style
from dialogs.review.common import REPORT, Asked, close_card, inputs_of, is_sent, report_of, send_button, show, signed, take_up
from dialogs.review.invitations import invite_again, meeting_documents
from dialogs.review.overview import CAN_MEET
from dialogs.review.participants import ask_people
from dialogs.turn import Press, SubmitWindow
from state.clocks import due
from state.records import CaseRecord
from state.scoping_records import MeetingRecord
from state.values import JSON, london_day
from templates.answers import Asking, Kind, Refused, understand
from templates.days import day_text, moment_text

LENGTHS = ("60", "90", "120", "180")
"""Minutes."""


class Wished(msgspec.Struct, frozen=True, kw_only=True):
    """A meeting as the coordinator wants it."""

    starts_at: datetime
    ends_at: datetime
    venue: str
    reason: str


def review_date(desk: Desk, case: CaseRecord) -> datetime | None:
    """By when the rapid review must be held and sent, where that is known."""
    known = deadline(desk, case, "rapid_review")
    if known is not None:
        return known.due
    return due("rapid_review", case.notified_at, desk.kit.profile.clocks).instant if case.notified_at else None


def meeting(desk: Desk, _said: Asked | None = None) -> None:
    """Ask when and where; for a meeting that is set, where to move it."""
    case = _may_meet(desk)
    if case is not None:
        _ask(desk, case)


def _may_meet(desk: Desk) -> CaseRecord | None:
    case = case_for(desk, "run_meeting")
    if case is None:
        return None
    if case.status not in CAN_MEET or is_sent(desk):
        desk.tell(desk.words("review.no_meeting_now", reference=case.reference))
        return None
    if signed(report_of(desk)):
        desk.tell(desk.words("review.signed_no_meeting"))
        return None
    return case


def _ask(
    desk: Desk,
    case: CaseRecord,
    errors: Mapping[str, str] | None = None,
    typed: Mapping[str, str] | None = None,
    opening: str = "",
) -> None:
    known, last = desk.snapshot.meeting, review_date(desk, case)
    blocks: list[Block] = [Paragraph(opening, Style.WARNING)] if opening else []
    if known is not None:
        blocks.append(Paragraph(desk.words("review.meeting_is", when=moment_text(known.starts_at)), Style.HEADING))
        blocks.append(Paragraph(desk.words("review.moving")))
    if last is not None:
        blocks.append(Paragraph(desk.words("review.meet_by", day=day_text(london_day(last)))))
    send = send_button(desk, "set_meeting", case.id, version=_version(known))
    show(desk, desk.words("review.meeting_title", reference=case.reference), blocks, _inputs(desk, errors or {}, typed), send)


def _version(known: MeetingRecord | None) -> int:
    return known.sequence + 1 if known else 0


def _inputs(desk: Desk, errors: Mapping[str, str], typed: Mapping[str, str] | None) -> list[Input]:
    known = desk.snapshot.meeting
    now = typed if typed is not None else {"venue": known.venue if known else "", "length": "120"}
    lengths = tuple(Choice(one, desk.words("review.minutes", count=one)) for one in LENGTHS)
    made = (
        ("starts", InputKind.TEXT, True, ()),
        ("length", InputKind.CHOICE, True, lengths),
        ("venue", InputKind.TEXT, False, ()),
        ("delay", InputKind.LONG_TEXT, False, ()),
    )
    return [
        Input(
            id=name,
            label=desk.words(f"review.ask_{name}"),
            kind=kind,
            value=now.get(name, ""),
            choices=choices,
            required=required,
            required_error=desk.words("review.needed") if required else "",
            error=errors.get(name, ""),
        )
        for name, kind, required, choices in made
    ]


def set_meeting(desk: Desk, said: Press | SubmitWindow) -> None:
    """Set or move it. Beyond the review date only with a reason; where somebody moved it meanwhile, that is shown first."""
    case = _may_meet(desk)
    if case is None:
        return
    inputs, known = inputs_of(said), desk.snapshot.meeting
    if said.version != _version(known):
        when = moment_text(known.starts_at) if known else ""
        return _ask(desk, case, typed=inputs, opening=desk.words("review.moved_meanwhile", when=when))
    wished = _wished(desk, case, inputs)
    if not isinstance(wished, Wished):
        return _ask(desk, case, errors=wished, typed=inputs)
    return _keep(desk, case, wished)


def _wished(desk: Desk, case: CaseRecord, inputs: Mapping[str, str]) -> Wished | dict[str, str]:
    """The meeting as it was asked for, or what is wrong at which field."""
    starts = _moment(desk, inputs.get("starts", ""))
    if isinstance(starts, str):
        return {"starts": starts}
    length = inputs.get("length") or "120"
    minutes = int(length) if length in LENGTHS else 120
    last, reason = review_date(desk, case), inputs.get("delay", "").strip()
    if last is not None and london_day(starts) > london_day(last) and not reason:
        return {"delay": desk.words("review.late_needs_reason", day=day_text(london_day(last)))}
    ends = starts + timedelta(minutes=minutes)
    return Wished(starts_at=starts, ends_at=ends, venue=inputs.get("venue", "").strip(), reason=reason)


def _moment(desk: Desk, text: str) -> datetime | str:
    asking = Asking(kind=Kind.DATETIME, today=london_day(desk.turn.at), not_known_ok=False)
    understood = understand(text, asking, desk.kit.words)
    if isinstance(understood, Refused):
        return understood.message
    value = understood.value
    instant = value.get("instant") if isinstance(value, dict) else None
    return datetime.fromisoformat(instant) if isinstance(instant, str) else desk.words("review.time_needed")


def _keep(desk: Desk, case: CaseRecord, wished: Wished) -> None:
    before = desk.snapshot.meeting
    now = _record(desk, case, wished, before)
    desk.put(now)
    if reviewing := move(case, "review"):
        desk.put(reviewing)
    take_up(desk, case, REPORT)
    desk.keep_answer("date", "given", _day(wished.starts_at), source="meeting")
    event = "meeting_moved" if before else "meeting_set"
    desk.note(chain(case), event, sequence=str(now.sequence), at=now.starts_at.isoformat(), content=now.delay_reason)
    meeting_documents(desk, case, now, before)
    unreached = invite_again(desk, case, now, before)
    close_card(desk)
    ask_people(desk, case, opening=_said(desk, case, now, before), unreached=unreached)


def _record(desk: Desk, case: CaseRecord, wished: Wished, before: MeetingRecord | None) -> MeetingRecord:
    late = _is_late(desk, case, wished.starts_at)
    return MeetingRecord(
        case=case.id,
        uid=before.uid if before else f"{desk.turn.fresh('meeting')}@{desk.kit.profile.file.profile}",
        sequence=before.sequence + 1 if before else 0,
        starts_at=wished.starts_at,
        ends_at=wished.ends_at,
        venue=wished.venue,
        delay_reason=wished.reason if late else "",
        version=before.version if before else 0,
    )


def _is_late(desk: Desk, case: CaseRecord, starts_at: datetime) -> bool:
    last = review_date(desk, case)
    return last is not None and london_day(starts_at) > london_day(last)


def _day(starts_at: datetime) -> JSON:
    day = london_day(starts_at).isoformat()
    return {"said": day, "earliest": day, "latest": day, "precision": "day"}


def _said(desk: Desk, case: CaseRecord, now: MeetingRecord, before: MeetingRecord | None) -> tuple[str, ...]:
    key = "review.meeting_moved" if before else "review.meeting_set"
    said = [desk.words(key, reference=case.reference, when=moment_text(now.starts_at))]
    last = review_date(desk, case)
    if now.delay_reason and last is not None:
        said.append(desk.words("review.is_late", day=day_text(london_day(last))))
    return tuple(said)
