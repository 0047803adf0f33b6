"""What can be done about a referral: buttons, words, and how its form behaves."""

from __future__ import annotations

from collections.abc import Mapping

from dialogs.acts import About, Act, Intent
from dialogs.behaviour import Behaviour
from dialogs.casework.glance import or_glance
from dialogs.desk import Desk
from dialogs.referral import begin, mine, read
from dialogs.referral.submit import submit
from dialogs.turn import Press
from state.access import Access
from state.records import DraftRecord

READ = Act(do=read.open_case, about=About.CASE, case_draft=True)
"""Reading a referral: in chat, or in a window part by part."""

PRESSES: Mapping[str, Act] = {
    "begin_referral": Act(do=lambda desk, press: begin.first_screen(desk)),
    "start_referral": Act(do=begin.start),
    "start_restricted": Act(do=begin.start_restricted, people=True),
    "on_behalf": Act(do=begin.start_on_behalf),
    "name_people": Act(do=begin.name_people, about=About.DRAFT, people=True, unlisted=True),
    "who_may_see": Act(do=begin.who_may_see, about=About.DRAFT, people=True, unlisted=True),
    "my_referrals": Act(do=mine.my_referrals),
    "resume": Act(do=mine.carry_on, about=About.DRAFT),
    "resume_last": Act(do=lambda desk, press: mine.carry_on_last(desk)),
    "open_referrals": Act(do=read.open_referrals, open_cases=True),
    "open_case": READ,
}
OPENS: Mapping[str, Act] = {"open_case": READ}
SUBMITS: Mapping[str, Act] = {"next_part": READ, "part_before": READ}

INTENTS: Mapping[str, Intent] = {
    "refer": Intent(do=begin.first_screen),
    "my_referrals": Intent(do=mine.my_referrals),
    "open_referrals": Intent(do=read.open_referrals, open_cases=True),
    "open_case": Intent(
        do=or_glance(read.open_case), case_draft=True, people=True, requests=True, organisations=True, matching=True
    ),
    "on_behalf": Intent(do=lambda desk: begin.start_on_behalf(desk, Press(action="on_behalf"))),
}


def _may_change(desk: Desk) -> bool:
    if not desk.private:
        return False
    if desk.at_hand.on_behalf and desk.may("enter_on_behalf") is not Access.YES:
        return False
    return desk.may("change_referral", draft=desk.at_hand) is Access.YES


def _flags(draft: DraftRecord) -> Mapping[str, bool]:
    return {"on_behalf": draft.on_behalf, "restricted": draft.restricted}


REFERRAL = Behaviour(
    may_change=_may_change,
    submit=submit,
    cancelled=begin.cancelled,
    listed=begin.listed,
    flags=_flags,
    sent_key="referral.sent_already",
    opening="start_referral",
)
