"""A loopback Graph with one site and one library, and the real msgraph-sdk pointed at it."""

from __future__ import annotations

from collections.abc import AsyncIterator

import aiohttp
import pytest
from fake_graph import loopback_graph
from graph_stage import Stage


@pytest.fixture
async def stage() -> AsyncIterator[Stage]:
    async with loopback_graph() as graph, aiohttp.ClientSession() as http:
        yield Stage(graph, http)
