"""One request as rows: its state and dates, more time, who has it, and when somebody was chased last. And as a line."""

from __future__ import annotations

from collections.abc import Iterator

from dialogs.answers.dates import lateness
from dialogs.casework.common import deadline_id
from dialogs.delivered.reaching import request_lines
from dialogs.desk import Desk
from dialogs.scoping.machine import ANSWERED, WAITS
from dialogs.scoping.plan import how
from state.access import Access
from state.chasing_records import ChaseRecord
from state.scoping_records import RequestRecord
from state.values import london_day
from templates.days import day_text, moment_text

RETURN = "scoping_return"
Row = tuple[str, str]


def rows(desk: Desk, request: RequestRecord) -> Iterator[Row]:
    """Everything there is to say of it. Where others read along, no member of staff is named."""
    words = desk.words
    yield words("scoping.stands"), words(f"scoping.is_{request.state}")
    if request.sent_at is not None:
        yield words("scoping.sent_on"), _sent(desk, request)
    if request.opened_at is not None:
        yield words("scoping.opened_on"), moment_text(request.opened_at)
    if request.due is not None and request.state in WAITS:
        yield words("scoping.due"), _due(desk, request)
    if request.returned_at is not None and request.state in (*ANSWERED, "accepted"):
        yield words("scoping.returned_on"), _returned(desk, request)
    case = desk.snapshot.case
    if case is not None and desk.may("see_reference", case=case) is Access.YES and (arrived := request_lines(desk, request)):
        yield words("answers_asked.arrived"), arrived[0]
    yield from _more_time(desk, request)
    if desk.private:
        yield from _people(desk, request)
    yield from _chased(desk, request)


def _sent(desk: Desk, request: RequestRecord) -> str:
    sent = moment_text(request.sent_at) if request.sent_at else ""
    by = how(desk, request) if desk.private or request.delivery != "private" else ""
    not_gone = request.delivery == "email" and request.emailed_at is None and request.state in WAITS
    return "; ".join(filter(None, (sent, by, desk.words("scoping.not_marked") if not_gone else "")))


def _due(desk: Desk, request: RequestRecord) -> str:
    due = moment_text(request.due) if request.due else ""
    late = lateness(desk, request.due) if request.due else ""
    return f"{due}; {late}" if late else due


def _returned(desk: Desk, request: RequestRecord) -> str:
    came = moment_text(request.returned_at) if request.returned_at else ""
    late = lateness(desk, request.due, request.returned_at) if request.due else ""
    return f"{came}; {late}" if late else came


def _more_time(desk: Desk, request: RequestRecord) -> Iterator[Row]:
    for one in request.extensions[-2:]:
        state = "asked" if one.granted is None else "granted" if one.granted else "refused"
        yield desk.words(f"answers_asked.time_{state}"), day_text(one.new_date)


def _people(desk: Desk, request: RequestRecord) -> Iterator[Row]:
    """Who has it, who wrote it, who signed it."""
    for name in ("senior", "delegate", "author", "signed_by"):
        person = getattr(request, name)
        if person:
            yield desk.words(f"answers_asked.who_{name}"), desk.name_of(person)


def _chased(desk: Desk, request: RequestRecord) -> Iterator[Row]:
    """When somebody was chased last, and what the coordinator has said about it: never who."""
    chase = _chase(desk, request)
    if chase is None or request.state not in WAITS:
        return
    if chase.told_at is not None:
        yield desk.words("answers_asked.chased"), moment_text(chase.told_at)
    if chase.snoozed_until is not None and chase.snoozed_until > desk.turn.at:
        yield desk.words("answers_asked.snoozed"), moment_text(chase.snoozed_until)
    if chase.left_to and desk.private:
        yield desk.words("answers_asked.left_to"), desk.name_of(chase.left_to)
    if chase.handed_to and desk.private:
        yield desk.words("answers_asked.handed_to"), desk.name_of(chase.handed_to)


def _chase(desk: Desk, request: RequestRecord) -> ChaseRecord | None:
    case = desk.snapshot.case
    wanted = deadline_id(case, RETURN, request.id) if case is not None else ""
    return next((one for one in desk.snapshot.chases if one.id == wanted), None)


def standing(desk: Desk, request: RequestRecord) -> str:
    """One request in a line: its state, when it is due and how late it is, or when it came."""
    parts = [desk.words(f"scoping.is_{request.state}")]
    if request.state in WAITS and request.due is not None:
        parts += [desk.words("scoping.is_due", due=day_text(london_day(request.due))), lateness(desk, request.due)]
    if request.returned_at is not None and request.state in (*ANSWERED, "accepted"):
        parts.append(desk.words("answers_asked.came", day=day_text(london_day(request.returned_at))))
        parts.append(lateness(desk, request.due, request.returned_at) if request.due else "")
    return "; ".join(filter(None, parts))
