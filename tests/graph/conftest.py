"""A loopback Graph with one site and one library, and the real msgraph-sdk pointed at it."""

from __future__ import annotations

from collections.abc import AsyncIterator

import aiohttp
import pytest
from fake_graph import FakeGraph, loopback_graph
from graph_book import Library
from graph_kit import sdk_client
from msgraph import GraphServiceClient


@pytest.fixture
async def graph() -> AsyncIterator[FakeGraph]:
    async with loopback_graph() as running:
        yield running


@pytest.fixture
def cases(graph: FakeGraph) -> Library:
    return graph.site("sites/cspr").library("Cases")


@pytest.fixture
def client(graph: FakeGraph) -> GraphServiceClient:
    return sdk_client(graph)


@pytest.fixture
async def http(graph: FakeGraph) -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as session:
        yield session
