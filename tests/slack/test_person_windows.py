"""A person in the fake Slack with windows and the own page before them: what is kept, what is refused, what closes."""

from __future__ import annotations

import pytest
from person import BadAnswer
from slack_doors import NotTaken
from slack_fields import REQUIRED, CannotType
from slack_stage import Stage
from stand_in import field, modal, section, text_input


async def test_a_window_is_opened_filled_in_and_sent(stage: Stage) -> None:
    await stage.anna.says("form")
    await stage.anna.press(stage.anna.answers()[0], "edit")
    assert stage.anna.view is not None
    assert (stage.anna.view.title, stage.anna.view.values["name"]) == ("A window", "Test Child")
    assert stage.ben.view is None
    assert await stage.anna.submit({"sort": "death"})
    assert stage.app.told[-1]["view"]["state"]["values"]["sort"]["in:3"]["selected_option"]["value"] == "death"
    assert stage.anna.view is None


async def test_a_required_field_that_is_empty_is_not_sent(stage: Stage) -> None:
    await stage.anna.shortcut("refer")
    told = len(stage.app.told)
    assert not await stage.anna.submit({"name": " "})
    assert stage.anna.errors == {"name": REQUIRED, "sort": REQUIRED}
    assert len(stage.app.told) == told


async def test_errors_stand_below_fields_and_what_was_typed_stays(stage: Stage) -> None:
    stage.app.answers = [{"response_action": "errors", "errors": {"name": "Please say who."}}]
    await stage.anna.shortcut("refer")
    assert await stage.anna.submit({"sort": "death", "notes": "kept"})
    assert stage.anna.view is not None
    assert stage.anna.view.errors == {"name": "Please say who."}
    assert stage.anna.view.values["notes"] == "kept"


@pytest.mark.parametrize(
    "answer",
    [
        {"response_action": "errors", "errors": {"buttons": "not an input"}},
        {"response_action": "errors", "errors": {}},
        {"response_action": "errors", "errors": {"name": ""}},
        {"response_action": "update"},
        {"response_action": "close"},
        {"response_action": "clear", "view": modal(section("x"))},
    ],
)
async def test_an_answer_that_slack_would_not_take(stage: Stage, answer: dict[str, object]) -> None:
    stage.app.answers = [answer]
    await stage.anna.shortcut("refer")
    with pytest.raises((BadAnswer, NotTaken)):
        await stage.anna.submit({"sort": "death"})


async def test_an_updated_window_keeps_what_was_typed_into_fields_of_the_same_ids(stage: Stage) -> None:
    same, other = field("notes", text_input("in:2", multiline=True)), field("name", text_input("in:9", initial_value="New"))
    stage.app.answers = [{"response_action": "update", "view": modal(same, other, callback_id="form")}]
    await stage.anna.shortcut("refer")
    opened = stage.anna.view
    await stage.anna.submit({"sort": "death", "notes": "typed", "name": "typed too"})
    assert opened is not None
    assert stage.anna.view is not None
    assert (stage.anna.view.id, stage.anna.view.values) == (opened.id, {"notes": "typed", "name": "New"})


async def test_windows_stand_on_one_another_and_are_cleared_together(stage: Stage) -> None:
    second = modal(section("second"), callback_id="form")
    stage.app.answers = [{"response_action": "push", "view": second}, {"response_action": "clear"}]
    await stage.anna.shortcut("refer")
    await stage.anna.submit({"sort": "death"})
    assert stage.anna.view is not None
    assert stage.anna.view.words == "second"
    await stage.anna.submit()
    assert stage.anna.view is None


async def test_a_closed_window_is_told_where_it_was_asked_for(stage: Stage) -> None:
    await stage.anna.shortcut("refer")
    await stage.anna.closes()
    assert (stage.app.told[-1]["type"], stage.app.told[-1]["is_cleared"]) == ("view_closed", False)
    assert stage.anna.view is None
    with pytest.raises(CannotType, match="no modal"):
        await stage.anna.closes()


async def test_the_home_tab_is_opened_and_pressed(stage: Stage) -> None:
    home = await stage.anna.opens_home()
    assert home is not None
    assert home.words == "Your page"
    assert "view" not in stage.app.told[0]
    await stage.anna.press(home, "Save")
    assert stage.app.told[-1]["view"]["type"] == "home"
    await stage.anna.opens_home()
    assert stage.app.told[-1]["view"]["id"] == home.id
    await stage.anna.opens_messages()
    assert stage.app.told[-1]["tab"] == "messages"
    assert stage.ben.home is None


async def test_errors_go_when_the_window_changes(stage: Stage) -> None:
    second = modal(field("name", text_input()), callback_id="form")
    stage.app.answers = [
        {"response_action": "errors", "errors": {"name": "Please say who."}},
        {"response_action": "update", "view": second},
    ]
    await stage.anna.shortcut("refer")
    await stage.anna.submit({"sort": "death"})
    assert stage.anna.errors
    await stage.anna.submit()
    assert stage.anna.errors == {}
