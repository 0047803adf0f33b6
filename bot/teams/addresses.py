"""Where we may speak in Teams. A message names its service URL; only listed ones get our token."""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import quote, urlsplit

from bot.fetching import plain_parts
from bot.teams.settings import TeamsSettings

LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
HOST = re.compile(r"[a-z0-9-]+(\.[a-z0-9-]+)+")


def speakable(service_url: str, settings: TeamsSettings) -> bool:
    """Whether that service URL is one of the settings', or, in local mode, on this machine."""
    try:
        parts = urlsplit(service_url)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return False
    if "@" in parts.netloc or parts.query or parts.fragment:
        return False
    if settings.local and parts.scheme == "http" and host in LOOPBACK:
        return True
    return any(_same_site(parts.scheme, host, port, parts.path, allowed) for allowed in settings.service_urls)


def _same_site(scheme: str, host: str, port: int | None, path: str, allowed: str) -> bool:
    *site, below = _site(allowed)
    same = [scheme, host, port] == site and scheme == "https"
    return same and f"{path.rstrip('/')}/".startswith(below) and ".." not in path


@lru_cache(maxsize=64)
def _site(allowed: str) -> tuple[str, str | None, int | None, str]:
    """The parts of one of the settings' service URLs, read once."""
    parts = urlsplit(allowed)
    return parts.scheme, parts.hostname, parts.port, f"{parts.path.rstrip('/')}/"


def holds_files(url: str, settings: TeamsSettings) -> bool:
    """Whether a file may be fetched from there, or put there. A message names the address, so it is looked at closely."""
    parts = plain_parts(url)
    if parts is None:
        return False
    host = parts.hostname or ""
    if settings.local and parts.scheme == "http" and host in LOOPBACK:
        return True
    secure = parts.scheme == "https" and parts.port in (None, 443)
    return secure and HOST.fullmatch(host) is not None and any(host.endswith(site) for site in settings.file_sites)


_quoted = lru_cache(maxsize=4096)(lambda conversation: quote(conversation, safe=""))
"""Ids of conversations are long, and the same ones come again."""


def activities_url(service_url: str, conversation: str, activity: str = "") -> str:
    """The connector's address of a conversation's activities, or of one of them. Source: Bot Connector REST API reference."""
    url = f"{conversations_url(service_url)}/{_quoted(conversation)}/activities"
    return f"{url}/{quote(activity, safe='')}" if activity else url


def conversations_url(service_url: str) -> str:
    """The connector's address for making a conversation."""
    return f"{service_url.rstrip('/')}/v3/conversations"
