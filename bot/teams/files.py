"""Files in Teams: those that people send us are fetched, and those they take from us are put where they want them.

Both stand in people's own OneDrive. Teams names the address and its right to it in one, so no token goes there, no redirect is
followed, and nothing but the sites of the settings is spoken to. Source: learn.microsoft.com/microsoftteams, "Send and receive
files using bot".
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence

import aiohttp
from botbuilder.schema import Activity, ActivityTypes, Attachment

from bot.doors import NotDelivered
from bot.dropped import LARGEST, MOST_FILES, FormReader, not_read
from bot.fetching import NOT_PACKED, content_of
from bot.teams.addresses import holds_files
from bot.teams.settings import TeamsSettings
from bot.teams.wire import Attached, Incoming
from dialogs.reply import FileRef, Parcel, Upload
from dialogs.turn import Dropped

log = logging.getLogger("cspr.teams.files")
DOWNLOAD = "application/vnd.microsoft.teams.file.download.info"
CONSENT = "application/vnd.microsoft.teams.card.file.consent"
INFO = "application/vnd.microsoft.teams.card.file.info"
OF_THE_TEXT = frozenset({"text/html", "messageReference"})
"""What comes beside a text and says nothing more: the same text with its layout, and the message that it quotes."""
LONGEST = 8.0
"""Seconds for all files of a message: Teams cuts a turn off after ten."""
TIMEOUT = aiohttp.ClientTimeout(total=60, connect=5)


class TeamsFiles:
    """Speaks to the sites where files are kept, and to nothing else."""

    def __init__(self, settings: TeamsSettings, session: aiohttp.ClientSession, forms: FormReader) -> None:
        self._settings = settings
        self._session = session
        self._forms = forms

    async def taken(self, activity: Incoming, *, personal: bool) -> list[Dropped]:
        """What came with a message, read. What is not read is named as a problem: nothing is lost without a word."""
        came = [one for one in activity.attachments or () if one.content_type not in OF_THE_TEXT]
        files = [one for one in came if one.content_type == DOWNLOAD]
        if files and not personal:
            return [not_read("in_a_channel")]
        read = await asyncio.gather(*(self._read(one) for one in files[:MOST_FILES]))
        problems = ["too_many"] if len(files) > MOST_FILES else []
        problems += ["not_read"] if len(came) > len(files) or _has_only_layout(activity) else []
        return [*read, *map(not_read, problems)]

    async def _read(self, file: Attached) -> Dropped:
        name = file.name or ""
        url = file.content.get("downloadUrl") if isinstance(file.content, dict) else None
        if not isinstance(url, str) or not holds_files(url, self._settings):
            return not_read("not_ours", name)
        try:
            async with asyncio.timeout(LONGEST):
                content = await self._fetch(url)
        except (aiohttp.ClientError, OSError, TimeoutError, ValueError):
            return not_read("not_fetched", name)
        return not_read("too_large", name) if content is None else await self._forms.taken(name, content)

    async def _fetch(self, url: str) -> bytes | None:
        """The file, or None where it is too large, by what is said of it or by what comes. Raises what a call can raise."""
        async with self._session.get(url, allow_redirects=False, headers=NOT_PACKED, timeout=TIMEOUT) as answer:
            return await content_of(answer, LARGEST)

    async def put(self, upload: Upload, content: bytes) -> None:
        """Write a file where somebody wants it. Raises NotDelivered."""
        if not holds_files(upload.url, self._settings):
            raise NotDelivered("delivery.address_not_allowed")
        size = len(content)
        headers = {"Content-Range": f"bytes 0-{size - 1}/{size}", "Content-Type": "application/octet-stream"}
        try:
            async with self._session.put(
                upload.url, data=content, headers=headers, allow_redirects=False, timeout=TIMEOUT
            ) as answer:
                _judge(answer.status)
        except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError):
            raise NotDelivered("delivery.no_connection", again_after=5.0) from None
        except (aiohttp.ClientError, OSError, TimeoutError, ValueError):
            raise NotDelivered("delivery.no_answer", uncertain=True) from None

    def card(self, upload: Upload) -> Activity | None:
        """The card that shows where the file is now; none where Teams would be shown an address we do not know."""
        if not holds_files(upload.seen_at, self._settings):
            return None
        content = {"uniqueId": upload.id, "fileType": upload.kind}
        return _message(Attachment(content_type=INFO, content_url=upload.seen_at, name=upload.name, content=content))


def _judge(status: int) -> None:
    """What the place for the file answered. One that is gone has run out, or was filled before."""
    if status in (200, 201):
        return
    if status in (404, 409, 410, 416):
        raise NotDelivered("delivery.file_no_place")
    if status == 429 or status >= 500:
        raise NotDelivered("delivery.throttled", again_after=30.0)
    raise NotDelivered("delivery.refused")


def consent(file: FileRef, parcel: Parcel, description: str) -> Activity:
    """The card with which Teams asks whether the file is wanted. It carries which document it is, by ids alone."""
    ours = {"cspr": {"what": file.what, "case": file.case}}
    content = {
        "description": description,
        "sizeInBytes": len(parcel.content),
        "acceptContext": ours,
        "declineContext": ours,
    }
    return _message(Attachment(content_type=CONSENT, name=parcel.name, content=content))


def _message(attachment: Attachment) -> Activity:
    return Activity(type=ActivityTypes.message, locale="en-GB", attachments=[attachment])


def _has_only_layout(activity: Incoming) -> bool:
    """A message of a picture or a table alone: its layout is all there is, and there is no text to answer."""
    layouts: Sequence[Attached] = [one for one in activity.attachments or () if one.content_type == "text/html"]
    return bool(layouts) and not (activity.text or "").strip() and len(layouts) == len(activity.attachments or ())
