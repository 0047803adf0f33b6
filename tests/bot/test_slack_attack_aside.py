"""Attacks on what is for one person alone, on where answers are sent, and on what the logs keep."""

from __future__ import annotations

import json
import logging
from pathlib import Path

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from fake_slack import Fault
from msgspec.structs import replace
from our_slack import OurSlack, our_slack
from person import Person
from slack_reading import Pressable
from slack_state import Channel
from slack_world import SECRET
from story import START
from test_slack_delivery import BUTTON, LONG, sending

from bot.http import pooled_session
from bot.slack.addresses import is_at
from bot.slack.api import Workspaces
from bot.slack.carried import Carried, written
from bot.slack.codec import channel_of
from bot.slack.settings import SlackSettings
from bot.slack.tell import Teller
from state.changes import Kind
from state.records import CaseRecord
from state.snapshot import Wanted
from state.values import Who

FOREIGN = (
    "http://hooks.slack.com/actions/T/1/x",
    "https://hooks.slack.com.example.org/actions/T/1/x",
    "https://example.org/hooks.slack.com",
    "https://hooks.slack.com@example.org/x",
    "https://x@hooks.slack.com/x",
    "https://hooks.slack.com:8443/x",
    "https://example.org#hooks.slack.com",
    "https://example.org?hooks.slack.com",
    "https://hooks.slack.com\\@example.org/x",
    "https://[hooks.slack.com]/x",
    "https://hooks.slack.com/\\example.org",
    "https://hooks.slack.com/ x",
    "https://hooks.slack.com:8443/x",
    "https://169.254.169.254/latest",
    "file:///etc/passwd",
    "ftp://hooks.slack.com/x",
    "//hooks.slack.com/x",
    "hooks.slack.com",
    "https://hooks.slack.com:x/",
    "",
)


def teller(folder: Path) -> SlackSettings:
    """Settings as a server has them: Slack's own sites alone."""
    return SlackSettings(workspaces=frozenset({"T1"}), tokens_file=folder / "none")


@pytest.mark.parametrize("address", FOREIGN)
def test_no_answer_goes_to_an_address_that_is_not_slacks(tmp_path: Path, address: str) -> None:
    sites = teller(tmp_path).answer_sites
    assert not is_at(address, sites)
    assert is_at("https://hooks.slack.com/actions/T1/1/x", sites)


async def test_an_answer_follows_no_redirect(tmp_path: Path) -> None:
    reached: list[str] = []

    async def send_on(request: web.Request) -> web.Response:
        reached.append(request.path)
        return web.Response(status=307, headers={"Location": "/elsewhere"})

    app = web.Application()
    app.add_routes([web.post("/{rest:.*}", send_on)])
    async with TestServer(app, host="127.0.0.1") as server, pooled_session() as session:
        site = f"127.0.0.1:{server.port}"
        settings = replace(teller(tmp_path), answer_sites=frozenset({site}))
        await Teller(Workspaces({}, settings, session), settings, session).take_away(f"http://{site}/hooks/1")
    assert reached == ["/hooks/1"]


async def test_every_part_of_a_long_answer_is_for_that_person_alone(tmp_path: Path) -> None:
    async with sending(tmp_path) as slack:
        await slack.send(LONG, slack.there, aside=slack.person.id)
        shown = slack.sees(slack.there)
        assert len(shown) > 1
        assert all(message.aside for message in shown)
        assert slack.fake.called("chat.postMessage") == []


async def test_a_part_that_failed_makes_none_of_it_public(tmp_path: Path) -> None:
    async with sending(tmp_path) as slack:

        async def leave(_: float) -> None:
            slack.channel.members.discard(slack.person.id)

        slack.deliverer._pause = leave
        told = await slack.fault(reply=LONG, place=slack.there, aside=slack.person.id)
        assert told.uncertain, "part of it was read: the whole comes again with a mark, and never without"
        assert slack.fake.called("chat.postMessage") == []
        await slack.send(reply=LONG, place=slack.there, aside=slack.person.id)
        said = slack.fake.called("chat.postMessage")
        assert {call["channel"] for call in said} == {channel_of(slack.chat)}, "whoever left reads it in their own conversation"


async def test_a_card_of_another_channel_is_not_replaced(tmp_path: Path) -> None:
    async with sending(tmp_path) as slack:
        card = await slack.send(BUTTON, slack.there, Kind.POST)
        told = await slack.fault(kind=Kind.UPDATE, replaces=card)
        assert told.reason == "delivery.card_gone"
        [message] = slack.sees(slack.there)
        assert message.updates == 0


CASE = CaseRecord(id="case-1", reference="NS-2026-0001", draft="draft-1", referrer="nobody", received_at=START)


async def world(slack: OurSlack, *, restricted: bool = False) -> tuple[Person, Person, Channel]:
    """A coordinator and somebody of an agency in one channel, and a case."""
    coordinator, agency = slack.person("coordinator"), slack.person("agency")
    await slack.role(coordinator, "coordinator")
    channel = slack.fake.add_channel("police", coordinator.user, agency.user)
    await slack.write(replace(CASE, restricted=restricted))
    await coordinator.mentions("help", channel)
    await slack.settle()
    return coordinator, agency, channel


async def press(slack: OurSlack, person: Person, channel: Channel, action: str, target: str, name: str = "press:1") -> None:
    """A press in the channel, with that button."""
    message = next(one for one in channel.messages if one.bot_id)
    value = written(Carried(action, target, window=name.startswith("open")))
    element = {"type": "button", "action_id": name, "text": {"type": "plain_text", "text": "x"}, "value": value}
    await slack.door.interaction(person._payloads.pressed(message, Pressable("x", "b001", element)))
    await slack.settle()


def public(channel: Channel) -> list[str]:
    return [json.dumps(one.blocks) for one in channel.messages if one.bot_id and not one.aside]


async def test_what_is_pressed_in_a_channel_is_answered_to_the_presser_alone(tmp_path: Path) -> None:
    async with our_slack(tmp_path) as slack:
        coordinator, agency, channel = await world(slack)
        before = public(channel)
        for person in (coordinator, agency):
            for action in ("open_case", "mine", "open_referrals", "add_person", "remove_person", "help", "nonsense"):
                await press(slack, person, channel, action, CASE.id)
        assert public(channel) == before
        assert not [one for one in agency.answers(channel) if one.aside and CASE.reference in one.words]


async def test_a_restricted_case_is_absent_in_a_channel_whatever_is_pressed_there(tmp_path: Path) -> None:
    async with our_slack(tmp_path) as slack:
        coordinator, _, channel = await world(slack, restricted=True)
        for action in ("open_case", "record_decision", "request_status"):
            there, nowhere = [await answer(slack, coordinator, channel, action, case) for case in (CASE.id, "nothing")]
            assert there == nowhere
        assert CASE.reference not in json.dumps([one.blocks for one in channel.messages])


async def answer(slack: OurSlack, person: Person, channel: Channel, action: str, case: str) -> list[str]:
    before = len(person.answers(channel))
    await press(slack, person, channel, action, case)
    return [one.words for one in person.answers(channel, since=before)]


async def test_a_window_over_a_channel_does_nothing_once_its_person_was_removed(tmp_path: Path) -> None:
    async with our_slack(tmp_path) as slack:
        coordinator, _, channel = await world(slack)
        await press(slack, coordinator, channel, "open_case", CASE.id, "open:1")
        view = coordinator.view
        assert view is not None
        known = (await slack.parts.store.read(Wanted(turn="", person=key_of(coordinator), place=""))).person
        assert known is not None
        await slack.write(replace(known, removed_at=slack.clock.now()))
        before = public(channel)
        await press(slack, coordinator, channel, "open_case", CASE.id, "open:1")
        assert coordinator.view is not None
        assert coordinator.view.words.startswith("You no longer have access.")
        assert public(channel) == before


async def test_a_window_that_came_too_late_in_a_channel_is_told_to_its_presser_alone(tmp_path: Path) -> None:
    async with our_slack(tmp_path) as slack:
        coordinator, agency, channel = await world(slack)
        before = len(agency.answers(channel))
        slack.fake.faults.append(Fault(method="views.open", error="expired_trigger_id"))
        await press(slack, coordinator, channel, "open_case", CASE.id, "open:1")
        assert coordinator.answers(channel)[-1].aside
        assert len(agency.answers(channel)) == before


async def test_a_page_from_before_a_role_was_taken_away_leads_nowhere(tmp_path: Path) -> None:
    async with our_slack(tmp_path) as slack:
        coordinator, _, _ = await world(slack)
        await coordinator.opens_home()
        await slack.settle()
        old = coordinator.home
        assert old is not None
        [grant] = (await slack.parts.store.read(Wanted(turn="", person=key_of(coordinator), place=""))).grants
        await slack.write(replace(grant, ended_at=slack.clock.now()))
        before = len(coordinator.answers())
        shape = coordinator._payloads.pressed_in(coordinator._view(old), old.buttons[0])
        for action in ("open_referrals", "open_case", "add_person", "remove_person"):
            shape["trigger_id"] = slack.fake.book.trigger(coordinator.user)
            shape["actions"][0]["value"] = written(Carried(action, CASE.id))
            await slack.door.interaction(shape)
            await slack.settle()
        told = [one.words for one in coordinator.answers(since=before)]
        assert len(told) == 4
        assert not [words for words in told if CASE.reference in words]
        assert coordinator.home is not None
        assert {"open_referrals", "add_person", "remove_person"}.isdisjoint(coordinator.home.labels)


def key_of(person: Person) -> str:
    return Who(person.user.team, person.id).id


async def test_the_command_between_two_people_and_in_a_group_is_answered_to_one(tmp_path: Path) -> None:
    async with our_slack(tmp_path) as slack:
        practitioner, colleague = slack.person("practitioner"), slack.person("colleague")
        between = slack.fake.add_channel("directmessage", practitioner.user, colleague.user, bot=False, private=True)
        between.id = "D0BETWEEN2"
        slack.fake.book.channels[between.id] = between
        await practitioner.slash("my referrals", between)
        await slack.settle()
        assert colleague.answers(between) == []
        assert [one.aside for one in practitioner.answers(between)] == [True]
        assert len(practitioner.answers()) == 1


async def test_the_logs_hold_no_words_names_tokens_or_addresses(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    async with our_slack(tmp_path) as slack:
        practitioner = slack.person("practitioner", "Test Zephyrine")
        channel = slack.fake.add_channel("team", practitioner.user)
        await practitioner.says("Quillon is at Hidden Lane")
        await practitioner.slash("Quillon is at Hidden Lane", channel)
        await practitioner.mentions("Quillon is at Hidden Lane", channel)
        await practitioner.opens_home()
        await practitioner.shortcut("refer")
        for method in ("chat.postMessage", "views.open", "views.update", "views.publish", "users.info", "chat.postEphemeral"):
            slack.fake.faults.append(Fault(method=method, error="internal_error"))
        await slack.later(hours=2)
        await practitioner.says("Quillon is at Hidden Lane")
        await practitioner.opens_home()
        await practitioner.shortcut("waiting")
        await slack.later(minutes=5)
        tokens = [one.bot_token for one in slack.fake.book.workspaces.values()]
    kept = "\n".join(f"{one.getMessage()} {one.exc_text or ''}" for one in caplog.records if one.name != "asyncio")
    for hidden in ("Zephyrine", "Quillon", "Hidden Lane", SECRET, *tokens, "xapp-", "/hooks/"):
        assert hidden not in kept
