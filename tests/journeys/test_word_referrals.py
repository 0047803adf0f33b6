"""Document 1a, filled in in Word and dropped: the sender's own referral, or one that the coordinator enters for them."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

from referral_steps import ONE_CHILD, begin, fill_in
from scoping_steps import case_of, filed, id_of, referred
from story import Story, text_of
from word_parts import filled, filled_in, for_children, ticked
from word_steps import drops, settle

from state.records import DraftRecord
from state.snapshot import Wanted

FORM: Mapping[str, str] = {
    "referral.referrer_name": "Test Sender",
    "referral.referrer_role": "Health visitor",
    "referral.referrer_agency": "Test Surgery",
    "referral.referrer_email": "sender@example.org",
    "referral.children.1.name": "Test Child One",
    "referral.children.1.date_of_birth": "3 April 2019",
    "referral.incident_date": "20 November 2026",
    "referral.family.1.name": "Test Mother",
    "referral.family.1.relationship": "Mother",
    "referral.summary": "He was taken to hospital.",
}
"""Ten answers."""
CAME = {
    "receipt_source": "email",
    "received_at": "20/11/2026 16:00",
    "referrer_email": "sender@example.org",
    "referrer_telephone": "01632 960001",
}


async def my_drafts(story: Story, person: str) -> tuple[DraftRecord, ...]:
    """The drafts of somebody that are not sent."""
    return (await story.parts.store.read(Wanted(turn="", person=id_of(story, person), place="", mine=True))).my_drafts


async def kinds(story: Story, chain: str) -> dict[str, dict[str, str]]:
    """What a chain of history has, by kind."""
    return {row.kind: dict(row.what) for row in await story.parts.store.history(chain)}


async def test_a_coordinator_enters_it_for_the_sender_and_sends_it(story: Story) -> None:
    content = filled("referral", {**FORM, "referral.children.1.seriously_harmed": ""})
    said = await drops(story.as_("coordinator"), content)

    assert "10 answers read, 0 unclear. Please check them. Nothing is sent yet." in said
    for shown in ("Test Sender", "Health visitor", "Test Child One", "Test Mother"):
        assert shown in said
    [draft] = await my_drafts(story, "coordinator")
    assert draft.on_behalf
    await story.press("finish")
    await fill_in(story, ONE_CHILD | CAME)
    await story.press("submit")
    case = await case_of(story)
    assert (case.draft, case.entered_by) == (draft.id, id_of(story, "coordinator"))
    digest = hashlib.sha256(content).hexdigest()
    assert (await kinds(story, f"draft:{draft.id}"))["file_read"] == {"digest": digest}
    assert (await kinds(story, f"case:{case.id}"))["referral_from_file"] == {"digest": digest}
    assert (await story.answers_of(draft.id))["referrer_name"].value == "Test Sender"


async def test_boxes_that_do_not_agree_are_for_a_person_to_choose_from(story: Story) -> None:
    content = ticked(filled("referral", FORM), "children.1.deceased.yes", "children.1.deceased.no")
    said = await drops(story.as_("coordinator"), content)

    assert "10 answers read, 1 unclear." in said
    card = await settle(story)
    assert "Reading 1: Yes" in card
    assert "Reading 2: No" in card
    await story.press("take_2")
    [draft] = await my_drafts(story, "coordinator")
    assert (await story.answers_of(draft.id))["children.1.deceased"].value == "no"
    assert not story.has("settle_unclear")


async def test_a_reading_can_be_typed_as_well(story: Story) -> None:
    content = ticked(filled("referral", FORM), "agencies_concern.yes", "agencies_concern.not_known")
    await drops(story.as_("coordinator"), content)
    await settle(story)
    await story.says("take the second")
    [draft] = await my_drafts(story, "coordinator")
    assert (await story.answers_of(draft.id))["agencies_concern"].state == "not_known"
    other = ticked(filled("referral", FORM | {"referral.summary": "x"}), "agencies_concern.yes", "agencies_concern.no")
    await drops(story, other)
    await settle(story)
    await story.says("no")
    newest = max(await my_drafts(story, "coordinator"), key=lambda one: one.begun_at)
    assert (await story.answers_of(newest.id))["agencies_concern"].value == "no"


async def test_several_children_are_read_each_for_themselves(story: Story) -> None:
    two = {**FORM, "referral.children.2.name": "Test Child Two", "referral.children.2.date_of_birth": "9 May 2021"}
    content = filled_in(for_children(2), two)
    said = await drops(story.as_("coordinator"), content)

    assert "12 answers read" in said
    [draft] = await my_drafts(story, "coordinator")
    answers = await story.answers_of(draft.id)
    assert (answers["children.1.name"].value, answers["children.2.name"].value) == ("Test Child One", "Test Child Two")


async def test_a_practitioner_drops_their_own(story: Story) -> None:
    said = await drops(story.as_("practitioner"), filled("referral", FORM))

    assert "10 answers read" in said
    [draft] = await my_drafts(story, "practitioner")
    assert not draft.on_behalf
    assert (await story.answers_of(draft.id))["referrer_name"].value == "Test Sender", "the form says who"


async def test_the_same_file_leads_to_the_draft_that_is_there(story: Story) -> None:
    content = filled("referral", FORM)
    await drops(story.as_("coordinator"), content)
    await story.says("change summary")
    await story.press("answer", {"summary": "He was taken to hospital twice."})
    said = await drops(story, content, "another name.docx")

    assert "This file was read before." in said
    assert "He was taken to hospital twice." in said
    assert len(await my_drafts(story, "coordinator")) == 1
    await story.says("cancel")
    await story.press("confirm_cancel")
    assert await my_drafts(story, "coordinator") == ()
    assert "He was taken to hospital twice." in await drops(story, content), "nothing is lost with a slip"
    [draft] = await my_drafts(story, "coordinator")
    assert draft.status == "open"
    assert "10 answers read" in await drops(story.as_("practitioner"), content), "somebody else's is their own"


async def test_a_file_that_was_sent_is_not_sent_again(story: Story) -> None:
    content = filled("referral", FORM)
    await drops(story.as_("practitioner"), content)
    await story.press("finish")
    await fill_in(story, ONE_CHILD)
    await story.press("submit")
    said = await drops(story, content)

    assert "The referral from this file was sent already." in said
    assert story.has("my_referrals")
    assert await my_drafts(story, "practitioner") == ()


async def test_a_referral_that_is_being_written_is_kept(story: Story) -> None:
    story.as_("practitioner")
    await begin(story)
    await story.press("confirm", {one.id: one.value for one in story.card.inputs})
    said = await drops(story, filled("referral", FORM))

    assert 'The referral that you were writing is kept. To find it again, type "my referrals".' in said
    assert len(await my_drafts(story, "practitioner")) == 2
    assert len([one for one in (await story.says("my referrals")).card.buttons if one.action == "resume"]) == 2  # type: ignore[union-attr]


async def test_a_copy_of_a_referral_that_was_sent_is_no_new_one(story: Story) -> None:
    await referred(story)
    content = next(path for path in filed(story) if "1a Referral" in path.name).read_bytes()
    said = await drops(story.as_("coordinator"), content)

    assert said.startswith("This is a copy of the referral NS-2026-0001, which is here already.")
    assert story.has("open_case")
    assert await my_drafts(story, "coordinator") == ()
    elsewhere = await drops(story.as_("head-teacher"), content)
    unknown = await drops(story, filled_in(content, {"document.reference": "NS-2026-0099"}))
    assert elsewhere.replace("0001", "0099") == unknown, "whether there is such a case is told to nobody else"


async def test_what_could_not_be_read_stands_in_its_question(story: Story) -> None:
    values = {"referral.incident_date": "some time in the autumn", "referral.referrer_email": "none"}
    content = filled("referral", FORM | values)
    said = await drops(story.as_("coordinator"), content)

    assert "8 answers read, 2 unclear." in said
    await story.press("finish")
    await fill_in(story, ONE_CHILD | CAME, until="incident_date")
    [asked] = [one for one in story.card.inputs if one.id == "incident_date"]
    assert asked.value == "some time in the autumn"
    assert asked.error.startswith("The file says: some time in the autumn.")
    await story.press("answer", {"incident_date": "20 November 2026"})
    assert "some time in the autumn" not in text_of(await story.says("check"))


async def test_in_a_channel_a_referral_is_not_read(story: Story) -> None:
    said = await drops(story.as_("coordinator", in_channel="coordinators"), filled("referral", FORM))

    assert said == "A referral names a child. Please drop it in a chat with me alone, not in a channel."
    assert await my_drafts(story, "coordinator") == ()
