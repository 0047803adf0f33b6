"""What a person can do at the console. Each channel has a file of its own, so that they are tried side by side."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.parity.abilities import ABILITIES
from tests.parity.ability import CONSOLE, Ability
from tests.parity.journey import tried


@pytest.mark.parametrize("ability", ABILITIES, ids=lambda one: one.name)
async def test_it_can_be_done_or_is_not_offered(ability: Ability, tmp_path: Path) -> None:
    await tried(ability, CONSOLE, tmp_path)
