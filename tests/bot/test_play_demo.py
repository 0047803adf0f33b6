"""The repository's own demo, as `make demo` plays it."""

from __future__ import annotations

from pathlib import Path

from play_kit import run_file

DEMO = Path(__file__).parents[2] / "templates" / "north-somerset" / "demo" / "referral.yaml"


def test_the_repositorys_demo_plays_to_its_end(tmp_path: Path, capsys) -> None:
    played = run_file(DEMO, tmp_path / "out", capsys)

    assert (played.code, played.complaint) == (0, "")
    names = sorted(path.name for path in played.out.rglob("*") if path.is_file())
    assert names == ["NS-2026-0001 1a Referral v1.docx", "conversation.txt"]


def test_make_plays_that_file() -> None:
    makefile = (DEMO.parents[3] / "Makefile").read_text(encoding="utf-8")

    assert f"cspr play {DEMO.relative_to(DEMO.parents[3])} --out out/demo" in makefile
