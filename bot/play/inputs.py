"""The inputs of a command, as a step writes them: texts as people would type them, each with its line."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec
import yaml

from bot.play.nested import Pair, listed, pairs

TRUTH = {"true": "yes", "false": "no"}


class Typed(msgspec.Struct, frozen=True):
    """One input: one or several texts, or rows of texts by column."""

    line: int
    texts: tuple[str, ...] = ()
    rows: tuple[Mapping[str, str], ...] = ()

    @property
    def text(self) -> str:
        """All of it as one text."""
        return ", ".join(self.texts)


Inputs = Mapping[str, Typed]


def read_inputs(given: list[Pair]) -> dict[str, Typed]:
    """The inputs by key; what stands under a key of its own, such as `partners: {police: …}`, by both: `partners.police`."""
    found: dict[str, Typed] = {}
    for key, value in given:
        found[str(key.value)] = _typed(value)
        if isinstance(value, yaml.MappingNode):
            found |= {f"{key.value}.{name}": typed for name, typed in read_inputs(pairs(value)).items()}
    return found


def _typed(node: yaml.Node) -> Typed:
    line = node.start_mark.line + 1
    parts = [node] if isinstance(node, yaml.ScalarNode) else listed(node)
    if parts is None:
        return Typed(line, rows=(_row(node),))
    rows = tuple(_row(part) for part in parts if isinstance(part, yaml.MappingNode))
    return Typed(line, tuple(_text(part) for part in parts if isinstance(part, yaml.ScalarNode)), rows)


def _row(node: yaml.Node) -> dict[str, str]:
    return {str(key.value): _typed(value).text for key, value in pairs(node)}


def _text(node: yaml.ScalarNode) -> str:
    plain = str(node.value)
    return TRUTH.get(plain, plain) if node.style is None else plain
