"""Every call to Graph goes through here: it waits its turn, and what goes wrong comes out as a library says it."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any, NoReturn, TypeVar

import msgspec

from bot.library.storage import LibraryAway, LibraryDenied, LibraryProblem
from bot.sharepoint.addresses import holds_content
from bot.sharepoint.budget import READ, Budget
from bot.sharepoint.client import Client
from bot.sharepoint.faults import Answer, Doing, NotTaken, codes_in, problem_of
from bot.sharepoint.settings import SharePointSettings, SharePointSettingsError
from state.values import Clock

if TYPE_CHECKING:
    from kiota_abstractions.api_error import APIError
    from msgraph.graph_service_client import GraphServiceClient

T = TypeVar("T")
log = logging.getLogger("cspr.sharepoint")

LONGEST = 3
"""One call is given up after so many times the time in which there must be an answer, whatever keeps it."""
LARGEST = 256 * 1024 * 1024
"""Bytes of a file that is fetched: what a person put into a library is not ours, and may be anything."""


class Plain(msgspec.Struct, frozen=True):
    """What an address answered."""

    status: int
    body: bytes
    retry_after: str = ""

    def json(self) -> object:
        """The body, or None where it is no JSON."""
        try:
            found: object = json.loads(self.body)
        except ValueError:
            return None
        return found


class Calls:
    """Graph and the addresses that it names, behind one budget for every library."""

    def __init__(self, client: Client, budget: Budget, clock: Clock) -> None:
        self._client, self._budget, self._clock = client, budget, clock

    @property
    def settings(self) -> SharePointSettings:
        """Who we are, and where."""
        return self._client.settings

    async def close(self) -> None:
        """Let go of every connection."""
        await self._client.close()

    async def graph(
        self, ask: Callable[[GraphServiceClient], Awaitable[T | None]], units: int = READ, doing: Doing = Doing.LOOKING
    ) -> T:
        """One call through the SDK. Raises LibraryProblem."""
        await self._budget.spend(units)
        try:
            async with asyncio.timeout(LONGEST * self.settings.answers_in):
                answer = await ask(await self._client.graph())
        except Exception as fault:
            self._failed(fault, doing)
        if answer is None:
            raise LibraryAway("the library answered nothing")
        return answer

    async def plain(
        self,
        method: str,
        url: str,
        *,
        doing: Doing = Doing.LOOKING,
        content: bytes | None = None,
        headers: dict[str, str] | None = None,
    ) -> Plain:
        """One call to an address that Graph named, without our token. Raises LibraryProblem."""
        if not holds_content(url, self.settings):
            log.error("an answer of Graph names an address that is not on the list of those that content may go to")
            raise LibraryDenied("the address is not on the list")
        await self._budget.spend(READ)
        try:
            async with asyncio.timeout(LONGEST * self.settings.moves_in):
                answer = await self._fetched(method, url, content, headers)
        except Exception as fault:
            self._failed(fault, doing)
        if 200 <= answer.status < 300:
            return answer
        self._refused(Answer(answer.status, codes_in(answer.json()), answer.retry_after), doing)

    async def _fetched(self, method: str, url: str, content: bytes | None, headers: dict[str, str] | None) -> Plain:
        http = await self._client.content()
        async with http.stream(method, url, content=content, headers=headers, follow_redirects=False) as answer:
            body = bytearray()
            async for part in answer.aiter_bytes():
                body += part
                if len(body) > LARGEST:
                    raise NotTaken("a file is too large to be fetched")
            return Plain(answer.status_code, bytes(body), answer.headers.get("Retry-After", ""))

    def _failed(self, fault: Exception, doing: Doing) -> NoReturn:
        """Raises what a fault means; a bug of ours as itself."""
        if isinstance(fault, LibraryProblem):
            raise fault
        if isinstance(fault, SharePointSettingsError):
            log.error("%s", fault)
            raise LibraryDenied("the credential cannot be used") from None
        if isinstance(fault, TimeoutError | OSError):
            raise LibraryAway("the library does not answer") from None
        _raise_known(fault, lambda answer: self._refused(answer, doing))
        raise fault

    def _refused(self, answer: Answer, doing: Doing) -> NoReturn:
        problem = problem_of(answer, doing, self._clock.now())
        if answer.status in (429, 503) and isinstance(problem, LibraryAway) and problem.again_after is not None:
            self._budget.rest(problem.again_after)
        if isinstance(problem, LibraryDenied):
            log.warning(
                "SharePoint does not let us in: %s, %s", answer.status, ", ".join(map(_word, answer.codes)) or "no code"
            )
        raise problem from None


def _raise_known(fault: Exception, refused: Callable[[Answer], NoReturn]) -> None:
    """Raises what a fault of the SDK, of its transport or of the sign-in means. Returns where it is none of theirs."""
    import httpx  # noqa: PLC0415 - there is a client by now, so these are imported
    from azure.core.exceptions import AzureError, ClientAuthenticationError  # noqa: PLC0415
    from kiota_abstractions.api_error import APIError  # noqa: PLC0415
    from kiota_http._exceptions import KiotaHTTPXError  # noqa: PLC0415

    match fault:
        case APIError():
            refused(_answer_of(fault))
        case ClientAuthenticationError():
            log.warning("SharePoint: no token, %s", type(fault).__name__)
            raise LibraryDenied("Microsoft gives us no token") from None
        case AzureError():
            raise LibraryAway("Microsoft's sign-in does not answer") from None
        case httpx.HTTPError() | httpx.InvalidURL() | httpx.StreamError() | KiotaHTTPXError() | json.JSONDecodeError():
            raise LibraryAway("the connection to the library was cut") from None
        case _:
            return


def _answer_of(error: APIError) -> Answer:
    """What the SDK made of an error: its first code is a field, and those inside lie in what the SDK does not know."""
    main: Any = getattr(error, "error", None)
    inner = getattr(main, "inner_error", None)
    more = codes_in({"error": getattr(inner, "additional_data", None)})
    codes = ((main.code,) if main is not None and main.code else ()) + more
    headers: Any = error.response_headers or {}
    return Answer(error.response_status_code or 500, codes, headers.get("Retry-After") or "")


def _word(code: str) -> str:
    """A code, and nothing else that an answer may say in its place."""
    return code[:40] if code.isascii() and code.isalnum() else "?"
