"""An ability is tried in a channel: it can be done there, or it is not offered, as the table in docs/channels.md says."""

from __future__ import annotations

from pathlib import Path

import pytest

from state.values import Channel
from tests.parity.ability import Ability
from tests.parity.client import NotOffered
from tests.parity.sides import world_of


async def tried(ability: Ability, kind: Channel, folder: Path) -> None:
    """The journey, in a world of its own."""
    beside = [ability.beside[kind]] if kind in ability.beside else []
    async with world_of(folder, kind, *beside) as world:
        if kind not in ability.cannot:
            await ability.journey(world)
            return
        with pytest.raises(NotOffered):
            await ability.journey(world)
