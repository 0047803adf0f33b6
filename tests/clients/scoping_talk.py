"""People of a case in the Playground: a referral is sent, decided on, and organisations are asked in their channels."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from assistant import Assistant, Talk
from playground import Message, Playground
from referral_steps import ONE_CHILD

COORDINATORS = "19:test-coordinators@thread.tacv2"
POLICE = "19:test-team-general@thread.tacv2"
HOSPITAL = "19:test-group-chat@thread.v2"
CHANNELS = {COORDINATORS: "coordinators", POLICE: "police", HOSPITAL: "Test Hospital Trust"}
"""Every place of the Playground that several people read, and whose it is."""
REFERENCE = "NS-2026-0001"
IDENTIFIES = ("Test Child", "Child One", "Test Mother", "Test Street", "3 April 2019")
"""What stands in no channel, no preview and no log."""
DECISION = {"decision": "notify", "reasons": "The injury is serious, and abuse is suspected."}
PURPOSE = {"purpose": "To prepare the rapid review", "basis": "The duty to work together"}


class People:
    """The practitioner, the coordinator and two leads, each with a conversation of their own."""

    def __init__(self, client: Playground) -> None:
        self.client = client
        self.practitioner = Talk(client)
        self.coordinator = Talk(client, "coordinator")
        self.police = Talk(client, "police-lead")
        self.nurse = Talk(client, "nurse")

    async def arrive(self) -> None:
        """Everybody writes to the assistant once, and the three channels are tied."""
        for one in (self.coordinator, self.police, self.nurse):
            await one.says("hello", "CSPR Assistant")
        for channel, whose in CHANNELS.items():
            await self._tie(channel, whose)

    async def _tie(self, channel: str, whose: str) -> None:
        before = len(self.client.said)
        await self.coordinator.says(f"tie this channel to {whose}", "one to one", channel=channel)
        await self.coordinator.waits_for("confirm_channel", since=before)
        await self.coordinator.press("confirm_channel", expect="That channel is now used")

    async def refer(self, answers: Mapping[str, str] | None = None) -> None:
        """A referral of one child, sent."""
        await self.practitioner.says("refer", "999")
        await self.practitioner.press("start_referral")
        await self.practitioner.fill_in(ONE_CHILD | (answers or {}))
        await self.practitioner.press("submit", expect=REFERENCE)

    async def decide(self) -> None:
        """The coordinator records one to one that the Panel is notified."""
        await self.coordinator.says(f"record the decision {REFERENCE}")
        await self.coordinator.fill_in(DECISION)
        await self.coordinator.press("submit", expect="The decision is recorded")

    async def ask(self, *organisations: str) -> None:
        """The coordinator chooses organisations, says that nobody there is involved, and sends."""
        before = len(self.client.said)
        await self.coordinator.says(f"send requests {REFERENCE}")
        await self.coordinator.waits_for("keep_choice", since=before)
        await self.coordinator.press("keep_choice", {"organisations": ",".join(organisations)})
        await self.coordinator.press("vet_organisations")
        await self.coordinator.press("keep_vetted", {"involved": ""})
        await self.coordinator.press("confirm_requests")
        await self.coordinator.press("send_now", PURPOSE)

    async def name_manager(self, talk: Talk, second: Talk) -> None:
        """Somebody becomes a manager, with a code from the coordinator, and a second person confirms it."""
        before = len(self.client.said)
        await self.coordinator.says("add person")
        await self.coordinator.waits_for("make_code", since=before)
        made = await self.coordinator.press("make_code", {"role": "manager"}, "The code is")
        await talk.says(made.text.split("The code is ")[1].split(". ")[0], "second")
        await second.waits_for("confirm_role")
        await second.press("confirm_role", expect="role")

    async def name_deputy(self, talk: Talk, organisation: str) -> None:
        """Somebody becomes a deputy of an organisation, with a code from the coordinator."""
        await self.coordinator.says("add person")
        made = await self.coordinator.press("make_code", {"role": "deputy", "organisation": organisation}, "The code is")
        await talk.says(made.text.split("The code is ")[1].split(". ")[0], "You now have the role of")

    async def asked(self, *organisations: str) -> None:
        """From nothing to requests that stand in their channels."""
        await self.arrive()
        await self.refer()
        await self.decide()
        await self.ask(*organisations)

    async def followed(self, card: Message, words: str) -> Message:
        """Until a card that stays was replaced in place and says this."""
        return await self.client.heard(lambda m: m.updated and (m.place, m.id) == (card.place, card.id) and words in m.words)

    async def told(self, channel: str, words: str) -> Message:
        """Until that was said in a channel, outside any thread."""
        return await self.client.heard(lambda m: m.place == channel and words in m.words)


def nothing_identifies(client: Playground, assistant: Assistant, folder: Path) -> None:
    """Neither a channel nor a preview, the log or a file's name says who it is about."""
    in_channels = [message.words for message in client.said if message.place.startswith("19:")]
    names = [str(path) for path in (folder / "library").rglob("*")]
    everything = "\n".join([*in_channels, *(message.preview for message in client.said), assistant.log, *names])
    assert in_channels
    assert [word for word in IDENTIFIES if word in everything] == []
