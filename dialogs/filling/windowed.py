"""A form in one window after another, where the person has no conversation of their own here: over a channel.

Each window holds what fits; the next one follows when it is sent, and the last one lists what is missing, or sends the form.
"""

from __future__ import annotations

from collections.abc import Mapping

from msgspec.structs import replace

from dialogs.desk import Desk
from dialogs.filling.asking import editable
from dialogs.filling.cards import button, section_window
from dialogs.filling.check import change_input, lines
from dialogs.filling.machine import CHECK, Walker
from dialogs.filling.pages import Asked, Page, page_at, section_page
from dialogs.filling.rows import reopen
from dialogs.filling.talk import machine
from dialogs.filling.unclear import listed
from dialogs.filling.writing import may_write
from dialogs.reply import Block, Bullets, Button, Paragraph, Style, Window
from state.values import london_day
from templates.forms.shape import MORE_CHILDREN, Spot

HOLDS = 6_000
"""Characters of answers that one window shows: with labels and hints it then stays under what Teams takes."""


def window_page(desk: Desk, spot: Spot) -> Page:
    """What a window at that spot shows: a row, or as much of its section as fits, from that question on where it does not."""
    filled = desk.filled()
    if filled.shape.by_state[spot.state].is_rows:
        return page_at(filled, spot)
    page = section_page(filled, spot)
    if _size(desk, page) <= HOLDS:
        return page
    return _part(desk, page, spot)


def _size(desk: Desk, page: Page) -> int:
    return sum(len(_shown(desk, path)) for path in (asked.path for asked in page.asked))


def _shown(desk: Desk, path: str) -> str:
    filled = desk.filled()
    found = filled.shape.find(path)
    return editable(filled.answers.get(path), found[1], filled, desk.kit, london_day(desk.turn.at)) if found else ""


def _part(desk: Desk, page: Page, spot: Spot) -> Page:
    paths = [asked.path for asked in page.asked]
    own = desk.filled().shape.path(spot)
    kept: list[Asked] = []
    used = 0
    for asked in page.asked[paths.index(own) if own in paths else 0 :]:
        used += len(_shown(desk, asked.path))
        if kept and used > HOLDS:
            break
        kept.append(asked)
    found = desk.filled().shape.find(kept[0].path)
    return replace(page, spot=found[0] if found else spot, asked=tuple(kept))


def show(desk: Desk, page: Page, *, errors: Mapping[str, str] | None = None, typed: Mapping[str, str] | None = None) -> None:
    """Show a page in a window; over a channel with the ways on from it."""
    window = section_window(desk, page, errors=errors, typed=typed)
    if desk.private:
        desk.window = window
        return
    if page.is_row and window.submit is not None:
        window = replace(window, submit=replace(window.submit, label=desk.words("buttons.row_save")))
    desk.window = replace(window, buttons=_ways_on(desk, page))


def _ways_on(desk: Desk, page: Page) -> tuple[Button, ...]:
    later = button(desk, "window_later")
    return (button(desk, "window_on", page.spot), later) if page.is_row else (later,)


def after(desk: Desk, page: Page) -> None:
    """The window after one that was kept: the next row, the next part, or what is missing."""
    if page.is_row:
        reopen(desk, page.spot)
        return show(desk, window_page(desk, Spot(page.spot.state)))
    return go_on_in_windows(desk, page)


def settle_rows(desk: Desk, page: Page) -> None:
    """No more rows: an answer, whether there are some or none."""
    some = desk.filled().rows(page.spot.state)
    desk.keep_answer(page.spot.state, "given", "rows" if some else "none", source="window")


def go_on_in_windows(desk: Desk, page: Page) -> None:
    """The next question that wants an answer and was not on this page."""
    filled = desk.filled()
    here = {asked.path for asked in page.asked}
    walker = Walker(filled, filled.shape.walked(Spot(page.spot.state, 0 if page.is_row else page.spot.row)))
    while walker.state not in (CHECK, MORE_CHILDREN):
        machine(desk).fire(walker, "onward")
        if walker.state in (CHECK, MORE_CHILDREN):
            break
        if filled.asks(walker.spot) and filled.shape.path(walker.spot) not in here:
            return show(desk, window_page(desk, walker.spot))
    return show_check(desk)


def show_check(desk: Desk) -> None:
    """The last window: what is missing, or that all is there and can be sent."""
    missing = desk.filled().missing()
    if not missing:
        notes = (Paragraph(text, Style.WARNING) for text in desk.behaviour.notes(desk))
        blocks: tuple[Block, ...] = (Paragraph(desk.words("filling.all_there"), Style.HEADING), *listed(desk), *notes)
        send = replace(button(desk, "submit", primary=True), action="window_send")
    else:
        names = tuple(line.full for line in lines(desk) if line.spot in missing)
        blocks = (Paragraph(desk.words("filling.missing", count=len(missing)), Style.WARNING), Bullets(names), *listed(desk))
        send = replace(button(desk, "finish", missing[0], primary=True), action="window_go")
    title = desk.words("filling.check_title")
    which = replace(change_input(desk, [line for line in lines(desk) if may_write(desk, line.spot)]), listed=False)
    buttons = (button(desk, "window_change", takes_inputs=True), button(desk, "window_later"))
    desk.window = Window(title=title, blocks=blocks, inputs=(which,), submit=send, buttons=buttons)
