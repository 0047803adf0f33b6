"""Document 2, completed in Word and dropped: read back, shown for checking, and never more than what the form says."""

from __future__ import annotations

import pytest
from msgspec.structs import replace
from scoping_steps import history, id_of, requests_of, seen
from story import Story, text_of
from word_parts import filled, filled_in, form
from word_steps import READ, RETURN, TRUST, completed, drops, return_of, sent_form, settle, value_of

from dialogs.reply import window_from
from dialogs.turn import OpenWindow


@pytest.fixture
def story(two_asked: Story) -> Story:
    return two_asked


async def test_a_lead_drops_the_form_and_it_becomes_the_return(story: Story) -> None:
    story.as_("nurse")
    values = {**RETURN, "scoping.key_events.1.date": "31 February 2026", "scoping.contacts.gp.contact": "perhaps"}
    said = await drops(story, completed(story, TRUST, values), "renamed.docx")

    assert "6 answers read, 2 unclear." in said
    assert "She was admitted once." in said
    assert "Key events, number 1: Date: 31 February 2026" in said
    assert "GP: In contact with: perhaps" in said
    requests = await requests_of(story)
    assert (requests[TRUST].state, requests["police"].state) == ("drafting", "sent")
    assert "file_read" in list(await history(story))
    assert not story.has("submit"), "what the form leaves open is asked"
    assert await value_of(story, TRUST, "summary") == "She was admitted once."


async def test_what_stands_in_the_form_as_it_was_sent_is_nobodys_answer(story: Story) -> None:
    story.as_("nurse")
    said = await drops(story, sent_form(story, TRUST))

    assert "This file says nothing that is not here already." in said
    assert "unclear" not in said.casefold()
    kept = (await return_of(story, TRUST)).answers
    assert {one.source for path, one in kept.items() if path.startswith("related_adults.")} == {"referral"}
    assert kept["related_adults.1.aliases"].value == "Test Zeph", "other names beside a name are no part of it"


async def test_unclear_answers_are_settled_one_after_another(story: Story) -> None:
    story.as_("nurse")
    values = {**RETURN, "scoping.key_events.1.date": "31 February 2026", "scoping.key_events.1.event": "A visit."}
    await drops(story, completed(story, TRUST, {**values, "scoping.contacts.gp.contact": "perhaps"}))

    said = await settle(story)
    assert "The file says: 31 February 2026. There is no 31 February." in said
    assert [one.value for one in story.card.inputs] == ["31 February 2026"], "it is corrected, not typed anew"
    assert "There is no 30 February" in text_of(await story.press("settle_this", {story.asked: "30 February 2026"}))
    assert "We did not read that as yes or no" in text_of(await story.says("3 February 2026"))
    await story.says("maybe")
    assert "GP: In contact with" in text_of(story.newest)
    assert "check_answers" in text_of(await story.says("yes")) or story.has("finish")
    assert await value_of(story, TRUST, "key_events.1.date") is not None
    assert await value_of(story, TRUST, "contacts.gp.contact") == "yes"
    assert not story.has("settle_unclear")


async def test_what_is_left_for_later_stands_in_its_question_when_that_is_asked(story: Story) -> None:
    story.as_("nurse")
    await drops(story, completed(story, TRUST, {**RETURN, "scoping.conflict_of_interest": "we hope not"}))
    await settle(story)
    await story.press("leave_unclear")
    assert "we hope not" in text_of(story.newest), "check your answers has it still"
    await story.says("change conflict of interest")
    assert "The file says: we hope not." in story.card.inputs[0].error
    await story.press("answer", {"conflict_of_interest": "no"})
    assert "we hope not" not in text_of(await story.says("check"))


async def test_a_text_too_long_for_any_answer_is_kept_whole(story: Story) -> None:
    story.as_("nurse")
    long = "x" * 200_001
    said = await drops(story, completed(story, TRUST, {**RETURN, "scoping.summary": long, "scoping.reason": "y" * 150_000}))

    assert "5 answers" not in said
    assert "6 answers read, 1 unclear." in said
    assert "This is the beginning of 200,001 letters." in said
    kept = (await return_of(story, TRUST)).answers
    assert kept["file/summary"].value == {"texts": [long], "why": "refused"}
    assert kept["reason"].value == "y" * 150_000


async def test_dropped_again_only_what_changed_counts(story: Story) -> None:
    story.as_("nurse")
    first = completed(story, TRUST, {**RETURN, "scoping.reason": "She was ill."})
    await drops(story, first)
    assert "This file says nothing that is not here already." in await drops(story, first)
    await story.says("change summary of involvement")
    await story.press("answer", {"summary": "She was admitted twice."})
    second = filled_in(first, {"scoping.worked_well": "The ward rang at once.", "scoping.reason": ""})
    said = await drops(story, second)

    assert "1 answer read, 0 unclear." in said
    assert "The new file does not say these any more: Reason for involvement." in said
    assert await value_of(story, TRUST, "summary") == "She was admitted twice.", "the file has not changed there"
    assert await value_of(story, TRUST, "reason") == "She was ill."
    third = filled_in(second, {"scoping.summary": "She was admitted three times."})
    assert "No new answers read, 1 unclear." in await drops(story, third)


async def test_what_was_answered_in_chat_meanwhile_is_shown_beside_the_file(story: Story) -> None:
    story.as_("nurse")
    request = (await requests_of(story))[TRUST]
    await story.press_raw("open_request", request.id)
    await story.press("begin_return")
    await story.says("change summary of involvement")
    await story.press("answer", {"summary": "She was seen twice."})
    said = await drops(story, completed(story, TRUST))

    assert "5 answers read, 1 unclear." in said
    assert await value_of(story, TRUST, "summary") == "She was seen twice."
    card = await settle(story)
    assert "In the file: She was admitted once." in card
    assert "Here: She was seen twice." in card
    await story.press("keep_here")
    assert await value_of(story, TRUST, "summary") == "She was seen twice."
    again = filled_in(completed(story, TRUST), {"scoping.summary": "She was admitted once, in May."})
    await drops(story, again)
    await settle(story)
    await story.says("take what the file says")
    assert await value_of(story, TRUST, "summary") == "She was admitted once, in May."


async def test_rows_are_known_by_what_they_say_wherever_they_stand(story: Story) -> None:
    story.as_("nurse")
    request = (await requests_of(story))[TRUST]
    await story.press_raw("open_request", request.id)
    await story.press("begin_return")
    await story.says("change professionals involved")
    await story.press("row_save", {"professionals.1.role": "Doctor", "professionals.1.name": "Test Doctor"})
    two = {"scoping.professionals.2.role": "Doctor", "scoping.professionals.2.name": "Test Doctor"}
    await drops(story, completed(story, TRUST, {**RETURN, **two}))

    kept = (await return_of(story, TRUST)).answers
    names = {path: one.value for path, one in kept.items() if path.startswith("professionals.") and path.endswith(".name")}
    assert names == {"professionals.1.name": "Test Doctor", "professionals.2.name": "Test Ward Nurse"}


async def test_a_row_that_was_taken_out_here_takes_no_others_place(story: Story) -> None:
    story.as_("nurse")
    await drops(
        story, completed(story, TRUST, {"scoping.actions.1.action": "Ring first.", "scoping.actions.2.action": "Write."})
    )
    number = next(line.split(".")[0] for line in text_of(story.newest).splitlines() if "Action: Ring first." in line)
    await story.says(f"remove {number}")
    more = {
        "scoping.actions.1.action": "Ring first.",
        "scoping.actions.2.action": "Write.",
        "scoping.actions.3.action": "Visit.",
    }
    said = await drops(story, completed(story, TRUST, more))
    kept = (await return_of(story, TRUST)).answers
    assert kept["actions.3.action"].value == "Visit."
    assert kept["actions.1"].state == "removed", "nobody wrote it anew"
    assert "1 answer read, 0 unclear" in said


@pytest.mark.parametrize("person", ["head-teacher", "police-lead"])
async def test_nobody_else_hands_in_that_form_and_nothing_of_it_is_told(story: Story, person: str) -> None:
    content = completed(story, TRUST)
    story.as_(person)
    said = await drops(story, content)

    assert said == "No request to you belongs to this form. Please drop the form that came with your request."
    assert await value_of(story, TRUST, "summary") is None
    assert (await requests_of(story))[TRUST].state == "sent"
    nowhere = filled("scoping", {"document.reference": "NS-2026-0099", "scoping.agency": "Test Hospital Trust"})
    assert await drops(story, nowhere) == said, "a case that there is, and one that there is not"


async def test_a_form_that_names_no_case_says_how_to_name_it(story: Story) -> None:
    story.as_("nurse")
    content = filled("scoping", RETURN)

    assert "does not say which case it is about" in await drops(story, content)
    assert "6 answers read" in await drops(story, content, "NS-2026-0001 our return.docx")


async def test_an_older_form_is_read_and_says_that_the_names_have_changed(story: Story) -> None:
    content = completed(story, TRUST)
    story.as_("coordinator")
    await story.says("correct details NS-2026-0001")
    await story.press("correct_subject", {"subject": "children.1"})
    await story.press("save_correction", {"children.1.name": "Test Child Uno"})
    story.as_("nurse")
    said = await drops(story, content)

    assert "6 answers read, 2 unclear." in said
    assert "The names have changed since this form was sent to you." in said
    assert await value_of(story, TRUST, "children.1.name") == "Test Child Uno", "the form repeats what it was sent with"
    assert "In the file: Test Child One" in await settle(story)


async def test_a_return_that_was_sent_is_taken_up_again_first(story: Story) -> None:
    story.as_("nurse")
    values = {
        **RETURN,
        "scoping.learning_within": "Ring first.",
        "scoping.key_events.1.date": "3 May 2026",
        "scoping.key_events.1.event": "She came to the ward.",
        "scoping.children.1.voice": "She drew her house.",
        "scoping.signed_off_by": "Test Director, Director",
        "scoping.prepared_by_name": "Test Ward Nurse",
        "scoping.prepared_by_role": "Nurse",
    }
    content = completed(story, TRUST, values)
    await drops(story, content)
    await story.press("submit")
    assert (await requests_of(story))[TRUST].state == "returned"
    said = await drops(story, filled_in(content, {"scoping.summary": "She was admitted twice."}))
    assert "The return was sent already." in said
    await story.press("correct_return")
    assert "1 answer read" in await drops(story, filled_in(content, {"scoping.summary": "She was admitted twice."}))


async def test_a_request_that_was_withdrawn_takes_nothing(story: Story) -> None:
    await story.write(replace((await requests_of(story))[TRUST], state="withdrawn"))
    story.as_("nurse")
    said = await drops(story, completed(story, TRUST))

    assert "withdrawn" in said or "not needed" in said, said
    assert await value_of(story, TRUST, "summary") is None


async def test_the_record_of_a_nil_return_is_no_form(story: Story) -> None:
    story.as_("nurse")
    said = await drops(story, filled("nil_return", {"document.reference": "NS-2026-0001"}), "NS-2026-0001.docx")

    assert "nobody fills it in" in said
    assert story.has("not_known_to_us")
    assert "No request to you" in await drops(story.as_("head-teacher"), form("nil_return"), "NS-2026-0001.docx")


async def test_in_a_channel_nothing_is_said_but_how_much(story: Story) -> None:
    story.as_("nurse", in_channel=TRUST)
    said = await drops(story, completed(story, TRUST, {**RETURN, "scoping.conflict_of_interest": "perhaps Test Zephyrine"}))

    assert "6 answers read, 1 unclear." in said
    assert "Zephyrine" not in said
    assert story.has("open_request")


async def test_whoever_it_was_passed_on_to_may_hand_it_in(story: Story) -> None:
    request = (await requests_of(story))[TRUST]
    await story.write(replace(request, delegate=id_of(story, "practitioner")))
    story.as_("practitioner")
    assert "6 answers read" in await drops(story, completed(story, TRUST))
    assert (await return_of(story, TRUST)).answers["summary"].by == id_of(story, "practitioner")


async def test_the_coordinator_enters_the_form_of_who_is_asked_by_email(story: Story) -> None:
    requests = await requests_of(story)
    await story.write(replace(requests[TRUST], delivery="email"))
    story.as_("coordinator")
    assert "6 answers read, 0 unclear." in await drops(story, completed(story, TRUST))
    assert (await requests_of(story))[TRUST].state == "drafting"
    assert "No request to you" in await drops(story, completed(story, "police")), "that one answers by itself"
    assert await value_of(story, "police", "summary") is None
    assert (await seen(story)).requests


async def test_while_it_waits_to_be_signed_off_it_says_who_can_give_it_back(story: Story) -> None:
    request = (await requests_of(story))["police"]
    await story.write(replace(request, state="awaiting_sign_off", author=id_of(story, "police-lead")))
    story.as_("police-lead")
    said = await drops(story, completed(story, "police"))

    assert said.startswith("The return waits to be signed off.")
    assert await value_of(story, "police", "summary") is None


async def test_in_a_window_over_a_channel_the_text_stands_in_its_field(story: Story) -> None:
    story.as_("nurse", in_channel=TRUST)
    await drops(story, completed(story, TRUST, {**RETURN, "scoping.actions.1.deadline": "soon"}))
    draft = (await return_of(story, TRUST)).draft.id
    await story.take(OpenWindow(action="window", target=draft, at="actions:1"))
    window = window_from(story.answer)
    [deadline] = [one for one in window.inputs if one.id == "actions.1.deadline"]
    assert (deadline.value, deadline.error.startswith("The file says: soon.")) == ("soon", True)


async def test_of_two_readings_each_is_shown_and_none_is_taken_by_itself(story: Story) -> None:
    story.as_("nurse")
    read = READ.read("form.docx", completed(story, TRUST))
    doubts = {"scoping.summary": ("She was admitted once.", "She was admitted twice.", "")}
    await story.take(replace(read, doubts=doubts))

    assert await value_of(story, TRUST, "summary") is None
    card = await settle(story)
    assert "Reading 1: She was admitted once.\nReading 2: She was admitted twice.\nReading 3: Nothing" in card
    assert [one.value for one in story.card.inputs] == [""], "nothing is chosen beforehand"
    await story.press("take_2")
    assert await value_of(story, TRUST, "summary") == "She was admitted twice."
    await story.take(replace(read, digest="again", doubts=doubts))
    assert not story.has("settle_unclear"), "what was chosen stays chosen"
