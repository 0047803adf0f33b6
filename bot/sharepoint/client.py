"""The one client for every library: imported and built in a thread, when it is first needed.

The first import brings in over a thousand modules and takes 1.7 s. What the SDK would import at a call is brought in with it,
so that no call holds up the event loop.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING

from bot.sharepoint.credentials import credential_of
from bot.sharepoint.quiet import quiet
from bot.sharepoint.settings import SharePointSettings

if TYPE_CHECKING:
    import httpx
    from azure.core.credentials_async import AsyncTokenCredential
    from msgraph.graph_service_client import GraphServiceClient

SCOPE = "https://graph.microsoft.com/.default"
CONNECT = 10.0
"""Seconds until there is a connection."""

Credentials = Callable[[SharePointSettings], "AsyncTokenCredential"]


class Client:
    """Builds itself once. `content` speaks to addresses that need no token, and has none to give away."""

    def __init__(self, settings: SharePointSettings, credentials: Credentials = credential_of) -> None:
        self.settings = settings
        self._credentials = credentials
        self._built: asyncio.Task[_Built] | None = None

    async def graph(self) -> GraphServiceClient:
        """Graph, with our token. Raises SharePointSettingsError."""
        return (await self._ready()).graph

    async def content(self) -> httpx.AsyncClient:
        """Plain HTTP, without a token: parts of uploads, and downloads."""
        return (await self._ready()).content

    async def close(self) -> None:
        """Let go of every connection."""
        if self._built is not None and not self._built.cancelled() and self._built.done() and not self._built.exception():
            await self._built.result().close()
        self._built = None

    async def _ready(self) -> _Built:
        """A try that failed is made again: a credential file may have been put right."""
        if self._built is None or (self._built.done() and (self._built.cancelled() or self._built.exception() is not None)):
            self._built = asyncio.create_task(asyncio.to_thread(_build, self.settings, self._credentials))
        return await asyncio.shield(self._built)


class _Built:
    def __init__(
        self,
        graph: GraphServiceClient,
        http: httpx.AsyncClient,
        content: httpx.AsyncClient,
        credential: AsyncTokenCredential,
    ) -> None:
        self.graph, self.content = graph, content
        self._http, self._credential = http, credential

    async def close(self) -> None:
        await self._http.aclose()
        await self.content.aclose()
        await self._credential.close()


def _build(settings: SharePointSettings, credentials: Credentials) -> _Built:
    """Runs in a thread. Nothing is retried or redirected behind our back: the courier retries, and we look where it leads."""
    import httpx  # noqa: PLC0415
    from kiota_authentication_azure.azure_identity_authentication_provider import (  # noqa: PLC0415
        AzureIdentityAuthenticationProvider,
    )
    from kiota_http.kiota_client_factory import KiotaClientFactory  # noqa: PLC0415
    from kiota_http.middleware.options import RedirectHandlerOption, RetryHandlerOption  # noqa: PLC0415
    from msgraph.graph_request_adapter import GraphRequestAdapter  # noqa: PLC0415
    from msgraph.graph_service_client import GraphServiceClient  # noqa: PLC0415
    from msgraph_core import GraphClientFactory  # noqa: PLC0415

    from bot.sharepoint.warming import warm  # noqa: PLC0415

    quiet()
    credential = credentials(settings)
    options = {
        RetryHandlerOption.get_key(): RetryHandlerOption(max_retries=0, should_retry=False),
        RedirectHandlerOption.get_key(): RedirectHandlerOption(max_redirect=0, should_redirect=False),
    }
    http = GraphClientFactory.create_with_custom_middleware(
        KiotaClientFactory.get_default_middleware(options),
        client=httpx.AsyncClient(timeout=httpx.Timeout(settings.answers_in, connect=CONNECT), trust_env=False),
    )
    adapter = GraphRequestAdapter(AzureIdentityAuthenticationProvider(credential, scopes=[SCOPE]), http)
    adapter.base_url = settings.graph
    content = httpx.AsyncClient(timeout=httpx.Timeout(settings.moves_in, connect=CONNECT), trust_env=False)
    graph = GraphServiceClient(request_adapter=adapter)
    warm(graph)
    return _Built(graph, http, content, credential)
