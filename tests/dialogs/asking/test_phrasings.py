"""What people type is understood as the document of asking says, in phrasings written from that document alone."""

from __future__ import annotations

import json
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any, Literal

import msgspec
import pytest
import yaml
from memory_house import kit

from dialogs.asking.meaning import Understood, printed
from dialogs.asking.understanding import understand
from templates.organisations import load_organisations
from templates.profile import profile_folder

HERE = Path(__file__).parent
A_WEDNESDAY = date(2026, 12, 2)
VOCABULARY = kit().vocabulary
OFFICES = load_organisations(profile_folder("templates/north-somerset") / "organisations.yaml").organisations
ORGANISATIONS = {one.name: one.id for one in OFFICES}
INTENTS = (
    *("refer", "my_referrals", "mine", "overdue", "due", "not_replied", "status", "timeline", "how_is", "sent", "delivered"),
    *("chase", "more_time", "nil_return", "open_request", "who_has_seen", "export", "open_case", "decide", "send_requests"),
    *("tie_channel", "meeting", "pack", "letter", "notified", "help", "cancel", "resume", "unknown"),
)


class Phrasing(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One text and its meaning; the head of phrasings.yaml says what each field is, and what leaving it out means."""

    text: str
    after: tuple[str, ...] = ()
    today: date = A_WEDNESDAY
    intent: str = ""
    slots: dict[str, Any] | None = None
    loose: tuple[str, ...] = ()
    sure: bool | Literal["any"] | None = None
    emergency: bool = False
    also: str = ""

    def expected(self) -> dict[str, Any]:
        """What must be found, of all that is compared."""
        found: dict[str, Any] = {"emergency": self.emergency}
        if self.intent:
            found["intent"] = self.intent
        if self.intent and self.also != "any":
            found["also"] = self.also
        if self.sure != "any" and (self.intent or self.sure is not None):
            found["sure"] = self.intent != "unknown" if self.sure is None else self.sure
        if self.slots is not None:
            found["slots"] = {name: str(said) if isinstance(said, date) else said for name, said in self.slots.items()}
        return found

    def label(self) -> str:
        """The text as the runner names it, with the day and what came before where they matter."""
        day = "" if self.today == A_WEDNESDAY else f" on {self.today}"
        return f"{self.text[:70]}{day}{' after ' + self.after[-1] if self.after else ''}"


def phrasings(name: str) -> list[Phrasing]:
    """The phrasings of a file beside this one."""
    return msgspec.convert(yaml.safe_load((HERE / name).read_text("utf-8")), list[Phrasing])


ALL = phrasings("phrasings.yaml") + phrasings("phrasings_more.yaml")
BLIND = phrasings("phrasings_blind.yaml")
"""Written by somebody who had seen neither the words of the profile nor the other files; not all of them are understood yet."""
OF_BLIND = 0.94
"""The share of them that must be understood in full."""


def as_printed(meant: Understood) -> dict[str, Any]:
    """A meaning as whoever reads the printed line sees it."""
    line: dict[str, Any] = json.loads(json.dumps(printed(meant)))
    return line


def made_of(phrasing: Phrasing) -> dict[str, Any]:
    """What the assistant makes of a phrasing, of all that is compared."""
    meant = understand(phrasing.text, VOCABULARY, today=phrasing.today, earlier=phrasing.after, organisations=ORGANISATIONS)
    shown: dict[str, Any] = {"emergency": False, "also": ""} | as_printed(meant)
    slots = {name: said for name, said in shown["slots"].items() if name not in phrasing.loose}
    return {name: slots if name == "slots" else shown[name] for name in phrasing.expected()}


@pytest.mark.parametrize("phrasing", ALL, ids=Phrasing.label)
def test_a_phrasing_means_what_the_document_says(phrasing: Phrasing) -> None:
    assert made_of(phrasing) == phrasing.expected()


def test_most_of_what_somebody_else_wrote_is_understood_in_full() -> None:
    missed = [one.label() for one in BLIND if made_of(one) != one.expected()]
    assert len(missed) <= (1 - OF_BLIND) * len(BLIND), missed


def test_most_of_what_sounds_like_danger_is_heard_in_words_nobody_wrote_down_before() -> None:
    danger = [one for one in BLIND if one.emergency]
    unheard = [one.label() for one in danger if not made_of(one)["emergency"]]
    calm = [one.label() for one in BLIND if not one.emergency and made_of(one)["emergency"]]
    assert len(unheard) <= 0.15 * len(danger), unheard
    assert len(calm) <= 0.01 * len(BLIND), calm


SPOKEN = [one for one in ALL if one.slots is not None and one.text.strip("?! \n") and not one.after]


@pytest.mark.parametrize("phrasing", SPOKEN, ids=Phrasing.label)
def test_capitals_spaces_and_a_full_stop_change_nothing(phrasing: Phrasing) -> None:
    """Nothing but a name depends on its capitals."""
    plain = printed(understand(phrasing.text, VOCABULARY, today=phrasing.today))
    if "person" not in plain["slots"]:
        dressed = f"  {phrasing.text.upper()} . "
        assert printed(understand(dressed, VOCABULARY, today=phrasing.today)) == plain


def test_what_is_not_sure_suggests_at_most_three_of_the_intents() -> None:
    for phrasing in ALL:
        meant = understand(phrasing.text, VOCABULARY, today=phrasing.today, earlier=phrasing.after)
        assert len(meant.suggestions) <= 3
        assert set(meant.suggestions) <= set(INTENTS) - {"unknown"}
        assert meant.intent != "unknown" or not meant.sure


def test_every_intent_is_asked_for_in_at_least_ten_ways() -> None:
    ways = Counter(one.intent for one in ALL)
    assert {intent: ways[intent] for intent in INTENTS if ways[intent] < 10} == {}
