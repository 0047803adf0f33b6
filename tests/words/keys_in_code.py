"""Which sentences the code says, and with which values: read from the code itself, so that no key or value is missing.

A key stands in the code as a literal, as an f-string with a part that is a literal elsewhere, or behind a helper that puts the
file's name before it. What cannot be seen so is in `INDIRECT`, with its values, and reviewed by people.
"""

from __future__ import annotations

import ast
import re
import string
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from typing import NamedTuple

import yaml
from spoken import PROFILE, ROOT, WORDS

NOT_A_KEY = re.compile(r"_$|\.(?:yaml|docx|md|json|py)$|^files\.info$")
"""The beginning of a built key, the name of a file, or a method of Slack's."""
FLOORS = ("bot", "dialogs", "templates", "state")
KEY = re.compile(r"^[a-z_]+\.[a-z0-9_]+$")
SAYS = frozenset({"words", "say"})
HELPERS: Mapping[str, str] = {"Refusal": "answers.", "button": "buttons."}
"""Helpers whose first literal is the rest of a key."""
BUILT_FROM: Mapping[str, frozenset[str]] = {
    "emergency.model_dump()": frozenset({"front_door", "telephone", "out_of_hours"}),
}
"""What `**…` in a call gives."""
INDIRECT: Mapping[str, frozenset[str]] = {
    "people.you_are_confirmed": frozenset({"role"}),
    "people.you_are_refused": frozenset({"role"}),
}
ENDINGS = ("_required", "_inexact")
"""Variants of a refusal that `templates/answers/understand.py` chooses itself."""


class Call(NamedTuple):
    """One place that says something: the keys it may mean, as patterns, and the values it gives (None: cannot be seen)."""

    where: str
    keys: tuple[str, ...]
    gives: frozenset[str] | None


class Wrapper(NamedTuple):
    """A function that puts a file's name before its first argument, and the values it gives itself."""

    file: str
    name: str
    front: str
    gives: frozenset[str]


@lru_cache(maxsize=1)
def sentences() -> Mapping[str, str]:
    """Every key of templates/words and of the booklet, with its sentence."""
    files = [*WORDS.glob("*.yaml"), *(PROFILE / "booklet").glob("*.yaml")]
    return {
        f"{p.stem}.{key}": str(text)
        for p in files
        for key, text in (yaml.safe_load(p.read_text(encoding="utf-8")) or {}).items()
    }


def placeholders(text: str) -> frozenset[str]:
    """The names in braces."""
    return frozenset(name for _, name, _, _ in string.Formatter().parse(text) if name)


@lru_cache(maxsize=1)
def sources() -> Mapping[str, ast.Module]:
    """Every file of the four floors."""
    paths = [path for floor in FLOORS for path in sorted((ROOT / floor).rglob("*.py"))]
    return {str(path.relative_to(ROOT)): ast.parse(path.read_text(encoding="utf-8")) for path in paths}


@cache
def _walked(node: ast.AST) -> tuple[ast.AST, ...]:
    """Everything in a file or a function: looked at more than once, and slow to walk through."""
    return tuple(ast.walk(node))


@lru_cache(maxsize=1)
def literals() -> frozenset[str]:
    """Every text literal of the code, and every scalar and name in the profile's data: what a key may be built from."""
    found = {
        n.value
        for tree in sources().values()
        for n in _walked(tree)
        if isinstance(n, ast.Constant) and isinstance(n.value, str)
    }
    for path in (*PROFILE.glob("*.yaml"), *(PROFILE / "rules").glob("*.yaml")):
        found |= set(_scalars(yaml.safe_load(path.read_text(encoding="utf-8"))))
    return frozenset(found)


def _scalars(part: object) -> Iterator[str]:
    if isinstance(part, dict):
        for name, value in part.items():
            yield str(name)
            yield from _scalars(value)
    elif isinstance(part, list):
        for value in part:
            yield from _scalars(value)
    elif isinstance(part, str):
        yield part


@lru_cache(maxsize=1)
def named() -> frozenset[str]:
    """Keys that stand in the code as they are, or behind a helper."""
    whole = {
        text for text in literals() if KEY.match(text) and text.partition(".")[0] in _stems() and not NOT_A_KEY.search(text)
    }
    return frozenset(whole | {key for call in calls() for key in call.keys if KEY.match(key)})


@lru_cache(maxsize=1)
def patterns() -> frozenset[str]:
    """Keys that are built: each as a regular expression, `(.+)` where something is filled in."""
    return frozenset(key for call in calls() for key in call.keys if not KEY.match(key))


@lru_cache(maxsize=1)
def used() -> frozenset[str]:
    """Every key that the code can say. A built key counts only if what fills it in is a literal somewhere."""
    found = set(named())
    for pattern in patterns():
        for key in sentences():
            if key not in found and fits(pattern, key):
                found.add(key)
    refused = {key for key in found if key.startswith("answers.")}
    return frozenset(found | {key + ending for key in refused for ending in ENDINGS if key + ending in sentences()})


def fits(pattern: str, key: str) -> bool:
    """Whether a key can be built so: what fills it in must be a number or a literal somewhere."""
    match = re.fullmatch(pattern, key)
    return match is not None and all(p.isdigit() or {p, p.replace("_", "-")} & literals() for p in match.groups())


@lru_cache(maxsize=1)
def calls() -> tuple[Call, ...]:
    """Every call that says a sentence."""
    return tuple(call for file, tree in sources().items() for call in _calls(file, tree))


def _calls(file: str, tree: ast.Module) -> Iterator[Call]:
    for function in [n for n in _walked(tree) if isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef)]:
        for node in _walked(function):
            if isinstance(node, ast.Call) and (keys := _keys(file, node, function)):
                yield Call(f"{file}:{node.lineno}", keys, _gives(file, node, function))


@lru_cache(maxsize=1)
def wrappers() -> tuple[Wrapper, ...]:
    """Functions with a `say(f"stem.{argument}", …)` in them."""
    return tuple(
        Wrapper(file, function.name, str(front.value), frozenset(k.arg for k in call.keywords if k.arg))
        for file, tree in sources().items()
        for function in _walked(tree)
        if isinstance(function, ast.FunctionDef)
        for call in _walked(function)
        if isinstance(call, ast.Call) and call.args and (front := _front(call.args[0], function)) is not None
    )


def _front(node: ast.expr, function: ast.FunctionDef) -> ast.Constant | None:
    if not isinstance(node, ast.JoinedStr) or len(node.values) != 2:
        return None
    first, then = node.values
    given = {argument.arg for argument in function.args.args}
    passed = isinstance(then, ast.FormattedValue) and isinstance(then.value, ast.Name) and then.value.id in given
    whole = isinstance(first, ast.Constant) and re.fullmatch(r"[a-z0-9_]+\.", str(first.value))
    return first if passed and whole and isinstance(first, ast.Constant) else None


@lru_cache(maxsize=1)
def _stems() -> frozenset[str]:
    """The files of words."""
    return frozenset(key.partition(".")[0] for key in sentences())


def _keys(file: str, call: ast.Call, function: ast.AST) -> tuple[str, ...]:
    name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
    if name in HELPERS:
        meant = [one for argument in call.args[:2] for one in _meant(argument, function)]
        texts = [_pattern(one, HELPERS[name]) for one in meant if isinstance(one, ast.Constant)]
        return tuple(text for text in texts if KEY.match(text))
    if not call.args:
        return ()
    meant = [_pattern(part) for part in _meant(call.args[0], function)]
    if any("." in key for key in meant):
        ours = {key for key in meant if key.partition(".")[0] in _stems() and KEY.match(key) and not NOT_A_KEY.search(key)}
        return tuple(key for key in meant if name in SAYS or key in ours)
    fronts = _fronts(file, name)
    return tuple(front + key for key in meant if key for front in fronts if front + key in sentences() or len(fronts) == 1)


def _fronts(file: str, name: str) -> list[str]:
    """What a wrapper of that name puts before a key: the file's own wrapper first, else any."""
    named_so = _wrappers_of(name)
    return [wrapper.front for wrapper in named_so if wrapper.file == file] or [wrapper.front for wrapper in named_so]


@cache
def _wrappers_of(name: str) -> tuple[Wrapper, ...]:
    return tuple(wrapper for wrapper in wrappers() if wrapper.name == name)


def _choices(node: ast.expr) -> list[ast.expr]:
    """Both sides of `a if x else b`."""
    return [*_choices(node.body), *_choices(node.orelse)] if isinstance(node, ast.IfExp) else [node]


def _meant(node: ast.expr, function: ast.AST) -> list[ast.expr]:
    """What an argument may be: itself, or what its name was set to in the same function."""
    if not isinstance(node, ast.Name):
        return _choices(node)
    set_to = [n.value for n in _assigned(function) if n.value and _sets(n, node.id)]
    return [one for value in set_to for one in _choices(value)]


@cache
def _assigned(function: ast.AST) -> tuple[ast.Assign | ast.AnnAssign, ...]:
    """Where it gives something a name."""
    return tuple(n for n in _walked(function) if isinstance(n, ast.Assign | ast.AnnAssign))


def _sets(node: ast.Assign | ast.AnnAssign, name: str) -> bool:
    targets = node.targets if isinstance(node, ast.Assign) else [node.target]
    return any(isinstance(target, ast.Name) and target.id == name for target in targets)


def _pattern(node: ast.expr, front: str = "") -> str:
    """A literal key, or a regular expression for one that is built."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return front + node.value
    if isinstance(node, ast.JoinedStr):
        parts = [re.escape(str(p.value)) if isinstance(p, ast.Constant) else "(.+)" for p in node.values]
        return "" if parts[0] == "(.+)" else "".join(parts)
    if isinstance(node, ast.BinOp) and isinstance(node.left, ast.Constant):
        return re.escape(str(node.left.value)) + "(.+)"
    return ""


def _gives(file: str, call: ast.Call, function: ast.AST) -> frozenset[str] | None:
    name = call.func.attr if isinstance(call.func, ast.Attribute) else ""
    found = {value for one in _wrappers_of(name) if one.file == file for value in one.gives}
    for keyword in call.keywords:
        if keyword.arg is not None:
            found.add(keyword.arg)
            continue
        known = _spread(keyword.value, function)
        if known is None:
            return None
        found |= known
    return frozenset(found)


def _spread(node: ast.expr, function: ast.AST) -> frozenset[str] | None:
    """What `**node` gives: a reviewed expression, or a dictionary made in the same function. None where it cannot be seen."""
    known = next((names for ending, names in BUILT_FROM.items() if ast.unparse(node).endswith(ending)), None)
    made = [] if known is not None or not isinstance(node, ast.Name) else _meant(node, function)
    for one in made:
        if isinstance(one, ast.Dict) and all(isinstance(key, ast.Constant) for key in one.keys):
            return frozenset(str(key.value) for key in one.keys if isinstance(key, ast.Constant))
        if isinstance(one, ast.Call) and getattr(one.func, "id", "") == "dict" and all(k.arg for k in one.keywords):
            return frozenset(str(k.arg) for k in one.keywords)
    return known
