"""`cspr play CASE.yaml --out DIR`: play a whole case from a file, on a fresh database, with a clock that the file moves."""

from __future__ import annotations

import argparse
import asyncio
import sys
from pathlib import Path

from bot.commands.refusing import refused
from bot.play.player import play
from bot.play.script import load_script
from templates.forms.yaml_lines import Mistake
from templates.wording import WordingError


def add_to(subcommands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add `play` to the commands."""
    parser = subcommands.add_parser("play", help="play a whole case from a file")
    parser.add_argument("case", metavar="CASE.yaml", type=Path, help="the play file")
    parser.add_argument("--out", metavar="DIR", type=Path, required=True, help="where to leave the documents")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """0 when every step held; 1 with the line and what was seen; 2 with the line and what to do for a file that is no play."""
    try:
        script = load_script(options.case)
    except (Mistake, WordingError) as mistake:
        return refused(str(mistake))
    try:
        options.out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        return refused(f"{options.out}: this folder cannot be made ({error.strerror}). Name another with --out.")
    failure = asyncio.run(play(script, options.out, _write))
    if failure:
        sys.stderr.write(f"{failure}\n")
    return 1 if failure else 0


def _write(line: str) -> None:
    print(line, flush=True)
