"""The repository's own demos: a referral that is talked through, and the whole case that `make demo` plays."""

from __future__ import annotations

from pathlib import Path

import pytest
from play_kit import run_file

DEMOS = Path(__file__).parents[2] / "templates" / "north-somerset" / "demo"
REFERRAL, CASE = DEMOS / "referral.yaml", DEMOS / "case.yaml"
ASKED = 27
"""Every invented organisation, and the one that a return names."""


def test_the_short_demo_plays_to_its_end(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    played = run_file(REFERRAL, tmp_path / "out", capsys)

    assert (played.code, played.complaint) == (0, "")
    names = sorted(path.name for path in played.out.rglob("*") if path.is_file())
    assert names == ["NS-2026-0001 1a Referral v1.docx", "conversation.txt"]


def test_the_whole_case_plays_to_its_end_with_its_folder_in_order(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    played = run_file(CASE, tmp_path / "out", capsys)

    assert (played.code, played.complaint) == (0, "")
    folder = played.out / "NS-2026-0001"
    parts = ["01 Referral", "02 Decision", "03 Requests", "04 Returns", "05 Rapid review", "06 Panel"]
    assert sorted(path.name for path in folder.iterdir()) == parts
    assert len(list((folder / "03 Requests").iterdir())) == ASKED
    assert len(list((folder / "04 Returns").iterdir())) == ASKED - 1, "one has not answered, and is not taken for a nil return"
    assert "NS-2026-0001: scoping return, due Friday 4 December 2026" in played.printed


def test_make_plays_that_file() -> None:
    makefile = (CASE.parents[3] / "Makefile").read_text(encoding="utf-8")

    assert f"cspr play {CASE.relative_to(CASE.parents[3])} --out out/demo" in makefile
