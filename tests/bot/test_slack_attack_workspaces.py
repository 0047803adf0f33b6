"""Attacks across workspaces: an agency that signs for its own names channels and people of another."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from fake_slack import workspace
from our_slack import OurSlack, our_slack
from person import Person
from slack_doors import FORM, HttpDoor, NotTaken
from slack_houses import Listening
from slack_payloads import ABSENT, event_of, example, filled
from slack_state import Channel, Workspace
from slack_world import SECRET

from bot.slack.carried import Carried, Frame, written
from dialogs.turn import Press, SubmitWindow
from state.snapshot import Wanted
from state.values import Who

OURS, AGENCY = workspace(), workspace(1)
AGENCYS = "signing-secret-of-the-agency"
BOTH = f"{OURS.id} {SECRET}\n{AGENCY.id} {AGENCYS}\n"
BUTTON = Carried("mine")


class Forger:
    """Somebody with the agency's secret, who writes what they like and signs it."""

    def __init__(self, slack: OurSlack, secret: str = AGENCYS) -> None:
        assert isinstance(slack.door, HttpDoor)
        self.fake = slack.fake
        self.door = HttpDoor(slack.fake, slack.door._url.removesuffix("/slack/events"), secret)

    async def event(self, name: str, *, team: Workspace = AGENCY, **event: Any) -> None:
        told = event_of(
            name,
            event,
            team=team.id,
            app=self.fake.app.id,
            bot=team.bot_user,
            number=self.fake.book.number("Ev"),
            at=self.fake.book.time,
            shared=False,
        )
        await self.door.event(told)

    async def mention(self, channel: str, user: str, text: str, **more: Any) -> None:
        at = self.fake.book.ts()
        told = {"channel": channel, "user": user, "text": text, "ts": at, "event_ts": at, "thread_ts": ABSENT}
        await self.event("app_mention", **told, **{"user_team": ABSENT, "source_team": ABSENT, **more})

    async def press(self, **more: Any) -> None:
        shape = example("block_actions_message")
        [action] = shape["actions"]
        carries = [action | {"action_id": "press:1", "value": written(more.pop("carried", BUTTON))}]
        told = {"team": {"id": AGENCY.id, "domain": "agency"}, "actions": carries, **more}
        payload = filled(shape, trigger_id=self.fake.book.number("13."), **told)
        await self.door.post(urlencode({"payload": json.dumps(payload)}), FORM)

    async def submit(self, frame: Frame, installed: Workspace = AGENCY, **more: Any) -> None:
        shape = example("view_submission")
        view = filled(shape["view"], private_metadata=written(frame), state={"values": {}}, app_installed_team_id=installed.id)
        team = {"id": AGENCY.id, "domain": "agency"}
        payload = filled(shape, trigger_id=self.fake.book.number("13."), team=team, view=view, **more)
        await self.door.post(urlencode({"payload": json.dumps(payload)}), FORM)


def somebody(user: str, team: str) -> dict[str, str]:
    return {"id": user, "username": "x", "name": "x", "team_id": team}


async def tied(slack: OurSlack, to: str = "police") -> tuple[Person, Channel]:
    """A channel of ours that is tied to an organisation."""
    coordinator = slack.person("coordinator")
    await slack.role(coordinator, "coordinator")
    channel = slack.fake.add_channel(to, coordinator.user)
    await coordinator.says("help")
    await coordinator.mentions(f"tie this channel to {to}", channel)
    await slack.settle()
    await coordinator.press(coordinator.answers()[-1], "confirm_channel")
    await slack.settle()
    return coordinator, channel


async def test_an_agency_that_names_our_channel_takes_nothing_over(tmp_path: Path) -> None:
    async with our_slack(tmp_path, workspaces=(OURS, AGENCY), signing=BOTH) as slack:
        coordinator, channel = await tied(slack)
        [place] = await places(slack, channel)
        before = coordinator.answers(channel)
        await Forger(slack).mention(channel.id, "U0FORGER", "what is overdue?")
        await slack.settle()
        assert await places(slack, channel) == [place]
        assert coordinator.answers(channel) == before
        await coordinator.mentions("help", channel)
        await slack.settle()
        assert len(coordinator.answers(channel)) == len(before) + 1


async def places(slack: OurSlack, channel: Channel) -> list[object]:
    """What is kept of a channel of our own workspace."""
    found = await slack.parts.store.read(Wanted(turn="", person="", place=f"slack:{channel.team}/{channel.id}"))
    return [found.place]


async def test_an_agency_that_names_our_persons_conversation_does_not_redirect_it(tmp_path: Path) -> None:
    async with our_slack(tmp_path, workspaces=(OURS, AGENCY), signing=BOTH) as slack:
        practitioner = slack.person("practitioner")
        await practitioner.says("help")
        await slack.settle()
        at = slack.fake.book.ts()
        told = {"channel": practitioner.dm.id, "user": "U0FORGER", "text": "help", "ts": at, "event_ts": at}
        await Forger(slack).event("message_im", **told)
        await slack.settle()
        [place] = await places(slack, practitioner.dm)
        assert getattr(place, "address", None) == {"team": OURS.id, "user": practitioner.id}
        assert len(practitioner.answers()) == 1


@pytest.mark.parametrize("way", ["mention", "press", "submit"])
async def test_an_agency_does_not_speak_as_somebody_of_ours(tmp_path: Path, way: str) -> None:
    house = Listening()
    async with our_slack(tmp_path, house=house, workspaces=(OURS, AGENCY), signing=BOTH) as slack:
        coordinator, forger = slack.person("coordinator"), Forger(slack)
        if way == "mention":
            await forger.mention("C0AGENCY", coordinator.id, "open referrals", user_team=OURS.id)
        elif way == "press":
            await forger.press(user=somebody(coordinator.id, OURS.id))
        else:
            await forger.submit(Frame("C0AGENCY", submit=BUTTON), user=somebody(coordinator.id, OURS.id))
        assert [turn.who.id for turn in house.turns] == []


async def test_a_button_and_a_window_signed_by_an_agency_stay_in_its_own_workspace(tmp_path: Path) -> None:
    house = Listening()
    async with our_slack(tmp_path, house=house, workspaces=(OURS, AGENCY), signing=BOTH) as slack:
        forger, me = Forger(slack), somebody("U0FORGER", AGENCY.id)
        channel = {"id": f"{OURS.id}/C0OURS", "name": "police"}
        await forger.press(user=me, channel=channel)
        await forger.submit(Frame(f"{OURS.id}/C0OURS", submit=BUTTON), user=me)
        assert [type(turn.said) for turn in house.turns] == [Press, SubmitWindow]
        assert all(turn.place.id.startswith(f"slack:{AGENCY.id}/") for turn in house.turns)
        assert {turn.place.address["team"] for turn in house.turns} == {AGENCY.id}


@pytest.mark.parametrize("named", ["team", "message"])
async def test_an_agency_does_not_sign_for_another_workspace_in_any_field(tmp_path: Path, named: str) -> None:
    house = Listening()
    async with our_slack(tmp_path, house=house, workspaces=(OURS, AGENCY), signing=BOTH) as slack:
        more: dict[str, Any] = {"user": somebody("U0FORGER", AGENCY.id)}
        if named == "team":
            more["team"] = {"id": OURS.id, "domain": "ours"}
        else:
            more["message"] = example("block_actions_message")["message"] | {"team": OURS.id}
        with pytest.raises(NotTaken) as found:
            await Forger(slack).press(**more)
        assert found.value.status == 401
        assert house.turns == []


async def test_somebody_of_a_listed_workspace_is_answered_by_the_bot_of_the_channel(tmp_path: Path) -> None:
    """They have the app at home too: what they press in a channel of ours is about ours."""
    house = Listening()
    async with our_slack(tmp_path, house=house, workspaces=(OURS, AGENCY)) as slack:
        channel = slack.fake.add_channel("police", slack.person("coordinator").user)
        visitor = slack.fake.add_person("visitor", "Test Visitor", team=AGENCY.id, is_stranger=True)
        channel.members.add(visitor.id)
        message = example("block_actions_message")["message"] | {"team": OURS.id}
        forger = Forger(slack, SECRET)
        where = {"channel": {"id": channel.id, "name": "police"}, "message": message}
        await forger.press(user=somebody(visitor.id, AGENCY.id), **where)
        [turn] = house.turns
        assert turn.who.id == Who(AGENCY.id, visitor.id).id
        assert turn.place.address == {"team": OURS.id, "thread": "1548261200.000100", "aside": visitor.id}


async def test_an_agency_does_not_sign_for_a_window_of_another_workspace(tmp_path: Path) -> None:
    house = Listening()
    async with our_slack(tmp_path, house=house, workspaces=(OURS, AGENCY), signing=BOTH) as slack:
        me = somebody("U0FORGER", AGENCY.id)
        with pytest.raises(NotTaken) as found:
            await Forger(slack).submit(Frame("C0OURS", submit=BUTTON), OURS, user=me)
        assert found.value.status == 401
        assert house.turns == []


async def test_people_of_a_shared_channel_are_vouched_for_by_a_line_of_their_own(tmp_path: Path) -> None:
    """Ours signs for what is said in its channels; the agency's people are heard there where the file says so."""
    for signing, heard in ((BOTH, 0), (f"{BOTH}{AGENCY.id} {SECRET}\n", 1)):
        house = Listening()
        async with our_slack(tmp_path / str(heard), house=house, workspaces=(OURS, AGENCY), signing=signing) as slack:
            forger = Forger(slack, SECRET)
            at = slack.fake.book.ts()
            told = {"channel": "C0SHARED", "user": "U0VISITOR", "text": "help", "ts": at, "event_ts": at, "thread_ts": ABSENT}
            await forger.event("app_mention", team=OURS, **told, user_team=AGENCY.id, source_team=AGENCY.id)
            assert len(house.turns) == heard


async def test_the_same_ids_in_two_workspaces_are_two_people_in_two_places(tmp_path: Path) -> None:
    house = Listening()
    async with our_slack(tmp_path, house=house, workspaces=(OURS, AGENCY)) as slack:
        for team in (OURS, AGENCY):
            at = slack.fake.book.ts()
            told = {"channel": "C0SAME", "user": "U0SAME", "text": "help", "ts": at, "event_ts": at, "thread_ts": ABSENT}
            await Forger(slack, SECRET).event("app_mention", team=team, **told, user_team=ABSENT, source_team=ABSENT)
        assert len({turn.who.id for turn in house.turns}) == len({turn.place.id for turn in house.turns}) == 2
