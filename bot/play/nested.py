"""Answers as people nest them: in lists, under numbers, or by whole paths such as `children.2.voice`. All read alike."""

from __future__ import annotations

import yaml

Pair = tuple[yaml.Node, yaml.Node]
MAP, SEQUENCE, TEXT = "tag:yaml.org,2002:map", "tag:yaml.org,2002:seq", "tag:yaml.org,2002:str"


def pairs(node: yaml.Node | None) -> list[Pair]:
    """The keys and values of a mapping, with keys that are paths taken apart."""
    return unfolded(list(node.value)) if isinstance(node, yaml.MappingNode) else []


def unfolded(given: list[Pair]) -> list[Pair]:
    """Keys and values with the parts of paths under one key each, in the order they first stand there."""
    found: dict[str, Pair] = {}
    for key, value in given:
        first, _, rest = str(key.value).partition(".")
        inner = _mapping([(_text(rest, key), value)], key) if rest else value
        known = found.get(first)
        if known is not None and isinstance(known[1], yaml.MappingNode) and isinstance(inner, yaml.MappingNode):
            inner = _mapping([*known[1].value, *inner.value], known[1])
        found[first] = (key if not rest else _text(first, key), inner)
    return list(found.values())


def listed(node: yaml.Node) -> list[yaml.Node] | None:
    """The parts of a list: written as one, or under the numbers 1, 2, 3; None where it is neither."""
    if isinstance(node, yaml.SequenceNode):
        return list(node.value)
    by_number = {str(key.value): value for key, value in pairs(node)}
    if not by_number or not all(name.isascii() and name.isdigit() and 0 < int(name) < 1000 for name in by_number):
        return None
    last = max(int(name) for name in by_number)
    return [by_number.get(str(number), _mapping([], node)) for number in range(1, last + 1)]


def at(node: yaml.Node | None, place: tuple[int | str, ...]) -> yaml.Node | None:
    """The part of a file at a place, or None."""
    for step in place:
        node = _below(node, step)
    return node


def _below(node: yaml.Node | None, step: int | str) -> yaml.Node | None:
    if isinstance(node, yaml.MappingNode):
        return next((value for key, value in node.value if key.value == step), None)
    if isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
        found: yaml.Node = node.value[step]
        return found
    return None


def _mapping(given: list[Pair], like: yaml.Node) -> yaml.MappingNode:
    return yaml.MappingNode(MAP, given, like.start_mark, like.end_mark)


def _text(value: str, like: yaml.Node) -> yaml.ScalarNode:
    return yaml.ScalarNode(TEXT, value, like.start_mark, like.end_mark)
