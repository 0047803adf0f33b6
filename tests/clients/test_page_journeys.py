"""Five journeys through the page that a person sees, in Chromium, with the real assistant behind it."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path
from typing import Any

import pytest
from assistant import talking
from late_returns import ASKED, SENT, LatePeople
from node_tools import needed, run_js
from scoping_talk import People

pytestmark = [pytest.mark.needs_node, pytest.mark.needs_browser]
SHOTS = Path(__file__).parents[2] / "out" / "playground"
Step = dict[str, Any]

TO_THE_DETAILS: list[Step] = [
    {"say": "I need to refer a child"},
    {"see": "It helps to have these at hand"},
]
TO_THE_NAME: list[Step] = [
    *TO_THE_DETAILS,
    {"press": "Begin the referral"},
    {"see": "the details of the person who makes this referral"},
    {"press": "Confirm and go on"},
    {"see": "Is every child in this family safe now?"},
    {"choose": {"Every child safe now": "Yes"}},
    {"press": "Save and go on"},
    {"see": "What has been done to keep the children safe"},
    {"press": "Leave it out"},
    {"see": "What is the child's name?"},
    {"fill": {"Name of child": "Test Child"}},
    {"press": "Save and go on"},
    {"see": "What is the child's date of birth?"},
]


async def _walk(tmp_path: Path, steps: list[Step]) -> list[str]:
    """What the newest card said after each step."""
    async with talking(tmp_path) as (client, _):
        return await _in_page(tmp_path, client.base, steps)


async def _in_page(tmp_path: Path, url: str, steps: list[Step]) -> list[str]:
    script = tmp_path / "steps.json"
    script.write_text(json.dumps(steps))
    said: list[str] = json.loads(await asyncio.to_thread(run_js, "page.js", url, str(script), str(SHOTS)))
    return said


async def test_a_name_and_a_date_of_birth_given_through_the_cards(tmp_path: Path) -> None:
    needed(browser=True)
    seen = await _walk(
        tmp_path,
        [
            *TO_THE_DETAILS,
            {"shot": "begin"},
            *TO_THE_NAME[2:4],
            {"shot": "confirm-details"},
            *TO_THE_NAME[4:],
            {"see": "Answered: Name of child."},
            {"fill": {"Date of birth": "3/4/19"}},
            {"press": "Save and go on"},
            {"see": "Wednesday 3 April 2019"},
            {"see": "Answered: Date of birth."},
            {"see": "Sex at birth"},
            {"shot": "date-said-back"},
        ],
    )
    assert "Wednesday 3 April 2019" in seen[-1]
    assert "7 years old" in seen[-1]
    assert "Test Child" not in seen[-1], "one child is not named again"


async def test_a_wrong_date_is_put_right_and_a_pause_loses_nothing(tmp_path: Path) -> None:
    needed(browser=True)
    seen = await _walk(
        tmp_path,
        [
            {"say": "sing me a song"},
            {"see": "I did not understand that."},
            *TO_THE_NAME,
            {"fill": {"Date of birth": "31/4/2019"}},
            {"press": "Save and go on"},
            {"see": "there is no 31 April"},
            {"shot": "wrong-date"},
            {"say": "stop for now"},
            {"see": "Everything is saved."},
            {"say": "carry on"},
            {"see": "We carry on where you were."},
            {"fill": {"Date of birth": "30/4/2019"}},
            {"press": "Save and go on"},
            {"see": "Tuesday 30 April 2019"},
            {"shot": "carried-on"},
        ],
    )
    refused = next(said for said in seen if "there is no 31 April" in said)
    assert "April has 30 days" in refused
    assert refused.index("April has 30 days") > refused.index("date of birth?"), "the reason stands at its field"


async def test_a_referral_that_only_named_people_may_see(tmp_path: Path) -> None:
    needed(browser=True)
    seen = await _walk(
        tmp_path,
        [
            *TO_THE_DETAILS,
            {"press": "Begin, for named people only"},
            {"see": "Who may see this referral?"},
            {"shot": "named-people"},
            {"choose": {"People who may see it": "Test Coordinator"}},
            {"press": "Let only these people see it"},
            {"see": "the details of the person who makes this referral"},
            {"shot": "named-people-first-question"},
        ],
    )
    assert "Test Practitioner" in seen[-1] or "Part 1 of" in seen[-1]


REQUEST: list[Step] = [
    {"say": "hello"},
    {"see": "CSPR Assistant"},
    {"open": "General"},
    {"see": "please tell us what your organisation knows"},
    {"shot": "request-in-channel"},
    {"press": "Open the request"},
    {"see": "in your own chat"},
    {"see": "It has been opened."},
    {"shot": "request-opened-in-channel"},
    {"open": "Personal Chat"},
    {"see": "Names to search under"},
    {"shot": "request-one-to-one"},
    {"choose": {"Are all records of this case in a secure place": "Yes"}},
    {"press": "Go on, not known to us"},
    {"see": "neither the child nor anyone in the family"},
    {"shot": "nil-return"},
]


async def test_a_request_seen_in_the_channel_is_opened_one_to_one(tmp_path: Path) -> None:
    needed(browser=True)
    async with talking(tmp_path) as (client, _):
        people = People(client)
        deputy, people.practitioner = people.practitioner, people.nurse
        await people.arrive()
        await people.refer()
        await people.decide()
        await people.name_deputy(deputy, "police")
        before = len(client.said)
        page = asyncio.create_task(_in_page(tmp_path, client.base, REQUEST))
        await client.heard(lambda message: "CSPR Assistant" in message.words, since=before)
        await people.ask("police")
        seen = dict(zip(map(json.dumps, REQUEST), await page, strict=True))
    in_channel = seen['{"see": "It has been opened."}']
    assert "Nobody has opened it yet." in seen['{"see": "please tell us what your organisation knows"}']
    assert "An answer is still needed." in in_channel
    assert "Test Child" not in in_channel
    assert "Test Child One" in seen['{"see": "Names to search under"}']


OVERDUE: list[Step] = [
    {"say": ASKED},
    {"see": "Of the cases you may see: 2 dates have passed."},
    {"shot": "overdue"},
    {"choose": {"Which one?": "NS-2026-0001, Test Police"}},
    {"press": "Chase now"},
    {"see": "Test Police: its answer. They have been asked."},
    # The page may still be drawing the press when the card is replaced, and keeps the old one then: it is asked for anew.
    # That the card itself follows is shown by test_overdue_in_playground.
    {"say": ASKED},
    {"see": "Last chased Friday 4 December 2026."},
    {"shot": "overdue-chased"},
    {"say": "show the timeline of NS-2026-0001"},
    {"see": "Its dates"},
    {"drawn": "The dates of NS-2026-0001 as bars"},
    {"shot": "timeline"},
]


async def test_a_manager_looks_at_what_is_overdue_chases_and_sees_the_timeline(tmp_path: Path) -> None:
    needed(browser=True)
    async with talking(tmp_path, SENT) as (client, assistant):
        people = LatePeople(client)
        on_the_page, people.practitioner = people.practitioner, people.nurse
        await people.wait_too_long(assistant, "police")
        await people.name_manager(on_the_page, people.manager)
        steps = await _in_page(tmp_path, client.base, OVERDUE)
    assert "4 working days late" in " ".join(steps)
    assert "Last chased Friday" not in " ".join(steps[:3])
    assert "Last chased Friday 4 December 2026." in " ".join(steps[3:])
    assert "Child One" not in " ".join(steps)
