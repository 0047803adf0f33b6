"""Slack's own ways in: the own page, the command, shortcuts, a channel that we are asked into, and answers for one person."""

from __future__ import annotations

from pathlib import Path

import pytest
from our_slack import OurSlack, our_slack
from person import Person
from slack_reading import Seen


async def test_the_first_look_is_welcomed_once(tmp_path: Path) -> None:
    async with our_slack(tmp_path) as slack:
        practitioner = slack.person("practitioner")
        for _ in range(3):
            await practitioner.opens_messages()
            await slack.settle()
        [welcome] = practitioner.answers()
        assert "begin_referral" in welcome.labels


async def test_whoever_looks_at_the_own_page_first_is_welcomed_too(tmp_path: Path) -> None:
    async with our_slack(tmp_path) as slack:
        practitioner = slack.person("practitioner")
        await practitioner.opens_home()
        await practitioner.opens_home()
        await practitioner.opens_messages()
        await slack.settle()
        assert len(practitioner.answers()) == 1
        assert practitioner.home is not None
        assert "begin_referral" in practitioner.home.labels


async def begun(slack: OurSlack, person: Person) -> Seen:
    """A referral that somebody has begun; its newest card."""
    await person.says("refer a child")
    await slack.settle()
    await person.press(person.answers()[-1], "start_referral")
    await slack.settle()
    return person.answers()[-1]


async def test_the_own_page_shows_what_waits_and_leads_there(tmp_path: Path) -> None:
    async with our_slack(tmp_path) as slack:
        practitioner = slack.person("practitioner")
        await begun(slack, practitioner)
        await practitioner.opens_home()
        await slack.settle()
        assert practitioner.home is not None
        assert "What waits for you" in practitioner.home.words
        assert "If a child is in danger now, ring 999." in practitioner.home.words
        assert "begin_referral" in practitioner.home.labels
        before = len(practitioner.answers())
        await practitioner.press(practitioner.home, "resume")
        await slack.settle()
        assert len(practitioner.answers()) == before + 1


async def test_the_command_one_to_one_is_answered_there(tmp_path: Path) -> None:
    async with our_slack(tmp_path) as slack:
        practitioner = slack.person("practitioner")
        await practitioner.slash("my referrals")
        await slack.settle()
        [answer] = practitioner.answers()
        assert not answer.aside


async def test_the_command_in_a_channel_is_answered_one_to_one_and_only_said_there(tmp_path: Path) -> None:
    async with our_slack(tmp_path) as slack:
        practitioner, colleague = slack.person("practitioner"), slack.person("colleague")
        channel = slack.fake.add_channel("team", practitioner.user, colleague.user, bot=False)
        await practitioner.slash("refer a child", channel)
        await slack.settle()
        assert "start_referral" in practitioner.answers()[-1].labels
        [said] = practitioner.answers(channel)
        assert said.aside
        assert said.words == "I have answered you in our own conversation. Open the assistant under Apps to read it."
        assert colleague.answers(channel) == []


async def test_the_command_alone_is_help(tmp_path: Path) -> None:
    async with our_slack(tmp_path) as slack:
        practitioner = slack.person("practitioner")
        await practitioner.slash("")
        await slack.settle()
        assert "This is what you can do here." in practitioner.answers()[-1].words


@pytest.mark.parametrize(("shortcut", "shown"), [("refer", "start_referral"), ("waiting", "begin_referral")])
async def test_a_shortcut_begins_it_one_to_one_and_a_window_says_so(tmp_path: Path, shortcut: str, shown: str) -> None:
    async with our_slack(tmp_path) as slack:
        practitioner = slack.person("practitioner")
        await practitioner.shortcut(shortcut)
        await slack.settle()
        assert shown in practitioner.answers()[-1].labels
        assert practitioner.view is not None
        assert practitioner.view.words.startswith("I have answered you in our own conversation.")


async def test_the_shortcut_about_dates_asks_what_is_overdue(tmp_path: Path) -> None:
    async with our_slack(tmp_path) as slack:
        coordinator = slack.person("coordinator")
        await slack.role(coordinator, "coordinator")
        await coordinator.shortcut("overdue")
        await slack.settle()
        assert "overdue" in coordinator.answers()[-1].words.casefold()


async def test_a_message_that_names_no_case_leads_nowhere_and_says_so(tmp_path: Path) -> None:
    async with our_slack(tmp_path) as slack:
        coordinator = slack.person("coordinator")
        await slack.role(coordinator, "coordinator")
        channel = slack.fake.add_channel("team", coordinator.user)
        message = await coordinator.remarks("Is anything new?", channel)
        await coordinator.message_shortcut("about_this", message)
        await slack.settle()
        assert coordinator.answers() == []
        assert coordinator.view is not None
        assert coordinator.view.words == "There is no case reference in that message. Please choose one that names a case."


async def test_a_message_that_names_a_case_is_asked_about_one_to_one(tmp_path: Path) -> None:
    async with our_slack(tmp_path) as slack:
        coordinator = slack.person("coordinator")
        await slack.role(coordinator, "coordinator")
        channel = slack.fake.add_channel("team", coordinator.user)
        message = await coordinator.remarks("What about NS-2026-0001?", channel)
        await coordinator.message_shortcut("about_this", message)
        await slack.settle()
        assert "There is no case with that reference that you can see." in coordinator.answers()[-1].words


async def test_a_channel_that_we_are_asked_into_is_greeted(tmp_path: Path) -> None:
    async with our_slack(tmp_path) as slack:
        coordinator = slack.person("coordinator")
        await slack.role(coordinator, "coordinator")
        channel = slack.fake.add_channel("police", coordinator.user, bot=False)
        await coordinator.invites(channel)
        await slack.settle()
        [greeting] = coordinator.answers(channel)
        assert "Important: If a child is in danger now" in greeting.words


async def test_in_a_channel_a_question_is_answered_in_its_thread(tmp_path: Path) -> None:
    async with our_slack(tmp_path) as slack:
        coordinator = slack.person("coordinator")
        await slack.role(coordinator, "coordinator")
        channel = slack.fake.add_channel("coordinators", coordinator.user)
        asked = await coordinator.mentions("what is overdue?", channel)
        await slack.settle()
        assert [answer.thread for answer in coordinator.answers(channel)] == [asked.ts]


async def test_tying_a_channel_from_slack(tmp_path: Path) -> None:
    async with our_slack(tmp_path) as slack:
        coordinator = slack.person("coordinator")
        await slack.role(coordinator, "coordinator")
        channel = slack.fake.add_channel("police", coordinator.user)
        await coordinator.says("help")
        await coordinator.mentions("tie this channel to police", channel)
        await slack.settle()
        await coordinator.press(coordinator.answers()[-1], "confirm_channel")
        await slack.settle()
        assert any("police" in answer.words.casefold() for answer in coordinator.answers(channel))
