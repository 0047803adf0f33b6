"""What Slack sends, filled in on its own published examples: a field that no example has cannot be sent."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

PAYLOADS = Path(__file__).parent / "payloads"
ABSENT = object()
"""A field that the example has and this payload has not."""


def example(name: str) -> dict[str, Any]:
    """A published example, as it is."""
    found: dict[str, Any] = json.loads((PAYLOADS / f"{name}.json").read_text(encoding="utf-8"))["payload"]
    return found


def filled(shape: dict[str, Any], **changes: Any) -> dict[str, Any]:
    """An example with other values. Raises KeyError for a field it does not have."""
    for name, value in changes.items():
        if name not in shape:
            raise KeyError(name)
        if value is ABSENT:
            del shape[name]
        else:
            shape[name] = value
    return shape


def event_of(
    name: str, event: dict[str, Any], *, team: str, app: str, bot: str, number: str, at: float, shared: bool
) -> dict[str, Any]:
    """An event in its wrapper."""
    shape = example(name)
    told = filled(shape["event"], **event)
    where = told.get("channel", "")
    return filled(
        shape,
        team_id=team,
        context_team_id=team,
        api_app_id=app,
        event=told,
        event_id=number,
        event_time=int(at),
        authorizations=[filled(shape["authorizations"][0], team_id=team, user_id=bot)],
        is_ext_shared_channel=shared,
        event_context=f"1-{told['type']}-{team}-{where}",
    )
