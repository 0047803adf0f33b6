"""Messages of a fake Slack: chat.*, conversations.open, users.info and auth.test, each with its documented errors."""

from __future__ import annotations

from typing import Any

from method_scopes import EMAIL, PUBLIC
from slack_book import Book, SlackError, said
from slack_rules import problems_of_message
from slack_state import Block, Channel, Message, User, Workspace, with_ids

LONGEST = 40_000
"""Characters of a message's text; of an update 4,000. Sources: the pages chat.postMessage and chat.update."""
LONGEST_UPDATE = 4_000
Arguments = dict[str, Any]


class Chat:
    """What an app may do with messages."""

    def __init__(self, book: Book, scopes: frozenset[str]) -> None:
        self._book = book
        self._scopes = scopes

    def methods(self) -> dict[str, Any]:
        """By name."""
        return {
            "auth.test": self._test,
            "chat.delete": self._delete,
            "chat.postEphemeral": self._aside,
            "chat.postMessage": self._post,
            "chat.update": self._update,
            "conversations.open": self._open,
            "users.info": self._person,
        }

    def _test(self, workspace: Workspace, _: Arguments) -> dict[str, Any]:
        who = {"user": "cspr_assistant", "user_id": workspace.bot_user, "bot_id": workspace.bot_id}
        return {"url": f"https://{workspace.domain}.slack.com/", "team": workspace.domain, "team_id": workspace.id, **who}

    def _post(self, workspace: Workspace, given: Arguments) -> dict[str, Any]:
        channel = self._writable(workspace, given["channel"], people=True)
        text, blocks = self.content(given, LONGEST)
        message = self.add(workspace, channel, text, blocks, self._thread(channel, given.get("thread_ts")))
        return {"channel": channel.id, "ts": message.ts, "message": said(message, workspace.id)}

    def _aside(self, workspace: Workspace, given: Arguments) -> dict[str, Any]:
        channel = self._writable(workspace, given["channel"])
        if given["user"] not in channel.members:
            raise SlackError("user_not_in_channel")
        text, blocks = self.content(given, LONGEST)
        thread = self._thread(channel, given.get("thread_ts"))
        message = self.add(workspace, channel, text, blocks, thread, aside=given["user"])
        return {"message_ts": message.ts}

    def add(
        self, workspace: Workspace, channel: Channel, text: str, blocks: list[Block], thread: str = "", aside: str = ""
    ) -> Message:
        """A message of the bot. One for one person alone in a thread is seen only where the thread goes on already."""
        message = Message(
            channel=channel.id,
            ts=self._book.ts(),
            user=workspace.bot_user,
            bot_id=workspace.bot_id,
            text=text,
            blocks=with_ids(blocks),
            thread=thread,
            aside=aside,
        )
        if not (aside and thread and not channel.thread(thread)):
            channel.messages.append(message)
        return message

    def _update(self, workspace: Workspace, given: Arguments) -> dict[str, Any]:
        channel = self._book.channel(workspace, given["channel"])
        message = self._own(workspace, channel, given["ts"], "cant_update_message")
        if channel.archived:
            raise SlackError("is_inactive")
        text, blocks = self.content(given, LONGEST_UPDATE)
        silent = not given.get("text") and not given.get("blocks")
        message.replace(text or message.text, message.blocks if silent else blocks)
        if not blocks:
            message.edited = self._book.ts()
        return {"channel": channel.id, "ts": message.ts, "text": message.text, "message": said(message, workspace.id)}

    def _delete(self, workspace: Workspace, given: Arguments) -> dict[str, Any]:
        channel = self._book.channel(workspace, given["channel"])
        channel.messages.remove(self._own(workspace, channel, given["ts"], "cant_delete_message"))
        return {"channel": channel.id, "ts": given["ts"]}

    def _own(self, workspace: Workspace, channel: Channel, ts: str, otherwise: str) -> Message:
        message = self._book.message(channel.id, ts)
        if message.user != workspace.bot_user or message.aside:
            raise SlackError(otherwise)
        return message

    def _open(self, workspace: Workspace, given: Arguments) -> dict[str, Any]:
        if given.get("channel"):
            channel = self._book.channel(workspace, given["channel"])
        elif not given.get("users"):
            raise SlackError("users_list_not_supplied")
        else:
            channel = self._book.direct(self._reachable(workspace, str(given["users"]).split(",")))
        whole = {"is_im": True, "user": channel.person, "is_org_shared": False, "is_open": True}
        return {"channel": {"id": channel.id, **(whole if given.get("return_im") in (True, "true", "1") else {})}}

    def _reachable(self, workspace: Workspace, users: list[str]) -> User:
        if len(users) != 1:
            raise SlackError("missing_scope", needed="mpim:write", provided=",".join(sorted(self._scopes)))
        user = self._book.user(workspace, users[0])
        if user.deleted:
            raise SlackError("user_disabled")
        if user.is_bot:
            raise SlackError("cannot_dm_bot")
        return user

    def _person(self, workspace: Workspace, given: Arguments) -> dict[str, Any]:
        user = self._book.user(workspace, given["user"])
        profile = {"real_name": user.real_name, "display_name": user.name, "team": user.team}
        if EMAIL in self._scopes and user.email:
            profile["email"] = user.email
        shown = {"id": user.id, "team_id": user.team, "name": user.name, "deleted": user.deleted, "real_name": user.real_name}
        shown |= {"tz": "Europe/London", "tz_label": "Greenwich Mean Time", "tz_offset": 0, "profile": profile}
        shown |= {"is_restricted": user.is_restricted, "is_ultra_restricted": user.is_ultra_restricted}
        shown |= {"is_bot": user.is_bot, "is_app_user": False, "is_stranger": user.is_stranger, "updated": 1502138686}
        if given.get("include_locale") in (True, "true", "1"):
            shown["locale"] = user.locale
        return {"user": shown}

    def _writable(self, workspace: Workspace, named: object, *, people: bool = False) -> Channel:
        channel = self._book.channel(workspace, named, people=people)
        if channel.archived:
            raise SlackError("is_archived")
        if workspace.bot_user not in channel.members and PUBLIC not in self._scopes:
            raise SlackError("not_in_channel")
        return channel

    def _thread(self, channel: Channel, ts: object) -> str:
        """Under a message that is there and is not itself an answer in a thread."""
        if not ts:
            return ""
        above = channel.find(str(ts))
        if above is None or above.aside or above.thread not in ("", above.ts):
            raise SlackError("cannot_reply_to_message")
        return above.ts

    def content(self, given: Arguments, longest: int) -> tuple[str, list[Block]]:
        """The text and the blocks. Raises no_text, msg_too_long, invalid_blocks."""
        text, blocks = given.get("text") or "", given.get("blocks") or []
        if given.get("attachments") or given.get("markdown_text") or given.get("metadata"):
            raise SlackError("invalid_arguments", ["[ERROR] the fake knows text and blocks alone"])
        if not isinstance(text, str) or not isinstance(blocks, list):
            raise SlackError("invalid_blocks_format")
        if not text and not blocks:
            raise SlackError("no_text")
        if len(text) > longest:
            raise SlackError("msg_too_long")
        self._check(blocks)
        return text, with_ids(blocks)

    def _check(self, blocks: list[Block]) -> None:
        problems = problems_of_message(blocks) if blocks else []
        if problems == ["msg_blocks_too_long"]:
            raise SlackError("msg_blocks_too_long")
        if problems:
            raise SlackError("invalid_blocks", [f"[ERROR] {problem}" for problem in problems], errors=problems)
        for block in blocks:
            self._shown_file(block)

    def _shown_file(self, block: Block) -> None:
        if (named := block.get("slack_file", {}).get("id")) is not None:
            file = self._book.files.get(named)
            if file is None or file.content is None or not file.mimetype.startswith("image/"):
                raise SlackError("invalid_blocks", [f"[ERROR] invalid slack file {named}"], errors=["invalid slack file"])
