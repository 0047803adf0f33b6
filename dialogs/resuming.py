""" "Carry on": what stands here, one's own only draft, or a request that waits for one's organisation."""

from __future__ import annotations

from dialogs.desk import Desk
from dialogs.filling.talk import resume
from dialogs.referral.mine import carry_on_last
from dialogs.returns.opening import asked_of_me


def carry_on(desk: Desk) -> None:
    """What several people write together is not on anybody's own list: it is carried on where they stopped."""
    if desk.private and _together(desk):
        return resume(desk)
    if not desk.snapshot.my_drafts and desk.snapshot.my_requests:
        return asked_of_me(desk)
    return carry_on_last(desk)


def _together(desk: Desk) -> bool:
    """Whether the form they stopped in here is one of a case or a request, and they may still change it."""
    draft = desk.draft
    if draft is None or draft.status != "open" or draft.owner == desk.turn.who.id or draft.form not in desk.kit.behaviours:
        return False
    return desk.behaviour.may_change(desk)
