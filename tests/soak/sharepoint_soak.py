"""The demo with its libraries in SharePoint, once for each way in which a call can go wrong: each call does so once.

Run: PYTHONPATH=.:tests:tests/graph:tests/bot python -m tests.soak.sharepoint_soak counts.json [TROUBLE ...]
"""

from __future__ import annotations

import asyncio
import json
import logging
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from graph_faults import TROUBLES
from graph_judge import each_once, nobody_named, nothing_overwritten, nothing_shared
from sharepoint_play import Played, played

DEMO = Path(__file__).parents[2] / "templates" / "north-somerset" / "demo" / "case.yaml"
NAMES = ("Test Child", "Test Mother", "Test Father")
NOTHING = "nothing"
"""What the play without a trouble is called: what is there afterwards has to be there after every other."""
Files = Mapping[str, frozenset[str]]


def files_of(made: Played) -> Files:
    """The paths in each library."""
    return {library.name: frozenset(library.files()) for library in made.graph.book.libraries}


def wrong_in(made: Played, expected: Files) -> Iterator[str]:
    """What did not hold: every document is there once, nothing was written over or shared, and nobody is named."""
    if made.failure:
        yield made.failure
    yield from (f"{path} is in the ledger or in a library, and not in both." for path in sorted(made.lying() ^ made.filed))
    yield from nothing_overwritten(made.graph)
    yield from nothing_shared(made.graph)
    yield from nobody_named(made.graph, NAMES)
    for library in made.graph.book.libraries:
        yield from each_once(made.graph, library, expected[library.name])


async def one(trouble: str, expected: Files) -> tuple[dict[str, object], Files]:
    """One play with one trouble, or with none."""
    begun = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        made = await played(DEMO, Path(folder) / "out", ways=() if trouble == NOTHING else (trouble,))
    there = files_of(made)
    found: dict[str, object] = {
        "seconds": round(time.monotonic() - begun, 1),
        "calls": len(made.graph.log),
        "faults": len(made.graph.faults.made),
        "files": sum(map(len, there.values())),
        "wrong": list(wrong_in(made, expected or there)),
    }
    return found, there


async def soak(out: Path, troubles: Sequence[str]) -> int:
    """All of them, one after the other. What is known so far is kept after each."""
    expected: Files = {}
    counts: dict[str, dict[str, object]] = {}
    for trouble in (NOTHING, *troubles):
        counts[trouble], there = await one(trouble, expected)
        expected = expected or there
        out.write_text(json.dumps(counts, indent=2), encoding="utf-8")
        print(trouble, counts[trouble], flush=True)
    return 1 if any(count["wrong"] for count in counts.values()) else 0


if __name__ == "__main__":
    logging.disable(logging.CRITICAL)  # Each trouble is logged, and each is wanted here.
    sys.exit(asyncio.run(soak(Path(sys.argv[1]), sys.argv[2:] or list(TROUBLES))))
