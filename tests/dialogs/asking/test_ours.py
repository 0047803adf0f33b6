"""Our own phrasings: each has its intent; follow-ups keep what they lean on; danger is heard, and not imagined."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from memory_house import kit

from dialogs.asking.meaning import Understood, printed
from dialogs.asking.understanding import understand

HERE = Path(__file__).parent
TODAY = date(2026, 11, 25)
"""A Wednesday."""
ORGANISATIONS = {one.name: one.id for one in kit().profile.organisations.organisations}


def data(name: str) -> Any:
    return yaml.safe_load((HERE / name).read_text("utf-8"))


def meant(*said: str) -> Understood:
    """What the last of several texts means."""
    return understand(said[-1], kit().vocabulary, today=TODAY, earlier=said[:-1], organisations=ORGANISATIONS)


OURS = [(intent, text) for intent, texts in data("ours.yaml").items() for text in texts]


@pytest.mark.parametrize(("intent", "text"), OURS)
def test_an_intent_is_heard(intent: str, text: str) -> None:
    found = meant(text)
    assert (found.intent, found.sure) == (intent, intent != "unknown")


def test_none_of_them_sounds_like_danger() -> None:
    assert [text for _, text in OURS if meant(text).emergency] == []


@pytest.mark.parametrize("row", data("follow_ups.yaml"), ids=lambda row: " / ".join(row["said"]))
def test_a_follow_up(row: dict[str, Any]) -> None:
    found = printed(meant(*row["said"]))
    assert (found["intent"], found["slots"], found["sure"]) == (row["intent"], row["slots"], True)


@pytest.mark.parametrize("text", data("danger.yaml")["danger"])
def test_danger_is_heard(text: object) -> None:
    assert meant(str(text)).emergency


@pytest.mark.parametrize("text", data("danger.yaml")["calm"])
def test_no_danger_is_imagined(text: str) -> None:
    assert not meant(text).emergency


def test_danger_is_heard_at_the_end_of_a_long_account() -> None:
    account = "The family moved twice and she was seen at the emergency department in June. " * 40
    assert not meant(account).emergency
    assert meant(account + "He is hitting her right now.").emergency


@pytest.mark.parametrize(
    ("text", "intent", "also"),
    [
        ("what's overdue and who hasn't replied", "overdue", "not_replied"),
        ("chase police and show me the timeline of NS 7", "chase", "timeline"),
        ("what's late? who hasn't replied?", "overdue", "not_replied"),
        ("show the status of NS 7, then export it", "status", "export"),
        ("build the pack and write the Panel letter", "pack", "letter"),
        ("hi, what's due tomorrow?", "due", ""),
        ("ask police and health for a return", "send_requests", ""),
        ("who has read and seen NS 7", "who_has_seen", ""),
        ("we're late, can we have until Friday", "more_time", ""),
    ],
)
def test_two_requests_in_one_text(text: str, intent: str, also: str) -> None:
    found = meant(text)
    assert (found.intent, found.also, found.sure) == (intent, also, True)


def test_the_slots_are_those_of_the_first_request() -> None:
    assert printed(meant("chase police and show me the timeline of NS 7"))["slots"] == {"agency": "police"}


@pytest.mark.parametrize("text", ["chase or give more time", "open it"])
def test_where_two_are_meant_alike_people_are_asked(text: str) -> None:
    found = meant(text)
    assert not found.sure
    assert len(found.suggestions) == 2


@pytest.mark.parametrize(
    ("text", "person"),
    [
        ("chase Jane Smith", "Jane Smith"),
        ("chase jane smith", "jane smith"),
        ("what's waiting for Sam Jones?", "Sam Jones"),
        ("what is Dr Patel late with", "Dr Patel"),
        ("overdue for Test Police Lead", "Test Police Lead"),
        ("show me Jane Smith's overdue actions", "Jane Smith"),
        ("chase Kate Marsh", "Kate Marsh"),
        ("chase police", ""),
        ("chase everyone", ""),
    ],
)
def test_a_person_is_named_as_they_were_typed(text: str, person: str) -> None:
    assert meant(text).slots.person == person


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("which chronologies are late", "chronology"),
        ("is the Panel letter overdue", "panel_letter"),
        ("actions due this month", "action"),
        ("late actions and chronologies", ""),
        ("make a referral", ""),
        ("nil return", ""),
        ("open the request", ""),
        ("build the rapid review pack", ""),
        ("the notification was sent", ""),
    ],
)
def test_a_kind_is_a_filter_only(text: str, kind: str) -> None:
    assert meant(text).slots.kind == kind
