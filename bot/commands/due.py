"""`cspr due CLOCK FROM`: when something falls due, as one line of JSON."""

from __future__ import annotations

import argparse
import datetime as dt
import json
import sys

from bot.commands.refusing import NORTH_SOMERSET, Refused, refused
from state.clocks import ClockRefused, Due, due
from templates.clocks_file import load_clocks
from templates.forms.yaml_lines import Mistake
from templates.profile import profile_folder

CLOCKS = ("notification", "scoping_return", "rapid_review", "local_review", "report_to_panel")
HELP = "say when something falls due"


def add_to(subcommands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add `due` to the commands."""
    parser = subcommands.add_parser("due", help=HELP, description=f"{HELP[0].upper()}{HELP[1:]}, in England's working days.")
    parser.add_argument("clock", metavar="CLOCK", help=", ".join(CLOCKS))
    parser.add_argument("start", metavar="FROM", help="an ISO date, or date and time; the publication for report_to_panel")
    parser.add_argument("--profile", default=NORTH_SOMERSET, help="the partnership's profile (default: %(default)s)")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Print the due date; 2 and a sentence on standard error for anything that cannot be read, with nothing printed."""
    try:
        clocks = load_clocks(profile_folder(options.profile) / "clocks.yaml")
        found = due(_clock(options.clock), _start(options.start), clocks)
    except (Refused, ClockRefused, Mistake, OSError) as error:
        return refused(str(error))
    sys.stdout.write(json.dumps(_printed(found, options.start)) + "\n")
    sys.stdout.flush()
    return 0


def _clock(name: str) -> str:
    if name not in CLOCKS:
        raise Refused(f"{name}: there is no such clock. The clocks are: {', '.join(CLOCKS)}.")
    return name


def _start(text: str) -> dt.date | dt.datetime:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        pass
    try:
        return dt.datetime.fromisoformat(text)  # without an offset it is London time
    except ValueError as error:
        raise Refused(f"{text}: this is not an ISO date such as 2026-01-20, or 2026-01-20T16:30.") from error


def _printed(found: Due, start: str) -> dict[str, object]:
    excluded = [{"date": day.isoformat(), "name": name} for day, name in found.excluded]
    shown: dict[str, object] = {"clock": found.clock, "from": start, "due": found.date.isoformat()}
    shown |= {"excluded": excluded, "source": found.source}
    return shown | ({"warning": found.warning} if found.warning else {})
