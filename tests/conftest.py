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


@pytest.fixture(scope="module")
def asked_two(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data of a story in which the Trust and the police were asked: told once a file, and gone on from."""
    from word_steps import prepared  # It reads every form's layout in, which few tests need.

    folder = tmp_path_factory.mktemp("before") / "story"
    prepared(folder)
    return folder


@pytest.fixture
async def two_asked(asked_two: Path, tmp_path: Path) -> AsyncIterator[Story]:
    """The Trust and the police were asked."""
    from word_steps import goes_on

    told = await goes_on(asked_two, tmp_path / "story")
    yield told
    told.close()
