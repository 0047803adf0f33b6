"""The channels that the suite runs over."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

from state.values import Channel
from tests.parity.console import ConsoleSide
from tests.parity.slack import SlackSide
from tests.parity.teams import TeamsSide
from tests.parity.world import Side, World

SIDES: dict[Channel, Callable[[], Side]] = {
    Channel.CONSOLE: ConsoleSide,
    Channel.TEAMS: TeamsSide,
    Channel.SLACK: SlackSide,
}


@asynccontextmanager
async def world_of(folder: Path, *kinds: Channel) -> AsyncIterator[World]:
    """A world with these channels; the first is the one it is about."""
    world = World(folder, {kind: SIDES[kind]() for kind in kinds})
    await world.open()
    try:
        yield world
    finally:
        await world.close()
        for side in world.sides.values():
            await side.end()
