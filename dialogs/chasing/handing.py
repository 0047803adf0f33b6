"""Handing a date to a colleague who may run the case: they are told, and what is said about it comes to them."""

from __future__ import annotations

from dialogs.casework.common import case_button, chain, tell_person
from dialogs.chasing.at_hand import called, date_at_hand
from dialogs.chasing.lines import text_for_us
from dialogs.chasing.recipients import who_runs
from dialogs.chasing.things import Thing, keep
from dialogs.desk import Desk
from dialogs.reply import Card, Paragraph, Reply
from dialogs.scoping.pieces import choice, done, heading, press, say_card
from dialogs.turn import Press
from state.policy import Says
from state.records import CaseRecord

WHO = "who"


def hand_on(desk: Desk, said: Press) -> None:
    """Ask to whom."""
    found = date_at_hand(desk, said)
    if found is not None:
        _ask(desk, *found)


def _ask(desk: Desk, case: CaseRecord, thing: Thing, *, error: str = "") -> None:
    people = [(person, desk.name_of(person)) for person in sorted(who_runs(desk), key=desk.name_of)]
    what = called(desk, case, thing)
    asks = choice(desk, WHO, desk.words("chasing.hand_to"), people)
    buttons = (press(desk, "keep_hand_on", thing.item.id, primary=True, inputs=True),)
    say_card(desk, (heading(desk.words("chasing.hand_heading", what=what)),), inputs=(asks,), buttons=buttons, error=error)


def keep_hand_on(desk: Desk, said: Press) -> None:
    """It is theirs now. Only somebody who may run this very case can have it."""
    found = date_at_hand(desk, said)
    if found is None:
        return None
    case, thing = found
    who = said.inputs.get(WHO, "")
    if who not in who_runs(desk):
        return _ask(desk, case, thing, error=desk.words("chasing.hand_chosen_wrong"))
    keep(desk, thing, handed_to=who, handed_by=desk.turn.who.id)
    desk.note(chain(case), "date_handed_on", date=thing.item.id, to=who)
    done(desk)
    told = who == desk.turn.who.id or tell_person(desk, case, who, _news(desk, case, thing))
    values = {"what": called(desk, case, thing), "name": desk.name_of(who)}
    return desk.tell(desk.words("chasing.handed" if told else "chasing.handed_untold", **values))


def _news(desk: Desk, case: CaseRecord, thing: Thing) -> Reply:
    text = desk.words("chasing.handed_you", reference=case.reference, text=text_for_us(desk, thing, Says.BEFORE))
    card = Card(blocks=(Paragraph(text),), buttons=(case_button(desk, "show_case", case),))
    return Reply(card=card, preview=desk.words("chasing.preview", reference=case.reference))
