"""A case of another area is handed over as one package. Until its receipt is recorded, the dates stay ours."""

from __future__ import annotations

from dialogs.casework.announce import tell
from dialogs.casework.asking import Asked, Field, answers, ask, decider
from dialogs.casework.common import case_button, case_for, chain
from dialogs.casework.ending import end
from dialogs.casework.machine import CASE
from dialogs.casework.notices import keep_notice, open_notice, part, settle
from dialogs.desk import Desk
from dialogs.giving.offer import file_button, offered
from dialogs.reply import Card, Paragraph, Reply
from dialogs.turn import Press
from state.records import CaseRecord
from state.scoping_records import NoticeRecord
from state.values import london_day, utc_text
from templates.answers import Kind
from templates.days import day_text

HAND_OVER = "hand_over"
FORM = "handover"
"""One file with everything in the case's folder. It is made after every paper that was ordered before it."""


def hand_over(desk: Desk, press: Press) -> None:
    """To which area, who decided and why."""
    case = _case(desk)
    if case is None:
        return
    if open_notice(desk, HAND_OVER) is not None:
        return see_hand_over(desk, press)
    ask(desk, case, _asked(desk, case))


def _case(desk: Desk) -> CaseRecord | None:
    case = case_for(desk, "record_decision")
    if case is not None and not CASE.may(case.status, HAND_OVER):
        desk.tell(desk.words("casework.cannot_hand_over"))
        return None
    return case


def _asked(desk: Desk, case: CaseRecord) -> Asked:
    return Asked(
        title=desk.words("casework.hand_over_title", reference=case.reference),
        action="do_hand_over",
        fields=(Field(id="area"), decider(desk), Field(id="reason", kind=Kind.LONG_TEXT)),
        blocks=(Paragraph(desk.words("casework.hand_over_help")),),
    )


def do_hand_over(desk: Desk, press: Press) -> None:
    """Make the package, and wait for its receipt."""
    case = _case(desk)
    if case is None:
        return
    if open_notice(desk, HAND_OVER) is not None:
        return see_hand_over(desk, press)
    values = answers(desk, case, _asked(desk, case), press)
    if values is None:
        return
    notice = keep_notice(desk, case, HAND_OVER, dict(values))
    body = {"form": FORM, "case": case.id, "reference": case.reference, "notice": notice.id, "at": utc_text(desk.turn.at)}
    desk.make_document(case.id, dict(body))
    desk.note(chain(case), "hand_over_begun", content=dict(values))
    tell(desk, case, desk.words("casework.hand_over_told", reference=case.reference))
    return _package(desk, case)


def _package(desk: Desk, case: CaseRecord) -> None:
    blocks = (Paragraph(desk.words("casework.hand_over_package", reference=case.reference)),)
    ways = (case_button(desk, "see_hand_over", case, primary=True), case_button(desk, "show_case", case))
    buttons = (*ways, *offered(desk, file_button(desk, case.id, FORM)))
    desk.say(Reply(card=Card(blocks=blocks, buttons=buttons), preview=desk.words("filling.preview")))


def see_hand_over(desk: Desk, _press: Press) -> None:
    """A hand-over that waits: record its receipt, or take it back."""
    found = _waiting(desk)
    if found is not None:
        ask(desk, found[0], _receipt(desk, *found))


def _waiting(desk: Desk) -> tuple[CaseRecord, NoticeRecord] | None:
    case = case_for(desk, "record_decision")
    notice = open_notice(desk, HAND_OVER) if case is not None else None
    if case is not None and notice is None:
        desk.tell(desk.words("casework.hand_over_settled"))
    return (case, notice) if case is not None and notice is not None else None


def _receipt(desk: Desk, case: CaseRecord, notice: NoticeRecord) -> Asked:
    day = day_text(london_day(notice.at))
    return Asked(
        title=desk.words("casework.hand_over_title", reference=case.reference),
        action="do_receipt",
        fields=(Field(id="received_on", kind=Kind.DATE), Field(id="received_by")),
        blocks=(Paragraph(desk.words("casework.hand_over_waits", area=part(notice, "area"), day=day)),),
        more=(case_button(desk, "take_back_hand_over", case),),
    )


def do_receipt(desk: Desk, press: Press) -> None:
    """The other area has it: from now on it is theirs."""
    found = _waiting(desk)
    if found is None:
        return
    case, notice = found
    values = answers(desk, case, _receipt(desk, case, notice), press)
    if values is None:
        return
    if not CASE.may(case.status, HAND_OVER):
        return desk.tell(desk.words("casework.cannot_hand_over"))
    content = {"area": part(notice, "area"), "decided_by": part(notice, "decided_by"), "reason": part(notice, "reason")}
    settle(desk, notice, "received", {**content, **values})
    texts = [
        desk.words("casework.told_hand_over", area=part(notice, "area")),
        desk.words("decision.told_reasons", reasons=part(notice, "reason")),
    ]
    end(desk, case, HAND_OVER, {**content, **values}, texts)


def take_back_hand_over(desk: Desk, _press: Press) -> None:
    """It is not handed over after all."""
    found = _waiting(desk)
    if found is None:
        return
    case, notice = found
    settle(desk, notice, "taken_back")
    desk.note(chain(case), "hand_over_taken_back")
    tell(desk, case, desk.words("casework.hand_over_back", reference=case.reference))
    desk.tell(desk.words("casework.hand_over_back", reference=case.reference))
