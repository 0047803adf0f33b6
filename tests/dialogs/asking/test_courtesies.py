"""What is said around a request out of politeness changes no answer, whatever the request is."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import pytest
from test_ours import OURS
from test_phrasings import A_WEDNESDAY, ALL, VOCABULARY, Phrasing

from dialogs.asking.meaning import printed
from dialogs.asking.understanding import understand

AROUND = [
    "sorry to bother you but {}",
    "hi, {}",
    "Hello there, {}",
    "could you help me, {}",
    "{} thanks",
    "{}, thank you",
    "quick one: {}",
    "when you have a moment, {}",
    "{} when you get a minute please",
    "hey assistant {}",
    "I was just wondering, {}",
    "sorry if this is a silly question but {}",
    "one more thing, {}",
    "{} cheers",
    "Hi team. {}",
    "hope you're well, {}",
    "{} - many thanks, Sam",
    "bit of a daft question: {}",
    "Just quickly - {}",
    "{} if that's ok",
    "right then, {}",
    "morning! {}",
    "{} when you're free",
    "can I just ask, {}",
]
ASKED = [*ALL, *(Phrasing(text=text) for intent, text in OURS if intent not in ("unknown", "help"))]


def made_of(phrasing: Phrasing, around: str = "{}") -> dict[str, Any]:
    """What is made of a phrasing with something around it, but for what is suggested."""
    said = around.format(phrasing.text)
    shown = printed(understand(said, VOCABULARY, today=phrasing.today, earlier=phrasing.after))
    return {name: value for name, value in shown.items() if name != "suggestions"}


@lru_cache(maxsize=1)
def clear() -> list[tuple[Phrasing, dict[str, Any]]]:
    """What is understood for sure, with what is made of it where nothing stands around it."""
    plain = [(one, made_of(one)) for one in ASKED if one.text.strip("? \n")]
    return [(one, made) for one, made in plain if made["sure"] and made["intent"] != "help"]


@pytest.mark.parametrize("around", AROUND)
def test_a_courtesy_changes_no_answer(around: str) -> None:
    changed = [one.text for one, plain in clear() if made_of(one, around) != plain]
    assert len(clear()) > 1000
    assert len(changed) <= len(clear()) // 200, changed


@pytest.mark.parametrize("text", ["could you help me", "many thanks for your help", "good morning all", "hello? anyone there"])
def test_a_courtesy_alone_asks_what_can_be_done(text: str) -> None:
    assert understand(text, VOCABULARY, today=A_WEDNESDAY).intent == "help"


@pytest.mark.parametrize("greeting", ["hi there, {}", "Good morning, {}", "thanks. {}", "sorry to bother you again, {}"])
def test_a_complete_request_after_a_greeting_keeps_nothing(greeting: str) -> None:
    found = understand(
        greeting.format("who hasn't replied"), VOCABULARY, today=A_WEDNESDAY, earlier=["what's overdue for police on NS 7"]
    )
    assert printed(found) == {"intent": "not_replied", "slots": {}, "sure": True}


def test_the_one_who_signs_is_nobody_who_is_asked_about() -> None:
    assert understand("what's overdue? Many thanks, Sam Jones", VOCABULARY, today=A_WEDNESDAY).slots.person == ""
    assert understand("what's overdue for Sam Jones? Many thanks", VOCABULARY, today=A_WEDNESDAY).slots.person == "Sam Jones"
