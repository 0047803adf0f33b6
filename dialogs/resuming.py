""" "Carry on" and "status": what stands here, one's own only draft, a case, or a request that waits for one's organisation."""

from __future__ import annotations

from dialogs.casework.glance import show_case
from dialogs.desk import Desk
from dialogs.filling.talk import resume
from dialogs.referral.mine import carry_on_last
from dialogs.returns.opening import asked_of_me
from state.access import Access


def carry_on(desk: Desk) -> None:
    """What several people write together is not on anybody's own list: it is carried on where they stopped."""
    if desk.private and _together(desk):
        return resume(desk)
    if not desk.snapshot.my_drafts and desk.snapshot.my_requests:
        return asked_of_me(desk)
    return carry_on_last(desk)


def status(desk: Desk) -> None:
    """A case's reference, alone or with "status": the case for those who run it, for an organisation what it is asked."""
    case = desk.snapshot.case
    mine = case is not None and any(one.case == case.id for one in desk.snapshot.my_requests)
    if mine and desk.may("see_reference", case=case) is not Access.YES:
        return asked_of_me(desk)
    return show_case(desk)


def _together(desk: Desk) -> bool:
    """Whether the form they stopped in here is one of a case or a request, and they may still change it."""
    draft = desk.draft
    if draft is None or draft.status != "open" or draft.owner == desk.turn.who.id or draft.form not in desk.kit.behaviours:
        return False
    return desk.behaviour.may_change(desk)
