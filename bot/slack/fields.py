"""The fields of a message or a window of Slack.

Source: docs.slack.dev, "Input block", "Plain-text input element", "Select menu element", "Checkboxes element", "Radio button
group element" and "Option object".
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence

from bot.slack.blocks import CannotShow, Element, lines, plain
from bot.slack.codec import LONGEST_ID
from dialogs.reply import Choice, Input, InputKind
from templates.wording import Words

MOST_RADIO = 7
"""Choices of which one is wanted that are shown at once; more are a list that opens. Slack takes 10."""
MOST_TICKED = 10
MOST_OPTIONS = 100
"""Of a list that opens, or of one group in it. It has at most as many groups."""
LONGEST_OPTION = 75
LONGEST_VALUE = 150
LONGEST_LABEL = 2_000
HOLDS = 3_000
"""Characters that a text field takes."""
_NUMBERED = re.compile(r"\d+\. ")


def field_elements(field: Input, words: Words) -> list[Element]:
    """A field: its error above it and what does not fit into it, its hint below. Raises CannotShow."""
    if len(field.id) > LONGEST_ID or not 0 < len(field.label) <= LONGEST_LABEL:
        raise CannotShow("a field with no label, or a label or an id that is too long")
    drawn = list(lines(words.say("slack.error", error=field.error), bold=True)) if field.error else []
    if field.kind in (InputKind.CHOICE, InputKind.CHOICES) and not field.choices:
        return [*drawn, *lines(words.say("slack.no_choices", label=field.label))]
    block: Element = {
        "type": "input",
        "block_id": field.id,
        "label": plain(field.label),
        "element": _element(field, words),
        "optional": not field.required,
    }
    if len(field.hint) > LONGEST_LABEL:
        drawn += lines(field.hint)
    elif field.hint.strip():
        block["hint"] = plain(field.hint)
    return [*drawn, *_written_out(field, words), block]


def _element(field: Input, words: Words) -> Element:
    """What is filled in. Its id is another one for another value: else Slack shows the old one when a window is updated."""
    action_id = f"in:{hashlib.sha256(field.value.encode()).hexdigest()[:8]}"
    if field.kind in (InputKind.CHOICE, InputKind.CHOICES):
        return {"action_id": action_id, **_choices(field, words)}
    if len(field.value) > HOLDS:
        raise CannotShow("an answer that no field holds")
    element: Element = {"type": "plain_text_input", "action_id": action_id, "max_length": HOLDS}
    element["multiline"] = field.kind is InputKind.LONG_TEXT
    return element | {"initial_value": field.value} if field.value else element


def _choices(field: Input, words: Words) -> Element:
    options = _options(field)
    several = field.kind is InputKind.CHOICES
    chosen = field.value.split(",") if several else [field.value]
    first = [option for option in options if option["value"] in chosen]
    kept: Element = {"initial_options": first} if several else {"initial_option": first[0]} if first else {}
    element: Element = kept if first else {}
    if len(options) <= (MOST_TICKED if several else MOST_RADIO):
        return {"type": "checkboxes" if several else "radio_buttons", "options": options, **element}
    return {"type": "multi_static_select" if several else "static_select", **_grouped(options, words), **element}


def _options(field: Input) -> list[Element]:
    values = [choice.value for choice in field.choices]
    if not 0 < len(values) <= MOST_OPTIONS**2 or len(set(values)) < len(values):
        raise CannotShow("a choice without options, with too many or with the same one twice")
    if any(not 0 < len(value) <= LONGEST_VALUE for value in values):
        raise CannotShow("an option with no value, or one that is too long")
    labels = _short(field.choices)
    return [{"text": plain(label), "value": value} for label, value in zip(labels, values, strict=True)]


def _grouped(options: list[Element], words: Words) -> Element:
    if len(options) <= MOST_OPTIONS:
        return {"options": options}
    groups = []
    for at in range(0, len(options), MOST_OPTIONS):
        group = options[at : at + MOST_OPTIONS]
        label = words.say("slack.choices_from", first=at + 1, last=at + len(group))
        groups.append({"label": plain(label), "options": group})
    return {"option_groups": groups}


def _too_long(choices: Sequence[Choice]) -> bool:
    return any(len(choice.label) > LONGEST_OPTION for choice in choices)


def _numbered(choices: Sequence[Choice]) -> list[str]:
    """Labels with a number before each, unless they have theirs."""
    if all(_NUMBERED.match(choice.label) for choice in choices):
        return [choice.label for choice in choices]
    return [f"{number}. {choice.label}" for number, choice in enumerate(choices, start=1)]


def _short(choices: Sequence[Choice]) -> list[str]:
    """Labels as they are, or each with its number where one is too long: the whole ones then stand above the field."""
    if not _too_long(choices):
        return [choice.label for choice in choices]
    return [_shortened(label) for label in _numbered(choices)]


def _shortened(label: str) -> str:
    if len(label) <= LONGEST_OPTION:
        return label
    room = LONGEST_OPTION - 1
    return label[: label.rfind(" ", room // 2, room) if " " in label[room // 2 : room] else room] + "…"


def _written_out(field: Input, words: Words) -> Iterator[Element]:
    """Every label in full, with its number, where an option cannot hold one of them and the card does not say them itself."""
    written = _numbered(field.choices)
    if not _too_long(field.choices) or (field.listed and written == [choice.label for choice in field.choices]):
        return
    several = field.kind is InputKind.CHOICES
    yield from lines(words.say("slack.several_above") if several else words.say("slack.choices_above"), bold=True)
    yield from lines("\n".join(written))
