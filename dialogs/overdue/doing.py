"""What can be done from the answer: a date is chosen and a button pressed. In channels only where the coordinators are."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from dialogs.desk import Desk
from dialogs.overdue.lines import named
from dialogs.overdue.question import CHASE, DUE, NOT_REPLIED, OVERDUE, SEVERAL, Question, carried
from dialogs.reply import Button, Choice, Input, InputKind
from dialogs.telling import among_us
from state.access import Access
from state.looking import BY_AGENCY, BY_CASE, Looked

ALL = "all"
"""Chosen instead of one date: every one that is shown."""
FIRST = "first"
"""What stands for the kind of a date where a case has none yet."""
MOST = 6
FOR_THOSE_WHO_RUN = ("chase_dates", "date_time", "hand_on", "open_date")
FOR_OTHERS = ("open_date", "date_time")


def inputs(desk: Desk, looked: Looked) -> tuple[Input, ...]:
    """The dates that are shown, to choose one from; several can be chosen at once only by whoever may chase."""
    options = [(line.id, named(desk, line)) for line in looked.lines]
    listed = {value for value, _ in options}
    for one in looked.first:
        if one.date not in listed:
            options.append((one.date or f"{one.case}:{FIRST}", desk.words("overdue.first_of", reference=one.reference)))
    if not options or not among_us(desk):
        return ()
    if len(looked.lines) > 1 and _chases(desk):
        both = len(looked.lines) == 2
        options.append((ALL, desk.words("overdue.both" if both else "overdue.all_of_these", count=len(looked.lines))))
    return (
        Input(
            id="date",
            label=desk.words("overdue.which"),
            kind=InputKind.CHOICE,
            choices=tuple(Choice(value, label) for value, label in options),
            value=options[0][0] if len(options) == 1 else "",
            required=len(options) > 1,
            required_error=desk.words("overdue.choose"),
        ),
    )


def _chases(desk: Desk) -> bool:
    return desk.may("chase") is Access.YES


def buttons(desk: Desk, question: Question, looked: Looked) -> tuple[Button, ...]:
    """Six at the most: what can be done about the date that is chosen, then the rest of the answer."""
    found = [*_about_one(desk, question, looked), *_about_the_answer(desk, question, looked)][:MOST]
    return tuple(replace(button, primary=n == 0) for n, button in enumerate(found))


def _about_one(desk: Desk, question: Question, looked: Looked) -> Iterator[Button]:
    if not (looked.lines or looked.first) or not among_us(desk):
        return
    if question.intent == CHASE and len(looked.lines) > 1:
        yield Button(action="chase_all", label=desk.words("buttons.chase_all"), at=carried(desk.kit, question))
    names = FOR_THOSE_WHO_RUN if _chases(desk) else FOR_OTHERS
    for action in names if looked.lines else ("open_date",):
        if action in desk.kit.actions and not (action == "date_time" and _has_no_return(looked)):
            label = _label(desk, action)
            yield Button(action=action, label=label, at=carried(desk.kit, question), takes_inputs=True)


def _label(desk: Desk, action: str) -> str:
    """Those who run a case give more time; an organisation asks for it."""
    if action == "date_time":
        return desk.words("buttons.give_time" if _chases(desk) else "buttons.more_time")
    return desk.words("buttons.chase_now" if action == "chase_dates" else f"buttons.{action}")


def _has_no_return(looked: Looked) -> bool:
    """More time is given for returns alone."""
    return not any(line.request for line in looked.lines)


def _about_the_answer(desk: Desk, question: Question, looked: Looked) -> Iterator[Button]:
    shown = len(looked.first) + len(looked.lines)
    if question.slots.person == SEVERAL:
        return
    if question.skip + shown < looked.first_count + looked.listed:
        onward = replace(question, skip=question.skip + shown)
        yield Button(action="more_dates", label=desk.words("buttons.more_dates"), at=carried(desk.kit, onward))
    if len(looked.lines) > 1 and looked.runs and not (question.intent == NOT_REPLIED and question.slots.case):
        by = BY_CASE if question.by == BY_AGENCY else BY_AGENCY
        other = replace(question, by=by, skip=0)
        yield Button(action="group_dates", label=desk.words(f"buttons.by_{by}"), at=carried(desk.kit, other))
    if desk.private and looked.lines and question.intent in (OVERDUE, DUE, NOT_REPLIED):
        yield Button(action="export", label=desk.words("buttons.export"), at=carried(desk.kit, question))
