"""A story on fresh data."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from story import Story


@pytest.fixture
async def story(tmp_path: Path) -> AsyncIterator[Story]:
    told = await Story(tmp_path).open()
    yield told
    told.close()
