"""Putting content into SharePoint: a small new file in one call, everything else by an upload session in parts.

Source: learn.microsoft.com/graph/api, "driveItem: createUploadSession"; "Upload or replace the contents of a driveItem". The
page for one call names no `If-Match`; that for sessions does, so whatever replaces a file goes by a session.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

import msgspec

from bot.library.storage import Begun, Gone, Item, LibraryAway, LibraryDenied
from bot.sharepoint.budget import WRITE
from bot.sharepoint.calls import Calls, Reply
from bot.sharepoint.faults import Doing, OutOfStep
from bot.sharepoint.items import DriveItem, Session

if TYPE_CHECKING:
    from kiota_abstractions.request_information import RequestInformation

    from bot.sharepoint.sdk import Requests

SMALL = 10 * 1024 * 1024
PART = 32 * 320 * 1024
"""Bytes of a part: 10 MiB, and a multiple of 320 KiB as every part but the last has to be."""
STARTS = re.compile(r"(\d+)-\d*")


class Upload(msgspec.Struct, frozen=True, kw_only=True):
    """Content and where it goes: where an earlier try was writing it, and what is told of where this one does."""

    content: bytes
    resume: str
    begun: Begun | None


async def put_new(calls: Calls, drive: str, path: str, upload: Upload) -> DriveItem:
    """A new file. Raises LibraryProblem: NameTaken, or Gone where its folder is not there."""
    if len(upload.content) > SMALL:
        return await _put(calls, lambda requests: requests.upload_new(drive, path), upload, Doing.CREATING)
    reply = await calls.graph(lambda requests: requests.put(drive, path, upload.content), WRITE, Doing.CREATING)  # nosec B113
    return reply.read(DriveItem)


async def put_over(calls: Calls, drive: str, item: Item, upload: Upload) -> DriveItem:
    """Another content for a file that still has its tag. Raises LibraryProblem: Changed, Held, or Gone."""
    return await _put(calls, lambda requests: requests.upload_over(drive, item.id, item.tag), upload, Doing.REPLACING)


async def _put(calls: Calls, ask: Callable[[Requests], RequestInformation], upload: Upload, doing: Doing) -> DriveItem:
    """Go on where an earlier try ended, or begin. Nothing is tried again in here: the courier does that."""
    parts = _Parts(calls, upload.content, doing)
    start = await parts.goes_on(upload.resume) if upload.resume else None
    if start is not None:
        return await parts.send(upload.resume, start)
    address = (await calls.graph(ask, WRITE, doing)).read(Session).upload_url
    if not address:
        raise LibraryAway("the library named no place to write to")
    if upload.begun is not None:
        await upload.begun(address)
    return await parts.send(address, 0)


class _Parts:
    """The parts of one content."""

    def __init__(self, calls: Calls, content: bytes, doing: Doing) -> None:
        self._calls, self._content, self._doing = calls, content, doing

    async def goes_on(self, address: str) -> int | None:
        """Where a session from before goes on. None where it has ended, or is not of this content."""
        try:
            start = await self._wanted(address)
        except (Gone, LibraryDenied):
            return None
        return start if start < len(self._content) else None

    async def send(self, address: str, start: int) -> DriveItem:
        """Part after part, each where the library wants the next to begin: it may ask for one again, but not for ever."""
        for _ in range(2 * (len(self._content) // PART + 1)):
            reply = await self._part(address, start)
            if reply is not None and reply.status != 202:
                return reply.read(DriveItem)
            start = _start(reply.read(Session)) if reply is not None else await self._wanted(address)
            if start >= len(self._content):
                break
        raise LibraryAway("the upload does not get on")

    async def _part(self, address: str, start: int) -> Reply | None:
        """Send one part. None where the library wants another one."""
        end = min(start + PART, len(self._content))
        span = f"bytes {start}-{end - 1}/{len(self._content)}"
        try:
            return await self._calls.plain("PUT", address, doing=self._doing, content=self._content[start:end], span=span)
        except OutOfStep:
            return None
        except Gone:
            raise LibraryAway("the upload was ended") from None

    async def _wanted(self, address: str) -> int:
        """Where a session wants its next part to begin. Raises Gone where it has ended."""
        return _start((await self._calls.plain("GET", address)).read(Session))


def _start(session: Session) -> int:
    """The first byte that is wanted."""
    found = STARTS.fullmatch(session.next_expected_ranges[0]) if session.next_expected_ranges else None
    if found is None:
        raise LibraryAway("the library does not say which part it wants")
    return int(found[1])
