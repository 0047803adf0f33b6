"""Opening a request: the names, what is asked and by when, and that it is recorded; over a channel and one to one."""

from __future__ import annotations

import pytest
from asked import (
    CASE,
    REFERENCE,
    TWO,
    ask,
    form_of,
    member,
    nothing_identifies,
    opens,
    person,
    read,
    referred,
    request_of,
    sends,
    who,
    window_text,
)
from story import Story, text_of


async def police(story: Story, **fields: object) -> str:
    await referred(story)
    request = await ask(story, "police", "police", **fields)
    story.as_("police-lead", in_channel="police")
    return request


async def test_a_window_over_the_channel_shows_whom_to_search_for_and_what_the_letter_asks(story: Story) -> None:
    request = await police(story)
    shown = window_text(await opens(story, "open_request", request))
    for said in ("Test Child One", "Tilly Test", "Test Mother", "1 Test Street", "2 Test Lane", "Monday 30 November 2026"):
        assert said in shown
    for asked in ("Clarify whether your organisation", "Complete the attached", "Secure all records", "Keep your agency"):
        assert asked in shown
    nothing_identifies(story)


async def test_opening_is_recorded_for_that_person_and_that_issue(story: Story) -> None:
    request = await police(story)
    await opens(story, "open_request", request)
    kept = await request_of(story, request)
    assert (kept.state, kept.opened_at) == ("opened", story.clock.now())
    found = await read(story, request=request)
    assert [(one.person, one.issue) for one in found.openings] == [(who(person(story, "police-lead")), 1)]
    rows = await story.parts.store.history(f"case:{CASE}")
    assert [row.kind for row in rows] == ["request_opened"]
    assert "has been opened" in text_of(story.channel.updates[-1][1]), "the card follows"


async def test_what_is_withheld_is_not_shown(story: Story) -> None:
    request = await police(story, withheld=("family.2", "children.1.address", "family.1.address"))
    shown = window_text(await opens(story, "open_request", request))
    assert "Test Mother" in shown
    assert "Test Father" not in shown
    assert "Test Lane" not in shown
    assert "Test Street" not in shown


async def test_pressed_in_a_channel_without_windows_it_comes_one_to_one(story: Story) -> None:
    request = await police(story)
    said = await story.press_raw("open_request", request)
    assert "your own chat" in text_of(said)
    assert "Test Child One" in text_of(story.channel.said["police-lead"][-1])
    nothing_identifies(story)


async def test_somebody_who_never_wrote_to_the_assistant_is_told_what_to_do_and_opens_nothing(story: Story) -> None:
    request = await police(story)
    await member(story, "police-deputy", "police", "deputy", alone=False)
    story.as_("police-deputy", in_channel="police")
    assert 'write "hello"' in text_of(await story.press_raw("open_request", request))
    assert (await request_of(story, request)).state == "sent"
    assert "Test Mother" in window_text(await opens(story, "open_request", request)), "a window needs no chat"


async def test_typed_one_to_one_with_the_reference(story: Story) -> None:
    await police(story)
    story.as_("police-lead")
    assert "Test Child One" in text_of(await story.says(f"open request {REFERENCE}"))
    assert story.has("begin_return")
    assert story.has("begin_nil")


async def test_several_requests_are_a_choice_and_none_is_said(story: Story) -> None:
    request = await police(story)
    story.as_("police-lead")
    said = await story.says("open request")
    assert "Test Child One" not in text_of(said)
    await story.press_on("open_request", target=request)
    assert "Test Child One" in text_of(story.newest)
    story.as_("nurse")
    assert "No request waits" in text_of(await story.says("open request"))


async def test_the_two_requests_about_records_are_acknowledged_there(story: Story) -> None:
    request = await police(story)
    await opens(story, "open_request", request)
    await sends(story, "begin_return", {"records_secured": "yes", "kept_separate": "no"})
    kept = (await form_of(story, "return-police")).answers
    assert kept["records_secured"].value == "yes"
    assert kept["kept_separate"].value == "no"
    assert (await request_of(story, request)).state == "opened", "that is no answer yet"
    await opens(story, "open_request", request)
    assert [one.value for one in story.window.inputs] == ["yes", "no"]


@pytest.mark.parametrize("other", ["nurse", "practitioner", "manager", "coordinator"])
async def test_nobody_else_opens_it(story: Story, other: str) -> None:
    request = await police(story)
    story.as_(other, in_channel="police")
    shown = window_text(await opens(story, "open_request", request))
    assert "You cannot open this request" in shown
    assert "Test Child" not in shown
    assert (await read(story, request=request)).openings == ()


async def test_a_request_that_was_withdrawn_or_is_not_sent_yet_says_so(story: Story) -> None:
    await referred(story)
    request = await ask(story, "police", "police", state="withdrawn")
    story.as_("police-lead", in_channel="police")
    assert "was withdrawn" in (await opens(story, "open_request", request)).closed_text


async def test_two_children_are_both_searched_for(story: Story) -> None:
    await referred(story, TWO)
    request = await ask(story, "police", "police")
    story.as_("police-lead", in_channel="police")
    shown = window_text(await opens(story, "open_request", request))
    assert "Test Child One" in shown
    assert "Test Child Two" in shown


async def test_a_private_request_is_the_seniors_alone(story: Story) -> None:
    await referred(story)
    senior = await member(story, "independent", "police")
    request = await ask(story, "police", "police", delivery="private", senior=who(senior))
    story.as_("police-lead", in_channel="police")
    assert "You cannot open" in window_text(await opens(story, "open_request", request))
    story.as_("independent")
    await story.press_raw("open_request", request)
    assert "Test Child One" in text_of(story.newest)
    assert "channel:police" not in story.channel.said
