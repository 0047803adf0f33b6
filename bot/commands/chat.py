"""`cspr chat`: talk to the assistant in this terminal. A self-contained conversation on the data folder; local mode only."""

from __future__ import annotations

import argparse
import asyncio
import sys
from datetime import timedelta

from bot.clock import MovableClock
from bot.commands.starting import with_settings
from bot.console.places import ConsoleDeliverer
from bot.console.session import Session
from bot.console.terminal import terminal
from bot.settings import Settings
from bot.wiring import Assembled, assemble, profile_of
from dialogs.reply import Reply
from state.values import Channel

SHORTLY = timedelta(seconds=10)
"""What would be tried again so soon is tried at once: nothing is sent here while nobody types."""
COPIES = "copies"
"""Where in the data folder a document lies that somebody had sent to them in this terminal."""


def add_to(subcommands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add `chat` to the commands."""
    parser = subcommands.add_parser("chat", help="talk to the assistant in this terminal")
    parser.add_argument("--as", dest="person", default="practitioner", help="who you are: an id of the invented people")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Talk until the end of input."""
    return with_settings(lambda settings: _chat(settings, options.person))


def _chat(settings: Settings, person: str) -> int:
    if settings.mode != "local":
        sys.stderr.write("The console works in local mode only. Set CSPR_MODE=local.\n")
        return 1
    return asyncio.run(_talk(settings, person))


async def _talk(settings: Settings, person: str) -> int:
    clock, profile = MovableClock(), profile_of(settings)
    waiting: list[Session] = []

    def show(conversation: str, reply: Reply) -> None:
        waiting[0].show(conversation, reply)

    deliverer = ConsoleDeliverer(show, settings.data / COPIES, profile.words)
    parts = await assemble(settings, clock, {Channel.CONSOLE: deliverer}, profile=profile)
    try:
        await parts.courier.start()
        session = Session(
            parts.house,
            profile,
            clock,
            deliverer,
            settle=lambda: settle(parts),
            chaser=parts.chaser,
            watcher=parts.watcher,
            read=terminal(),
            write=_write,
        )
        waiting.append(session)
        await session.run(person)
    finally:
        await parts.let_go()
        parts.store.close()
    return 0


async def settle(parts: Assembled) -> None:
    """Send everything there is to send, and then the copies that waited for a document that is made by now."""
    await parts.house.settle()
    while await parts.courier.pass_once():
        pass
    await parts.courier.pass_once(ahead=SHORTLY)


def _write(line: str) -> None:
    print(line, flush=True)
