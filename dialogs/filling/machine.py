"""From a form's definition to a `transitions` machine: a state a question, then check your answers, submitted, cancelled.

The machine knows the order and the loops over children; whether a question is asked at all is `Filled.asks`, in one place.
One machine a form, built once; what moves through it is a light `Walker` (a shared machine and unregistered models cost a
fifteenth of registering each one, and leave nothing behind).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple, cast

from transitions import EventData, Machine

from templates.forms.filled import Filled
from templates.forms.shape import MORE_CHILDREN, Shape, Spot

CHECK = "check_answers"
SUBMITTED = "submitted"
CONFIRM_CANCEL = "confirm_cancel"
CANCELLED = "cancelled"
PAUSED = "paused"
"""Where a talk stands that was stopped for now: the draft stays at hand for "carry on"."""
START = "start"

Condition = Callable[[EventData], bool]


class Row(NamedTuple):
    """One line of a machine's table."""

    trigger: str
    source: str
    dest: str
    condition: str = ""
    effect: str = ""


class Walker:
    """Where somebody is in a form. `state` belongs to the machine; `row` is the child (0 outside repeating sections)."""

    __slots__ = ("filled", "row", "state")

    def __init__(self, filled: Filled, spot: Spot) -> None:
        self.filled = filled
        self.state = spot.state
        self.row = spot.row

    @property
    def spot(self) -> Spot:
        """The question the walker stands at."""
        return Spot(self.state, self.row)


def table(shape: Shape) -> list[Row]:
    """The whole machine of a form as lines: what the docs draw and the machine is built from."""
    rows: list[Row] = []
    blocks = _blocks(shape)
    _enter(rows, START, blocks[0])
    for number, block in enumerate(blocks):
        following = blocks[number + 1] if number + 1 < len(blocks) else None
        _inside(rows, block)
        _leave(rows, block, following)
    for placed in shape.order:
        rows.append(Row("check", placed.state, CHECK))
        rows.append(Row(f"open:{placed.state}", CHECK, placed.state))
        rows.append(Row("cancel", placed.state, CONFIRM_CANCEL))
    return rows + _ending(blocks[-1])


class Block(NamedTuple):
    """A section as the machine sees it."""

    states: list[str]
    repeats: bool
    adds: bool


def _blocks(shape: Shape) -> list[Block]:
    blocks = [Block([p.state for p in shape.inside(section)], section.repeats, section.adds) for section in shape.form.sections]
    return [block for block in blocks if block.states]


def _enter(rows: list[Row], source: str, block: Block) -> None:
    rows.append(Row("onward", source, block.states[0], effect="first_child" if block.repeats else "no_child"))


def _inside(rows: list[Row], block: Block) -> None:
    for one, other in zip(block.states, block.states[1:], strict=False):
        rows.append(Row("onward", one, other))
        rows.append(Row("back", other, one))


def _leave(rows: list[Row], block: Block, following: Block | None) -> None:
    last = block.states[-1]
    if block.repeats:
        rows.append(Row("onward", last, block.states[0], "another_child", "next_child"))
        rows.append(Row("back", block.states[0], last, "earlier_child", "previous_child"))
    if block.adds:
        rows.append(Row("onward", last, MORE_CHILDREN, effect="no_child"))
        rows.append(Row("back", MORE_CHILDREN, last, effect="last_child"))
        rows.append(Row("add_child", MORE_CHILDREN, block.states[0], effect="last_child"))
        rows.append(Row("check", MORE_CHILDREN, CHECK))
        rows.append(Row("cancel", MORE_CHILDREN, CONFIRM_CANCEL))
        last = MORE_CHILDREN
    if following is None:
        rows.append(Row("onward", last, CHECK, effect="no_child"))
        return
    _enter(rows, last, following)
    rows.append(
        Row("back", following.states[0], last, effect="last_child" if last in block.states and block.repeats else "no_child")
    )


def _ending(last: Block) -> list[Row]:
    return [
        Row("back", CHECK, last.states[-1], effect="last_child" if last.repeats else "no_child"),
        Row("check", CHECK, CHECK),
        Row("check", START, CHECK),
        Row("submit", CHECK, SUBMITTED, "complete"),
        Row("cancel", CHECK, CONFIRM_CANCEL),
        Row("cancel", START, CONFIRM_CANCEL),
        Row("keep", CONFIRM_CANCEL, CHECK),
        Row("confirm", CONFIRM_CANCEL, CANCELLED),
    ]


def _walker(event: EventData) -> Walker:
    return cast("Walker", event.model)


def _another_child(event: EventData) -> bool:
    walker = _walker(event)
    return any(child > walker.row for child in walker.filled.children())


def _earlier_child(event: EventData) -> bool:
    walker = _walker(event)
    return any(child < walker.row for child in walker.filled.children())


def _complete(event: EventData) -> bool:
    walker = _walker(event)
    return not walker.filled.missing()


def _next_child(event: EventData) -> None:
    walker = _walker(event)
    walker.row = min(child for child in walker.filled.children() if child > walker.row)


def _previous_child(event: EventData) -> None:
    walker = _walker(event)
    walker.row = max(child for child in walker.filled.children() if child < walker.row)


def _first_child(event: EventData) -> None:
    walker = _walker(event)
    walker.row = walker.filled.children()[0]


def _last_child(event: EventData) -> None:
    walker = _walker(event)
    walker.row = walker.filled.children()[-1]


def _no_child(event: EventData) -> None:
    walker = _walker(event)
    walker.row = 0


CONDITIONS: dict[str, Condition] = {
    "another_child": _another_child,
    "earlier_child": _earlier_child,
    "complete": _complete,
}
EFFECTS: dict[str, Callable[[EventData], None]] = {
    "first_child": _first_child,
    "last_child": _last_child,
    "next_child": _next_child,
    "previous_child": _previous_child,
    "no_child": _no_child,
}


class FormMachine:
    """The machine of one form, and the two walks that people make through it."""

    def __init__(self, shape: Shape) -> None:
        self.shape = shape
        self.table = table(shape)
        self.adds = any(section.adds for section in shape.form.sections)
        more = [MORE_CHILDREN] if self.adds else []
        states = [START, *(p.state for p in shape.order), *more, CHECK, SUBMITTED, CONFIRM_CANCEL, CANCELLED]
        self._machine = Machine(
            model=None,
            states=states,
            initial=START,
            transitions=[_transition(row) for row in self.table],
            auto_transitions=False,
            send_event=True,
        )

    def fire(self, walker: Walker, trigger: str) -> bool:
        """One transition. False, and nothing moved, where a condition forbids it; MachineError where the table has none."""
        moved: bool = self._machine.events[trigger].trigger(walker)
        return moved

    def onward(self, walker: Walker) -> None:
        """Go to the next question that wants an answer: first the ones after, then those left before, else check answers."""
        begun = walker.spot
        self._walk(walker)
        if walker.state == CHECK and begun.state != START:
            again = Walker(walker.filled, Spot(START))
            self._walk(again)
            walker.state, walker.row = again.state, again.row

    def _walk(self, walker: Walker) -> None:
        self.fire(walker, "onward")
        while walker.state != CHECK and not walker.filled.asks(walker.spot):
            self.fire(walker, "onward")

    def back(self, walker: Walker) -> bool:
        """Go to the question before on the path, answered or not. False at the first one."""
        before = walker.spot
        while self._has(walker, "back") and self.fire(walker, "back"):
            if self._stops(walker):
                return True
        walker.state, walker.row = before
        return False

    def _has(self, walker: Walker, trigger: str) -> bool:
        return walker.state in self._machine.events[trigger].transitions

    def _stops(self, walker: Walker) -> bool:
        spot = walker.spot
        if spot.state == MORE_CHILDREN:
            return True
        placed = self.shape.by_state[spot.state]
        optional = placed.question.need == "optional" and not walker.filled.touched(spot)
        theirs = walker.filled.stops(spot) and walker.filled.writes(placed.section)
        return not optional and theirs and walker.filled.on_path(spot)

    def open(self, walker: Walker, spot: Spot) -> None:
        """Go straight to one question, by way of check answers."""
        if walker.state == CONFIRM_CANCEL:
            self.fire(walker, "keep")
        else:
            self.fire(walker, "check")
        if spot.state != CHECK:
            self.fire(walker, f"open:{spot.state}")
        walker.row = spot.row


def _transition(row: Row) -> dict[str, Any]:
    made: dict[str, Any] = {"trigger": row.trigger, "source": row.source, "dest": row.dest}
    if row.condition:
        made["conditions"] = CONDITIONS[row.condition]
    if row.effect:
        made["after"] = EFFECTS[row.effect]
    return made
