"""Filing in a library where everything happens: faults and ends at each step, people who edit, rename, delete, hold and add."""

from __future__ import annotations

import os

import pytest
from filing_kit import Simulated

FIRST, COUNT = (int(one) for one in os.environ.get("CSPR_TEST_FILING_SEEDS", "0 12").split())
SEEDS = range(FIRST, FIRST + COUNT)


@pytest.mark.parametrize("keeps_versions", [True, False], ids=["versions", "folder"])
async def test_everything_arrives_once_and_nobody_s_words_are_lost(keeps_versions: bool) -> None:
    for seed in SEEDS:
        simulated = Simulated(seed, keeps_versions=keeps_versions)
        try:
            await simulated.run(orders=3)
        except AssertionError as wrong:
            raise AssertionError(f"seed {seed}: {wrong}") from wrong
