"""A section of the form as a window. Its values are checked as a whole; every error is shown at its field."""

from __future__ import annotations

from collections.abc import Mapping

from dialogs.desk import Desk
from dialogs.filling.accept import accept
from dialogs.filling.actions import spot_of
from dialogs.filling.asking import WINDOW_HOLDS
from dialogs.filling.cards import answered_card
from dialogs.filling.check import lines
from dialogs.filling.collide import collided
from dialogs.filling.machine import CHECK
from dialogs.filling.pages import Page
from dialogs.filling.rows import reopen
from dialogs.filling.stray import keep_strays
from dialogs.filling.talk import arrive, go_on, here
from dialogs.filling.windowed import after, go_on_in_windows, settle_rows, show, show_check, window_page
from dialogs.filling.writing import give_back, may_write, not_theirs
from dialogs.reply import Window
from dialogs.turn import OpenWindow, Press, SubmitWindow
from templates.forms.shape import MORE_CHILDREN, Spot, spot_from


def _page(desk: Desk, at: str) -> Page:
    spot = spot_of(desk, Press(action="window", at=at))
    shape = desk.filled().shape
    if spot.state not in shape.by_state or not shape.by_state[spot.state].section.window:
        spot = next(one for one in desk.filled().spots() if desk.filled().on_path(one) and may_write(desk, one))
    return window_page(desk, spot)


def open_window(desk: Desk, said: OpenWindow) -> None:
    """Show the section the button is about."""
    if not may_write(desk, spot_of(desk, Press(action="window", at=said.at))) or not _writes_any(desk):
        desk.window = Window(title=desk.words("filling.not_kept"), closed_text=not_theirs(desk))
        return
    show(desk, _page(desk, said.at))


def _writes_any(desk: Desk) -> bool:
    return any(may_write(desk, spot) for spot in desk.filled().spots())


def submit_window(desk: Desk, said: SubmitWindow) -> None:
    """Keep what is right. With errors the same window comes back; without, it closes and the conversation goes on."""
    if not may_write(desk, spot_of(desk, Press(action="window", at=said.at))) or not _writes_any(desk):
        return give_back(desk, said.inputs)
    page = _page(desk, said.at)
    if page.is_row and not any(said.inputs.get(asked.path, "").strip() for asked in page.asked):
        return _closed(desk, "filling.row_empty") if desk.private else show(desk, page)
    strays = keep_strays(desk, page, said.inputs, source="window")
    both, inputs = collided(desk, page, said.version, said.inputs)
    if any(len(said.inputs[path]) > WINDOW_HOLDS for path in both):
        return _in_chat(desk, both)
    accepted = accept(desk, page, inputs, source="window")
    errors = {**accepted.errors, **both}
    if errors:
        return show(desk, _page(desk, said.at), errors=errors, typed=inputs)
    if not desk.private:
        return after(desk, page)
    desk.replace_card(answered_card(desk, accepted.taken))
    _closed(desk, "filling.saved")
    if page.is_row:
        reopen(desk, page.spot)
        return arrive(desk, Spot(page.spot.state), echoes=(*accepted.echoes, desk.words("filling.row_kept")))
    spot = here(desk)
    return go_on(desk, spot if spot.state in (CHECK, MORE_CHILDREN) else page.spot, (*accepted.echoes, *strays))


def _in_chat(desk: Desk, both: Mapping[str, str]) -> None:
    """Two answers that no window holds beside each other are shown in the chat; a window that only closed would lose one."""
    _closed(desk, "filling.stale")
    found = desk.filled().shape.find(next(iter(both)))
    arrive(desk, found[0] if found else here(desk), echoes=(desk.words("filling.stale"), *both.values()))


def _closed(desk: Desk, key: str) -> None:
    desk.window = Window(title=desk.words("filling.saved"), closed_text=desk.words(key), said_in_chat=desk.private)


def window_on(desk: Desk, said: SubmitWindow) -> None:
    """Leave a list in a window over a channel: a row that was filled in is kept first."""
    if not may_write(desk, spot_of(desk, Press(action="window", at=said.at))):
        return give_back(desk, said.inputs)
    page = _page(desk, said.at)
    if any(said.inputs.get(asked.path, "").strip() for asked in page.asked):
        return submit_window(desk, said)
    if page.is_row:
        settle_rows(desk, page)
    return go_on_in_windows(desk, page)


def window_change(desk: Desk, said: SubmitWindow) -> None:
    """Open the part that was chosen in the last window, to change an answer in it."""
    spot = spot_from(said.inputs.get("change", ""))
    if spot is None or spot not in {line.spot for line in lines(desk)} or not may_write(desk, spot):
        return show_check(desk)
    return show(desk, window_page(desk, spot))


def window_later(desk: Desk, _said: SubmitWindow) -> None:
    """Close it. Everything that was saved stays."""
    _closed(desk, "filling.saved")


def window_send(desk: Desk, said: SubmitWindow) -> None:
    """Send the form from its last window."""
    if desk.filled().missing():
        return show_check(desk)
    return desk.behaviour.submit(desk, Press(action="submit", target=said.target))
