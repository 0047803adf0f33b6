"""Fetching a file from an address that a message named: what such an address may look like, and how much of it is read."""

from __future__ import annotations

import re
from urllib.parse import SplitResult, urlsplit

import aiohttp

PLAIN = re.compile(r"[!#-;=?-\[\]_a-z~]+")
"""What an address is written with. A backslash or a space is read one way by one program, and another way by the next."""
PART = 64 * 1024
NOT_PACKED = {"Accept-Encoding": "identity"}


def plain_parts(url: str) -> SplitResult | None:
    """The parts of an address that others name; None where every program may not read it alike."""
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError:
        return None
    return parts if PLAIN.fullmatch(url) and "@" not in parts.netloc and not parts.fragment else None


async def content_of(answer: aiohttp.ClientResponse, most: int) -> bytes | None:
    """The file, or None where it is too large, by what is said of it or by what comes. Raises aiohttp.ClientError.

    Any answer but 200 is an error: redirects are not followed, whoever they come from.
    """
    if answer.status != 200:
        raise aiohttp.ClientError
    if (answer.content_length or 0) > most:
        return None
    content = bytearray()
    async for part in answer.content.iter_chunked(PART):
        content += part
        if len(content) > most:
            return None
    return bytes(content)
