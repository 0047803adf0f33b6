"""Where we may speak in Teams. A message names its service URL; only listed ones get our token."""

from __future__ import annotations

from urllib.parse import quote, urlsplit

from bot.teams.settings import TeamsSettings

LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})


def speakable(service_url: str, settings: TeamsSettings) -> bool:
    """Whether that service URL is one of the settings', or, in local mode, on this machine."""
    try:
        parts = urlsplit(service_url)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return False
    if parts.username is not None or parts.password is not None or parts.query or parts.fragment:
        return False
    if settings.local and parts.scheme == "http" and host in LOOPBACK:
        return True
    return any(_same_site(parts.scheme, host, port, parts.path, allowed) for allowed in settings.service_urls)


def _same_site(scheme: str, host: str, port: int | None, path: str, allowed: str) -> bool:
    wanted = urlsplit(allowed)
    same = (scheme, host, port) == (wanted.scheme, wanted.hostname, wanted.port) and scheme == "https"
    return same and f"{path.rstrip('/')}/".startswith(f"{wanted.path.rstrip('/')}/") and ".." not in path


def activities_url(service_url: str, conversation: str, activity: str = "") -> str:
    """The connector's address of a conversation's activities, or of one of them. Source: Bot Connector REST API reference."""
    url = f"{conversations_url(service_url)}/{quote(conversation, safe='')}/activities"
    return f"{url}/{quote(activity, safe='')}" if activity else url


def conversations_url(service_url: str) -> str:
    """The connector's address for making a conversation."""
    return f"{service_url.rstrip('/')}/v3/conversations"
