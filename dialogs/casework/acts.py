"""What can be done about a case beside the decision: looking at it, joining, ending, handing over."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from dialogs.acts import About, Act, Intent
from dialogs.casework import close, duties, glance, hand_over, join, matches, reopen, stand_down, steps_on

DATES = ("referral", "decision")
"""Forms of the case that its dates are counted from."""


def _of_a_case(do: Callable[[Any, Any], None], **reads: Any) -> Act:
    return Act(do=do, about=About.CASE, people=True, **reads)


def _ending(do: Callable[[Any, Any], None]) -> Act:
    """What may tell every organisation to stop."""
    return _of_a_case(do, forms=DATES, requests=True, organisations=True)


PRESSES: Mapping[str, Act] = {
    "show_case": _of_a_case(glance.show_case, requests=True, organisations=True, matching=True),
    "more_case": _of_a_case(steps_on.more_case),
    "duties": _of_a_case(duties.duties, forms=DATES),
    "do_duty": _of_a_case(duties.do_duty, forms=DATES),
    "see_match": _of_a_case(matches.see_match, other="other"),
    "not_same": _of_a_case(matches.not_same, matching=True),
    "join": _of_a_case(join.join, other="other"),
    "do_join": _of_a_case(join.do_join, forms=DATES, requests=True, other="other"),
    "undo_join": _of_a_case(join.undo_join, forms=DATES, matching=True),
    "close_case": _ending(close.close_case),
    "do_close": _ending(close.do_close),
    "ask_withdraw": _of_a_case(close.ask_withdraw),
    "do_ask_withdraw": _of_a_case(close.do_ask_withdraw),
    "keep_referral": _of_a_case(close.keep_referral),
    "see_withdrawal": _of_a_case(close.see_withdrawal),
    "keep_case": _of_a_case(close.keep_case),
    "stand_down": _of_a_case(stand_down.stand_down),
    "do_stand_down": _ending(stand_down.do_stand_down),
    "hand_over": _of_a_case(hand_over.hand_over),
    "do_hand_over": _of_a_case(hand_over.do_hand_over),
    "see_hand_over": _of_a_case(hand_over.see_hand_over),
    "do_receipt": _ending(hand_over.do_receipt),
    "take_back_hand_over": _of_a_case(hand_over.take_back_hand_over),
    "reopen": _of_a_case(reopen.reopen),
    "do_reopen": _of_a_case(reopen.do_reopen, forms=DATES),
}
OPENS: Mapping[str, Act] = {}
SUBMITS: Mapping[str, Act] = {}
INTENTS: Mapping[str, Intent] = {
    "status": Intent(do=glance.show_case, people=True, requests=True, organisations=True, matching=True),
    "withdraw": Intent(do=close.withdraw, people=True),
}
