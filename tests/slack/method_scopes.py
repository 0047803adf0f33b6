"""Which scopes Slack wants for what the assistant calls and hears.

Sources: docs.slack.dev/reference/methods/METHOD (Scopes, bot token), docs.slack.dev/reference/events/EVENT (Required scopes),
docs.slack.dev/reference/objects/file-object (`url_private_download`), docs.slack.dev/reference/scopes/commands.
"""

from __future__ import annotations

METHOD_SCOPES: dict[str, frozenset[str]] = {
    "apps.connections.open": frozenset({"connections:write"}),
    "auth.test": frozenset(),
    "chat.delete": frozenset({"chat:write"}),
    "chat.postEphemeral": frozenset({"chat:write"}),
    "chat.postMessage": frozenset({"chat:write"}),
    "chat.update": frozenset({"chat:write"}),
    "conversations.open": frozenset({"im:write"}),
    "files.completeUploadExternal": frozenset({"files:write"}),
    "files.getUploadURLExternal": frozenset({"files:write"}),
    "files.info": frozenset({"files:read"}),
    "users.info": frozenset({"users:read"}),
    "views.open": frozenset(),
    "views.publish": frozenset(),
    "views.push": frozenset(),
    "views.update": frozenset(),
}
"""Needed scopes of each method. `connections:write` is a scope of the app's own token, every other of the bot's."""

EVENT_SCOPES: dict[str, frozenset[str]] = {
    "app_home_opened": frozenset(),
    "app_mention": frozenset({"app_mentions:read"}),
    "member_joined_channel": frozenset({"channels:read", "groups:read"}),
    "message.channels": frozenset({"channels:history"}),
    "message.groups": frozenset({"groups:history"}),
    "message.im": frozenset({"im:history"}),
}
"""Scopes of each event; of `member_joined_channel` one for public channels and one for private ones."""

DOWNLOAD = "files:read"
"""What a token needs to fetch a file from its private address."""
COMMANDS = "commands"
"""For slash commands and shortcuts."""
EMAIL = "users:read.email"
"""Without it `users.info` leaves the e-mail address out."""
PUBLIC = "chat:write.public"
"""With it a bot may write to public channels that it is not in."""
APP_SCOPES = frozenset({"connections:write"})
EVERY_SCOPE = frozenset().union(*METHOD_SCOPES.values(), *EVENT_SCOPES.values(), {COMMANDS, EMAIL}) - APP_SCOPES
