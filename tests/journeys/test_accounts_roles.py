"""What a role is worth from a linked account, what nobody may do by having two, and where somebody is told things."""

from __future__ import annotations

import asked
from account_steps import code_from, grant, in_slack, in_teams, link, person_id, slack_id
from asked import CASE, RETURN, opens, request_of, return_in_windows
from referral_steps import begin
from story import Story, text_of

from state.chasing_records import AbsenceRecord
from state.records import CasePersonRecord, GrantRecord
from state.snapshot import Wanted
from state.values import Channel, Who
from templates.profile import InventedPerson


async def kinds_of_case(story: Story) -> list[str]:
    return [row.kind for row in await story.parts.store.history(f"case:{CASE}")]


async def test_an_agency_lead_answers_from_slack(both: Story) -> None:
    await asked.referred(both)
    request = await asked.ask(both, "police", "police")
    in_slack(both, "police-lead")
    assert asked.REFERENCE not in text_of(await both.says("what is waiting for me")), "not before the accounts are linked"
    await link(both, "police-lead")
    in_slack(both, "police-lead")
    assert asked.REFERENCE in text_of(await both.says("what is waiting for me"))
    await opens(both, "not_known_to_us", request)
    assert "Test Child One" in asked.window_text(both.window)
    row = next(one for one in await both.parts.store.history(f"case:{CASE}") if one.kind == "request_opened")
    assert row.who == person_id(both, "police-lead")


async def test_a_coordinator_runs_cases_from_slack(both: Story) -> None:
    await asked.referred(both)
    in_slack(both, "coordinator")
    assert asked.REFERENCE not in text_of(await both.says("open referrals"))
    await link(both, "coordinator")
    assert asked.REFERENCE in text_of(await in_slack(both, "coordinator").says("open referrals"))
    await both.says("remove a person")
    people = [choice.label for choice in both.card.inputs[0].choices]
    assert "Test Coordinator" in people
    assert not any("in Slack" in one for one in people), "an account is nobody to list"


async def written_by_one_who_leads_in_slack(both: Story) -> str:
    """A return that police's deputy wrote, whose account in Slack has the lead's role. The request."""
    await asked.referred(both)
    await asked.member(both, "police-deputy", "police", "deputy")
    request = await asked.ask(both, "police", "police")
    both.as_("police-deputy", in_channel="police")
    await return_in_windows(both, request, RETURN)
    await grant(both, slack_id("police-deputy"), "agency_lead", "police")
    return request


async def test_whoever_wrote_a_return_never_signs_it_from_another_account(both: Story) -> None:
    request = await written_by_one_who_leads_in_slack(both)
    await link(both, "police-deputy")
    in_slack(both, "police-deputy")
    assert "You wrote this return" in (await opens(both, "sign_off", request)).closed_text
    assert (await request_of(both, request)).state == "awaiting_sign_off"


async def test_a_return_that_one_person_wrote_and_signed_comes_to_light(both: Story) -> None:
    request = await written_by_one_who_leads_in_slack(both)
    in_slack(both, "police-deputy")
    await opens(both, "sign_off", request)
    while both.window.submit and both.window.submit.action == "sign_off":
        await asked.sends(both, "sign_off")
    await asked.sends(both, "sign_return")
    assert (await request_of(both, request)).signed_by == slack_id("police-deputy")
    await link(both, "police-deputy")
    kept = await request_of(both, request)
    assert kept.author == kept.signed_by == person_id(both, "police-deputy")
    assert "signed_alone" in await kinds_of_case(both)
    told = text_of(both.channel.said["channel:coordinators"][-1])
    assert "One of them wrote a return on NS-2026-0001, and the other signed it off" in told


async def test_of_a_restricted_case_the_history_alone_says_so(both: Story) -> None:
    await asked.referred(both, restricted=True)
    me, other = person_id(both, "police-lead"), slack_id("police-lead")
    await asked.ask(both, "police", "police", state="returned", author=me, signed_by=other)
    before = len(both.channel.said["channel:coordinators"])
    await link(both, "police-lead")
    assert "signed_alone" in await kinds_of_case(both)
    assert len(both.channel.said["channel:coordinators"]) == before


async def test_who_is_excluded_in_one_account_is_excluded_in_both(both: Story) -> None:
    await asked.referred(both)
    await in_slack(both, "coordinator").says("hello")
    await both.write(CasePersonRecord(case=CASE, person=slack_id("coordinator"), relation="excluded"))
    assert asked.REFERENCE in text_of(await in_teams(both, "coordinator").says("open referrals"))
    await link(both, "coordinator")
    for place in (in_teams, in_slack):
        assert asked.REFERENCE not in text_of(await place(both, "coordinator").says("open referrals"))


async def test_who_has_seen_names_a_person_once(both: Story) -> None:
    await asked.referred(both)
    await grant(both, slack_id("coordinator"), "coordinator")
    await in_slack(both, "coordinator").says(f"who has seen {asked.REFERENCE}")
    await link(both, "coordinator")
    await in_slack(both, "coordinator").says(f"who has seen {asked.REFERENCE}")
    shown = text_of(await in_teams(both, "coordinator").says(f"who has seen {asked.REFERENCE}"))
    assert shown.count("Test Coordinator:") == 1
    assert "2 times" in shown or "twice" in shown
    assert "T0TEST" not in shown
    assert await both.parts.store.verify_history() == []


async def test_somebody_is_reminded_in_one_place_alone(both: Story) -> None:
    await link(both, "practitioner")
    await both.press_on("write_in", target=Channel.SLACK.value)
    await begin(in_teams(both, "practitioner"))
    places = ("practitioner", "practitioner-in-teams", "practitioner-in-slack")
    before = {one: len(both.channel.said[one]) for one in places}
    await both.later(days=20)
    assert [len(both.channel.said[one]) > before[one] for one in places] == [False, False, True]


async def test_away_in_one_account_is_away(both: Story) -> None:
    await in_slack(both, "coordinator").says("hello")
    today = both.clock.now().date()
    away = AbsenceRecord(id="a", person=slack_id("coordinator"), first=today, last=today, by="test", at=both.clock.now())
    await both.write(away)
    await link(both, "coordinator")
    assert "Test Coordinator" in text_of(await in_teams(both, "coordinator").says("who is away"))


async def test_a_role_that_one_account_gave_the_other_ends(both: Story) -> None:
    """Whoever makes a code cannot use it: not with a second account either."""
    await in_teams(both, "coordinator").says("add person")
    given = {"role": "agency_lead", "organisation": "police"}
    code = (await both.press("make_code", given)).text.split("The code is ")[1].split(". ")[0]
    assert "You now have the role" in text_of(await in_slack(both, "coordinator").says(code))
    await link(both, "coordinator")
    assert any("Nobody gives themselves a role" in text_of(one) for one in both.heard[-3:])
    grants = (await both.parts.store.read(Wanted(turn="", person=person_id(both, "coordinator"), place=""))).grants
    assert {one.role for one in grants if one.ended_at is None} == {"coordinator"}


async def test_a_role_that_one_account_gave_and_the_other_confirmed_counts_no_more(both: Story) -> None:
    await grant(both, slack_id("coordinator"), "manager")
    me, other = person_id(both, "coordinator"), slack_id("coordinator")
    await in_slack(both, "coordinator").says("hello")
    alone = GrantRecord(
        id="alone",
        person=person_id(both, "nurse"),
        role="manager",
        granted_by=me,
        granted_at=both.clock.now(),
        confirmed_by=other,
    )
    await both.write(alone)
    assert "no open referrals" in text_of(await both.as_("nurse").says("open referrals"))
    await link(both, "coordinator")
    assert "no open referrals" not in text_of(await both.as_("nurse").says("open referrals"))
    assert "gave Test Nurse the role of manager" in text_of(both.channel.said["channel:coordinators"][-1])


async def test_help_offers_it_where_the_partnership_uses_both(both: Story, story: Story) -> None:
    for told in (both, story):
        await told.as_("practitioner").says("help")
    assert both.has("link_accounts")
    assert not story.has("link_accounts")
    both.as_("practitioner")
    assert "The code is" in text_of(await both.press("link_accounts"))


async def test_a_stranger_neither_makes_nor_uses_a_code(both: Story) -> None:
    code = await code_from(in_teams(both, "practitioner"))
    both.know(InventedPerson(id="stranger", tenant="another-tenant", object="stranger", name="Test Stranger"))
    in_slack(both, "stranger")
    both.who = Who("T0ELSE", "U-stranger", "Test Stranger")
    assert "does not work" in text_of(await both.says(code))
    assert "nothing here" in text_of(await both.says("link my accounts"))
