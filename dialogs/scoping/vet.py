"""Is anybody in an organisation involved? Then nothing is posted there: an independent senior is asked, and they see nothing.

The same card serves before sending and afterwards, when somebody says that a colleague is involved.
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from dialogs.casework.common import case_for, chain
from dialogs.desk import Desk
from dialogs.reply import Choice, Paragraph, Style
from dialogs.scoping.choose import asking_case
from dialogs.scoping.common import organisation_name
from dialogs.scoping.machine import WAITS
from dialogs.scoping.pieces import choice, chosen, done, heading, plain, press, say_card, written
from dialogs.scoping.plan import show_plan, stamp, to_send
from dialogs.scoping.reach import people_of, usual_delivery
from dialogs.scoping.reroute import put_to
from dialogs.turn import Press
from state.records import CasePersonRecord, CaseRecord
from state.scoping_records import RequestRecord

EXCLUDED = "excluded"
BY_EMAIL = "email"
"""Chosen in place of a senior: nobody there is known who could be asked one to one."""
AS_BEFORE = "as_before"
"""Chosen in place of a senior: nobody who gets the request is involved, it goes the usual way."""
WHY = ("subject", "may_have_harmed", "relative", "involved_practitioner")
"""How somebody may be involved. Plain words of a list, never free text: this column is not secret."""


def vet_organisations(desk: Desk, _said: Press, *, error: str = "") -> None:
    """For all that were chosen and not looked at yet, in one question: is anybody there involved? Else for all once more."""
    case, asked = asking_case(desk), to_send(desk)
    if case is None:
        return None
    if not asked:
        return desk.tell(desk.words("scoping.nothing_to_send"))
    left = [one for one in asked if not one.vetted] or asked
    options = [(one.id, organisation_name(desk, one)) for one in left]
    inputs = (choice(desk, "involved", desk.words("scoping.which_involved"), options, several=True, required=False),)
    buttons = (press(desk, "keep_vetted", case.id, version=stamp(asked), primary=True, inputs=True),)
    blocks = (
        heading(desk.words("scoping.vet_heading")),
        plain(desk.words("scoping.vet_help")),
        plain(desk.words("scoping.vet_nobody")),
    )
    title = desk.words("scoping.plan_title", reference=case.reference)
    return say_card(desk, blocks, title=title, inputs=inputs, buttons=buttons, error=error)


def keep_vetted(desk: Desk, said: Press) -> None:
    """Those without anybody involved are settled; for the first of the others it is asked who."""
    case = asking_case(desk)
    if case is None:
        return None
    if stamp(to_send(desk)) != said.version:
        return vet_organisations(desk, said, error=desk.words("scoping.changed_meanwhile"))
    involved = chosen(said.inputs, "involved")
    requests = [replace(one, vetted=one.id not in involved) for one in to_send(desk)]
    for request in requests:
        desk.put(request)
    desk.note(chain(case), "organisations_vetted", requests=",".join(one.id for one in requests if one.vetted))
    done(desk)
    return _next(desk, case, requests)


def _next(desk: Desk, case: CaseRecord, requests: Sequence[RequestRecord]) -> None:
    left = [one for one in requests if not one.vetted]
    if left:
        return _ask(desk, left[0])
    return show_plan(desk, case, requests)


def involved(desk: Desk, _said: Press) -> None:
    """Somebody in this organisation is involved: ask who, and who answers in their place."""
    request = _request(desk)
    if request is not None:
        _ask(desk, request)


def _request(desk: Desk) -> RequestRecord | None:
    """The request at hand, where it can still be put to somebody else."""
    if case_for(desk, "send_requests") is None:
        return None
    request = desk.snapshot.request
    if request is None or request.state not in ("to_send", *WAITS):
        desk.tell(desk.words("scoping.settled_already"))
        return None
    return request


def _ask(desk: Desk, request: RequestRecord, *, error: str = "") -> None:
    """Who is involved and why, and who is asked in their place: among the people of that organisation that are known."""
    people = people_of(desk, request.organisation)
    out = {p.person for p in desk.snapshot.case_people if p.relation == EXCLUDED}
    name = organisation_name(desk, request)
    inputs = []
    if people:
        options = [(one.id, one.name) for one in people]
        before = ",".join(one.id for one in people if one.id in out)
        inputs.append(
            choice(desk, "excluded", desk.words("scoping.who_is_involved"), options, value=before, several=True, required=False)
        )
        reasons = [(why, desk.words(f"scoping.why_{why}")) for why in WHY]
        inputs.append(choice(desk, "why", desk.words("scoping.why_involved"), reasons, required=False))
    inputs.append(replace(choice(desk, "senior", desk.words("scoping.who_is_asked"), ()), choices=_seniors(desk, request)))
    blocks = [heading(desk.words("scoping.involved_heading", name=name)), plain(desk.words("scoping.involved_help"))]
    if not people:
        blocks.append(Paragraph(desk.words("scoping.nobody_known_there"), Style.WARNING))
    buttons = (press(desk, "keep_involved", request.id, version=stamp([request]), primary=True, inputs=True),)
    say_card(desk, blocks, inputs=inputs, buttons=buttons, error=error)


def _seniors(desk: Desk, request: RequestRecord) -> tuple[Choice, ...]:
    """People who can be asked one to one, then secure email, then the usual way where the case is not restricted."""
    can = [one for one in people_of(desk, request.organisation) if desk.own_place(one.id) is not None]
    found = [*(Choice(one.id, one.name) for one in can), Choice(BY_EMAIL, desk.words("scoping.ask_by_email"))]
    restricted = desk.snapshot.case is not None and desk.snapshot.case.restricted
    return (*found, *(() if restricted else (Choice(AS_BEFORE, desk.words("scoping.ask_as_before")),)))


def keep_involved(desk: Desk, said: Press) -> None:
    """Those who are involved lose every view of the case at once, and somebody else is asked."""
    request = _request(desk)
    if request is None:
        return None
    if stamp([request]) != said.version:
        return _ask(desk, request, error=desk.words("scoping.changed_meanwhile"))
    out = [one.id for one in people_of(desk, request.organisation) if one.id in chosen(said.inputs, "excluded")]
    senior, why = written(said.inputs, "senior"), written(said.inputs, "why")
    if error := _wrong(desk, request, out, senior, why):
        return _ask(desk, request, error=desk.words(f"scoping.{error}"))
    for person in _newly(desk, out):
        exclude(desk, request.case, person, why)
    asked = _routed(desk, request, senior, out)
    done(desk)
    if request.state != "to_send":
        return put_to(desk, request, asked)
    desk.put(asked)
    requests = [asked if one.id == asked.id else one for one in to_send(desk)]
    case = desk.snapshot.case
    return _next(desk, case, requests) if case is not None else None


def _newly(desk: Desk, out: Sequence[str]) -> list[str]:
    """Those who were not out of the case before: of the others it is known why, or they said so themselves."""
    before = {p.person for p in desk.snapshot.case_people if p.relation == EXCLUDED}
    return [one for one in out if one not in before]


def _wrong(desk: Desk, request: RequestRecord, out: Sequence[str], senior: str, why: str) -> str:
    """The sentence that says what is not right yet, or nothing."""
    if _newly(desk, out) and why not in WHY:
        return "why_needed"
    if senior not in {one.value for one in _seniors(desk, request)}:
        return "senior_needed"
    barred = {*out, *(p.person for p in desk.snapshot.case_people if p.relation == EXCLUDED)}
    if senior in barred:
        return "senior_is_involved"
    leads = {p.id for p in people_of(desk, request.organisation)}
    return "not_in_the_channel" if senior == AS_BEFORE and barred & leads else ""


def _routed(desk: Desk, request: RequestRecord, senior: str, out: Sequence[str]) -> RequestRecord:
    delegate = "" if request.delegate in out else request.delegate
    if senior == AS_BEFORE:
        usual = usual_delivery(desk, request.organisation)
        return replace(request, vetted=True, delivery=usual, senior="", delegate=delegate, quiet=False)
    if senior == BY_EMAIL:
        return replace(request, vetted=True, delivery=BY_EMAIL, senior="", delegate="", quiet=True)
    return replace(request, vetted=True, delivery="private", senior=senior, delegate="", quiet=True)


def exclude(desk: Desk, case: str, person: str, why: str) -> None:
    """Take somebody out of a case: from now on it is not there for them, whatever their role. Also off its list."""
    before = next((p for p in desk.snapshot.case_people if p.person == person and p.relation == EXCLUDED), None)
    kept = before or CasePersonRecord(case=case, person=person, relation=EXCLUDED)
    desk.put(replace(kept, reason=why, until=None))
    desk.note(chain(case), "person_excluded", person=person, why=why)
