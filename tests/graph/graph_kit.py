"""The real msgraph-sdk pointed at a loopback Graph, and calls without it."""

from __future__ import annotations

import time
from collections.abc import Awaitable
from typing import Any

import aiohttp
import pytest
from azure.core.credentials import AccessToken
from fake_graph import TOKEN, FakeGraph
from kiota_authentication_azure.azure_identity_authentication_provider import AzureIdentityAuthenticationProvider
from msgraph import GraphRequestAdapter, GraphServiceClient
from msgraph.generated.models.o_data_errors.o_data_error import ODataError


class Credential:
    """Gives the token that it was made with."""

    def __init__(self, token: str = TOKEN) -> None:
        self.token = token

    def get_token(self, *_: str, **__: Any) -> AccessToken:
        return AccessToken(self.token, int(time.time()) + 3600)


def sdk_client(graph: FakeGraph, token: str = TOKEN) -> GraphServiceClient:
    """A client of the real SDK."""
    provider = AzureIdentityAuthenticationProvider(Credential(token), allowed_hosts=["127.0.0.1"])
    adapter = GraphRequestAdapter(provider)
    adapter.base_url = graph.base_url
    return GraphServiceClient(request_adapter=adapter)


async def refused(call: Awaitable[Any]) -> tuple[int, str]:
    """The status and the code of a call of the SDK that is refused."""
    with pytest.raises(ODataError) as caught:
        await call
    assert caught.value.error is not None
    return caught.value.response_status_code or 0, caught.value.error.code or ""


async def asked(
    http: aiohttp.ClientSession,
    method: str,
    url: str,
    *,
    token: str = TOKEN,
    headers: dict[str, str] | None = None,
    **more: Any,
) -> tuple[int, Any]:
    """Status and JSON of one call without the SDK."""
    authorised = {"Authorization": f"Bearer {token}"} if token else {}
    async with http.request(method, url, headers={**authorised, **(headers or {})}, allow_redirects=False, **more) as answer:
        kind = answer.content_type
        return answer.status, await answer.json() if kind == "application/json" else await answer.read()


async def part(http: aiohttp.ClientSession, url: str, content: bytes, start: int, size: int) -> tuple[int, Any]:
    """Send a part of a file to an upload session."""
    header = f"bytes {start}-{start + size - 1}/{len(content)}"
    return await asked(http, "PUT", url, token="", headers={"Content-Range": header}, data=content[start : start + size])
