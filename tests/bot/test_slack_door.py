"""The Slack door: only what Slack signed, from workspaces of ours, and each thing once."""

from __future__ import annotations

import json
from pathlib import Path
from urllib.parse import urlencode

import pytest
from fake_slack import Fault, workspace
from our_slack import OurSlack, our_slack
from slack_doors import FORM, JSON, HttpDoor, NotTaken
from slack_houses import Listening
from slack_payloads import example
from slack_world import SECRET

from bot.slack.signature import SIGNATURE
from dialogs.turn import Text


def door_of(slack: OurSlack) -> HttpDoor:
    assert isinstance(slack.door, HttpDoor)
    return slack.door


async def refused(slack: OurSlack, body: str, kind: str = FORM, more: dict[str, str] | None = None) -> int:
    """The status that a body is refused with."""
    with pytest.raises(NotTaken) as found:
        await door_of(slack).post(body, kind, more)
    return found.value.status


async def test_somebody_writes_and_is_answered(tmp_path: Path) -> None:
    async with our_slack(tmp_path) as slack:
        practitioner = slack.person("practitioner")
        await practitioner.says("help")
        await slack.settle()
        answer = await practitioner.sees("begin_referral")
        assert answer.preview == "The assistant has replied."
        await practitioner.press(answer, "begin_referral")
        await slack.settle()
        assert "A referral here does not protect a child today." in practitioner.answers()[-1].words


async def test_slack_asks_whether_we_are_there(tmp_path: Path) -> None:
    async with our_slack(tmp_path) as slack:
        assert await door_of(slack).verify() == {"challenge": example("url_verification")["challenge"]}


@pytest.mark.parametrize("body", ["payload=%7Bnonsense", "payload=", "", "payload=%5B%5D", "{", "a=b&a=c"])
async def test_without_a_signature_nothing_of_it_is_read(tmp_path: Path, body: str) -> None:
    house = Listening()
    async with our_slack(tmp_path, house=house) as slack:
        for kind in (FORM, JSON):
            assert await refused(slack, body, kind, {SIGNATURE: "v0=" + "0" * 64}) == 401
        assert house.turns == []
        assert slack.fake.calls == []


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        ("payload=%7Bnonsense", FORM),
        ("payload=%5B%5D", FORM),
        ("{", JSON),
        ("[]", JSON),
        ("[" * 100_000, JSON),
        ("null", JSON),
    ],
)
async def test_what_is_signed_and_no_payload_is_refused_plainly(tmp_path: Path, body: str, kind: str) -> None:
    async with our_slack(tmp_path) as slack:
        assert await refused(slack, body, kind) in (400, 401)


async def test_another_kind_of_body_is_not_looked_at(tmp_path: Path) -> None:
    async with our_slack(tmp_path) as slack:
        assert await refused(slack, "<a/>", "text/xml") == 415
        assert await refused(slack, "{}", JSON, {"Content-Encoding": "gzip"}) == 415


async def heard_as(slack: OurSlack, **changed: str) -> str:
    """A message as Slack would send it, with something of it otherwise."""
    practitioner = slack.person("practitioner")
    event = {**example("message_im"), "team_id": slack.fake.home.id, "event_id": "Ev0CHANGED"}
    event["authorizations"] = [{"team_id": slack.fake.home.id, "user_id": slack.fake.home.bot_user, "is_bot": True}]
    event["event"] = {**event["event"], "user": practitioner.id, "text": "help", "channel": practitioner.dm.id}
    for name, value in changed.items():
        where = event["event"] if name in ("user_team", "bot_id", "subtype") else event
        where[name] = value
        if name == "team_id":
            event["authorizations"] = [{"team_id": value, "user_id": "U0BOT", "is_bot": True}]
    return json.dumps(event)


async def test_a_workspace_that_is_not_listed_is_refused(tmp_path: Path) -> None:
    house = Listening()
    async with our_slack(tmp_path, house=house) as slack:
        assert await refused(slack, await heard_as(slack, team_id="T0ELSEWHERE"), JSON) == 401
        assert house.turns == []
        await door_of(slack).post(await heard_as(slack), JSON)
        assert [turn.said for turn in house.turns] == [Text("help")]


async def test_an_agency_signs_for_its_own_workspace_and_for_no_other(tmp_path: Path) -> None:
    house, agency = Listening(), workspace(1)
    signing = f"{workspace().id} another-secret\n{agency.id} {SECRET}"
    async with our_slack(tmp_path, house=house, workspaces=(workspace(), agency), signing=signing) as slack:
        await door_of(slack).post(await heard_as(slack, team_id=agency.id), JSON)
        assert [turn.who.tenant for turn in house.turns] == [agency.id]
        assert await refused(slack, await heard_as(slack), JSON) == 401
        assert len(house.turns) == 1


@pytest.mark.parametrize("changed", [{"user_team": "T0ELSEWHERE"}, {"bot_id": "B0PROGRAM"}, {"subtype": "channel_join"}])
async def test_strangers_and_programs_are_not_heard(tmp_path: Path, changed: dict[str, str]) -> None:
    """A shared channel brings people of other organisations: they are heard where their workspace is listed."""
    house = Listening()
    async with our_slack(tmp_path, house=house) as slack:
        await door_of(slack).post(await heard_as(slack, **changed), JSON)
        assert house.turns == []


async def test_what_slack_sends_again_is_answered_once(tmp_path: Path) -> None:
    async with our_slack(tmp_path) as slack:
        practitioner = slack.person("practitioner")
        await practitioner.says("help")
        await slack.settle()
        for retry in (1, 2, 3):
            await practitioner.again(retry)
        await slack.settle()
        assert len(practitioner.answers()) == 1


async def test_what_was_not_kept_is_not_acknowledged_and_comes_again(tmp_path: Path) -> None:
    house = Listening(OSError("the disk is full"))
    async with our_slack(tmp_path, house=house) as slack:
        practitioner = slack.person("practitioner")
        with pytest.raises(NotTaken) as found:
            await practitioner.says("help")
        assert found.value.status >= 500
        house.fault = None
        await practitioner.again()
        assert [turn.said for turn in house.turns] == [Text("help")]


async def test_a_bug_is_answered_with_a_number_and_logged_without_what_was_said(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async with our_slack(tmp_path, house=Listening(RuntimeError("Test Child said this"))) as slack:
        with pytest.raises(NotTaken) as found:
            await slack.person("practitioner").says("Test Child said this")
        assert found.value.status == 500
    assert "Test Child" not in caplog.text
    assert "RuntimeError" in caplog.text


async def test_what_was_typed_is_what_the_house_hears(tmp_path: Path) -> None:
    house = Listening()
    async with our_slack(tmp_path, house=house) as slack:
        practitioner = slack.person("practitioner")
        await practitioner.says("Weight < 5 kg & falling, ring 01632 960001 or write to test.nurse@example.org")
        [turn] = house.turns
        assert turn.said == Text("Weight < 5 kg & falling, ring 01632 960001 or write to test.nurse@example.org")
        assert (turn.who.tenant, turn.who.object) == (slack.fake.home.id, practitioner.id)
        assert turn.who.name == "Test Practitioner"


async def test_what_is_changed_or_taken_back_or_said_by_a_program_is_not_a_turn(tmp_path: Path) -> None:
    house = Listening()
    async with our_slack(tmp_path, house=house) as slack:
        practitioner = slack.person("practitioner")
        said = await practitioner.says("help")
        await practitioner.edits(said, "my referrals")
        await practitioner.deletes(said)
        assert len(house.turns) == 1


async def test_in_a_channel_only_a_mention_is_heard(tmp_path: Path) -> None:
    house = Listening()
    async with our_slack(tmp_path, house=house) as slack:
        coordinator = slack.person("coordinator")
        channel = slack.fake.add_channel("coordinators", coordinator.user)
        await coordinator.remarks("Is anything overdue?", channel)
        mention = await coordinator.mentions("what is overdue?", channel)
        [turn] = house.turns
        assert turn.said == Text("what is overdue?")
        assert turn.place.address["thread"] == mention.ts


async def test_a_name_that_cannot_be_looked_up_holds_nobody_up(tmp_path: Path) -> None:
    house = Listening()
    async with our_slack(tmp_path, house=house) as slack:
        slack.fake.faults.append(Fault(method="users.info", error="user_not_found"))
        practitioner = slack.person("practitioner")
        await practitioner.says("help")
        await practitioner.says("help")
        assert [turn.who.name for turn in house.turns] == ["", "Test Practitioner"]


async def test_names_are_not_asked_for_again_within_the_hour(tmp_path: Path) -> None:
    house = Listening()
    async with our_slack(tmp_path, house=house) as slack:
        practitioner = slack.person("practitioner")
        for _ in range(3):
            await practitioner.says("help")
        assert len(slack.fake.called("users.info")) == 1
        await slack.later(minutes=61)
        await practitioner.says("help")
        assert len(slack.fake.called("users.info")) == 2


async def test_an_unknown_event_is_answered_so_that_it_does_not_come_again(tmp_path: Path) -> None:
    house = Listening()
    async with our_slack(tmp_path, house=house) as slack:
        practitioner = slack.person("practitioner")
        await practitioner.says("help")
        other = {"type": "event_callback", "team_id": slack.fake.home.id, "event_id": "Ev9", "event": {"type": "team_rename"}}
        await door_of(slack).event(other)
        assert len(house.turns) == 1


async def test_a_button_that_is_not_ours_is_refused(tmp_path: Path) -> None:
    house = Listening()
    async with our_slack(tmp_path, house=house) as slack:
        payload = example("block_actions_message")
        payload = json.loads(json.dumps(payload).replace(payload["team"]["id"], slack.fake.home.id))
        assert await refused(slack, urlencode({"payload": json.dumps(payload)})) == 400
        assert house.turns == []
