"""The whole demo with its libraries in SharePoint, through the real msgraph-sdk, with nothing wrong and with everything wrong."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from graph_faults import TROUBLES
from graph_judge import nobody_named, nothing_overwritten, nothing_shared, written_twice
from sharepoint_play import Played, played

DEMO = Path(__file__).parents[2] / "templates" / "north-somerset" / "demo" / "case.yaml"
NAMES = ("Test Child", "Test Mother", "Test Father")


def judged(made: Played) -> None:
    """Every document is there once, nothing was written over or shared, and nobody is named."""
    assert made.failure == ""
    assert nothing_overwritten(made.graph) == []
    assert nothing_shared(made.graph) == []
    assert nobody_named(made.graph, NAMES) == []
    for library in made.graph.book.libraries:
        assert written_twice(library) == []


@pytest.mark.timeout(600)
async def test_plain(tmp_path: Path) -> None:
    made = await played(DEMO, tmp_path / "out")
    judged(made)
    print({lib.name: len(made.graph.files(lib)) for lib in made.graph.book.libraries}, Counter(made.graph.kinds()))


@pytest.mark.timeout(600)
async def test_the_whole_case_is_filed_though_each_call_goes_wrong_once(tmp_path: Path) -> None:
    made = await played(DEMO, tmp_path / "out", ways=list(TROUBLES))

    judged(made)
    ways = Counter(trouble for _, _, trouble in made.graph.faults.made)
    assert len(ways) == len(TROUBLES)
    cases, *own = made.graph.book.libraries
    files = made.graph.files(cases)
    print(len(files), len(made.graph.log), Counter(one.rpartition(" v")[2] for one in files))
