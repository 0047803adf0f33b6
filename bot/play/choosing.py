"""What is sent for a field of a card or window, from what the play says: a choice by id, by its words, or by whom it means."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from bot.console.places import who_is
from bot.play.organisations import known, named, plain
from bot.play.stage import Stage
from dialogs.reply import Input, InputKind

ALL, NONE = "all", "none"


def chosen(stage: Stage, asked: Input, texts: Sequence[str]) -> str:
    """The value of a field for one or several texts. What is no choice is sent as it is: the field says so."""
    if asked.kind not in (InputKind.CHOICE, InputKind.CHOICES):
        return ", ".join(texts)
    values = [choice.value for choice in asked.choices]
    if asked.kind is InputKind.CHOICES and [plain(text) for text in texts] == [ALL]:
        return ",".join(values)
    if [plain(text) for text in texts] == [NONE] and NONE not in values:
        return ""
    return ",".join(dict.fromkeys(value for text in texts for value in _values(stage, asked, text)))


def _values(stage: Stage, asked: Input, text: str) -> Iterator[str]:
    labels = {plain(re.split(r" [(–,]|, ", choice.label)[0]): choice.value for choice in asked.choices}
    whole = {plain(choice.label): choice.value for choice in asked.choices}
    either = labels | whole | {plain(choice.value): choice.value for choice in asked.choices}
    if plain(text) in either:
        yield either[plain(text)]
        return
    found = [either[plain(one)] for one in _meant(stage, text) if plain(one) in either]
    yield from found or [text]


def _meant(stage: Stage, text: str) -> Iterator[str]:
    """Other names of what a text means: a person's id of the play, an organisation, its kind."""
    if text in stage.people:
        yield who_is(stage.people[text]).id
        yield stage.people[text].name
    ids = named(stage.profile, text)
    yield from ids
    yield from (one.name for one in known(stage.profile) if one.id in ids)
    yield from (one.kind for one in known(stage.profile) if one.id in ids)
