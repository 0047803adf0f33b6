"""Small cards that ask for a few things before something is done: each field checked, every error shown at its field."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec

from dialogs.casework.common import case_button
from dialogs.desk import Desk
from dialogs.instants import moment_value
from dialogs.reply import Block, Button, Card, Choice, Input, InputKind, Paragraph, Reply, Style
from dialogs.turn import Press
from state.records import CaseRecord
from state.values import JSON, london_day
from templates.answers import Asking, Kind, Refused, understand

KINDS = {Kind.LONG_TEXT: InputKind.LONG_TEXT, Kind.CHOICE: InputKind.CHOICE}


class Field(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that is asked. Its words are `casework.field_<id>`."""

    id: str
    kind: Kind = Kind.TEXT
    value: str = ""
    need: bool = True
    choices: tuple[Choice, ...] = ()


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """A card before something is done: what it says, what it asks, and the button that does it."""

    title: str
    action: str
    fields: tuple[Field, ...]
    at: str = ""
    blocks: tuple[Block, ...] = ()
    more: tuple[Button, ...] = ()


def decider(desk: Desk) -> Field:
    """Who decided: whoever speaks, unless they say otherwise."""
    return Field(id="decided_by", value=desk.name_of(desk.turn.who.id))


def moment(desk: Desk, name: str) -> Field:
    """A date and time that is not in the future; now, unless they say otherwise."""
    return Field(id=name, kind=Kind.DATETIME, value=str(moment_value(desk.turn.at)["said"]))


def ask(
    desk: Desk,
    case: CaseRecord,
    asked: Asked,
    *,
    errors: Mapping[str, str] | None = None,
    typed: Mapping[str, str] | None = None,
) -> None:
    """Show the card."""
    wrong, said = errors or {}, typed or {}
    button = msgspec.structs.replace(case_button(desk, asked.action, case, at=asked.at, primary=True), takes_inputs=True)
    blocks = (*asked.blocks, *((Paragraph(desk.words("casework.mend"), Style.WARNING),) if wrong else ()))
    card = Card(
        title=asked.title,
        blocks=blocks,
        inputs=tuple(_input(desk, field, wrong, said) for field in asked.fields),
        buttons=(button, *asked.more),
    )
    desk.say(Reply(card=card, preview=desk.words("filling.preview")))


def _input(desk: Desk, field: Field, errors: Mapping[str, str], typed: Mapping[str, str]) -> Input:
    return Input(
        id=field.id,
        label=desk.words(f"casework.field_{field.id}"),
        kind=KINDS.get(field.kind, InputKind.TEXT),
        value=typed.get(field.id, field.value),
        choices=field.choices,
        required=field.need,
        required_error=desk.words("casework.needed"),
        error=errors.get(field.id, ""),
    )


def answers(desk: Desk, case: CaseRecord, asked: Asked, press: Press) -> Mapping[str, JSON] | None:
    """What was answered, checked. None where something is wrong: then the card is shown again with it."""
    values: dict[str, JSON] = {}
    errors: dict[str, str] = {}
    for field in asked.fields:
        raw = press.inputs.get(field.id, "").strip()
        if not raw:
            errors |= {field.id: desk.words("casework.needed")} if field.need else {}
            continue
        understood = understand(raw, _asking(desk, field), desk.kit.words)
        if isinstance(understood, Refused):
            errors[field.id] = understood.message
        else:
            values[field.id] = understood.value
    if errors:
        ask(desk, case, asked, errors=errors, typed=press.inputs)
        return None
    return values


def _asking(desk: Desk, field: Field) -> Asking:
    today = london_day(desk.turn.at)
    options = tuple((choice.value, choice.label) for choice in field.choices)
    return Asking(kind=field.kind, today=today, latest=today, options=options, not_known_ok=False)


def facts_text(values: Mapping[str, JSON], names: Sequence[str]) -> dict[str, JSON]:
    """What is kept of the answers."""
    return {name: values[name] for name in names if name in values}
