"""What can be asked and done about delivery: did it arrive, send it again, what was sent in a period."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from dialogs.acts import About, Act, Intent
from dialogs.delivered.again import send_again, use_email
from dialogs.delivered.asked import delivered, see_delivery
from dialogs.delivered.sent import sent
from dialogs.desk import Desk
from dialogs.scoping.pieces import pressed
from dialogs.turn import Press


def _case(do: Callable[[Desk, Press], None]) -> Act:
    return Act(do=pressed(do), about=About.CASE, people=True, organisations=True, requests=True, ledger=True)


PRESSES: Mapping[str, Act] = {
    "see_delivery": _case(see_delivery),
    "send_again": _case(send_again),
    "use_email": _case(use_email),
}
"""Buttons alone: what they answer is a card, and it is shown one to one."""

INTENTS: Mapping[str, Intent] = {
    "delivered": Intent(
        do=delivered, people=True, organisations=True, requests=True, my_requests=True, ledger=True, missed=True
    ),
    "sent": Intent(do=sent, people=True, organisations=True, sent=True),
}
