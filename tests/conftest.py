"""What every test shares: fixed seeds for hypothesis, and a story on fresh data."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from hypothesis import settings
from story import Story

settings.register_profile("tests", derandomize=True, max_examples=60, deadline=None)
settings.load_profile("tests")


@pytest.fixture
async def story(tmp_path: Path) -> AsyncIterator[Story]:
    told = await Story(tmp_path).open()
    yield told
    told.close()
