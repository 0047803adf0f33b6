"""What Slack sends, read strictly: a field of the wrong type is refused, a field we do not use is not looked at.

Shapes: docs.slack.dev, "Events API", "Interaction payloads" (block_actions, view_submission, shortcuts), "Slash commands".
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, TypeVar

import msgspec

from bot.slack.carried import Refused

T = TypeVar("T", bound=msgspec.Struct)
Id = Annotated[str, msgspec.Meta(max_length=200, pattern=r"\A[!-~]*\Z")]
"""Slack's own ids and times: they become ours, and stand in logs. Nothing else is expected of them, as Slack asks."""


class Event(msgspec.Struct, frozen=True):
    """One event. `user_team` is the workspace of a person from elsewhere, in a channel that is shared with them."""

    type: str
    user: Id = ""
    channel: Id = ""
    channel_type: str = ""
    ts: Id = ""
    thread_ts: Id = ""
    text: str = ""
    subtype: str = ""
    bot_id: str = ""
    tab: str = ""
    user_team: Id = ""
    inviter: Id = ""
    files: list[dict[str, Any]] = []


class Events(msgspec.Struct, frozen=True):
    """An event with its id, and the workspace it is delivered to."""

    event_id: Id
    event: Event
    team_id: Id = ""


class Somebody(msgspec.Struct, frozen=True):
    """Who pressed or sent."""

    id: Id
    team_id: Id = ""


class Named(msgspec.Struct, frozen=True):
    """Something with an id."""

    id: Id = ""


class Container(msgspec.Struct, frozen=True):
    """Where a button stood."""

    type: str = ""
    message_ts: Id = ""
    thread_ts: Id = ""
    channel_id: Id = ""
    is_ephemeral: bool = False


class Action(msgspec.Struct, frozen=True):
    """What was pressed."""

    action_id: str = ""
    value: str = ""


class Option(msgspec.Struct, frozen=True):
    """What was chosen."""

    value: str = ""


class Given(msgspec.Struct, frozen=True):
    """What stands in one field."""

    value: str | None = None
    selected_option: Option | None = None
    selected_options: list[Option] | None = None

    @property
    def text(self) -> str:
        """As our turns have it: several choices joined by commas."""
        if self.selected_options is not None:
            return ",".join(option.value for option in self.selected_options)
        return self.selected_option.value if self.selected_option else self.value or ""


class State(msgspec.Struct, frozen=True):
    """What stands in all fields, by block and action."""

    values: dict[str, dict[str, Given]] = {}


class View(msgspec.Struct, frozen=True):
    """A window or a page as it stood before the person."""

    id: Id = ""
    hash: str = ""
    type: str = ""
    private_metadata: str = ""
    state: State = State()
    blocks: list[dict[str, Any]] = []


class Message(msgspec.Struct, frozen=True):
    """The message that a shortcut is about."""

    text: str = ""
    blocks: list[dict[str, Any]] = []


class Interaction(msgspec.Struct, frozen=True):
    """A pressed button, a sent window, a shortcut."""

    type: str
    user: Somebody
    trigger_id: Id = ""
    team: Named | None = None
    channel: Named | None = None
    container: Container = Container()
    actions: list[Action] = []
    state: State = State()
    view: View | None = None
    message: Message | None = None
    response_url: str = ""
    callback_id: str = ""

    @property
    def home(self) -> str:
        """The workspace of whoever pressed or sent."""
        return self.user.team_id or (self.team.id if self.team else "")


class Command(msgspec.Struct, frozen=True):
    """A typed command."""

    user_id: Id
    team_id: Id
    channel_id: Id
    trigger_id: Id
    text: str = ""


def read(body: Mapping[str, Any], kind: type[T]) -> T:
    """The body as that kind. Raises Refused."""
    told = {name: value for name, value in body.items() if value is not None}
    try:
        return msgspec.convert(told, kind)
    except UnicodeEncodeError:
        raise Refused("not a payload of that kind: half a character") from None
    except msgspec.ValidationError as wrong:
        raise Refused(f"not a payload of that kind: {_where(str(wrong))}") from None


def _where(problem: str) -> str:
    """The path alone: the rest of the library's sentence may quote what was in it."""
    return problem.rpartition(" - at ")[2] if " - at " in problem else "its fields"
