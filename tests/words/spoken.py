"""Every sentence of ours that a person may read, with where it stands: words, forms, lists, rules and what commands print."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

import yaml

ROOT = Path(__file__).parents[2]
PROFILE = ROOT / "templates" / "north-somerset"
WORDS = ROOT / "templates" / "words"
HERE = Path(__file__).parent
TEXTS_OF_A_QUESTION = ("ask", "label", "why", "help", "skip")
TEXTS_OF_A_RULE = ("text", "source")
READ_IN_A_MANIFEST = frozenset(
    {"title", "name", "description", "long_description", "short", "full", "usage_hint", "display_name"}
)
SAYS_TO_AN_OPERATOR = frozenset(
    {
        "Refused",
        "SettingsRefused",
        "TeamsSettingsError",
        "SlackSettingsError",
        "KeyProblem",
        "WrongKey",
        "Corrupted",
        "TemplateError",
        "WordingError",
    }
)


class Spoken(NamedTuple):
    """One message: its file, its key there, and its text. `kind` is words, form, list, rule, clock, manifest or operator."""

    kind: str
    file: str
    key: str
    text: str

    @property
    def where(self) -> str:
        """As a failure names it."""
        return f"{self.file}: {self.key}"


def reviewed(name: str) -> frozenset[str]:
    """A short list that people review, one entry a line; `#` begins a comment."""
    lines = (HERE / name).read_text(encoding="utf-8").splitlines()
    return frozenset(line.strip() for line in lines if line.strip() and not line.startswith("#"))


@lru_cache(maxsize=1)
def everything() -> tuple[Spoken, ...]:
    """Every message of ours. The booklet's own labels are left out by a reviewed list, its text by its folder."""
    booklet = reviewed("booklet_labels.txt")
    found = [*_words(), *_forms(), *_lists(), *_rules(), *_clocks(), *_manifest()]
    return tuple(one for one in found if one.text.strip() and one.text not in booklet)


@lru_cache(maxsize=1)
def for_operators() -> tuple[Spoken, ...]:
    """What commands and settings say to whoever runs the assistant, read from the code."""
    return tuple(one for path in sorted((ROOT / "bot").rglob("*.py")) for one in _operator(path))


def booklet_text() -> str:
    """All of the booklet's own text in the profile, for checking quotations."""
    files = sorted((PROFILE / "booklet").glob("*.yaml"))
    return " ".join(str(value) for file in files for value in _load(file).values())


def _load(path: Path) -> Any:
    return yaml.safe_load(path.read_text(encoding="utf-8")) or {}


def _name(path: Path) -> str:
    return str(path.relative_to(ROOT))


def _words() -> Iterator[Spoken]:
    for path in [*sorted(WORDS.glob("*.yaml")), *sorted((PROFILE / "words").glob("*.yaml"))]:
        for key, text in _load(path).items():
            yield Spoken("words", _name(path), f"{path.stem}.{key}", str(text))


def _forms() -> Iterator[Spoken]:
    for path in sorted((PROFILE / "forms").glob("*.yaml")):
        form = _load(path)
        for part in ("title", "send", "cancel"):
            yield Spoken("form", _name(path), part, form.get(part, ""))
        for section in form["sections"]:
            for part in ("title", "intro"):
                yield Spoken("form", _name(path), f"{section['id']}.{part}", section.get(part, ""))
            for group, text in section.get("groups", {}).items():
                yield Spoken("form", _name(path), f"{section['id']}.{group}", text)
            for question in section["questions"]:
                yield from _question(_name(path), question)


def _question(file: str, question: dict[str, Any], prefix: str = "") -> Iterator[Spoken]:
    name = f"{prefix}{question['id']}"
    for part in TEXTS_OF_A_QUESTION:
        yield Spoken("form", file, f"{name}.{part}", question.get(part, ""))
    for column in question.get("columns", []):
        yield from _question(file, column, f"{name}.")


def _lists() -> Iterator[Spoken]:
    path = PROFILE / "lists.yaml"
    for name, options in _load(path)["lists"].items():
        for option in options:
            yield Spoken("list", _name(path), f"{name}.{option['id']}", option["label"])


def _rules() -> Iterator[Spoken]:
    for path in sorted((PROFILE / "rules").glob("*.yaml")):
        yield from _rule_texts(_name(path), "", _load(path))


def _rule_texts(file: str, key: str, part: Any) -> Iterator[Spoken]:
    if isinstance(part, dict):
        for name, value in part.items():
            is_text = isinstance(value, str) and (name in TEXTS_OF_A_RULE or key in (".words", ".facts"))
            if is_text:
                yield Spoken("rule", file, f"{key}.{name}", value)
            else:
                yield from _rule_texts(file, f"{key}.{name}", value)
    elif isinstance(part, list):
        for at, value in enumerate(part):
            if isinstance(value, str) and "considerations" in key:
                yield Spoken("rule", file, f"{key}.{at}", value)
            elif not isinstance(value, str):
                yield from _rule_texts(file, f"{key}.{at}", value)


def _clocks() -> Iterator[Spoken]:
    path = PROFILE / "clocks.yaml"
    file = _load(path)
    yield Spoken("clock", _name(path), "not_a_working_day", file["not_a_working_day"])
    for name, clock in file["clocks"].items():
        yield Spoken("clock", _name(path), f"{name}.source", clock["source"])


def _manifest() -> Iterator[Spoken]:
    """What people read in the manifests of the Teams app and of the Slack app. YAML reads JSON too."""
    for path in sorted((ROOT / "manifest").rglob("*")):
        if path.suffix in (".json", ".yaml"):
            yield from _descriptions(_name(path), "", _load(path))


def _descriptions(file: str, key: str, part: Any) -> Iterator[Spoken]:
    pairs = part.items() if isinstance(part, dict) else enumerate(part) if isinstance(part, list) else ()
    for name, value in pairs:
        if isinstance(value, str) and name in READ_IN_A_MANIFEST:
            yield Spoken("manifest", file, f"{key}.{name}", value)
        yield from _descriptions(file, f"{key}.{name}", value)


def _operator(path: Path) -> Iterator[Spoken]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not isinstance(node, ast.Call) or not _tells(node):
            continue
        for argument in node.args:
            parts = argument.elts if isinstance(argument, ast.List) else [argument]
            for text in filter(None, map(_literal, parts)):
                if text[0].isupper():
                    yield Spoken("operator", _name(path), f"line {node.lineno}", text.strip())


def _tells(call: ast.Call) -> bool:
    name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
    return name in SAYS_TO_AN_OPERATOR or name in ("write", "print")


def _literal(node: ast.expr) -> str:
    """A literal text; what an f-string fills in becomes a placeholder."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        return "".join(str(part.value) if isinstance(part, ast.Constant) else "{value}" for part in node.values)
    return ""
