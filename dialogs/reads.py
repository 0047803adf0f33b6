"""What a turn has to read, worked out from the turn alone: so that reading is one step and deciding is pure."""

from __future__ import annotations

from dialogs.kit import Kit
from dialogs.referral.submit import counter_name
from dialogs.turn import GivenUp, OpenWindow, Press, SubmitWindow, Text, Turn
from dialogs.understand import move, understand
from state.snapshot import Wanted
from state.values import london_day

ABOUT_CASES = frozenset({"open_case"})
ABOUT_PEOPLE = frozenset(
    {
        "start_restricted",
        "name_people",
        "who_may_see",
        "submit",
        "add_person",
        "remove_person",
        "do_remove",
        "make_code",
        "confirm_role",
        "refuse_role",
        "tie_channel",
        "confirm_channel",
        "untie_channel",
        "claim",
    }
)


def wanted(turn: Turn, kit: Kit) -> Wanted:
    """The reads of a turn."""
    said = turn.said
    if isinstance(said, Press):
        return _for_press(turn, said)
    if isinstance(said, GivenUp):
        return Wanted(turn=turn.id, person="", place="", people=True, case=said.case)
    if isinstance(said, OpenWindow | SubmitWindow):
        last = isinstance(said, SubmitWindow)
        return Wanted(turn=turn.id, person=turn.who.id, place=turn.place.id, draft=said.target, last_card=last)
    return _for_text(turn, said.text if isinstance(said, Text) else "", kit)


def _for_press(turn: Turn, press: Press) -> Wanted:
    on_case = press.action in ABOUT_CASES
    return Wanted(
        turn=turn.id,
        person=turn.who.id,
        place=turn.place.id,
        draft="" if on_case or press.action in ABOUT_PEOPLE - {"submit", "name_people", "who_may_see"} else press.target,
        case=press.target if on_case else "",
        case_draft=on_case,
        counter=_counter(turn) if press.action == "submit" else "",
        mine=not press.target,
        open_cases=press.action == "open_referrals",
        people=press.action in ABOUT_PEOPLE,
    )


def _counter(turn: Turn) -> str:
    return counter_name(london_day(turn.at).year)


def _for_text(turn: Turn, text: str, kit: Kit) -> Wanted:
    phrases = kit.profile.phrases
    meant = understand(text, phrases, kit.profile.file.prefix)
    submits = move(text, phrases) == "submit"
    code = meant.code
    return Wanted(
        turn=turn.id,
        person=turn.who.id,
        place=turn.place.id,
        reference=meant.reference if meant.intent == "open_case" else "",
        case_draft=meant.intent == "open_case" and bool(meant.reference),
        code=kit.digest("code", code) if code else "",
        counter=_counter(turn) if submits else "",
        open_cases=meant.intent == "open_referrals",
        last_card=True,
        only_draft=meant.intent == "resume",
        mine=True,
        people=submits or bool(code) or meant.intent in ABOUT_PEOPLE,
    )
