"""Taking away somebody's access: they lose it at their next message."""

from __future__ import annotations

from msgspec.structs import replace

from dialogs.desk import Desk
from dialogs.filling.cards import answered_card
from dialogs.reply import Button, Card, Choice, Input, InputKind, Paragraph, Reply
from dialogs.turn import Press
from state.access import Access


def remove_person(desk: Desk, _press: Press | None = None) -> None:
    """Ask who; only people with a standing role are listed, everybody else is a practitioner by their tenant."""
    if _refused(desk):
        return
    choices = tuple(Choice(p.id, p.name) for p in desk.snapshot.all_people if p.removed_at is None)
    needed = desk.words("people.which_person")
    asked = Input(id="person", label=needed, kind=InputKind.CHOICE, choices=choices, required=True, required_error=needed)
    send = Button(action="do_remove", label=desk.words("buttons.do_remove"), primary=True, takes_inputs=True)
    card = Card(blocks=(Paragraph(desk.words("people.remove_help")),), inputs=(asked,), buttons=(send,))
    desk.say(Reply(card=card, preview=desk.words("filling.preview")))


def do_remove(desk: Desk, press: Press) -> None:
    """Take the person's access away, and end every role they have."""
    if _refused(desk):
        return
    person = next((p for p in desk.snapshot.all_people if p.id == press.inputs.get("person", "")), None)
    if person is None:
        return remove_person(desk)
    if person.id == desk.turn.who.id:
        return desk.say(Reply(text=desk.words("people.remove_self")))
    desk.put(replace(person, removed_at=desk.turn.at))
    for grant in desk.snapshot.all_grants:
        if grant.person == person.id and grant.ended_at is None:
            desk.put(replace(grant, ended_at=desk.turn.at))
    desk.note("partnership", "person_removed", person=person.id)
    desk.replace_card(answered_card(desk, []))
    return desk.say(Reply(text=desk.words("people.removed_person", name=person.name)))


def _refused(desk: Desk) -> bool:
    if desk.may("grant_role") is Access.YES and desk.private:
        return False
    desk.note("partnership", "refused", action="grant_role")
    desk.say(Reply(text=desk.words("access.coordinator_only")))
    return True
