"""Rows: one person, agency or process at a time, each on a card of its own."""

from __future__ import annotations

from dialogs.desk import Desk
from dialogs.filling.accept import accept
from dialogs.filling.cards import answered_card
from dialogs.filling.collide import collided
from dialogs.filling.machine import CHECK
from dialogs.filling.pages import Page, page_at
from dialogs.filling.talk import arrive, go_on, here
from dialogs.turn import Press
from templates.forms.filled import ANSWERED, TOUCHED
from templates.forms.shape import Spot, spot_from


def _page(desk: Desk, press: Press) -> Page | None:
    spot = spot_from(press.at) or here(desk)
    placed = desk.filled().shape.by_state.get(spot.state)
    return page_at(desk.filled(), spot) if placed is not None and placed.is_rows else None


def save(desk: Desk, press: Press) -> None:
    """Keep the row and offer the next; or show what is wrong at its field."""
    page = _page(desk, press)
    if page is None:
        return arrive(desk, here(desk))
    if not any(press.inputs.get(asked.path, "").strip() for asked in page.asked):
        return arrive(desk, page.spot, echoes=(desk.words("filling.row_empty"),))
    both, inputs = collided(desk, page, press.version, press.inputs)
    accepted = accept(desk, page, inputs, source="card")
    desk.replace_card(answered_card(desk, accepted.taken))
    if both or accepted.errors:
        echoes = (*([desk.words("filling.stale")] if both else []), *accepted.echoes)
        return arrive(desk, page.spot, echoes=echoes, errors={**accepted.errors, **both}, typed=inputs)
    reopen(desk, page.spot.state)
    return arrive(desk, Spot(page.spot.state), echoes=(*accepted.echoes, desk.words("filling.row_kept")))


def reopen(desk: Desk, state: str) -> None:
    """A row after "none" takes the "none" back."""
    if desk.filled().status(state) in TOUCHED:
        desk.keep_answer(state, "removed", source="card")


def done(desk: Desk, press: Press) -> None:
    """That is everyone. What stands on the card counts as one more row."""
    page = _page(desk, press)
    if page is None:
        return arrive(desk, here(desk))
    if any(press.inputs.get(asked.path, "").strip() for asked in page.asked):
        return save(desk, press)
    if _unfinished(desk, page):
        return arrive(desk, page.spot, echoes=(desk.words("filling.row_unfinished"),))
    state = "given" if desk.filled().rows(page.spot.state) else "skipped"
    desk.keep_answer(page.spot.state, state, "rows" if state == "given" else None, source="card")
    desk.replace_card(answered_card(desk, [desk.filled().shape.by_state[page.spot.state].question.label]))
    return go_on(desk, Spot(page.spot.state))


def _unfinished(desk: Desk, page: Page) -> bool:
    """Whether the row on the card was begun, and still lacks something it needs."""
    filled = desk.filled()
    begun = any(filled.status(asked.path) in ANSWERED for asked in page.asked)
    needed = [a for a in page.asked if a.question.need == "required"]
    return begun and any(filled.status(a.path) not in ANSWERED for a in needed)


def none(desk: Desk, press: Press) -> None:
    """There are none: an answer, not a blank."""
    page = _page(desk, press)
    if page is None or desk.filled().rows(page.spot.state):
        return done(desk, press)
    desk.keep_answer(page.spot.state, "given", "none", source="card")
    desk.replace_card(answered_card(desk, [desk.filled().shape.by_state[page.spot.state].question.label]))
    return go_on(desk, Spot(page.spot.state))


def remove(desk: Desk, press: Press) -> None:
    """Take a row out. What it said is kept, marked, and never printed."""
    spot = spot_from(press.at)
    filled = desk.filled()
    if spot is None or spot.state not in filled.shape.by_state or spot.row not in filled.rows(spot.state):
        return arrive(desk, here(desk))
    desk.keep_answer(f"{spot.state}.{spot.row}", "removed", source="card")
    desk.replace_card(answered_card(desk, []))
    return arrive(desk, Spot(CHECK), echoes=(desk.words("filling.row_removed"),))
