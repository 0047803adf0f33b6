"""My referrals: what I sent and where it stands, and what I began and can carry on."""

from __future__ import annotations

from dialogs.casework.machine import OPEN
from dialogs.desk import Desk
from dialogs.filling.talk import resume
from dialogs.reply import Block, Button, Card, Facts, Paragraph, Reply, Style
from dialogs.turn import Press
from state.records import CaseRecord, DraftRecord
from state.values import london_day, to_london
from templates.days import day_text

MOST_BUTTONS = 5
MOST_WITHDRAWALS = 2


def my_referrals(desk: Desk, _press: Press | None = None) -> None:
    """The person's own referrals with their state, newest first, and the drafts they can carry on."""
    if not desk.may_see_own():
        desk.note("partnership", "refused", action="see_own_referral")
        return desk.say(Reply(text=desk.words("access.nothing")))
    if not desk.private:
        return desk.say(Reply(text=desk.words("referral.only_one_to_one")))
    cases, drafts = _asked_about(desk), desk.snapshot.my_drafts
    blocks: list[Block] = []
    if cases:
        blocks += [Paragraph(desk.words("referral.mine_sent"), Style.HEADING), Facts(tuple(_case(desk, c) for c in cases))]
    if drafts:
        blocks += [Paragraph(desk.words("referral.mine_begun"), Style.HEADING)]
        blocks += [Paragraph(draft_text(desk, d, n)) for n, d in enumerate(drafts, 1)]
    if not blocks:
        blocks = [Paragraph(desk.words("referral.mine_none"))]
    begin = Button(action="begin_referral", label=desk.words("buttons.begin_referral"))
    withdraw = _withdraw_buttons(desk, cases)
    buttons = (*_resume_buttons(desk, drafts[: MOST_BUTTONS - len(withdraw)], several=len(drafts) > 1), begin, *withdraw)
    card = Card(title=desk.words("referral.mine_title"), blocks=tuple(blocks), buttons=buttons)
    return desk.say(Reply(card=card, preview=desk.words("filling.preview")))


def _asked_about(desk: Desk) -> tuple[CaseRecord, ...]:
    """The referral that was named, if it is theirs, or those of the time that was said; else all of them."""
    slots, mine = desk.meant.slots, desk.snapshot.my_cases
    named = tuple(one for one in mine if one.reference == slots.case)
    in_time = (one for one in mine if _within(london_day(one.received_at).isoformat(), slots.from_, slots.to))
    return named or tuple(in_time)


def _within(day: str, first: str, last: str) -> bool:
    return first <= day and (not last or day <= last)


def _case(desk: Desk, case: CaseRecord) -> tuple[str, str]:
    state = desk.words(f"referral.state_{case.status}", day=day_text(london_day(case.received_at)))
    return case.reference, state


def draft_text(desk: Desk, draft: DraftRecord, number: int) -> str:
    """A draft without anything that identifies: when it was begun and last touched."""
    touched = to_london(draft.touched_at)
    return desk.words("referral.draft", number=number, day=day_text(touched.date()), time=touched.strftime("%H:%M"))


def _resume_buttons(desk: Desk, drafts: tuple[DraftRecord, ...], *, several: bool) -> tuple[Button, ...]:
    label = "buttons.resume_number" if several else "buttons.resume"
    return tuple(
        Button(action="resume", label=desk.words(label, number=n), target=draft.id) for n, draft in enumerate(drafts, 1)
    )


def _withdraw_buttons(desk: Desk, cases: tuple[CaseRecord, ...]) -> tuple[Button, ...]:
    """The newest ones that are not decided: the referrer may ask to withdraw them. Older ones can be named by typing."""
    undecided = [case for case in cases if case.status in OPEN][:MOST_WITHDRAWALS]
    label = "buttons.ask_withdraw_named" if len(undecided) > 1 else "buttons.ask_withdraw"
    return tuple(
        Button(
            action="ask_withdraw",
            label=desk.words(label, reference=case.reference),
            target=case.id,
        )
        for case in undecided
    )


def carry_on(desk: Desk, _press: Press | None = None) -> None:
    """Go on with the draft of the button, from this place and device."""
    resume(desk)


def carry_on_last(desk: Desk) -> None:
    """ "Carry on": the only draft, or a choice among several."""
    drafts = desk.snapshot.my_drafts
    if len(drafts) != 1 or not desk.private or not desk.may_see_own():
        return my_referrals(desk)
    if desk.draft is not None and desk.draft.id == drafts[0].id:
        return carry_on(desk)
    button = Button(action="resume", label=desk.words("buttons.resume"), target=drafts[0].id, primary=True)
    card = Card(blocks=(Paragraph(draft_text(desk, drafts[0], 1)),), buttons=(button,))
    return desk.say(Reply(card=card, preview=desk.words("filling.preview")))
