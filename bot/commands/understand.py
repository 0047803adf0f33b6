"""`cspr understand TEXT`: what the assistant makes of a typed request, as one line of JSON."""

from __future__ import annotations

import argparse
import datetime as dt
import json
import sys
from pathlib import Path

from bot.clock import SystemClock
from bot.commands.refusing import NORTH_SOMERSET, Refused, refused
from dialogs.asking.meaning import printed
from dialogs.asking.understanding import understand
from dialogs.asking.vocabulary import Vocabulary
from state.values import london_day
from templates.agencies_file import load_agencies
from templates.asking import load_danger, load_phrases
from templates.forms.load import load_lists
from templates.forms.yaml_lines import Mistake, Source
from templates.organisations import load_organisations
from templates.profile import ProfileFile, profile_folder

HELP = "say what the assistant makes of a typed request"
ROLES = ("practitioner", "agency_lead", "coordinator", "manager", "action_owner")


def add_to(subcommands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add `understand` to the commands."""
    about = f"{HELP[0].upper()}{HELP[1:]}, as one line of JSON. Offline, and the same for everybody."
    parser = subcommands.add_parser("understand", help=HELP, description=about)
    parser.add_argument("text", metavar="TEXT", help="what somebody types")
    parser.add_argument("--as", dest="role", metavar="ROLE", default="coordinator", help=f"who types it: {', '.join(ROLES)}")
    parser.add_argument(
        "--today", metavar="DATE", default="", help="the day it is typed, an ISO date (default: today in London)"
    )
    parser.add_argument(
        "--after", metavar="TEXT", action="append", default=[], help="what they typed before; several times, the oldest first"
    )
    parser.add_argument("--profile", default=NORTH_SOMERSET, help="the partnership's profile (default: %(default)s)")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Print what is meant; 2 and a sentence on standard error for a role, a day or a profile that there is not."""
    try:
        _known_role(options.role)
        today = _day(options.today)
        folder = profile_folder(options.profile)
        names = {one.name: one.id for one in load_organisations(folder / "organisations.yaml").organisations}
        meant = understand(options.text, _vocabulary(folder), today=today, earlier=tuple(options.after), organisations=names)
    except (Refused, Mistake, OSError) as error:
        return refused(str(error))
    sys.stdout.write(json.dumps(printed(meant)) + "\n")
    sys.stdout.flush()
    return 0


def _vocabulary(folder: Path) -> Vocabulary:
    """The words of the profile, and none of its forms: the command answers at once."""
    prefix = Source(folder / "profile.yaml").load(ProfileFile).prefix
    agencies = load_agencies(folder / "agencies.yaml", load_lists(folder / "lists.yaml"))
    return Vocabulary(load_phrases(folder / "asking.yaml"), load_danger(folder / "danger.yaml"), agencies, prefix)


def _known_role(role: str) -> None:
    """Who asks never changes what the words mean, only what may be done with them. A role there is not is a slip."""
    if role not in ROLES:
        raise Refused(f"{role}: there is no such role. The roles are: {', '.join(ROLES)}.")


def _day(text: str) -> dt.date:
    if not text:
        return london_day(SystemClock().now())
    try:
        return dt.date.fromisoformat(text)
    except ValueError as error:
        raise Refused(f"{text}: this is not an ISO date such as 2026-11-25.") from error
