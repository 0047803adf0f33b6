"""What can be done about the rapid review."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from dialogs.acts import About, Act, Intent
from dialogs.behaviour import Behaviour
from dialogs.casework.glance import or_glance
from dialogs.desk import Desk
from dialogs.review import (
    asking,
    attendance,
    invitations,
    letter,
    meeting,
    merging,
    overview,
    pack,
    panel,
    participants,
    sending,
    signing,
    without,
    write,
)

FORMS = ("referral", "decision", "rapid_review", "scoping", "nil_return", "panel_letter", "panel_reply")
"""What is read for everything about a rapid review: it is collated from all of them."""


def _about_case(do: Callable[[Desk, Any], None]) -> Act:
    return Act(do=do, about=About.CASE, forms=FORMS, requests=True, organisations=True, people=True)


def _asked_for(do: Callable[[Desk], None]) -> Intent:
    return Intent(do=do, forms=FORMS, requests=True, organisations=True, people=True)


_EVERYWHERE: Mapping[str, Act] = {
    "meeting": _about_case(meeting.meeting),
    "set_meeting": _about_case(meeting.set_meeting),
    "panel_people": _about_case(participants.people),
    "name_panel": _about_case(participants.name_panel),
    "add_participant": _about_case(participants.add_participant),
    "save_participant": _about_case(participants.save_participant),
    "attendance": _about_case(attendance.attendance),
    "keep_attendance": _about_case(attendance.keep_attendance),
    "write_review": _about_case(write.write_review),
    "change_signed": _about_case(write.change_signed),
    "merge_actions": _about_case(merging.merge_actions),
    "settle_pair": _about_case(merging.settle_pair),
    "sign_off_review": _about_case(signing.sign_off_review),
    "sign_review_now": _about_case(signing.sign_now),
    "ask_organisation": _about_case(asking.ask_organisation),
    "send_further": _about_case(asking.send_further),
    "without_return": _about_case(without.without_return),
    "go_without": _about_case(without.go_without),
    "write_letter": _about_case(letter.write_letter),
    "mark_sent": _about_case(sending.mark_sent),
    "keep_sent": _about_case(sending.keep_sent),
    "panel_reply": _about_case(panel.panel_reply),
    "further_questions": Act(do=asking.open_questions, about=About.REQUEST, organisations=True, people=True),
    "answer_further": Act(do=asking.answer_further, about=About.REQUEST, organisations=True, people=True),
}
"""Each can be pressed, opened as a window, and sent from one."""

PRESSES: Mapping[str, Act] = {
    **_EVERYWHERE,
    "review": _about_case(overview.review),
    "pack": _about_case(pack.pack),
    "read_pack": Act(
        do=pack.read_pack, about=About.CASE, forms=FORMS, requests=True, organisations=True, people=True, files=True
    ),
    "letter": _about_case(letter.letter),
    "attend": _about_case(invitations.attend),
    "cannot_attend": _about_case(invitations.cannot_attend),
    "supplementary": _about_case(panel.supplementary),
    "supplement_sent": _about_case(panel.supplement_sent),
}
OPENS: Mapping[str, Act] = _EVERYWHERE
SUBMITS: Mapping[str, Act] = _EVERYWHERE
INTENTS: Mapping[str, Intent] = {
    "review": _asked_for(or_glance(overview.review)),
    "meeting": _asked_for(meeting.meeting),
    "pack": _asked_for(pack.pack),
    "letter": _asked_for(letter.letter),
}
BEHAVIOURS: Mapping[str, Behaviour] = {
    "rapid_review": Behaviour(
        may_change=write.may_change,
        submit=write.submit,
        may_write=write.may_write,
        read_only=write.read_only,
        conflicts=write.conflicts,
        refused_key="review.not_yours",
        sent_key="review.sent_already",
        opening="write_review",
    ),
    "panel_letter": Behaviour(
        may_change=letter.may_change,
        submit=letter.submit,
        conflicts=letter.conflicts,
        refused_key="review.not_yours",
        sent_key="review.sent_already",
        opening="write_letter",
    ),
    "panel_reply": Behaviour(
        may_change=letter.may_change,
        submit=panel.submit,
        refused_key="review.not_yours",
        opening="panel_reply",
    ),
}
