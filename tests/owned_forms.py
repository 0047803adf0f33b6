"""A kit in which every form but the referral is written by its owner: for tests of how forms are filled in, not of who may."""

from __future__ import annotations

import msgspec

from dialogs.behaviour import Behaviour
from dialogs.desk import Desk
from dialogs.filling.actions import pause
from dialogs.kit import Kit
from dialogs.referral.acts import REFERRAL
from dialogs.turn import Press


def _owner(desk: Desk) -> bool:
    return desk.at_hand.owner == desk.turn.who.id


def _nothing(_desk: Desk, _press: Press) -> None:
    """Sending leads nowhere."""


OWNED = Behaviour(may_change=_owner, submit=_nothing, cancelled=pause)


def owned(kit: Kit) -> Kit:
    """The same kit with such forms."""
    return msgspec.structs.replace(kit, behaviours=dict.fromkeys(kit.profile.shapes, OWNED) | {"referral": REFERRAL})
