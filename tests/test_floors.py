"""A floor imports only floors below it, and the SDKs of the channels are imported in `bot/` alone."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
BELOW = ("dialogs", "templates", "state")
SDKS = {"aiohttp", "botbuilder", "botframework", "slack_bolt", "slack_sdk", "msgraph", "azure", "jwt", "prompt_toolkit"}
READS_THE_CLOCK = {("datetime", "now"), ("datetime", "utcnow"), ("datetime", "today"), ("date", "today"), ("time", "time")}


def files(floor: str) -> list[Path]:
    return sorted((ROOT / floor).rglob("*.py"))


def imported(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module


def test_the_floors_hold() -> None:
    found = subprocess.run(
        [Path(sys.executable).parent / "lint-imports", "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert found.returncode == 0, found.stdout + found.stderr
    assert "1 kept" in found.stdout


@pytest.mark.parametrize("floor", BELOW)
def test_no_sdk_is_imported_below_the_doors(floor: str) -> None:
    assert files(floor)
    for path in files(floor):
        names = {name.split(".")[0] for name in imported(ast.parse(path.read_text(encoding="utf-8")))}
        assert not names & SDKS, path


@pytest.mark.parametrize("floor", ["bot", *BELOW])
def test_only_the_clock_reads_the_clock(floor: str) -> None:
    for path in files(floor):
        if path == ROOT / "bot" / "clock.py":
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
                assert (node.value.id, node.attr) not in READS_THE_CLOCK, f"{path}:{node.lineno}"


@pytest.mark.parametrize("floor", ["bot", *BELOW])
def test_no_file_is_longer_than_people_read(floor: str) -> None:
    assert [path for path in files(floor) if len(path.read_text(encoding="utf-8").splitlines()) > 350] == []
