"""Watching the libraries: what people do there is noticed, kept, and told once it has been quiet for a while.

What was seen is kept in the same step as the mark up to which a library was looked at, and the turn that tells it before it
is taken. So a crash in between loses nothing, and tells nothing twice.
"""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime

from msgspec.structs import replace

from bot.clockwork import by_the_library
from bot.house import TheHouse
from bot.library.crowd import not_one_by_one
from bot.library.filing import Filing
from bot.library.finding import Finding, Found, Read
from bot.library.sighted import LOCK, TOLD, Sights, is_open, quiet_at
from bot.library.storage import LibraryProblem, Sighting, Sightings
from dialogs.turn import Change, HandedIn, Noticed
from state.file_records import MarkRecord, SightingRecord
from state.snapshot import Conflict, Store, Wanted
from state.values import Clock, derived_id

log = logging.getLogger("cspr.library")
TURN = "library:"


class Watcher:
    """Looks at every library. Several processes may look at once: the versions of what is kept are the guard."""

    def __init__(self, store: Store, filing: Filing, house: TheHouse, clock: Clock, read: Read) -> None:
        self._store, self._filing, self._house, self._clock = store, filing, house, clock
        self._sights, self._read = Sights(store, clock), read

    async def look(self) -> int:
        """Look once. Returns how many turns told something. A library that is away is looked at the next time."""
        found: list[Found] = []
        for shelf in self._filing.shelves:
            try:
                await self._see(shelf)
                found += await self._quiet(shelf)
            except LibraryProblem as problem:
                log.warning("a library could not be looked at: %s", type(problem).__name__)
            except Conflict:
                log.info("a library is being looked at elsewhere")
            except Exception as fault:  # one library's fault must not keep the others from being looked at
                log.error("a library could not be looked at: %s", type(fault).__name__)
        return await self._tell(found)

    async def next_after(self, now: datetime) -> datetime | None:
        """When something that was seen will have been quiet for long enough, if anything waits for that."""
        rows = [row for shelf in self._filing.shelves for row in await self._store.untold(shelf) if row.state != LOCK]
        return min((at for row in rows if (at := quiet_at(row)) > now), default=None)

    async def _see(self, shelf: str) -> None:
        """Keep what was seen since the last look, and the mark for the next, in one step."""
        mark = await self._store.mark_of(shelf)
        found = await self._filing.shelves[shelf].changes(mark.mark if mark else "")
        if mark is not None and not found.seen and found.mark == mark.mark:
            return
        first = mark is None and not await self._store.sightings_of(shelf)
        gone = await self._not_seen(shelf, found) if found.whole and not first else []
        seen = _last([*found.seen, *gone])
        rows = [row for one in seen if (row := await self._sights.row(shelf, one, first=first)) is not None]
        version = mark.version if mark else 0
        await self._store.keep(*rows, MarkRecord(shelf=shelf, mark=found.mark, at=self._clock.now(), version=version))

    async def _not_seen(self, shelf: str, found: Sightings) -> list[Sighting]:
        """What a look that saw everything did not see any more: it was taken away since the mark that was lost.

        Where nothing is seen that is known, it is another library: the settings name it, and what lay in the old one is there.
        """
        known = [*(await self._store.items_of(shelf)), *(one.item for one in await self._store.sightings_of(shelf))]
        seen = {one.item for one in found.seen}
        return [Sighting(item=item, path="") for item in dict.fromkeys(known) if item not in seen] if seen & {*known} else []

    async def _quiet(self, shelf: str) -> list[Found]:
        """What waits to be told and is left alone now."""
        now, untold = self._clock.now(), await self._store.untold(shelf)
        locks = [row for row in untold if row.state == LOCK]
        rows = [row for row in untold if row.state != LOCK and quiet_at(row) <= now and not is_open(row, locks, now)]
        waiting = [row for row in rows if not await self._was_told(row)]
        return await Finding(shelf, self._filing.shelves[shelf], self._sights, self._read).found(waiting)

    async def _was_told(self, row: SightingRecord) -> bool:
        """Whether the turn came to its end that was telling it when something went wrong."""
        if not row.batch or not (await self._store.read(Wanted(turn=f"{TURN}{row.batch}", person="", place=""))).seen:
            return False
        await self._store.keep(replace(row, state=TOLD, batch=""))
        return True

    async def _tell(self, found: Sequence[Found]) -> int:
        """What happened to files of one case is told together; a form that was left is a turn of its own."""
        changes: dict[str, list[Found]] = defaultdict(list)
        told = 0
        for one in not_one_by_one(found):
            if one.change is not None:
                changes[one.reference].append(one)
            elif one.handed is not None:
                told += await self._turn(one.handed, one.rows)
            else:
                await self._done(one.rows)
        for reference, those in changes.items():
            said = Noticed(reference=reference, changes=tuple(_changes(those)))
            told += await self._turn(said, tuple(row for one in those for row in one.rows))
        return told

    async def _turn(self, said: HandedIn | Noticed, rows: Sequence[SightingRecord]) -> bool:
        name = derived_id("library", " ".join(f"{row.id}:{row.version}" for row in rows))
        try:
            await self._store.keep(*(replace(row, batch=name) for row in rows))
            await self._house.take(by_the_library(f"{TURN}{name}", said, self._clock.now()))
        except Conflict:
            return False
        await self._done([replace(row, version=row.version + 1) for row in rows])
        return True

    async def _done(self, rows: Sequence[SightingRecord]) -> None:
        try:
            await self._store.keep(*(replace(row, state=TOLD, batch="") for row in rows))
        except Conflict:
            log.info("what was told is being looked at elsewhere")


def _last(seen: Sequence[Sighting]) -> list[Sighting]:
    """Each file once, as it was last seen."""
    return list({one.item: one for one in seen}.values())


def _changes(found: Sequence[Found]) -> list[Change]:
    return [one.change for one in found if one.change is not None]
