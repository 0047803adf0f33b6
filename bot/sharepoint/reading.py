"""Reading a file: Graph says where its content is, and we fetch it from there without our token.

Source: learn.microsoft.com/graph/api, "Download driveItem content": 302 with an address that lives for minutes.
"""

from __future__ import annotations

from bot.library.storage import LibraryAway
from bot.sharepoint.calls import Calls


async def content_of(calls: Calls, drive: str, path: str) -> bytes:
    """The content of the file at that path. Raises LibraryProblem."""
    reply = await calls.graph(lambda requests: requests.content(drive, path))
    if reply.status == 200:
        return reply.body
    if not reply.leads_to:
        raise LibraryAway("the library does not say where the content is")
    fetched = await calls.plain("GET", reply.leads_to)
    if fetched.status != 200:
        raise LibraryAway("the content is not where the library says")
    return fetched.body
