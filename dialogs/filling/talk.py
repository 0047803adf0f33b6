"""Moving through a form: arriving at a question, going on, back, and to check answers. Every move ends in something said."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from dialogs.desk import Desk
from dialogs.filling import check
from dialogs.filling.cards import more_children_card, question_card
from dialogs.filling.machine import CHECK, PAUSED, START, FormMachine, Walker
from dialogs.filling.pages import page_at
from dialogs.filling.shows import SHOWS
from dialogs.filling.writing import may_write, not_theirs
from templates.forms.filled import TOUCHED
from templates.forms.shape import MORE_CHILDREN, Spot, spot_from


def machine(desk: Desk) -> FormMachine:
    """The machine of the draft at hand."""
    return desk.kit.machines[desk.at_hand.form]


def here(desk: Desk) -> Spot:
    """Where the person stands in the draft at hand: what the talk row says, or the start."""
    paused = spot_from(desk.talk.note) if desk.talk.state == PAUSED else None
    spot = paused or Spot(desk.talk.state, desk.talk.row)
    if desk.draft is None or desk.talk.draft != desk.at_hand.id or not exists(desk, spot):
        return Spot(START)
    return spot


def exists(desk: Desk, spot: Spot) -> bool:
    """Whether there is such a spot: a child may have been taken out since, from another device."""
    placed = machine(desk).shape.by_state.get(spot.state)
    if placed is None:
        return spot.state == CHECK or (spot.state == MORE_CHILDREN and machine(desk).adds)
    return not placed.repeats or spot.row in desk.filled().children()


def arrive(
    desk: Desk,
    spot: Spot,
    *,
    echoes: Sequence[str] = (),
    errors: Mapping[str, str] | None = None,
    typed: Mapping[str, str] | None = None,
    note: str = "",
) -> None:
    """Stand at a spot and say what is asked there; at the start, that is the first question left."""
    if spot.state == START:
        spot = _first_left(desk)
    elif not may_write(desk, spot):
        return go_on(desk, spot, (*echoes, not_theirs(desk)))
    if spot.state == CHECK:
        check.say_check(desk, echoes)
    elif spot.state == MORE_CHILDREN:
        desk.say(more_children_card(desk, echoes))
    elif shows := desk.filled().shape.by_state[spot.state].question.shows:
        desk.say(SHOWS[shows](desk, spot, echoes))
    else:
        page = page_at(desk.filled(), spot)
        spot = page.spot if page.is_row or page.is_table else spot
        desk.say(question_card(desk, page, echoes=echoes, errors=errors, typed=typed))
    desk.stand_at(desk.at_hand.id, spot.state, spot.row, note=note)


def _first_left(desk: Desk) -> Spot:
    walker = Walker(desk.filled(), Spot(START))
    machine(desk).onward(walker)
    return walker.spot


def go_on(desk: Desk, spot: Spot, echoes: Sequence[str] = ()) -> None:
    """Go to the next question that wants an answer, from a spot that was dealt with."""
    if spot.state in (CHECK, START):
        return arrive(desk, spot, echoes=echoes)
    walker = Walker(desk.filled(), machine(desk).shape.walked(spot))
    machine(desk).onward(walker)
    return arrive(desk, walker.spot, echoes=echoes)


def go_back(desk: Desk, spot: Spot) -> None:
    """Go to the page before, or say that this is the first."""
    if spot.state == START:
        return arrive(desk, spot)
    filled = desk.filled()
    first = spot if spot.state in (CHECK, MORE_CHILDREN) else filled.shape.walked(page_at(filled, spot).spot)
    walker = Walker(filled, Spot(first.state, first.row if _repeats(desk, first) else 0))
    if machine(desk).back(walker):
        return arrive(desk, walker.spot)
    return arrive(desk, spot, echoes=(desk.words("filling.first_question"),))


def _repeats(desk: Desk, spot: Spot) -> bool:
    placed = machine(desk).shape.by_state.get(spot.state)
    return placed is not None and placed.repeats


def resume(desk: Desk) -> None:
    """Carry on with the draft at hand, from any device: where this place was, else the first question left.

    What was answered elsewhere meanwhile is not asked again.
    """
    spot, echoes = here(desk), (desk.words("filling.carry_on"),)
    return go_on(desk, spot, echoes) if _answered(desk, spot) else arrive(desk, spot, echoes=echoes)


def _answered(desk: Desk, spot: Spot) -> bool:
    """Whether everything on the page there is dealt with. Rows and tables can always have more."""
    filled = desk.filled()
    if spot.state not in filled.shape.by_state or not may_write(desk, spot):
        return False
    page = page_at(filled, spot)
    return not (page.is_row or page.is_table) and all(filled.status(one.path) in TOUCHED for one in page.asked)
