"""Every section of every form, as windows and as cards, is within what Teams takes of one message.

A window in which every field is filled to its last character is one that Teams has no room for: the chat goes on instead.
"""

from __future__ import annotations

import pytest
from every_section import cards, windows
from memory_house import kit

from bot.teams.cards import LARGEST, Renderer, utf16_size

FORMS = tuple(kit().profile.shapes)
RENDERER = Renderer(kit().words, windows=True)


@pytest.mark.parametrize("form", FORMS)
def test_every_window_of_the_form_is_one_that_teams_takes(form: str) -> None:
    drawn = {name: RENDERER.window(window) for name, window in windows().items() if name.startswith(form)}
    assert [name for name, card in drawn.items() if card is not None and utf16_size(card) > LARGEST] == []
    assert {name for name, card in drawn.items() if card is None and not name.endswith("full")} == set()
    assert len(drawn) > 2


@pytest.mark.parametrize("form", FORMS)
def test_every_card_of_the_form_is_one_that_teams_takes(form: str) -> None:
    drawn = {name: RENDERER.cards(reply) for name, reply in cards().items() if name.startswith(form)}
    assert [name for name, each in drawn.items() if any(utf16_size(card) > LARGEST for card in each)] == []
    assert len(drawn) > 5
