"""All that a fake Slack keeps, and how it numbers and finds it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import datetime
from typing import Any, Protocol, TypeVar

from slack_state import Channel, Message, ResponseUrl, StoredFile, Trigger, User, View, Workspace

T = TypeVar("T")
TRIGGER_LIVES = 3.0
ANSWERS, ANSWER_LIVES = 5, 1800.0
"""Uses of a response_url, and its seconds. Source: docs.slack.dev, "Handling user interaction"."""
WAITING = 10.0


class Clock(Protocol):
    """Says what time it is in Slack."""

    def now(self) -> datetime: ...


class SlackError(Exception):
    """Slack's own error code, with what stands beside it in the answer."""

    def __init__(self, code: str, messages: list[str] | None = None, **more: object) -> None:
        super().__init__(code, messages or [])
        self.code = code
        self.more = more | ({"response_metadata": {"messages": messages}} if messages else {})


class Book:
    """Workspaces, people, channels, views and files. Everything is found through here."""

    def __init__(self, clock: Clock, workspaces: list[Workspace]) -> None:
        self.clock = clock
        self.workspaces = {workspace.id: workspace for workspace in workspaces}
        self.users: dict[str, User] = {}
        self.channels: dict[str, Channel] = {}
        self.stacks: dict[str, list[View]] = {}
        """Open modals of each person, the one on top last."""
        self.homes: dict[str, View] = {}
        self.files: dict[str, StoredFile] = {}
        self.triggers: dict[str, Trigger] = {}
        self.answers: dict[str, ResponseUrl] = {}
        self.base = ""
        self._numbers = 0
        self._last = (0, 0)
        self._news = asyncio.Condition()
        for workspace in workspaces:
            self._add_bot(workspace)

    def _add_bot(self, workspace: Workspace) -> None:
        self.users[workspace.bot_user] = User(
            id=workspace.bot_user, team=workspace.id, name="cspr_assistant", real_name="CSPR Assistant", is_bot=True
        )

    @property
    def time(self) -> float:
        """Seconds, as Slack counts them."""
        return self.clock.now().timestamp()

    def number(self, prefix: str) -> str:
        """An id such as `U0T000004`: upper case, never the same twice."""
        self._numbers += 1
        return f"{prefix}0T{self._numbers:07}"

    def ts(self) -> str:
        """A message's id: its time, unique and increasing."""
        second, part = int(self.time), 100
        if second <= self._last[0]:
            second, part = self._last[0], self._last[1] + 100
        self._last = (second, part)
        return f"{second}.{part:06}"

    def direct(self, user: User) -> Channel:
        """The conversation of a person with the bot, made where it is not there yet."""
        assert user.team in self.workspaces, "people of another organisation have no conversation with the assistant"
        known = (channel for channel in self.channels.values() if channel.person == user.id)
        if (found := next(known, None)) is not None:
            return found
        bot = self.workspaces[user.team].bot_user
        made = Channel(
            id=self.number("D"), team=user.team, name="directmessage", members={user.id, bot}, person=user.id, private=True
        )
        self.channels[made.id] = made
        return made

    def channel(self, workspace: Workspace, named: object, *, people: bool = False) -> Channel:
        """The channel of that id; where `people`, a person's id stands for their conversation. Raises channel_not_found."""
        found = self.channels.get(str(named))
        if found is None and people and (user := self.users.get(str(named))) is not None and user.team == workspace.id:
            found = self.direct(user)
        unseen = found is not None and found.private and workspace.bot_user not in found.members
        if found is None or found.team != workspace.id or unseen:
            raise SlackError("channel_not_found")
        return found

    def user(self, workspace: Workspace, named: object) -> User:
        """A person of that workspace. Raises user_not_found."""
        found = self.users.get(str(named))
        if found is None or (found.team != workspace.id and not found.is_stranger):
            raise SlackError("user_not_found")
        return found

    def message(self, channel: str, ts: str) -> Message:
        """A message that is there. Raises message_not_found."""
        found = self.channels[channel].find(ts)
        if found is None:
            raise SlackError("message_not_found")
        return found

    def trigger(self, user: User, view: str = "") -> str:
        """Leave to open a view, given with an interaction."""
        number = self.number("")
        made = Trigger(id=f"13{number}.85{user.team}.6f8ab1{number}", user=user.id, team=user.team, at=self.time, view=view)
        self.triggers[made.id] = made
        return made.id

    def answer_url(self, kind: str, user: str, channel: str, ts: str = "", thread: str = "") -> str:
        """A response_url, given with an interaction in a channel."""
        path = f"/hooks/{kind}/{self.users[user].team}/{self.number('')}/D09sSasdasdAS9091209"
        self.answers[path] = ResponseUrl(path=path, user=user, channel=channel, at=self.time, ts=ts, thread=thread)
        return f"{self.base}{path}"

    def top(self, user: str) -> View | None:
        """The modal that a person looks at."""
        stack = self.stacks.get(user)
        return stack[-1] if stack else None

    def view(self, found: Callable[[View], bool]) -> View | None:
        """An open modal or a published home tab."""
        everything = [*(view for stack in self.stacks.values() for view in stack), *self.homes.values()]
        return next((view for view in everything if found(view)), None)

    @asynccontextmanager
    async def telling(self) -> AsyncIterator[None]:
        """Something changes; whoever waits is told."""
        yield
        async with self._news:
            self._news.notify_all()

    async def wait(self, found: Callable[[], T | None], seconds: float = WAITING) -> T:
        """What is looked for, as soon as it is there. Raises TimeoutError."""
        async with asyncio.timeout(seconds), self._news:
            while (there := found()) in (None, False):
                await self._news.wait()
            assert there is not None
            return there


def said(message: Message, team: str) -> dict[str, Any]:
    """A message as Slack shows it to an app."""
    shown: dict[str, Any] = {"user": message.user, "type": "message", "ts": message.ts, "text": message.text, "team": team}
    if message.bot_id:
        shown |= {"bot_id": message.bot_id}
    if message.client_id:
        shown |= {"client_msg_id": message.client_id}
    if message.blocks:
        shown["blocks"] = message.blocks
    if message.thread:
        shown["thread_ts"] = message.thread
    if message.edited:
        shown["edited"] = {"user": message.user, "ts": message.edited}
    return shown
