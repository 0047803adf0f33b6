"""Files in Slack: those that people send us are fetched with our token, and copies and pictures are uploaded to them.

Nothing but the sites of the settings is spoken to, and no redirect is followed: to whoever may not have a file Slack answers
with a way to its page for signing in. Sources: docs.slack.dev, "Working with files", "File object", and the pages of
files.getUploadURLExternal, files.completeUploadExternal and files.info.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from typing import Any, Protocol

import aiohttp
import msgspec

from bot.doors import NotDelivered
from bot.dropped import LARGEST, MOST_FILES, FormReader, not_read
from bot.fetching import NOT_PACKED, content_of
from bot.slack.addresses import is_at
from bot.slack.faults import FAULTS
from bot.slack.settings import SlackSettings
from dialogs.turn import Said, Text
from templates.answers.clean import clean

LONGEST_TEXT = 40_000
"""Characters of a text that Slack made a snippet of, because it was too long for a message: so many a message may have."""
TIMEOUT = aiohttp.ClientTimeout(total=8, connect=5)
UPLOADING = aiohttp.ClientTimeout(total=60, connect=5)
HOSTED, SNIPPET = "hosted", "snippet"
ASK = "check_file_info"
"""What Slack says of a file of which an event does not tell everything."""
PLAIN_TEXT = "text/plain"


class Api(Protocol):
    """Our bot in one workspace (`bot.slack.api.SlackApi`)."""

    token: str

    async def call(self, method: str, **arguments: object) -> Mapping[str, Any]:
        """The answer of a method. Raises SlackApiError, aiohttp's errors, or TimeoutError."""
        ...

    async def send(self, method: str, **arguments: object) -> Mapping[str, Any]:
        """The same, never tried again by itself."""
        ...


class SlackFile(msgspec.Struct, frozen=True):
    """What an event or files.info says of a file. Its kind is what Slack takes it for; what it is we see for ourselves."""

    id: str = ""
    name: str | None = None
    mimetype: str | None = None
    mode: str = ""
    size: int = 0
    is_external: bool = False
    file_access: str = ""
    url_private_download: str = ""


class CannotFetch(Exception):
    """A file that could not be had. `key` is one of `files.…`."""

    def __init__(self, key: str) -> None:
        super().__init__(key)
        self.key = key


class SlackFiles:
    """Speaks to the sites where Slack keeps files, and to nothing else."""

    def __init__(self, settings: SlackSettings, session: aiohttp.ClientSession, forms: FormReader) -> None:
        self._settings = settings
        self._session = session
        self._forms = forms

    async def taken(self, api: Api, files: Sequence[Mapping[str, Any]]) -> list[Said]:
        """What came with a message, in its order: a form is read, and a long text that became a snippet is what was typed.

        What is not read is named as a problem: nothing is lost without a word.
        """
        read = await asyncio.gather(*(self._read(api, one) for one in files[:MOST_FILES]))
        return [*read, *([not_read("too_many")] if len(files) > MOST_FILES else [])]

    async def _read(self, api: Api, told: Mapping[str, Any]) -> Said:
        name = str(told.get("name") or "")
        try:
            file = await self._known(api, told)
            if file.mode == SNIPPET:
                return await self._snippet(api, file)
            return await self._forms.taken(name, await self.fetch(api.token, file, LARGEST))
        except CannotFetch as problem:
            return not_read(problem.key, name)

    async def _known(self, api: Api, told: Mapping[str, Any]) -> SlackFile:
        """The file with everything that is known of it. Raises CannotFetch where it is none that we read."""
        try:
            file = msgspec.convert(told, SlackFile)
            if file.file_access == ASK:
                file = msgspec.convert((await api.call("files.info", file=file.id)).get("file"), SlackFile)
        except (msgspec.ValidationError, *FAULTS):
            raise CannotFetch("not_fetched") from None
        if file.is_external or file.mode not in (HOSTED, SNIPPET):
            raise CannotFetch("not_ours")
        if (file.mimetype or "").startswith("image/"):
            raise CannotFetch("not_read")
        return file

    async def _snippet(self, api: Api, file: SlackFile) -> Text:
        if file.mimetype != PLAIN_TEXT:
            raise CannotFetch("not_read")
        try:
            text = clean((await self.fetch(api.token, file, 4 * LONGEST_TEXT)).decode())
        except UnicodeDecodeError:
            raise CannotFetch("not_read") from None
        if len(text) > LONGEST_TEXT:
            raise CannotFetch("text_too_long")
        return Text(text)

    async def fetch(self, token: str, file: SlackFile, most: int) -> bytes:
        """The bytes of a file. Raises CannotFetch. The token goes to Slack's own site alone."""
        too_large = "text_too_long" if file.mode == SNIPPET else "too_large"
        if file.size > most:
            raise CannotFetch(too_large)
        url = file.url_private_download
        if not is_at(url, self._settings.file_sites):
            raise CannotFetch("not_ours")
        headers = {**NOT_PACKED, "Authorization": f"Bearer {token}"}
        try:
            async with self._session.get(url, headers=headers, allow_redirects=False, timeout=TIMEOUT) as answer:
                content = await content_of(answer, most)
        except (aiohttp.ClientError, OSError, TimeoutError, ValueError):
            raise CannotFetch("not_fetched") from None
        if content is None:
            raise CannotFetch(too_large)
        return content

    async def upload(
        self,
        api: Api,
        channel: str,
        name: str,
        content: bytes,
        *,
        thread: str = "",
        comment: str = "",
        alt: str = "",
    ) -> str:
        """Show a file in a conversation; its id. Raises NotDelivered, or what a call can raise (`bot.slack.faults.FAULTS`).

        Nobody sees anything of it before the last call: until then it is safe to begin again.
        """
        told = await api.send("files.getUploadURLExternal", filename=name, length=len(content), alt_txt=alt)
        await self._put(str(told.get("upload_url", "")), content)
        file = {"id": str(told.get("file_id", "")), "title": name}
        await api.send(
            "files.completeUploadExternal", files=[file], channel_id=channel, thread_ts=thread, initial_comment=comment
        )
        return file["id"]

    async def _put(self, url: str, content: bytes) -> None:
        if not is_at(url, self._settings.file_sites):
            raise NotDelivered("delivery.address_not_allowed")
        try:
            async with self._session.post(url, data=content, allow_redirects=False, timeout=UPLOADING) as answer:
                status = answer.status
        except (aiohttp.ClientError, OSError, TimeoutError, ValueError):
            raise NotDelivered("delivery.no_connection", again_after=5.0) from None
        if status == 429 or status >= 500:
            raise NotDelivered("delivery.throttled", again_after=30.0)
        if status != 200:
            raise NotDelivered("delivery.refused")
