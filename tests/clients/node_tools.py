"""Node, its packages and Chromium, for tests. `python tests/clients/node_tools.py` sets the packages up, no more."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent
LOCK = HERE / "package-lock.json"
STAMP = HERE / "node_modules" / ".done"
"""The Makefile's stamp too."""
SECONDS = 110


def missing() -> str:
    """What is missing on this machine to run Node's tools, or an empty text."""
    return ", ".join(program for program in ("node", "npm") if shutil.which(program) is None)


def set_up() -> None:
    """Install exactly what package-lock.json names, unless that was done since it changed. Runs no package's scripts."""
    if STAMP.exists() and STAMP.stat().st_mtime >= LOCK.stat().st_mtime:
        return
    command = ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
    subprocess.run(command, cwd=HERE, check=True, timeout=600, stdout=subprocess.DEVNULL)
    STAMP.touch()


def needed(*, browser: bool = False) -> None:
    """Skip the test where Node (or Chromium) is missing; in CI that is a failure. Sets the packages up."""
    import pytest

    absent = missing() or ("" if not browser or chromium() else "chromium")
    if absent and os.environ.get("CI"):
        pytest.fail(f"{absent} must be installed in CI.")
    if absent:
        pytest.skip(f"{absent} is not installed on this machine.")
    set_up()


def chromium() -> str:
    """Where Chromium is, or an empty text."""
    return (
        os.environ.get("CHROMIUM")
        or shutil.which("chromium")
        or shutil.which("chromium-browser")
        or shutil.which("google-chrome")
        or ""
    )


def run_js(script: str, *arguments: str) -> str:
    """What a script of this folder prints. Raises CalledProcessError where it fails."""
    environment = os.environ | {"CHROMIUM": chromium()}
    command = ["node", str(HERE / script), *arguments]
    ran = subprocess.run(command, cwd=HERE, env=environment, capture_output=True, text=True, timeout=SECONDS, check=False)
    if ran.returncode:
        raise subprocess.CalledProcessError(ran.returncode, command, ran.stdout, ran.stderr)
    return ran.stdout


if __name__ == "__main__":
    if missing():
        sys.exit(f"{missing()} is not installed. The Agents Playground needs Node 20 or newer.")
    set_up()
