"""Attacks on who may see what: channels, lists that are made shorter, what is given up, references tried one by one."""

from __future__ import annotations

from referral_steps import ONE_CHILD, begin, fill_in
from story import Story, text_of
from test_restricted import REFERENCE, another_coordinator, restricted

from bot.console.places import who_is
from bot.doors import NotDelivered
from dialogs.turn import Press
from state.records import CasePersonRecord, GrantRecord


async def test_in_a_channel_a_restricted_referral_is_absent_even_to_those_on_its_list(story: Story) -> None:
    case = await restricted(story, "Test Coordinator")
    story.as_("coordinator", in_channel="coordinators")
    assert REFERENCE not in text_of(await story.says("open referrals"))
    assert text_of(await story.says(f"open {REFERENCE}")) == text_of(await story.says("open NS-2026-0999"))
    assert text_of(await story.press_raw("open_case", case)) == text_of(await story.press_raw("open_case", "nothing"))


async def test_somebody_taken_off_the_list_sees_and_is_told_nothing(story: Story) -> None:
    await another_coordinator(story)
    await begin(story, restricted=True)
    card = len(story.heard)
    people = {choice.label: choice.value for choice in story.card.inputs[0].choices}
    everybody = ",".join(people.values())
    only = next(value for label, value in people.items() if "Test Coordinator" in label)
    await story.press_card(card, "name_people", {"named": everybody})
    await story.press_card(card, "name_people", {"named": only})
    await fill_in(story, ONE_CHILD)
    await story.press("submit")
    assert REFERENCE in text_of(story.channel.said["coordinator"][-1])
    for other in ("nurse", "manager"):
        assert not story.channel.said[other]
        assert REFERENCE not in text_of(await story.as_(other).says("open referrals"))


async def test_somebody_taken_off_the_list_can_be_put_on_it_again(story: Story) -> None:
    await another_coordinator(story)
    await begin(story, restricted=True)
    card = len(story.heard)
    people = {choice.label: choice.value for choice in story.card.inputs[0].choices}
    everybody = ",".join(people.values())
    only = next(value for label, value in people.items() if "Test Coordinator" in label)
    for chosen in (everybody, only, everybody):
        await story.press_card(card, "name_people", {"named": chosen})
    await fill_in(story, ONE_CHILD)
    await story.press("submit")
    assert REFERENCE in text_of(await story.as_("nurse").says("open referrals"))


async def test_what_is_given_up_of_a_restricted_referral_is_told_to_its_list_alone(story: Story) -> None:
    await another_coordinator(story)
    await begin(story, restricted=True)
    people = {choice.label: choice.value for choice in story.card.inputs[0].choices}
    chosen = [value for label, value in people.items() if "Test Nurse" not in label]
    await story.press("name_people", {"named": ",".join(chosen)})
    await fill_in(story, ONE_CHILD)
    story.channel.fail_at("manager", NotDelivered("delivery.not_installed"))
    await story.press("submit")
    assert not story.channel.said["channel:coordinators"]
    assert not story.channel.said["nurse"]
    assert "did not get through" in text_of(story.channel.said["coordinator"][-1])
    assert not [one for one in await story.parts.store.history("partnership") if one.kind == "given_up"]


async def test_a_practitioner_learns_nothing_by_trying_references(story: Story) -> None:
    case = await restricted(story, "Test Coordinator")
    await begin(story)
    await fill_in(story, ONE_CHILD)
    await story.press("submit")
    story.as_("nurse")
    tried = {text_of(await story.says(f"open NS-2026-{number:04d}")) for number in (1, 2, 3)}
    tried |= {text_of(await story.press_raw("open_case", target)) for target in (case, "nothing")}
    assert len(tried) == 1


async def test_somebody_excluded_from_their_own_referral_does_not_see_it(story: Story) -> None:
    await begin(story)
    await fill_in(story, ONE_CHILD)
    await story.press("submit")
    [case] = await story.cases()
    await story.write(CasePersonRecord(case=case.id, person=who_is(story.me).id, relation="excluded"))
    assert REFERENCE not in text_of(await story.says("my referrals"))


async def test_a_window_of_a_restricted_draft_without_its_list_stays_shut(story: Story) -> None:
    await begin(story, restricted=True)
    draft = story.button("name_people").target
    window = await story.press_window_raw(draft)
    assert not window.inputs
    assert window.closed_text


async def test_a_code_does_not_outlive_the_role_of_who_made_it(story: Story) -> None:
    story.as_("coordinator")
    await story.press_raw("make_code", "", {"role": "auditor"})
    code = next(word.strip(".") for word in text_of(story.newest).split() if word.count("-") == 2)
    me = who_is(story.me).id
    await story.end_role("coordinator")
    await story.write(GrantRecord(id="less", person=me, role="auditor", granted_by="test", granted_at=story.clock.now()))
    said = text_of(await story.as_("nurse").says(code))
    assert "Auditor" not in said
    nurse = await story.says("help")
    assert not any(button.action == "open_referrals" for button in (nurse.card.buttons if nurse.card else ()))
    history = await story.parts.store.history("partnership")
    assert history[-1].kind == "refused"


async def test_a_code_that_was_typed_in_a_channel_makes_nobody_who_read_it_an_auditor(story: Story) -> None:
    story.as_("coordinator")
    await story.press_raw("make_code", "", {"role": "auditor"})
    code = next(word.strip(".") for word in text_of(story.newest).split() if word.count("-") == 2)
    said = text_of(await story.as_("manager", in_channel="police").says(code))
    assert "works no more" in said
    assert said == text_of(await story.says("AAAA-BBBB-CCCC"))
    for reader in ("nurse", "manager"):
        assert "That code does not work." in text_of(await story.as_(reader).says(code))
    assert (await story.parts.store.history("partnership"))[-1].kind == "refused"


async def test_another_persons_draft_is_out_of_reach_of_every_button_and_window(story: Story) -> None:
    await begin(story)
    draft = story.button("confirm").target
    before = await story.answers_of(draft)
    story.as_("nurse")
    for action in ("answer", "resume", "check", "submit", "confirm_cancel", "name_people", "row_save", "seen", "add_child"):
        said = Press(action=action, target=draft, at="summary:0", inputs={"summary": "Forged"})
        await story.take(said)
        assert "Safety now" not in text_of(story.newest)
    assert not (await story.press_window_raw(draft)).inputs
    assert await story.answers_of(draft) == before
