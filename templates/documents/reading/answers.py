"""What a cell says for its slot: a text, or whether its box is ticked. Where it says two things, both."""

from __future__ import annotations

import re
from datetime import date

from templates.documents import controls
from templates.documents.controls import Kind
from templates.documents.reading.cleaning import LONGEST_LABEL, after_label, is_mark, normal, without_box
from templates.documents.reading.inline import Control, Text
from templates.documents.reading.layout import Slot

_DRAWN = {controls.TICKED: True, "☑": True, controls.UNTICKED: False}
_BEHIND = re.compile(r"[).:*]+")
_FORMATS = ("{0.day} {0:%B} {0.year}", "{0.day} {0:%b} {0.year}", "{0:%d/%m/%Y}", "{0.day}/{0.month}/{0.year}", "{0:%Y-%m-%d}")


def said(text: Text, control: Control | None, slot: Slot | None) -> tuple[str, ...]:
    """The answer of a cell or line; where there are several, they are a doubt and the first one goes ahead."""
    own = slot.own if slot is not None else ""
    inside = "" if control is None or _is_prompt(control, slot) else control.text
    if control is not None and len(text.controls) > 1:
        return _in_doubt(control, inside)
    outside = after_label(text.whole if control is None else text.outside, own)
    if not inside or not outside:
        plain = inside or ("" if _asks(outside, slot) else outside)
        return (plain,) if control is None or outside else _in_doubt(control, plain)
    whole = after_label(text.whole, own)
    kept = control is not None and control.kind in (Kind.DROPDOWN, Kind.DATE)
    return (inside, whole) if kept else (whole,)


def said_in_line(control: Control, slot: Slot | None) -> tuple[str, ...]:
    """The answer of a control in a sentence: what is around it is the sentence's."""
    return _in_doubt(control, "" if _is_prompt(control, slot) else control.text)


def ticked(text: Text, control: Control | None, slot: Slot) -> bool | None:
    """Whether a box is ticked, by its flag, its glyph, or a mark that somebody typed. None where they do not agree."""
    typed = _typed(text.outside, slot)
    if control is None or typed or (typed is None and text.outside):
        return typed
    letters = control.text.strip()
    if letters in _DRAWN:
        return control.flag if control.flag is _DRAWN[letters] else None
    mark = is_mark(letters)
    if control.flag:
        return True if mark else None
    return mark


def _typed(outside: str, slot: Slot) -> bool | None:
    """What somebody typed beside a box, or in a cell that has lost its box. Its label says nothing."""
    rest = _around(outside, slot.own)
    word = normal(rest)
    return True if word and word == slot.head else is_mark(rest)


def _around(text: str, label: str) -> str:
    """What stands before and after a label."""
    if len(text) > LONGEST_LABEL:
        return text
    spelled = [(place, part) for place, letter in enumerate(text) for part in normal(letter)]
    letters, wanted = "".join(part for _, part in spelled), label.replace(" ", "")
    start = letters.find(wanted) if wanted else -1
    if start < 0:
        return text
    first, last = spelled[start][0], spelled[start + len(wanted) - 1][0]
    return f"{text[:first]} {_BEHIND.sub('', text[last + 1 :], count=1)}"


def unmarked(text: str) -> str:
    """The label of a box, without the box and without marks that stand before or after it."""
    words = without_box(text).split()
    while words and is_mark(words[0]) is not None:
        del words[0]
    while words and is_mark(words[-1]) is not None:
        del words[-1]
    return normal(" ".join(words))


def _is_prompt(control: Control, slot: Slot | None) -> bool:
    if slot is None:
        return control.prompts
    return _asks(control.text, slot) or (control.prompts and normal(control.text) == normal(control.alias))


def _asks(text: str, slot: Slot | None) -> bool:
    return slot is not None and bool(slot.prompt) and normal(text) == normal(slot.prompt)


def _in_doubt(control: Control, text: str) -> tuple[str, ...]:
    """A date beside a text may be an older one. What still counts as a prompt may be what somebody typed over it."""
    if control.kind is Kind.DATE and control.full_date:
        return _dated(control.full_date[:10], text)
    return (text, "") if text and control.prompts else (text,)


def _dated(iso: str, text: str) -> tuple[str, ...]:
    try:
        day = date.fromisoformat(iso)
    except ValueError:
        return (text,)
    forms = [normal(one.format(day)) for one in _FORMATS]
    return (text,) if any(form in normal(text) for form in forms) else (text, _FORMATS[0].format(day))
