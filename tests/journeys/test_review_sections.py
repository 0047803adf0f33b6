"""The panel's own sections: by several people, each what is theirs, until each of the three partners has signed."""

from __future__ import annotations

from msgspec import structs
from review_steps import (
    ICB,
    LA,
    SECTIONS,
    files,
    heard_by,
    name_panel,
    notified_case,
    pressed,
    ready,
    sign,
    signed,
    whole,
    written,
)
from story import Story, text_of

from dialogs.reply import Button
from dialogs.turn import OpenWindow, SubmitWindow


async def report(story: Story) -> dict[str, object]:
    """The given answers of the newest report."""
    draft = [one for one in (await whole(story)).written if one.draft.form == "rapid_review"][-1]
    return {path: answer.value for path, answer in draft.answers.items() if answer.state == "given"}


async def go_to(story: Story, wanted: str) -> None:
    """Go to one question by name."""
    await story.says(f"change {wanted}")
    assert wanted in {one.id for one in story.card.inputs}, text_of(story.newest)


async def test_what_is_known_is_offered_with_its_source_and_nothing_is_retyped(story: Story) -> None:
    case = await ready(story)
    story.as_("nurse")
    await story.press_raw("write_review", case.id)
    first = text_of(story.newest)
    assert "We took this from" in first
    values = {one.id: one.value for one in story.card.inputs}
    assert values == {"period_from": "1 June 2026", "period_to": "20 November 2026"}
    await story.press("confirm", values)
    assert "Test Police (return of 26 November 2026): We saw the child on five days." in text_of(story.newest)


async def test_a_panel_member_is_asked_only_what_is_theirs(story: Story) -> None:
    case = await ready(story)
    story.as_("nurse")
    await story.press_raw("write_review", case.id)
    asked: set[str] = set()
    for _ in range(30):
        actions = {button.action for button in story.card.buttons}
        if "submit" in actions or "finish" in actions:
            break
        asked |= {one.id for one in story.card.inputs}
        await _through(story, actions)
    assert {"summary", "voice_of_parents", "children.1.voice"} <= asked
    assert not asked & {"opinion", "rationale", "criterion_harm", "date", "sign_off.1.partner"}


async def _through(story: Story, actions: set[str]) -> None:
    if "confirm" in actions:
        await story.press("confirm", {one.id: one.value for one in story.card.inputs})
    elif "row_none" in actions:
        await story.press("row_none")
    elif "not_known" in actions and "skip" not in actions:
        await story.press("not_known")
    elif "skip" in actions:
        await story.press("skip")
    else:
        await story.press("answer", {one.id: "Test words" for one in story.card.inputs})


async def test_what_is_not_theirs_can_be_read_and_not_written(story: Story) -> None:
    case = await ready(story)
    story.as_("nurse")
    await story.press_raw("write_review", case.id)
    await story.says("change rationale")
    assert "You can read this part but not write it." in text_of(story.newest)
    draft = story.card.buttons[0].target
    await story.press_raw("answer", draft, {"rationale": "Mine"})
    await story.take(SubmitWindow(action="window_save", target=draft, at="rationale:0", inputs={"rationale": "Mine"}))
    assert "rationale" not in await report(story)


async def test_a_partner_writes_the_decision_and_nobody_the_sign_off_by_hand(story: Story) -> None:
    case = await ready(story)
    story.as_(LA)
    await story.press_raw("write_review", case.id)
    await go_to(story, "rationale")
    await story.press("answer", {"rationale": "There is more to learn."})
    await story.says("change sign off by the partners")
    assert "You can read this part but not write it." in text_of(story.newest)
    assert (await report(story))["rationale"] == "There is more to learn."


async def test_two_people_who_write_one_section_lose_nothing(story: Story) -> None:
    case = await ready(story)
    story.as_("nurse")
    await story.press_raw("write_review", case.id)
    await go_to(story, "good_practice")
    number = len(story.heard)
    story.as_(LA)
    await story.press_raw("write_review", case.id)
    await go_to(story, "good_practice")
    await story.press("confirm", {"good_practice": "The director's words."})
    story.as_("nurse")
    said = text_of(await story.press_card(number, "confirm", {"good_practice": "The nurse's words."}))
    assert "The director's words." in said
    assert (await report(story))["good_practice"] == "The director's words."


async def test_it_is_written_in_windows_over_a_channel(story: Story) -> None:
    case = await ready(story)
    story.as_("nurse", in_channel="test-hospital-trust")
    opened = await story.opens(Button(action="write_review", label="", target=case.id))
    assert {one.id for one in opened.inputs} == {"period_from", "period_to", "summary"}
    inputs = {one.id: one.value for one in opened.inputs}
    after = await story.submits_window({**inputs, "summary": "Written in a window."})
    assert after.inputs
    assert (await report(story))["summary"] == "Written in a window."


async def test_an_opinion_that_contradicts_the_kind_of_review_is_refused(story: Story) -> None:
    case = await ready(story)
    story.as_(LA)
    await story.press_raw("write_review", case.id)
    await go_to(story, "review_kind")
    await story.press("answer", {"review_kind": "national"})
    await go_to(story, "opinion")
    said = text_of(await story.press("answer", {"opinion": "does_not_meet"}))
    assert "A review needs a case that meets the criteria." in said
    assert "opinion" not in await report(story)


async def test_nobody_signs_before_it_is_written(story: Story) -> None:
    case = await ready(story)
    said = text_of(await sign(story, case, LA))
    assert "It cannot be signed yet. Please write these first:" in said
    assert "Not written yet: Rationale" in said


async def test_each_partner_signs_once_and_the_third_concludes(story: Story) -> None:
    case = await ready(story)
    await written(story, case)
    said = text_of(await sign(story, case, LA))
    assert "It is signed for the local authority." in said
    assert "It was signed for the local authority already." in text_of(await sign(story, case, LA))
    assert "Please say what your view is." in text_of(await sign(story, case, ICB, "no"))
    await sign(story, case, ICB, "no", "We would ask for a national review.")
    told = text_of(story.channel.said["channel:coordinators"][-1])
    assert "Still to sign: the police." in told
    kept = (await whole(story)).case
    assert kept is not None
    assert kept.status == "reviewing"
    await sign(story, case, "police-lead")
    kept = (await whole(story)).case
    assert kept is not None
    assert kept.status == "decided"
    answers = await report(story)
    assert answers["sign_off.2.dissent"] == "We would ask for a national review."


async def test_who_is_no_partner_cannot_sign(story: Story) -> None:
    case = await ready(story)
    await written(story, case)
    for person in ("coordinator", "manager", "nurse", "practitioner"):
        await sign(story, case, person)
    assert not [path for path in await report(story) if path.startswith("sign_off")]


async def test_what_changed_since_it_was_read_is_read_again_before_signing(story: Story) -> None:
    case = await ready(story)
    await written(story, case)
    await story.as_(LA).press_raw("sign_off_review", case.id)
    number = len(story.heard)
    await written(story, case, {"rationale": "Another reason."})
    said = text_of(await story.press_card(number, "sign_review_now", {"agreed": "yes"}))
    assert "The report has changed since you opened this." in said
    assert "Another reason." in said
    assert not [path for path in await report(story) if path.startswith("sign_off")]


async def test_a_change_after_signing_warns_first_then_voids_and_tells(story: Story) -> None:
    case = await signed(story)
    story.as_("nurse")
    warned = text_of(await story.press_raw("write_review", case.id))
    assert "Signed off by" in warned
    assert "they must read it and sign again" in warned
    assert len([path for path in await report(story) if path.endswith(".partner") and path.startswith("sign_off")]) == 3
    await story.press("change_signed")
    kept = (await whole(story)).case
    assert kept is not None
    assert kept.status == "reviewing"
    assert "must be signed again" in heard_by(story, LA)[-1]
    said = text_of(await story.as_("coordinator").press_raw("review", case.id))
    assert "Not signed off yet by the local authority" in said
    await sign(story, case, LA)
    assert "It is signed" in heard_by(story, LA)[-1]


async def test_words_in_an_open_window_are_given_back_when_somebody_has_signed(story: Story) -> None:
    case = await ready(story)
    await written(story, case)
    story.as_("nurse")
    await story.press_raw("write_review", case.id)
    draft = next(button.target for button in story.card.buttons if button.action == "window")
    await story.take(OpenWindow(action="window", target=draft, at="summary:0"))
    await sign(story, case, LA)
    story.as_("nurse")
    await story.take(
        SubmitWindow(action="window_save", target=draft, at="summary:0", inputs={"summary": "Words not to be lost."})
    )
    from dialogs.reply import window_from

    given = window_from(story.answer)
    assert "Words not to be lost." in [getattr(block, "text", "") for block in given.blocks]
    assert (await report(story)).get("summary") != "Words not to be lost."


async def test_two_partners_who_sign_at_once_both_stand(story: Story) -> None:
    import asyncio

    from bot.console.places import one_to_one, who_is
    from dialogs.turn import Press, Turn

    case = await ready(story)
    await written(story, case)
    turns = []
    for number, person in enumerate((LA, ICB, "police-lead")):
        await story.as_(person).press_raw("sign_off_review", case.id)
        button = story.button("sign_review_now")
        said = Press(action=button.action, target=button.target, version=button.version, inputs={"agreed": "yes"})
        who = next(one for one in story.people if one.id == person)
        turns.append(Turn(id=f"at-once-{number}", who=who_is(who), place=one_to_one(who), said=said, at=story.clock.now()))
    await asyncio.gather(*(story.parts.house.take(turn) for turn in turns))
    await story.settle()
    answers = await report(story)
    partners = {value for path, value in answers.items() if path.startswith("sign_off.") and path.endswith(".partner")}
    assert partners == {"local_authority", "icb", "police"}
    kept = (await whole(story)).case
    assert kept is not None
    assert kept.status == "decided"


async def test_two_people_who_begin_the_report_at_once_write_one(story: Story) -> None:
    import asyncio

    from bot.console.places import one_to_one, who_is
    from dialogs.turn import Press, Turn

    case = await notified_case(story)
    await name_panel(story, case)
    written_before = [one for one in (await whole(story)).written if one.draft.form == "rapid_review"]
    assert len(written_before) == 1
    await story.write(structs.replace(written_before[0].draft, status="cancelled"))
    turns = []
    for number, person in enumerate((LA, "nurse", "coordinator")):
        who = next(one for one in story.people if one.id == person)
        said = Press(action="write_review", target=case.id)
        turns.append(Turn(id=f"begin-{number}", who=who_is(who), place=one_to_one(who), said=said, at=story.clock.now()))
    await asyncio.gather(*(story.parts.house.take(turn) for turn in turns))
    await story.settle()
    drafts = [one.draft.status for one in (await whole(story)).written if one.draft.form == "rapid_review"]
    assert drafts == ["cancelled", "open"]


async def test_everything_goes_on_after_a_restart(story: Story) -> None:
    case = await ready(story)
    await story.as_("nurse").press_raw("write_review", case.id)
    await story.restart()
    story.as_("nurse")
    await go_to(story, "good_practice")
    await story.press("confirm", {"good_practice": "Kept over a restart."})
    assert (await report(story))["good_practice"] == "Kept over a restart."
    await written(story, case, SECTIONS)
    await story.restart()
    await sign(story, case, LA)
    assert "sign_off.1.partner" in await report(story)
    await story.as_("coordinator").press_raw("pack", case.id)
    assert any("Rapid review draft" in name for name in files(story))
    assert await pressed(story, "review", case.id)
