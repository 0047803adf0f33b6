"""What is said in Slack, handed to the house as turns: messages, buttons, windows, the command, shortcuts, and the own page."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Coroutine, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from typing import Any

from bot.doors import House
from bot.dropped import not_read
from bot.slack import codec
from bot.slack.api import IN_TIME
from bot.slack.carried import Carried, Frame, Refused, frame_in
from bot.slack.people import People
from bot.slack.shortcuts import said_by, typed
from bot.slack.spoken import spoken
from bot.slack.tell import Teller
from bot.slack.windows import Shown, Windows
from bot.slack.wire import Command, Event, Events, Interaction, View, read
from dialogs.turn import Installed, OpenHome, Said, Text, Turn
from state.snapshot import DifferentBody
from state.values import JSON, Clock, Place, PlaceKind, Who
from templates.wording import Words

log = logging.getLogger("cspr.slack")
SPOKEN = frozenset({"", "file_share", "thread_broadcast"})
"""Kinds of message that somebody typed; others say that something was changed, or come from a program."""
Body = Mapping[str, Any]
Taken = Callable[[str, Sequence[Mapping[str, Any]]], Awaitable[list[Said]]]
"""Reads the files that came with a message in a workspace."""


class Talking:
    """One method for each kind of thing that Slack sends. Each raises Refused for a body of a wrong shape.

    `workspace` is the one whose bot we are; `bot` is our own user there. Nobody from a workspace that is not listed is heard.
    """

    def __init__(
        self,
        house: House,
        people: People,
        windows: Windows,
        teller: Teller,
        words: Words,
        clock: Clock,
        *,
        files: Taken,
        prefix: str,
        workspaces: frozenset[str],
    ) -> None:
        self._house, self._people, self._windows, self._teller = house, people, windows, teller
        self._words, self._clock, self._prefix = words, clock, prefix
        self._listed = workspaces
        self._files = files
        self._doing: set[asyncio.Task[None]] = set()

    async def event(self, workspace: str, bot: str, body: Body) -> None:
        """A message, a mention, the page that was opened, or a channel that we were asked into."""
        told = read(body, Events)
        event, turn = told.event, codec.turn_id(workspace, told.event_id)
        if event.type == "app_home_opened":
            return await self._page(workspace, event, turn)
        if event.type == "member_joined_channel":
            return await self._joined(workspace, bot, event, turn)
        if event.bot_id or not event.user or event.subtype not in SPOKEN:
            return None
        alone = event.channel.startswith(codec.CHAT)
        if alone != (event.type == "message") or (alone and event.channel_type != "im"):
            return None
        who = await self._who(workspace, event.user_team, event.user)
        if who is not None:
            await self._heard(workspace, event, turn, who, Text(spoken(event.text, bot)))
        return None

    async def _heard(self, workspace: str, event: Event, turn: str, who: Who, text: Text) -> None:
        """What somebody typed; files that came with it are a turn each, after that."""
        place = self._place_of_event(workspace, event)
        if text != Text("") or not event.files:
            await self._take(turn, who, place, text)
        if not event.files:
            return
        alone = place.kind is PlaceKind.PERSONAL
        said: list[Said] = await self._files(workspace, event.files) if alone else [not_read("in_a_channel")]
        for number, one in enumerate(said, 1):
            await self._take(f"{turn}:file:{number}", who, place, one)

    async def _page(self, workspace: str, event: Event, turn: str) -> None:
        """Somebody looks at our page, or at our conversation for the first time."""
        who = await self._who(workspace, event.user_team, event.user)
        if who is None:
            return
        place = self._place_of_event(workspace, event)
        if event.tab == "messages":
            await self._take(turn, who, place, Installed())
            return
        answer = await self._take(turn, who, place, OpenHome())
        self._meanwhile(self._windows.publish(workspace, event.user, answer))

    def _place_of_event(self, workspace: str, event: Event) -> Place:
        place = codec.place_of_event(workspace, event)
        if place.kind is PlaceKind.PERSONAL:
            self._people.met(workspace, event.user, event.channel)
        return place

    async def _joined(self, workspace: str, bot: str, event: Event, turn: str) -> None:
        """We were asked into a channel, by somebody."""
        if event.user != bot or not event.inviter:
            return
        who = await self._who(workspace, "", event.inviter)
        if who is not None:
            await self._take(turn, who, codec.channel_place(workspace, event.channel), Installed())

    async def pressed(self, workspace: str, body: Body) -> None:
        """A button of a message, of the own page, or of a window."""
        said = read(body, Interaction)
        if codec.is_link(said):
            return None
        button, carried = codec.pressed(said)
        if said.view is not None and said.view.type == "modal":
            return await self._sent_on(workspace, said, said.view, carried)
        there = codec.place_of_press(workspace, said) if said.view is None else None
        if button.startswith(codec.OPENS):
            return await self._at_most(self._open(workspace, said, carried, there))
        who = await self._who(workspace, said.home, said.user.id)
        if who is None:
            return None
        place = there or await self._own(workspace, said.user.id)
        if place is None:
            return await self._at_most(self._in_window(workspace, said.trigger_id, "slack.no_chat"))
        turn = codec.turn_id(workspace, said.trigger_id)
        await self._take(turn, who, place, codec.press_in(said, carried))
        if said.view is not None:
            answer = await self._take(f"{turn}:page", who, place, OpenHome())
            self._meanwhile(self._windows.publish(workspace, said.user.id, answer))
        if said.container.is_ephemeral:
            self._meanwhile(self._teller.take_away(said.response_url))
        return None

    async def _own(self, workspace: str, user: str) -> Place | None:
        """Somebody's own conversation with us, or None where Slack does not say which that is."""
        chat = await self._people.chat(workspace, user)
        return codec.chat_place(workspace, chat, user) if chat else None

    async def _open(self, workspace: str, said: Interaction, carried: Carried, there: Place | None) -> None:
        """First the window, then the work. Where it could not be opened in time nothing is read, and that is said."""
        view = await self._windows.open(workspace, said.trigger_id)
        with self._unless_done(workspace, view) as undone:
            who = await self._who(workspace, said.home, said.user.id)
            place = there or await self._own(workspace, said.user.id)
            answer = None
            if view and who is not None and place is not None:
                answer = await self._take(codec.turn_id(workspace, said.trigger_id), who, place, codec.opening(carried))
            undone.pop_all()
        if place is None:
            self._say(workspace, view, "slack.no_chat")
        elif view:
            self._meanwhile(self._fill(workspace, view, answer, place, said.user.id))
        else:
            self._meanwhile(self._late(place, said.user.id))

    async def _fill(self, workspace: str, view: str, answer: JSON, place: Place, user: str) -> None:
        if not await self._windows.fill(workspace, view, answer, codec.frame_of(place)):
            await self._late(place, user)

    async def _late(self, place: Place, user: str) -> None:
        await self._teller.aside(place, user, self._words.say("slack.window_late"))

    async def _in_window(self, workspace: str, trigger: str, key: str) -> None:
        """One sentence to somebody whose conversation cannot be reached."""
        self._say(workspace, await self._windows.open(workspace, trigger), key)

    def _say(self, workspace: str, view: str, key: str) -> None:
        if view:
            self._meanwhile(self._windows.say(workspace, view, key))

    @contextmanager
    def _unless_done(self, workspace: str, view: str) -> Iterator[ExitStack]:
        """A window that waits says that it failed, unless what is given was emptied: nobody reads "one moment" for ever."""
        with ExitStack() as undone:
            undone.callback(self._say, workspace, view, "slack.window_failed")
            yield undone

    async def _sent_on(self, workspace: str, said: Interaction, view: View, carried: Carried) -> None:
        """Another button of a window: what is in it is sent under that one, and the window shows what follows."""
        frame = frame_in(view.private_metadata)
        who = await self._who(workspace, said.home, said.user.id)
        if who is None:
            return
        place = codec.place_of_frame(workspace, frame, said.user.id)
        turn = codec.turn_id(workspace, said.trigger_id)
        answer = await self._take(turn, who, place, codec.submitted(view, carried))
        self._meanwhile(self._windows.follow(workspace, view.id, answer, frame))

    async def sent(self, workspace: str, body: Body) -> Shown | None:
        """A window that was sent: what Slack is answered with."""
        said = read(body, Interaction)
        if said.view is None:
            raise Refused("a window that is not there")
        who = await self._who(workspace, said.home, said.user.id)
        if who is None:
            return self._windows.gone()
        frame: Frame = frame_in(said.view.private_metadata)
        place = codec.place_of_frame(workspace, frame, said.user.id)
        answer = await self._take(codec.turn_id(workspace, said.trigger_id), who, place, codec.submitted(said.view))
        return self._windows.answered(said.view, answer)

    async def command(self, workspace: str, body: Body) -> str:
        """The typed command: answered one to one. What is returned is shown beside it, to this person alone."""
        told = read(body, Command)
        text = typed(spoken(told.text, ""), self._words)
        place = await self._alone(workspace, told.user_id, "", told.trigger_id, text)
        if place is None:
            return self._words.say("slack.no_chat")
        return "" if told.channel_id == codec.channel_of(place) else self._words.say("slack.answered_one_to_one")

    async def shortcut(self, workspace: str, body: Body) -> None:
        """A shortcut: answered one to one, and a window says so where the person is now."""
        said = read(body, Interaction)
        await self._at_most(self._chosen(workspace, said))

    async def _chosen(self, workspace: str, said: Interaction) -> None:
        meant = said_by(said.callback_id, said.message, self._words, self._prefix)
        view = await self._windows.open(workspace, said.trigger_id)
        if meant is None:
            return self._say(workspace, view, "slack.no_reference")
        with self._unless_done(workspace, view) as undone:
            place = await self._alone(workspace, said.user.id, said.home, said.trigger_id, meant)
            undone.pop_all()
        return self._say(workspace, view, "slack.no_chat" if place is None else "slack.answered_one_to_one")

    async def _alone(self, workspace: str, user: str, home: str, trigger: str, said: Said) -> Place | None:
        """A turn in somebody's own conversation with us, wherever they are now. None where there is none: nothing was taken."""
        who = await self._who(workspace, home, user)
        place = await self._own(workspace, user) if who is not None else None
        if who is None or place is None:
            return None
        await self._take(codec.turn_id(workspace, trigger), who, place, said)
        return place

    async def _who(self, workspace: str, home: str, user: str) -> Who | None:
        """The person, or None for somebody from a workspace that is not ours to hear. Nothing is kept of them."""
        if (home or workspace) not in self._listed:
            log.warning("slack: somebody of another workspace was not heard")
            return None
        return await self._people.who(workspace, home, user)

    async def _take(self, turn: str, who: Who, place: Place, said: Said) -> JSON:
        made = Turn(id=turn, who=who, place=place, said=said, at=self._clock.now())
        try:
            return await self._house.take(made)
        except DifferentBody:
            log.warning("slack: an id came before with another content")
            return None

    async def _at_most(self, work: Coroutine[Any, Any, None]) -> None:
        """Have it done, and let Slack wait for it only so long as it does: then it goes on. Slack sends none of this again."""
        task = self._meanwhile(work)
        await asyncio.wait({task}, timeout=IN_TIME)
        if task.done():
            task.result()

    def _meanwhile(self, work: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        """What Slack need not wait for."""
        task = asyncio.create_task(work)
        self._doing.add(task)
        task.add_done_callback(self._done)
        return task

    def _done(self, task: asyncio.Task[None]) -> None:
        self._doing.discard(task)
        if not task.cancelled() and (fault := task.exception()) is not None:
            log.error("slack: what was done meanwhile failed, %s", type(fault).__name__)

    async def settle(self) -> None:
        """Wait until what is done meanwhile is done: for tests and an orderly end."""
        while self._doing:
            await asyncio.gather(*self._doing, return_exceptions=True)
