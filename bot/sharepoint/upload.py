"""Putting content into SharePoint: a small new file in one call, everything else by an upload session in parts.

Source: learn.microsoft.com/graph/api, "driveItem: createUploadSession"; "Upload or replace the contents of a driveItem". The
page for one call names no `If-Match`; that for sessions does, so whatever replaces a file goes by a session.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import msgspec

from bot.library.storage import Begun, Gone, LibraryAway, LibraryDenied
from bot.sharepoint.budget import WRITE
from bot.sharepoint.calls import Calls
from bot.sharepoint.faults import Doing, OutOfStep
from bot.sharepoint.hashes import quick_xor_hash

if TYPE_CHECKING:
    from msgraph.generated.drives.item.items.item.create_upload_session.create_upload_session_post_request_body import (
        CreateUploadSessionPostRequestBody,
    )
    from msgraph.generated.models.drive_item import DriveItem

SMALL = 10 * 1024 * 1024
PART = 32 * 320 * 1024
"""Bytes of a part: 10 MiB, and a multiple of 320 KiB as every part but the last has to be."""
FAIL, REPLACE = "fail", "replace"
CONFLICT = "@microsoft.graph.conflictBehavior"
STARTS = re.compile(r"(\d+)-\d*")


class Arrived(msgspec.Struct, frozen=True):
    """What SharePoint says it has now."""

    id: str
    tag: str
    size: int
    url: str
    hash: str

    async def whole(self, content: bytes) -> bool:
        """Whether it is what was sent, byte for byte, as far as that is said."""
        return self.size == len(content) and self.hash == await asyncio.to_thread(quick_xor_hash, content)


class Target(msgspec.Struct, frozen=True):
    """Where content goes: the address of its file, whether it is new, and the tag that a file to be replaced must have."""

    address: str
    doing: Doing
    tag: str = ""


class Uploads:
    """Sends content. Nothing is tried again in here: the courier does that, and goes on where this ended."""

    def __init__(self, calls: Calls) -> None:
        self._calls = calls

    async def put(self, target: Target, content: bytes, resume: str, begun: Begun | None) -> Arrived:
        """Send it. Raises LibraryProblem, Gone where the folder or the file is not there."""
        if target.doing is Doing.CREATING and len(content) <= SMALL:
            return await self._at_once(target, content)
        if resume and (arrived := await self._gone_on(target, resume, content)):
            return arrived
        address = await self._session(target)
        if begun is not None:
            await begun(address)
        return await self._sent(target, address, content, 0)

    async def _at_once(self, target: Target, content: bytes) -> Arrived:
        url = f"{target.address}:/content?{CONFLICT}={FAIL}"
        found = await self._calls.graph(
            lambda graph: graph.drives.by_drive_id("-").items.by_drive_item_id("-").content.with_url(url).put(content),
            WRITE,
            target.doing,
        )
        return _told(found)

    async def _gone_on(self, target: Target, address: str, content: bytes) -> Arrived | None:
        """Go on with a session from before. None where it has ended, or is not of this content."""
        try:
            start = await self._wanted(address)
        except (Gone, LibraryDenied):
            return None
        return await self._sent(target, address, content, start) if start < len(content) else None

    async def _session(self, target: Target) -> str:
        new = target.doing is Doing.CREATING
        url = f"{target.address}{':/' if new else '/'}createUploadSession"
        conflict = FAIL if new else REPLACE
        session = await self._calls.graph(
            lambda graph: (
                graph.drives.by_drive_id("-")
                .items.by_drive_item_id("-")
                .create_upload_session.with_url(url)
                .post(_body(conflict), _only_if(target.tag))
            ),
            WRITE,
            target.doing,
        )
        if not session.upload_url:
            raise LibraryAway("the library named no place to write to")
        return session.upload_url

    async def _sent(self, target: Target, address: str, content: bytes, start: int) -> Arrived:
        """Part after part, each where the library wants the next to begin: it may ask for one again, but not for ever."""
        for _ in range(2 * (len(content) // PART + 1)):
            answer = await self._part(target, address, content, start)
            if isinstance(answer, Arrived):
                return answer
            start = answer
            if start >= len(content):
                break
        raise LibraryAway("the upload does not get on")

    async def _part(self, target: Target, address: str, content: bytes, start: int) -> Arrived | int:
        """Send one part. Returns what arrived with the last one, else where the next begins."""
        end = min(start + PART, len(content))
        headers = {"Content-Range": f"bytes {start}-{end - 1}/{len(content)}"}
        try:
            answer = await self._calls.plain("PUT", address, doing=target.doing, content=content[start:end], headers=headers)
        except OutOfStep:
            return await self._wanted(address)
        except Gone:
            raise LibraryAway("the upload was ended") from None
        body = answer.json()
        return _start(body) if answer.status == 202 else _arrived(body)

    async def _wanted(self, address: str) -> int:
        """Where a session wants its next part to begin. Raises Gone where it has ended."""
        return _start((await self._calls.plain("GET", address)).json())


def _body(conflict: str) -> CreateUploadSessionPostRequestBody:
    from msgraph.generated.drives.item.items.item.create_upload_session.create_upload_session_post_request_body import (  # noqa: PLC0415
        CreateUploadSessionPostRequestBody,
    )
    from msgraph.generated.models.drive_item_uploadable_properties import DriveItemUploadableProperties  # noqa: PLC0415

    return CreateUploadSessionPostRequestBody(item=DriveItemUploadableProperties(additional_data={CONFLICT: conflict}))


def _only_if(tag: str) -> Any:
    from kiota_abstractions.base_request_configuration import RequestConfiguration  # noqa: PLC0415

    asked: Any = RequestConfiguration()
    if tag:
        asked.headers.add("If-Match", tag)
    return asked


def _start(body: object) -> int:
    """The first byte that is wanted."""
    ranges = body.get("nextExpectedRanges") if isinstance(body, Mapping) else None
    found = STARTS.fullmatch(str(ranges[0])) if isinstance(ranges, list) and ranges else None
    if found is None:
        raise LibraryAway("the library does not say which part it wants")
    return int(found[1])


def _told(found: DriveItem) -> Arrived:
    hashes = found.file.hashes if found.file is not None else None
    said = hashes.quick_xor_hash if hashes is not None else None
    return Arrived(found.id or "", found.e_tag or "", found.size or 0, found.web_url or "", said or "")


def _arrived(body: object) -> Arrived:
    """The same, of the answer to the last part, which did not go through the SDK."""
    known: Mapping[str, Any] = body if isinstance(body, Mapping) else {}
    hashes = (known.get("file") or {}).get("hashes") or {}
    if not known.get("id"):
        raise LibraryAway("the library does not say what arrived")
    return Arrived(
        str(known["id"]),
        str(known.get("eTag") or ""),
        int(known.get("size") or 0),
        str(known.get("webUrl") or ""),
        str(hashes.get("quickXorHash") or ""),
    )
