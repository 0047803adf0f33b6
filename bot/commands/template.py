"""`cspr template new FORM`: a first Word template for a form, never over a file that is there."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from templates.documents.first import NotWritten, groups_of, write_first
from templates.forms.load import load_form, load_lists
from templates.profile import profile_folder
from templates.wording import Words, load_words


def add_to(subcommands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add `template` to the commands."""
    parser = subcommands.add_parser("template", help="write a first Word template")
    actions = parser.add_subparsers(dest="action", required=True)
    new = actions.add_parser("new", help="write a first template for a form, to be restyled in Word")
    new.add_argument("form", help="the form's id, such as referral")
    new.add_argument("--profile", default="north-somerset", help="the partnership's profile, by name or folder")
    new.add_argument("--to", type=Path, default=None, help="where to write it (the profile's documents folder)")
    new.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Write the template and say so. 1 where it is not written, with the reason."""
    folder = profile_folder(options.profile)
    words = load_words(folder / "booklet", folder / "words")
    target = options.to or folder / "documents" / f"{options.form}.docx"
    try:
        _write(options.form, target, words, folder)
    except NotWritten as why:
        sys.stderr.write(words.say(why.key, **why.values) + "\n")
        return 1
    sys.stdout.write(words.say("documents.template_made", path=target) + "\n")
    return 0


def _write(form: str, target: Path, words: Words, folder: Path) -> None:
    lists = load_lists(folder / "lists.yaml")
    options = [(option.id, option.label, option.heading) for option in lists["ethnicity"]]
    definition = folder / "forms" / f"{form}.yaml"
    shape = load_form(definition, lists) if definition.exists() else None
    write_first(form, target, words, groups_of(options), shape.form if shape else None)
