"""Asking for the digest: at any time, one to one, of what the person who asks may see. That there is nothing is said then."""

from __future__ import annotations

from dialogs.desk import Desk
from dialogs.digest.look import look_at
from dialogs.digest.saying import digest_of
from dialogs.kit import Kit
from dialogs.overdue.reading import Looking, Meaning
from dialogs.overdue.scope import scope
from dialogs.reply import Reply
from dialogs.turn import Turn


def look(_meaning: Meaning, turn: Turn, kit: Kit) -> Looking:
    """What the digest looks at, whatever else was said."""
    found = look_at(kit, turn.at, listed=turn.listed(kit.tenants))
    return lambda _talk, _names: found


def asked(desk: Desk) -> None:
    """The digest now. The weekly one comes all the same."""
    looked = desk.snapshot.looked
    if looked is None or not (desk.may_see_own() or looked.runs):
        desk.note("partnership", "refused", action="see_own_referral")
        return desk.tell(desk.words("access.nothing"))
    if not desk.private:
        return desk.tell(desk.words("digest.one_to_one"))
    nothing = Reply(text=desk.words("digest.nothing", scope=scope(desk, looked)), preview=desk.words("filling.preview"))
    return desk.say(digest_of(desk) or nothing)
