"""Tying a channel: a command in the channel, confirmed one to one by the coordinator, who says whose channel it is."""

from __future__ import annotations

import re

from msgspec.structs import replace

from dialogs.desk import Desk
from dialogs.filling.cards import answered_card
from dialogs.reply import Block, Button, Card, Choice, Input, InputKind, Paragraph, Reply, Style
from dialogs.telling import COORDINATORS
from dialogs.turn import Press, Text
from state.access import Access, Role
from state.records import PersonRecord, PlaceRecord

LIKELY = 3
"""Letters a name must have to be looked for in what was typed."""


def tie_channel(desk: Desk, _press: Press | None = None) -> None:
    """Ask one to one whose channel this is. Nothing changes before that is answered."""
    if desk.may("tie_channel") is not Access.YES:
        desk.note("partnership", "refused", action="tie_channel")
        return desk.say(Reply(text=desk.words("access.coordinator_only")))
    if desk.private:
        return desk.say(Reply(text=desk.words("channels.say_it_there")))
    place, meant = desk.place, _meant(desk)
    if not (place.tied_to and place.confirmed_by):
        desk.put(replace(place, tied_to=meant, tied_by=desk.turn.who.id, confirmed_by=""))
    desk.note("partnership", "channel_asked", place=place.id)
    own = desk.own_place(desk.turn.who.id)
    if own is None:
        return desk.say(Reply(text=desk.words("channels.write_to_me_first")))
    desk.post(own, _confirm_card(desk, place, meant))
    return desk.say(Reply(text=desk.words("channels.confirm_one_to_one")))


def _meant(desk: Desk) -> str:
    """The organisation that was named in the command, by its name or id; else the coordinators."""
    said = desk.turn.said.text.casefold() if isinstance(desk.turn.said, Text) else ""
    named = [one for one in desk.snapshot.organisations if one.ended_at is None and _named(said, one.id, one.name)]
    return max(named, key=lambda one: len(one.name)).id if named else COORDINATORS


def _named(said: str, *names: str) -> bool:
    plain = (name.casefold().replace("-", " ") for name in names)
    return any(len(name) >= LIKELY and re.search(rf"\b{re.escape(name)}\b", said.replace("-", " ")) for name in plain)


def _confirm_card(desk: Desk, place: PlaceRecord, meant: str, *, warnings: tuple[str, ...] = ()) -> Reply:
    whose = [Choice(COORDINATORS, desk.words("channels.coordinators"))]
    whose += [Choice(one.id, one.name) for one in desk.snapshot.organisations if one.ended_at is None]
    asked = Input(id="to", label=desk.words("channels.whose"), kind=InputKind.CHOICE, choices=tuple(whose), value=meant)
    sure = "sure" if warnings else ""
    yes = Button(
        action="confirm_channel",
        label=desk.words("buttons.confirm_channel"),
        target=place.id,
        at=f"{sure}:{meant}" if sure else "",
        primary=True,
        takes_inputs=True,
    )
    no = Button(action="untie_channel", label=desk.words("buttons.untie_channel"), target=place.id)
    blocks: list[Block] = [
        Paragraph(desk.words("channels.confirm"), Style.HEADING),
        Paragraph(desk.words("channels.confirm_help")),
    ]
    blocks += [Paragraph(text, Style.WARNING) for text in warnings]
    card = Card(blocks=tuple(blocks), inputs=(asked,), buttons=(yes, no))
    return Reply(card=card, preview=desk.words("filling.preview"))


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
    """Yes, and whose it is. Where people of another organisation have spoken there, that is said first."""
    place = _tied(desk, press)
    if place is None:
        return None
    to = press.inputs.get("to") or place.tied_to
    if to != COORDINATORS and not _can_be(desk, to):
        return desk.say(_confirm_card(desk, place, place.tied_to))
    warnings = _others(desk, place, to)
    if warnings and press.at != f"sure:{to}":
        return desk.say(_confirm_card(desk, place, to, warnings=warnings))
    return _tie(desk, place, to)


def _can_be(desk: Desk, to: str) -> bool:
    known = desk.organisation(to)
    return known is not None and known.ended_at is None


def _others(desk: Desk, place: PlaceRecord, to: str) -> tuple[str, ...]:
    """What is known of people there who belong to another organisation: they would read along."""
    people = {one.id: one for one in desk.snapshot.all_people}
    coordinators = {g.person for g in desk.snapshot.all_grants if g.role == Role.COORDINATOR}
    there = [people[one] for one in place.speakers if one in people and one not in coordinators]
    strangers = [one for one in there if (home := _home(desk, one)) and home != to]
    if not strangers:
        return ()
    names = ", ".join(one.name for one in strangers)
    return (desk.words("channels.others_there", names=names),)


def _home(desk: Desk, person: PersonRecord) -> str:
    """The organisation somebody belongs to, by what is known of them or by a role."""
    roles = (grant.organisation for grant in desk.snapshot.all_grants if grant.person == person.id and grant.organisation)
    return person.organisation or next(roles, "")


def _tie(desk: Desk, place: PlaceRecord, to: str) -> None:
    """The channel is theirs. Another one that was tied to them before is let go."""
    for other in desk.snapshot.tied_places:
        if other.tied_to == to and other.id != place.id and other.confirmed_by:
            desk.put(replace(other, tied_to="", tied_by="", confirmed_by=""))
    desk.put(replace(place, tied_to=to, tied_by=desk.turn.who.id, confirmed_by=desk.turn.who.id))
    desk.note("partnership", "channel_tied", place=place.id, to=to)
    desk.replace_card(answered_card(desk, []))
    if to == COORDINATORS:
        desk.say(Reply(text=desk.words("channels.tied")))
        return desk.post(place, Reply(text=desk.words("channels.tied_here")))
    known = desk.organisation(to)
    name = known.name if known else to
    desk.say(Reply(text=desk.words("channels.tied_to", name=name)))
    return desk.post(place, Reply(text=desk.words("channels.tied_to_here", name=name)))


def untie_channel(desk: Desk, press: Press) -> None:
    """No: it is nobody's, or not any more."""
    place = _tied(desk, press)
    if place is None:
        return
    desk.put(replace(place, tied_to="", tied_by="", confirmed_by=""))
    desk.note("partnership", "channel_untied", place=place.id)
    desk.replace_card(answered_card(desk, []))
    desk.say(Reply(text=desk.words("channels.untied")))
