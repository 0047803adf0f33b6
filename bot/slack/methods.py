"""What the assistant calls, hears and offers in Slack, and the scope that each of it needs. Nothing else is called.

manifest/slack.yaml asks for exactly these scopes; a test compares them. Sources: docs.slack.dev, each method's, event's and
scope's own page. A scope that Slack takes only in place of another of the list is not needed beside it.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

PATH = "/slack/events"
"""Everything that Slack sends goes there."""
NONE: frozenset[str] = frozenset()
METHODS: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "apps.connections.open": NONE,
        "auth.test": NONE,
        "chat.postEphemeral": frozenset({"chat:write"}),
        "chat.postMessage": frozenset({"chat:write"}),
        "chat.update": frozenset({"chat:write"}),
        "conversations.open": frozenset({"im:write"}),
        "files.completeUploadExternal": frozenset({"files:write"}),
        "files.getUploadURLExternal": frozenset({"files:write"}),
        "files.info": frozenset({"files:read"}),
        "users.info": frozenset({"users:read"}),
        "views.open": NONE,
        "views.publish": NONE,
        "views.update": NONE,
    }
)
"""Each method of the Web API that is called, with the bot scopes it needs.

A file that somebody sent is fetched from its own address with the same token: that needs `files:read` too.
"""
APP_LEVEL: Mapping[str, str] = MappingProxyType({"apps.connections.open": "connections:write"})
"""What the SDK calls with the app's own token, where Socket Mode is used, and the scope of that token. It is no bot scope."""
EVENTS: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "app_home_opened": NONE,
        "app_mention": frozenset({"app_mentions:read"}),
        "member_joined_channel": frozenset({"channels:read", "groups:read"}),
        "message.im": frozenset({"im:history"}),
    }
)
"""Each event that is heard, with the scopes without which Slack does not send it.

Who joined is told of public channels under the first of its scopes, of private ones under the second. Why the one scope of
history is asked for: docs/decisions/0035-the-one-history-scope-in-slack.md.
"""
COMMAND = "/cspr"
SHORTCUTS = frozenset({"refer", "waiting", "overdue"})
"""Callback ids of the shortcuts beside the message box."""
MESSAGE_SHORTCUTS = frozenset({"about_this"})
"""Callback ids of the shortcuts on a message."""
FEATURES: Mapping[str, frozenset[str]] = MappingProxyType(
    {"shortcuts": frozenset({"commands"}), "slash_commands": frozenset({"commands"})}
)
"""What the manifest's features need beside methods and events."""


def scopes() -> frozenset[str]:
    """Every bot scope that is needed."""
    return frozenset().union(*METHODS.values(), *EVENTS.values(), *FEATURES.values())
