"""Everything of `msgraph-sdk` that is used, in one module that only a thread imports, when SharePoint is first needed.

The SDK writes the addresses, shows our token and sends. What comes back is read by us (`items`).
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from typing import Any
from urllib.parse import urlsplit

import httpx
from azure.core.credentials_async import AsyncTokenCredential
from azure.core.exceptions import AzureError, ClientAuthenticationError
from kiota_abstractions.base_request_configuration import RequestConfiguration
from kiota_abstractions.request_information import RequestInformation
from kiota_abstractions.response_handler import ResponseHandler
from kiota_authentication_azure.azure_identity_authentication_provider import AzureIdentityAuthenticationProvider
from kiota_http._exceptions import KiotaHTTPXError
from kiota_http.kiota_client_factory import KiotaClientFactory
from kiota_http.middleware.options import RedirectHandlerOption, ResponseHandlerOption, RetryHandlerOption
from msgraph.generated.drives.item.items.item.create_upload_session.create_upload_session_post_request_body import (
    CreateUploadSessionPostRequestBody,
)
from msgraph.generated.drives.item.items.item.drive_item_item_request_builder import DriveItemItemRequestBuilder
from msgraph.generated.models.drive_item import DriveItem
from msgraph.generated.models.drive_item_uploadable_properties import DriveItemUploadableProperties
from msgraph.generated.models.field_value_set import FieldValueSet
from msgraph.generated.models.folder import Folder
from msgraph.generated.models.item_retention_label import ItemRetentionLabel
from msgraph.graph_request_adapter import GraphRequestAdapter
from msgraph.graph_service_client import GraphServiceClient
from msgraph_core import GraphClientFactory

from bot.library.inspecting import PROBE
from bot.library.storage import LibraryAway, LibraryDenied, LibraryProblem
from bot.sharepoint.addresses import at_path
from bot.sharepoint.settings import SharePointSettings

SCOPE = "https://graph.microsoft.com/.default"
CONNECT = 10.0
"""Seconds until there is a connection."""
CONFLICT, FAIL, REPLACE = "@microsoft.graph.conflictBehavior", "fail", "replace"
LARGEST_ANSWER = 32 * 1024 * 1024
"""Bytes of what Graph itself answers: a page of changes has about one million."""
PLAIN = {"Accept-Encoding": "identity"}
"""An answer that is packed could unpack to any size."""
ANY = "-"
"""Stands for an id in a builder whose address is written out."""


class _AsItCame(ResponseHandler):
    """Hands the answer over unread."""

    async def handle_response_async(self, response: Any, error_map: Any) -> Any:
        """The answer itself: `error_map` would have the SDK read errors, and we read those too."""
        del error_map
        return response


class Sdk:
    """The SDK's client, and a plain one for addresses that need no token."""

    def __init__(self, settings: SharePointSettings, credential: AsyncTokenCredential) -> None:
        self._credential = credential
        self._http = _graph_http(settings)
        self.content = httpx.AsyncClient(timeout=httpx.Timeout(settings.moves_in, connect=CONNECT), trust_env=False)
        ours = [urlsplit(settings.graph).hostname or ""]
        provider = AzureIdentityAuthenticationProvider(credential, scopes=[SCOPE], allowed_hosts=ours)
        self._adapter = GraphRequestAdapter(provider, self._http)
        self._adapter.base_url = settings.graph
        self.requests = Requests(GraphServiceClient(request_adapter=self._adapter), settings)
        self.requests.warm()

    async def send(self, request: RequestInformation) -> httpx.Response:
        """Send it, with our token. Raises what the SDK, its transport or the sign-in raises."""
        request.add_request_options([ResponseHandlerOption(_AsItCame())])
        answer: Any = await self._adapter.send_primitive_async(request, "bytes", None)
        found: httpx.Response = answer
        return found

    async def close(self) -> None:
        """Let go of every connection."""
        await self._http.aclose()
        await self.content.aclose()
        await self._credential.close()


def _graph_http(settings: SharePointSettings) -> httpx.AsyncClient:
    """Nothing is retried or redirected behind our back: the courier retries, and we look where an answer leads."""
    options = {
        RetryHandlerOption.get_key(): RetryHandlerOption(max_retries=0, should_retry=False),
        RedirectHandlerOption.get_key(): RedirectHandlerOption(max_redirect=0, should_redirect=False),
    }
    plain = httpx.AsyncClient(
        timeout=httpx.Timeout(settings.answers_in, connect=CONNECT),
        trust_env=False,
        headers=PLAIN,
        event_hooks={"response": [_bound]},
    )
    made: httpx.AsyncClient = GraphClientFactory.create_with_custom_middleware(
        KiotaClientFactory.get_default_middleware(options), client=plain
    )
    return made


class _Bounded(httpx.AsyncByteStream):
    """What is answered, as far as it is no more than an answer can be."""

    def __init__(self, stream: httpx.AsyncByteStream) -> None:
        self._stream = stream

    async def __aiter__(self) -> AsyncIterator[bytes]:
        """Raises httpx.ReadError where it is more."""
        read = 0
        async for part in self._stream:
            read += len(part)
            if read > LARGEST_ANSWER:
                raise httpx.ReadError("an answer is too large")
            yield part

    async def aclose(self) -> None:
        """Let go of it."""
        await self._stream.aclose()


async def _bound(answer: httpx.Response) -> None:
    """Before anything of it is read."""
    if answer.headers.get("Content-Encoding", "identity") != "identity":
        raise httpx.DecodingError("an answer is packed, though we asked for none")
    if isinstance(answer.stream, httpx.AsyncByteStream):
        answer.stream = _Bounded(answer.stream)


class Requests:
    """Each request that is ever made of Graph. Nothing is shared, nobody is invited: there is no such request here."""

    def __init__(self, graph: GraphServiceClient, settings: SharePointSettings) -> None:
        self._graph, self._settings = graph, settings

    def site(self, name: str) -> RequestInformation:
        """A site by its id, or by host and path as `host:/sites/name`."""
        return self._graph.sites.by_site_id(name).to_get_request_information()

    def drives(self, site: str) -> RequestInformation:
        """The libraries of a site."""
        return self._graph.sites.by_site_id(site).drives.to_get_request_information()

    def drive(self, drive: str) -> RequestInformation:
        """One library."""
        return self._graph.drives.by_drive_id(drive).to_get_request_information()

    def item(self, drive: str, item: str) -> RequestInformation:
        """A file or folder by its id."""
        return self._item(drive, item).to_get_request_information()

    def at(self, drive: str, path: str) -> RequestInformation:
        """A file or folder by its path."""
        return self._item().with_url(at_path(self._settings, drive, path)).to_get_request_information()

    def content(self, drive: str, path: str) -> RequestInformation:
        """Where its content is."""
        url = at_path(self._settings, drive, path, "content")
        return self._item().content.with_url(url).to_get_request_information()

    def children(self, drive: str, path: str) -> RequestInformation:
        """What is in a folder."""
        return self.page(at_path(self._settings, drive, path, "children"))

    def page(self, link: str) -> RequestInformation:
        """More of many, at an address that Graph named."""
        return self._item().children.with_url(link).to_get_request_information()

    def delta(self, drive: str) -> RequestInformation:
        """Everything there is, and where to look on from."""
        return self._item(drive, "root").delta.to_get_request_information()

    def put(self, drive: str, path: str, content: bytes) -> RequestInformation:
        """A new small file. It fails where there is one of that name."""
        url = f"{at_path(self._settings, drive, path, 'content')}?{CONFLICT}={FAIL}"
        return self._item().content.with_url(url).to_put_request_information(content)

    def folder(self, drive: str, above: str, name: str) -> RequestInformation:
        """A new folder. It fails where there is anything of that name."""
        base = f"{self._settings.graph}/drives/{drive}/root/children"
        url = at_path(self._settings, drive, above, "children") if above else base
        new = DriveItem(name=name, folder=Folder(), additional_data={CONFLICT: FAIL})
        return self._item().children.with_url(url).to_post_request_information(new)

    def upload_new(self, drive: str, path: str) -> RequestInformation:
        """A place to send a large new file to."""
        url = at_path(self._settings, drive, path, "createUploadSession")
        return self._item().create_upload_session.with_url(url).to_post_request_information(_uploading(FAIL))

    def upload_over(self, drive: str, item: str, tag: str) -> RequestInformation:
        """A place to send what replaces a file to, as long as the file has that tag."""
        only: RequestConfiguration[Any] = RequestConfiguration()
        only.headers.add("If-Match", tag)
        return self._item(drive, item).create_upload_session.to_post_request_information(_uploading(REPLACE), only)

    def columns(self, drive: str, item: str, values: Mapping[str, str]) -> RequestInformation:
        """What stands beside a file. The SDK has this below a list only; the address is that of the file's own."""
        url = f"{self._settings.graph}/drives/{drive}/items/{item}/listItem/fields"
        fields = self._graph.sites.by_site_id(ANY).lists.by_list_id(ANY).items.by_list_item_id(ANY).fields
        return fields.with_url(url).to_patch_request_information(FieldValueSet(additional_data=dict(values)))

    def label(self, drive: str, item: str, name: str) -> RequestInformation:
        """A retention label."""
        return self._item(drive, item).retention_label.to_patch_request_information(ItemRetentionLabel(name=name))

    def delete_probe(self, drive: str) -> RequestInformation:
        """Take away the one file that `cspr doctor` wrote. Nothing else is ever deleted: there is no other such request."""
        return self._item().with_url(at_path(self._settings, drive, PROBE)).to_delete_request_information()

    def warm(self) -> None:
        """Make one of each: the SDK imports what it needs when it is first used."""
        at = ("x", "x")
        for made in (
            self.item(*at),
            self.at(*at),
            self.content(*at),
            self.children(*at),
            self.put(*at, b""),
            self.upload_new(*at),
        ):
            _ = made.url
        for made in (self.folder(*at, "x"), self.upload_over(*at, "x"), self.columns(*at, {"x": "x"}), self.label(*at, "x")):
            _ = made.url
        for made in (self.site("x"), self.drives("x"), self.drive("x"), self.delta("x")):
            _ = made.url

    def _item(self, drive: str = ANY, item: str = ANY) -> DriveItemItemRequestBuilder:
        return self._graph.drives.by_drive_id(drive).items.by_drive_item_id(item)


def _uploading(conflict: str) -> CreateUploadSessionPostRequestBody:
    return CreateUploadSessionPostRequestBody(item=DriveItemUploadableProperties(additional_data={CONFLICT: conflict}))


def meaning(fault: Exception) -> LibraryProblem | None:
    """What a fault of the SDK, of its transport or of the sign-in means. None where it is none of theirs."""
    match fault:
        case ClientAuthenticationError():
            return LibraryDenied("Microsoft gives us no token")
        case AzureError():
            return LibraryAway("Microsoft's sign-in does not answer")
        case httpx.HTTPError() | httpx.InvalidURL() | httpx.StreamError() | KiotaHTTPXError():
            return LibraryAway("the connection to the library was cut")
        case _:
            return None
