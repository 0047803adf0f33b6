"""Slack's own Web API hangs or refuses: people are answered within Slack's three seconds, and what they said is kept."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest
from fake_slack import Fault
from fake_socket import IN_TIME
from our_slack import OurSlack, our_slack
from person import Person
from slack_doors import NotTaken

HANGS = Fault(delay=3.5, status=503)
"""Longer than Slack itself waits: whoever waits for it is refused by the fake."""
NOT_NOW = "I cannot reach our own conversation just now. Please try again in a minute."


async def at_home(slack: OurSlack, name: str) -> Person:
    """Somebody with a referral under way, whose own page is before them."""
    person = slack.person(name)
    await person.says("refer a child")
    await slack.settle()
    await person.press(person.answers()[-1], "start_referral")
    await person.opens_home()
    await slack.settle()
    return person


async def test_everything_is_answered_in_time_while_slack_hangs(tmp_path: Path) -> None:
    async with our_slack(tmp_path, in_time=IN_TIME) as slack:
        one, two, three = [await at_home(slack, f"practitioner_{number}") for number in range(3)]
        stranger, other = slack.person("stranger"), slack.person("other")
        channel = slack.fake.add_channel("team", two.user)
        window = next(said for said in reversed(three.answers()) if "window" in said.labels)
        assert one.home is not None
        slack.fake.faults.extend(HANGS for _ in range(200))
        before = len(one.answers())
        await asyncio.gather(
            one.press(one.home, "resume"),
            two.mentions("help", channel),
            stranger.says("help"),
            other.slash("help"),
            three.press(window, "window"),
        )
        slack.fake.faults.clear()
        await slack.settle()
        await slack.later(minutes=2)
        assert len(one.answers()) > before
        assert "begin_referral" in stranger.answers()[-1].labels
        assert two.answers(channel)
        assert NOT_NOW in other.answers()[-1].words, "nobody knew where to answer, and that is said"
        assert "could not be opened in time" in three.answers()[-1].words


async def test_a_window_that_opens_late_is_filled_all_the_same(tmp_path: Path) -> None:
    """The press is acknowledged after two seconds at the latest: what comes later comes into the window."""
    async with our_slack(tmp_path, in_time=IN_TIME) as slack:
        person = await at_home(slack, "practitioner")
        window = next(said for said in reversed(person.answers()) if "window" in said.labels)
        slack.fake.faults.append(Fault(method="views.open", delay=1.5, retry_after=1))
        await person.press(window, "window")
        await slack.ours.settle()
        assert person.view is not None
        assert person.view.submit == "Save"


async def test_a_shortcut_while_no_conversation_can_be_opened_says_so_in_its_window(tmp_path: Path) -> None:
    async with our_slack(tmp_path, in_time=IN_TIME) as slack:
        person = slack.person("practitioner")
        slack.fake.faults.append(Fault(method="conversations.open", **parts(HANGS)))
        await person.shortcut("waiting")
        await slack.ours.settle()
        assert person.view is not None
        assert NOT_NOW in person.view.words


async def test_where_somebody_wrote_to_us_need_not_be_asked_for(tmp_path: Path) -> None:
    async with our_slack(tmp_path, in_time=IN_TIME) as slack:
        person = slack.person("practitioner")
        await person.says("help")
        await person.slash("help")
        await slack.settle()
        assert slack.fake.called("conversations.open") == []
        assert len(person.answers()) == 2


@pytest.mark.parametrize("fault", [Fault(retry_after=30), Fault(error="token_revoked"), HANGS])
async def test_the_first_message_after_a_start_is_kept_whatever_slack_says(tmp_path: Path, fault: Fault) -> None:
    """Who we are stands in the event. Bolt acknowledges what it cannot authorise, and the event would be lost."""
    async with our_slack(tmp_path, in_time=IN_TIME) as slack:
        person = slack.person("practitioner")
        slack.fake.faults.extend(Fault(method=method, **parts(fault)) for method in ("auth.test", "users.info"))
        await person.says("help")
        slack.fake.faults.clear()
        await slack.settle()
        assert "begin_referral" in person.answers()[-1].labels


def parts(fault: Fault) -> dict[str, Any]:
    return {"status": fault.status, "error": fault.error, "retry_after": fault.retry_after, "delay": fault.delay}


@pytest.mark.parametrize("fault", [Fault(retry_after=1), Fault(error="token_revoked"), HANGS])
async def test_an_event_that_does_not_say_who_we_are_is_never_acknowledged_unread(tmp_path: Path, fault: Fault) -> None:
    async with our_slack(tmp_path, in_time=IN_TIME) as slack:
        person = slack.person("practitioner")
        slack.fake.faults.extend(Fault(method="auth.test", **parts(fault)) for _ in range(2))
        await person.says("help")
        payload = {**person._last, "authorizations": [], "event_id": "Ev0ANOTHER"}
        with pytest.raises(NotTaken) as found:
            await slack.door.event(payload)
        assert found.value.status >= 500
        slack.fake.faults.clear()
        await slack.door.event(payload)
        await slack.settle()
        assert len(person.answers()) == 2
