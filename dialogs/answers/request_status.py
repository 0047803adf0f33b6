"""Where a case or one request of it stands: for those who run cases, and for an organisation its own request alone."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from dialogs.answers.listing import answer_text, listed
from dialogs.answers.named import answers_for, meant, named_as, names_organisations
from dialogs.answers.over_cases import over_cases
from dialogs.answers.request_rows import RETURN, rows, standing
from dialogs.answers.scope import answer, hidden_here, own_requests, refuse, sees_case
from dialogs.casework.common import deadline
from dialogs.casework.glance import show_case
from dialogs.desk import Desk
from dialogs.referral.mine import my_referrals
from dialogs.reply import Button, Card, Facts, Reply
from dialogs.returns.opening import asked_of_me
from dialogs.scoping.cards import request_button
from dialogs.scoping.common import organisation_name
from dialogs.scoping.machine import WAITS
from dialogs.scoping.pieces import press
from dialogs.scoping.requests import can_be_done
from state.access import Access
from state.records import CaseRecord
from state.scoping_records import RequestRecord

MOST_BUTTONS = 6


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


def _show(desk: Desk, case: CaseRecord, requests: Sequence[RequestRecord]) -> None:
    """One request in full; several in a line each."""
    organisations = {one.organisation for one in requests} if not any(hidden_here(desk, one) for one in requests) else set()
    if len(requests) == 1:
        return answer(desk, _in_full(desk, requests[0]), case, organisations)
    lines = [(organisation_name(desk, one), standing(desk, one)) for one in requests]
    return answer(desk, listed(desk, case.reference, lines), case, organisations)


def _in_full(desk: Desk, request: RequestRecord) -> Reply:
    facts = Facts(tuple(rows(desk, request)))
    title = desk.words("scoping.request_title", reference=request.reference, organisation=organisation_name(desk, request))
    buttons = _buttons(desk, request) if desk.private else ()
    return Reply(card=Card(title=title, blocks=(facts,), buttons=buttons), preview=desk.words("filling.preview"))


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
