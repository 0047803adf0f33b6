"""The outline of what Slack sends: where bolt itself would break on it, it is refused before bolt sorts it."""

from __future__ import annotations

from typing import Any

import msgspec

from bot.slack.carried import Refused


class _Event(msgspec.Struct):
    type: str


class _View(msgspec.Struct):
    type: str = ""
    callback_id: str = ""
    app_installed_team_id: str | None = None


class _Action(msgspec.Struct):
    action_id: str
    block_id: str = ""


class _Outline(msgspec.Struct):
    type: str = ""
    command: str = ""
    callback_id: str = ""
    challenge: str = ""
    event: _Event | None = None
    view: _View | None = None
    actions: list[_Action] | None = None


def shaped(body: Any) -> dict[str, Any]:
    """The body without what is null in it, where it has an outline that Slack's payloads have. Raises Refused."""
    if not isinstance(body, dict):
        raise Refused("not an object")
    given = {name: value for name, value in body.items() if value is not None}
    try:
        outline = msgspec.convert(given, _Outline)
    except (msgspec.ValidationError, UnicodeEncodeError):
        raise Refused("not a payload of Slack's") from None
    if outline.type == "event_callback" and outline.event is None:
        raise Refused("an event without one")
    if outline.type == "block_actions" and not outline.actions:
        raise Refused("a press of nothing")
    return given
