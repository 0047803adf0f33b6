"""What the doors share of HTTP: the server (no banner, no debug pages, bodies limited, one page that says it is alive), and the
one session on which everything is sent.
"""

from __future__ import annotations

import asyncio
import logging
import traceback
from collections.abc import Iterable

import aiohttp
from aiohttp import web

LARGEST_BODY = 1_048_576
"""Bytes. Teams sends messages of about 100 KB as UTF-16; JSON may write each of those characters in six bytes."""
SLOWEST_BODY = 10
"""Seconds in which a caller must have sent its body."""
LOOPBACK = "127.0.0.1"


def pooled_session() -> aiohttp.ClientSession:
    """The one session everything is sent on. It keeps no cookies and follows no proxy of the environment."""
    return aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar(), connector=aiohttp.TCPConnector(limit=100))


def application(routes: Iterable[web.RouteDef]) -> web.Application:
    """The server with the doors' routes and `GET /healthz`."""
    app = web.Application(client_max_size=LARGEST_BODY)
    app.router.add_routes([web.get("/healthz", _alive), *routes])
    app.on_response_prepare.append(_bare)
    return app


async def _alive(_: web.Request) -> web.Response:
    """Says that the process answers, and nothing else."""
    return web.Response(status=204)


async def _bare(_: web.Request, response: web.StreamResponse) -> None:
    """Say nothing of what we run on, and let nobody keep or guess at an answer."""
    response.headers.popall("Server", None)
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Content-Type-Options"] = "nosniff"


async def listen(app: web.Application, *, local: bool, host: str, port: int) -> web.AppRunner:
    """Start answering; the caller cleans the runner up. Local mode listens on this machine alone, whatever the host.

    Nothing is unpacked: a small packed body of a stranger could keep everybody waiting while it grows.
    """
    runner = web.AppRunner(app, access_log=None, handle_signals=False, auto_decompress=False)
    await runner.setup()
    await web.TCPSite(runner, LOOPBACK if local else host, port).start()
    return runner


async def body_of(request: web.Request, *kinds: str) -> bytes:
    """The body of a request of one of those content types. Raises the HTTP error that it is answered with."""
    if request.content_type not in kinds or "Content-Encoding" in request.headers:
        raise web.HTTPUnsupportedMediaType
    if request.content.is_eof():  # It has come whole already, as most do: there is nothing to wait for.
        return await request.read()
    try:
        async with asyncio.timeout(SLOWEST_BODY):
            return await request.read()
    except TimeoutError:
        raise web.HTTPRequestTimeout from None


def refusal(status: int, what: str) -> web.Response:
    """An answer that says no more than it must."""
    return web.json_response({"error": what}, status=status)


def crashed(log: logging.Logger, door: str, error: Exception, reference: str) -> web.Response:
    """The answer after a bug, with a number that is in the log too."""
    log.error("%s: turn failed, reference %s, %s in %s", door, reference, type(error).__name__, where(error))
    return web.json_response({"error": "internal error", "reference": reference}, status=500)


def where(error: Exception) -> str:
    """Where it broke, without a value in it: an error's text may hold what a person typed."""
    return " < ".join(f"{frame.name}:{frame.lineno}" for frame in reversed(traceback.extract_tb(error.__traceback__)))
