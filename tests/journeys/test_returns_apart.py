"""One organisation never sees what is another's; stale buttons, ended roles and withdrawn requests are answered plainly."""

from __future__ import annotations

import pytest
from asked import (
    NIL,
    REFERENCE,
    RETURN,
    ask,
    fills_in_windows,
    form_of,
    member,
    nothing_identifies,
    opens,
    referred,
    request_of,
    return_in_windows,
    sends,
    window_text,
)
from msgspec.structs import replace
from story import Story, text_of

from dialogs.reply import window_from
from dialogs.returns.acts import PRESSES
from dialogs.turn import OpenWindow, Press, SubmitWindow

OF_A_REQUEST = sorted(name for name, act in PRESSES.items() if act.about.value == "request")
SENIOR = {"signed_off_by": "Test Chief"}


async def both(story: Story) -> tuple[str, str]:
    """The police and the hospital are asked; the police have written most of their return."""
    await referred(story)
    police = await ask(story, "police", "police", withheld=("family.2",))
    hospital = await ask(story, "test-hospital-trust", "hospital_trust")
    story.as_("police-lead", in_channel="police")
    await opens(story, "open_request", police)
    await sends(story, "begin_return")
    await fills_in_windows(story, RETURN)
    return police, hospital


SECRET = ("Test Child One", "Test Mother", "Test Officer One", "Police were called", "Test Street")


@pytest.mark.parametrize("action", OF_A_REQUEST)
async def test_no_button_of_one_organisations_request_works_for_another(story: Story, action: str) -> None:
    police, _ = await both(story)
    before, answers = await request_of(story, police), (await form_of(story, "return-police")).answers
    for place in ("police", "test-hospital-trust", ""):
        story.as_("nurse", in_channel=place)
        await story.take(Press(action=action, target=police, inputs={"reason": "x", "question": "y", "colleague": "z"}))
        said = text_of(story.newest)
        await story.take(OpenWindow(action=action, target=police))
        said += window_text(window_from(story.answer))
        await story.take(SubmitWindow(action=action, target=police, inputs={"question": "y"}))
        said += window_text(window_from(story.answer))
        assert "You cannot open this request" in said
        assert [one for one in SECRET if one in said] == []
    assert await request_of(story, police) == before
    assert (await form_of(story, "return-police")).answers == answers


@pytest.mark.parametrize("action", ["answer", "confirm", "skip", "change", "submit", "row_save", "check", "pause", "why"])
async def test_no_button_of_one_organisations_return_works_for_another(story: Story, action: str) -> None:
    await both(story)
    answers = (await form_of(story, "return-police")).answers
    story.as_("nurse")
    said = text_of(await story.press_raw(action, "return-police", {"summary": "Wrong"}))
    assert "You cannot open this request" in said
    assert (await form_of(story, "return-police")).answers == answers


@pytest.mark.parametrize("action", ["window", "window_save", "window_on", "window_go", "window_send", "window_later"])
async def test_no_window_of_one_organisations_return_opens_for_another(story: Story, action: str) -> None:
    await both(story)
    answers = (await form_of(story, "return-police")).answers
    story.as_("nurse", in_channel="police")
    said = OpenWindow if action == "window" else SubmitWindow
    await story.take(said(action=action, target="return-police", at="summary:0"))
    shown = window_text(window_from(story.answer))
    assert [one for one in SECRET if one in shown] == []
    assert (await form_of(story, "return-police")).answers == answers


async def test_the_hospital_sees_its_own_alone(story: Story) -> None:
    await both(story)
    story.as_("nurse")
    shown = text_of(await story.says(f"open request {REFERENCE}"))
    assert "Test Father" in shown, "withheld from the police, not from them"
    assert "Test Officer" not in shown
    nothing_identifies(story)


async def test_a_lead_of_both_may_do_both_and_a_role_counts_where_it_was_given(story: Story) -> None:
    police, hospital = await both(story)
    await member(story, "leads-one", "test-hospital-trust", "agency_lead")
    story.as_("leads-one", in_channel="police")
    assert "You cannot open" in (await opens(story, "open_request", police)).closed_text
    assert "Test Child One" in window_text(await opens(story, "open_request", hospital))


async def test_a_removed_lead_and_an_ended_role_have_nothing_and_nothing_is_lost(story: Story) -> None:
    police, _ = await both(story)
    answers = (await form_of(story, "return-police")).answers
    await story.end_role("police-lead")
    assert "You cannot open this request" in (await sends(story, "window_later")).closed_text
    assert "You cannot open" in (await opens(story, "open_request", police)).closed_text
    await story.remove("police-lead")
    said = text_of(await story.press_raw("open_request", police))
    assert "no longer have access" in said
    await member(story, "new-lead", "police", "agency_lead")
    story.as_("new-lead", in_channel="police")
    await opens(story, "open_request", police)
    await sends(story, "begin_return")
    await sends(story, "window_send")
    await sends(story, "window_save", SENIOR)
    await fills_in_windows(story, {})
    await sends(story, "window_send")
    assert (await request_of(story, police)).state == "returned"
    kept = (await form_of(story, "return-police")).answers
    assert all(kept[path].value == one.value for path, one in answers.items() if one.state == "given")


async def test_withdrawn_while_it_is_written(story: Story) -> None:
    police, _ = await both(story)
    answers = (await form_of(story, "return-police")).answers
    await story.write(replace(await request_of(story, police), state="withdrawn"))
    closed = await sends(story, "window_send")
    assert "was withdrawn" in closed.closed_text
    assert "was withdrawn" in (await opens(story, "open_request", police)).closed_text
    story.as_("police-lead")
    said = text_of(await story.press_raw("answer", "return-police", {"summary": "More"}))
    assert "was withdrawn" in said
    assert (await form_of(story, "return-police")).answers == answers


async def test_typed_words_after_it_was_withdrawn_are_answered(story: Story) -> None:
    await referred(story)
    police = await ask(story, "police", "police")
    story.as_("police-lead")
    await story.says(f"open request {REFERENCE}")
    await story.press("begin_return")
    await story.write(replace(await request_of(story, police), state="withdrawn"))
    assert "was withdrawn" in text_of(await story.says("Test Child One"))


async def test_typed_words_after_it_was_sent_say_how_to_correct_it(story: Story) -> None:
    await referred(story)
    police = await ask(story, "police", "police")
    story.as_("police-lead", in_channel="police")
    await return_in_windows(story, police, RETURN | SENIOR)
    story.as_("police-lead")
    said = text_of(await story.press_raw("answer", "return-police", {"summary": "More"}))
    assert "Correct the return" in said


async def test_a_button_of_an_earlier_issue_shows_the_new_names(story: Story) -> None:
    await referred(story)
    police = await ask(story, "police", "police")
    story.as_("police-lead", in_channel="police")
    await opens(story, "not_known_to_us", police)
    await story.write(replace(await request_of(story, police), issue=2, changed=("Test New Alias",)))
    await sends(story, "begin_nil")
    shown = window_text(story.window)
    assert "have changed since your button was made" in shown
    assert "Please search again under" in shown
    assert "Test New Alias" in shown
    await sends(story, "begin_nil")
    await fills_in_windows(story, NIL)
    assert "confirmed in writing" in (await sends(story, "window_send")).closed_text


async def test_a_request_that_nobody_knows(story: Story) -> None:
    story.as_("police-lead", in_channel="police")
    for action in OF_A_REQUEST:
        assert "You cannot open this request" in (await opens(story, action, "no-such-request")).closed_text


async def test_after_a_restart_the_card_and_the_return_go_on(story: Story) -> None:
    police, _ = await both(story)
    await story.restart()
    story.as_("police-lead", in_channel="police")
    await sends(story, "window_send")
    await sends(story, "window_save", SENIOR)
    await fills_in_windows(story, {})
    await sends(story, "window_send")
    assert (await request_of(story, police)).state == "returned"


async def test_a_nil_return_of_one_organisation_is_not_anothers_either(story: Story) -> None:
    police, _ = await both(story)
    await opens(story, "not_known_to_us", police)
    await sends(story, "begin_nil")
    nil = (await request_of(story, police)).nil
    answers = (await form_of(story, nil)).answers
    story.as_("nurse", in_channel="test-hospital-trust")
    for action in ("window_save", "window_send", "window_go"):
        await story.take(SubmitWindow(action=action, target=nil, inputs={"records_searched": "Wrong"}))
        assert "You cannot open this request" in window_text(window_from(story.answer))
    assert (await form_of(story, nil)).answers == answers
