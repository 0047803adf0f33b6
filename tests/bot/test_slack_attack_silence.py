"""Attacks by Slack's own faults: whoever presses or asks is told something, nothing is lost, and no window waits for ever."""

from __future__ import annotations

import logging
from contextlib import suppress
from pathlib import Path

import pytest
from fake_slack import Fault
from msgspec.structs import replace
from our_slack import OurSlack, our_slack
from person import Person
from slack_doors import NotTaken

from dialogs.reply import Button, Paragraph, Window, as_json
from dialogs.turn import OpenHome, OpenWindow, Press, Text, Turn
from state.snapshot import Wanted
from state.values import JSON, Who

NO_CHAT = "I cannot reach our own conversation just now. Please try again in a minute."
LATE = "That window could not be opened in time. Please press the button again."
PAGE = Window(
    title="Waiting",
    blocks=(Paragraph("One thing waits."),),
    buttons=(
        Button(action="mine", label="Show"),
        Button(action="window", label="Open", target="d", window=True),
    ),
)
FORM = Window(title="The child", blocks=(Paragraph("A form."),))


class Answering:
    """A house that shows the page and the window, or breaks."""

    def __init__(self) -> None:
        self.turns: list[Turn] = []
        self.broken = False

    async def take(self, turn: Turn) -> JSON:
        if self.broken:
            raise OSError("the disk is full")
        self.turns.append(turn)
        return as_json(PAGE if isinstance(turn.said, OpenHome) else FORM)


async def at_home(slack: OurSlack) -> Person:
    person = slack.person("practitioner")
    await person.opens_home()
    await slack.ours.settle()
    return person


def cannot_open(slack: OurSlack) -> None:
    """After a start nobody's conversation is known, and Slack does not say."""
    slack.ours._people._chats.clear()
    slack.fake.faults.append(Fault(method="conversations.open", error="fatal_error"))


@pytest.mark.parametrize("button", ["mine", "window"])
async def test_a_press_on_the_own_page_is_not_met_with_silence(tmp_path: Path, button: str) -> None:
    house = Answering()
    async with our_slack(tmp_path, house=house) as slack:
        person = await at_home(slack)
        cannot_open(slack)
        assert person.home is not None
        await person.press(person.home, button)
        await slack.ours.settle()
        assert person.view is not None
        assert person.view.words == NO_CHAT
        assert [type(turn.said) for turn in house.turns] == [OpenHome]
        await person.closes()
        await person.press(person.home, button)
        await slack.ours.settle()
        assert type(house.turns[1].said) in (Press, OpenWindow)


async def test_the_command_is_not_met_with_silence(tmp_path: Path) -> None:
    house = Answering()
    async with our_slack(tmp_path, house=house) as slack:
        person = slack.person("practitioner")
        channel = slack.fake.add_channel("team", person.user)
        cannot_open(slack)
        await person.slash("help", channel)
        assert [one.words for one in person.seen(channel)] == [NO_CHAT]
        assert house.turns == []


@pytest.mark.parametrize("shortcut", ["refer", "waiting", "overdue"])
async def test_a_shortcut_does_not_leave_a_window_that_waits(tmp_path: Path, shortcut: str) -> None:
    house = Answering()
    async with our_slack(tmp_path, house=house) as slack:
        person = slack.person("practitioner")
        cannot_open(slack)
        await person.shortcut(shortcut)
        await slack.ours.settle()
        assert person.view is not None
        assert person.view.words == NO_CHAT


@pytest.mark.parametrize("way", ["shortcut", "press"])
async def test_a_fault_of_ours_does_not_leave_a_window_that_waits(tmp_path: Path, way: str) -> None:
    house = Answering()
    async with our_slack(tmp_path, house=house) as slack:
        person = await at_home(slack)
        house.broken = True
        assert person.home is not None
        with pytest.raises(NotTaken):
            await (person.shortcut("refer") if way == "shortcut" else person.press(person.home, "window"))
        await slack.ours.settle()
        assert person.view is not None
        assert person.view.words == "Something went wrong here. Please close this window and try again."


async def test_a_window_that_could_not_be_filled_is_told_of_in_the_conversation(tmp_path: Path) -> None:
    house = Answering()
    async with our_slack(tmp_path, house=house) as slack:
        person = await at_home(slack)
        slack.fake.faults.extend([Fault(method="views.update", status=500)] * 2)
        assert person.home is not None
        await person.press(person.home, "window")
        await slack.ours.settle()
        assert person.answers()[-1].words == LATE


@pytest.mark.parametrize("error", ["invalid_auth", "ratelimited", "internal_error"])
async def test_what_comes_while_we_cannot_say_who_we_are_comes_again(
    tmp_path: Path, error: str, caplog: pytest.LogCaptureFixture
) -> None:
    """Bolt makes a 200 of the SDK's own error, with a sentence of its own: the message would be lost."""
    house = Answering()
    caplog.set_level(logging.DEBUG)
    async with our_slack(tmp_path, house=house, broken=(Fault(method="auth.test", error=error),)) as slack:
        person = slack.person("practitioner")
        with suppress(NotTaken):
            await person.says("help")
        await person.again()
        assert {turn.said for turn in house.turns} == {Text("help")}
        assert not [one for one in person.seen() if "reinstall" in one.words]


async def test_names_that_nobody_can_look_up_stop_nothing(tmp_path: Path) -> None:
    async with our_slack(tmp_path) as slack:
        slack.fake.faults.extend([Fault(method="users.info", error="internal_error")] * 50)
        people = [slack.person(f"practitioner{number}") for number in range(5)]
        for person in people:
            await person.says("help")
        await slack.settle()
        assert [len(person.answers()) for person in people] == [1] * 5


async def test_whoever_was_removed_reads_it_on_their_page_and_nothing_else_of_it(tmp_path: Path) -> None:
    async with our_slack(tmp_path) as slack:
        practitioner = slack.person("practitioner")
        await practitioner.says("refer a child")
        await practitioner.opens_home()
        await slack.settle()
        assert practitioner.home is not None
        assert "begin_referral" in practitioner.home.labels
        old = practitioner.home
        await removed(slack, practitioner)
        before = len(practitioner.answers())
        await practitioner.press(old, "begin_referral")
        await slack.settle()
        assert practitioner.answers()[before].words.startswith("You no longer have access.")
        assert practitioner.home is not None
        assert practitioner.home.labels == {}
        assert "You no longer have access." in practitioner.home.words


async def removed(slack: OurSlack, person: Person) -> None:
    key = Who(person.user.team, person.id).id
    known = (await slack.parts.store.read(Wanted(turn="", person=key, place=""))).person
    assert known is not None
    await slack.write(replace(known, removed_at=slack.clock.now()))
