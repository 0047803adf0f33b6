"""A restricted case: its rapid review is absent to everybody but those on its list, and the panel is put on it."""

from __future__ import annotations

from review_steps import ICB, LA, heard_by, id_of, name_panel, notified_case, pressed, returned, set_meeting, whole, words_of
from story import Story, text_of

from dialogs.reply import Button
from state.records import CasePersonRecord


async def listed(story: Story):  # type: ignore[no-untyped-def]
    """A restricted case with its coordinator on the list, and its panel named."""
    case = await notified_case(story, restricted=True)
    await returned(story, case, "police", "police")
    await set_meeting(story, case)
    await name_panel(story, case, ())
    return case


async def test_who_is_named_to_the_panel_is_put_on_the_list_and_can_read(story: Story) -> None:
    case = await listed(story)
    people = {(one.person, one.relation) for one in (await whole(story)).case_people}
    assert (id_of(story, LA), "named") in people
    story.as_(LA)
    assert "Pack of the rapid review" in text_of(await story.press_raw("read_pack", case.id))


async def test_to_everybody_else_it_does_not_exist(story: Story) -> None:
    case = await listed(story)
    for person in ("nurse", "manager", "practitioner"):
        story.as_(person)
        for action in ("review", "read_pack", "write_review", "meeting", "letter"):
            said = text_of(await story.press_raw(action, case.id))
            assert "We saw the child" not in said
            assert "[Write the review]" not in said


async def test_nothing_of_it_is_posted_in_a_channel(story: Story) -> None:
    case = await listed(story)
    before = len(story.channel.said["channel:coordinators"])
    await story.as_(ICB).press("cannot_attend")
    assert len(story.channel.said["channel:coordinators"]) == before
    assert "cannot come to the meeting" in heard_by(story, "coordinator")[-1]
    story.as_(LA, in_channel="police")
    opened = await story.opens(Button(action="write_review", label="", target=case.id))
    assert opened.closed_text
    assert not opened.inputs


async def test_its_pack_is_marked(story: Story) -> None:
    case = await listed(story)
    await pressed(story.as_("coordinator"), "pack", case.id)
    text = words_of(story, "NS-2026-0001 3 Rapid review draft v1.docx")
    assert story.parts.kit.words.say("documents.restricted") in text
    kept = await whole(story)
    assert all(one.draft.restricted for one in kept.written if one.draft.form == "rapid_review")


async def test_who_is_taken_off_the_panel_of_a_restricted_case_sees_nothing(story: Story) -> None:
    case = await listed(story)
    inputs = {"partner_local_authority": id_of(story, LA), "partner_police": id_of(story, "police-lead")}
    await pressed(story.as_("coordinator"), "panel_people", case.id, inputs)
    story.as_(ICB)
    assert "Pack" not in text_of(await story.press_raw("read_pack", case.id))
    known: list[CasePersonRecord] = [one for one in (await whole(story)).case_people if one.person == id_of(story, ICB)]
    assert {one.relation: one.until is None for one in known}["panel_member"] is False
