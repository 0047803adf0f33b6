"""Tying a channel: a command in the channel, confirmed one to one by the coordinator who gave it."""

from __future__ import annotations

from msgspec.structs import replace

from dialogs.desk import Desk
from dialogs.filling.cards import answered_card
from dialogs.reply import Button, Card, Paragraph, Reply, Style
from dialogs.telling import COORDINATORS
from dialogs.turn import Press
from state.access import Access
from state.records import PlaceRecord


def tie_channel(desk: Desk, _press: Press | None = None) -> None:
    """The coordinators' own channel: where new referrals are told, by reference only."""
    if desk.may("tie_channel") is not Access.YES:
        desk.note("partnership", "refused", action="tie_channel")
        return desk.say(Reply(text=desk.words("access.coordinator_only")))
    if desk.private:
        return desk.say(Reply(text=desk.words("channels.say_it_there")))
    place = desk.place
    desk.put(replace(place, tied_to=COORDINATORS, tied_by=desk.turn.who.id, confirmed_by=""))
    desk.note("partnership", "channel_asked", place=place.id)
    own = desk.own_place(desk.turn.who.id)
    if own is None:
        return desk.say(Reply(text=desk.words("channels.write_to_me_first")))
    desk.post(own, _confirm_card(desk, place))
    return desk.say(Reply(text=desk.words("channels.confirm_one_to_one")))


def _confirm_card(desk: Desk, place: PlaceRecord) -> Reply:
    buttons = (
        Button(action="confirm_channel", label=desk.words("buttons.confirm_channel"), target=place.id, primary=True),
        Button(action="untie_channel", label=desk.words("buttons.untie_channel"), target=place.id),
    )
    blocks = (Paragraph(desk.words("channels.confirm"), Style.HEADING), Paragraph(desk.words("channels.confirm_help")))
    return Reply(card=Card(blocks=blocks, buttons=buttons), preview=desk.words("filling.preview"))


def _tied(desk: Desk, press: Press) -> PlaceRecord | None:
    if desk.may("tie_channel") is not Access.YES:
        desk.note("partnership", "refused", action="tie_channel")
        desk.say(Reply(text=desk.words("access.coordinator_only")))
        return None
    place = next((p for p in desk.snapshot.tied_places if p.id == press.target and p.tied_to), None)
    if place is None:
        desk.say(Reply(text=desk.words("people.settled")))
    return place


def confirm_channel(desk: Desk, press: Press) -> None:
    """Yes: this channel is the coordinators'. Another one that was tied before is let go."""
    place = _tied(desk, press)
    if place is None:
        return
    for other in desk.snapshot.tied_places:
        if other.tied_to == COORDINATORS and other.id != place.id and other.confirmed_by:
            desk.put(replace(other, tied_to="", tied_by="", confirmed_by=""))
    desk.put(replace(place, confirmed_by=desk.turn.who.id))
    desk.note("partnership", "channel_tied", place=place.id)
    desk.replace_card(answered_card(desk, []))
    desk.say(Reply(text=desk.words("channels.tied")))
    desk.post(place, Reply(text=desk.words("channels.tied_here")))


def untie_channel(desk: Desk, press: Press) -> None:
    """No: it is not tied after all."""
    place = _tied(desk, press)
    if place is None:
        return
    desk.put(replace(place, tied_to="", tied_by="", confirmed_by=""))
    desk.note("partnership", "channel_untied", place=place.id)
    desk.replace_card(answered_card(desk, []))
    desk.say(Reply(text=desk.words("channels.untied")))
