"""The same person in Teams and Slack: a code, two yeses, and what was begun in one is carried on in the other."""

from __future__ import annotations

from datetime import timedelta

import pytest
from account_steps import LINK, code_from, in_slack, in_teams, kinds, known, last_asked, link, person_id, rows, slack_id
from referral_steps import ONE_CHILD, begin, fill_in
from story import WORKSPACE, Story, text_of

from dialogs.turn import Press
from state.values import Channel

ANSWERS = {
    **ONE_CHILD,
    "referrer_role": "Test Health Visitor",
    "referrer_agency": "Test Health Trust",
    "referrer_email": "test.practitioner@example.org",
    "referrer_telephone": "01632 960002",
}
"""Slack does not say who somebody is there beside their name."""


async def sent(story: Story) -> None:
    await begin(story)
    await fill_in(story, ANSWERS)
    await story.press("submit")


async def test_a_referral_begun_in_teams_is_carried_on_in_slack_and_back(both: Story) -> None:
    await link(both, "practitioner")
    in_teams(both, "practitioner")
    await begin(both)
    await fill_in(both, ANSWERS, until="children.1.sex")

    in_slack(both, "practitioner")
    await both.says("carry on")
    assert "children.1.sex" in {asked.id for asked in both.card.inputs}, "what was answered is not asked again"
    await fill_in(both, ANSWERS, until="incident_location")

    in_teams(both, "practitioner")
    await both.says("carry on")
    assert "incident_location" in {asked.id for asked in both.card.inputs}
    await fill_in(both, ANSWERS)
    await both.press("submit")
    assert [case.referrer for case in await both.cases()] == [person_id(both, "practitioner")]
    in_slack(both, "practitioner")
    assert "NS-2026-0001" in text_of(await both.says("my referrals"))


async def test_what_was_begun_in_both_before_is_there_in_both_afterwards(both: Story) -> None:
    await sent(in_teams(both, "practitioner"))
    in_slack(both, "practitioner")
    await sent(both)
    await begin(both)
    await fill_in(both, ANSWERS, until="children.1.sex")
    await link(both, "practitioner")
    for place in (in_teams, in_slack):
        said = text_of(await place(both, "practitioner").says("my referrals"))
        assert "NS-2026-0001" in said
        assert "NS-2026-0002" in said
        assert "not sent" in said.casefold() or "Carry on" in said
    in_teams(both, "practitioner")
    await both.press("resume")
    assert "children.1.sex" in {asked.id for asked in both.card.inputs}
    assert rows(both, f"SELECT count(*) FROM drafts WHERE owner = '{slack_id('practitioner')}'") == [(0,)]


async def test_slack_goes_on_in_the_middle_of_the_form_that_was_open_there(both: Story) -> None:
    in_slack(both, "practitioner")
    await begin(both)
    await fill_in(both, ANSWERS, until="children.1.sex")
    card = len(both.heard)
    await link(both, "practitioner")
    in_slack(both, "practitioner")
    await both.press_card(card, "answer", {"children.1.sex": "male"})
    await fill_in(both, ANSWERS)
    await both.press("submit")
    assert [case.referrer for case in await both.cases()] == [person_id(both, "practitioner")]


@pytest.mark.parametrize("from_slack", [True, False])
async def test_the_account_in_teams_is_the_person_whoever_made_the_code(both: Story, from_slack: bool) -> None:
    await link(both, "practitioner", from_slack=from_slack)
    assert "Your accounts are linked" in text_of(both.newest)
    assert await both.parts.store.person_of(slack_id("practitioner")) == person_id(both, "practitioner")
    asked, linked = (
        row for row in await both.parts.store.history("partnership") if row.kind.startswith("account_") and row.what
    )
    pair = {"account": slack_id("practitioner"), "person": person_id(both, "practitioner")}
    assert (asked.kind, asked.what) == ("account_asked", pair)
    assert (linked.kind, linked.what) == ("account_linked", pair)


async def test_only_the_second_yes_links_and_both_see_who_asks_and_from_where(both: Story) -> None:
    code = await code_from(in_teams(both, "practitioner"))
    asked = text_of(await in_slack(both, "practitioner").says(code))
    assert "Test Practitioner" in asked
    assert "Teams" in asked
    assert await both.parts.store.person_of(slack_id("practitioner")) == slack_id("practitioner")
    assert "I have asked you in Teams" in text_of(await both.press("confirm_account"))
    assert await both.parts.store.person_of(slack_id("practitioner")) == slack_id("practitioner")
    confirming = text_of(in_teams(both, "practitioner").newest)
    assert "Test Practitioner in Slack" in confirming
    assert f"workspace {WORKSPACE}" in confirming
    await both.press("confirm_account")
    told = text_of(in_slack(both, "practitioner").newest)
    assert "now linked" in told
    assert "unlink my accounts" in told


async def test_somebody_who_read_the_code_over_a_shoulder_gets_nothing(both: Story) -> None:
    await sent(in_teams(both, "practitioner"))
    code = await code_from(both)
    in_slack(both, "nurse")
    await both.says(code)
    await both.press("confirm_account")
    asked = text_of(in_teams(both, "practitioner").newest)
    assert "in Slack" in asked
    assert "NS-2026-0001" not in text_of(await in_slack(both, "nurse").says("my referrals"))
    in_teams(both, "practitioner")
    question = last_asked(both)
    assert "Nothing was linked" in text_of(await both.press_card(question, "refuse_account", {}))
    assert "answered with no in Teams" in text_of(in_slack(both, "nurse").newest)
    assert "does not work" in text_of(await both.says(code)), "it was used"
    assert "account_refused" in await kinds(both)
    in_teams(both, "practitioner")
    assert "too old" in text_of(await both.press_card(question, "confirm_account", {}))
    assert await both.parts.store.person_of(slack_id("nurse")) == slack_id("nurse")


async def test_somebody_who_is_talked_into_typing_a_code_is_asked_first(both: Story) -> None:
    code = await code_from(in_teams(both, "nurse"))
    await sent(in_slack(both, "practitioner"))
    assert "Test Nurse" in text_of(await both.says(code))
    in_teams(both, "nurse")
    await both.take(Press(action="confirm_account", target=slack_id("practitioner"), version=1))
    assert await both.parts.store.person_of(slack_id("practitioner")) == slack_id("practitioner"), "both have to say so"
    in_slack(both, "practitioner")
    await both.press_card(last_asked(both), "refuse_account", {})
    assert "NS-2026-0001" not in text_of(await in_teams(both, "nurse").says("my referrals"))


async def test_codes_that_are_old_used_own_or_from_somebody_removed(both: Story) -> None:
    code = await code_from(in_teams(both, "practitioner"))
    assert "made in" in text_of(await both.says(code))
    both.clock.move(timedelta(minutes=16))
    assert "does not work" in text_of(await in_slack(both, "practitioner").says(code))
    code = await code_from(in_teams(both, "practitioner"))
    await both.remove("practitioner")
    assert "does not work" in text_of(await in_slack(both, "practitioner").says(code))
    assert "does not work" in text_of(await both.says("AAAA-BBBB-CCCC"))
    assert (await kinds(both)).count("account_asked") == 0


async def test_two_accounts_of_teams_are_not_linked(both: Story) -> None:
    code = await code_from(in_teams(both, "practitioner"))
    assert "I can link a Slack account" in text_of(await in_teams(both, "nurse").says(code))


async def test_in_a_channel_nothing_is_made_and_nothing_is_used(both: Story) -> None:
    code = await code_from(in_teams(both, "practitioner"))
    both.as_("practitioner", in_channel="anywhere")
    assert "one to one" in text_of(await both.says(LINK))
    assert "one to one" in text_of(await both.says(code))
    assert "one to one" in text_of(await both.says("unlink my accounts"))
    await in_slack(both, "practitioner").says(code)
    assert both.has("confirm_account"), "the code is still good"


async def test_a_restart_in_between_changes_nothing(both: Story) -> None:
    code = await code_from(in_teams(both, "practitioner"))
    await both.restart()
    await in_slack(both, "practitioner").says(code)
    await both.restart()
    await both.press("confirm_account")
    await both.restart()
    await in_teams(both, "practitioner").press("confirm_account")
    await both.restart()
    assert await both.parts.store.person_of(slack_id("practitioner")) == person_id(both, "practitioner")


async def test_an_older_question_never_links_somebody_newer(both: Story) -> None:
    """Slack's account makes two codes; the buttons of the first question are no yes to the second."""
    first = await code_from(in_slack(both, "practitioner"))
    await in_teams(both, "practitioner").says(first)
    await both.press("confirm_account")
    in_slack(both, "practitioner")
    old = len(both.heard)
    second = await code_from(both)
    await in_teams(both, "nurse").says(second)
    await both.press("confirm_account")
    in_slack(both, "practitioner")
    assert "too old" in text_of(await both.press_card(old, "confirm_account", {}))
    assert await both.parts.store.person_of(slack_id("practitioner")) == slack_id("practitioner")


async def test_three_accounts_lead_to_one_person(both: Story) -> None:
    """Two of Slack first, then Teams: nothing leads over another."""
    code = await code_from(in_slack(both, "practitioner"))
    await in_slack(both, "nurse").says(code)
    await both.press("confirm_account")
    await in_slack(both, "practitioner").press("confirm_account")
    assert await both.parts.store.person_of(slack_id("nurse")) == slack_id("practitioner")
    await sent(in_slack(both, "nurse"))
    await link(both, "practitioner")
    person = person_id(both, "practitioner")
    assert [await both.parts.store.person_of(slack_id(one)) for one in ("practitioner", "nurse")] == [person, person]
    assert [case.referrer for case in await both.cases()] == [person]
    assert "NS-2026-0001" in text_of(await in_slack(both, "nurse").says("my referrals"))


async def test_where_to_write_is_asked_and_kept(both: Story) -> None:
    await link(both, "practitioner")
    assert [button.label for button in both.card.buttons if button.action == "write_in"][-2:] == ["Slack", "Teams"]
    await both.press_on("write_in", target=Channel.SLACK.value)
    assert "I will write to you in Slack" in text_of(both.newest)
    person = await known(both, person_id(both, "practitioner"))
    assert person is not None
    assert (person.told_in, person.name) == ("slack", "Test Practitioner")
    assert "in Teams" in text_of(await in_slack(both, "practitioner").says("write to me in Teams"))
    in_teams(both, "nurse")
    assert "I cannot write to you in Slack yet" in text_of(await both.says("write to me in Slack"))


async def test_unlinked_the_account_is_nobody_in_particular_and_keeps_nothing(both: Story) -> None:
    await sent(in_slack(both, "practitioner"))
    await link(both, "practitioner")
    await in_slack(both, "practitioner").says("write to me in Slack")
    await both.says("unlink my accounts")
    assert await both.parts.store.person_of(slack_id("practitioner")) == person_id(both, "practitioner"), "it is asked first"
    in_slack(both, "practitioner")
    await both.press("unlink_account")
    assert "not linked any more" in text_of(both.as_("practitioner").newest), "where they are spoken to first"
    assert "NS-2026-0001" in text_of(await in_teams(both, "practitioner").says("my referrals"))
    assert "NS-2026-0001" not in text_of(await in_slack(both, "practitioner").says("my referrals"))
    person = await known(both, person_id(both, "practitioner"))
    assert person is not None
    assert person.told_in == ""
    own = "SELECT id, account FROM places WHERE person = '{}' ORDER BY id"
    assert rows(both, own.format(slack_id("practitioner"))) == [("slack:practitioner-in-slack", "")]
    assert "slack" not in str(rows(both, own.format(person_id(both, "practitioner"))))
    assert "You have no other account" in text_of(await in_slack(both, "practitioner").says("unlink my accounts"))
    await begin(both)
    await link(both, "practitioner")
    assert await both.parts.store.person_of(slack_id("practitioner")) == person_id(both, "practitioner"), "and again"


async def test_unlinked_from_teams_slack_is_told(both: Story) -> None:
    await link(both, "practitioner")
    await in_teams(both, "practitioner").says("unlink my accounts")
    await both.press("keep_account")
    assert "stay as they are" in text_of(both.newest)
    await both.says("unlink my accounts")
    await both.press("unlink_account")
    assert "This account is not linked any more" in text_of(in_slack(both, "practitioner").newest)
    assert await both.parts.store.person_of(slack_id("practitioner")) == slack_id("practitioner")


async def test_a_removed_person_is_removed_in_every_account(both: Story) -> None:
    await link(both, "practitioner")
    await both.remove("practitioner")
    for place in (in_teams, in_slack):
        assert "no longer have access" in text_of(await place(both, "practitioner").says("my referrals"))
        assert "no longer have access" in text_of(await both.says("unlink my accounts"))
    assert (await kinds(both)).count("refused") == 4
