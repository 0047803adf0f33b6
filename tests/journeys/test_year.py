"""A year of a busy partnership: whoever should know of a date is told, once, in working hours, and never after the return.

What happens is drawn (year_script.py) and done through the real house (year_world.py, year_acts.py). What should have been said
is worked out a second time, with GOV.UK's list of holidays (year_calendar.py, year_oracle.py,
year_judge.py). `make soak` takes whole years.
"""

from __future__ import annotations

import asyncio
import json
import os
import tempfile
import time
from collections import Counter
from pathlib import Path
from random import Random

from hypothesis import HealthCheck, Phase, given, settings
from story import profile
from year_judge import Judge
from year_script import CasePlan, Running, Script, Trouble, scripts
from year_world import Year

WHOLE = os.environ.get("CSPR_TEST_YEARS", "")
"""Where `make soak` wants the counts: it takes whole years, many cases and every organisation. Else there are a few weeks."""
SOME = ("police", "test-hospital-trust", "gp", "housing", "camhs", "fire")
COUNTS: Counter[str] = Counter()


PHASES = (Phase.explicit, Phase.generate) if WHOLE else tuple(Phase)
"""A whole year is not made smaller: each try takes minutes."""


@settings(suppress_health_check=list(HealthCheck), max_examples=settings().max_examples if WHOLE else 5, phases=PHASES)
@given(scripts(365, (24, 36), (16, 24)) if WHOLE else scripts(50, (1, 3), (2, 5)))
def test_a_year(script: Script) -> None:
    asyncio.run(_lived(script, everybody() if WHOLE else SOME))
    if WHOLE:
        Path(WHOLE).write_text(json.dumps(COUNTS, indent=2, sort_keys=True) + "\n", encoding="utf-8")


def test_three_processes_ring_at_once_for_a_month() -> None:
    draw = Random(20261126)
    cases = [
        CasePlan(day=2 * n, reads=1, asks=1, organisations=6, seed=draw.randint(0, 999), ending="decided") for n in range(3)
    ]
    restarts = [Trouble(day=day, kind="restart", amount=1, which=day) for day in (5, 12, 19)]
    asyncio.run(_lived(Script(days=30, processes=3, cases=tuple(cases), troubles=tuple(restarts)), SOME))
    assert COUNTS["reminders sent"] > 50


def everybody() -> tuple[str, ...]:
    """Two dozen organisations, one of each kind of Document 2."""
    return tuple(one.id for one in profile().organisations.organisations if one.id != "second-hospital-trust")[:24]


async def _lived(script: Script, organisations: tuple[str, ...]) -> None:
    begun = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        year = await Year(Path(folder)).open()
        try:
            await year.people_and_places(organisations)
            running = Running(year, script, organisations)
            await running.run()
            judge = Judge(year)
            wrong = judge.wrong()
        finally:
            year.close()
    COUNTS.update({"examples": 1, "cases": len(script.cases), "seconds": round(time.monotonic() - begun)})
    COUNTS.update({**running.done, **judge.counts})
    assert wrong == [], "\n".join(wrong[:20])
