"""`cspr doctor` on roles, channels and deliveries, as the database has them. It names staff and organisations alone."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from doctor_kit import NOW, fails, found, is_ok, not_looked_at, settings, warns
from doctor_survey import POLICE, WHOLE, grant, place, tied
from msgspec.structs import replace
from scoping_steps import asked, referred
from story import Story

from bot.doctor.finding import Finding, Status
from bot.doors import NotDelivered
from state.crypto import load_key
from state.records import PersonRecord
from state.sqlite.surveying import Survey, survey

NAMES = ("roles", "coordinators", "organisations", "doors", "restricted", "deliveries")


async def told(name: str, tmp_path: Path, known: Survey) -> list[Finding]:
    return await found(name, settings(tmp_path), survey=known)


@pytest.mark.parametrize("name", NAMES)
async def test_what_is_whole_is_ok(tmp_path: Path, name: str) -> None:
    assert is_ok(await told(name, tmp_path, WHOLE))


@pytest.mark.parametrize("name", NAMES)
async def test_without_a_database_nothing_is_looked_at(tmp_path: Path, name: str) -> None:
    result = await found(name, settings(tmp_path))
    assert [one.said for one in result] == ["There is no database yet. The assistant makes it at its first start."]
    assert not_looked_at(result)


async def test_nobody_is_a_coordinator(tmp_path: Path) -> None:
    unconfirmed = (grant("tenant/one", "coordinator", confirmed_by=""), grant("tenant/two", "coordinator", ended_at=NOW))
    result = fails(await told("roles", tmp_path, replace(WHOLE, grants=unconfirmed)))
    assert (result.said, result.do[:16]) == ("Nobody is a coordinator.", "Run: cspr setup.")


async def test_a_coordinator_who_was_removed_is_none(tmp_path: Path) -> None:
    removed = tuple(PersonRecord(id=f"tenant/{name}", name="Test", removed_at=NOW) for name in ("one", "two"))
    assert fails(await told("roles", tmp_path, replace(WHOLE, people=removed))).said == "Nobody is a coordinator."


async def test_one_coordinator_and_no_manager(tmp_path: Path) -> None:
    result = await told("roles", tmp_path, replace(WHOLE, grants=WHOLE.grants[:1]))
    assert [(one.status, one.said) for one in result] == [
        ("warning", "There is only one coordinator."),
        ("warning", "Nobody is a manager."),
    ]


async def test_no_channel_of_the_coordinators(tmp_path: Path) -> None:
    waits = replace(WHOLE.places[0], confirmed_by="")
    for places in ((), (waits,), (tied("coordinators", "slack"),)):
        result = warns(await told("coordinators", tmp_path, replace(WHOLE, places=places)))
        assert result.said == "No channel of the coordinators is tied: each is told one to one."
        assert result.do.endswith("tie channel")


async def test_an_organisation_that_cannot_be_asked(tmp_path: Path) -> None:
    result = warns(await told("organisations", tmp_path, replace(WHOLE, places=WHOLE.places[2:])))
    assert result.said == "Test Police cannot be asked: it has no tied channel and no e-mail address."
    by_mail = replace(POLICE, email="police@example.org")
    assert is_ok(await told("organisations", tmp_path, replace(WHOLE, places=WHOLE.places[2:], organisations=(by_mail,))))


async def test_an_organisation_with_nobody_who_answers(tmp_path: Path) -> None:
    result = warns(await told("organisations", tmp_path, replace(WHOLE, grants=WHOLE.grants[:3])))
    assert result.said == "Test Police has nobody who can answer for it."


async def test_a_lead_who_cannot_be_written_to(tmp_path: Path) -> None:
    for places in (WHOLE.places[:2], (*WHOLE.places[:2], place("lead", "slack", person="tenant/lead"))):
        result = warns(await told("organisations", tmp_path, replace(WHOLE, places=places)))
        assert result.said.startswith("No lead or deputy of Test Police can be written to")
        assert result.do == "Ask them to say hello to the assistant, one to one."


async def test_no_organisation_at_all(tmp_path: Path) -> None:
    ended = replace(POLICE, ended_at=NOW)
    result = warns(await told("organisations", tmp_path, replace(WHOLE, organisations=(ended,))))
    assert result.said == "There is no organisation that could be asked."


async def test_a_channel_in_a_service_that_is_not_set(tmp_path: Path) -> None:
    places = (*WHOLE.places, tied("housing", "slack"))
    result = warns(await told("doors", tmp_path, replace(WHOLE, places=places)))
    assert (result.said, result.do) == (
        "The channel of housing is tied in Slack, which is not set.",
        "Set what Slack needs, or tie another channel.",
    )


async def test_a_restricted_case_that_nobody_can_work_on(tmp_path: Path) -> None:
    lists = {"case-1": frozenset({"tenant/lead"}), "case-2": frozenset[str](), "case-3": frozenset({"tenant/one"})}
    result = warns(await told("restricted", tmp_path, replace(WHOLE, lists=lists)))
    assert result.said == "2 open restricted cases have no coordinator on the list."
    assert "case-" not in result.said + result.do


async def test_what_did_not_get_through_and_what_waits(tmp_path: Path) -> None:
    result = await told("deliveries", tmp_path, replace(WHOLE, given_up=1, waiting=3))
    assert [(one.status, one.said, one.do.rpartition("cspr ")[2]) for one in result] == [
        ("warning", "1 message or document of the last week did not get through.", "delivery --failed"),
        ("warning", "3 messages or documents have waited for more than an hour.", "delivery"),
    ]


async def test_the_invented_people_of_local_mode_are_no_failure(story: Story) -> None:
    for name in NAMES:
        result = await found(name, story.settings)
        assert Status.FAILED not in {one.status for one in result}, result


def surveyed(story: Story) -> Survey:
    given = story.settings
    return survey(given.data / "cspr.sqlite", load_key(given.data / "key.json"), "local", story.clock.now())


async def test_what_the_database_says_of_deliveries(story: Story) -> None:
    story.channel.broken["channel:police"] = NotDelivered("delivery.not_in_channel")
    await asked(story, "police")
    assert (surveyed(story).given_up, surveyed(story).waiting) == (1, 0)
    story.clock.move(timedelta(days=8))
    assert surveyed(story).given_up == 0


async def test_what_the_database_says_of_what_waits(story: Story) -> None:
    story.channel.broken["channel:police"] = NotDelivered("delivery.throttled", again_after=7200.0)
    await asked(story, "police")
    assert surveyed(story).waiting == 0
    story.clock.move(timedelta(hours=1, minutes=1))
    assert surveyed(story).waiting == 1


async def test_what_the_database_says_of_lists_and_authors(story: Story) -> None:
    await referred(story, restricted=True)
    named = list(surveyed(story).lists.values())
    assert len(named) == 1
    assert surveyed(story).newest is not None
