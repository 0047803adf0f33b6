"""The nil return: said by somebody who has the names of this issue before them, confirmed in writing, never from silence."""

from __future__ import annotations

from asked import (
    CASE,
    NIL,
    REFERENCE,
    ask,
    deadline_of,
    documents,
    fills_in_windows,
    form_of,
    member,
    nil_in_windows,
    nothing_identifies,
    opens,
    person,
    printed,
    read,
    referred,
    request_of,
    sends,
    who,
    window_text,
)
from msgspec.structs import replace
from referral_steps import fill_in
from story import Story, text_of


async def police(story: Story) -> str:
    await referred(story)
    request = await ask(story, "police", "police")
    story.as_("police-lead", in_channel="police")
    return request


async def test_in_windows_over_the_channel(story: Story) -> None:
    request = await police(story)
    first = window_text(await opens(story, "not_known_to_us", request))
    assert "Test Child One" in first, "nobody can say so without the names before them"
    await sends(story, "begin_nil", {"records_secured": "yes", "kept_separate": "yes"})
    names = next(one for one in story.window.inputs if one.id == "names_checked")
    assert [choice.label for choice in names.choices] == ["Test Child One; Tilly Test", "Test Mother", "Test Father"]
    await fills_in_windows(story, NIL)
    closed = await sends(story, "window_send")
    assert "confirmed in writing" in closed.closed_text
    kept = await request_of(story, request)
    lead = who(person(story, "police-lead"))
    assert (kept.state, kept.author, kept.returned_at) == ("nil_return", lead, story.clock.now())
    assert (await deadline_of(story, request)).met == story.clock.now()
    answers = (await form_of(story, kept.nil)).answers
    assert answers["names_checked"].value == ["children.1", "family.1", "family.2"]
    assert answers["records_searched"].value == "Test records system"
    assert answers["confirmed_by"].value["name"] == "Test Police Lead"
    assert documents(story) == [f"{REFERENCE} Nil return 1 police"]
    paper = printed(story, f"{REFERENCE} Nil return 1 police")
    assert "Test records system" in paper
    assert "Test Child One; Tilly Test" in paper
    assert "not known to you" in text_of(story.channel.updates[-1][1]), "the card follows"
    assert f"{REFERENCE}: Test Police does not know" in text_of(story.channel.said["channel:coordinators"][-1])
    assert "nil_return" in [row.kind for row in await story.parts.store.history(f"case:{CASE}")]
    nothing_identifies(story)


async def test_in_conversation_one_to_one(story: Story) -> None:
    request = await police(story)
    story.as_("police-lead")
    await story.says(f"open request {REFERENCE}")
    assert "We carry on" not in text_of(await story.press("begin_nil"))
    assert "We carry on" in text_of(await story.press_raw("begin_nil", request))
    await fill_in(story, NIL)
    assert story.has("submit"), text_of(story.newest)
    said = text_of(await story.press("submit"))
    assert "confirmed in writing" in said
    assert (await request_of(story, request)).state == "nil_return"


async def test_a_colleague_who_has_not_opened_the_names_may_not_confirm(story: Story) -> None:
    request = await police(story)
    await member(story, "police-deputy", "police", "deputy")
    await opens(story, "not_known_to_us", request)
    await sends(story, "begin_nil")
    last = await fills_in_windows(story, NIL)
    story.as_("police-deputy", in_channel="police")
    story.window = last
    closed = await sends(story, "window_send")
    assert "you have not opened them" in closed.closed_text
    assert (await request_of(story, request)).state == "opened"
    await opens(story, "not_known_to_us", request)
    await sends(story, "begin_nil")
    await fills_in_windows(story, {})
    assert "confirmed in writing" in (await sends(story, "window_send")).closed_text


async def test_who_opened_only_the_issue_before_may_not_confirm(story: Story) -> None:
    request = await police(story)
    await opens(story, "not_known_to_us", request)
    await sends(story, "begin_nil")
    last = await fills_in_windows(story, NIL)
    await story.write(replace(await request_of(story, request), issue=2))
    story.window = last
    assert "Please open them" in (await sends(story, "window_send")).closed_text
    assert (await request_of(story, request)).state == "opened"


async def test_a_nil_return_needs_what_was_searched_and_under_which_names(story: Story) -> None:
    request = await police(story)
    await opens(story, "not_known_to_us", request)
    await sends(story, "begin_nil")
    await fills_in_windows(story, {"not_known": "yes", "names_checked": ""})
    await sends(story, "window_send")
    assert [one.id for one in story.window.inputs if one.error] == ["names_checked"]
    await sends(story, "window_save", {"names_checked": "children.1"})
    await fills_in_windows(story, {})
    await sends(story, "window_send")
    assert [one.id for one in story.window.inputs if one.error] == ["records_searched"]
    assert (await request_of(story, request)).state == "opened"


async def test_no_to_the_question_leads_to_the_return(story: Story) -> None:
    request = await police(story)
    await opens(story, "not_known_to_us", request)
    await sends(story, "begin_nil")
    await fills_in_windows(story, NIL | {"not_known": "no"})
    assert "begin the return" in (await sends(story, "window_send")).closed_text
    assert (await request_of(story, request)).state == "opened"


async def test_two_people_begin_one_nil_return(story: Story) -> None:
    request = await police(story)
    await member(story, "police-deputy", "police", "deputy")
    await opens(story, "not_known_to_us", request)
    await sends(story, "begin_nil")
    story.as_("police-deputy", in_channel="police")
    await opens(story, "not_known_to_us", request)
    await sends(story, "begin_nil")
    forms = (await read(story, case=CASE, forms=("nil_return",))).written
    assert len(forms) == 1


async def test_silence_is_never_a_nil_return(story: Story) -> None:
    request = await police(story)
    await opens(story, "not_known_to_us", request)
    await story.later(days=30)
    assert (await request_of(story, request)).state == "opened"
    assert (await deadline_of(story, request)).met is None


async def test_what_only_confirms_the_same_twice_is_refused(story: Story) -> None:
    request = await police(story)
    await nil_in_windows(story, request)
    await opens(story, "not_known_to_us", request)
    ways = {one.action for one in (story.window.submit, *story.window.buttons) if one}
    assert ways == {"correct_return", "ask_question"}
