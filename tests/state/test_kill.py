"""Killing the process at any moment loses no acknowledged turn, leaves none half there, and breaks no rule of delivery."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_five_kills_lose_nothing(tmp_path: Path) -> None:
    out = tmp_path / "soak.json"
    command = [sys.executable, "-m", "tests.soak.kill_soak", "--seed", "7", "--kills", "5", "--out", str(out)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=100, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    found = json.loads(out.read_text())
    assert (found["wrong"], found["kills"]) == ([], 5)
    assert found["acknowledged"] > 50
    assert found["sent"] > 50
