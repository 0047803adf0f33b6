"""Which addresses that a payload names may be spoken to: those of the settings' sites, and no other."""

from __future__ import annotations

from collections.abc import Collection
from urllib.parse import urlsplit

from bot.fetching import PLAIN
from bot.http import LOOPBACK


def is_at(url: str, sites: Collection[str]) -> bool:
    """Whether it is at one of those sites, over a connection that nobody reads; or on this machine, in tests.

    A payload names the address, so it is looked at closely: a sign that programs read differently, a user in front of the host
    or another port is none of Slack's.
    """
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
    except ValueError:
        return False
    secure = parts.scheme == "https" or (parts.scheme == "http" and host == LOOPBACK)
    return secure and PLAIN.fullmatch(url) is not None and not parts.fragment and parts.netloc in sites
