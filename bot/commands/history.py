"""`cspr history verify`: find a changed, missing, reordered or cut-off row of the history."""

from __future__ import annotations

import argparse
import asyncio
import sys
from pathlib import Path

from bot.commands.starting import with_settings
from bot.settings import Settings
from bot.wiring import keys_of, store_of

HEADS = "history-heads.jsonl"


def add_to(subcommands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add `history` to the commands."""
    parser = subcommands.add_parser("history", help="check the history")
    actions = parser.add_subparsers(dest="action", required=True)
    verify = actions.add_parser("verify", help="find a changed, missing, reordered or cut-off row")
    verify.add_argument("--heads", type=Path, default=None, help="the file of daily heads (default: in the library's folder)")
    verify.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """0 when the history is whole, 1 with a line for each problem."""
    return with_settings(lambda settings: asyncio.run(_verify(settings, options.heads)))


def heads_file(settings: Settings) -> Path:
    """Where each chain's length and head are kept daily, outside the database."""
    return settings.library / HEADS


async def _verify(settings: Settings, heads: Path | None) -> int:
    store = store_of(settings, keys_of(settings))
    try:
        file = heads or heads_file(settings)
        problems = await store.verify_history(file if file.exists() else None)
    finally:
        store.close()
    for problem in problems:
        sys.stdout.write(f"{problem}\n")
    if not problems:
        sys.stdout.write("The history is whole.\n")
    return 1 if problems else 0
