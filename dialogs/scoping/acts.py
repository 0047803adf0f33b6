"""What the coordinator can do about scoping: organisations, choosing, vetting, sending, answering, reading returns."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from msgspec.structs import replace

from dialogs.acts import About, Act, Intent
from dialogs.behaviour import Behaviour
from dialogs.desk import Desk
from dialogs.returns.opening import asked_of_me
from dialogs.scoping import answering, choose, organisations, requests, returned, send, sharing, steps, time, vet
from dialogs.scoping.pieces import alone, pressed
from dialogs.turn import Press
from state.access import Access

REFERRAL = ("referral",)
RETURNS = ("scoping", "nil_return")
Do = Callable[[Desk, Press], None]


def _case(do: Do) -> Act:
    return Act(do=pressed(do), about=About.CASE, people=True, organisations=True, requests=True, forms=REFERRAL)


def _request(do: Do, forms: tuple[str, ...] = REFERRAL) -> Act:
    return Act(do=pressed(do), about=About.REQUEST, people=True, organisations=True, requests=True, forms=forms)


MOVES: Mapping[str, Act] = {
    "organisations": _case(organisations.organisations),
    "add_organisation": _case(organisations.add_organisation),
    "change_organisation": _case(organisations.change_organisation),
    "keep_organisation": _case(organisations.keep_organisation),
    "end_organisation": _case(organisations.end_organisation),
    "do_end_organisation": _case(organisations.do_end_organisation),
    "send_requests": _case(choose.send_requests),
    "choose_organisations": _case(choose.choose_organisations),
    "keep_choice": _case(choose.keep_choice),
    "vet_organisations": _case(vet.vet_organisations),
    "keep_vetted": _case(vet.keep_vetted),
    "what_is_told": _case(sharing.what_is_told),
    "take_out": _case(sharing.take_out),
    "put_back": _case(sharing.put_back),
    "confirm_requests": _case(send.confirm_requests),
    "send_now": _case(send.send_now),
    "emailed": _case(send.emailed),
    "requests": _case(requests.requests),
    "show_emails": _case(requests.show_emails),
    "show_request": _case(requests.show_request),
    "involved": _request(vet.involved),
    "keep_involved": _request(vet.keep_involved),
    "nobody_involved": _request(answering.nobody_involved),
    "grant_time": replace(_request(time.grant_time), again=True),
    "grant_time_anyway": replace(_request(time.grant_time), again=True),
    "refuse_time": replace(_request(time.refuse_time), again=True),
    "give_time": _request(time.give_time),
    "keep_time": replace(_request(time.keep_time), again=True),
    "answer_question": _request(answering.answer_question),
    "send_answer": _request(answering.send_answer),
    "accept_proposal": _request(answering.accept_proposal),
    "keep_proposal": _request(answering.keep_proposal),
    "refuse_proposal": _request(answering.refuse_proposal),
    "notice_seen": _request(answering.notice_seen),
    "withdraw_request": _request(steps.withdraw_request),
    "do_withdraw": _request(steps.do_withdraw),
    "ask_again": _request(steps.ask_again),
    "post_again": _request(steps.post_again),
    "read_return": _request(returned.read_return, RETURNS),
    "accept_return": _request(returned.accept_return),
    "send_back": _request(returned.send_back),
    "keep_send_back": _request(returned.keep_send_back, RETURNS),
}
"""Each is a button, a window that is opened and a window that is sent, whichever the channel has."""

PRESSES: Mapping[str, Act] = MOVES
OPENS: Mapping[str, Act] = MOVES
SUBMITS: Mapping[str, Act] = MOVES


def _asked(do: Callable[[Desk], None]) -> Intent:
    return Intent(do=lambda desk: alone(desk, do), people=True, organisations=True, requests=True, forms=REFERRAL)


def _requests(desk: Desk) -> None:
    """ "Requests": the coordinator's list of a case; for an organisation, what it is asked."""
    if desk.snapshot.my_requests and desk.may("send_requests") is not Access.YES:
        return asked_of_me(desk)
    return requests.requests(desk)


INTENTS: Mapping[str, Intent] = {
    "send_requests": _asked(choose.send_requests),
    "requests": Intent(
        do=lambda desk: alone(desk, _requests), people=True, organisations=True, requests=True, my_requests=True, forms=REFERRAL
    ),
    "organisations": _asked(organisations.organisations),
}
BEHAVIOURS: Mapping[str, Behaviour] = {}
