"""Ordinary words for what exists now: asked plainly, with slips, denied, in danger; and nothing crashes on any text."""

from __future__ import annotations

import time
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from memory_house import kit

from dialogs.asking.meaning import Understood
from dialogs.asking.moves import move
from dialogs.asking.understanding import understand

PLAIN = {
    "refer": (
        "refer",
        "I need to refer a child",
        "refer a family please",
        "make a referral",
        "I want to start a new referral",
        "a child has died",
        "Referral form",
        "I would like to notify",
        "raise a referral",
    ),
    "my_referrals": ("my referrals", "show me my referrals", "what happened to my referral", "my drafts", "Referral status?"),
    "mine": ("what is waiting for me?", "my tasks", "what waits for me", "sign off"),
    "open_request": ("open request", "I have a question", "fill in our return"),
    "nil_return": ("nil return", "we do not know them"),
    "more_time": ("I need more time", "more time please"),
    "due": ("deadlines", "what is due?"),
    "status": ("status NS-2026-0001", "close case NS-2026-0001", "duties", "next steps"),
    "resume": ("carry on", "resume", "continue", "go on please", "I want to carry on with my referral"),
    "cancel": ("cancel", "never mind", "forget it"),
    "open_referrals": ("open referrals", "cases", "open cases", "list referrals", "new referrals", "show all referrals"),
    "open_case": ("open NS-2026-0001", "show ns 2026 1", "read case NS-2026-0007 please"),
    "on_behalf": ("enter a referral on behalf of someone", "on behalf", "I have a referral by telephone"),
    "tie_channel": ("tie this channel", "use this channel"),
    "add_person": ("add person", "add a coordinator", "give someone a role", "add an agency lead"),
    "help": ("help", "hi", "Hello!", "hey", "good morning", "what can you do?", "menu", "thank you", "?", "", "   ", "..."),
}
SLIPS = {
    "refer": ("refr a chid", "make a referal", "new refferal", "raise a referrel"),
    "my_referrals": ("my referalls", "my refferals"),
    "open_referrals": ("open referals",),
    "on_behalf": ("on behalff",),
    "resume": ("contineu", "resme"),
}


def meant(text: str) -> Understood:
    return understand(text, kit().vocabulary, today=date(2026, 11, 25))


@pytest.mark.parametrize(("intent", "text"), [(intent, text) for intent, texts in PLAIN.items() for text in texts])
def test_plain_words(intent: str, text: str) -> None:
    found = meant(text)
    assert (found.intent, found.sure) == (intent, True)


@pytest.mark.parametrize(("intent", "text"), [(intent, text) for intent, texts in SLIPS.items() for text in texts])
def test_slips_of_the_keyboard(intent: str, text: str) -> None:
    found = meant(text)
    assert found.intent == intent or intent in found.suggestions


@pytest.mark.parametrize(
    "text",
    [
        "do not refer anyone",
        "don't refer the child",
        "I don’t want to make a referral",
        "never cancel my referral",
        "no referral",
    ],
)
def test_what_is_denied_is_never_done(text: str) -> None:
    assert not meant(text).sure


@pytest.mark.parametrize("text", ["wibble", "the weather in Testtown", "1234", "\u0627\u0644\u0637\u0641\u0644 x"])
def test_what_is_not_understood_says_so(text: str) -> None:
    assert not meant(text).sure


@pytest.mark.parametrize(
    "text",
    [
        "A child is in danger",
        "she is in immediate danger!",
        "he is being hurt right now",
        "this is an EMERGENCY",
        "the baby is not breathing",
        "They are not safe now, what do I do",
        "he says he is going to kill her",
    ],
)
def test_danger_is_heard(text: str) -> None:
    assert meant(text).emergency


@pytest.mark.parametrize("text", ["refer a child", "endangered species", "emergencyless", "my referrals"])
def test_no_danger_is_imagined(text: str) -> None:
    assert not meant(text).emergency


@pytest.mark.parametrize(
    ("text", "reference"),
    [
        ("open NS-2026-0001", "NS-2026-0001"),
        ("open ns 2026 1", "NS-2026-0001"),
        ("NS/2026/7", "NS-2026-0007"),
        ("refer 7 children", ""),
        ("open XX-2026-0001", ""),
        ("read NS-2026/12", "NS-2026-0012"),
    ],
)
def test_a_reference_however_it_is_written(text: str, reference: str) -> None:
    assert meant(text).reference == reference


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("claim ABCD-EFGH-2345", "ABCD-EFGH-2345"),
        ("  Claim abcd-efgh-2345. ", "ABCD-EFGH-2345"),
        ("my code is ABCD-EFGH-2345", "ABCD-EFGH-2345"),
        ("ABCD-EFGH-2345", "ABCD-EFGH-2345"),
        ("we made a self-harm-plan with her", ""),
        ("ABCD-EFGH", ""),
    ],
)
def test_a_code_is_the_whole_of_what_was_typed(text: str, code: str) -> None:
    assert meant(text).code == code


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Back", "back"),
        ("go back.", "back"),
        ("Why do you ask?", "why"),
        ("where am I", "where"),
        ("That’s all", "none"),
        ("?", "help"),
        ("back pain since June", ""),
        ("she will not stop", ""),
        ("", ""),
    ],
)
def test_a_move_is_the_whole_text(text: str, name: str) -> None:
    assert move(text, kit().profile.phrases) == name


@settings(max_examples=300, derandomize=True, deadline=None)
@given(st.text(max_size=200))
def test_nothing_crashes_on_any_text(text: str) -> None:
    found = meant(text)
    assert found.intent
    assert move(text, kit().profile.phrases) in {"", *kit().profile.phrases.moves}


def test_a_long_account_is_read_quickly_and_asks_for_nothing() -> None:
    text = "The family moved twice and she was seen at the emergency department in June. " * 2_500
    begun = time.process_time()
    found = meant(text)
    assert time.process_time() - begun < 1.0
    assert not found.emergency
    assert not found.sure
