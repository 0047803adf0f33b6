"""What the collector is told once the assistant is ready."""

from __future__ import annotations

import gc
import weakref
from collections.abc import Iterator

import pytest

from bot.memory import settle_memory


class Ring:
    """Refers to itself: only the collector can let it go."""

    def __init__(self) -> None:
        self.itself = self


@pytest.fixture
def as_before() -> Iterator[None]:
    thresholds = gc.get_threshold()
    yield
    gc.unfreeze()
    gc.set_threshold(*thresholds)


@pytest.mark.usefixtures("as_before")
def test_what_was_there_is_set_aside_and_what_comes_later_is_still_collected() -> None:
    settle_memory()
    assert gc.get_freeze_count() > 1_000
    assert gc.isenabled()
    later = weakref.ref(Ring())
    gc.collect()
    assert later() is None
