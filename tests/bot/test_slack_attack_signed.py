"""Attacks on Slack's address: signatures that are old, of other bodies or twice, bodies of every wrong shape, and the log."""

from __future__ import annotations

import asyncio
import copy
import json
import logging
import random
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import aiohttp
import pytest
from fake_slack import workspace
from multidict import CIMultiDict
from our_slack import OurSlack, our_slack
from slack_doors import FORM, JSON, HttpDoor, NotTaken
from slack_houses import Listening
from slack_payloads import PAYLOADS, example

from bot.http import LARGEST_BODY
from bot.slack.signature import SIGNATURE, TIME

Header = tuple[str, str]


def ours(body: Any) -> Any:
    """An example, as if it came from our workspace."""
    text = json.dumps(body)
    for name in ("T123ABC456", "T9TK3CUKW", "T0001", "T061EG9R6", "TXXXXXXXX"):
        text = text.replace(name, workspace().id)
    return json.loads(text)


BODY = json.dumps(ours(example("message_im")))


def url_of(slack: OurSlack) -> str:
    assert isinstance(slack.door, HttpDoor)
    return slack.door._url


def signed(slack: OurSlack, body: str = BODY) -> list[Header]:
    assert isinstance(slack.door, HttpDoor)
    return list(slack.door.headers(body, JSON).items())


async def status(url: str, body: Any, headers: list[Header], verb: str = "POST") -> int:
    sent: CIMultiDict[str] = CIMultiDict(headers)
    async with aiohttp.ClientSession() as session, session.request(verb, url, data=body, headers=sent) as answer:
        return answer.status


def without(headers: list[Header], name: str) -> list[Header]:
    return [one for one in headers if one[0] != name]


async def test_a_signature_does_not_pass_twice_spelt_or_beside_another(tmp_path: Path) -> None:
    house = Listening()
    async with our_slack(tmp_path, house=house) as slack:
        headers, url = signed(slack), url_of(slack)
        made, stamp = dict(headers)[SIGNATURE], dict(headers)[TIME]
        rest = without(without(headers, SIGNATURE), TIME)
        for wrong in (
            [*rest, (SIGNATURE, "v0=0"), (SIGNATURE, made), (TIME, stamp)],
            [*rest, (SIGNATURE, made), (TIME, "1"), (TIME, stamp)],
            [*rest, (SIGNATURE, made.upper()), (TIME, stamp)],
            [*rest, (SIGNATURE, made.removeprefix("v0=")), (TIME, stamp)],
            [*rest, (SIGNATURE, f"{made},{made}"), (TIME, stamp)],
            [*rest, (SIGNATURE, made), (TIME, f"+{stamp}")],
            [*rest, (SIGNATURE, made), (TIME, f"{stamp}.0")],
            [*rest, (SIGNATURE, made), (TIME, f"0{stamp}")],
            [*rest, (SIGNATURE, made), (TIME, "9" * 5_000)],
            [*rest, (SIGNATURE, "v0=" + "a" * 5_000), (TIME, stamp)],
            [*rest, (SIGNATURE, "v0=é"), (TIME, stamp)],
            [*rest, (SIGNATURE, made)],
            [*rest, (TIME, stamp)],
            rest,
        ):
            assert await status(url, BODY, wrong) == 401
        assert house.turns == []
        assert await status(url, BODY, [*headers, (SIGNATURE, "v0=0")]) == 200


async def test_what_was_overheard_is_not_good_after_five_minutes_nor_for_another_body(tmp_path: Path) -> None:
    house = Listening()
    async with our_slack(tmp_path, house=house) as slack:
        headers, url = signed(slack), url_of(slack)
        assert await status(url, BODY + " ", headers) == 401
        assert await status(url, BODY.replace("message", "massage"), headers) == 401
        assert await status(url, BODY.encode("utf-16"), headers) == 401
        assert await status(url, b"\xff" + BODY.encode(), headers) == 401
        await slack.later(minutes=5, seconds=1)
        assert await status(url, BODY, headers) == 401
        assert house.turns == []


async def test_what_is_sent_again_within_five_minutes_is_taken_once(tmp_path: Path) -> None:
    async with our_slack(tmp_path) as slack:
        practitioner = slack.person("practitioner")
        await practitioner.says("help")
        body = json.dumps(practitioner._last)
        headers = signed(slack, body)
        for _ in range(3):
            assert await status(url_of(slack), body, headers) == 200
        await slack.settle()
        assert len(practitioner.answers()) == 1


async def test_no_other_address_or_verb_leads_in(tmp_path: Path) -> None:
    house = Listening()
    async with our_slack(tmp_path, house=house) as slack:
        headers, url = signed(slack), url_of(slack)
        for path in ("/", ".json", "//", "%2f", ";x=1"):
            assert await status(url + path, BODY, headers) in (404, 405)
        assert await status(url.replace("/slack/events", "//slack//events"), BODY, headers) == 404
        for verb in ("GET", "HEAD", "PUT", "OPTIONS", "DELETE", "PATCH"):
            assert await status(url, BODY, headers, verb) == 405
        assert house.turns == []


async def test_a_body_without_end_and_one_without_length_are_cut(tmp_path: Path) -> None:
    async with our_slack(tmp_path, house=Listening()) as slack:

        async def much() -> AsyncIterator[bytes]:
            for _ in range(LARGEST_BODY // 65_536 + 2):
                yield b"x" * 65_536
                await asyncio.sleep(0)

        assert await status(url_of(slack), much(), signed(slack)) == 413
        assert await status(url_of(slack), b"x" * (LARGEST_BODY + 1), signed(slack)) == 413


async def told(slack: OurSlack, body: str, kind: str) -> int:
    """The status that something signed is answered with."""
    assert isinstance(slack.door, HttpDoor)
    try:
        await slack.door.post(body, kind)
    except NotTaken as refused:
        return refused.status
    return 200


@pytest.mark.parametrize(
    "body",
    [
        "payload={}&payload=[]",
        "payload=%7B%22type%22%3A%22block_actions%22%7D",
        'payload={"type":"block_actions","type":"view_submission","team":{"id":7}}',
        '{"type":"event_callback","event":{"type":"message"},"event":7}',
        "ssl_check=1&token=x",
        "command=/other&team_id=T0CSPRTEAM&user_id=U1&channel_id=D1&trigger_id=1.1&text=x",
        "command=/cspr",
        "payload=%00",
        "a" * 100_000,
    ],
)
async def test_odd_forms_are_answered_plainly_and_lead_to_no_turn(tmp_path: Path, body: str) -> None:
    house = Listening()
    async with our_slack(tmp_path, house=house) as slack:
        assert await told(slack, body, FORM) < 500
        assert house.turns == []


ODD: tuple[Any, ...] = (
    None,
    7,
    -1.5,
    True,
    "",
    "x" * 70_000,
    "\ud800",
    "a\nb\x00",
    [],
    [[]],
    {},
    {"id": {"id": []}},
    "T0/../x",
)


def parts(body: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Every place in it."""
    inside = body.items() if isinstance(body, dict) else enumerate(body) if isinstance(body, list) else ()
    for name, value in inside:
        yield (*path, name)
        yield from parts(value, (*path, name))


def changed(body: Any, path: tuple[Any, ...], value: Any) -> Any:
    made = copy.deepcopy(body)
    at = made
    for step in path[:-1]:
        at = at[step]
    at[path[-1]] = value
    return made


@pytest.mark.parametrize("name", sorted(file.stem for file in PAYLOADS.glob("*.json") if file.stem != "file"))
async def test_no_payload_of_a_wrong_shape_ends_in_a_fault_of_ours(
    tmp_path: Path, name: str, caplog: pytest.LogCaptureFixture
) -> None:
    """Each is signed: Slack itself would have sent it, or somebody who has our secret."""
    chance, house = random.Random(7), Listening()
    async with our_slack(tmp_path, house=house) as slack:
        good = ours(example(name))
        assert isinstance(good, dict)
        for path in list(parts(good)):
            for value in chance.sample(ODD, 2):
                body = changed(good, path, value)
                if name == "slash_command":
                    told_as = urlencode({k: str(v).encode("utf-8", "replace") for k, v in body.items()}), FORM
                elif "event" in good or name == "url_verification":
                    told_as = json.dumps(body), JSON
                else:
                    told_as = urlencode({"payload": json.dumps(body)}), FORM
                assert await told(slack, *told_as) < 500, (path, value)
        await slack.ours.settle()
    assert not [one for one in caplog.records if one.levelno >= logging.ERROR]
    assert not [one for one in caplog.records if "\n" in one.getMessage() or "\x00" in one.getMessage()]
