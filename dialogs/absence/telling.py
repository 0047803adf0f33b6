"""Saying that one is away, or that a colleague is: from when to when, and who stands in. It can be ended early."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from msgspec.structs import replace

from dialogs.absence.standing_in import able
from dialogs.desk import Desk
from dialogs.filling.cards import answered_card
from dialogs.reply import Block, Button, Card, Facts, Input, Paragraph, Reply, Style
from dialogs.scoping.pieces import choice, field, press
from dialogs.turn import Press
from state.access import Access, in_force
from state.chasing_records import AbsenceRecord
from state.records import PlaceRecord
from state.values import london_day
from templates.answers import Asking, Kind, Refused, understand
from templates.days import day_text

MOST_ENDED = 4
"""Absences with a button to end them: a card has six."""
NOBODY = ""


def tell_away(desk: Desk, _press: Press | None = None) -> None:
    """Who is away or will be, and the fields to say so."""
    if _may(desk):
        slots = desk.meant.slots
        _show(desk, {"first": slots.from_, "last": slots.to}, {})


def _may(desk: Desk) -> bool:
    """Everybody with a standing role may say it of themselves, one to one; who gives roles may say it of others."""
    if not _standing(desk):
        desk.note("partnership", "refused", action="tell_away")
        desk.say(Reply(text=desk.words("absence.no_role")))
        return False
    if not desk.private:
        desk.say(Reply(text=desk.words("absence.one_to_one"), preview=desk.words("filling.preview")))
        return False
    return True


def _standing(desk: Desk) -> bool:
    return any(in_force(grant) for grant in desk.snapshot.grants)


def _everybody(desk: Desk) -> bool:
    return desk.may("grant_role") is Access.YES


def _show(desk: Desk, typed: dict[str, str], errors: dict[str, str]) -> None:
    listed = [one for one in desk.snapshot.absences if _everybody(desk) or one.person == desk.turn.who.id]
    blocks: list[Block] = [Paragraph(desk.words("absence.help"))]
    if listed:
        blocks += [Paragraph(desk.words("absence.known"), Style.HEADING), Facts(tuple(_line(desk, one) for one in listed))]
    ends = [_end(desk, one) for one in listed[:MOST_ENDED]]
    send = press(desk, "keep_away", primary=True, inputs=True)
    card = Card(
        title=desk.words("absence.title"), blocks=tuple(blocks), inputs=_inputs(desk, typed, errors), buttons=(send, *ends)
    )
    desk.say(Reply(card=card, preview=desk.words("filling.preview")))


def _line(desk: Desk, one: AbsenceRecord) -> tuple[str, str]:
    key = "absence.line" if one.deputy else "absence.line_nobody"
    days = {"first": day_text(one.first), "last": day_text(one.last)}
    return desk.name_of(one.person), desk.words(key, deputy=desk.name_of(one.deputy), **days)


def _end(desk: Desk, one: AbsenceRecord) -> Button:
    label = desk.words("buttons.end_away_of", name=desk.name_of(one.person))
    return Button(action="end_away", label=label, target=one.id, version=one.version)


def _inputs(desk: Desk, typed: dict[str, str], errors: dict[str, str]) -> tuple[Input, ...]:
    me = desk.turn.who.id
    fields = [
        field(desk, name, desk.words(f"absence.{name}"), value=typed.get(name, ""), error=errors.get(name, ""))
        for name in ("first", "last")
    ]
    people = sorted(_with_a_role(desk), key=desk.name_of)
    whose = typed.get("person", me)
    if _everybody(desk):
        named, label = [(one, desk.name_of(one)) for one in people], desk.words("absence.person")
        fields.insert(0, choice(desk, "person", label, named, value=whose, error=errors.get("person", "")))
    others = people if _everybody(desk) else able(desk.snapshot.all_grants, whose)
    named = [(one, desk.name_of(one)) for one in others if one != me or _everybody(desk)]
    label = desk.words("absence.deputy")
    if named:
        error = errors.get("deputy", "")
        fields.append(choice(desk, "deputy", label, named, value=typed.get("deputy", ""), required=False, error=error))
    return tuple(fields)


def _with_a_role(desk: Desk) -> set[str]:
    return {grant.person for grant in desk.snapshot.all_grants if in_force(grant)}


def keep_away(desk: Desk, said: Press) -> None:
    """Keep it, and tell who stands in. What does not hold is said beside its field, and nothing typed is lost."""
    if not _may(desk):
        return None
    typed = {name: text.strip() for name, text in said.inputs.items()}
    person = typed.get("person", "") if _everybody(desk) else ""
    person = person or desk.turn.who.id
    first, last = _day(desk, typed.get("first", "")), _day(desk, typed.get("last", ""))
    errors = _errors(desk, person, typed.get("deputy", ""), first, last)
    if errors or not isinstance(first, date) or not isinstance(last, date):
        return _show(desk, {**typed, "person": "" if "person" in errors else person}, errors)
    deputy = typed.get("deputy", "")
    made = AbsenceRecord(
        id=desk.turn.fresh("absence"),
        person=person,
        first=first,
        last=last,
        deputy=deputy,
        by=desk.turn.who.id,
        at=desk.turn.at,
    )
    desk.put(made)
    desk.note("partnership", "away", person=person, first=first.isoformat(), last=last.isoformat(), deputy=deputy)
    desk.replace_card(answered_card(desk, []))
    _tell(desk, made)
    return desk.tell(desk.words("absence.kept", name=desk.name_of(person), first=day_text(first), last=day_text(last)))


def _day(desk: Desk, typed: str) -> date | str:
    """A day as it was typed, or what is wrong with it."""
    asking = Asking(kind=Kind.DATE, today=london_day(desk.turn.at), not_known_ok=False)
    found = understand(typed, asking, desk.kit.words) if typed else Refused(desk.words("absence.needed"))
    if isinstance(found, Refused):
        return found.message
    value = found.value
    return date.fromisoformat(str(value["earliest"])) if isinstance(value, dict) else desk.words("absence.needed")


def _errors(desk: Desk, person: str, deputy: str, first: date | str, last: date | str) -> dict[str, str]:
    errors = {name: day for name, day in (("first", first), ("last", last)) if isinstance(day, str)}
    today = london_day(desk.turn.at)
    if isinstance(last, date) and last < today:
        errors["last"] = desk.words("absence.over", today=day_text(today))
    elif isinstance(first, date) and isinstance(last, date) and last < first:
        errors["last"] = desk.words("absence.backwards", first=day_text(first))
    if person not in _with_a_role(desk):
        errors["person"] = desk.words("absence.choose_person")
    elif deputy and deputy not in _may_stand_in(desk, person):
        errors["deputy"] = desk.words("absence.cannot_stand_in", name=desk.name_of(person))
    return errors


def _may_stand_in(desk: Desk, person: str) -> Sequence[str]:
    """Who may see what the person sees: the same role, in the same organisation."""
    return able(desk.snapshot.all_grants, person)


def _tell(desk: Desk, made: AbsenceRecord) -> None:
    """The deputy is told what comes to them, and the person themself where a colleague said it."""
    days = {"first": day_text(made.first), "last": day_text(made.last)}
    if made.deputy and made.deputy != desk.turn.who.id:
        _say(desk, desk.own_place(made.deputy), desk.words("absence.you_stand_in", name=desk.name_of(made.person), **days))
    if made.person != desk.turn.who.id:
        _say(desk, desk.own_place(made.person), desk.words("absence.you_are_away", name=desk.turn.who.name, **days))


def _say(desk: Desk, place: PlaceRecord | None, text: str) -> None:
    if place is not None:
        desk.post(place, Reply(text=text, preview=desk.words("filling.preview")))


def end_away(desk: Desk, said: Press) -> None:
    """They are back, or will not go."""
    if not _may(desk):
        return None
    found = next((one for one in desk.snapshot.absences if one.id == said.target), None)
    if found is None or not (_everybody(desk) or found.person == desk.turn.who.id):
        return desk.tell(desk.words("absence.not_here"))
    desk.put(replace(found, ended_at=desk.turn.at))
    desk.note("partnership", "back", person=found.person)
    desk.replace_card(answered_card(desk, []))
    if found.deputy:
        name = desk.name_of(found.person)
        _say(desk, desk.own_place(found.deputy), desk.words("absence.you_stand_in_no_more", name=name))
    return desk.tell(desk.words("absence.ended", name=desk.name_of(found.person)))
