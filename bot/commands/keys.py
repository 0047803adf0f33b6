"""`cspr keys new FILE` makes the key file that production needs; `cspr keys rotate FILE` adds a new current key to it."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from bot.commands.refusing import refused
from state.crypto import KeyProblem, KeyRing, load_or_make_key, rotate_key


def add_to(subcommands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add `keys` to the commands."""
    parser = subcommands.add_parser("keys", help="make or rotate the encryption keys")
    actions = parser.add_subparsers(dest="action", required=True)
    new = actions.add_parser("new", help="make a key file, readable by its owner alone; never over a file that is there")
    new.set_defaults(run=run_new)
    rotate = actions.add_parser("rotate", help="add a new current key; older keys stay, to open what they sealed")
    rotate.set_defaults(run=run_rotate)
    for command in (new, rotate):
        command.add_argument(
            "file", metavar="FILE", type=Path, help="the key file, kept apart from the database and its backups"
        )


def run_new(options: argparse.Namespace) -> int:
    """Make the file. 2, with a sentence, where one is there or the folder cannot be written."""
    if options.file.exists():
        return refused(f"{options.file} is there already and was left as it is. Name another file.")
    try:
        keys = load_or_make_key(options.file)
    except (KeyProblem, OSError) as problem:
        return refused(f"{options.file}: the key file cannot be made ({problem}). Choose another folder.")
    return _said(options.file, keys)


def run_rotate(options: argparse.Namespace) -> int:
    """Add a key. 2, with a sentence, where the file cannot be used."""
    try:
        keys = rotate_key(options.file)
    except (KeyProblem, OSError) as problem:
        return refused(str(problem))
    return _said(options.file, keys)


def _said(file: Path, keys: KeyRing) -> int:
    sys.stdout.write(f"{file} has the current key {keys.current}. Back it up, apart from the database.\n")
    return 0
