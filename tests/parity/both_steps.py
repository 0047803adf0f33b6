"""Steps of a partnership in Teams and Slack at once: who is where, what everybody could read, and an hour without Slack."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager

from fake_slack import FakeSlack, Fault
from slack_state import Message

from templates.profile import InventedPerson
from tests.bot.fake_connector import FakeConnector
from tests.parity.ability import SLACK, TEAMS
from tests.parity.client import Client, Seen
from tests.parity.slack import SlackSide
from tests.parity.steps import PURPOSE, REFERENCE
from tests.parity.teams import TeamsSide
from tests.parity.world import World

TENANT = "7e570000-0000-4000-8000-000000000001"


def somebody(number: int, key: str, name: str, job: str, agency: str) -> InventedPerson:
    """One more of the invented people."""
    return InventedPerson(
        id=key,
        tenant=TENANT,
        object=f"{TENANT[:-2]}{number:02}",
        name=name,
        job=job,
        agency=agency,
        email=f"test.{key}@example.org",
    )


DEPUTY = somebody(51, "police-deputy", "Test Police Deputy", "Detective sergeant", "Test Police")
SURGERY = somebody(52, "surgery", "Test Surgery Lead", "Practice nurse", "Test Surgery")
DIRECTOR = somebody(53, "director", "Test Director", "Director of children's services", "Test Council")
ICB = somebody(54, "icb", "Test Chief Nurse", "Chief nurse", "Test Integrated Care Board")


class Both:
    """A world with Teams and Slack, and everybody in the one they work in."""

    def __init__(self, world: World) -> None:
        self.world = world
        world.know(DEPUTY, SURGERY, DIRECTOR, ICB)
        slack, teams = world.sides[SLACK], world.sides[TEAMS]
        assert isinstance(slack, SlackSide)
        assert isinstance(teams, TeamsSide)
        self.fake: FakeSlack = slack.fake
        self.connector: FakeConnector = teams.connector

    def teams(self, person: str, channel: str = "") -> Client:
        """Somebody in Teams."""
        return self.world.client(person, channel, kind=TEAMS)

    def slack(self, person: str, channel: str = "") -> Client:
        """Somebody in Slack."""
        return self.world.client(person, channel, kind=SLACK)

    def at(self, person: str, channel: str = "") -> Client:
        """Somebody where they work."""
        return self.slack(person, channel) if person in IN_SLACK else self.teams(person, channel)

    async def links(self, person: str) -> None:
        """Somebody who works in Slack, and is known in Teams, says in both that they are one person."""
        here, there = self.teams(person), self.slack(person)
        await there.says(code_in(await here.says("link my accounts")))
        await there.presses("confirm_account")
        assert "Your accounts are linked" in await here.presses("confirm_account")

    async def ties(self, channel: Client, to: str) -> None:
        """The coordinator says in a channel whose it is, and confirms it alone in the same app."""
        assert "confirm this" in await channel.says(f"tie this channel to {to}")
        await channel.elsewhere().presses("confirm_channel")
        assert "will be" in await channel.newest()

    async def gives(self, person: str, role: str, organisation: str) -> None:
        """The coordinator makes a code, and the other one types it where they work."""
        coordinator = self.at("coordinator")
        await coordinator.says("add person")
        code = code_in(await coordinator.presses("make_code", {"role": role, "organisation": organisation}))
        await self.at(person).arrives()
        assert "You now have the role" in await self.at(person).says(code)

    async def asks(self, *organisations: str, involved: str) -> None:
        """The coordinator chooses whom to ask; at one of them somebody is involved, so its lead is asked alone."""
        coordinator = self.at("coordinator")
        await coordinator.says(f"send requests {REFERENCE}")
        await coordinator.presses("keep_choice", {"organisations": ",".join(organisations)})
        vetting = await coordinator.presses("vet_organisations")
        named = await coordinator.presses("keep_vetted", {"involved": option(vetting, "involved", involved)})
        await coordinator.presses("keep_involved", {"senior": named.field("senior").options[0].value})
        await coordinator.presses("confirm_requests")
        said = await coordinator.presses("send_now", PURPOSE)
        await coordinator.presses("emailed", {"sent": said.field("sent").options[0].value})

    async def signs(self, person: str) -> None:
        """A partner reads the review and signs it."""
        client = self.at(person)
        await client.says("pause")
        await client.says(f"rapid review {REFERENCE}")
        form = await client.follows("sign_off_review")
        await form.on(form.seen.actions[0], {"agreed": "yes"})

    @contextmanager
    def no_slack(self) -> Iterator[None]:
        """Slack answers nothing but 503."""
        self.fake.faults.extend(Fault(status=503) for _ in range(5000))
        yield
        assert self.fake.faults, "the outage ended by itself"
        self.fake.faults.clear()

    def in_channels(self) -> str:
        """All that anybody could ever read in a channel of either: words, buttons and previews, and what stood there before."""
        channels = (one for one in self.fake.book.channels.values() if not one.person)
        slack = [_everything(message) for channel in channels for message in channel.messages if message.bot_id]
        teams = [json.dumps(body) for _, place, body in self.connector.log if place.startswith("19:")]
        assert slack
        assert teams
        return "\n".join((*slack, *teams))

    def previews(self) -> str:
        """What telephones showed of everything that the assistant ever said, one to one too."""
        slack = [message.text for channel in self.fake.book.channels.values() for message in channel.messages if message.bot_id]
        teams = [str(body.get("summary", "")) for kind, _, body in self.connector.log if kind != "create"]
        assert all(slack)
        return "\n".join((*slack, *teams))


IN_SLACK = frozenset({"practitioner", "manager", "police-lead", "police-deputy", "surgery", "icb"})
"""Who works in Slack. Everybody else works in Teams."""


def code_in(said: Seen) -> str:
    """The code that was just made."""
    return said.text.split("The code is ")[1].split(". ")[0]


def option(seen: Seen, field: str, words: str) -> str:
    """The choice with these words."""
    return next(one.value for one in seen.field(field).options if words in one.label)


def _everything(message: Message) -> str:
    """What a message says and said, as it went over the wire."""
    return json.dumps([message.text, message.blocks, message.before])
