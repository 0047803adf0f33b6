"""The pack: collated with nothing retyped, nil and outstanding kept apart, built with progress, read by the panel."""

from __future__ import annotations

from review_steps import (
    ICB,
    LA,
    RETURN,
    SECTIONS,
    asked,
    files,
    heard_by,
    id_of,
    name_panel,
    nil,
    notified_case,
    pack_data,
    pressed,
    ready,
    returned,
    set_meeting,
    whole,
    words_of,
    written,
)
from story import Story, text_of

from bot.papers.review import OVERVIEW, RAPID_REVIEW
from state.records import CasePersonRecord
from state.scoping_records import PairRecord
from state.values import JSON, utc_text

PACK = "NS-2026-0001 3 Rapid review draft v1.docx"


async def test_it_is_built_as_a_draft_and_progress_is_shown_on_one_card(story: Story) -> None:
    case = await ready(story)
    story.as_("coordinator")
    said = text_of(await story.says("build the pack for NS-2026-0001"))
    assert "The pack is being built." in said
    assert "0 of 2 are made" in "".join(heard_by(story, "coordinator"))
    shown = [text_of(reply) for _, reply in story.channel.updates if "Pack of the rapid review" in text_of(reply)]
    assert ["1 of 2" in shown[-2], "2 of 2" in shown[-1]] == [True, True]
    assert "2 of 2 have come" in shown[-1]
    assert "things before this can be sent" in shown[-1]
    assert "Not signed off yet by the police" in shown[-1]
    assert "each page is marked as a draft" in shown[-1]
    assert PACK in files(story, "05 Rapid review")
    assert "NS-2026-0001 3 Overview v1.docx" in files(story, "05 Rapid review")
    assert case.reference in words_of(story, PACK)
    assert "Test Child One" not in "".join(shown)


async def test_beside_a_draft_the_overview_is_called_a_draft_too(story: Story) -> None:
    case = await ready(story)
    body: dict[str, JSON] = {"case": case.id, "reference": case.reference, "at": utc_text(story.clock.now())}
    for paper in (RAPID_REVIEW, OVERVIEW):
        snapshot = await story.parts.store.read(paper.wanted(body))
        assert paper.make(snapshot, body, story.parts.kit).state == "draft"


async def test_what_the_returns_say_is_in_it_once_with_whose_it_is(story: Story) -> None:
    case = await notified_case(story)
    await returned(story, case, "police", "police", {**RETURN, "summary": "The police summary 7315."})
    await returned(story, case, "gp", "gp", {**RETURN, "summary": "The surgery summary 9921."})
    await story.as_("coordinator").press_raw("pack", case.id)
    text = words_of(story, PACK)
    for said, name in (("The police summary 7315.", "Test Police"), ("The surgery summary 9921.", "Test Surgery")):
        assert text.count(said) == 2, "in the summary, and in its appendix"
        assert f"{name} (return of 26 November 2026): {said}" in text
    made = await pack_data(story)
    assert [(one.organisation, one.text) for one in made.good_practice] == [
        ("Test Surgery", "The same worker came each time."),
        ("Test Police", "The same worker came each time."),
    ]
    assert [one.text for one in made.children[0].voice] == ["He drew his home."] * 2
    assert (made.period_from, made.period_to) == ("1 June 2026", "20 November 2026")


async def test_nil_outstanding_not_sent_withdrawn_and_not_asked_are_five_things(story: Story) -> None:
    case = await notified_case(story)
    await returned(story, case, "police", "police")
    await nil(story, case, "fire", "fire")
    await asked(story, case, "gp", "gp", "opened")
    await asked(story, case, "housing", "housing", "to_send", sent_at=None, due=None)
    await asked(story, case, "probation", "probation", "withdrawn", reason="Sent by mistake.")
    made = await pack_data(story)
    assert [one.organisation for one in made.summaries_from] == ["Test Police"]
    assert [(one.organisation, one.confirmed_on, one.confirmed_by) for one in made.nil_returns] == [
        ("Test Fire and Rescue Service", "25 November 2026", "Test Searcher")
    ]
    assert [(one.organisation, one.asked_on, one.state) for one in made.outstanding] == [
        ("Test Surgery", "23 November 2026", "Opened")
    ]
    not_asked = {one.organisation: one.reason for one in made.not_asked}
    assert not_asked["Test Housing Association"] == "It was chosen, but nothing was sent."
    assert not_asked["Test Probation Service"] == "The request was withdrawn. Sent by mistake."
    assert not_asked["CAFCASS"] == "It was not chosen."
    assert len(not_asked) == 25 - 3
    assert not {"Test Surgery", "GP", "Police", "Test Police"} & set(not_asked)


async def test_a_superseded_nil_return_and_a_draft_never_count(story: Story) -> None:
    case = await notified_case(story)
    await nil(story, case, "fire", "fire", "sent")
    await returned(story, case, "police", "police", state="drafting")
    made = await pack_data(story)
    assert made.nil_returns == ()
    assert made.summary == ()
    assert {one.organisation for one in made.outstanding} == {"Test Fire and Rescue Service", "Test Police"}


async def test_an_accepted_answer_is_what_it_was(story: Story) -> None:
    case = await notified_case(story)
    await nil(story, case, "fire", "fire", "accepted")
    await returned(story, case, "police", "police", state="accepted")
    made = await pack_data(story)
    assert [one.organisation for one in made.nil_returns] == ["Test Fire and Rescue Service"]
    assert [one.organisation for one in made.summaries_from] == ["Test Police"]


async def test_facts_that_differ_are_shown_with_who_says_what_and_not_settled(story: Story) -> None:
    case = await notified_case(story)
    await returned(story, case, "police", "police", {**RETURN, "children.1.ethnicity": "black_caribbean"})
    differs = (await pack_data(story)).children[0].ethnicity.differs
    assert [one.organisation for one in differs] == ["The referral", "Test Police"]
    assert "Caribbean" in differs[1].text


async def test_actions_that_read_alike_are_offered_and_merged_or_kept(story: Story) -> None:
    case = await notified_case(story)
    await returned(story, case, "police", "police")
    other = {**RETURN, "actions.1.action": "Review the missed appointments policy", "actions.1.lead": "Test Other Lead"}
    third = {**RETURN, "actions.1.action": "Review our policy on missed appointments."}
    await returned(story, case, "housing", "housing", third)
    await returned(story, case, "gp", "gp", {**other, "actions.1.action": "Train staff in safe sleep"})
    assert len((await pack_data(story)).actions) == 3
    story.as_("coordinator")
    asked_for = text_of(await story.press_raw("merge_actions", case.id))
    assert "First, from Test Police: Review the policy on missed appointments" in asked_for
    assert "Second, from Test Housing Association" in asked_for
    said = text_of(await story.press("settle_pair", {"keeps": "one"}))
    assert "No two actions read alike now." in said
    plan = (await pack_data(story)).actions
    assert [(one.action, one.suggested_by) for one in plan] == [
        ("Train staff in safe sleep", "Test Surgery"),
        ("Review the policy on missed appointments", "Test Police, Test Housing Association"),
    ]


async def test_what_was_kept_apart_is_not_offered_again(story: Story) -> None:
    case = await notified_case(story)
    await returned(story, case, "police", "police")
    await returned(story, case, "housing", "housing")
    story.as_("coordinator")
    await pressed(story, "merge_actions", case.id, {"keeps": "both"})
    assert "No two actions read alike now." in text_of(await story.press_raw("merge_actions", case.id))
    assert len((await pack_data(story)).actions) == 2
    kept: tuple[PairRecord, ...] = (await whole(story)).pairs
    assert [one.keeps for one in kept] == ["both"]


async def test_an_action_that_is_corrected_is_compared_again(story: Story) -> None:
    from msgspec import structs

    case = await notified_case(story)
    await returned(story, case, "police", "police")
    await returned(story, case, "housing", "housing")
    story.as_("coordinator")
    await pressed(story, "merge_actions", case.id, {"keeps": "one"})
    answers = await story.answers_of("return-housing")
    changed = structs.replace(answers["actions.1.action"], value="Review the policy on missed appointments now")
    await story.write(changed)
    assert "These two actions read alike." in text_of(await story.press_raw("merge_actions", case.id))


async def test_the_panels_own_words_come_first(story: Story) -> None:
    case = await ready(story)
    await written(story, case, {**SECTIONS, "summary": "The panel's own summary."})
    made = await pack_data(story)
    assert [(one.organisation, one.text) for one in made.summary] == [("", "The panel's own summary.")]
    assert made.rationale == "There is more to learn."


async def test_what_is_missing_is_counted_and_named(story: Story) -> None:
    case = await ready(story)
    await asked(story, case, "gp", "gp")
    story.as_("coordinator")
    said = text_of(await story.says("rapid review NS-2026-0001"))
    assert "11 things before this can be sent" in said
    for text in ("Test Surgery has not answered.", "Not written yet: Rationale", "Not signed off yet by the police"):
        assert text in said
    await written(story, case)
    said = text_of(await story.press_raw("review", case.id))
    assert "4 things before this can be sent" in said
    assert "Not written yet" not in said


async def test_a_meeting_that_is_late_tells_the_panel_why(story: Story) -> None:
    case = await notified_case(story)
    await set_meeting(story, case, "17 December 2026 at 10:00", delay="A partner is ill.")
    assert (await pack_data(story)).date == "17 December 2026. This is after the review date. The reason: A partner is ill."


async def test_who_may_read_it_and_who_may_not(story: Story) -> None:
    case = await ready(story)
    for person in ("nurse", LA, ICB, "coordinator"):
        story.as_(person)
        said = "".join(text_of(reply) for reply in story.heard)
        await story.press_raw("read_pack", case.id)
        said = "".join(text_of(reply) for reply in story.heard).removeprefix(said)
        assert "We saw the child on five days." in said
        assert "Nil" not in said or "Test Fire and Rescue Service" in said
    await story.write(CasePersonRecord(case=case.id, person=id_of(story, "coordinator"), relation="excluded"))
    for person in ("manager", "practitioner", "head-teacher", "coordinator"):
        story.as_(person)
        refused = text_of(await story.press_raw("read_pack", case.id))
        assert "We saw the child" not in refused
        assert "You cannot read this case" in refused or "no case with that reference" in refused
    story.as_("nurse", in_channel="test-hospital-trust")
    assert "We saw the child" not in text_of(await story.press_raw("read_pack", case.id))


async def test_it_is_built_after_a_restart(story: Story) -> None:
    case = await ready(story)
    await story.restart()
    await story.as_("coordinator").press_raw("pack", case.id)
    assert PACK in files(story, "05 Rapid review")


async def test_a_second_pack_is_a_new_version_beside_the_first(story: Story) -> None:
    case = await ready(story)
    await story.as_("coordinator").press_raw("pack", case.id)
    await returned(story, case, "housing", "housing")
    await name_panel(story, case, ("nurse",))
    await story.press_raw("pack", case.id)
    assert {PACK, PACK.replace("v1", "v2")} <= set(files(story, "05 Rapid review"))
