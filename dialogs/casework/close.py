"""Closing a case with a recorded decision; and a referrer's wish to withdraw, which only the coordinator can grant."""

from __future__ import annotations

from collections.abc import Iterator

from dialogs.casework.announce import tell
from dialogs.casework.asking import Asked, Field, answers, ask, decider
from dialogs.casework.common import case_button, case_for, chain
from dialogs.casework.ending import end
from dialogs.casework.glance import date_facts
from dialogs.casework.machine import CASE
from dialogs.casework.notices import keep_notice, open_notice, part, settle
from dialogs.decision.told import tell_referrers
from dialogs.desk import Desk
from dialogs.reply import Block, Card, Facts, Paragraph, Reply, Style
from dialogs.turn import Press
from state.access import Access
from state.records import CaseRecord
from state.values import london_day
from templates.answers import Kind
from templates.days import day_text

WITHDRAWAL = "withdrawal"


def close_case(desk: Desk, _press: Press | None = None) -> None:
    """Who decided to close it, and why."""
    case = case_for(desk, "record_decision")
    if case is None:
        return
    if not _trigger(case):
        desk.tell(desk.words("casework.cannot_close"))
        return
    ask(desk, case, _asked(desk, case))


def _trigger(case: CaseRecord) -> str:
    """Before a decision a case is withdrawn; after one it is closed; a notification is stood down first."""
    return next((trigger for trigger in ("withdraw", "close") if CASE.may(case.status, trigger)), "")


def _asked(desk: Desk, case: CaseRecord) -> Asked:
    return Asked(
        title=desk.words("casework.close_title", reference=case.reference),
        action="do_close",
        fields=(decider(desk), Field(id="reason", kind=Kind.LONG_TEXT)),
        blocks=tuple(_warning(desk)),
    )


def _warning(desk: Desk) -> Iterator[Block]:
    yield Paragraph(desk.words("casework.close_help"))
    if any(row.met is None for row in desk.snapshot.deadlines):
        yield Paragraph(desk.words("casework.close_dates"), Style.WARNING)
        yield Facts(tuple(date_facts(desk)))


def do_close(desk: Desk, press: Press) -> None:
    """Close it."""
    case = case_for(desk, "record_decision")
    if case is None:
        return
    if not _trigger(case):
        desk.tell(desk.words("casework.cannot_close"))
        return
    values = answers(desk, case, _asked(desk, case), press)
    if values is None:
        return
    asked_for = open_notice(desk, WITHDRAWAL)
    if asked_for is not None:
        settle(desk, asked_for, "granted")
    texts = [desk.words(f"casework.told_{_trigger(case)}"), desk.words("decision.told_reasons", reasons=values["reason"])]
    end(desk, case, _trigger(case), dict(values), texts)


def ask_withdraw(desk: Desk, _press: Press | None = None) -> None:
    """The referrer asks to withdraw: why, and what will happen."""
    case = case_for(desk, "withdraw_referral")
    if case is None:
        return
    if not CASE.may(case.status, "withdraw"):
        desk.tell(desk.words("casework.withdraw_late"))
        return
    before = open_notice(desk, WITHDRAWAL)
    if before is not None:
        day = day_text(london_day(before.at))
        blocks = (Paragraph(desk.words("casework.withdraw_asked", reference=case.reference, day=day)),)
        card = Card(blocks=blocks, buttons=(case_button(desk, "keep_referral", case),))
        desk.say(Reply(card=card, preview=desk.words("filling.preview")))
        return
    ask(desk, case, _withdraw_card(desk, case))


def withdraw(desk: Desk) -> None:
    """ "Withdraw": the referrer asks for it; who decides it closes the case."""
    case = desk.snapshot.case
    if case is not None and case.referrer != desk.turn.who.id and desk.may("record_decision", case=case) is Access.YES:
        return close_case(desk)
    return ask_withdraw(desk)


def _withdraw_card(desk: Desk, case: CaseRecord) -> Asked:
    return Asked(
        title=desk.words("casework.withdraw_title", reference=case.reference),
        action="do_ask_withdraw",
        fields=(Field(id="reason", kind=Kind.LONG_TEXT),),
        blocks=(Paragraph(desk.words("casework.withdraw_help")),),
    )


def do_ask_withdraw(desk: Desk, press: Press) -> None:
    """The wish is kept for the coordinator. The case and its dates stay as they are."""
    case = case_for(desk, "withdraw_referral")
    if case is None:
        return
    if not CASE.may(case.status, "withdraw") or open_notice(desk, WITHDRAWAL) is not None:
        ask_withdraw(desk)
        return
    values = answers(desk, case, _withdraw_card(desk, case), press)
    if values is None:
        return
    keep_notice(desk, case, WITHDRAWAL, dict(values))
    desk.note(chain(case), "withdrawal_asked")
    tell(desk, case, desk.words("casework.withdraw_told", reference=case.reference))
    desk.tell(desk.words("casework.withdraw_kept"))


def keep_referral(desk: Desk, _press: Press) -> None:
    """The referrer changed their mind."""
    case = case_for(desk, "withdraw_referral")
    if case is None:
        return
    before = open_notice(desk, WITHDRAWAL)
    if before is None:
        desk.tell(desk.words("casework.withdraw_settled"))
        return
    settle(desk, before, "taken_back")
    desk.note(chain(case), "withdrawal_taken_back")
    tell(desk, case, desk.words("casework.withdraw_back_told", reference=case.reference))
    desk.tell(desk.words("casework.withdraw_back"))


def see_withdrawal(desk: Desk, _press: Press) -> None:
    """The coordinator reads why, and closes the case or keeps it."""
    case = case_for(desk, "record_decision")
    if case is None:
        return
    asked_for = open_notice(desk, WITHDRAWAL)
    if asked_for is None:
        desk.tell(desk.words("casework.withdraw_settled"))
        return
    why = Paragraph(desk.words("casework.withdraw_why", name=desk.name_of(asked_for.by), reason=part(asked_for, "reason")))
    close = (case_button(desk, "close_case", case),) if _trigger(case) else ()
    shown = _keep_card(desk, case)
    ask(desk, case, Asked(title=shown.title, action=shown.action, fields=shown.fields, blocks=(why,), more=close))


def _keep_card(desk: Desk, case: CaseRecord) -> Asked:
    title = desk.words("casework.withdraw_title", reference=case.reference)
    return Asked(title=title, action="keep_case", fields=(decider(desk), Field(id="reason", kind=Kind.LONG_TEXT)))


def keep_case(desk: Desk, press: Press) -> None:
    """It is not withdrawn: the referrer is told why."""
    case = case_for(desk, "record_decision")
    if case is None:
        return
    asked_for = open_notice(desk, WITHDRAWAL)
    if asked_for is None:
        desk.tell(desk.words("casework.withdraw_settled"))
        return
    values = answers(desk, case, _keep_card(desk, case), press)
    if values is None:
        return
    settle(desk, asked_for, "refused", {**dict(values), "asked": part(asked_for, "reason")})
    desk.note(chain(case), "withdrawal_refused", content=dict(values))
    texts = [desk.words("casework.told_kept"), desk.words("decision.told_reasons", reasons=values["reason"])]
    told = tell_referrers(desk, case, texts)
    desk.tell(desk.words("decision.referrer_told" if told else "decision.tell_referrer"))
