"""The page that explains plays names every key, command and expectation, and nothing that is not there."""

from __future__ import annotations

import re
from pathlib import Path

from play_kit import run

from bot.play.commands import COMMANDS, QUESTIONS
from bot.play.expected import DeadlineExpected, Expect, RequestExpected
from bot.play.model import STEP_KEYS

PAGE = (Path(__file__).parents[2] / "docs" / "plays.md").read_text(encoding="utf-8")
NAMED = set(re.findall(r"`([a-z_]+)(?::[^`]*)?`", PAGE))


def test_every_key_of_a_step_and_every_expectation_is_explained() -> None:
    keys = {*STEP_KEYS, *Expect.model_fields, *RequestExpected.model_fields, *DeadlineExpected.model_fields} - {"expect"}

    assert keys - NAMED == set()


def test_every_command_is_explained_and_no_other() -> None:
    table = PAGE.split("## Commands")[1].split("## What")[0]
    first = {
        name for line in table.splitlines() for name in re.findall(r"`([a-z_]+)`", line.split("|")[1] if "|" in line else "")
    }

    assert first - set(COMMANDS) == set()
    assert set(COMMANDS) - set(QUESTIONS) - first == {"mine", "cancel", "resume"}


def test_the_example_of_the_page_is_a_play(tmp_path: Path, capsys) -> None:
    example = PAGE.split("```yaml\n")[1].split("```")[0]
    played = run(example, tmp_path, capsys)

    assert played.code == 1, "the referral of the example is not complete, and nothing else is wrong with it"
    assert "this was refused" in played.complaint
