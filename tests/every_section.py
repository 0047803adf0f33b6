"""Every section of every form as windows and as cards: empty, and filled to the last character that a field holds."""

from __future__ import annotations

import functools

from memory_house import ME, START, MemoryHouse, engine_kit, home_of, kit
from msgspec.structs import replace

from dialogs.completed import filled
from dialogs.filling.asking import WINDOW_HOLDS, input_for
from dialogs.filling.machine import CHECK
from dialogs.reply import Button, Card, Choice, Input, InputKind, Reply, Window
from dialogs.turn import OpenWindow, Press
from state.records import AnswerRecord, DraftRecord, TalkRecord
from state.values import Channel, Place, PlaceKind
from templates.forms.shape import Spot

OVER = Place(Channel.SLACK, "C0TEST", PlaceKind.CHANNEL)
LONG_TEXT = ("A sentence of a long answer, with <signs> & *more*. " * 60)[:WINDOW_HOLDS]
LONG_ERROR = "There is no such day. Please try 28 February 2026 or another way of saying it. " * 3


def _house(form: str) -> MemoryHouse:
    """Somebody's draft about two children, of whom only the names are known."""
    house = MemoryHouse(engine_kit())
    now = house.now
    house.add(DraftRecord(id="d", form=form, owner=ME.id, begun_at=now, touched_at=now))
    house.add(TalkRecord(person=ME.id, place=home_of(ME).id, draft="d", state=CHECK))
    for number in (1, 2):
        for path, value in ((f"children.{number}", "added"), (f"children.{number}.name", f"Test Child {number}")):
            house.add(AnswerRecord(draft="d", path=path, state="given", value=value, by="us", at=now))
    return house


def _spots(form: str) -> list[Spot]:
    by_state = kit().profile.shapes[form].by_state
    return [Spot(state, 1 if placed.repeats or placed.is_rows else 0) for state, placed in by_state.items()]


def full(field: Input) -> Input:
    """The same field with as much in it as it holds, everything ticked, and something wrong with it."""
    value = {
        InputKind.TEXT: LONG_TEXT,
        InputKind.LONG_TEXT: LONG_TEXT,
        InputKind.CHOICE: field.choices[-1].value if field.choices else "",
        InputKind.CHOICES: ",".join(choice.value for choice in field.choices),
    }[field.kind]
    return replace(field, value=value, error=LONG_ERROR, required=True)


@functools.cache
def windows() -> dict[str, Window]:
    """Each different window by form and spot, over a conversation of one's own and over a channel."""
    found: dict[str, Window] = {}
    for form in kit().profile.shapes:
        house = _house(form)
        for spot in _spots(form):
            for place in (home_of(ME), OVER):
                house.take(OpenWindow(action="window", target="d", at=str(spot)), place=place)
                if house.window is not None and house.window not in found.values():
                    found[f"{form} {spot} {place.kind}"] = house.window
    found |= _whole_sections()
    at_length = {
        f"{name} full": replace(window, inputs=tuple(full(field) for field in window.inputs)) for name, window in found.items()
    }
    return found | at_length


def _whole_sections() -> dict[str, Window]:
    """Each section with every question in it, whatever is asked first: no window of a real draft is larger."""
    made: dict[str, Window] = {}
    for form, shape in kit().profile.shapes.items():
        rows = _house(form).rows
        known = filled(kit(), rows["drafts"][("d",)], {one.path: one for one in rows["answers"].values()})
        for number, section in enumerate(shape.form.sections):
            asked = [(shape.path(Spot(one.state, 1)), one.question) for one in shape.inside(section)]
            inputs = tuple(input_for(path, question, known, kit(), START.date()) for path, question in asked)
            save = Button(action="window_save", label="Save", target="d", at="x", takes_inputs=True)
            made[f"{form} section {number}"] = Window(title=section.title, inputs=inputs, submit=save)
    return made


@functools.cache
def cards() -> dict[str, Reply]:
    """Each question's card by form and spot."""
    found: dict[str, Reply] = {}
    for form in kit().profile.shapes:
        house = _house(form)
        for spot in _spots(form):
            said = house.take(Press(action="change", target="d", inputs={"change": str(spot)}))
            found |= {f"{form} {spot} {number}": reply for number, reply in enumerate(said)}
    at_length = {f"{name} full": replace(reply, card=_full_card(reply)) for name, reply in found.items() if reply.card}
    return found | at_length


def _full_card(reply: Reply) -> Card:
    assert reply.card is not None
    return replace(reply.card, inputs=tuple(full(field) for field in reply.card.inputs))


def choices() -> dict[str, tuple[Choice, ...]]:
    """What there is to choose from in each field of each window."""
    return {f"{name} {field.id}": field.choices for name, window in windows().items() for field in window.inputs}
