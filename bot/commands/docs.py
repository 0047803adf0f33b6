"""`cspr docs`: write the reference pages of docs/ anew from the code and the profile."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path


def add_to(subcommands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add `docs` to the commands."""
    parser = subcommands.add_parser("docs", help="write the reference pages from the code and the profile")
    parser.add_argument("--to", type=Path, default=Path("docs"), help="the folder to write them to (default: %(default)s)")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Write every page and name those that changed."""
    options.to.mkdir(parents=True, exist_ok=True)
    for name, text in pages().items():
        file = options.to / name
        if not file.exists() or file.read_text(encoding="utf-8") != text:
            file.write_text(text, encoding="utf-8")
            sys.stdout.write(f"{file} is written.\n")
    return 0


def pages() -> dict[str, str]:
    """Every reference page by file name, made from the profile that ships."""
    from bot.reference.access import access_page  # noqa: PLC0415 - the pages know every other command
    from bot.reference.commands import commands_page  # noqa: PLC0415
    from bot.reference.doctor import doctor_page  # noqa: PLC0415
    from bot.reference.forms import forms_page  # noqa: PLC0415
    from bot.reference.machines import machines_page  # noqa: PLC0415
    from bot.reference.settings import settings_page  # noqa: PLC0415
    from templates.profile import load_profile, profile_folder  # noqa: PLC0415

    profile = load_profile(profile_folder("north-somerset"))
    return {
        "access.md": access_page(),
        "commands.md": commands_page(profile),
        "doctor.md": doctor_page(),
        "forms.md": forms_page(profile),
        "machines.md": machines_page(profile),
        "settings.md": settings_page(),
    }
