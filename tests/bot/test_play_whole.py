"""Whole plays as somebody would write them who knows the format only: each plays to its end."""

from __future__ import annotations

from pathlib import Path

import pytest
from play_kit import run_file

PLAYS = sorted((Path(__file__).parent / "plays").glob("*.yaml"))


@pytest.mark.parametrize("play", PLAYS, ids=lambda play: play.stem)
def test_a_play_of_an_outsider_holds(play: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    played = run_file(play, tmp_path / "out", capsys)

    assert (played.code, played.complaint) == (0, "")
