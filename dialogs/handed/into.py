"""A filled-in Document 2, read into the return of a request: in a conversation, or for a file that was left in a folder."""

from __future__ import annotations

import re

from dialogs.desk import Desk
from dialogs.handed.reading import REFERRAL, Reading, Sent, read_answers
from dialogs.returns.common import WRITABLE, of_this_request
from dialogs.scoping.common import referral_of, step
from dialogs.scoping.told import prefilled
from dialogs.turn import Dropped
from state.records import AnswerRecord
from state.scoping_records import RequestRecord
from state.values import london_day

FORM = "scoping"
ITS_ISSUE = "document.issue"
AFTER = {
    "awaiting_sign_off": "files.waits_for_sign_off",
    "returned": "files.returned_already",
    "nil_return": "files.returned_already",
    "accepted": "files.returned_already",
    "withdrawn": "returns.withdrawn",
    "to_send": "files.no_request",
}
"""Why a return in that state takes nothing more."""


def read_into(desk: Desk, request: RequestRecord, said: Dropped) -> Reading:
    """Keep a document's answers in the return of a request. Nothing is signed or sent, and nothing is said.

    Whoever's turn it is has answered them. It needs the case's referral and returns (`forms=("referral", "scoping")`) and the
    case's requests read. A `problem` in what comes back says that nothing was kept.
    """
    own = of_this_request(desk, request.draft)
    if said.problem or said.form != FORM or own is None or request.state not in WRITABLE:
        return Reading(problem=_problem(request, said))
    step(desk, request, "draft", opened_at=request.opened_at or desk.turn.at)
    desk.take_up(own)
    desk.note(f"case:{request.case}", "file_read", request=request.id, digest=said.digest)
    return read_answers(desk, said, _sent(desk, request), older=_older(said, request))


def _problem(request: RequestRecord, said: Dropped) -> str:
    if said.problem:
        return f"files.{said.problem}"
    if said.form != FORM:
        return "files.not_to_fill" if said.form else "files.no_form"
    return AFTER.get(request.state, "files.no_request")


def _older(said: Dropped, request: RequestRecord) -> bool:
    """Whether names were corrected since the form was sent out."""
    number = re.match(r"[0-9]{1,6}", said.tags.get(ITS_ISSUE, ""))
    return number is not None and int(number[0]) < request.issue


def _sent(desk: Desk, request: RequestRecord) -> Sent:
    """Section 1 as the form was sent with it: what stands unchanged in a document is nobody's answer."""
    referral, at = referral_of(desk), desk.turn.at
    known = prefilled(referral, london_day(at), desk.kit, request.withheld) if referral is not None else {}
    return {
        path: AnswerRecord(draft=request.draft, path=path, state=state, value=value, source=REFERRAL, by="", at=at)
        for path, (state, value) in known.items()
    }
