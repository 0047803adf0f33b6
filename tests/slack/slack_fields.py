"""Fields as a person fills them in: what they hold at first, what may be typed, and how `state.values` says it.

Sources: docs.slack.dev/reference/block-kit/block-elements, one page each; "View interaction payloads" (view.state.values).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec
from slack_state import Block, Typed, elements

TYPED = frozenset({"plain_text_input"})
ONE = frozenset({"radio_buttons", "static_select"})
SEVERAL = frozenset({"checkboxes", "multi_static_select"})
LONGEST = 3_000
REQUIRED = "Please complete this required field."
"""Slack's own words below an empty field; the person sees them and nothing is sent."""

Value = dict[str, Any]
Answer = str | Sequence[str]


class CannotType(Exception):
    """Slack's client would not let a person do that."""


class Field(msgspec.Struct, frozen=True, kw_only=True):
    """An input as a person sees it. `value` is what it holds: a text, or values of options joined by commas."""

    id: str
    action: str
    kind: str
    label: str
    hint: str
    optional: bool
    options: tuple[tuple[str, str], ...]
    value: str


def fields_of(blocks: list[Block], typed: Typed | None = None) -> list[Field]:
    """The inputs of a message, a modal or a home tab, in order."""
    return [_field(block, element, typed or {}) for block, element in elements(blocks) if block["type"] == "input"]


def _field(block: Block, element: Value, typed: Typed) -> Field:
    held = typed.get((block["block_id"], element["action_id"])) or initial(element)
    return Field(
        id=block["block_id"],
        action=element["action_id"],
        kind=element["type"],
        label=block["label"]["text"],
        hint=block.get("hint", {}).get("text", ""),
        optional=block.get("optional", False),
        options=tuple((option["value"], option["text"]["text"]) for option in _options(element)),
        value=as_text(held),
    )


def values_of(blocks: list[Block], typed: Typed) -> dict[str, dict[str, Value]]:
    """`state.values`: every element that holds something, by block and action id."""
    held: dict[str, dict[str, Value]] = {}
    for block, element in elements(blocks):
        if element["type"] in TYPED | ONE | SEVERAL:
            where = (block["block_id"], element["action_id"])
            held.setdefault(where[0], {})[where[1]] = typed.get(where) or initial(element)
    return held


def initial(element: Value) -> Value:
    """What an element holds before anybody touches it."""
    kind = element["type"]
    if kind in TYPED:
        return {"type": kind, "value": element.get("initial_value")}
    if kind in ONE:
        return {"type": kind, "selected_option": element.get("initial_option")}
    return {"type": kind, "selected_options": element.get("initial_options", [])}


def fill(blocks: list[Block], answers: Mapping[str, Answer]) -> Typed:
    """What was typed and chosen, by field id. Raises CannotType; KeyError for a field that is not there."""
    there = {block["block_id"]: element for block, element in elements(blocks) if block["type"] == "input"}
    return {(name, there[name]["action_id"]): _answered(there[name], answer) for name, answer in answers.items()}


def _answered(element: Value, answer: Answer) -> Value:
    kind = element["type"]
    if kind in TYPED:
        return {"type": kind, "value": _text(element, answer) or None}
    chosen = [_option(element, one) for one in _several(element, answer)]
    if kind in SEVERAL:
        if len(chosen) > element.get("max_selected_items", len(chosen)):
            raise CannotType("more than may be chosen")
        return {"type": kind, "selected_options": chosen}
    if len(chosen) > 1 or (not chosen and kind == "radio_buttons"):
        raise CannotType("one of them")
    return {"type": kind, "selected_option": chosen[0] if chosen else None}


def _text(element: Value, answer: Answer) -> str:
    assert isinstance(answer, str)
    if len(answer) > element.get("max_length", LONGEST):
        raise CannotType("longer than the field")
    if "\n" in answer and not element.get("multiline"):
        raise CannotType("one line")
    return answer


def _several(element: Value, answer: Answer) -> list[str]:
    if not isinstance(answer, str):
        return list(answer)
    whole = any(answer in (option["value"], option["text"]["text"]) for option in _options(element))
    return [answer] if whole else [one.strip() for one in answer.split(",") if one.strip()]


def _option(element: Value, named: str) -> Value:
    for option in _options(element):
        if named in (option["value"], option["text"]["text"]):
            return option
    raise CannotType(f"no such option: {named}")


def _options(element: Value) -> list[Value]:
    grouped = [option for group in element.get("option_groups", ()) for option in group["options"]]
    return [*element.get("options", ()), *grouped]


def as_text(value: Value) -> str:
    """A value as our turns say it."""
    if "value" in value:
        return value["value"] or ""
    if "selected_option" in value:
        return str(value["selected_option"]["value"]) if value["selected_option"] else ""
    return ",".join(option["value"] for option in value["selected_options"])


def left_out(blocks: list[Block], typed: Typed) -> dict[str, str]:
    """What Slack's client says below fields, by field id, instead of sending them."""
    values = values_of(blocks, typed)
    found = {}
    for block, element in elements(blocks):
        held = as_text(values[block["block_id"]][element["action_id"]]).strip() if block["type"] == "input" else ""
        if block["type"] == "input" and not held and not block.get("optional"):
            found[block["block_id"]] = REQUIRED
        elif 0 < len(held) < element.get("min_length", 0):
            found[block["block_id"]] = f"Please enter at least {element['min_length']} characters."
    return found
