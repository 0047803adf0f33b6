"""Every section of every form, as windows and as cards, stays under what Teams takes: 28 KB, counted as UTF-16."""

from __future__ import annotations

import pytest
from every_section import cards, windows
from memory_house import kit
from msgspec.structs import replace

from bot.teams.cards import Renderer, utf16_size
from dialogs.filling.windowed import HOLDS
from dialogs.reply import Input, InputKind, Window

FORMS = tuple(kit().profile.shapes)
RENDERER = Renderer(kit().words, windows=True)
TEAMS_TAKES = 28_000
ERROR = "There is no such day. Please try 28 February 2026 or another way of saying it."
"""As long as our own errors are."""
TYPED = (InputKind.TEXT, InputKind.LONG_TEXT)


def as_full_as_dialogs_make_it(window: Window) -> Window:
    """All the text that the dialogs put into one window, in its first field that takes any; every typed answer is wrong."""
    first = next((field.id for field in window.inputs if field.kind in TYPED), "")
    return replace(window, inputs=tuple(_filled(field, field.id == first) for field in window.inputs))


def _filled(field: Input, first: bool) -> Input:
    error = ERROR if field.kind in TYPED else ""
    return replace(field, error=error, value="ä" * HOLDS if first else field.value)


@pytest.mark.parametrize("form", FORMS)
def test_every_window_of_the_form_is_one_that_teams_takes(form: str) -> None:
    drawn = [
        window
        for name, window in windows().items()
        if name.startswith(f"{form} ") and "section" not in name and "full" not in name
    ]
    assert drawn
    for window in drawn:
        for shown in (window, as_full_as_dialogs_make_it(window)):
            content = RENDERER.window(shown)
            assert content is not None, window.title
            assert utf16_size(content) <= TEAMS_TAKES


@pytest.mark.parametrize("form", FORMS)
def test_every_card_of_the_form_is_one_that_teams_takes(form: str) -> None:
    drawn = [card for name, reply in cards().items() if name.startswith(f"{form} ") for card in RENDERER.cards(reply)]
    assert drawn
    assert max(map(utf16_size, drawn)) <= TEAMS_TAKES
