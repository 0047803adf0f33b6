"""The words people read, by key. They live in `templates/words/*.yaml`; a profile's own `words/*.yaml` come before them.

A key is `file.name`, as in `answers.date_impossible`. A sentence has plain `{placeholders}` and nothing else: no attribute,
index or format is looked up (a dotted or unknown name is refused when the words are loaded or said).
"""

from __future__ import annotations

import string
from collections.abc import Iterator, Mapping
from pathlib import Path

from templates.forms.yaml_lines import Source

COMMON = Path(__file__).parent / "words"


class WordingError(Exception):
    """A sentence that cannot be loaded or said: names the file, the key and what to do."""


class Words:
    """Sentences by key, checked when loaded."""

    def __init__(self, sentences: Mapping[str, str]) -> None:
        self._sentences = dict(sentences)
        self._plain = {key: text for key, text in self._sentences.items() if "{" not in text and "}" not in text}

    def say(self, key: str, **values: object) -> str:
        """The sentence of that key with its placeholders filled. Raises WordingError for an unknown key or a missing value."""
        plain = self._plain.get(key)
        if plain is not None:
            return plain
        try:
            return self._sentences[key].format_map({name: str(value) for name, value in values.items()})
        except KeyError as missing:
            raise WordingError(f"{key}: no sentence or no value for {missing}. Add it to templates/words.") from missing

    def has(self, key: str) -> bool:
        """Whether there is such a sentence."""
        return key in self._sentences

    def items(self) -> Iterator[tuple[str, str]]:
        """Every key and sentence, for the gates that read them all."""
        yield from sorted(self._sentences.items())


def load_words(*folders: Path) -> Words:
    """Words of the common folder, then of each folder given; later ones win. Raises WordingError naming file and key."""
    sentences: dict[str, str] = {}
    for folder in (COMMON, *folders):
        for path in sorted(folder.glob("*.yaml")):
            sentences.update(_read(path))
    return Words(sentences)


def _read(path: Path) -> dict[str, str]:
    loaded = Source(path).data or {}
    if not isinstance(loaded, dict):
        raise WordingError(f"{path}: a file of words is a list of `name: sentence`.")
    return {f"{path.stem}.{name}": _checked(path, str(name), text) for name, text in loaded.items()}


def _checked(path: Path, name: str, text: object) -> str:
    if not isinstance(text, str):
        raise WordingError(f"{path}: {name} is not text. Put the sentence in quotes.")
    for _, field, spec, conversion in string.Formatter().parse(text):
        if field is not None and (not field.isidentifier() or spec or conversion):
            raise WordingError(f"{path}: {name} has the placeholder {{{field}}}. Only plain names are allowed.")
    return text.strip()
