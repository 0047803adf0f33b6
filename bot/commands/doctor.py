"""`cspr doctor`: what is wrong with this installation, and what to do about it."""

from __future__ import annotations

import argparse
import asyncio
import os
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

from bot.clock import SystemClock

if TYPE_CHECKING:
    from bot.doctor.examining import Result

HELP = "check this installation, and say what to do about what is wrong"
ABOUT = (
    "Check settings, permissions, reachability, clock, keys, channels and templates, and say what to do about what is wrong. "
    "It may run while the assistant runs. It changes nothing, unless --write is given."
)


def add_to(subcommands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add `doctor` to the commands."""
    parser = subcommands.add_parser("doctor", help=HELP, description=ABOUT)
    parser.add_argument("--json", action="store_true", help="print JSON, for a machine")
    parser.add_argument(
        "--write", action="store_true", help="write a small file into each library, read it, and delete it again"
    )
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """0 where nothing failed, 1 where something did. Warnings are no failures."""
    from bot.doctor.saying import any_failed, as_json, as_text  # noqa: PLC0415 - the checks import every door

    results = asyncio.run(_results(write=options.write))
    sys.stdout.write(as_json(results) if options.json else as_text(results))
    return 1 if any_failed(results) else 0


async def _results(*, write: bool) -> Sequence[Result]:
    from bot.doctor.examining import examined  # noqa: PLC0415
    from bot.http import pooled_session  # noqa: PLC0415

    async with pooled_session() as session:
        return await examined(dict(os.environ), SystemClock(), session, write=write)
