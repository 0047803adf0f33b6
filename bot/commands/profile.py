"""`cspr profile check`: what is wrong with a profile, by file and line; `cspr profile schema`: JSON Schemas for editors."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from pathlib import Path

from pydantic import BaseModel

from templates.agencies_file import AgenciesFile
from templates.asking import Phrases
from templates.checking import problems
from templates.forms.model import Form, Lists
from templates.forms.yaml_lines import Mistake
from templates.profile import PeopleFile, ProfileFile, profile_folder
from templates.wording import WordingError

SCHEMAS: dict[str, type[BaseModel]] = {
    "form": Form,
    "lists": Lists,
    "profile": ProfileFile,
    "people": PeopleFile,
    "asking": Phrases,
    "agencies": AgenciesFile,
}


def add_to(subcommands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add `profile` to the commands."""
    parser = subcommands.add_parser("profile", help="check a partnership's profile")
    actions = parser.add_subparsers(dest="action", required=True)
    check = actions.add_parser("check", help="say what is wrong, by file and line")
    check.add_argument("profile", nargs="?", default="north-somerset", help="a profile that ships, or a folder")
    check.set_defaults(run=run)
    schema = actions.add_parser("schema", help="write JSON Schemas for editors")
    schema.add_argument("folder", type=Path, help="where to write them")
    schema.set_defaults(run=write_schemas)


def run(options: argparse.Namespace) -> int:
    """0 when nothing is wrong, 1 with a line for each mistake."""
    found = list(_found(options.profile))
    for line in found:
        sys.stdout.write(f"{line}\n")
    if not found:
        sys.stdout.write("Nothing is wrong with this profile.\n")
    return 1 if found else 0


def _found(name: str) -> Iterator[str]:
    try:
        yield from problems(profile_folder(name))
    except Mistake as mistake:
        yield from mistake.lines
    except WordingError as wrong:
        yield str(wrong)


def write_schemas(options: argparse.Namespace) -> int:
    """Write one JSON Schema for each kind of file."""
    options.folder.mkdir(parents=True, exist_ok=True)
    for name, model in SCHEMAS.items():
        text = json.dumps(model.model_json_schema(), indent=2, ensure_ascii=False) + "\n"
        (options.folder / f"{name}.schema.json").write_text(text, encoding="utf-8")
    return 0
