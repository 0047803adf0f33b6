"""The phrases of the profile as data: each asks for its own intent, none for two, and a slip of the keyboard changes none."""

from __future__ import annotations

import re
import time
from datetime import date

import pytest
from memory_house import kit
from test_ours import OURS, meant

from dialogs.asking.meaning import Understood
from dialogs.asking.understanding import understand
from dialogs.asking.vocabulary import both
from dialogs.table import INTENTS

VOCABULARY = kit().vocabulary
DATA = VOCABULARY.data
TODAY = date(2026, 11, 25)
PHRASES = [(intent, way) for intent, known in DATA.intents.items() for one in known for way in both(one)]
IN_DOUBT = {"open it"}
"""Said of a case and of a request: people are asked which."""


def test_a_phrase_asks_for_its_own_intent() -> None:
    wrong = {}
    for intent, phrase in PHRASES:
        found = meant(phrase)
        expected = {intent, DATA.asked_instead.get(intent)}
        if "{" not in phrase and phrase not in IN_DOUBT and not (found.sure and found.intent in expected):
            wrong[phrase] = (intent, found)
    assert wrong == {}


def test_no_two_intents_have_the_same_phrase() -> None:
    intents: dict[frozenset[str], set[str]] = {}
    for phrase in VOCABULARY.phrases:
        intents.setdefault(phrase.needs, set()).add(phrase.intent)
    assert {needs: found for needs, found in intents.items() if len(found) > 1} == {
        frozenset({"open", "it"}): {"open_case", "open_request"}
    }


def test_what_is_named_elsewhere_is_an_intent() -> None:
    named = {*DATA.own, *DATA.asked_instead, *DATA.asked_instead.values(), *DATA.kinds_within}
    assert named - {"unknown"} <= set(DATA.intents)
    assert set(INTENTS) <= set(DATA.intents)


def test_groups_are_disjoint() -> None:
    seen: dict[str, str] = {}
    twice = [phrase for group in DATA.alike for phrase in group if seen.setdefault(phrase, group[0]) != group[0]]
    assert twice == []


def test_an_ordinary_word_is_not_a_word_of_ours() -> None:
    assert [word for word in DATA.ordinary if VOCABULARY.spelled(word) != (word,)] == []


WORD = re.compile(r"\b[a-z]{6,}\b")
LONG = [(intent, text) for intent, text in OURS if intent != "unknown" and WORD.search(text)]


def slipped(text: str) -> str:
    """The text with two letters of its first long word changed round."""
    return WORD.sub(lambda word: word[0][:2] + word[0][3] + word[0][2] + word[0][4:], text, count=1)


def test_a_slip_in_a_long_word_changes_nothing() -> None:
    wrong = [(text, slipped(text)) for intent, text in LONG if meant(slipped(text)).intent != intent]
    assert len(LONG) > 200
    assert len(wrong) <= len(LONG) // 50, wrong


def test_a_slip_never_makes_another_command_sure() -> None:
    commands = {"chase", "nil_return", "notified", "decide", "send_requests", "more_time"}
    made = {slipped(text): meant(slipped(text)) for intent, text in LONG}
    assert [
        text for (intent, _), (text, found) in zip(LONG, made.items(), strict=False) if _another(found, intent, commands)
    ] == []


def _another(found: Understood, intent: str, commands: set[str]) -> bool:
    return found.sure and found.intent in commands and found.intent != intent


@pytest.mark.parametrize("text", ["what's overdue for police", "who hasn't replied on NS-2026-0007", "I need to refer a child"])
def test_one_text_is_understood_in_a_moment(text: str) -> None:
    understand(text, VOCABULARY, today=TODAY)
    best = 1.0
    for round_ in range(5):
        begun = time.perf_counter()
        for number in range(20):
            understand(f"{text} {' ' * (20 * round_ + number)}", VOCABULARY, today=TODAY)
        best = min(best, (time.perf_counter() - begun) / 20)
    assert best < 0.002
