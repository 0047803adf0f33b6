"""What a fake Slack knows: workspaces, people, channels, messages, views and files. Ids look as Slack's do."""

from __future__ import annotations

from typing import Any

import msgspec

Block = dict[str, Any]
Typed = dict[tuple[str, str], dict[str, Any]]
"""What a person typed or chose, by block and action id, as `state.values` says it."""


class Workspace(msgspec.Struct, kw_only=True):
    """A workspace with the app in it."""

    id: str
    domain: str
    bot_user: str
    bot_id: str
    bot_token: str
    home_enabled: bool = True


class User(msgspec.Struct, kw_only=True):
    """A person, or a bot."""

    id: str
    team: str
    name: str
    real_name: str
    email: str = ""
    is_bot: bool = False
    is_restricted: bool = False
    is_ultra_restricted: bool = False
    is_stranger: bool = False
    deleted: bool = False
    locale: str = "en-GB"


class Message(msgspec.Struct, kw_only=True):
    """A message. `aside` is the one person who sees it, where it is ephemeral."""

    channel: str
    ts: str
    user: str
    text: str = ""
    blocks: list[Block] = []
    thread: str = ""
    bot_id: str = ""
    aside: str = ""
    subtype: str = ""
    files: list[str] = []
    edited: str = ""
    updates: int = 0
    client_id: str = ""
    before: list[list[Block]] = []
    """What it said before each change."""
    typed: dict[str, Typed] = {}
    """What each person typed into it and has not sent."""

    def replace(self, text: str, blocks: list[Block]) -> None:
        """Other words in its place. What was typed stays where its field does."""
        self.before.append(self.blocks)
        self.text, self.blocks = text, blocks
        self.updates += 1
        self.typed = {who: kept(typed, blocks) for who, typed in self.typed.items()}


class Channel(msgspec.Struct, kw_only=True):
    """A channel, or the conversation of one person with the bot (`person` is then that person)."""

    id: str
    team: str
    name: str
    members: set[str]
    person: str = ""
    private: bool = False
    archived: bool = False
    messages: list[Message] = []

    def find(self, ts: str) -> Message | None:
        """The message with that id, ephemeral ones too."""
        return next((message for message in self.messages if message.ts == ts), None)

    def thread(self, ts: str) -> list[Message]:
        """The replies to a message that everybody sees."""
        return [message for message in self.messages if message.thread == ts and not message.aside]


class View(msgspec.Struct, kw_only=True):
    """A modal or a home tab as one person has it. `given` is what the app sent."""

    id: str
    team: str
    user: str
    given: dict[str, Any]
    hash: str
    root: str
    previous: str | None = None
    typed: Typed = {}

    @property
    def blocks(self) -> list[Block]:
        found: list[Block] = self.given["blocks"]
        return found

    def replace(self, given: dict[str, Any], mark: str) -> None:
        """Other content; fields that are still there keep what was typed into them."""
        self.given, self.hash = given, mark
        self.typed = kept(self.typed, self.blocks)


class StoredFile(msgspec.Struct, kw_only=True):
    """A file: announced first, then uploaded, then shared."""

    id: str
    team: str
    user: str
    name: str
    length: int
    title: str = ""
    content: bytes | None = None
    mimetype: str = "application/octet-stream"
    channels: list[str] = []
    ticket: str = ""
    alt_text: str = ""
    created: int = 0


class Trigger(msgspec.Struct, kw_only=True):
    """Leave to open one view, for three seconds. `view` is where the person was, if in one."""

    id: str
    user: str
    team: str
    at: float
    view: str = ""
    used: bool = False


class ResponseUrl(msgspec.Struct, kw_only=True):
    """Leave to answer one interaction. `ts` is the message it was in, if any."""

    path: str
    user: str
    channel: str
    at: float
    ts: str = ""
    thread: str = ""
    uses: int = 0


def elements(blocks: list[Block]) -> list[tuple[Block, dict[str, Any]]]:
    """Every interactive element with its block: inputs, buttons, accessories."""
    found = []
    for block in blocks:
        inside = block.get("elements", ()) if block["type"] == "actions" else (block.get("element"), block.get("accessory"))
        found += [(block, element) for element in inside if element]
    return found


def kept(typed: Typed, blocks: list[Block]) -> Typed:
    """What was typed into fields whose block and action ids are still there, in an element of the same type."""
    there = {(block.get("block_id"), element.get("action_id")): element["type"] for block, element in elements(blocks)}
    return {where: value for where, value in typed.items() if there.get(where) == value["type"]}


def with_ids(blocks: list[Block]) -> list[Block]:
    """As Slack keeps them: blocks and elements without an id get one."""
    return [_with_ids(number, block) for number, block in enumerate(blocks)]


def _with_ids(number: int, block: Block) -> Block:
    named = {**block, "block_id": block.get("block_id") or f"b{number:03}"}
    for part in ("element", "accessory"):
        if part in block and block[part].get("type") != "image":
            named[part] = {"action_id": f"a{number:03}", **block[part]}
    if block["type"] == "actions":
        named["elements"] = [{"action_id": f"a{number:03}.{place}", **one} for place, one in enumerate(block["elements"])]
    return named
