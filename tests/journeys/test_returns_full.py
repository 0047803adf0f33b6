"""The full return: written in windows or in conversation, by several people in several sittings, and sent to be signed off."""

from __future__ import annotations

from asked import (
    CASE,
    REFERENCE,
    RETURN,
    TWO,
    ask,
    deadline_of,
    documents,
    fills_in_windows,
    form_of,
    member,
    nothing_identifies,
    opens,
    person,
    printed,
    referred,
    request_of,
    return_in_windows,
    sends,
    who,
    window_text,
)
from referral_steps import fill_in
from story import Story, text_of

SENIOR = {"signed_off_by": "Test Chief, Superintendent"}


async def police(story: Story, *, two: bool = False) -> str:
    await referred(story, TWO) if two else await referred(story)
    request = await ask(story, "police", "police")
    story.as_("police-lead", in_channel="police")
    return request


async def begin(story: Story, request: str) -> None:
    await opens(story, "open_request", request)
    await sends(story, "begin_return")


async def test_in_windows_where_nobody_else_can_sign_the_senior_is_named(story: Story) -> None:
    request = await police(story)
    closed = await return_in_windows(story, request, RETURN | SENIOR)
    assert "has been sent to the coordinator" in closed.closed_text
    kept = await request_of(story, request)
    assert (kept.state, kept.returns, kept.signed_by) == ("returned", 1, "")
    assert kept.author == who(person(story, "police-lead"))
    assert kept.returned_at == story.clock.now()
    assert (await deadline_of(story, request)).met == story.clock.now()
    told = "\n".join(text_of(one) for one in story.channel.said["channel:coordinators"])
    assert f"{REFERENCE}: the return of Test Police has come" in told
    assert "Thank you. Your answer has come" in text_of(story.channel.updates[-1][1])
    assert documents(story) == [f"{REFERENCE} 2 Return 1 police"]
    paper = printed(story, f"{REFERENCE} 2 Return 1 police")
    for said in ("Test Chief", "Test Officer One", "Train new officers", "He said that he wanted to go home"):
        assert said in paper
    nothing_identifies(story)


async def test_without_a_named_senior_it_is_not_sent_and_never_signed_by_its_author(story: Story) -> None:
    request = await police(story)
    await return_in_windows(story, request)
    assert "name the senior colleague" in window_text(story.window)
    assert [one.id for one in story.window.inputs if one.error] == ["signed_off_by"]
    await sends(story, "window_save", {"signed_off_by": "Test Police Lead"})
    await fills_in_windows(story, {})
    await sends(story, "window_send")
    assert "not signed off by its author" in window_text(story.window)
    assert (await request_of(story, request)).state == "drafting"
    await sends(story, "window_save", SENIOR)
    await fills_in_windows(story, {})
    assert "has been sent" in (await sends(story, "window_send")).closed_text


async def test_in_conversation_one_to_one(story: Story) -> None:
    request = await police(story)
    story.as_("police-lead")
    await story.says(f"open request {REFERENCE}")
    await story.press("begin_return", {"records_secured": "yes", "kept_separate": "yes"})
    answers = {path: value for path, value in (RETURN | SENIOR).items() if path.split(".")[0] not in ROWS}
    await fill_in(story, answers)
    assert story.has("submit"), text_of(story.newest)
    await story.says("change actions")
    await story.press("row_save", {path: RETURN[path] for path in RETURN if path.startswith("actions.1")})
    await story.says("done")
    await story.says("check")
    said = text_of(await story.press("submit"))
    assert "has been sent to the coordinator" in said
    assert (await request_of(story, request)).state == "returned"
    nothing_identifies(story)


ROWS = ("professionals", "key_events", "actions")


async def test_section_one_shows_where_it_comes_from_and_is_confirmed_or_corrected(story: Story) -> None:
    request = await police(story)
    story.as_("police-lead")
    await story.says(f"open request {REFERENCE}")
    first = text_of(await story.press("begin_return"))
    assert "from the referral" in first
    assert "We carry on" not in first, "it has just begun"
    assert [one.value for one in story.card.inputs][:1] == ["Test Child One"]
    values = {one.id: one.value for one in story.card.inputs} | {"children.1.ethnicity": "mixed_other"}
    await story.press("confirm", values)
    kept = (await form_of(story, "return-police")).answers
    assert kept["children.1.ethnicity"].value == "mixed_other"
    assert kept["children.1.name"].state == "given"
    assert kept["related_adults.1.name"].value == "Test Mother"
    assert kept["addresses.2.address"].value == "2 Test Lane, Testtown"
    assert (await request_of(story, request)).state == "drafting", "the first answer begins it"


async def test_the_first_answer_begins_it_and_the_card_says_so(story: Story) -> None:
    request = await police(story)
    await begin(story, request)
    assert (await request_of(story, request)).state == "opened"
    await sends(story, "window_save")
    assert (await request_of(story, request)).state == "drafting"
    assert "is being written" in text_of(story.channel.updates[-1][1])


async def test_the_own_row_of_the_table_is_hidden(story: Story) -> None:
    request = await police(story)
    await begin(story, request)
    for _ in range(20):
        ticks = [one for one in story.window.inputs if one.id == "contacts.*.contact"]
        if ticks:
            break
        ways = {one.action for one in story.window.buttons}
        given = {one.id: RETURN[one.id] for one in story.window.inputs if one.id in RETURN}
        await sends(story, "window_on" if "window_on" in ways else "window_save", {} if "window_on" in ways else given)
    values = [choice.value for choice in ticks[0].choices]
    assert "police" not in values
    assert "gp" in values
    assert len(values) == 25, "24 others, and none of these"


async def test_an_action_without_a_lead_or_a_date_is_asked_for(story: Story) -> None:
    request = await police(story)
    half = {path: value for path, value in RETURN.items() if path not in ("actions.1.lead", "actions.1.deadline")}
    await opens(story, "open_request", request)
    await sends(story, "begin_return")
    last = await fills_in_windows(story, half | SENIOR)
    assert "Suggested action 1 still needs: lead, deadline" in window_text(last), "check your answers says so"
    await sends(story, "window_send")
    assert "still needs: lead, deadline" in window_text(story.window)
    assert (await request_of(story, request)).state == "drafting"
    await sends(story, "window_save", {"actions.1.lead": "Test Lead", "actions.1.deadline": "not known"})
    await sends(story, "window_on")
    await fills_in_windows(story, {})
    assert "has been sent" in (await sends(story, "window_send")).closed_text


async def test_an_event_says_which_child_it_is_about(story: Story) -> None:
    request = await police(story, two=True)
    no_child = {path: value for path, value in RETURN.items() if path != "key_events.1.children"}
    more = {"children.2.voice": "She drew her home."}
    await opens(story, "open_request", request)
    await sends(story, "begin_return")
    await fills_in_windows(story, no_child | SENIOR | more)
    await sends(story, "window_send")
    assert "Key event 1 does not say which child" in window_text(story.window)
    await sends(story, "window_save", {"key_events.1.children": "2"})
    await sends(story, "window_on")
    await fills_in_windows(story, {})
    assert "has been sent" in (await sends(story, "window_send")).closed_text


async def test_the_voice_of_the_child_is_not_left_blank_without_a_reason(story: Story) -> None:
    request = await police(story)
    silent = {path: value for path, value in RETURN.items() if path != "children.1.voice"}
    await begin(story, request)
    for _ in range(40):
        given = {one.id: (silent | SENIOR)[one.id] for one in story.window.inputs if one.id in silent | SENIOR}
        if any(one.id == "children.1.voice_missing_reason" for one in story.window.inputs):
            break
        ways = {one.action for one in story.window.buttons}
        rows = "window_on" in ways
        await sends(story, "window_on" if rows else "window_save", {} if rows else given)
    await sends(story, "window_save", {"children.1.voice": "", "children.1.voice_missing_reason": ""})
    assert [one.id for one in story.window.inputs if one.error] == ["children.1.voice_missing_reason"]
    await sends(story, "window_save", {"children.1.voice_missing_reason": "We never met the child."})
    assert not [one.id for one in story.window.inputs if one.error]


async def test_not_known_in_the_full_return_leads_to_the_nil_return(story: Story) -> None:
    request = await police(story)
    await begin(story, request)
    await fills_in_windows(story, {"involvement": "not_known", "records_secured": "yes", "kept_separate": "yes"})
    await sends(story, "window_send")
    assert "a short answer is enough" in window_text(story.window)
    ways = {one.action for one in (story.window.submit, *story.window.buttons) if one}
    assert "begin_nil" in ways
    assert (await request_of(story, request)).returns == 0


async def test_several_sittings_and_a_restart(story: Story) -> None:
    request = await police(story)
    await begin(story, request)
    await sends(story, "window_save")
    await sends(story, "window_later")
    await story.later(days=1)
    await story.restart()
    story.as_("police-lead", in_channel="police")
    await begin(story, request)
    assert "children.1.name" not in [one.id for one in story.window.inputs], "what was done is not asked again"
    await fills_in_windows(story, RETURN | SENIOR)
    assert "has been sent" in (await sends(story, "window_send")).closed_text


async def test_a_corrected_return_is_a_new_version_beside_the_first(story: Story) -> None:
    request = await police(story)
    await return_in_windows(story, request, RETURN | SENIOR)
    await opens(story, "correct_return", request)
    assert "is open again" in window_text(story.window)
    assert (await request_of(story, request)).state == "drafting"
    await sends(story, "begin_return")
    await fills_in_windows(story, {})
    await story.press_window_raw("return-police")
    draft = await form_of(story, "return-police")
    await opens_at(story, draft.draft.id, "summary:0")
    await sends(story, "window_save", {"summary": "Police were called to the home three times."})
    await fills_in_windows(story, {})
    await sends(story, "window_send")
    kept = await request_of(story, request)
    assert (kept.state, kept.returns) == ("returned", 2)
    assert documents(story) == [f"{REFERENCE} 2 Return 1 police", f"{REFERENCE} 2 Return 2 police"]
    assert "twice" in printed(story, f"{REFERENCE} 2 Return 1 police")
    assert "three times" in printed(story, f"{REFERENCE} 2 Return 2 police")
    assert "corrected return" in "".join(text_of(one) for one in story.channel.said["channel:coordinators"])
    assert "return_reopened" in [row.kind for row in await story.parts.store.history(f"case:{CASE}")]


async def opens_at(story: Story, draft: str, at: str) -> None:
    from dialogs.reply import window_from
    from dialogs.turn import OpenWindow

    await story.take(OpenWindow(action="window", target=draft, at=at))
    story.window = window_from(story.answer)


async def test_two_people_at_once_lose_neither_words(story: Story) -> None:
    request = await police(story)
    await member(story, "police-deputy", "police", "deputy")
    await begin(story, request)
    mine = story.window
    story.as_("police-deputy", in_channel="police")
    await begin(story, request)
    await sends(story, "window_save", {"children.1.religion": "Church of England"})
    story.as_("police-lead", in_channel="police")
    story.window = mine
    await sends(story, "window_save", {"children.1.religion": "Muslim"})
    shown = window_text(story.window)
    assert "Muslim" in shown, "what was sent is shown"
    assert (await form_of(story, "return-police")).answers["children.1.religion"].value == "Church of England"


async def test_carry_on_goes_on_where_they_stopped_and_on_another_device_offers_the_request(story: Story) -> None:
    request = await police(story)
    story.as_("police-lead")
    await story.says(f"open request {REFERENCE}")
    await story.press("begin_return")
    here = [one.id for one in story.card.inputs]
    await story.says("pause")
    assert [one.id for one in (await story.says("carry on")).card.inputs] == here
    story.as_("police-lead", device="telephone")
    await story.says("carry on")
    await story.press_on("open_request", target=request)
    await story.press("begin_return")
    assert [one.id for one in story.card.inputs] == here
