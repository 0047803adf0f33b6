"""Every call to Graph goes through here: it waits its turn, and what goes wrong comes out as a library says it."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Callable
from typing import TYPE_CHECKING, NoReturn, TypeVar

import msgspec

from bot.library.storage import LibraryAway, LibraryDenied, LibraryProblem
from bot.sharepoint.addresses import holds_content
from bot.sharepoint.budget import READ, Budget
from bot.sharepoint.client import Client
from bot.sharepoint.faults import Answer, Doing, NotTaken, codes_in, problem_of
from bot.sharepoint.settings import SharePointSettings, SharePointSettingsError
from state.values import Clock

if TYPE_CHECKING:
    import httpx
    from kiota_abstractions.request_information import RequestInformation

    from bot.sharepoint.sdk import Requests

T = TypeVar("T")
log = logging.getLogger("cspr.sharepoint")

LONGEST = 3
"""One call is given up after so many times the time in which there must be an answer, whatever keeps it."""
LARGEST = 256 * 1024 * 1024
"""Bytes of a file that is fetched: what a person put into a library is not ours, and may be anything."""


class Reply(msgspec.Struct, frozen=True):
    """What was answered. `leads_to` is where a redirect would go: none is followed unseen."""

    status: int
    body: bytes
    leads_to: str = ""
    retry_after: str = ""

    def read(self, kind: type[T]) -> T:
        """The body as one of Graph's resources. Raises LibraryAway for anything else, such as a gateway's page."""
        try:
            return msgspec.json.decode(self.body, type=kind)
        except (msgspec.DecodeError, UnicodeDecodeError):
            raise LibraryAway("the library answered something else") from None


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
        self, ask: Callable[[Requests], RequestInformation], units: int = READ, doing: Doing = Doing.LOOKING
    ) -> Reply:
        """One call through the SDK. Raises LibraryProblem."""
        await self._budget.spend(units)
        try:
            sdk = await self._client.sdk()
            async with asyncio.timeout(LONGEST * self.settings.answers_in):
                answer = await sdk.send(ask(sdk.requests))
            reply = _reply(answer, answer.content)
        except Exception as fault:
            self._failed(fault)
        return self._taken(reply, doing)

    async def plain(
        self, method: str, url: str, *, doing: Doing = Doing.LOOKING, content: bytes | None = None, span: str = ""
    ) -> Reply:
        """One call to an address that Graph named, without our token. Raises LibraryProblem."""
        if not holds_content(url, self.settings):
            log.error("an answer of Graph names an address that is not on the list of those that content may go to")
            raise LibraryDenied("the address is not on the list")
        await self._budget.spend(READ)
        headers = {"Content-Range": span} if span else {}
        try:
            http = (await self._client.sdk()).content
            async with asyncio.timeout(LONGEST * self.settings.moves_in):
                reply = await _fetched(http, http.build_request(method, url, content=content, headers=headers))
        except Exception as fault:
            self._failed(fault)
        return self._taken(reply, doing)

    def _taken(self, reply: Reply, doing: Doing) -> Reply:
        """The answer where it is none of an error."""
        if reply.status < 400:
            return reply
        codes = codes_in(_json(reply.body))
        problem = problem_of(Answer(reply.status, codes, reply.retry_after), doing, self._clock.now())
        if reply.status in (429, 503) and isinstance(problem, LibraryAway) and problem.again_after is not None:
            self._budget.rest(problem.again_after)
        if isinstance(problem, LibraryDenied):
            log.warning("SharePoint does not let us in: %s, %s", reply.status, ", ".join(map(_word, codes)) or "no code")
        raise problem

    def _failed(self, fault: Exception) -> NoReturn:
        """Raises what a fault means; a bug of ours as itself."""
        from bot.sharepoint.sdk import meaning  # noqa: PLC0415 - it imports the SDK, as the call did

        if isinstance(fault, LibraryProblem):
            raise fault
        if isinstance(fault, SharePointSettingsError):
            log.error("%s", fault)
            raise LibraryDenied("the credential cannot be used") from None
        if (problem := meaning(fault)) is not None:
            log.info("SharePoint: %s", type(fault).__name__)
            raise problem from None
        if isinstance(fault, TimeoutError | OSError):
            raise LibraryAway("the library does not answer") from None
        raise fault


async def _fetched(http: httpx.AsyncClient, request: httpx.Request) -> Reply:
    answer = await http.send(request, stream=True, follow_redirects=False)
    try:
        body = bytearray()
        async for part in answer.aiter_bytes():
            body += part
            if len(body) > LARGEST:
                raise NotTaken("a file is too large to be fetched")
        return _reply(answer, bytes(body))
    finally:
        await answer.aclose()


def _reply(answer: httpx.Response, body: bytes) -> Reply:
    leads_to = answer.headers.get("Location", "") if 300 <= answer.status_code < 400 else ""
    return Reply(answer.status_code, body, leads_to, answer.headers.get("Retry-After", ""))


def _json(body: bytes) -> object:
    try:
        found: object = json.loads(body)
    except ValueError:
        return None
    return found


def _word(code: str) -> str:
    """A code, and nothing else that an answer may say in its place."""
    return code[:40] if code.isascii() and code.isalnum() else "?"
