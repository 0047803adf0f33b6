"""What every test shares: fixed seeds for hypothesis, and a story on fresh data."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from hypothesis import settings
from story import Story

SOAK = os.environ.pop("CSPR_TEST_EXAMPLES", "")
"""Set by `make soak` alone: many more examples, from the seed it names."""
settings.register_profile("tests", derandomize=not SOAK, max_examples=int(SOAK or 60), deadline=None)
settings.load_profile("tests")


@pytest.fixture
async def story(tmp_path: Path) -> AsyncIterator[Story]:
    told = await Story(tmp_path).open()
    yield told
    told.close()


@pytest.fixture
async def both(tmp_path: Path) -> AsyncIterator[Story]:
    """A story of a partnership that uses Teams and Slack."""
    told = await Story(tmp_path / "both", slack=True).open()
    yield told
    told.close()
