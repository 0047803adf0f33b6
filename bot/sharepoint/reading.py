"""Reading a file: Graph says where its content is, and we fetch it from there without our token.

Source: learn.microsoft.com/graph/api, "Download driveItem content": 302 with an address that lives for minutes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.library.storage import LibraryAway
from bot.sharepoint.calls import Calls

if TYPE_CHECKING:
    from msgraph.graph_service_client import GraphServiceClient


class Reading:
    """Fetches content."""

    def __init__(self, calls: Calls) -> None:
        self._calls = calls

    async def read(self, url: str) -> bytes:
        """The content of the file at that address of Graph's. Raises LibraryProblem."""
        led_to, content = await self._calls.graph(lambda graph: _asked(graph, url))
        if content is not None:
            return content
        if not led_to:
            raise LibraryAway("the library does not say where the content is")
        return (await self._calls.plain("GET", led_to)).body


async def _asked(graph: GraphServiceClient, url: str) -> tuple[str, bytes | None]:
    """Where Graph leads us to, or the content where it gives it itself."""
    from kiota_abstractions.base_request_configuration import RequestConfiguration  # noqa: PLC0415
    from kiota_http.middleware.options import HeadersInspectionHandlerOption  # noqa: PLC0415

    headers = HeadersInspectionHandlerOption(inspect_request_headers=False)
    asked: RequestConfiguration[object] = RequestConfiguration(options=[headers])
    builder = graph.drives.by_drive_id("-").items.by_drive_item_id("-").content.with_url(url)
    content: bytes | None = await builder.get(asked)  # type: ignore[arg-type]  # it has no parameters of its own here
    led_to = next(iter(headers.response_headers.get("location")), "")
    return led_to, None if led_to else content or b""
