"""Rows: one person, agency or process at a time, each on a card of its own."""

from __future__ import annotations

from collections.abc import Sequence

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
    reopen(desk, page.spot)
    return arrive(desk, Spot(page.spot.state), echoes=(*accepted.echoes, desk.words("filling.row_kept")))


def reopen(desk: Desk, spot: Spot) -> None:
    """A row after "none" takes the "none" back; one that was taken out from another device is there again."""
    row = f"{spot.state}.{spot.row}"
    if desk.filled().status(row) == "removed":
        desk.keep_answer(row, "given", "added", source="card")
    if desk.filled().status(spot.state) in TOUCHED:
        desk.keep_answer(spot.state, "removed", source="card")


def done(desk: Desk, press: Press) -> None:
    """That is everyone. What stands on the card counts as one more row."""
    page = _page(desk, press)
    if page is None:
        return arrive(desk, here(desk))
    if any(press.inputs.get(asked.path, "").strip() for asked in page.asked):
        return save(desk, press)
    if lacking := _lacking(desk, page):
        return arrive(desk, page.spot, echoes=(desk.words("filling.row_unfinished", labels=", ".join(lacking)),))
    state = "given" if desk.filled().rows(page.spot.state) else "skipped"
    desk.keep_answer(page.spot.state, state, "rows" if state == "given" else None, source="card")
    desk.replace_card(answered_card(desk, [desk.filled().shape.by_state[page.spot.state].question.label]))
    return go_on(desk, Spot(page.spot.state))


def _lacking(desk: Desk, page: Page) -> list[str]:
    """The labels of what the row on the card still needs, once it was begun."""
    filled = desk.filled()
    if not any(filled.status(asked.path) in ANSWERED for asked in page.asked):
        return []
    needed = [a for a in page.asked if a.question.need == "required"]
    return [a.label for a in needed if filled.status(a.path) not in ANSWERED]


def skip(desk: Desk, page: Page) -> bool:
    """Leave out the box that typed words would go to next. False where no row is begun, or that box must be filled in."""
    filled = desk.filled()
    left = [asked for asked in page.asked if filled.status(asked.path) not in TOUCHED]
    if not left or len(left) == len(page.asked) or left[0].question.need == "required":
        return False
    desk.keep_answer(left[0].path, "skipped", source="typed")
    after_box(desk, page, ())
    return True


def after_box(desk: Desk, page: Page, echoes: Sequence[str]) -> None:
    """After one box of a row was typed: say which one typed words go to next; after the last, offer another row."""
    filled = desk.filled()
    left = [asked for asked in page.asked if filled.status(asked.path) not in TOUCHED]
    if not left:
        reopen(desk, page.spot)
        return arrive(desk, Spot(page.spot.state), echoes=(*echoes, desk.words("filling.row_kept")))
    key = "row_next_needed" if left[0].question.need == "required" else "row_next"
    return arrive(desk, page.spot, echoes=(*echoes, desk.words(f"filling.{key}", label=left[0].label)))


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
