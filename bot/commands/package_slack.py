"""The Slack half of `cspr package`: the manifest that IT makes the app from."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import yaml

from bot.slack.methods import PATH

SOURCE = Path(__file__).parents[2] / "manifest" / "slack.yaml"
NOBODY = "your partnership"
"""What stands in the description where the partnership is not known."""
LONGEST_DESCRIPTION = 140
"""Characters (docs.slack.dev, "App manifest reference")."""
ADDRESS = re.compile(r"https://[A-Za-z0-9.-]+(?::\d{1,5})?(?:/[\w.~-]+)*/?")


class AddressRefused(Exception):
    """What was given cannot be used. Says why, and what to do."""


def manifest_for(partnership: str, address: str, *, socket_mode: bool) -> dict[str, Any]:
    """The manifest with what is known put in. With Socket Mode it holds no address. Raises AddressRefused."""
    manifest: dict[str, Any] = yaml.safe_load(SOURCE.read_text(encoding="utf-8"))
    shown = manifest["display_information"]
    shown["description"] = _described(shown["description"], partnership)
    _direct(manifest, "" if socket_mode else _checked(address) + PATH)
    manifest["settings"]["socket_mode_enabled"] = socket_mode
    return manifest


def write_manifest(out: Path, manifest: dict[str, Any]) -> None:
    """As YAML, in the order of the file it was made from."""
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_text(yaml.safe_dump(manifest, sort_keys=False, allow_unicode=True, width=110), encoding="utf-8")


def _described(text: str, partnership: str) -> str:
    left = LONGEST_DESCRIPTION - len(text.replace(NOBODY, ""))
    return text.replace(NOBODY, partnership[:left])


def _checked(address: str) -> str:
    if not ADDRESS.fullmatch(address) or not urlsplit(address).hostname:
        raise AddressRefused(f"{address}: the address must begin with https:// and hold nothing but a host and a path.")
    return address.rstrip("/")


def _direct(manifest: dict[str, Any], url: str) -> None:
    """Send each kind of request to that address; with none, Slack is asked to send nothing."""
    settings = manifest["settings"]
    for holder, name in (
        (settings["event_subscriptions"], "request_url"),
        (settings["interactivity"], "request_url"),
        *((command, "url") for command in manifest["features"]["slash_commands"]),
    ):
        if url:
            holder[name] = url
        else:
            del holder[name]
