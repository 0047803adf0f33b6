"""What is overdue, asked and acted on through the Agents Playground, with the real assistant behind it and days gone by."""

from __future__ import annotations

from pathlib import Path

import pytest
from assistant import labels, talking
from late_returns import SENT, LatePeople, date_of
from node_tools import needed
from scoping_talk import COORDINATORS, HOSPITAL, POLICE, REFERENCE, nothing_identifies

pytestmark = pytest.mark.needs_node


async def test_the_manager_looks_and_chases_in_the_thread_of_the_card(tmp_path: Path) -> None:
    needed()
    async with talking(tmp_path, SENT) as (client, assistant):
        people = LatePeople(client)
        await people.wait_too_long(assistant, "police", "test-hospital-trust")
        posted = await people.police.waits_for("more_time", place=POLICE)
        manager = people.manager
        overdue = await people.looks(manager)
        assert list(labels(overdue)) == ["chase_dates", "date_time", "hand_on", "open_date", "group_dates", "export"]
        assert "Of the cases you may see: 3 dates have passed." in overdue.words
        assert "Test Police: 4 working days late. It was due Monday 30 November 2026." in overdue.words
        assert "Last chased Thursday 3 December 2026." in overdue.words

        chosen = {"date": date_of(overdue, "Test Police")}
        await manager.press("chase_dates", chosen, expect="Test Police: its answer. They have been asked.")
        await people.told(f"{POLICE};messageid={posted.id}", "we do not have your answer yet.")
        updated = await people.followed(overdue, "Last chased Friday 4 December 2026.")
        assert updated.words.count("Last chased Friday") == 1, "the others were left alone"
        assert not [m for m in client.said if m.place.startswith(HOSPITAL) and "we do not have" in m.words]
        nothing_identifies(client, assistant, tmp_path)


async def test_more_time_is_granted_with_one_button_and_both_cards_follow(tmp_path: Path) -> None:
    needed()
    async with talking(tmp_path, SENT) as (client, assistant):
        people = LatePeople(client)
        await people.wait_too_long(assistant, "police", "test-hospital-trust")
        police, coordinator = people.police, people.coordinator
        overdue = await people.looks(coordinator, channel=COORDINATORS)
        request = await police.waits_for("more_time", place=POLICE)
        await police.press("more_time", expect="Which day can you answer by")
        asks = {"new_date": "11 December 2026", "reason": "The author is away."}
        await police.press("ask_time", asks, expect="has been asked")
        await people.followed(request, "More time asked for until: Friday 11 December 2026")
        await people.looks(coordinator)
        assert coordinator.card is not None
        assert "They have asked for more time." in coordinator.card.words

        await coordinator.waits_for("grant_time", place=COORDINATORS)
        await coordinator.press("grant_time", expect="They have been told")
        await people.followed(request, "Please answer by: Friday 11 December 2026 at 17:00")
        updated = await people.followed(overdue, "2 dates have passed.")
        assert "Test Police" not in updated.words
        assert "Test Hospital Trust: 4 working days late." in updated.words
        nothing_identifies(client, assistant, tmp_path)


async def test_in_channels_there_are_references_alone_and_each_asks_of_its_own(tmp_path: Path) -> None:
    needed()
    async with talking(tmp_path, SENT) as (client, assistant):
        people = LatePeople(client)
        await people.wait_too_long(assistant, "police", "test-hospital-trust")
        coordinator, police = people.coordinator, people.police
        due = await coordinator.says("what's due in the next three weeks", "What falls due", channel=COORDINATORS)
        assert due.place == COORDINATORS
        assert f"{REFERENCE}\nRapid review held and sent" in due.words
        theirs = await people.looks(police, channel=POLICE)
        assert "For Test Police: 1 date has passed." in theirs.words
        assert "Test Hospital Trust" not in theirs.words
        assert list(labels(theirs)) == [], "nothing is done from a channel that others read along"

        reached = await coordinator.says("did it reach Police?", f"Delivery: {REFERENCE}")
        assert "Teams took it on Monday 23 November 2026" in reached.words
        assert "Nobody has opened it yet." in reached.words
        assert "Test Hospital Trust" not in reached.words
        nothing_identifies(client, assistant, tmp_path)
