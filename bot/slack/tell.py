"""What the door itself says to one person, beside what the house says: that something could not be shown. Nothing else."""

from __future__ import annotations

import logging
from collections.abc import Mapping

import aiohttp

from bot.slack.addresses import is_at
from bot.slack.api import Workspaces
from bot.slack.codec import channel_of
from bot.slack.faults import FAULTS, named
from bot.slack.settings import SlackSettings
from state.values import Place, PlaceKind

log = logging.getLogger("cspr.slack")
TIMEOUT = aiohttp.ClientTimeout(total=10)


class Teller:
    """Says something that is not worth keeping. A fault is logged and forgotten."""

    def __init__(self, workspaces: Workspaces, settings: SlackSettings, session: aiohttp.ClientSession) -> None:
        self._workspaces, self._settings, self._session = workspaces, settings, session

    async def aside(self, place: Place, user: str, text: str) -> None:
        """A sentence to one person, in a channel or in their own conversation."""
        api = self._workspaces.api(place.address["team"])
        alone = place.kind is PlaceKind.PERSONAL
        to: Mapping[str, object] = {} if alone else {"user": user, "thread_ts": place.address.get("thread", "")}
        method = "chat.postMessage" if alone else "chat.postEphemeral"
        try:
            await api.call(method, channel=channel_of(place), text=text, **to)
        except FAULTS as fault:
            log.warning("slack: a sentence could not be said, %s", named(fault))

    async def take_away(self, answer_url: str) -> None:
        """A message that only one person saw, whose button they pressed: it cannot be replaced, but taken away."""
        if not is_at(answer_url, self._settings.answer_sites):
            log.warning("slack: an address to answer at is none of Slack's")
            return
        try:
            async with self._session.post(
                answer_url, json={"delete_original": True}, allow_redirects=False, timeout=TIMEOUT
            ) as answer:
                await answer.read()
        except (aiohttp.ClientError, OSError, TimeoutError) as fault:
            log.warning("slack: a message could not be taken away, %s", type(fault).__name__)
