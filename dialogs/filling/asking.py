"""From a question of a form to what the checker of answers needs, and to an input on a card or in a window."""

from __future__ import annotations

from datetime import date

from dialogs.kit import Kit
from dialogs.reply import Choice, Input, InputKind
from state.records import AnswerRecord
from state.values import JSON
from templates.answers import Asking, Kind, show
from templates.days import short_day
from templates.forms.cells import EVERY_ROW
from templates.forms.filled import Filled
from templates.forms.model import Option, Question
from templates.forms.shape import CHILDREN, NAMES

NOT_KNOWN = "not_known"
NONE = "none"
"""What is sent where none of the rows of a table is ticked on purpose."""
WINDOW_HOLDS = 3_000
"""Characters a window's field holds everywhere: Slack's plain-text input, the smallest of all."""

INPUT_KINDS = {
    Kind.LONG_TEXT: InputKind.LONG_TEXT,
    Kind.CHOICE: InputKind.CHOICE,
    Kind.YES_NO: InputKind.CHOICE,
    Kind.CHOICES: InputKind.CHOICES,
}


def child_label(filled: Filled, child: int, kit: Kit) -> str:
    """What a child is called in protected views: the name if it was given, else a number."""
    name = filled.value(f"{CHILDREN}.{child}.name")
    return name if isinstance(name, str) else kit.words.say("filling.child_number", number=child)


def options_of(question: Question, filled: Filled, kit: Kit) -> tuple[tuple[str, str], ...]:
    """The options of a choice, in the order they are read."""
    if question.options == CHILDREN:
        return tuple((str(child), child_label(filled, child, kit)) for child in filled.children())
    if question.options == NAMES:
        return _names(filled)
    if question.kind is Kind.YES_NO:
        return (("yes", kit.words.say("answers.yes")), ("no", kit.words.say("answers.no")))
    hidden = filled.own if question.hide_own else ""
    options = (option for option in question.options if isinstance(option, Option) and option.id != hidden)
    return tuple((option.id, _label(option)) for option in options)


def _names(filled: Filled) -> tuple[tuple[str, str], ...]:
    """Everybody whom the draft names, its children first: their rows and their names."""
    rows = [*(f"{CHILDREN}.{child}" for child in filled.children()), *(f"family.{row}" for row in filled.rows("family"))]
    named = [(row, filled.value(f"{row}.name")) for row in rows]
    return tuple((row, name) for row, name in named if isinstance(name, str))


def _label(option: Option) -> str:
    """An option's words; under a heading of the booklet's form, with it: "British" alone says too little."""
    heading = option.heading.partition(") ")[2] or option.heading
    return f"{heading}: {option.label}" if heading and heading.casefold() != option.label.casefold() else option.label


def asking_for(question: Question, filled: Filled, kit: Kit, today: date) -> Asking:
    """What the checker of answers needs to know about a question."""
    return Asking(
        kind=question.kind,
        options=options_of(question, filled, kit),
        inexact=question.inexact,
        unborn_ok=question.unborn,
        latest=today if question.latest == "today" else None,
        today=today,
        minimum=question.minimum,
        maximum=question.maximum,
        not_known_ok=question.not_known,
    )


def shown(answer: AnswerRecord, question: Question, filled: Filled, kit: Kit, today: date) -> str:
    """An answer as people read it."""
    return show(answer.value, answer.state, asking_for(question, filled, kit, today), kit.words)


def input_for(
    path: str, question: Question, filled: Filled, kit: Kit, today: date, *, error: str = "", typed: str | None = None
) -> Input:
    """One input with its label, what is known already, and the error of the last try."""
    ticks = f".{EVERY_ROW}." in path
    value = editable(filled.answer(path), question, filled, kit, today) if typed is None else typed
    if ticks and filled.value(path) == []:
        value = value or NONE
    in_row = path.split(".", maxsplit=1)[0] in filled.shape.by_state and "." in path
    needed = (in_row or filled.printed(path)) and filled.required(question, 0) and not question.not_needed_if
    return Input(
        id=path,
        label=question.label,
        kind=INPUT_KINDS.get(question.kind, InputKind.TEXT),
        value="" if len(value) > WINDOW_HOLDS else value,
        choices=(*_choices(question, filled, kit), *((_none_of(kit),) if ticks else ())),
        required=needed and not value,
        required_error=kit.words.say("filling.needed", label=question.label),
        hint=_hint(value, question, kit),
        error=error,
    )


def _none_of(kit: Kit) -> Choice:
    """Ticked on purpose: nothing ticked at all says nothing."""
    return Choice(NONE, kit.words.say("filling.none_of_these"))


def _hint(value: str, question: Question, kit: Kit) -> str:
    if len(value) > WINDOW_HOLDS:
        return kit.words.say("filling.too_long_to_edit", count=f"{len(value):,}", opening=value[:120], label=question.label)
    return question.help


def _choices(question: Question, filled: Filled, kit: Kit) -> tuple[Choice, ...]:
    if question.kind not in (Kind.CHOICE, Kind.CHOICES, Kind.YES_NO):
        return ()
    choices = [Choice(value, label) for value, label in options_of(question, filled, kit)]
    if question.not_known and question.kind is not Kind.CHOICES:
        choices.append(Choice(NOT_KNOWN, kit.words.say("answers.not_known")))
    return tuple(choices)


def as_said(raw: str, question: Question, kit: Kit) -> str:
    """What was sent, as the checker of answers reads it: the option "Not known" of a list comes as its id."""
    chosen = raw.strip() == NOT_KNOWN and question.not_known and question.kind in (Kind.CHOICE, Kind.YES_NO)
    return kit.words.say("answers.not_known") if chosen else raw


def editable(answer: AnswerRecord | None, question: Question, filled: Filled, kit: Kit, today: date) -> str:
    """An answer as it stands in its field when it is opened again."""
    if answer is None or answer.state in ("skipped", "removed"):
        return ""
    if answer.state == NOT_KNOWN:
        is_choice = question.kind in (Kind.CHOICE, Kind.YES_NO)
        return NOT_KNOWN if is_choice else kit.words.say("answers.not_known")
    return _raw(answer.value, answer, question, filled, kit, today)


def _raw(value: JSON, answer: AnswerRecord, question: Question, filled: Filled, kit: Kit, today: date) -> str:
    if question.kind in (Kind.CHOICE, Kind.YES_NO, Kind.TEXT, Kind.LONG_TEXT, Kind.ORGANISATION):
        return str(value)
    if question.kind is Kind.CHOICES and isinstance(value, list):
        return ",".join(str(one) for one in value)
    if isinstance(value, dict) and isinstance(value.get("said"), str):
        return _said(value, answer, question, filled, kit, today)
    return shown(answer, question, filled, kit, today)


def _said(value: dict[str, JSON], answer: AnswerRecord, question: Question, filled: Filled, kit: Kit, today: date) -> str:
    """A date goes back into its field in the unambiguous form: "last Tuesday" means another day tomorrow."""
    if value.get("precision") == "day" and isinstance(value.get("earliest"), str):
        return short_day(date.fromisoformat(str(value["earliest"])))
    if value.get("precision") in (None, "day"):
        return shown(answer, question, filled, kit, today)
    return str(value["said"])
