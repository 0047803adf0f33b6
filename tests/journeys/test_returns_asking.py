"""More time, a question, a colleague, an involvement: what an organisation says beside its answer."""

from __future__ import annotations

import pytest
from asked import (
    CASE,
    REFERENCE,
    RETURN,
    ask,
    deadline_of,
    fills_in_windows,
    form_of,
    member,
    named,
    nothing_identifies,
    notices,
    opens,
    person,
    read,
    referred,
    request_of,
    return_in_windows,
    said_in_channels,
    sends,
    who,
    window_text,
)
from story import Story, text_of


async def police(story: Story) -> str:
    await referred(story)
    request = await ask(story, "police", "police")
    story.as_("police-lead", in_channel="police")
    return request


async def test_more_time_is_kept_told_and_shown_on_the_card(story: Story) -> None:
    request = await police(story)
    assert "Monday 30 November 2026 at 17:00" in window_text(await opens(story, "more_time", request))
    closed = await sends(story, "ask_time", {"new_date": "4 December 2026", "reason": "Test Child One has two files."})
    assert "asked for time until Friday 4 December 2026" in closed.closed_text
    kept = await request_of(story, request)
    extension = kept.extensions[0]
    assert (extension.new_date.isoformat(), extension.granted) == ("2026-12-04", None)
    assert extension.reason == "Test Child One has two files."
    assert kept.due == (await deadline_of(story, request)).due, "the first date stands until it is granted"
    notice = (await notices(story))[0]
    assert (notice.kind, notice.about) == ("more_time", request)
    assert notice.content == {"request": request, "new_date": "2026-12-04", "reason": "Test Child One has two files."}
    told = text_of(story.channel.said["channel:coordinators"][-1])
    assert f"{REFERENCE}: Test Police asks for time until Friday 4 December 2026" in told
    assert "More time asked for until: Friday 4 December 2026" in text_of(story.channel.updates[-1][1])
    nothing_identifies(story)


@pytest.mark.parametrize("wrong", ["30 November 2026", "27 November 2026", "", "next blue moon"])
async def test_a_day_that_is_no_later_is_refused_and_what_was_written_stays(story: Story, wrong: str) -> None:
    request = await police(story)
    await opens(story, "more_time", request)
    await sends(story, "ask_time", {"new_date": wrong, "reason": "Two files."})
    assert [one.id for one in story.window.inputs if one.error] == ["new_date"]
    assert [one.value for one in story.window.inputs] == [wrong, "Two files."]
    assert (await request_of(story, request)).extensions == ()


async def test_more_time_needs_a_reason_and_asked_twice_the_second_counts(story: Story) -> None:
    request = await police(story)
    story.as_("police-lead")
    await story.press_raw("more_time", request)
    await story.press("ask_time", {"new_date": "4 December 2026"})
    assert [one.id for one in story.card.inputs if one.error] == ["reason"]
    await story.press("ask_time", {"new_date": "4 December 2026", "reason": "Two files."})
    await story.press_raw("more_time", request)
    await story.press("ask_time", {"new_date": "7 December 2026", "reason": "Three files."})
    kept = await request_of(story, request)
    assert [one.new_date.day for one in kept.extensions] == [7]
    assert [one.content["reason"] for one in await notices(story)] == ["Three files."]


async def test_a_question_goes_to_the_coordinator_by_reference(story: Story) -> None:
    request = await police(story)
    await opens(story, "ask_question", request)
    await sends(story, "send_question")
    assert story.window.inputs[0].error
    closed = await sends(story, "send_question", {"question": "Is Test Father the father?"})
    assert "with the coordinator" in closed.closed_text
    notice = (await notices(story))[0]
    assert notice.kind == "question"
    assert notice.content == {"request": request, "question": "Is Test Father the father?"}
    assert f"{REFERENCE}: Test Police has a question" in text_of(story.channel.said["channel:coordinators"][-1])
    await opens(story, "ask_question", request)
    await sends(story, "send_question", {"question": "A second one?"})
    assert len(await notices(story)) == 2
    nothing_identifies(story)


async def test_a_colleague_to_whom_it_is_passed_can_write_the_return(story: Story) -> None:
    request = await police(story)
    await member(story, "writer", "police")
    await member(story, "elsewhere", "test-hospital-trust")
    await opens(story, "pass_on", request)
    assert [choice.label for choice in story.window.inputs[0].choices] == ["Test Writer"]
    closed = await sends(story, "do_pass_on", {"colleague": who(person(story, "writer"))})
    assert "Test Writer can now write the return, and has been told" in closed.closed_text
    assert (await request_of(story, request)).delegate == who(person(story, "writer"))
    story.as_("writer")
    assert "passed the request" in text_of(story.newest)
    await story.press("open_request")
    assert "Test Child One" in text_of(story.newest)
    assert "Test Child One" in text_of(await story.says(f"open request {REFERENCE}"))
    story.as_("writer", in_channel="police")
    await return_in_windows(story, request)
    assert (await request_of(story, request)).state == "awaiting_sign_off", "the lead signs"
    nothing_identifies(story)


async def test_a_colleague_who_cannot_be_reached_is_named_and_nobody_else_can_be_chosen(story: Story) -> None:
    request = await police(story)
    await opens(story, "pass_on", request)
    assert "knows no colleague" in story.window.closed_text
    await member(story, "writer", "police", alone=False)
    await opens(story, "pass_on", request)
    await sends(story, "do_pass_on", {"colleague": who(person(story, "nurse"))})
    assert story.window.inputs[0].error
    closed = await sends(story, "do_pass_on", {"colleague": who(person(story, "writer"))})
    assert "cannot reach them yet" in closed.closed_text


async def test_an_involvement_is_declared_with_one_button_and_a_colleague_takes_over(story: Story) -> None:
    request = await police(story)
    await member(story, "police-deputy", "police", "deputy")
    await opens(story, "open_request", request)
    await sends(story, "begin_return")
    await sends(story, "window_save")
    mine = story.window
    closed = await opens(story, "declare_involvement", request)
    assert "You will see nothing more of this case" in closed.closed_text
    story.window = mine
    kept = await form_of(story, "return-police")
    assert "You cannot open this request" in (await sends(story, "window_save")).closed_text, "drafts included"
    assert "You cannot open this request" in (await opens(story, "open_request", request)).closed_text
    story.as_("police-lead")
    assert "No request waits" in text_of(await story.says(f"open request {REFERENCE}"))
    assert (await form_of(story, "return-police")).answers == kept.answers, "nothing of what was written is lost"
    people = (await read(story, case=CASE)).case_people
    assert [(one.person, one.relation, one.reason) for one in people] == [
        (who(person(story, "police-lead")), "excluded", "involvement")
    ]
    assert "Please open it in their place" in text_of(story.channel.said["police-deputy"][-1])
    assert "a colleague answers" in text_of(story.channel.said["channel:coordinators"][-1])
    assert await notices(story) == ()
    assert "Test Police Lead" not in said_in_channels(story), "nobody reads in the channel who it was"
    story.as_("police-deputy", in_channel="police")
    await opens(story, "open_request", request)
    await sends(story, "begin_return")
    await fills_in_windows(story, RETURN | {"signed_off_by": "Test Chief"})
    await sends(story, "window_send")
    assert (await request_of(story, request)).state == "returned"


async def test_where_nobody_is_left_the_coordinator_names_an_independent_senior(story: Story) -> None:
    request = await police(story)
    story.as_("police-lead")
    await story.press_raw("declare_involvement", request)
    notice = (await notices(story))[0]
    assert (notice.kind, notice.about) == ("involvement", request)
    assert "Please name an independent senior" in text_of(story.channel.said["channel:coordinators"][-1])
    assert "involvement_declared" in [row.kind for row in await story.parts.store.history(f"case:{CASE}")]


async def test_declared_in_the_middle_of_a_conversation_nothing_more_is_shown(story: Story) -> None:
    request = await police(story)
    story.as_("police-lead")
    await story.says(f"open request {REFERENCE}")
    await story.press("begin_return")
    card = len(story.heard)
    await story.press_raw("declare_involvement", request)
    for said in (await story.says("carry on"), await story.says("check"), await story.press_card(card, "confirm", {})):
        assert "Test Child" not in text_of(said)


async def test_a_restricted_request_is_the_named_peoples_alone(story: Story) -> None:
    await referred(story, restricted=True)
    senior = await member(story, "independent", "police")
    await named(story, "independent", "coordinator")
    request = await ask(story, "police", "police", delivery="private", senior=who(senior))
    story.as_("police-lead", in_channel="police")
    assert "You cannot open" in (await opens(story, "open_request", request)).closed_text
    story.as_("independent", in_channel="police")
    await opens(story, "ask_question", request)
    await sends(story, "send_question", {"question": "Who is asked?"})
    assert story.channel.said["channel:coordinators"] == []
    assert REFERENCE in text_of(story.channel.said["coordinator"][-1])


async def test_what_was_ticked_beside_the_names_is_kept_whichever_way_they_go_on(story: Story) -> None:
    request = await police(story)
    for action, name in (("more_time", "records_secured"), ("ask_question", "kept_separate")):
        await opens(story, "open_request", request)
        await sends(story, action, {name: "yes"})
        assert (await form_of(story, "return-police")).answers[name].value == "yes"
    assert (await request_of(story, request)).state == "opened"


async def test_a_coordinator_who_enters_a_return_is_not_shut_out_by_one_press(story: Story) -> None:
    await referred(story)
    request = await ask(story, "gp", "gp", delivery="email")
    story.as_("coordinator")
    await story.press_raw("open_request", request)
    assert not story.has("declare_involvement")
    assert "Only somebody of the organisation" in text_of(await story.press_raw("declare_involvement", request))
    assert (await read(story, case=CASE)).case_people == ()
    await story.press_raw("begin_return", request)
    assert "prepared_by_name" not in (await form_of(story, "return-gp")).answers, "they are not its author"


async def test_an_agency_lead_on_a_restricted_list_is_not_told_what_others_ask(story: Story) -> None:
    await referred(story, restricted=True)
    senior = await member(story, "independent", "police")
    await named(story, "independent", "coordinator", "nurse")
    request = await ask(story, "police", "police", delivery="private", senior=who(senior))
    story.as_("independent", in_channel="police")
    await opens(story, "ask_question", request)
    await sends(story, "send_question", {"question": "Who is asked?"})
    assert story.channel.said["nurse"] == []


@pytest.mark.parametrize(
    ("asks", "sends_it", "inputs"),
    [
        ("more_time", "ask_time", {"new_date": "4 December 2026", "reason": "Two files."}),
        ("ask_question", "send_question", {"question": "Which years?"}),
        ("pass_on", "do_pass_on", {}),
    ],
)
async def test_what_was_sent_one_to_one_is_not_sent_twice(
    story: Story, asks: str, sends_it: str, inputs: dict[str, str]
) -> None:
    request = await police(story)
    deputy = await member(story, "police-deputy", "police", "deputy")
    story.as_("police-lead")
    await story.press_raw(asks, request)
    card = f"card-{len(story.heard)}"
    await story.press(sends_it, inputs or {"colleague": who(deputy)})
    assert (card, "This card is done.") in [(replaced, text_of(reply)) for replaced, reply in story.channel.updates]
