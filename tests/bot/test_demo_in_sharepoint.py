"""The whole demo with its libraries in SharePoint, through the real msgraph-sdk, where each call goes wrong once."""

from __future__ import annotations

from pathlib import Path

import pytest
from graph_faults import TROUBLES
from graph_judge import nobody_named, nothing_overwritten, nothing_shared, written_twice
from sharepoint_play import OWN, played

DEMO = Path(__file__).parents[2] / "templates" / "north-somerset" / "demo" / "case.yaml"
NAMES = ("Test Child", "Test Mother", "Test Father")
HANGS = [name for name in TROUBLES if name.startswith("timeout")]
WAYS = [*TROUBLES, *(name for name in TROUBLES if name not in HANGS), *(name for name in TROUBLES if name not in HANGS)]
"""Waiting for an answer that never comes takes time: it happens less often than the rest."""


@pytest.mark.timeout(600)
async def test_the_whole_case_is_filed_once_though_each_call_goes_wrong(tmp_path: Path) -> None:
    made = await played(DEMO, tmp_path / "out", WAYS)

    assert made.failure == ""
    assert {trouble.name for _, _, trouble in made.graph.faults.made} == {one.name for one in TROUBLES.values()}
    assert made.lying() == made.filed, "every document is there, and nothing else"
    assert all(" v1." in path for path in made.filed), "what nobody changed has one file, with its versions"
    assert {path.partition(":")[0] for path in made.filed if ":" in path} == set(OWN)
    assert [*nothing_overwritten(made.graph), *nothing_shared(made.graph), *nobody_named(made.graph, NAMES)] == []
    assert [sentence for library in made.graph.book.libraries for sentence in written_twice(library)] == []
