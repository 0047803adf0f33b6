"""Every ability in every channel: it can be done, or it is not offered there, as the table in docs/channels.md says."""

from __future__ import annotations

from pathlib import Path

import pytest

from state.values import Channel
from tests.parity.abilities import ABILITIES
from tests.parity.ability import Ability
from tests.parity.client import NotOffered
from tests.parity.sides import SIDES, world_of

CASES = [pytest.param(kind, one, id=f"{one.name}-{kind.value}") for one in ABILITIES for kind in SIDES]


@pytest.mark.parametrize(("kind", "ability"), CASES)
async def test_it_can_be_done_or_is_not_offered(kind: Channel, ability: Ability, tmp_path: Path) -> None:
    beside = [ability.beside[kind]] if kind in ability.beside else []
    async with world_of(tmp_path, kind, *beside) as world:
        if kind not in ability.cannot:
            await ability.journey(world)
            return
        with pytest.raises(NotOffered):
            await ability.journey(world)
