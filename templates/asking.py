"""The words people ask with: phrases of each intent and of each move in a form, as data of the profile."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from pydantic import Field

from templates.forms.model import Strict
from templates.forms.yaml_lines import Source


class Phrases(Strict):
    """`asking.yaml`. A phrase matches when all its words are in what was typed; more words matched is a better match."""

    moves: Mapping[str, list[str]] = Field(description="Said in the middle of a form; the whole text must be one of these")
    intents: Mapping[str, list[str]] = Field(description="Asked for outside a form")
    emergency: list[str] = Field(description="What sounds like a child in danger now")
    ignore: list[str] = Field(default_factory=list, description="Words that never matter")
    negations: list[str] = Field(default_factory=list, description="Words that turn a request round: nothing is done then")
    short_forms: Mapping[str, str] = Field(default_factory=dict)


def load_phrases(path: Path) -> Phrases:
    """Load `asking.yaml`. Raises Mistake."""
    return Source(path).load(Phrases)
