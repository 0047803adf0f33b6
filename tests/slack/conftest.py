"""What the tests of the fake Slack are given."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from slack_stage import Stage
from slack_world import slack_world
from stand_in import StandIn


@pytest.fixture
async def stage() -> AsyncIterator[Stage]:
    apps: list[StandIn] = []

    def routes(fake):  # type: ignore[no-untyped-def]
        apps.append(StandIn(fake))
        return apps[0].routes()

    async with slack_world(routes) as world:
        yield Stage(world, apps[0], world.person("anna"), world.person("ben"))
