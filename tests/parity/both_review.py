"""The second half: who is late is reminded, and a panel from both apps writes, signs and ends the review."""

from __future__ import annotations

from review_steps import SECTIONS

from tests.parity.both_asking import once
from tests.parity.both_steps import Both, option
from tests.parity.client import plain
from tests.parity.steps import REFERENCE, fills_in, text_of

IDENTIFIES = ("Test Child", "Zephyrine", "Test Mother", "Test Street", "Test Lane", "3 April 2019")
"""Words that no channel and no telephone may show."""
REVIEWED = {path: str(said) for path, said in SECTIONS.items()}


async def everybody_is_reminded_where_they_are(both: Both) -> None:
    coordinator = both.teams("coordinator")
    await coordinator.says(f"record that the panel was notified {REFERENCE}")
    await coordinator.presses("save_notified", {"notified_at": "23 November 2026 at 10:00"})
    await both.world.later(days=9, hours=2)
    once(await both.slack("surgery").messages(), "your answer is due by Friday 4 December 2026 at 17:00")
    told = "\n".join(one.text for one in await both.teams("coordinator", "coordinators").messages())
    assert "Please remind them at safeguarding@fire.example" in plain(told)
    for client in (both.slack("police-deputy", "police"), both.teams("nurse", "test-hospital-trust")):
        assert "we do not have your answer" not in await client.newest(), "they have answered"


async def a_manager_asks_what_is_overdue(both: Both) -> None:
    manager = both.slack("manager")
    said = await manager.says("what's overdue")
    assert "Test Fire and Rescue Service: 2 working days late" in said
    assert not [name for name in ("Test Police:", "Test Hospital Trust:", "Test Surgery:") if name in said]
    told = await both.slack("manager", "police").command("what's overdue")
    assert "I have answered you in our own conversation." in told
    assert "What is overdue" in await manager.newest()


async def a_panel_from_both(both: Both) -> None:
    coordinator = both.teams("coordinator")
    await coordinator.says(f"set the meeting {REFERENCE}")
    card = await coordinator.presses(
        "set_meeting", {"starts": "7 December 2026 at 10:00", "length": "120", "venue": "Test Hall"}
    )
    partners = {
        "partner_local_authority": "Test Director",
        "partner_icb": "Test Chief Nurse",
        "partner_police": "Test Police Lead",
    }
    named = {field: option(card, field, name) for field, name in partners.items()}
    await coordinator.presses("name_panel", named | {"panel": option(card, "panel", "Test Nurse")})
    for person in ("director", "icb", "police-lead", "nurse"):
        assert f"You are asked to the rapid review of {REFERENCE}" in await both.at(person).newest()
    assert "You will be there" in await both.slack("icb").presses("attend")
    await both.world.later(days=6)


async def two_write_at_once(both: Both) -> None:
    """One in Slack, one in Teams: both have the same window open, and neither loses a word."""
    slack, teams = both.slack("icb"), both.teams("director")
    for client in (slack, teams):
        await client.says(f"rapid review {REFERENCE}")
        assert "summary" in (await client.follows("write_review")).seen.asks
    assert (await slack.sends({"summary": "Written in Slack."}, "window_save")).closed
    behind = await teams.sends({"summary": "Written in Teams."}, "window_save")
    assert behind.field("summary").value == "Written in Slack."
    assert "Written in Teams." in behind.field("summary").error
    assert (await teams.sends({"summary": "Written in Slack, and in Teams."}, "window_save")).closed
    await fills_in(slack, REVIEWED, until="good_practice")
    await slack.opens("window")
    assert (await slack.sends({"good_practice": "A quick visit."}, "window_save")).closed
    await fills_in(teams, REVIEWED)
    assert "Written in Slack, and in Teams." in plain("\n".join(one.text for one in await teams.messages()))


async def three_partners_sign(both: Both) -> None:
    for person in ("director", "icb", "police-lead"):
        await both.signs(person)
    said = await both.slack("police-lead").says(f"rapid review {REFERENCE}")
    assert "Nobody yet" not in said


async def the_pack_is_read_in_slack(both: Both) -> None:
    """Made in Teams; a partner fetches its copy in Slack."""
    await both.teams("coordinator").says(f"build the pack {REFERENCE}")
    partner = both.slack("police-lead")
    await partner.says(f"rapid review {REFERENCE}")
    await partner.presses("read_pack")
    for _ in range(3):
        await both.world.later(minutes=1)
    copy = await partner.takes()
    assert copy.name.startswith(f"{REFERENCE} 3 Rapid review")
    assert "Written in Slack, and in Teams." in text_of(copy)


async def the_letter_ends_it(both: Both) -> None:
    coordinator = both.teams("coordinator")
    await coordinator.says(f"write the letter {REFERENCE}")
    form = await coordinator.follows("without_return")
    late = ",".join(one.value for one in form.seen.field("requests").options)
    await form.on(form.seen.actions[0], {"requests": late, "reason": "No answer came."})
    await coordinator.says(f"write the letter {REFERENCE}")
    await fills_in(coordinator, {})
    assert "are in the case's folder" in await coordinator.presses("submit")
    form = await coordinator.follows("mark_sent")
    await form.on(form.seen.actions[0], {"sent": "8 December 2026 at 09:00"})
    ended = f"The rapid review of {REFERENCE} is finished."
    for client in (both.slack("police-lead", "police"), both.teams("nurse", "test-hospital-trust")):
        assert [said for said in await client.messages() if ended in said]


def nothing_identified_anybody(both: Both) -> None:
    for everything in (both.in_channels(), both.previews()):
        assert [name for name in IDENTIFIES if name in everything] == []
