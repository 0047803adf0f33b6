"""`cspr run`: start the assistant and its doors."""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import importlib
import logging
import signal
from typing import TYPE_CHECKING

from bot.bell import Bell
from bot.clock import SystemClock
from bot.commands.history import heads_file
from bot.commands.starting import with_settings
from bot.memory import settle_memory
from bot.settings import Settings, SettingsRefused
from bot.wiring import assemble, profile_of
from dialogs.kit import Kit
from state.values import Clock

if TYPE_CHECKING:
    from aiohttp import web

PORT_TAKEN = "CSPR_PORT: {host}:{port} cannot be listened on. Stop what uses it, or choose another port."


def add_to(subcommands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add `run` to the commands."""
    parser = subcommands.add_parser("run", help="start the assistant")
    parser.add_argument("--playground", action="store_true", help="for the Agents Playground, which has no windows")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Answer until told to stop."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    logging.getLogger("transitions").setLevel(logging.WARNING)
    return with_settings(lambda settings: asyncio.run(serve(settings, SystemClock(), windows=not options.playground)))


async def serve(settings: Settings, clock: Clock, *, windows: bool) -> int:
    """Everything that `run` starts, by that clock, until told to stop."""
    from bot.http import application, pooled_session  # noqa: PLC0415 - aiohttp only where there is something to serve
    from bot.opening import ended, opened  # noqa: PLC0415

    profile = profile_of(settings)
    async with pooled_session() as session:
        doors = opened(settings, profile, clock, session, windows=windows)
        deliverers = {channel: one for door in doors for channel, one in door.deliverers.items()}
        parts = await assemble(settings, clock, deliverers, profile=profile)
        with contextlib.closing(parts.store):
            # The routes read the doors' secrets: what is wrong with them is said before anything is sent.
            app = application(route for door in doors for route in door.routes(parts.house))
            await parts.courier.start()
            bell = Bell(parts.store, clock, heads_file(settings), parts.chaser, parts.watcher)
            ahead = asyncio.to_thread(_get_ahead, parts.kit)
            by_itself = [asyncio.create_task(work) for work in (parts.courier.run(), bell.run(), ahead)]
            by_itself += [task for door in doors for task in door.work(parts.house)]
            try:
                await _served(settings, app)
            finally:
                try:
                    for door in doors:
                        await door.settle()
                    await parts.house.settle()
                finally:
                    await ended(by_itself)
                    await parts.let_go()
    return 0


async def _served(settings: Settings, app: web.Application) -> None:
    """Answer until told to stop. Raises SettingsRefused where the port is taken."""
    from bot.http import listen  # noqa: PLC0415

    try:
        runner = await listen(app, local=settings.mode == "local", host=settings.host, port=settings.port)
    except OSError:
        raise SettingsRefused([PORT_TAKEN.format(host=settings.host, port=settings.port)]) from None
    stopped = _told_to_stop()
    print(f"Ready on http://{settings.host}:{settings.port} (stop with Ctrl-C; to talk to it: make playground)", flush=True)
    try:
        await stopped.wait()
    finally:
        await runner.cleanup()


def _get_ahead(kit: Kit) -> None:
    """What need not hold up the start, and what no turn should wait for either. Runs in a thread."""
    importlib.import_module("holidays")  # 0.5 s
    _ = kit.vocabulary  # 0.1 s
    settle_memory()


def _told_to_stop() -> asyncio.Event:
    """Set once we are told to stop: from here on that is an orderly end."""
    stopped = asyncio.Event()
    loop = asyncio.get_running_loop()
    for name in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(name, stopped.set)
    return stopped
