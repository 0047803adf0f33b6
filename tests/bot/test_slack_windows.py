"""Windows in Slack: opened before the work, filled after it, their errors at their fields, one on the stack."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from fake_slack import Fault
from our_slack import OurSlack, our_slack
from person import Person
from slack_reading import SeenView

from bot.slack.codec import channel_of
from dialogs.reply import Button, Input, Paragraph, Window, as_json
from dialogs.turn import OpenHome, OpenWindow, Press, SubmitWindow, Turn
from state.values import JSON, PlaceKind

SAVE = Button(action="save", label="Save", target="d", version=1, primary=True, takes_inputs=True)
NAME = Input(id="children.1.name", label="What is the child's name?", required=True)
FORM = Window(title="The child", inputs=(NAME,), submit=SAVE)
DONE = Window(title="Saved", closed_text="That is saved.")


class Answering:
    """A house that answers each turn as it is told to, and waits where it is told to."""

    def __init__(self, *answers: Window | None) -> None:
        self.answers = list(answers)
        self.turns: list[Turn] = []
        self.go_on = asyncio.Event()
        self.go_on.set()

    async def take(self, turn: Turn) -> JSON:
        await self.go_on.wait()
        self.turns.append(turn)
        answer = self.answers.pop(0) if self.answers else None
        return None if answer is None else as_json(answer)


async def home_with_a_window(slack: OurSlack, house: Answering) -> tuple[Person, SeenView]:
    """Somebody with a button before them that opens a window."""
    button = Button(action="window", label="Open as a form", target="d", at="name:0", window=True)
    house.answers.insert(0, Window(title="Waiting", blocks=(Paragraph("One thing waits."),), buttons=(button,)))
    person = slack.person("practitioner")
    await person.opens_home()
    await slack.ours.settle()
    assert person.home is not None
    return person, person.home


async def opened(slack: OurSlack, house: Answering) -> Person:
    """Somebody with that window open."""
    person, home = await home_with_a_window(slack, house)
    await person.press(home, "window")
    await slack.ours.settle()
    return person


async def pressing_while_it_works(slack: OurSlack, house: Answering) -> tuple[Person, asyncio.Task[None]]:
    """Somebody with the window open that waits for the house, and their press, which goes on."""
    person, home = await home_with_a_window(slack, house)
    house.go_on.clear()
    pressing = asyncio.create_task(person.press(home, "window"))
    while person.view is None:
        await asyncio.sleep(0.01)
    return person, pressing


async def test_the_window_is_there_before_the_work_is_done(tmp_path: Path) -> None:
    house = Answering(FORM)
    async with our_slack(tmp_path, house=house) as slack:
        person, pressing = await pressing_while_it_works(slack, house)
        assert [type(turn.said) for turn in house.turns] == [OpenHome]
        assert person.view.words == "One moment, please. This window is being made ready."
        house.go_on.set()
        await pressing
        await slack.ours.settle()
        assert person.view.title == "The child"
        assert house.turns[-1].said == OpenWindow(action="window", target="d", at="name:0")


async def test_everybody_at_once_gets_their_window_in_time(tmp_path: Path) -> None:
    """Slack's trigger is good for three seconds of its clock; here the house takes no turn before all have pressed."""
    house = Answering()
    async with our_slack(tmp_path, house=house) as slack:
        house.answers = []
        people: list[Person] = []
        homes: list[SeenView] = []
        button = Button(action="window", label="Open", target="d", window=True)
        for number in range(60):
            house.answers.append(Window(title="Waiting", blocks=(Paragraph("One."),), buttons=(button,)))
            person = slack.person(f"practitioner{number}")
            await person.opens_home()
            await slack.ours.settle()
            assert person.home is not None
            people.append(person)
            homes.append(person.home)
        house.answers = [FORM] * 60
        house.go_on.clear()
        pressing = [asyncio.create_task(one.press(home, "window")) for one, home in zip(people, homes, strict=True)]
        while any(one.view is None for one in people):
            await asyncio.sleep(0.01)
        house.go_on.set()
        await asyncio.gather(*pressing)
        await slack.ours.settle()
        assert {one.view.title for one in people if one.view} == {"The child"}
        assert len(slack.fake.called("views.open")) == 60


async def test_too_late_for_a_window_nothing_is_read_and_it_is_said(tmp_path: Path) -> None:
    house = Answering(FORM)
    async with our_slack(tmp_path, house=house) as slack:
        person, home = await home_with_a_window(slack, house)
        slack.fake.faults.append(Fault(method="views.open", error="expired_trigger_id"))
        await person.press(home, "window")
        await slack.ours.settle()
        assert [type(turn.said) for turn in house.turns] == [OpenHome]
        assert person.answers()[-1].words == "That window could not be opened in time. Please press the button again."
        assert person.view is None


async def test_a_window_that_cannot_be_filled_at_once_is_tried_again(tmp_path: Path) -> None:
    house = Answering(FORM)
    async with our_slack(tmp_path, house=house) as slack:
        slack.fake.faults.append(Fault(method="views.update", status=500))
        person = await opened(slack, house)
        assert person.view is not None
        assert person.view.title == "The child"


async def test_somebody_who_closes_it_meanwhile_is_not_bothered(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    house = Answering(FORM)
    async with our_slack(tmp_path, house=house) as slack:
        person, pressing = await pressing_while_it_works(slack, house)
        await person.closes()
        house.go_on.set()
        await pressing
        await slack.ours.settle()
        assert person.view is None
    assert "could not be filled" not in caplog.text


async def test_an_answer_is_sent_and_the_window_closes_where_the_chat_says_it(tmp_path: Path) -> None:
    house = Answering(FORM, Window(title="Saved", closed_text="That is saved.", said_in_chat=True))
    async with our_slack(tmp_path, house=house) as slack:
        person = await opened(slack, house)
        assert await person.submit({"children.1.name": "Test Child"})
        said = house.turns[-1].said
        assert said == SubmitWindow(action="save", target="d", version=1, inputs={"children.1.name": "Test Child"})
        assert house.turns[-1].place.kind is PlaceKind.PERSONAL
        assert person.view is None


async def test_what_nothing_else_says_is_said_in_the_window(tmp_path: Path) -> None:
    house = Answering(FORM, DONE)
    async with our_slack(tmp_path, house=house) as slack:
        person = await opened(slack, house)
        await person.submit({"children.1.name": "Test Child"})
        assert person.view is not None
        assert person.view.words == "That is saved."
        assert person.view.submit == ""


async def test_errors_alone_stand_at_their_fields_and_nothing_typed_is_lost(tmp_path: Path) -> None:
    wrong = Window(
        title="The child", inputs=(Input(id=NAME.id, label=NAME.label, required=True, error="Give a name."),), submit=SAVE
    )
    house = Answering(FORM, wrong, DONE)
    async with our_slack(tmp_path, house=house) as slack:
        person = await opened(slack, house)
        await person.submit({"children.1.name": "?"})
        assert person.errors == {"children.1.name": "Give a name."}
        assert person.view is not None
        assert person.view.values == {"children.1.name": "?"}
        await person.submit({"children.1.name": "Test Child"})
        assert [turn.said.inputs for turn in house.turns[-2:] if isinstance(turn.said, SubmitWindow)] == [
            {"children.1.name": "?"},
            {"children.1.name": "Test Child"},
        ]


async def test_where_more_has_changed_the_errors_are_drawn_and_the_version_is_the_new_one(tmp_path: Path) -> None:
    """Some answers were kept: the next submission has to carry the version that they made."""
    field = Input(id=NAME.id, label=NAME.label, required=True, error="Give a name.", value="?")
    newer = Button(action="save", label="Save", target="d", version=2, primary=True, takes_inputs=True)
    house = Answering(FORM, Window(title="The child", inputs=(field,), submit=newer), DONE)
    async with our_slack(tmp_path, house=house) as slack:
        person = await opened(slack, house)
        await person.submit({"children.1.name": "?"})
        assert person.view is not None
        assert "Please check: Give a name." in person.view.words
        assert person.view.values == {"children.1.name": "?"}
        await person.submit({"children.1.name": "Test Child"})
        assert house.turns[-1].said == SubmitWindow(
            action="save", target="d", version=2, inputs={"children.1.name": "Test Child"}
        )


async def test_windows_follow_one_another_in_one_and_never_on_top(tmp_path: Path) -> None:
    pages = [Window(title=f"Part {n}", inputs=(Input(id=f"f{n}", label=f"Field {n}"),), submit=SAVE) for n in range(12)]
    house = Answering(*pages, DONE)
    async with our_slack(tmp_path, house=house) as slack:
        person = await opened(slack, house)
        for number in range(12):
            assert person.view is not None
            assert person.view.title == f"Part {number}"
            assert len(slack.fake.book.stacks[person.id]) == 1
            await person.submit({f"f{number}": "x"})
        assert slack.fake.called("views.push") == []


async def test_another_button_of_a_window_sends_what_is_in_it(tmp_path: Path) -> None:
    later = Button(action="window_later", label="Save and stop for now")
    house = Answering(Window(title="The child", inputs=(NAME,), submit=SAVE, buttons=(later,)), None)
    async with our_slack(tmp_path, house=house) as slack:
        person = await opened(slack, house)
        assert person.view is not None
        await person.press(person.view, "window_later", {"children.1.name": "Test Child"})
        await slack.ours.settle()
        assert house.turns[-1].said == SubmitWindow(action="window_later", inputs={"children.1.name": "Test Child"})
        assert person.view is not None
        assert person.view.words == "That is done. You can close this window."


async def test_a_button_that_opens_nothing_here_says_so(tmp_path: Path) -> None:
    house = Answering(None)
    async with our_slack(tmp_path, house=house) as slack:
        person = await opened(slack, house)
        assert person.view is not None
        assert person.view.words == "This window cannot be opened here. Please carry on in our conversation."


async def test_a_window_with_too_much_in_it_says_so(tmp_path: Path) -> None:
    many = tuple(Input(id=f"f{n}", label="A field") for n in range(101))
    house = Answering(Window(title="Much", inputs=many, submit=SAVE))
    async with our_slack(tmp_path, house=house) as slack:
        person = await opened(slack, house)
        assert person.view is not None
        assert person.view.words == "This part is too long for a window. Please carry on in our conversation."


async def test_over_a_channel_the_window_remembers_the_channel(tmp_path: Path) -> None:
    house = Answering()
    async with our_slack(tmp_path) as slack:
        coordinator = slack.person("coordinator")
        await slack.role(coordinator, "coordinator")
        channel = slack.fake.add_channel("coordinators", coordinator.user)
        await coordinator.mentions("help", channel)
        await slack.settle()
        answer = coordinator.answers(channel)[-1]
        assert answer.thread
        assert house.turns == []


async def test_a_press_on_the_own_page_is_answered_in_the_conversation_and_the_page_follows(tmp_path: Path) -> None:
    button = Button(action="mine", label="Show what waits for me")
    page = Window(title="Waiting", blocks=(Paragraph("One thing waits."),), buttons=(button,))
    house = Answering(page, None, Window(title="Waiting", blocks=(Paragraph("Nothing waits."),)))
    async with our_slack(tmp_path, house=house) as slack:
        person = slack.person("practitioner")
        home = await person.opens_home()
        await slack.ours.settle()
        home = person.home
        assert home is not None
        await person.press(home, "mine")
        await slack.ours.settle()
        assert isinstance(house.turns[1].said, Press)
        assert channel_of(house.turns[1].place) == person.dm.id
        assert person.home is not None
        assert "Nothing waits." in person.home.words
