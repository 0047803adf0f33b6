"""Where one request stands: its state and dates, more time, who has it, and when somebody was chased last."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from dialogs.answers.dates import lateness
from dialogs.answers.how_is import seen_requests
from dialogs.answers.named import answers_for, meant, named_as, names_organisations
from dialogs.answers.scope import answer, hidden_here, own_requests, refuse, sees_case
from dialogs.casework.common import deadline, deadline_id
from dialogs.casework.glance import show_case
from dialogs.delivered.reaching import request_lines
from dialogs.desk import Desk
from dialogs.referral.mine import my_referrals
from dialogs.reply import Block, Button, Card, Facts, Paragraph, Reply, Style
from dialogs.returns.opening import asked_of_me
from dialogs.scoping.cards import request_button
from dialogs.scoping.common import organisation_name
from dialogs.scoping.machine import ANSWERED, WAITS
from dialogs.scoping.pieces import press
from dialogs.scoping.plan import how
from dialogs.scoping.requests import can_be_done
from state.access import Access
from state.chasing_records import ChaseRecord
from state.records import CaseRecord
from state.scoping_records import OrganisationRecord, RequestRecord
from state.values import london_day
from templates.days import day_text, moment_text

MOST = 12
MOST_BUTTONS = 6
RETURN = "scoping_return"
Row = tuple[str, str]


def status(desk: Desk) -> None:
    """A case, one request of it, or without a case what the named organisations have still to answer."""
    slots, case = desk.meant.slots, desk.snapshot.case
    if case is None and not slots.case:
        return over_cases(desk) if names_organisations(slots) else _without_case(desk)
    if case is None or (sees_case(desk, case) and not names_organisations(slots)):
        return show_case(desk)
    if not names_organisations(slots):
        return _without_name(desk, case)
    whole = sees_case(desk, case)
    seen = desk.snapshot.requests if whole else own_requests(desk)
    found = [one for one in meant(slots, seen) if one.state != "to_send" or whole]
    if found:
        return _show(desk, case, found)
    return _none(desk, case)


def _without_case(desk: Desk) -> None:
    """Nothing was named: where their own things stand, for those who have some; whoever runs cases is asked which."""
    if desk.may("see_reference") is Access.YES:
        return show_case(desk)
    if answers_for(desk):
        return asked_of_me(desk)
    return my_referrals(desk) if desk.snapshot.my_cases else show_case(desk)


def _without_name(desk: Desk, case: CaseRecord) -> None:
    """An organisation that asks about a case asks about its own request; while it still waits, it can be opened."""
    own = own_requests(desk)
    if any(one.case == case.id for one in desk.snapshot.my_requests) and desk.private:
        return asked_of_me(desk)
    return _show(desk, case, own) if own else show_case(desk)


def _none(desk: Desk, case: CaseRecord) -> None:
    """Nobody of that name was asked; whoever may not know of the others is told of their own alone."""
    name = named_as(desk, desk.meant.slots)
    if sees_case(desk, case):
        return answer_text(desk, case, desk.words("answers_asked.not_asked", name=name, reference=case.reference))
    if own_requests(desk):
        return refuse(desk, "see_reference", desk.words("answers_asked.own_only"))
    return refuse(desk, "see_reference")


def answer_text(desk: Desk, case: CaseRecord | None, text: str) -> None:
    """A sentence, said where it may be read."""
    answer(desk, Reply(text=text, preview=desk.words("filling.preview")), case, ())


def _show(desk: Desk, case: CaseRecord, requests: Sequence[RequestRecord]) -> None:
    """One request in full; several in a line each."""
    organisations = {one.organisation for one in requests} if not any(hidden_here(desk, one) for one in requests) else set()
    if len(requests) == 1:
        return answer(desk, _in_full(desk, requests[0]), case, organisations)
    rows = tuple((organisation_name(desk, one), standing(desk, one)) for one in requests[:MOST])
    return answer(desk, _listed(desk, case.reference, rows, len(requests)), case, organisations)


def _in_full(desk: Desk, request: RequestRecord) -> Reply:
    rows = tuple(_rows(desk, request))
    title = desk.words("scoping.request_title", reference=request.reference, organisation=organisation_name(desk, request))
    buttons = _buttons(desk, request) if desk.private else ()
    return Reply(card=Card(title=title, blocks=(Facts(rows),), buttons=buttons), preview=desk.words("filling.preview"))


def _rows(desk: Desk, request: RequestRecord) -> Iterator[Row]:
    """Where others read along, no member of staff is named."""
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


def _buttons(desk: Desk, request: RequestRecord) -> tuple[Button, ...]:
    """What this person can do about it: who runs cases can chase it, and an organisation can open it."""
    case = desk.snapshot.case
    if case is not None and desk.may("see_reference", case=case) is Access.YES:
        found = [*_chasing(desk, case, request), *_coordinating(desk, case, request)]
        return tuple(replace(one, primary=n == 0) for n, one in enumerate(found[:MOST_BUTTONS]))
    if desk.may_request("open_request", request) is Access.YES and request.state != "withdrawn":
        return (request_button(desk, "open_request", request, primary=True),)
    return ()


def _chasing(desk: Desk, case: CaseRecord, request: RequestRecord) -> list[Button]:
    """Asking for it now, or handing it on, while its date is open."""
    date = deadline(desk, case, RETURN, request.id)
    if date is None or date.met is not None or request.state not in WAITS or desk.may("chase", case=case) is not Access.YES:
        return []
    return [press(desk, name, date.id) for name in ("chase_now", "hand_on")]


def _coordinating(desk: Desk, case: CaseRecord, request: RequestRecord) -> list[Button]:
    """Opening it as its organisation does is done from the list of requests."""
    if desk.may("send_requests", case=case) is not Access.YES:
        return []
    return [press(desk, name, request.id) for name in can_be_done(request) if name != "open_request"]


def standing(desk: Desk, request: RequestRecord) -> str:
    """One request in a line: its state, when it is due and how late it is, or when it came."""
    parts = [desk.words(f"scoping.is_{request.state}")]
    if request.state in WAITS and request.due is not None:
        parts += [desk.words("scoping.is_due", due=day_text(london_day(request.due))), lateness(desk, request.due)]
    if request.returned_at is not None and request.state in (*ANSWERED, "accepted"):
        parts.append(desk.words("answers_asked.came", day=day_text(london_day(request.returned_at))))
        parts.append(lateness(desk, request.due, request.returned_at) if request.due else "")
    return "; ".join(filter(None, parts))


def _listed(desk: Desk, title: str, rows: Sequence[Row], count: int) -> Reply:
    blocks: list[Block] = [Facts(tuple(rows))]
    if count > len(rows):
        blocks.append(Paragraph(desk.words("answers_asked.more_requests", count=count - len(rows)), Style.QUIET))
    return Reply(card=Card(title=title, blocks=tuple(blocks)), preview=desk.words("filling.preview"))


def over_cases(desk: Desk) -> None:
    """What the organisations that were named have still to answer, over all open cases: their own for those who answer."""
    runs = desk.may("see_reference") is Access.YES
    own = answers_for(desk)
    found = [one for one in seen_requests(desk) if one.state in WAITS]
    if not runs and not own:
        return refuse(desk, "see_reference", desk.words("access.nothing"))
    name = named_as(desk, desk.meant.slots)
    if not runs and not {one.id for one in _named_organisations(desk)} & own:
        return refuse(desk, "see_reference", desk.words("answers_asked.own_only"))
    if not found:
        return answer_text(desk, None, desk.words("answers_asked.nothing_waits", name=name))
    rows = [(f"{one.reference}, {organisation_name(desk, one)}", standing(desk, one)) for one in _worst_first(found)[:MOST]]
    title = desk.words("answers_asked.waits_of", name=name, count=len(found))
    return answer(desk, _listed(desk, title, rows, len(found)), None, {one.organisation for one in found})


def _named_organisations(desk: Desk) -> list[OrganisationRecord]:
    slots = desk.meant.slots
    return [one for one in desk.snapshot.organisations if one.id == slots.organisation or one.kind in slots.agency]


def _worst_first(found: Sequence[RequestRecord]) -> list[RequestRecord]:
    return sorted(found, key=lambda one: (one.due is None, one.due, one.reference))
