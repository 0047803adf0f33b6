"""`make install` brings nothing of Slack's: without its libraries all else works, and who asks for Slack is told what to do."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
WITHOUT = """
import sys

class Absent:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in ("slack_bolt", "slack_sdk"):
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)

sys.meta_path.insert(0, Absent())
from bot.cli import main
sys.exit(main())
"""


def command(*arguments: str) -> list[str]:
    return [sys.executable, "-c", WITHOUT, *arguments]


def surroundings(folder: Path, **settings: object) -> dict[str, str]:
    """Settings of this test alone."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("CSPR_")}
    ours = {"CSPR_DATA": folder / "data", "CSPR_LIBRARY": folder / "library", **settings}
    return kept | {name: str(value) for name, value in ours.items()} | {"PYTHONPATH": str(ROOT)}


def run(folder: Path, *arguments: str, typed: str = "", **settings: object) -> subprocess.CompletedProcess[str]:
    given = surroundings(folder, **settings)
    return subprocess.run(
        command(*arguments), cwd=folder, env=given, input=typed, capture_output=True, text=True, timeout=60, check=False
    )


def free_port() -> int:
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        port: int = asked.getsockname()[1]
        return port


def test_somebody_talks_in_the_terminal(tmp_path: Path) -> None:
    done = run(tmp_path, "chat", typed="help\n")
    assert (done.returncode, done.stderr) == (0, "")
    assert "CSPR Assistant" in done.stdout


def test_a_case_is_played(tmp_path: Path) -> None:
    done = run(tmp_path, "play", str(ROOT / "tests/bot/plays/refused.yaml"), "--out", str(tmp_path / "out"))
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("name", ["--help", "migrate", "package"])
def test_the_other_commands_start(name: str, tmp_path: Path) -> None:
    assert "ModuleNotFoundError" not in run(tmp_path, name).stderr


def test_the_slack_manifest_is_made(tmp_path: Path) -> None:
    done = run(tmp_path, "package", "--slack", "--socket-mode")
    assert (done.returncode, done.stderr) == (0, "")


def test_the_assistant_runs_in_teams(tmp_path: Path) -> None:
    given = surroundings(tmp_path, CSPR_PORT=free_port())
    with subprocess.Popen(command("run"), cwd=tmp_path, env=given, stdout=subprocess.PIPE, text=True) as running:
        assert running.stdout is not None
        assert running.stdout.readline().startswith("Ready on")
        running.send_signal(signal.SIGTERM)
        assert running.wait(30) == 0


def test_asking_for_slack_says_what_to_install(tmp_path: Path) -> None:
    tokens, secret = tmp_path / "tokens", tmp_path / "secret"
    tokens.write_text("T0TEST xoxb-test\n", encoding="utf-8")
    secret.write_text("test\n", encoding="utf-8")
    slack = {"CSPR_SLACK_TOKENS_FILE": tokens, "CSPR_SLACK_SIGNING_SECRET_FILE": secret, "CSPR_TENANTS": "T0TEST"}
    done = run(tmp_path, "run", CSPR_PORT=free_port(), **slack)
    assert done.returncode == 1
    assert done.stderr == "Slack is set, but what it needs is not installed. Run: make install-slack\n"
