"""What waits for somebody else of the staff: for coordinators and managers, one to one, by reference and date alone."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from dialogs import waiting
from dialogs.answers.named import ANSWERS
from dialogs.answers.scope import refuse
from dialogs.asking.meaning import Understood
from dialogs.casework.clocks import COORDINATOR
from dialogs.casework.common import case_button
from dialogs.desk import Desk
from dialogs.referral.read import may_see
from dialogs.reply import Button
from dialogs.returns.common import closed
from dialogs.scoping.common import organisation_name
from dialogs.scoping.machine import WAITS
from dialogs.turn import Turn
from dialogs.waiting import Row
from state.access import Access, in_force
from state.records import CaseRecord, PersonRecord
from state.requests_of import RequestsOf
from state.scoping_records import RequestRecord
from state.values import london_day, utc_text
from templates.days import day_text

ME = frozenset({"me", "myself", "i", "us"})


def wanted(meant: Understood, turn: Turn) -> RequestsOf | None:
    """Every request that waits, where somebody was named: which are theirs is known once it is known who is meant."""
    return RequestsOf(everybody=True, waiting=True, now=utc_text(turn.at)) if _named(meant) else None


def _named(meant: Understood) -> str:
    name = " ".join(meant.slots.person.casefold().split())
    return "" if name in ME else name


def mine(desk: Desk) -> None:
    """What waits for me; with a name, for them."""
    name = _named(desk.meant)
    if not name:
        return waiting.waiting(desk)
    if desk.may("see_reference") is not Access.YES:
        return refuse(desk, "see_reference", desk.words("answers_asked.own_work_only"))
    if not desk.private:
        return desk.tell(desk.words("referral.only_one_to_one"))
    found = people_named(desk, name)
    if len(found) != 1:
        key = "answers_asked.nobody_named" if not found else "answers_asked.several_named"
        return desk.tell(desk.words(key, names=", ".join(one.name for one in found)))
    return _for(desk, found[0])


def people_named(desk: Desk, name: str) -> list[PersonRecord]:
    """Members of staff of that name: of the whole name, else with every word of it in theirs."""
    known = [one for one in desk.snapshot.all_people if one.removed_at is None]
    whole = [one for one in known if one.name.casefold() == name]
    return whole or [one for one in known if set(name.split()) <= set(one.name.casefold().split())]


def _for(desk: Desk, person: PersonRecord) -> None:
    roles = {grant.role for grant in desk.snapshot.all_grants if grant.person == person.id and in_force(grant)}
    groups = {
        "requests_theirs": list(_requests(desk, person)),
        "handed": [*waiting.handed_to(desk, person.id), *_named_duties(desk, person)],
        "cases": waiting.cases(desk) if COORDINATOR in roles else [],
    }
    in_time = {name: [row for row in rows if waiting.in_period(desk, row)] for name, rows in groups.items()}
    away = _away(desk, person)
    if not any(in_time.values()):
        nothing = desk.words("answers_asked.nothing_for", name=person.name)
        return desk.tell(f"{nothing} {away}".strip())
    title = desk.words("answers_asked.waits_for", name=person.name)
    return waiting.show(desk, title, in_time, " ".join(filter(None, (desk.words("answers_asked.scope"), away))))


def _requests(desk: Desk, person: PersonRecord) -> Iterator[Row]:
    led = {g.organisation for g in desk.snapshot.all_grants if g.person == person.id and in_force(g) and g.role in ANSWERS}
    cases = {one.id: one for one in desk.snapshot.open_cases}
    for request in sorted(desk.snapshot.requests_of, key=lambda one: (one.due is None, one.due)):
        case = cases.get(request.case)
        if case is not None and request.state in WAITS and _has_it(request, person.id, led):
            label = f"{request.reference}, {organisation_name(desk, request)}"
            yield Row(label, waiting.request_text(desk, request), _button(desk, case), request.due)


def _has_it(request: RequestRecord, person: str, led: set[str]) -> bool:
    return person in (request.senior, request.delegate) or (request.organisation in led and not closed(request))


def _named_duties(desk: Desk, person: PersonRecord) -> Iterator[Row]:
    """Duties of a case whose owner was written down by name."""
    cases = {one.id: one for one in desk.snapshot.open_cases if may_see(desk, "see_reference", one)}
    for date in desk.snapshot.open_deadlines:
        case = cases.get(date.case)
        if case is not None and date.owner in (person.name, person.id):
            yield Row(case.reference, waiting.date_text(desk, date), _button(desk, case), date.due)


def _button(desk: Desk, case: CaseRecord) -> Button:
    return replace(case_button(desk, "show_case", case), label=desk.words("buttons.show_case_named", reference=case.reference))


def _away(desk: Desk, person: PersonRecord) -> str:
    """That they are away, until when and who stands in."""
    today = london_day(desk.turn.at)
    now = next((one for one in desk.snapshot.absences if one.person == person.id and one.first <= today <= one.last), None)
    if now is None:
        return ""
    if now.deputy:
        return desk.words("answers_asked.away_deputy", last=day_text(now.last), deputy=desk.name_of(now.deputy))
    return desk.words("answers_asked.away", last=day_text(now.last))
