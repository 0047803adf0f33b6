"""The first half of a case in Teams and Slack at once: everybody is there, a child is referred, and four are asked."""

from __future__ import annotations

from collections.abc import Sequence

from tests.parity.both import KNOWN
from tests.parity.both_steps import Both
from tests.parity.client import Seen
from tests.parity.steps import (
    ACKNOWLEDGED,
    CHILD,
    DECIDED,
    REFERENCE,
    RETURNED,
    SEARCHED,
    answers_alone,
    begins,
    fills_in,
    text_of,
)

FAMILY = {
    "family.1.name": "Test Mother Zephyrine",
    "family.1.relationship": "mother",
    "family.1.address": "2 Test Lane, Testtown",
}
UNSIGNED = {path: value for path, value in RETURNED.items() if path != "signed_off_by"}
SEEN_ALREADY = "You may have seen this already."
TIME_ASKED = "More time asked for until: Thursday 3 December 2026"


async def everybody_is_where_they_work(both: Both) -> None:
    """Channels are tied in both, roles are given by codes, and some link the two accounts they have."""
    await both.teams("coordinator").arrives()
    await both.ties(both.teams("coordinator", "coordinators"), "us")
    await both.ties(both.teams("coordinator", "test-hospital-trust"), "Test Hospital Trust")
    await both.links("coordinator")
    await both.teams("coordinator").says("write to me in Teams")
    await both.ties(both.slack("coordinator", "police"), "the police")
    await both.gives("police-deputy", "deputy", "police")
    await both.gives("surgery", "agency_lead", "gp")
    await both.gives("director", "agency_lead", "childrens-social-care")
    await both.gives("icb", "agency_lead", "school-nursing")
    await both.teams("nurse").arrives()
    for person in ("police-lead", "manager", "practitioner"):
        await both.links(person)
    for person in ("police-lead", "manager"):
        assert "I will write to you in Slack." in await both.slack(person).says("write to me in Slack")


async def a_referral_goes_from_one_to_the_other(both: Both) -> None:
    """Begun in Teams; carried on in Slack, part of it in a window; sent from there."""
    teams, slack = both.teams("practitioner"), both.slack("practitioner")
    await begins(teams)
    await fills_in(teams, KNOWN, until="children.1.sex")
    assert "children.1.sex" in (await slack.says("carry on")).asks
    window = await slack.opens("window")
    assert window.field("children.1.name").value == "Test Child One", "what was said in Teams stands in it"
    assert (await slack.sends({path: KNOWN[path] for path in window.asks if KNOWN.get(path)})).closed
    await fills_in(slack, KNOWN | FAMILY)
    sent = await slack.presses("submit")
    assert REFERENCE in sent
    assert "You will be told the outcome in Teams" in sent
    assert REFERENCE in await both.teams("coordinator", "coordinators").newest()
    copy = await slack.takes()
    assert copy.name == f"{REFERENCE} 1a Referral v1.docx"
    assert CHILD in text_of(copy)


async def it_is_decided_in_teams(both: Both) -> None:
    coordinator = both.teams("coordinator")
    await coordinator.says(f"record the decision {REFERENCE}")
    await fills_in(coordinator, DECIDED)
    assert "has been told" in await coordinator.presses("submit")
    assert "It was decided to notify" in await both.teams("practitioner").newest()


async def four_are_asked_each_where_it_is(both: Both) -> None:
    """A channel of Slack, a channel of Teams, secure email, and one lead alone in Slack."""
    await both.asks("police", "test-hospital-trust", "fire", "gp", involved="Test Surgery")
    for client in (both.slack("police-deputy", "police"), both.teams("nurse", "test-hospital-trust"), both.slack("surgery")):
        card = await client.card()
        assert f"{REFERENCE}: please tell us what your organisation knows" in card
        assert "open_request" in card.actions
    said = await both.teams("coordinator").says(f"requests {REFERENCE}")
    assert "Test Fire and Rescue Service: not opened yet; by secure email" in said
    assert "Test Surgery: not opened yet; privately, Test Surgery Lead" in said


async def one_knows_nobody(both: Both) -> None:
    hospital = both.teams("nurse", "test-hospital-trust")
    form = await hospital.follows("open_request")
    await form.on("begin_nil", ACKNOWLEDGED)
    await answers_alone(form, SEARCHED)
    assert "not known to you" in await hospital.card()
    assert "Test Hospital Trust does not know" in await both.teams("coordinator", "coordinators").newest()


async def one_is_given_time_and_asks_a_question(both: Both) -> None:
    """Asked in a window in Slack, granted and answered in Teams; the card in Slack follows, and the answer stands below it."""
    police, coordinators = both.slack("police-deputy", "police"), both.teams("coordinator", "coordinators")
    card = await police.card()
    form = await police.follows("more_time")
    await form.on("ask_time", {"new_date": "3 December 2026", "reason": "The author is away."})
    assert TIME_ASKED in await police.again(card)
    assert "asks for time until Thursday 3 December 2026" in await coordinators.newest()
    await coordinators.follows("grant_time")
    after = await police.again(card)
    assert TIME_ASKED not in after
    assert "Please answer by: Thursday 3 December 2026 at 17:00" in after
    assert "you have more time, until Thursday 3 December 2026" in await both.slack("police-deputy").newest()
    form = await police.follows("ask_question", on=after)
    await form.on("send_question", {"question": "Which years of Test Mother?"})
    reply = await coordinators.follows("answer_question")
    assert "Which years of Test Mother?" in reply.seen
    await reply.on("send_answer", {"answer": "From 2019 on.", "where": "thread"})
    assert "the answer to your question: From 2019 on." in (await police.thread(card))[-1]


async def slack_is_away_for_an_hour(both: Both) -> None:
    """Nobody in Slack hears or is heard, and Teams goes on. Afterwards everything arrives once, or says that it came before."""
    coordinators = both.teams("coordinator", "coordinators")
    police, surgery, manager = both.slack("police-deputy", "police"), both.slack("surgery"), both.slack("manager")
    card, theirs = await police.card(), await surgery.card()
    form = await surgery.follows("more_time")
    await form.on("ask_time", {"new_date": "4 December 2026", "reason": "The author is away."})
    form = await police.follows("ask_question")
    await form.on("send_question", {"question": "Which records?"})
    with both.no_slack():
        await coordinators.follows("grant_time")
        reply = await coordinators.follows("answer_question")
        await reply.on("send_answer", {"answer": "Those of both stations.", "where": "thread"})
        await manager.says("what's overdue")
        await both.world.later(hours=1)
        assert "Monday 30 November" in await surgery.again(theirs)
        assert not [said for said in await police.messages() if "both stations" in said]
    await both.world.later(minutes=30)
    after = await surgery.again(theirs)
    assert "Please answer by: Friday 4 December 2026 at 17:00" in after
    assert SEEN_ALREADY not in after, "what stands in its place was not seen before"
    once(await police.thread(card), "both stations")
    once(await surgery.messages(), "you have more time, until Friday 4 December 2026")
    once(await manager.messages(), "no date has passed. Next:")
    once(await manager.messages(), "Your digest")
    once(await police.messages(), "this request was sent to you")
    once(await surgery.messages(), "this request was sent to you")


def once(messages: Sequence[Seen], words: str) -> None:
    """Somebody was told that, and not twice, but for what says that it may have been seen."""
    told = [said for said in messages if words in said]
    assert told, f"nobody said {words}"
    assert len([said for said in told if SEEN_ALREADY not in said]) <= 1, [said.text for said in told]


async def one_answers_in_full_and_another_signs(both: Both) -> None:
    """In windows over the channel in Slack; it is read and signed there by somebody else, page by page."""
    police = both.slack("police-deputy", "police")
    form = await police.follows("open_request")
    await form.on("begin_return", ACKNOWLEDGED)
    assert "waits for: Test Police Lead" in await answers_alone(form, UNSIGNED)
    assert "has written the return" in await both.slack("police-lead").newest()
    assert "has written the return" not in await both.teams("police-lead").newest()
    form = await both.slack("police-lead", "police").follows("sign_off")
    while "sign_return" not in form.seen.actions:
        await form.on("sign_off")
    assert "is signed off and has been sent" in await form.on("sign_return")
    assert "was signed off and has been sent" in await both.slack("police-deputy").newest()
    assert (await both.slack("police-deputy").takes()).name == f"{REFERENCE} 2 Return 1 police v1.docx"
    assert "the return of Test Police has come" in await both.teams("coordinator", "coordinators").newest()
