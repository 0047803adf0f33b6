"""A document that somebody took away can be made again: by the button that makes it anyhow, or else as of when it was made."""

from __future__ import annotations

from datetime import datetime

from dialogs.casework.common import case_button, case_for, chain
from dialogs.desk import Desk
from dialogs.giving.may import request_of
from dialogs.giving.offer import file_name
from dialogs.library.naming import called
from dialogs.reply import Button
from dialogs.returns.common import RETURN
from dialogs.review.common import newest
from dialogs.scoping.pieces import done
from dialogs.turn import Press
from state.records import CaseRecord
from state.scoping_records import RequestRecord
from state.values import JSON, utc_text

AGAIN = "make_again"
ANYHOW = {
    "rapid_review": "pack",
    "overview": "pack",
    "agenda": "meeting",
    "calendar": "meeting",
    "panel_letter": "letter",
    "supplementary": "supplementary",
    "handover": "see_hand_over",
}
"""Documents that a button makes as often as it is pressed."""
OF_A_CASE = ("referral", "decision")
OF_A_REQUEST = ("scoping_letter", "scoping", "scoping_return", "nil_return")


def ways(desk: Desk, case: CaseRecord, what: str) -> Button | None:
    """The button that has a document made again; None where there is none."""
    form = what.partition(":")[0]
    if form in ANYHOW:
        return case_button(desk, ANYHOW[form], case)
    if form not in (*OF_A_CASE, *OF_A_REQUEST):
        return None
    label = desk.words("buttons.make_again", file=file_name(desk, what))
    return Button(action=AGAIN, label=label, target=case.id, at=what)


def make_again(desk: Desk, said: Press) -> None:
    """Have it made as it was: it says what was so then."""
    case = case_for(desk, "send_requests")
    if case is None:
        return None
    body = _body(desk, case, said.at)
    if body is None:
        return desk.tell(desk.words("library.not_again"))
    desk.make_document(case.id, body, what=said.at)
    desk.note(chain(case), "made_again", what=said.at)
    done(desk)
    return desk.tell(desk.words("library.again", file=called(desk, said.at)))


def _body(desk: Desk, case: CaseRecord, what: str) -> dict[str, JSON] | None:
    form, _, about = what.partition(":")
    request = request_of(desk, about)
    if form in OF_A_REQUEST:
        return _of_request(case, request, form) if request is not None and request.case == case.id else None
    written = newest(desk.snapshot, form) if form in OF_A_CASE else None
    made = desk.snapshot.filed
    return _common(case, form, written.draft.id, made.made_at) if written is not None and made is not None else None


def _of_request(case: CaseRecord, request: RequestRecord, form: str) -> dict[str, JSON] | None:
    """Letter and form as they were sent; a return as it came."""
    sent: dict[str, JSON] = {"request": request.id, "issue": request.issue}
    if form in ("scoping_letter", "scoping"):
        due = utc_text(request.due) if request.due else ""
        return {**_common(case, form, request.draft, request.sent_at), **sent, "due": due}
    nil = form == "nil_return"
    draft, version = (request.nil, request.issue) if nil else (request.draft, request.returns)
    if not draft or not version or request.returned_at is None:
        return None
    return {**_common(case, "scoping" if form == RETURN else form, draft, request.returned_at), **sent, "version": version}


def _common(case: CaseRecord, form: str, draft: str, then: datetime | None) -> dict[str, JSON]:
    at: dict[str, JSON] = {"at": utc_text(then)} if then is not None else {}
    return {"form": form, "draft": draft, "case": case.id, "reference": case.reference, **at}
