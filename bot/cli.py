"""The `cspr` command. Each sub-command is a module of its own and is imported only when it is the one that was asked for."""

from __future__ import annotations

import argparse
import importlib
import sys
from collections.abc import Sequence

COMMANDS = (
    "assess",
    "chat",
    "delivery",
    "docs",
    "doctor",
    "due",
    "history",
    "keys",
    "migrate",
    "package",
    "play",
    "profile",
    "run",
    "setup",
    "template",
    "understand",
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command. 0 done, 1 it could not be done, 2 it was asked wrongly."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    options = _parser(given).parse_args(given)
    result: int = options.run(options)
    return result


def _parser(given: Sequence[str]) -> argparse.ArgumentParser:
    asked = given[0] if given and given[0] in COMMANDS else ""
    return full_parser([asked] if asked else COMMANDS)


def full_parser(commands: Sequence[str] = COMMANDS) -> argparse.ArgumentParser:
    """The parser with these commands; by default with all of them, for the list of help and the page of the docs."""
    parser = argparse.ArgumentParser(prog="cspr", description="The CSPR Assistant.")
    subcommands = parser.add_subparsers(dest="command", required=True)
    for name in commands:
        importlib.import_module(f"bot.commands.{name}").add_to(subcommands)
    return parser


def entry() -> None:
    """What the installed script calls."""
    sys.exit(main())


if __name__ == "__main__":
    entry()
