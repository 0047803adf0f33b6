"""The HTTP server that the doors share: no banner, no debug pages, bodies limited, one page that says it is alive."""

from __future__ import annotations

from collections.abc import Iterable

from aiohttp import web

LARGEST_BODY = 1_048_576
"""Bytes. Teams sends messages of about 100 KB as UTF-16; JSON may write each of those characters in six bytes."""
LOOPBACK = "127.0.0.1"


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
