""" "Chase now", "leave this one to me", and letting the reminders go on: one press each."""

from __future__ import annotations

from dialogs.casework.common import chain
from dialogs.chasing.at_hand import called, date_at_hand
from dialogs.chasing.hand import chase
from dialogs.chasing.things import RETURN, Thing, keep
from dialogs.desk import Desk
from dialogs.scoping.pieces import done, plain, press, say_card
from dialogs.turn import Press
from state.hours import in_hours, next_in_hours
from state.records import CaseRecord
from templates.days import moment_text

AGAIN = "chase_again"


def chase_now(desk: Desk, said: Press) -> None:
    """Ask whoever has to act. Who was reminded on this day already is asked again only after a second press."""
    found = date_at_hand(desk, said)
    if found is None or found[1].date is None:
        return None
    case, thing = found
    what = called(desk, case, thing)
    chased = chase(desk, [found[1].date], again=said.action == AGAIN)
    if chased.today:
        again = (press(desk, AGAIN, thing.item.id, primary=True),)
        return say_card(desk, (plain(desk.words("chasing.chased_today", what=what)),), buttons=again)
    if chased.told:
        done(desk)
        return desk.tell(_told(desk, what))
    key = "chasing.nobody_to_chase" if chased.nobody else "chasing.not_open"
    return desk.tell(desk.words(key, what=what))


def _told(desk: Desk, what: str) -> str:
    profile = desk.kit.profile
    if in_hours(desk.turn.at, profile.chasing.hours, profile.clocks):
        return desk.words("chasing.chased", what=what)
    moment = next_in_hours(desk.turn.at, profile.chasing.hours, profile.clocks)
    return desk.words("chasing.chased_later", what=what, moment=moment_text(moment))


def leave_to_me(desk: Desk, said: Press) -> None:
    """The organisation is not reminded any more: what would be said to it comes to this person."""
    found = date_at_hand(desk, said)
    if found is None:
        return None
    case, thing = found
    if thing.date is None or thing.date.kind != RETURN:
        return desk.tell(desk.words("chasing.not_left"))
    keep(desk, thing, left_to=desk.turn.who.id)
    return _kept(desk, case, thing, "left_to_one", desk.words("chasing.left", what=called(desk, case, thing)))


def let_go_on(desk: Desk, said: Press) -> None:
    """Reminders go to whoever they are for again, and are not put off any more."""
    found = date_at_hand(desk, said)
    if found is None:
        return None
    case, thing = found
    keep(desk, thing, left_to="", snoozed_until=None)
    return _kept(desk, case, thing, "reminders_go_on", desk.words("chasing.goes_on", what=called(desk, case, thing)))


def _kept(desk: Desk, case: CaseRecord, thing: Thing, kind: str, told: str) -> None:
    desk.note(chain(case), kind, date=thing.item.id)
    done(desk)
    desk.tell(told)
