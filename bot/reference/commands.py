"""docs/commands.md: the chores of the Makefile, the commands of `cspr`, and what people type in chat."""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from bot.cli import full_parser
from bot.reference.markdown import code, page, table
from dialogs.table import INTENTS
from templates.profile import Profile

MAKEFILE = Path(__file__).parents[2] / "Makefile"
CHORE = re.compile(r"^([a-z-]+):.*?## (.+)$", re.MULTILINE)
PHRASES_SHOWN = 4
Subcommands = argparse._SubParsersAction

CHORES = """
## Chores

Each does its own set-up first. `make help` prints this list.
"""

CSPR = """
## cspr

`make install` leaves it at `.venv/bin/cspr`. A command that cannot do what was asked says why on standard error and
ends with 1; one that was asked wrongly ends with 2.
"""

CHAT = """
## What people type

Buttons are enough, but most things can be typed as well, in ordinary words. Small mistakes are forgiven. What is not
understood is answered with the few things this person can do here. The phrases are data of the profile
(`asking.yaml`); the table shows the first few of each.

In the middle of a form:
"""

ANYWHERE = "Anywhere:"

CODES = """\
A one-time code is typed as it is, or after `claim`, in a one to one chat. One for a role that was typed in a channel
works no more: others could read it."""

CONSOLE = """
## In the console

`cspr chat` is for one machine with invented people. A line that begins with `/` is for the console itself:
"""


def commands_page(profile: Profile) -> str:
    """The page."""
    chores = [(code(f"make {name}"), does) for name, does in CHORE.findall(MAKEFILE.read_text(encoding="utf-8"))]
    phrases = profile.phrases
    return page(
        "Commands",
        CHORES,
        table(("chore", "what it does"), chores),
        CSPR,
        *_commands(full_parser()),
        CHAT,
        _phrases(phrases.moves),
        ANYWHERE,
        _phrases({name: said for name, said in phrases.intents.items() if name in INTENTS}),
        CODES,
        CONSOLE,
        "> " + profile.words.say("console.help"),
    )


def _phrases(known: Mapping[str, list[str]]) -> str:
    rows = [
        (name.replace("_", " "), ", ".join(f'"{one}"' for one in _plain(said)[:PHRASES_SHOWN])) for name, said in known.items()
    ]
    return table(("to", "for example"), rows)


def _plain(said: list[str]) -> list[str]:
    """The phrases that can be typed as they stand: not those with a place for an agency or a case."""
    return [one.replace("(s)", "") for one in said if "{" not in one]


def _commands(parser: argparse.ArgumentParser) -> Iterator[str]:
    """A heading, a sentence and the arguments of each command, and of the commands inside it."""
    inner = next((action for action in parser._actions if isinstance(action, Subcommands)), None)
    for name, command in inner.choices.items() if inner else ():
        deeper = list(_commands(command))
        helps = {choice.dest: choice.help or "" for choice in inner._choices_actions} if inner else {}
        if not deeper:
            yield f"### {command.prog}\n\n{_sentence(command.description or helps.get(name, ''))}"
            yield _arguments(command)
        yield from deeper


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:].rstrip('.')}."


def _arguments(command: argparse.ArgumentParser) -> str:
    rows = [(code(_name(action)), _help(action)) for action in command._actions if not isinstance(action, argparse._HelpAction)]
    return table(("argument", "what it is"), rows) if rows else ""


def _name(action: argparse.Action) -> str:
    if action.option_strings:
        takes = "" if action.nargs == 0 else f" {action.metavar or action.dest.upper()}"
        return f"{action.option_strings[-1]}{takes}"
    named = action.metavar if isinstance(action.metavar, str) else action.dest.upper()
    return f"[{named}]" if action.nargs == "?" else named


def _help(action: argparse.Action) -> str:
    return (action.help or "").replace("%(default)s", str(action.default))
