"""Plays for tests: written to a file, played by the command, with what it printed and left."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import NamedTuple

import pytest

from bot.commands import play

HEAD = """\
play: 1
profile: north-somerset
start: 2026-11-23T09:00
steps:
"""
FIRST_STEP = 5
"""The line of the first step below HEAD."""

COMPLETE = """\
  - as: practitioner
    form: referral
    by: talking
    answers:
      immediate_safety: yes
      children:
        - {name: Test Child One, date_of_birth: 2019-04-03, address: 1 Test Street, normally_resident: yes, deceased: no,
           seriously_harmed: yes, harm_description: A test injury., abuse_or_neglect: suspected, looked_after: no}
      incident_date: 2026-11-20
      incident_location: At home
      incident_place: in_area
      la_aware_at: 20/11/2026 14:30
      summary: A test summary.
"""
"""A step that answers all that is required, eleven lines long."""


class Played(NamedTuple):
    """What came of a play."""

    code: int
    printed: str
    complaint: str
    out: Path
    file: Path

    def document(self) -> Path:
        """The only Word file."""
        (made,) = self.out.rglob("*.docx")
        return made


def run(text: str, folder: Path, capsys: pytest.CaptureFixture[str]) -> Played:
    """Play a text. What was printed before is dropped."""
    file = folder / "case.yaml"
    file.write_text(text, encoding="utf-8")
    return run_file(file, folder / "out", capsys)


def run_file(file: Path, out: Path, capsys: pytest.CaptureFixture[str]) -> Played:
    """Play a file, as the command would."""
    parser = argparse.ArgumentParser()
    play.add_to(parser.add_subparsers())
    capsys.readouterr()
    options = parser.parse_args(["play", str(file), "--out", str(out)])
    code = options.run(options)
    said = capsys.readouterr()
    return Played(code, said.out, said.err, out, file)
