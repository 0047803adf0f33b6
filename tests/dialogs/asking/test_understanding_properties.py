"""What holds of any text: it is understood without a fault, always alike, on one line, with days that there are."""

from __future__ import annotations

import json
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st
from memory_house import kit
from test_ours import OURS, data

from dialogs.asking.meaning import Understood, as_json, from_json, printed
from dialogs.asking.understanding import is_elliptical, understand

VOCABULARY = kit().vocabulary
INTENTS = {*VOCABULARY.data.intents, "unknown"}
AGENCIES = set(VOCABULARY.agencies.order)
PIECES = sorted(
    {word for _, text in OURS for word in text.split()} | {"and", "8/1", "until", "2026/7", "31/2", "more than 3 days", "'"}
)
SAID = st.one_of(
    st.text(max_size=120),
    st.lists(st.sampled_from(PIECES), max_size=14).map(" ".join),
    st.tuples(st.sampled_from([text for _, text in OURS]), st.sampled_from([text for _, text in OURS])).map(" ".join),
)
DAYS = st.dates(date(2020, 1, 1), date(2035, 12, 31))
EARLIER = st.sampled_from(
    ["", "what's overdue for police", "status of NS 7", "can we have until Friday", "wibble", "export that"]
)


def meant(text: str, today: date, earlier: str) -> Understood:
    return understand(text, VOCABULARY, today=today, earlier=[earlier] if earlier else None)


@settings(max_examples=500, derandomize=True, deadline=None)
@given(SAID, DAYS, EARLIER)
def test_any_text_is_understood_on_one_line(text: str, today: date, earlier: str) -> None:
    found = meant(text, today, earlier)
    line = json.dumps(printed(found))
    assert "\n" not in line
    assert found.intent in INTENTS
    assert found.also in {"", *INTENTS} - {"unknown"}
    assert found.sure or found.suggestions or found.intent == "unknown"
    assert set(found.slots.agency) <= AGENCIES
    assert list(found.slots.agency) == [agency for agency in VOCABULARY.agencies.order if agency in found.slots.agency]


@settings(max_examples=300, derandomize=True, deadline=None)
@given(SAID, DAYS, EARLIER)
def test_days_are_days_and_a_period_does_not_end_before_it_begins(text: str, today: date, earlier: str) -> None:
    slots = meant(text, today, earlier).slots
    first, last, new = (date.fromisoformat(said) if said else None for said in (slots.from_, slots.to, slots.new_date))
    assert first is None or last is None or first <= last
    assert new is None or slots.days is None
    assert slots.days is None or slots.days >= 0


@settings(max_examples=200, derandomize=True, deadline=None)
@given(SAID, DAYS)
def test_a_text_that_leans_on_nothing_means_the_same_after_anything(text: str, today: date) -> None:
    if not is_elliptical(text, VOCABULARY, today=today):
        assert meant(text, today, "what's overdue for police on NS 9") == meant(text, today, "")


@settings(max_examples=200, derandomize=True, deadline=None)
@given(SAID, DAYS, EARLIER)
def test_a_meaning_is_kept_and_found_again(text: str, today: date, earlier: str) -> None:
    found = meant(text, today, earlier)
    assert from_json(json.loads(json.dumps(as_json(found)))) == found


@settings(max_examples=100, derandomize=True, deadline=None)
@given(st.sampled_from(data("danger.yaml")["danger"]), st.sampled_from([text for _, text in OURS]))
def test_danger_is_heard_beside_any_request(danger: object, text: str) -> None:
    assert understand(f"{text}. {danger}", VOCABULARY, today=date(2026, 11, 25)).emergency


def test_what_another_version_kept_is_let_go() -> None:
    assert from_json({}) is None
    assert from_json({"intent": 7}) is None
    assert from_json({"intent": "overdue", "slots": {"days": "many"}}) is None
