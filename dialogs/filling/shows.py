"""What a form can show where nothing is asked, by the name its definition uses."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from dialogs.decision.advice import decision_advice
from dialogs.desk import Desk
from dialogs.referral.advice import advice_card
from dialogs.reply import Reply
from templates.forms.shape import Spot

SHOWS: Mapping[str, Callable[[Desk, Spot, Sequence[str]], Reply]] = {
    "advice": advice_card,
    "decision_advice": decision_advice,
}
