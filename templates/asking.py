"""The words people ask with: phrases of each intent and of each move in a form, as data of the profile."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from pydantic import Field

from templates.forms.model import Strict
from templates.forms.yaml_lines import Source


class Courtesies(Strict):
    """What is said around a request and is no part of it. `{name}` stands for any word of a group, `...` for a few words.

    `!word` says that this word does not come next.
    """

    groups: Mapping[str, list[str]] = Field(default_factory=dict)
    before: list[str] = Field(default_factory=list, description="Said before a request")
    after: list[str] = Field(default_factory=list, description="Said after it")
    anywhere: list[str] = Field(default_factory=list, description="Said before, after or in the middle")
    signed: list[str] = Field(default_factory=list, description="After these a name may follow, as under a letter")


class Phrases(Strict):
    """`asking.yaml`. A phrase matches when all its words, or words like them, are in what was typed; more words are better.

    In a phrase `{agency}`, `{case}`, `{person}`, `{period}`, `{late}` and `{new_date}` stand for what a slot was filled from,
    `{to}` for "to" before an agency, `{until}` for a new day or more days, and `{asks}` for a question about what is so
    ("has …", "who …"), which is never a command. "(s)" makes two phrases, about one and about several.
    """

    moves: Mapping[str, list[str]] = Field(description="Said in the middle of a form; the whole text must be one of these")
    intents: Mapping[str, list[str]] = Field(description="Asked for outside a form")
    own: list[str] = Field(default_factory=list, description="Intents that give way to any other that is meant as well")
    asked_instead: Mapping[str, str] = Field(
        default_factory=dict, description="A command in a question, and what is asked then"
    )
    alike: list[list[str]] = Field(
        default_factory=list, description="Words and short phrases that say the same, the first in their name"
    )
    light: list[str] = Field(default_factory=list, description="Words that count for little beside the others")
    weights: Mapping[str, float] = Field(default_factory=dict, description="Words that count for more or less than 1, by group")
    greetings: list[str] = Field(default_factory=list, description="Words that ask for nothing, and with nothing else for help")
    courtesies: Courtesies = Field(
        default_factory=Courtesies, description="What is said around a request, and is no part of it"
    )
    ignore: list[str] = Field(default_factory=list, description="Words and short phrases that never matter")
    openers: list[str] = Field(default_factory=list, description="What a follow-up begins with")
    pronouns: list[str] = Field(default_factory=list, description="Words that speak of what was asked before")
    antecedents: list[str] = Field(default_factory=list, description="Words that a pronoun may speak of in the same text")
    joins: list[str] = Field(default_factory=list, description="Words between two requests")
    asks: list[str] = Field(default_factory=list, description="Words that a question about what is so begins with")
    negations: list[str] = Field(default_factory=list, description="Words that turn a request round: nothing is done then")
    kinds: Mapping[str, list[str]] = Field(default_factory=dict, description="Kinds of thing, by what they are called")
    loose_kinds: Mapping[str, list[str]] = Field(
        default_factory=dict, description="Looser names, which count with some intents only"
    )
    loose_with: list[str] = Field(default_factory=list, description="The intents with which looser names count")
    kinds_within: Mapping[str, list[str]] = Field(
        default_factory=dict, description="Kinds whose word is part of an intent, and no filter of it"
    )
    short_forms: Mapping[str, str] = Field(default_factory=dict, description="Short forms and contractions, spelled out")
    ordinary: list[str] = Field(default_factory=list, description="Words that are never a slip for another")
    given_names: list[str] = Field(
        default_factory=list, description="Usual first names, which may be typed without a capital; no slip for a word either"
    )
    names: list[str] = Field(default_factory=list, description="Names of people that are never a slip for a word")


class Danger(Strict):
    """`danger.yaml`: what sounds like a child in danger now. `{name}` stands for any word of a group, `...` for a few words."""

    groups: Mapping[str, list[str]] = Field(default_factory=dict)
    phrases: list[str] = Field(description="What sounds like danger")
    recent: list[str] = Field(default_factory=list, description="What does unless the text tells of what is over")
    over: list[str] = Field(default_factory=list, description="Words of a text that tells of what is over")
    never: list[str] = Field(default_factory=list, description="What does not, though it has the words")
    past: list[str] = Field(default_factory=list, description="What is over, unless the text speaks of now as well")
    now: list[str] = Field(default_factory=list, description="Words of now")


def load_phrases(path: Path) -> Phrases:
    """Load `asking.yaml`. Raises Mistake."""
    return Source(path).load(Phrases)


def load_danger(path: Path) -> Danger:
    """Load `danger.yaml`. Raises Mistake."""
    return Source(path).load(Danger)
