"""The payloads of what one person does, built on Slack's published examples."""

from __future__ import annotations

import uuid
from typing import Any

from fake_slack import FakeSlack
from slack_book import said
from slack_fields import values_of
from slack_payloads import ABSENT, event_of, example, filled
from slack_reading import Pressable
from slack_state import Channel, Message, StoredFile, User, View, Workspace

Payload = dict[str, Any]


class Payloads:
    """Built for one person of a fake Slack."""

    def __init__(self, fake: FakeSlack, user: User) -> None:
        self._fake = fake
        self._book = fake.book
        self._user = user

    @property
    def workspace(self) -> Workspace:
        """Where the person is, or whose guest they are in a shared channel."""
        return self._book.workspaces.get(self._user.team, self._fake.home)

    def event(self, name: str, **event: Any) -> Payload:
        """An event that tells our app of something."""
        return event_of(
            name,
            event,
            team=self.workspace.id,
            shared=self._user.is_stranger,
            app=self._fake.app.id,
            bot=self.workspace.bot_user,
            number=self._book.number("Ev"),
            at=self._book.time,
        )

    def message(self, message: Message, channel: Channel) -> Payload:
        """A typed message, one to one or where the bot is mentioned."""
        more: dict[str, Any] = {"channel_type": "im"}
        if not channel.person:
            more = dict.fromkeys(("user_team", "source_team"), self._user.team if self._user.is_stranger else ABSENT)
        return self.event(
            "message_im" if channel.person else "app_mention",
            **self._common(message),
            client_msg_id=message.client_id,
            blocks=message.blocks,
            **more,
        )

    def _common(self, message: Message) -> dict[str, Any]:
        told = {"channel": message.channel, "user": message.user, "text": message.text, "ts": message.ts}
        thread = message.thread or ABSENT
        return {**told, "event_ts": message.ts, "team": self._user.team, "thread_ts": thread}

    def shared(self, message: Message, files: list[StoredFile]) -> Payload:
        """A message with files in it."""
        objects = [filled(example("file"), **self._fake.files.shown(file)) for file in files]
        more = {"files": objects, "blocks": message.blocks or ABSENT, "client_msg_id": message.client_id}
        return self.event("message_file_share", **self._common(message), **more)

    def changed(self, message: Message, before: Payload) -> Payload:
        """A message that was edited."""
        at = self._book.ts()
        now = said(message, self._user.team)
        return self.event("message_changed", channel=message.channel, ts=at, event_ts=at, message=now, previous_message=before)

    def deleted(self, message: Message) -> Payload:
        """A message that was taken back."""
        at, before = self._book.ts(), said(message, self._user.team)
        told = {"channel": message.channel, "ts": at, "event_ts": at, "deleted_ts": message.ts}
        return self.event("message_deleted", **told, previous_message=before)

    def home(self, channel: Channel, tab: str) -> Payload:
        """The assistant's own page, or its messages, were opened."""
        view = self._book.homes.get(self._user.id)
        shown = self._fake.views.shown(view) if view is not None and tab == "home" else ABSENT
        told = {"user": self._user.id, "channel": channel.id, "event_ts": self._book.ts(), "tab": tab}
        return self.event("app_home_opened", **told, view=shown)

    def joined(self, channel: Channel) -> Payload:
        """The bot was invited to a channel."""
        told = {"user": self.workspace.bot_user, "channel": channel.id, "team": self._user.team}
        kind = "G" if channel.private else "C"
        return self.event("member_joined_channel", **told, channel_type=kind, inviter=self._user.id, event_ts=self._book.ts())

    def pressed(self, message: Message, button: Pressable) -> Payload:
        """A button of a message. Of an ephemeral one Slack does not send the message itself."""
        channel = self._book.channels[message.channel]
        shape = example("block_actions_message")
        container = filled(
            shape["container"],
            message_ts=message.ts,
            channel_id=channel.id,
            thread_ts=message.thread or ABSENT,
            is_ephemeral=bool(message.aside),
        )
        url = self._book.answer_url("actions", self._user.id, channel.id, message.ts, message.thread)
        return filled(
            shape,
            **self._who(shape),
            container=container,
            trigger_id=self._book.trigger(self._user),
            channel={"id": channel.id, "name": channel.name},
            message=ABSENT if message.aside else said(message, channel.team) | {"app_id": self._fake.app.id},
            state={"values": values_of(message.blocks, message.typed.get(self._user.id, {}))},
            response_url=url,
            actions=[self._action(button)],
        )

    def pressed_in(self, view: View, button: Pressable) -> Payload:
        """A button of a modal or a home tab."""
        shape = example("block_actions_view")
        return filled(
            shape,
            **self._who(shape),
            container=filled(shape["container"], view_id=view.id),
            trigger_id=self._book.trigger(self._user, view.id),
            view=self.view(view),
            actions=[self._action(button)],
        )

    def submitted(self, view: View) -> Payload:
        """A modal was sent."""
        shape = example("view_submission")
        return filled(
            shape,
            **self._who(shape),
            trigger_id=self._book.trigger(self._user, view.id),
            view=self.view(view),
        )

    def closed(self, view: View, *, cleared: bool) -> Payload:
        """A modal was closed, whose app asked to be told."""
        shape = example("view_closed")
        return filled(shape, **self._who(shape), view=self.view(view), is_cleared=cleared)

    def view(self, view: View) -> Payload:
        """A view with what was typed into it."""
        return self._fake.views.shown(view, values_of(view.blocks, view.typed))

    def shortcut(self, callback: str) -> Payload:
        """A global shortcut. It does not say where."""
        shape, trigger = example("shortcut"), self._book.trigger(self._user)
        return filled(shape, **self._who(shape), callback_id=callback, action_ts=self._book.ts(), trigger_id=trigger)

    def message_shortcut(self, callback: str, message: Message) -> Payload:
        """A shortcut of a message."""
        channel = self._book.channels[message.channel]
        shape = example("message_action")
        return filled(
            shape,
            **self._who(shape),
            channel={"id": channel.id, "name": channel.name},
            callback_id=callback,
            action_ts=self._book.ts(),
            trigger_id=self._book.trigger(self._user),
            response_url=self._book.answer_url("app", self._user.id, channel.id),
            message_ts=message.ts,
            message=said(message, channel.team),
        )

    def command(self, command: str, text: str, channel: Channel) -> dict[str, str]:
        """A slash command, as the fields of a form."""
        return filled(
            example("slash_command"),
            team_id=self._user.team,
            team_domain=self.workspace.domain,
            channel_id=channel.id,
            channel_name=channel.name,
            user_id=self._user.id,
            user_name=self._user.name,
            command=command,
            text=text,
            api_app_id=self._fake.app.id,
            response_url=self._book.answer_url("commands", self._user.id, channel.id),
            trigger_id=self._book.trigger(self._user),
        )

    def _who(self, shape: Payload) -> Payload:
        """The person, in as many words as that example has."""
        known = {"id": self._user.id, "username": self._user.name, "name": self._user.name, "team_id": self._user.team}
        domain = "another-organisation" if self._user.is_stranger else self.workspace.domain
        team = {"id": self._user.team, "domain": domain}
        app = {"api_app_id": self._fake.app.id} if "api_app_id" in shape else {}
        return {"user": {name: known[name] for name in shape["user"]}, "team": team, **app}

    def _action(self, button: Pressable) -> Payload:
        [shape] = example("block_actions_message")["actions"]
        told = {name: button.element.get(name, ABSENT) for name in ("value", "style")}
        return filled(
            shape,
            action_id=button.element["action_id"],
            block_id=button.block,
            text=button.element["text"],
            action_ts=self._book.ts(),
            **told,
        )


def client_id(number: int) -> str:
    """Of a message that a client sent."""
    return str(uuid.UUID(int=number, version=4))
