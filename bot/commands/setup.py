"""`cspr setup`: a one-time code with which the first coordinator claims the role in chat."""

from __future__ import annotations

import argparse
import asyncio
import secrets
import sys

from bot.clock import SystemClock
from bot.commands.starting import with_settings
from bot.settings import Settings
from bot.wiring import keys_of, kit_of, profile_of, store_of
from dialogs.people import CODE_LASTS, FIRST, code_text
from state.access import Role
from state.changes import Changes, Entry
from state.records import CodeRecord

SERVER = "server"


def add_to(subcommands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add `setup` to the commands."""
    parser = subcommands.add_parser("setup", help="make a one-time code for the first coordinator")
    parser.set_defaults(run=run)


def run(_options: argparse.Namespace) -> int:
    """Print a code. Only its keyed digest is kept."""
    return with_settings(lambda settings: asyncio.run(_make(settings)))


async def _make(settings: Settings) -> int:
    clock, profile, keys = SystemClock(), profile_of(settings), keys_of(settings)
    kit = kit_of(profile, keys, settings)
    code = code_text(secrets.token_hex(32))
    record = CodeRecord(
        digest=kit.digest("code", code),
        purpose=FIRST,
        role=Role.COORDINATOR.value,
        made_by=SERVER,
        expires_at=clock.now() + CODE_LASTS,
    )
    store = store_of(settings, keys)
    try:
        entry = Entry(chain="partnership", kind="code_made", who=SERVER, what={"role": record.role})
        turn = f"setup:{secrets.token_hex(8)}"
        await store.commit(turn, turn, clock.now(), Changes(puts=(record,), history=(entry,)))
    finally:
        store.close()
    sys.stdout.write(profile.words.say("people.setup", code=code) + "\n")
    return 0
