"""People of a case in the Playground: a referral is sent, decided on, and organisations are asked in their channels."""

from __future__ import annotations

from collections.abc import Mapping

from assistant import Talk
from playground import Playground
from referral_steps import ONE_CHILD

COORDINATORS = "19:test-coordinators@thread.tacv2"
POLICE = "19:test-team-general@thread.tacv2"
HOSPITAL = "19:test-group-chat@thread.v2"
REFERENCE = "NS-2026-0001"
NAMES = ("Test Child One", "Test Mother", "Test Street")
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
        for channel, whose in ((COORDINATORS, "coordinators"), (POLICE, "police"), (HOSPITAL, "Test Hospital Trust")):
            await self.tie(channel, whose)

    async def tie(self, channel: str, whose: str) -> None:
        """The coordinator ties a channel and confirms it one to one."""
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
