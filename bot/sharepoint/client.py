"""The one client for every library: imported and built in a thread, when it is first needed.

The import brings in hundreds of modules and takes 1.7 s. What the SDK would import at a call is brought in with it, so that no
call holds up the event loop.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING

from bot.sharepoint.credentials import credential_of
from bot.sharepoint.quiet import quiet
from bot.sharepoint.settings import SharePointSettings

if TYPE_CHECKING:
    from azure.core.credentials_async import AsyncTokenCredential

    from bot.sharepoint.sdk import Sdk

Credentials = Callable[[SharePointSettings], "AsyncTokenCredential"]


class Client:
    """Builds the SDK once."""

    def __init__(self, settings: SharePointSettings, credentials: Credentials = credential_of) -> None:
        self.settings = settings
        self._credentials = credentials
        self._built: asyncio.Task[Sdk] | None = None

    async def sdk(self) -> Sdk:
        """The SDK. Raises SharePointSettingsError. A try that failed is made again: a file may have been put right."""
        if self._built is None or (self._built.done() and (self._built.cancelled() or self._built.exception() is not None)):
            self._built = asyncio.create_task(asyncio.to_thread(_build, self.settings, self._credentials))
        return await asyncio.shield(self._built)

    async def close(self) -> None:
        """Let go of every connection."""
        built, self._built = self._built, None
        if built is None:
            return
        await asyncio.wait([built])
        if not built.cancelled() and built.exception() is None:
            await built.result().close()


def _build(settings: SharePointSettings, credentials: Credentials) -> Sdk:
    """Runs in a thread."""
    from bot.sharepoint.sdk import Sdk  # noqa: PLC0415 - it imports the SDK

    quiet()
    return Sdk(settings, credentials(settings))
