"""The letter to the National Panel, its sending, and what the Panel replies."""

from __future__ import annotations

from review_steps import (
    ICB,
    LA,
    RETURN,
    asked,
    files,
    heard_by,
    make_letter,
    pressed,
    ready,
    returned,
    sent,
    sign,
    signed,
    whole,
    words_of,
    written,
)
from story import Story, text_of

from state.values import JSON

LETTER = "NS-2026-0001 4 Letter to the National Panel v1.docx"
FINAL = "NS-2026-0001 3 Rapid review v1.docx"


def actions() -> dict[str, JSON]:
    """A return whose action reads like no other's."""
    return {**RETURN, "actions.1.action": "Train staff in safe sleep"}


def drafts(snapshot, form: str) -> list[str]:  # type: ignore[no-untyped-def]
    """How the drafts of a form stand, oldest first."""
    return [one.draft.status for one in snapshot.written if one.draft.form == form]


async def test_it_is_refused_while_anything_is_unfinished_and_says_what(story: Story) -> None:
    case = await ready(story)
    story.as_("coordinator")
    said = text_of(await story.says("write the panel letter for NS-2026-0001"))
    assert "The letter cannot be made yet." in said
    assert "things before this can be sent" in said
    assert "Not signed off yet by the police" in said
    await written(story, case)
    said = text_of(await make_letter(story, case))
    assert "The letter cannot be made yet." in said
    assert "3 things before this can be sent" in said
    assert LETTER not in files(story)


async def test_only_the_chosen_wording_stands_in_it(story: Story) -> None:
    case = await signed(story)
    said = text_of(await make_letter(story, case))
    assert "The letter and the pack for NS-2026-0001 are in the case's folder." in said
    text = words_of(story, LETTER)
    assert "meets the criteria for a local Child Safeguarding Practice Review" in text
    assert "national Child Safeguarding Practice Review" not in text
    assert "does not meet" not in text
    assert "endorsed" not in text
    assert "[" not in text
    assert "Test Chair" in text
    assert "Test Child" not in text
    pack = words_of(story, FINAL)
    assert "DRAFT" not in pack
    assert "Test Chief Nurse" in pack


async def test_the_endorsement_is_a_whole_sentence_or_none(story: Story) -> None:
    case = await signed(story)
    story.as_("coordinator")
    await story.press_raw("write_letter", case.id)
    await story.press("confirm", {one.id: one.value for one in story.card.inputs})
    await story.says("change endorsed by")
    await story.press("answer", {"endorsed_by": "Test Scrutineer"})
    await story.says("check")
    await story.press("submit")
    assert "The decision has been endorsed by Test Scrutineer" in words_of(story, LETTER)


async def test_a_letter_that_contradicts_the_report_is_refused(story: Story) -> None:
    case = await signed(story)
    story.as_("coordinator")
    await story.press_raw("write_letter", case.id)
    values = {one.id: one.value for one in story.card.inputs}
    await story.press("confirm", {**values, "conclusion": "national"})
    await story.says("check")
    said = text_of(await story.press("submit"))
    assert "The report says something else." in said
    assert LETTER not in files(story)


async def test_it_cannot_be_recorded_as_sent_before_it_is_made(story: Story) -> None:
    case = await signed(story)
    story.as_("coordinator")
    assert "There is no letter for the newest report." in text_of(await story.press_raw("mark_sent", case.id))
    await make_letter(story, case)
    await story.as_("nurse").press_raw("change_signed", case.id)
    story.as_("coordinator")
    said = text_of(await story.press_raw("mark_sent", case.id))
    assert "It cannot be sent yet." in said
    for person in (LA, ICB, "police-lead"):
        await sign(story, case, person)
    story.as_("coordinator")
    assert "There is no letter for the newest report." in text_of(await story.press_raw("mark_sent", case.id))


async def test_sending_is_recorded_meets_the_date_freezes_and_is_told(story: Story) -> None:
    case = await signed(story)
    await asked(story, case, "gp", "gp", "withdrawn")
    await make_letter(story, case)
    await pressed(story, "mark_sent", case.id, {"sent": "3 December 2026 at 09:00"})
    now = await whole(story)
    assert now.case is not None
    assert now.case.sent_at is not None
    assert now.case.sent_at.isoformat() == "2026-12-03T09:00:00+00:00"
    assert next(one for one in now.deadlines if one.kind == "rapid_review").met == now.case.sent_at
    assert (drafts(now, "rapid_review"), drafts(now, "panel_letter")) == (["submitted"], ["submitted"])
    outcome = "The rapid review of NS-2026-0001 is finished. The outcome: there will be a local review. Thank you"
    for person in (LA, ICB, "nurse"):
        assert outcome in heard_by(story, person)[-1]
    for channel in ("channel:police", "channel:fire"):
        told = "".join(text_of(reply) for reply in story.channel.said[channel])
        assert "Test Child" not in told
    story.as_("nurse")
    assert "stays as it is" in text_of(await story.press_raw("write_review", case.id))
    story.as_("coordinator")
    assert "stays as it is" in text_of(await story.press_raw("letter", case.id))


async def test_a_time_that_is_still_to_come_is_refused(story: Story) -> None:
    case = await signed(story)
    await make_letter(story, case)
    await pressed(story, "mark_sent", case.id, {"sent": "1 January 2027 at 09:00"})
    now = (await whole(story)).case
    assert now is not None
    assert now.sent_at is None


async def test_only_the_coordinator_writes_it_and_records_the_sending(story: Story) -> None:
    case = await signed(story)
    await make_letter(story, case)
    for person in ("manager", LA, "nurse", "practitioner"):
        story.as_(person)
        for action in ("letter", "write_letter", "mark_sent", "keep_sent", "panel_reply", "supplementary"):
            await story.press_raw(action, case.id, {"sent": "3 December 2026 at 09:00"})
    now = (await whole(story)).case
    assert now is not None
    assert now.sent_at is None


async def reply(story: Story, answer: str, *more: tuple[str, dict[str, str]]) -> str:
    """The coordinator records the Panel's reply."""
    await story.press("answer", {"reply": answer})
    await story.press("answer", {"received_on": "today"})
    for action, inputs in more:
        await story.press(action, inputs)
    await story.press("skip")
    return text_of(await story.press("submit"))


async def test_the_panel_agrees(story: Story) -> None:
    case = await sent(story)
    await story.as_("coordinator").press_raw("panel_reply", case.id)
    assert "the National Panel agrees" in await reply(story, "agrees")
    now = (await whole(story)).case
    assert now is not None
    assert now.status == "decided"


async def test_the_panel_disagrees_and_a_new_version_is_opened_beside_the_sent_one(story: Story) -> None:
    case = await sent(story)
    await story.as_("coordinator").press_raw("panel_reply", case.id)
    assert "A new version of the report is open" in await reply(story, "disagrees")
    now = await whole(story)
    assert now.case is not None
    assert now.case.status == "reviewing"
    assert now.case.sent_at is not None
    assert drafts(now, "rapid_review") == ["submitted", "open"]
    await written(story, case, {"review_kind": "national", "rationale": "The Panel sees more to learn."})
    for person in (LA, ICB, "police-lead"):
        await sign(story, case, person)
    await make_letter(story, case)
    assert "national Child Safeguarding Practice Review" in words_of(story, LETTER.replace("v1", "v2"))
    assert "local Child Safeguarding Practice Review" in words_of(story, LETTER)
    assert {FINAL, FINAL.replace("v1", "v2")} <= set(files(story))
    await pressed(story, "mark_sent", case.id, {"sent": "3 December 2026 at 09:00"})
    now = await whole(story)
    assert drafts(now, "rapid_review") == ["submitted", "submitted"]


async def test_the_panel_asks_for_more_by_a_date(story: Story) -> None:
    case = await sent(story)
    await story.as_("coordinator").press_raw("panel_reply", case.id)
    row = {"questions.1.question": "Was the father asked?"}
    said = await reply(story, "asks_more", ("answer", {"asked_by": "17 December 2026"}), ("row_save", row), ("row_done", {}))
    assert "the National Panel asks for more by Thursday 17 December 2026 at 17:00" in said
    due = next(one for one in (await whole(story)).deadlines if one.kind == "panel_reply")
    assert (due.owner, due.met) == ("coordinator", None)
    said = text_of(await story.press_raw("supplementary", case.id))
    assert "Please answer each question first. Without an answer: 1." in said
    await story.press_raw("panel_reply", case.id)
    await story.says("check")
    await story.press("change", {"change": "questions:1"})
    await story.press("row_save", {"questions.1.question": "Was the father asked?", "questions.1.reply": "Yes, in June."})
    said = text_of(await story.press_raw("supplementary", case.id))
    assert "The supplementary letter for NS-2026-0001 is being made." in said
    text = words_of(story, "NS-2026-0001 4 Supplementary letter v1.docx")
    assert "Was the father asked?" in text
    assert "Yes, in June." in text
    await story.press("supplement_sent")
    now = await whole(story)
    assert next(one for one in now.deadlines if one.kind == "panel_reply").met is not None
    assert drafts(now, "panel_reply") == ["submitted"]
    assert drafts(now, "rapid_review") == ["submitted"]


async def test_a_reply_before_anything_was_sent_is_refused(story: Story) -> None:
    case = await ready(story)
    story.as_("coordinator")
    assert "It was not sent to the National Panel yet." in text_of(await story.press_raw("panel_reply", case.id))


async def test_going_on_without_a_return_is_said_with_a_reason_and_it_stays_outstanding(story: Story) -> None:
    case = await signed(story)
    request = await asked(story, case, "gp", "gp")
    said = text_of(await make_letter(story, case))
    assert "Test Surgery has not answered." in said
    await pressed(story, "without_return", case.id, {"requests": request.id, "reason": "They never answered."})
    said = text_of(await make_letter(story, case))
    assert "are in the case's folder" in said
    pack = words_of(story, FINAL)
    assert "Test Surgery" in pack
    assert "DRAFT" not in pack


async def test_a_return_that_comes_after_the_signatures_is_signed_for_again(story: Story) -> None:
    case = await signed(story)
    await returned(story, case, "gp", "gp", actions(), returned_at=story.clock.now())
    said = text_of(await make_letter(story, case))
    assert "Test Surgery answered after a partner had signed." in said
    await story.press_raw("change_signed", case.id)
    for person in (LA, ICB, "police-lead"):
        await sign(story, case, person)
    assert "are in the case's folder" in text_of(await make_letter(story, case))


async def test_the_letter_is_made_after_a_restart(story: Story) -> None:
    case = await signed(story)
    await story.restart()
    await make_letter(story, case)
    assert LETTER in files(story, "06 Panel")
    await story.restart()
    await pressed(story.as_("coordinator"), "mark_sent", case.id, {"sent": "3 December 2026 at 09:00"})
    now = (await whole(story)).case
    assert now is not None
    assert now.sent_at is not None


async def test_actions_that_read_alike_do_not_hold_up_a_letter_that_was_signed_as_it_stands(story: Story) -> None:
    """Signing closes the plan: nobody could merge them any more, and the letter would never go."""
    case = await ready(story)
    await returned(story, case, "housing", "housing")
    await written(story, case)
    story.as_("coordinator")
    before = text_of(await story.says("write the panel letter for NS-2026-0001"))
    for person in (LA, ICB, "police-lead"):
        await sign(story, case, person)
    said = text_of(await make_letter(story, case))
    assert "read alike" in before
    assert "The letter and the pack for NS-2026-0001 are in the case's folder." in said
