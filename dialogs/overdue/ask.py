"""Asking what is overdue, what falls due and who has not replied; turning the page; and keeping the answer up to date."""

from __future__ import annotations

from msgspec.structs import replace

from dialogs.desk import Desk
from dialogs.overdue.answer import answer, card_name
from dialogs.overdue.question import INTENTS, OVERDUE, SEVERAL, Question, carried, question_carried
from dialogs.reply import Reply
from dialogs.turn import OpenWindow, Press, SubmitWindow
from state.looking import Looked


def asked(desk: Desk) -> None:
    """A question in words."""
    intent = desk.meant.intent if desk.meant.intent in INTENTS else OVERDUE
    show(desk, Question(intent=intent, slots=desk.meant.slots))


def turned(desk: Desk, said: Press) -> None:
    """The next page, or the same dates in other groups."""
    show(desk, question_carried(desk.kit, said.at) or Question())


def show(desk: Desk, question: Question) -> None:
    """Say what was found, as far as this person may see it, and remember what was asked."""
    looked = desk.snapshot.looked
    if looked is None or not (desk.may_see_own() or looked.runs):
        desk.note("partnership", "refused", action="see_own_referral")
        return desk.say(Reply(text=desk.words("access.nothing")))
    question = by_id(question, looked)
    remember(desk, question)
    return desk.say(answer(desk, question, looked), card=card_name(desk.turn.place.id))


def by_id(question: Question, looked: Looked) -> Question:
    """The person who was named, by id: a name that was typed is kept nowhere."""
    if not question.slots.person:
        return question
    return replace(question, slots=replace(question.slots, person=looked.person or SEVERAL))


def remember(desk: Desk, question: Question) -> None:
    """What is shown here is kept with the talk: after something was done about a date, the answer follows."""
    whole = question.slots.person != SEVERAL
    desk.put(replace(desk.talk, shown=carried(desk.kit, question) if whole else ""))


def bring_up_to_date(desk: Desk) -> None:
    """After something was done about a date: the answer that stands here shows what is so now."""
    looked, said = desk.snapshot.looked, desk.turn.said
    if looked is None:
        return
    on_it = question_carried(desk.kit, said.at) if isinstance(said, Press | SubmitWindow | OpenWindow) else None
    talk = desk.snapshot.talk
    question = on_it or (question_carried(desk.kit, talk.shown) if talk is not None else None)
    if question is None or isinstance(said, OpenWindow):
        return
    reply = answer(desk, question, looked)
    if on_it is not None and isinstance(said, Press) and said.card:
        return desk.replace_card(reply)
    return desk.update_card(desk.place, reply, case="", card=card_name(desk.turn.place.id))
