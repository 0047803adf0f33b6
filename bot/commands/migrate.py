"""`cspr migrate`: bring the database to this version's schema, tried on a copy first."""

from __future__ import annotations

import argparse
import sys

from bot.commands.starting import with_settings
from bot.settings import Settings
from bot.wiring import DATABASE, keys_of
from state.sqlite.adopting import adopt
from state.sqlite.opening import migrate


def add_to(subcommands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add `migrate` to the commands."""
    parser = subcommands.add_parser("migrate", help="bring the database to this version's schema")
    parser.set_defaults(run=run)


def run(_options: argparse.Namespace) -> int:
    """Migrate, and say from which schema to which. Run again it changes nothing."""
    return with_settings(_migrate)


def _migrate(settings: Settings) -> int:
    before, after = migrate(settings.data / DATABASE)
    sys.stdout.write(f"The database was at schema {before} and is now at schema {after}.\n")
    if known := adopt(settings.data / DATABASE, keys_of(settings)):
        sys.stdout.write(f"Documents that were filed before and can be listed in chat now: {known}.\n")
    return 0
