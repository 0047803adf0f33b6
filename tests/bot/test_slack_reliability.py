"""Slack is as reliable as we promise, whatever goes wrong: lives drawn from seeds, judged at the fake.

`make soak` goes through many more seeds. A life that fails is lived again from its seed.
"""

from __future__ import annotations

import asyncio
import json
import os
import tempfile
from collections import Counter
from pathlib import Path

from fake_slack import FakeSlack, serving
from slack_judge import Judge
from slack_trouble import Trouble
from story import START

from bot.clock import MovableClock

SOAK = os.environ.get("CSPR_TEST_SLACK", "")
"""Where `make soak` wants the counts; it says with which seed to begin, and how many lives."""
FIRST, LIVES = map(int, os.environ.get("CSPR_TEST_SLACK_SEEDS", "0 3").split())
STEPS = 60


async def lived(folder: Path, seed: int, steps: int = STEPS) -> tuple[list[str], Counter[str]]:
    """What was wrong in the life of that seed, and what was counted."""
    clock = MovableClock(START)
    fake = FakeSlack(clock, limited=False)
    async with serving(fake):
        life = Trouble(folder, seed, fake, clock)
        await life.live()
        try:
            await life.begin()
            await life.lives(steps)
        finally:
            await life.end()
        judge = Judge(fake, life.profile.words, life.parts.keys, folder / "data")
        return judge.wrong(life.acknowledged), judge.counts + life.counts


def test_whatever_goes_wrong_nothing_is_lost_and_nothing_comes_more_than_twice() -> None:
    counts: Counter[str] = Counter()
    for seed in range(FIRST, FIRST + LIVES):
        with tempfile.TemporaryDirectory() as folder:
            wrong, counted = asyncio.run(lived(Path(folder), seed))
        assert wrong == [], f"seed {seed}"
        counts += counted
    for happened in ("killed", "not acknowledged", "arrived marked", "rows dead", "reminders sent"):
        assert counts[happened], happened
    if SOAK:
        Path(SOAK).write_text(json.dumps(counts, indent=2, sort_keys=True) + "\n", encoding="utf-8")
