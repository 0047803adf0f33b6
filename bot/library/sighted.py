"""What was seen in a library: what of it is kept to be told, and when it has been quiet for long enough."""

from __future__ import annotations

import re
from collections.abc import Collection
from datetime import datetime, timedelta
from pathlib import PurePosixPath

from msgspec.structs import replace

from bot.library.storage import Sighting
from state.file_records import FILED, FileRecord, SightingRecord
from state.snapshot import Store
from state.values import Clock, derived_id

QUIET = timedelta(minutes=5)
"""Word saves again and again while somebody writes: a file is told of once it has not changed for so long."""
LONGEST_OPEN = timedelta(hours=12)
"""A program that crashed leaves the file behind that says "open": after that long it says nothing any more."""
SEEN, FIRST, TOLD, LOCK = "seen", "first", "told", "lock"
WORD_HAS_IT, OFFICE_HAS_IT = "~$", ".~lock."
PASSING = re.compile(r"^(~.*|\..*|Thumbs\.db|desktop\.ini|.*\.(tmp|part|crdownload))$", re.IGNORECASE)
"""Files that programs leave for themselves: nobody put them there."""
FOLDER = re.compile(r"^[A-Z]{2,6}-\d{4}-\d{4,5}$")
FORMS = frozenset({".docx", ".docm", ".dotx", ".dotm", ".doc", ".odt", ".rtf"})
"""What somebody may have filled a form in with."""


def name_of(path: str) -> str:
    """The file's own name."""
    return PurePosixPath(path).name


def reference_of(path: str) -> str:
    """The case whose folder a file lies in, by the name of the folder; or nothing."""
    first, slash, _ = path.partition("/")
    return first if slash and FOLDER.match(first) else ""


def like_a_form(path: str) -> bool:
    """Whether it may be a form that somebody filled in, by its name."""
    return PurePosixPath(path).suffix.casefold() in FORMS


def is_lock(path: str) -> bool:
    """Whether it says that somebody has another file open."""
    return name_of(path).startswith((WORD_HAS_IT, OFFICE_HAS_IT))


def is_passing(path: str) -> bool:
    """Whether a program left it there for itself. It may name whoever had a file open."""
    return PASSING.match(name_of(path)) is not None


def quiet_at(row: SightingRecord) -> datetime:
    """When it will have been quiet for long enough."""
    return row.seen_at + QUIET


def is_open(row: SightingRecord, locks: Collection[SightingRecord], now: datetime) -> bool:
    """Whether somebody has it open: a program's own file beside it says so. Word leaves the first two letters out."""
    beside, name = str(PurePosixPath(row.path).parent), name_of(row.path)
    names = {f"{WORD_HAS_IT}{name}", f"{WORD_HAS_IT}{name[2:]}", f"{OFFICE_HAS_IT}{name}#"}
    return any(
        name_of(one.path) in names and str(PurePosixPath(one.path).parent) == beside and now - one.seen_at < LONGEST_OPEN
        for one in locks
    )


class Sights:
    """Makes a row of what a library says that it saw; of what is known already, none."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store, self._clock = store, clock

    async def row(self, shelf: str, seen: Sighting, *, first: bool) -> SightingRecord | None:
        """What is to be kept of it. `first`: the library is looked at for the first time."""
        before = await self._store.sighting_of(derived_id(shelf, seen.item))
        if not seen.path:
            return await self._gone(shelf, seen, before)
        if is_lock(seen.path):
            return self._made(shelf, seen, before, LOCK)
        if is_passing(seen.path) or _same(before, seen):
            return None
        ours = await self.record(shelf, seen.item, seen.path)
        if before is None and ours is not None and _untouched(ours, seen):
            return None
        return self._made(shelf, seen, before, _state(shelf, seen.path, first=first))

    async def record(self, shelf: str, item: str, path: str) -> FileRecord | None:
        """The file of ours that it is: by the library's own id, or one that was put in its place."""
        return await self._store.file_at(shelf, item=item) or await self._store.file_at(shelf, path=path)

    async def whose(self, account: str) -> str:
        """The person whose account a library names."""
        return await self._store.person_of(account) if account else ""

    async def _gone(self, shelf: str, seen: Sighting, before: SightingRecord | None) -> SightingRecord | None:
        """Of a file that nobody was told of nothing is kept, unless it was ours."""
        if before is not None:
            return None if before.gone else self._no_more(before, seen)
        ours = await self._store.file_at(shelf, item=seen.item)
        if ours is None:
            return None
        return replace(self._made(shelf, seen, None, SEEN), path=ours.path, tag=ours.tag, gone=True)

    def _no_more(self, before: SightingRecord, seen: Sighting) -> SightingRecord:
        state = TOLD if before.state == LOCK else SEEN
        known = before.known or before.state == TOLD
        return replace(before, gone=True, by=seen.by, seen_at=self._clock.now(), state=state, known=known, batch="")

    def _made(self, shelf: str, seen: Sighting, before: SightingRecord | None, state: str) -> SightingRecord:
        return SightingRecord(
            id=derived_id(shelf, seen.item),
            shelf=shelf,
            item=seen.item,
            path=seen.path,
            tag=seen.tag,
            size=seen.size,
            by=seen.by,
            seen_at=self._clock.now(),
            state=state,
            known=before is not None and _known(before),
            moved=before is not None and (before.path != seen.path or (before.moved and before.state != TOLD)),
            digest=before.digest if before else "",
            version=before.version if before else 0,
        )


def _known(before: SightingRecord) -> bool:
    """Whether people know that the file is there: of one that was told to be gone they do not."""
    return not before.gone if before.state == TOLD else before.known


def _same(before: SightingRecord | None, seen: Sighting) -> bool:
    return before is not None and not before.gone and (before.path, before.tag) == (seen.path, seen.tag)


def _untouched(ours: FileRecord, seen: Sighting) -> bool:
    """Whether it is as we left it, where we left it."""
    return ours.state == FILED and (ours.tag, ours.path) == (seen.tag, seen.path)


def _state(shelf: str, path: str, *, first: bool) -> str:
    """What there was at the first look is known to everybody; only a form that was left there is read."""
    if not first:
        return SEEN
    return FIRST if shelf and like_a_form(path) else TOLD
