"""The table in the docs is what the suite says, and says it so that people understand it."""

from __future__ import annotations

from collections import Counter

from state.values import Channel
from tests.parity.abilities import ABILITIES, CHAPTERS
from tests.parity.sides import SIDES
from tests.parity.table import PAGE, page


def test_the_page_is_up_to_date() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "docs/channels.md is out of date. Run: make docs"


def test_every_channel_is_tried_in_the_order_of_the_table() -> None:
    assert list(SIDES) == list(Channel)


def test_nothing_is_said_twice() -> None:
    for told in ([one.name for one in ABILITIES], [one.title for one in ABILITIES], [one.title for one in CHAPTERS]):
        assert [name for name, count in Counter(told).items() if count > 1] == []


def test_what_cannot_be_done_has_a_reason_in_sentences() -> None:
    reasons = [reason for one in ABILITIES for reason in one.cannot.values()]
    assert reasons
    assert [reason for reason in reasons if not reason.endswith((".", '".')) or len(reason.split()) > 40] == []


def test_a_channel_that_can_nothing_is_not_believed() -> None:
    for channel in Channel:
        assert sum(channel not in one.cannot for one in ABILITIES) > len(ABILITIES) / 2
