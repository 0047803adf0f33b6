"""Who speaks in Slack, by the name their workspace gives, and their conversation with us.

A name is asked for once an hour in each process: an event brings none. Nothing is waited for long: Slack waits for us.
"""

from __future__ import annotations

import asyncio
import logging
from datetime import datetime, timedelta

from bot.slack.api import SlackApi, Workspaces
from bot.slack.faults import FAULTS, named
from state.values import Clock, Who
from templates.answers.clean import clean

log = logging.getLogger("cspr.slack")
LONGEST_WAIT = 1.0
"""Seconds that a turn waits for somebody's name, and for their conversation: Slack waits three for our answer."""
LONGEST_NAME = 80
"""Characters of a name. It stands in sentences: a longer one, or one of several lines, could look like a sentence of ours."""
GOOD_FOR = timedelta(hours=1)
MOST = 5_000


class People:
    """Looks names and conversations up, and keeps them for a while."""

    def __init__(self, workspaces: Workspaces, clock: Clock) -> None:
        self._workspaces, self._clock = workspaces, clock
        self._names: dict[tuple[str, str], tuple[str, datetime]] = {}
        self._chats: dict[tuple[str, str], str] = {}

    async def who(self, workspace: str, home: str, user: str) -> Who:
        """A person who speaks in a workspace; `home` is their own one, which is another where a channel is shared."""
        return Who(tenant=home or workspace, object=user, name=await self._name(workspace, user))

    async def chat(self, workspace: str, user: str) -> str:
        """The id of their conversation with us, or nothing where Slack does not say. It gives the same one each time."""
        known = self._chats.get((workspace, user))
        if known is None:
            try:
                async with asyncio.timeout(LONGEST_WAIT):
                    told = await self._workspaces.api(workspace).call("conversations.open", users=user)
            except FAULTS as fault:
                log.warning("slack: a conversation could not be opened, %s", named(fault))
                return ""
            known = str(told["channel"]["id"])
            self.met(workspace, user, known)
        return known

    def met(self, workspace: str, user: str, chat: str) -> None:
        """They wrote to us there: it need not be asked for."""
        _room(self._chats)
        self._chats[workspace, user] = chat

    async def _name(self, workspace: str, user: str) -> str:
        name, until = self._names.get((workspace, user), ("", None))
        if until is not None and until > self._clock.now():
            return name
        try:
            async with asyncio.timeout(LONGEST_WAIT):
                name = await _asked(self._workspaces.api(workspace), user)
        except FAULTS as fault:
            log.warning("slack: a name could not be looked up, %s", named(fault))
            return name
        _room(self._names)
        self._names[workspace, user] = (name, self._clock.now() + GOOD_FOR)
        return name


async def _asked(api: SlackApi, user: str) -> str:
    """The name of a person as their workspace shows it. Source: docs.slack.dev, users.info, "User object"."""
    told = (await api.call("users.info", user=user)).get("user") or {}
    profile = told.get("profile") or {}
    name = clean(str(profile.get("real_name") or told.get("real_name") or told.get("name") or ""))
    return " ".join(name.split())[:LONGEST_NAME]


def _room(kept: dict[tuple[str, str], str] | dict[tuple[str, str], tuple[str, datetime]]) -> None:
    if len(kept) >= MOST:
        kept.clear()
