"""Who may: removed people, other tenants, people without a role; the first coordinator, a second person, tying a channel."""

from __future__ import annotations

import pytest
from referral_steps import ONE_CHILD, begin, fill_in
from story import Story, text_of

from bot.commands.setup import SERVER
from bot.console.places import who_is
from dialogs.people import CODE_LASTS, FIRST
from state.records import CodeRecord
from state.values import Who
from templates.profile import InventedPerson

STRANGER = InventedPerson(id="stranger", tenant="another-tenant", object="stranger", name="Test Stranger")
COORDINATOR_THINGS = (
    "open referrals",
    "enter a referral on behalf of someone",
    "add person",
    "tie channel",
    "open NS-2026-0001",
)


def meet(story: Story, person: InventedPerson) -> Story:
    """Somebody who is not one of the invented people comes along."""
    story.know(person)
    return story.as_(person.id)


async def sent(story: Story) -> None:
    await begin(story)
    await fill_in(story, ONE_CHILD)
    await story.press("submit")


async def refusals(story: Story) -> int:
    return [row.kind for row in await story.parts.store.history("partnership")].count("refused")


async def test_a_removed_person_loses_access_at_their_next_message(story: Story) -> None:
    await begin(story)
    card = len(story.heard)
    await story.remove("practitioner")
    for said in (await story.says("my referrals"), await story.press_card(card, "confirm", {})):
        assert "no longer have access" in text_of(said)
    assert await refusals(story) == 2


async def test_the_coordinator_removes_somebody_in_chat_and_not_themselves(story: Story) -> None:
    story.as_("coordinator")
    await story.says("remove a person")
    people = {choice.label: choice.value for choice in story.card.inputs[0].choices}
    await story.press("do_remove", {"person": people["Test Manager"]})
    await story.says("remove a person")
    assert "Test Manager" not in [choice.label for choice in story.card.inputs[0].choices]
    await story.press("do_remove", {"person": people["Test Coordinator"]})
    assert story.newest.text
    assert "no open referrals" in text_of(await story.says("open referrals")), "nobody removes themselves"
    story.as_("manager")
    assert "no longer have access" in text_of(await story.says("open referrals"))


async def test_a_removed_coordinator_sees_no_case(story: Story) -> None:
    await sent(story)
    story.as_("coordinator")
    await story.says("open referrals")
    await story.remove("coordinator")
    assert "no longer have access" in text_of(await story.press("open_case"))
    assert "Test Child" not in "\n".join(text_of(reply) for reply in story.heard)


async def test_somebody_from_another_tenant_gets_nothing_at_all(story: Story) -> None:
    await sent(story)
    case = (await story.cases())[0]
    meet(story, STRANGER)
    await story.arrives()
    assert not story.card.buttons
    for typed in ("refer", "my referrals", "carry on", *COORDINATOR_THINGS):
        said = text_of(await story.says(typed))
        assert "NS-2026" not in said
        assert not (story.newest.card and story.newest.card.buttons)
    for action in ("start_referral", "start_restricted", "on_behalf", "open_referrals", "resume_last", "make_code"):
        await story.press_raw(action, "")
    for target in (case.id, case.draft):
        for action in ("open_case", "resume", "answer", "submit", "confirm_cancel", "name_people"):
            await story.press_raw(action, target)
    heard = "\n".join(text_of(reply) for reply in story.heard)
    assert "Test Child" not in heard
    assert "Begin the referral" not in heard


@pytest.mark.parametrize("person", ["practitioner", "nurse"])
async def test_somebody_without_the_role_is_refused_coordinator_things_in_words_and_in_history(
    story: Story, person: str
) -> None:
    await sent(story)
    story.as_(person)
    for typed in COORDINATOR_THINGS:
        before = await refusals(story)
        said = text_of(await story.says(typed))
        assert any(words in said for words in ("cannot", "Only the coordinator", "nothing here")), said
        assert await refusals(story) == before + 1, typed


async def test_nobody_changes_somebody_elses_referral(story: Story) -> None:
    await begin(story)
    draft = story.card.buttons[0].target
    story.as_("nurse")
    before = await refusals(story)
    for action in ("answer", "check", "submit", "confirm_cancel", "resume", "add_child", "pause", "name_people"):
        assert "not here, or it is not yours" in text_of(await story.press_raw(action, draft))
    assert await refusals(story) == before + 8
    await story.press_window_raw(draft)
    assert "not here, or it is not yours" in story.window.closed_text
    assert not story.window.inputs


async def setup_code(story: Story) -> str:
    """What `cspr setup` writes, with this story's key."""
    code = "ABCD-EFGH-2345"
    await story.write(
        CodeRecord(
            digest=story.parts.kit.digest("code", code),
            purpose=FIRST,
            role="coordinator",
            made_by=SERVER,
            expires_at=story.clock.now() + CODE_LASTS,
        )
    )
    return code


async def test_the_first_coordinator_claims_the_role_once(story: Story) -> None:
    for person in ("coordinator", "manager"):
        await story.end_role(person)
    story.as_("nurse")
    code = await setup_code(story)
    assert "You now have the role of coordinator" in text_of(await story.says(f"Claim {code.lower()}"))
    assert "no open referrals" in text_of(await story.says("open referrals"))

    story.as_("practitioner")
    assert "does not work" in text_of(await story.says(f"claim {code}"))


async def test_a_setup_code_that_others_could_read_works_no_more(story: Story) -> None:
    for person in ("coordinator", "manager"):
        await story.end_role(person)
    code = await setup_code(story)
    story.as_("nurse", in_channel="anywhere")
    assert "one to one" in text_of(await story.says(f"claim {code}"))
    assert "does not work" in text_of(await story.as_("nurse").says(f"claim {code}"))


async def test_a_setup_code_needs_a_second_person_where_there_is_one(story: Story) -> None:
    code = await setup_code(story)
    story.as_("nurse")
    assert "once a second person confirms" in text_of(await story.says(f"claim {code}"))
    assert "nothing here" in text_of(await story.says("open referrals"))


async def test_a_code_that_is_too_old_or_never_was_does_not_work(story: Story) -> None:
    code = await setup_code(story)
    story.clock.move(CODE_LASTS)
    await story.later(minutes=1)
    for typed in (code, "claim AAAA-BBBB-CCCC"):
        assert "does not work" in text_of(await story.says(typed))


async def give(story: Story, role: str) -> str:
    """The coordinator makes a code for a role."""
    story.as_("coordinator")
    await story.says("add person")
    said = (await story.press("make_code", {"role": role})).text
    return said.split("The code is ")[1].split(". ")[0]


async def test_a_new_manager_counts_once_a_second_person_agrees(story: Story) -> None:
    code = await give(story, "manager")
    assert "made this code yourself" in text_of(await story.says(code))

    story.as_("nurse")
    assert "once a second person confirms" in text_of(await story.says(f"claim {code}"))
    assert "nothing here" in text_of(await story.says("open referrals"))

    grant = story.channel.said["manager"][-1]
    assert grant.card is not None
    target = grant.card.buttons[0].target
    story.as_("coordinator")
    assert "second person" in text_of(await story.press_raw("confirm_role", target))
    story.as_("nurse")
    assert "Only the coordinator" in text_of(await story.press_raw("confirm_role", target))
    story.as_("manager")
    assert "is confirmed" in text_of(await story.press_raw("confirm_role", target))
    assert "settled already" in text_of(await story.press_raw("refuse_role", target))

    story.as_("nurse")
    assert "You now have the role of manager" in text_of(story.newest)
    assert "no open referrals" in text_of(await story.says("open referrals"))


async def test_where_there_is_no_second_person_nobody_is_said_to_have_been_asked(story: Story) -> None:
    await story.end_role("manager")
    code = await give(story, "manager")
    story.as_("nurse")
    said = text_of(await story.says(code))
    assert "nobody to ask yet" in said
    assert "have been asked" not in "\n".join(text_of(reply) for reply in story.heard)


async def test_a_refused_role_never_counts(story: Story) -> None:
    code = await give(story, "coordinator")
    story.as_("nurse")
    await story.says(code)
    story.as_("manager")
    await story.press("refuse_role")
    story.as_("nurse")
    assert "nothing here" in text_of(await story.says("open referrals"))


async def test_an_auditor_needs_no_second_person(story: Story) -> None:
    code = await give(story, "auditor")
    story.as_("practitioner")
    assert "You now have the role" in text_of(await story.says(code))


async def test_no_code_is_shown_in_a_channel(story: Story) -> None:
    story.as_("coordinator", in_channel="anywhere")
    await story.press_raw("make_code", "", inputs={"role": "manager"})
    assert "one to one" in text_of(story.newest)
    assert "The code is" not in text_of(story.newest)


async def test_tying_a_channel_is_asked_in_it_and_confirmed_one_to_one(story: Story) -> None:
    story.as_("coordinator")
    assert "in the channel itself" in text_of(await story.says("use this channel"))
    await story.says("hello")
    story.as_("coordinator", in_channel="new-one")
    assert "confirm" in text_of(await story.says("use this channel"))

    story.as_("practitioner")
    await sent(story)
    assert "NS-2026-0001" not in "\n".join(text_of(reply) for reply in story.channel.said["channel:new-one"])

    story.as_("coordinator")
    card = next(r.card for r in reversed(story.heard) if r.card and any(b.action == "confirm_channel" for b in r.card.buttons))
    target = next(button.target for button in card.buttons if button.action == "confirm_channel")
    story.as_("practitioner")
    assert "Only the coordinator" in text_of(await story.press_raw("confirm_channel", target))
    story.as_("coordinator")
    await story.press_raw("confirm_channel", target)

    story.as_("practitioner")
    await sent(story)
    assert "NS-2026-0002" in text_of(story.channel.said["channel:new-one"][-1])
    assert "NS-2026-0002" not in "\n".join(text_of(reply) for reply in story.channel.said["channel:coordinators"])


async def test_a_channel_refused_first_cannot_be_agreed_to_afterwards(story: Story) -> None:
    story.as_("coordinator")
    await story.says("hello")
    story.as_("coordinator", in_channel="new-one")
    await story.says("use this channel")
    target = story.place.id
    story.as_("coordinator")
    await story.press_raw("untie_channel", target)
    assert "settled already" in text_of(await story.press_raw("confirm_channel", target))


async def test_excluded_people_find_nothing_whatever_their_role(story: Story) -> None:
    await sent(story)
    case = (await story.cases())[0]
    from state.records import CasePersonRecord

    coordinator = next(person for person in story.people if person.id == "coordinator")
    who: Who = who_is(coordinator)
    await story.write(CasePersonRecord(case=case.id, person=who.id, relation="excluded", reason="relative"))
    story.as_("coordinator")
    assert "NS-2026-0001" not in text_of(await story.says("open referrals"))
    assert text_of(await story.says("open NS-2026-0001")) == text_of(await story.says("open NS-2026-0999"))
