"""Our app as Slack knows it: what its manifest asks for. Source: docs.slack.dev, "App manifest reference"."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec
import yaml
from method_scopes import EVENT_SCOPES, EVERY_SCOPE

MANIFEST = Path(__file__).parents[2] / "manifest" / "slack.yaml"


class SlackApp(msgspec.Struct, frozen=True, kw_only=True):
    """Scopes of the bot, events it hears, its slash commands and its shortcuts by callback id."""

    id: str = "A0CSPRAPP"
    scopes: frozenset[str] = EVERY_SCOPE
    events: frozenset[str] = frozenset(EVENT_SCOPES) - {"message.channels", "message.groups"}
    commands: frozenset[str] = frozenset({"/cspr"})
    shortcuts: frozenset[str] = frozenset({"refer", "waiting", "overdue"})
    message_shortcuts: frozenset[str] = frozenset({"about_this"})
    home: bool = True
    messages: bool = True
    """People may write to it in its messages tab."""

    def hears(self, event: str, needed: frozenset[str]) -> bool:
        """Whether Slack sends it that event."""
        return event in self.events and needed <= self.scopes


def app_of(manifest: Path = MANIFEST) -> SlackApp:
    """The app of a manifest."""
    told: dict[str, Any] = yaml.safe_load(manifest.read_text(encoding="utf-8"))
    features, settings = told["features"], told["settings"]
    shortcuts, home = features.get("shortcuts", ()), features.get("app_home", {})
    return SlackApp(
        scopes=frozenset(told["oauth_config"]["scopes"]["bot"]),
        events=frozenset(settings.get("event_subscriptions", {}).get("bot_events", ())),
        commands=frozenset(one["command"] for one in features.get("slash_commands", ())),
        shortcuts=frozenset(one["callback_id"] for one in shortcuts if one["type"] == "global"),
        message_shortcuts=frozenset(one["callback_id"] for one in shortcuts if one["type"] == "message"),
        home=bool(home.get("home_tab_enabled")),
        messages=bool(home.get("messages_tab_enabled")) and not home.get("messages_tab_read_only_enabled"),
    )


def our_app() -> SlackApp:
    """Of our manifest; of no manifest, one that may do everything the fake knows."""
    return app_of() if MANIFEST.exists() else SlackApp()
