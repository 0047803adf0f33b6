"""YAML that remembers its lines, so that a mistake in a definition can be reported where it stands."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

Model = TypeVar("Model", bound=BaseModel)


class Mistake(Exception):
    """Mistakes in a file of the profile. `lines` holds one sentence each: file, line, what is wrong and what to do."""

    def __init__(self, lines: list[str]) -> None:
        super().__init__("\n".join(lines))
        self.lines = lines


if TYPE_CHECKING:
    Base = yaml.SafeLoader
else:
    # The same loader in C where the library brings it: a profile loads ten times as fast, and starting waits for it.
    Base = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class UniqueKeys(Base):
    """A safe loader that refuses the same key twice, which YAML would silently let the later one win."""


def _mapping(loader: UniqueKeys, node: yaml.MappingNode) -> dict[Any, Any]:
    seen: set[str] = set()
    for key, _ in node.value:
        if not isinstance(key, yaml.ScalarNode):
            raise yaml.MarkedYAMLError(problem="a name must be plain text", problem_mark=key.start_mark)
        if key.value in seen:
            raise yaml.MarkedYAMLError(problem=f"{key.value} stands here twice", problem_mark=key.start_mark)
        seen.add(key.value)
    loader.flatten_mapping(node)
    return {loader.construct_object(k, deep=True): loader.construct_object(v, deep=True) for k, v in node.value}


def _moment(loader: UniqueKeys, node: yaml.ScalarNode) -> Any:
    try:
        return loader.construct_yaml_timestamp(node)
    except ValueError as error:
        raise yaml.MarkedYAMLError(problem=f"there is no such date as {node.value}", problem_mark=node.start_mark) from error


# Only true and false are truth values, as in YAML 1.2: `yes`, `no` and `on` are words that people answer with.
UniqueKeys.yaml_implicit_resolvers = {
    letter: [(tag, pattern) for tag, pattern in known if tag != "tag:yaml.org,2002:bool" or letter in "tTfF"]
    for letter, known in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
UniqueKeys.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, _mapping)
UniqueKeys.add_constructor("tag:yaml.org,2002:timestamp", _moment)


def _text(path: Path) -> str:
    """The file's text. Raises Mistake for one that is not there or is not text."""
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise Mistake([f"{path}:{line}: this is not UTF-8 text. Save the file as UTF-8."]) from error
    except OSError as error:
        raise Mistake([f"{path}:1: this file cannot be read. Put it there, or take its name out."]) from error


class Source:
    """One parsed file: its data, and the line of any place in it."""

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            loader = UniqueKeys(_text(path))
            self.node = loader.get_single_node()
            self.data: Any = loader.construct_document(self.node) if self.node else None
        except yaml.MarkedYAMLError as error:
            what = f"this is not readable YAML ({error.problem}). Mend that line."
            raise Mistake([f"{path}:{_line_of(error)}: {what}"]) from error
        except (yaml.YAMLError, RecursionError, ValueError) as error:
            raise Mistake([f"{path}:1: this is not readable YAML. Save it as plain text again and mend it."]) from error

    def line(self, place: tuple[int | str, ...]) -> int:
        """The line, from 1, of the deepest part of `place` that exists in the file."""
        node, line = self.node, 1
        for step in place:
            found = _child(node, step)
            if found is None:
                break
            node, line = found, found.start_mark.line + 1
        return line

    def mistake(self, place: tuple[int | str, ...], what: str) -> str:
        """A sentence about something wrong at a place."""
        return f"{self.path}:{self.line(place)}: {what}"

    def load(self, model: type[Model]) -> Model:
        """The file as a typed model. Raises Mistake with every error at its line."""
        try:
            return model.model_validate(self.data)
        except ValidationError as error:
            raise Mistake([self._sentence(e["loc"], e["msg"], e["type"]) for e in error.errors()]) from error

    def _sentence(self, place: tuple[int | str, ...], message: str, kind: str) -> str:
        name = ".".join(str(step) for step in place) or "the file"
        if kind == "extra_forbidden":
            return self.mistake(place, f"{name} is not a known name. Remove it, or look it up in docs/forms.md.")
        if kind == "missing":
            return self.mistake(place, f"{name} is missing. Add it.")
        return self.mistake(place, f"{name}: {message}. Mend it.")


def _child(node: yaml.Node | None, step: int | str) -> yaml.Node | None:
    if isinstance(node, yaml.MappingNode):
        return next((value for key, value in node.value if key.value == str(step)), None)
    if isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
        found: yaml.Node = node.value[step]
        return found
    return None


def _line_of(error: yaml.MarkedYAMLError) -> int:
    mark = error.problem_mark or error.context_mark
    return mark.line + 1 if mark else 1
