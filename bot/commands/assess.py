"""`cspr assess FACTS.json`: what the guidance says about a child's facts, as JSON. It advises; a named person decides."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NoReturn

from bot.commands.refusing import NORTH_SOMERSET, Refused, refused
from templates.forms.yaml_lines import Mistake
from templates.profile import profile_folder
from templates.rules import FactsRefused, Rules, as_json, assess, load_rules

HELP = "say what the guidance says about a child's facts"
MOST_BYTES = 50_000_000


def add_to(subcommands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add `assess` to the commands."""
    parser = subcommands.add_parser("assess", help=HELP, description=f"{HELP[0].upper()}{HELP[1:]}. Prints advice as JSON.")
    parser.add_argument(
        "facts", metavar="FACTS.json", help="a JSON object of facts, or an array of them; - reads standard input"
    )
    parser.add_argument("--profile", default=NORTH_SOMERSET, help="the partnership's profile (default: %(default)s)")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Print the advice; 2 and a sentence on standard error for anything that cannot be read, with nothing printed."""
    try:
        rules = load_rules(profile_folder(options.profile) / "rules")
        printed = json.dumps(_assessed(_parsed(_read(options.facts)), rules), ensure_ascii=False, indent=2)
    except (Refused, FactsRefused, Mistake, OSError) as error:
        return refused(str(error))
    sys.stdout.buffer.write(printed.encode("utf-8") + b"\n")
    sys.stdout.flush()
    return 0


def _read(name: str) -> str:
    try:
        raw = sys.stdin.buffer.read(MOST_BYTES + 1) if name == "-" else _file_bytes(Path(name))
        if len(raw) > MOST_BYTES:
            raise Refused("The facts are too long to be read at once. Split them into several files.")
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Refused("The facts are not UTF-8 text. Save the file as UTF-8.") from error


def _file_bytes(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(MOST_BYTES + 1)
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or "that is not a file name"
        raise Refused(f"{path}: the facts cannot be read ({why}). Check the name of the file.") from error


def _parsed(text: str) -> Any:
    try:
        return json.loads(text, object_pairs_hook=_once, parse_constant=_no_such_number)
    except (json.JSONDecodeError, RecursionError) as error:
        where = f" (line {error.lineno}: {error.msg})" if isinstance(error, json.JSONDecodeError) else ""
        raise Refused(f"The facts are not readable JSON{where}. Mend them.") from error
    except ValueError as error:  # Python refuses to read integers of thousands of digits
        raise Refused("The facts hold a number that is too long. Mend them.") from error


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise Refused(f"{twice}: this stands here twice. Give each fact once.")
    return found


def _no_such_number(name: str) -> NoReturn:
    raise Refused(f"{name} is not a number that JSON knows. Mend the facts.")


def _assessed(data: Any, rules: Rules) -> Any:
    if isinstance(data, Mapping):
        return as_json(assess(data, rules))
    if not isinstance(data, list):
        raise Refused("The facts must be a JSON object, or an array of objects.")
    return [_one(item, at, rules) for at, item in enumerate(data, start=1)]


def _one(item: Any, at: int, rules: Rules) -> Any:
    if not isinstance(item, Mapping):
        raise Refused(f"Item {at} is not a JSON object of facts.")
    try:
        return as_json(assess(item, rules))
    except FactsRefused as error:
        raise Refused(f"Item {at}: {error}") from error
