"""A whole case of a partnership that uses Teams and Slack at once, each agency its own: from the referral to the letter."""

from __future__ import annotations

from pathlib import Path

from tests.parity.ability import SLACK, TEAMS
from tests.parity.both_asking import (
    TIME_ASKED,
    a_referral_goes_from_one_to_the_other,
    everybody_is_where_they_work,
    four_are_asked_each_where_it_is,
    it_is_decided_in_teams,
    one_answers_in_full_and_another_signs,
    one_is_given_time_and_asks_a_question,
    one_knows_nobody,
    slack_is_away_for_an_hour,
)
from tests.parity.both_review import (
    a_manager_asks_what_is_overdue,
    a_panel_from_both,
    everybody_is_reminded_where_they_are,
    nothing_identified_anybody,
    the_letter_ends_it,
    the_pack_is_read_in_slack,
    three_partners_sign,
    two_write_at_once,
)
from tests.parity.both_steps import Both
from tests.parity.sides import world_of
from tests.parity.steps import REFERENCE


async def test_a_whole_case_in_teams_and_slack_at_once(tmp_path: Path) -> None:
    async with world_of(tmp_path, TEAMS, SLACK) as world:
        both = Both(world)
        await everybody_is_where_they_work(both)
        await a_referral_goes_from_one_to_the_other(both)
        await it_is_decided_in_teams(both)
        await four_are_asked_each_where_it_is(both)
        await one_knows_nobody(both)
        await one_is_given_time_and_asks_a_question(both)
        await world.restart()
        await slack_is_away_for_an_hour(both)
        await one_answers_in_full_and_another_signs(both)
        await everybody_is_reminded_where_they_are(both)
        await a_manager_asks_what_is_overdue(both)
        await a_panel_from_both(both)
        await two_write_at_once(both)
        await three_partners_sign(both)
        await the_pack_is_read_in_slack(both)
        await the_letter_ends_it(both)
        nothing_identified_anybody(both)
        assert {row.status.value for row in await world.parts.store.ledger()} == {"sent"}


async def test_a_card_follows_its_reader_who_acts_in_the_other_app(tmp_path: Path) -> None:
    """The lead was asked alone, in Slack, and asks for more time in Teams: no card is left behind."""
    async with world_of(tmp_path, TEAMS, SLACK) as world:
        both = Both(world)
        await everybody_is_where_they_work(both)
        await both.links("surgery")
        await both.slack("surgery").says("write to me in Slack")
        await a_referral_goes_from_one_to_the_other(both)
        await both.asks("fire", "gp", involved="Test Surgery")
        card = await both.slack("surgery").card()
        await both.teams("surgery").says(f"we need more time for {REFERENCE}")
        await both.teams("surgery").presses("ask_time", {"new_date": "3 December 2026", "reason": "The author is away."})
        assert TIME_ASKED in await both.slack("surgery").again(card)
        assert {row.status.value for row in await world.parts.store.ledger()} == {"sent"}
