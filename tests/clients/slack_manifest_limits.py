"""What Slack refuses in a manifest beside its shape: lengths, patterns, counts, and keys that nobody knows.

Source: docs.slack.dev, "App manifest reference"; where it is silent, the schema in Slack's `slackapi/manifest-schema`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

TEXTS: dict[str, tuple[int, int]] = {
    "display_information.name": (1, 35),
    "display_information.description": (1, 140),
    "display_information.long_description": (175, 4_000),
    "features.bot_user.display_name": (1, 80),
    "features.shortcuts.name": (1, 24),
    "features.shortcuts.callback_id": (1, 255),
    "features.shortcuts.description": (1, 150),
    "features.slash_commands.command": (2, 32),
    "features.slash_commands.description": (1, 2_000),
    "features.slash_commands.usage_hint": (1, 1_000),
    "features.slash_commands.url": (1, 3_000),
    "settings.event_subscriptions.request_url": (1, 3_500),
    "settings.interactivity.request_url": (1, 3_500),
    "oauth_config.scopes.bot": (1, 50),
    "settings.event_subscriptions.bot_events": (1, 50),
}
"""The fewest and the most characters of each text."""
PATTERNS = {
    "display_information.background_color": r"#[0-9a-fA-F]{3}(?:[0-9a-fA-F]{3})?",
    "features.shortcuts.type": r"global|message",
    "features.slash_commands.command": r"/[a-z0-9_-]+",
    "features.slash_commands.url": r"https://\S+",
    "settings.event_subscriptions.request_url": r"https://\S+",
    "settings.interactivity.request_url": r"https://\S+",
}
COUNTS = {
    "features.shortcuts": 10,
    "features.slash_commands": 50,
    "oauth_config.scopes.bot": 255,
    "settings.event_subscriptions.bot_events": 100,
}


def refused(manifest: dict[str, Any]) -> list[str]:
    """What Slack would refuse, or an empty list."""
    return sorted({*_texts(manifest), *_counts(manifest), *_together(manifest)})


def _values(part: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    """Every value with its path; an item of a list has the path of its list."""
    if isinstance(part, dict):
        for name, value in part.items():
            yield from _values(value, f"{path}.{name}".removeprefix("."))
    elif isinstance(part, list):
        yield f"{path}[]", part
        for value in part:
            yield from _values(value, path)
    else:
        yield path, part


def _texts(manifest: dict[str, Any]) -> Iterator[str]:
    for path, value in _values(manifest):
        if isinstance(value, str):
            if path not in TEXTS and path not in PATTERNS:
                yield f"{path}: no text is known there"
            fewest, most = TEXTS.get(path, (0, 10_000))
            if not fewest <= len(value) <= most:
                yield f"{path}: {len(value)} characters, not {fewest} to {most}"
            if path in PATTERNS and not re.fullmatch(PATTERNS[path], value):
                yield f"{path}: {value!r} is not of the shape that Slack takes"


def _counts(manifest: dict[str, Any]) -> Iterator[str]:
    for path, value in _values(manifest):
        if path.endswith("[]"):
            name = path.removesuffix("[]")
            if not 1 <= len(value) <= COUNTS.get(name, 0):
                yield f"{name}: {len(value)} of them"
            if len({repr(one) for one in value}) != len(value):
                yield f"{name}: one stands there twice"


def _together(manifest: dict[str, Any]) -> Iterator[str]:
    """What only makes sense with something else."""
    features, settings = manifest["features"], manifest["settings"]
    addresses = {
        "settings.event_subscriptions.request_url": settings["event_subscriptions"].get("request_url"),
        "settings.interactivity.request_url": settings["interactivity"].get("request_url"),
        "features.slash_commands.url": all(one.get("url") for one in features["slash_commands"]),
    }
    for path, address in addresses.items():
        if bool(address) == settings["socket_mode_enabled"]:
            yield f"{path}: needed without Socket Mode, and only there"
    if features["app_home"]["messages_tab_read_only_enabled"] and "message.im" in settings["event_subscriptions"]["bot_events"]:
        yield "features.app_home: nobody could write to it"
