"""`cspr delivery`: what was sent, to whom, and how it ended: the delivery ledger, without anything of its content."""

from __future__ import annotations

import argparse
import asyncio
import sys

from bot.commands.starting import with_settings
from bot.settings import Settings
from bot.wiring import keys_of, profile_of, store_of
from dialogs.asking.references import reference_in
from dialogs.delivered.rows import what
from state.changes import OutboxRow, OutboxStatus
from state.records import CaseRecord
from state.snapshot import Wanted
from state.sqlite import SqliteStore
from state.values import to_london
from templates.profile import Profile

HELP = "list what was sent, and what did not get through"
LIMIT = 100
ENDED = {
    OutboxStatus.QUEUED: "waits",
    OutboxStatus.SENDING: "being sent",
    OutboxStatus.SENT: "sent",
    OutboxStatus.UNCERTAIN: "uncertain",
    OutboxStatus.DEAD: "given up",
    OutboxStatus.DROPPED: "not needed",
    OutboxStatus.PUT_OFF: "waits for working hours",
}


def add_to(subcommands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add `delivery` to the commands."""
    about = f"{HELP[0].upper()}{HELP[1:]}: newest first, a line each, and nothing of what was said."
    parser = subcommands.add_parser("delivery", help=HELP, description=about)
    parser.add_argument("--case", metavar="REF", default="", help="only what is about this case, such as NS-2026-0007")
    parser.add_argument("--failed", action="store_true", help="only what was given up, or may not have arrived")
    parser.add_argument("--limit", type=int, default=LIMIT, help="at most so many lines (default: %(default)s)")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """0 with a line for each row, 1 where there is no such case."""
    return with_settings(lambda settings: asyncio.run(_list(settings, options)))


async def _list(settings: Settings, options: argparse.Namespace) -> int:
    profile = profile_of(settings)
    store = store_of(settings, keys_of(settings))
    try:
        case = await _named(store, reference_in(options.case, profile.file.prefix)) if options.case else None
        if options.case and case is None:
            sys.stderr.write(f"{options.case}: there is no such case. Check the reference.\n")
            return 1
        rows = await store.ledger(case=case.id if case else "", limit=max(options.limit, 1), failed=options.failed)
        lines = [await _line(store, profile, row, case) for row in rows]
    finally:
        store.close()
    sys.stdout.write("".join(f"{line}\n" for line in lines) or "Nothing to list.\n")
    return 0


async def _named(store: SqliteStore, reference: str) -> CaseRecord | None:
    wanted = Wanted(turn="", person="", place="", reference=reference)
    return (await store.read(wanted)).case if reference else None


async def _line(store: SqliteStore, profile: Profile, row: OutboxRow, case: CaseRecord | None) -> str:
    """When, how it ended, what it was, where it went, about which case, how often it was tried, and why it failed."""
    when = to_london(row.made_at).strftime("%Y-%m-%d %H:%M")
    parts = [str(row.id), when, ENDED.get(row.status, row.status.value), what(profile.words, row), await _where(store, row)]
    parts += [await _about(store, row, case), f"tries {row.attempts}"]
    if row.reason:
        parts.append(profile.words.say(row.reason) if profile.words.has(row.reason) else row.reason)
    return "\t".join(part for part in parts if part)


async def _where(store: SqliteStore, row: OutboxRow) -> str:
    """The organisation whose channel it is, or the id of the person. Names stand in the chat alone."""
    place = (await store.read(Wanted(turn="", person="", place=row.send.place))).place if row.send.place else None
    tied, person = (place.tied_to, place.person) if place else ("", "")
    return tied or row.send.to_person or person or row.send.lane.partition(":")[0]


async def _about(store: SqliteStore, row: OutboxRow, case: CaseRecord | None) -> str:
    """The reference. That of a restricted case only where it was asked for by name."""
    if case is not None or not row.send.case:
        return case.reference if case else ""
    found = (await store.read(Wanted(turn="", person="", place="", case=row.send.case))).case
    return "a restricted case" if found and found.restricted else found.reference if found else ""
