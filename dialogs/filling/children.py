"""Several subject children in one referral: add another, with what is common copied; take one out; no more.

Every other form takes its children from the case.
"""

from __future__ import annotations

from dialogs.desk import Desk
from dialogs.filling.cards import answered_card
from dialogs.filling.machine import CHECK
from dialogs.filling.talk import arrive, go_on, here, machine
from dialogs.turn import Press
from templates.forms.filled import ANSWERED
from templates.forms.shape import CHILDREN, MORE_CHILDREN, Spot


def add(desk: Desk, _press: Press) -> None:
    """A new child. What children of one family share is copied from the first, and can be changed."""
    filled = desk.filled()
    if not machine(desk).adds:
        return arrive(desk, here(desk), echoes=(desk.words("filling.children_fixed"),))
    number = filled.next_row(CHILDREN) if filled.next_row(CHILDREN) > 1 else 2
    desk.keep_answer(f"{CHILDREN}.{number}", "given", "added", source="card")
    copied = _copy_common(desk, filled.children()[0], number)
    if filled.status(CHILDREN) in ANSWERED:
        desk.keep_answer(CHILDREN, "removed", source="card")
    desk.replace_card(answered_card(desk, []))
    said = desk.words("filling.child_added", number=len(desk.filled().children()))
    echoes = (said, desk.words("filling.copied", labels=", ".join(copied))) if copied else (said,)
    first = next(p.state for p in filled.shape.order if p.section.adds)
    arrive(desk, Spot(first, number), echoes=echoes)


def _copy_common(desk: Desk, source: int, number: int) -> list[str]:
    labels: list[str] = []
    for placed in desk.filled().shape.order:
        if not placed.repeats or not placed.question.common:
            continue
        known = desk.answers.get(f"{CHILDREN}.{source}.{placed.question.id}")
        if known is not None and known.state in ANSWERED:
            desk.keep_answer(f"{CHILDREN}.{number}.{placed.question.id}", known.state, known.value, source=f"child-{source}")
            labels.append(placed.question.label)
    return labels


def no_more(desk: Desk, _press: Press) -> None:
    """These are all the children."""
    if not machine(desk).adds:
        return arrive(desk, here(desk))
    desk.keep_answer(CHILDREN, "given", "complete", source="card")
    desk.replace_card(answered_card(desk, []))
    go_on(desk, Spot(MORE_CHILDREN))


def remove(desk: Desk, press: Press) -> None:
    """Take a child out. What was said is kept, marked, and never printed. The last child stays."""
    children = desk.filled().children()
    number = next((child for child in children if str(child) == press.at), 0)
    if not machine(desk).adds:
        return arrive(desk, here(desk), echoes=(desk.words("filling.children_fixed"),))
    if not number:
        return arrive(desk, here(desk))
    if len(children) == 1:
        return arrive(desk, Spot(CHECK), echoes=(desk.words("filling.last_child"),))
    desk.keep_answer(f"{CHILDREN}.{number}", "removed", source="card")
    return arrive(desk, Spot(CHECK), echoes=(desk.words("filling.child_removed", number=number),))
