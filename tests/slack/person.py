"""A person in a Slack client: what they type, press, fill in and open, and what they see of it.

Everything reaches our app as Slack sends it, and its answers are taken as Slack takes them. Nobody can press what is not there,
choose what is not offered, or send a field that is required and empty.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fake_chat import LONGEST
from fake_slack import FakeSlack
from method_scopes import COMMANDS, EVENT_SCOPES
from person_payloads import Payloads, client_id
from slack_book import said
from slack_doors import Answer, Door
from slack_fields import Answer as Typing
from slack_fields import CannotType, fill, left_out
from slack_reading import Seen, SeenView, seen, seen_view
from slack_sight import Sight
from slack_state import Channel, Message, User, View
from slack_typing import escaped, typed


class BadAnswer(Exception):
    """Slack would show an error instead of our app's answer: it is not of the form that Slack takes."""


class Person(Sight):
    """One member of a workspace. `dm` is their conversation with the assistant."""

    def __init__(self, fake: FakeSlack, door: Door, user: User) -> None:
        super().__init__(fake, user)
        self.door = door
        self._payloads = Payloads(fake, user)
        self._last: dict[str, Any] = {}

    # What a person does with messages.

    async def says(self, text: str, thread: str = "") -> Seen:
        """Type a message, one to one."""
        if not self.fake.app.messages:
            raise CannotType("the messages tab is for reading")
        return await self._say(text, self.dm, thread)

    async def mentions(self, text: str, channel: Channel, thread: str = "") -> Seen:
        """Type a message that begins with the assistant's name, in a channel or in a thread of it."""
        return await self._say(f"@{self._book.users[self._payloads.workspace.bot_user].name} {text}", channel, thread)

    async def remarks(self, text: str, channel: Channel, thread: str = "") -> Seen:
        """Type a message in a channel to everybody else. Our app hears of it only where it asks for all messages."""
        return seen(self._typed(text, channel, thread), self.id)

    async def _say(self, text: str, channel: Channel, thread: str) -> Seen:
        message = self._typed(text, channel, thread)
        if channel.person:
            await self._event("message.im", self._payloads.message(message, channel))
        elif self._payloads.workspace.bot_user in channel.members:
            await self._event("app_mention", self._payloads.message(message, channel))
        return seen(message, self.id)

    def _typed(self, text: str, channel: Channel, thread: str) -> Message:
        self._present(channel)
        if len(text) > LONGEST:
            raise CannotType("too long for a message")
        shown, blocks = self._text(text)
        number = len(channel.messages) + int(self._book.time * 1000)
        message = Message(
            channel=channel.id,
            ts=self._book.ts(),
            user=self.id,
            text=shown,
            blocks=blocks,
            thread=thread,
            client_id=client_id(number),
        )
        channel.messages.append(message)
        return message

    def _text(self, text: str) -> tuple[str, list[dict[str, Any]]]:
        return typed(text, {user.name: user.id for user in self._book.users.values() if user.team == self.user.team})

    async def edits(self, message: Seen, text: str) -> None:
        """Change a message of one's own."""
        kept = self._own(message)
        before = said(kept, self.user.team)
        kept.text, kept.blocks = self._text(text)
        kept.edited = self._book.ts()
        await self._event("message.im", self._payloads.changed(kept, before))

    async def deletes(self, message: Seen) -> None:
        """Take a message of one's own back."""
        kept = self._own(message)
        self._book.channels[kept.channel].messages.remove(kept)
        await self._event("message.im", self._payloads.deleted(kept))

    async def shares(self, name: str, content: bytes, text: str = "") -> Seen:
        """Drop a file into the conversation with the assistant."""
        file = self.fake.files.shared_by(self.user, name, content, self.dm)
        message = self._typed(text, self.dm, "")
        message.files, message.blocks = [file.id], message.blocks if text else []
        message.subtype = "file_share"
        await self._event("message.im", self._payloads.shared(message, [file]))
        return seen(message, self.id)

    async def invites(self, channel: Channel) -> None:
        """Bring the assistant into a channel."""
        self._present(channel)
        channel.members.add(self._payloads.workspace.bot_user)
        scope = frozenset({"groups:read" if channel.private else "channels:read"})
        await self._event("member_joined_channel", self._payloads.joined(channel), scope)

    async def opens_home(self) -> SeenView | None:
        """Look at the assistant's own page. Returns what is there once our app has been told."""
        await self._event("app_home_opened", self._payloads.home(self.dm, "home"))
        return self.home

    async def opens_messages(self) -> None:
        """Look at the conversation with the assistant."""
        await self._event("app_home_opened", self._payloads.home(self.dm, "messages"))

    async def _event(self, kind: str, payload: dict[str, Any], needed: frozenset[str] | None = None) -> None:
        needed = EVENT_SCOPES[kind] if needed is None else needed
        if self.fake.app.hears(kind, needed):
            self.fake.used_scopes |= needed
            self._last = payload
            await self.door.event(payload)

    async def again(self, retry: int = 1, reason: str = "http_timeout") -> None:
        """Slack sends the last event once more: at once, after one minute and after five, until it is acknowledged."""
        await self.door.event(self._last, retry, reason)

    # What a person does with buttons, fields and menus.

    async def press(self, shown: Seen | SeenView, button: str, inputs: Mapping[str, Typing] | None = None) -> None:
        """Press a button of a message, a modal or the home tab, by its label or its action, with what was filled in."""
        if isinstance(shown, SeenView):
            view = self._view(shown)
            view.typed |= fill(view.blocks, inputs or {})
            found = seen_view(view, {}).button(button)
            await self.door.interaction(self._payloads.pressed_in(view, found))
            return
        message = self._message(shown)
        message.typed.setdefault(self.id, {}).update(fill(message.blocks, inputs or {}))
        found = seen(message, self.id).button(button)
        await self.door.interaction(self._payloads.pressed(message, found))

    def fill(self, inputs: Mapping[str, Typing]) -> None:
        """Type and choose in the modal on top, by field id."""
        view = self._top()
        view.typed |= fill(view.blocks, inputs)

    async def submit(self, inputs: Mapping[str, Typing] | None = None) -> bool:
        """Press the button that sends the modal on top. False where Slack's client does not send it: see `errors`."""
        self.fill(inputs or {})
        view = self._top()
        if not view.given.get("submit"):
            raise CannotType("this modal has no button for sending")
        self._errors = (view.hash, left_out(view.blocks, view.typed))
        if self.errors:
            return False
        answer = await self.door.interaction(self._payloads.submitted(view))
        async with self._book.telling():
            self._submitted(view, answer)
        return True

    def _submitted(self, view: View, answer: Answer) -> None:
        """As Slack takes the answer to a submission."""
        if not isinstance(answer, dict):
            self._gone(view, answer)
            return
        match answer.get("response_action"):
            case "errors":
                self._errors = (view.hash, self._below_fields(view, answer))
            case "clear" if answer.keys() == {"response_action"}:
                self._book.stacks[self.id] = []
            case "update" if answer.keys() == {"response_action", "view"}:
                self.fake.views.answered(view, answer["view"])
            case "push" if answer.keys() == {"response_action", "view"}:
                pushed = self.fake.views.checked(answer["view"], "modal")
                self.fake.views.push(self._payloads.workspace, self.id, pushed)
            case _:
                raise BadAnswer(answer)

    def _gone(self, view: View, answer: Answer) -> None:
        """Acknowledged with nothing: this one modal closes."""
        if answer is not None:
            raise BadAnswer(answer)
        self._book.stacks[self.id] = [one for one in self._book.stacks.get(self.id, []) if one.id != view.id]

    def _below_fields(self, view: View, answer: dict[str, Any]) -> dict[str, str]:
        """Errors may name input blocks of this modal alone."""
        told, there = answer.get("errors"), {field.id for field in seen_view(view, {}).fields}
        good = isinstance(told, dict) and bool(told) and told.keys() <= there
        if not good or answer.keys() != {"response_action", "errors"}:
            raise BadAnswer(answer)
        assert isinstance(told, dict)
        if not all(isinstance(error, str) and error for error in told.values()):
            raise BadAnswer(answer)
        return told

    async def closes(self) -> None:
        """Close the modal on top. Our app is told where it asked to be."""
        view = self._top()
        cleared = bool(view.given.get("clear_on_close"))
        stack = self._book.stacks[self.id]
        self._book.stacks[self.id] = [] if cleared else stack[:-1]
        if view.given.get("notify_on_close"):
            await self.door.interaction(self._payloads.closed(view, cleared=cleared))

    async def slash(self, text: str, channel: Channel | None = None, command: str = "/cspr") -> None:
        """Type a slash command, one to one or in a channel. What is answered at once only this person sees."""
        where = channel or self.dm
        self._present(where)
        self._offered(command, self.fake.app.commands)
        fields = self._payloads.command(command, escaped(text.strip()), where)
        answer = await self.door.command(fields)
        if answer is not None:
            given = {"text": answer} if isinstance(answer, str) else answer
            url = self._book.answers[fields["response_url"].removeprefix(self._book.base)]
            async with self._book.telling():
                self.fake.hooks.answer(url, given)
            url.uses -= 1

    async def shortcut(self, callback: str) -> None:
        """Choose a shortcut from the menu of the whole client."""
        self._offered(callback, self.fake.app.shortcuts)
        await self.door.interaction(self._payloads.shortcut(callback))

    async def message_shortcut(self, callback: str, message: Seen) -> None:
        """Choose a shortcut from the menu of a message. An ephemeral one has no such menu."""
        self._offered(callback, self.fake.app.message_shortcuts if not message.aside else frozenset())
        await self.door.interaction(self._payloads.message_shortcut(callback, self._message(message)))

    # What is there.

    def _offered(self, name: str, offered: frozenset[str]) -> None:
        if name not in offered or COMMANDS not in self.fake.app.scopes:
            raise CannotType(f"{name} is not offered")
        self.fake.used_scopes.add(COMMANDS)

    def _own(self, message: Seen) -> Message:
        kept = self._message(message)
        if kept.user != self.id:
            raise CannotType("somebody else's message")
        return kept

    def _message(self, message: Seen) -> Message:
        """As it is now: a client shows what a message was replaced with."""
        kept = self._book.channels[message.channel].find(message.ts)
        if kept is None or kept.aside not in ("", self.id):
            raise CannotType("that message is gone")
        return kept

    def _view(self, shown: SeenView) -> View:
        there = (self._book.top(self.id), self._book.homes.get(self.id))
        found = next((view for view in there if view is not None and view.id == shown.id), None)
        if found is None:
            raise CannotType("that view is not there any more")
        return found

    def _top(self) -> View:
        top = self._book.top(self.id)
        if top is None:
            raise CannotType("no modal is open")
        return top
