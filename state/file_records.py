"""Rows about the document library: what we filed there, and up to where its changes were looked at."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import ClassVar, Protocol

import msgspec

from state.changes import OutboxRow
from state.records import Record

GOING, FILED, TAKEN, GONE = "going", "filed", "taken", "gone"
"""States of a file: while it is written, once it is there, where the name is somebody else's file, once it was taken away."""


class Left(msgspec.Struct, frozen=True):
    """What we had written where something else is being written now: its digest and outline."""

    digest: str = ""
    outline: dict[str, str] = {}


class Differs(msgspec.Struct, frozen=True):
    """What differs between a version that a person changed and the one that was filed beside it, part by part."""

    number: int = 0
    """Of the version that the person changed; 0 where there is nothing to tell, or it was told."""
    by_hand: tuple[str, ...] = ()
    new: tuple[str, ...] = ()


class FileRecord(Record, frozen=True, kw_only=True):
    """One file of ours in a library: kept before it is written, so that it is never written twice.

    `shelf` is empty for the case library, else the organisation whose own library it is. `series` is the file without its
    number (`NS-2026-0007/05 Rapid review/NS-2026-0007 3 Rapid review.docx`), `path` is the file itself.
    """

    TABLE: ClassVar[str] = "files"
    KEY: ClassVar[tuple[str, ...]] = ("id",)
    SECRET: ClassVar[frozenset[str]] = frozenset({"outline", "upload", "over", "beside"})

    id: str
    shelf: str
    series: str
    number: int
    path: str
    case: str = ""
    what: str = ""
    """What it is (`Send.what`): the id of its form, and of the request that it is for."""
    item: str = ""
    """The library's own id of it."""
    tag: str = ""
    """The library's own mark of its content as we left it: another one there says that somebody changed it."""
    digest: str
    """SHA-256 of what we wrote, in hexadecimal; empty where a release filed it that kept no record of that."""
    size: int = 0
    url: str = ""
    """Where people open it, where they can."""
    state: str = GOING
    outline: dict[str, str] = msgspec.field(default_factory=dict)
    """What we wrote or are writing, part by part: its name and a digest of its text. It says later what a person changed."""
    upload: str = ""
    """Where a large file is being written: whoever has this address may write there."""
    over: Left = Left()
    """While a file of ours is being replaced: what we had written there before."""
    beside: Differs = Differs()
    """What has to be told once it is filed, because it lies beside one that a person changed."""
    held_at: datetime | None = None
    """Since when it waits for somebody who has the file open or checked out."""
    made_at: datetime
    filed_at: datetime | None = None
    changed_at: datetime | None = None
    """When it was seen that somebody changed it."""


class MarkRecord(Record, frozen=True, kw_only=True):
    """Up to where the changes of a library were looked at, as the library itself says it."""

    TABLE: ClassVar[str] = "marks"
    KEY: ClassVar[tuple[str, ...]] = ("shelf",)
    SECRET: ClassVar[frozenset[str]] = frozenset({"mark"})

    shelf: str
    mark: str
    at: datetime


class SightingRecord(Record, frozen=True, kw_only=True):
    """What was last seen of a file to which somebody did something, and whether it was told: kept before it is told.

    What people call their files and folders may name somebody: it is kept sealed.
    """

    TABLE: ClassVar[str] = "sightings"
    KEY: ClassVar[tuple[str, ...]] = ("id",)
    SECRET: ClassVar[frozenset[str]] = frozenset({"item", "path"})

    id: str
    """Made of the shelf and the library's own id of the file."""
    shelf: str
    item: str
    path: str
    """Where it is now, or was last."""
    gone: bool = False
    tag: str = ""
    """The library's own mark of its content; of a file that is gone, the last that was seen."""
    size: int = 0
    by: str = ""
    """Who did it, where the library says so."""
    seen_at: datetime
    """When this content was first seen there: a file that is still being written is left alone for a while."""
    state: str = "seen"
    """`seen` while it waits to be told, `first` where the library was looked at for the first time, `told`, or `lock`: it says
    that somebody has another file open."""
    known: bool = False
    """Whether the file was told of, or known, before this."""
    moved: bool = False
    """Whether it lies elsewhere than it was last known to lie."""
    digest: str = ""
    """Of what people read in it, as it was told last."""
    batch: str = ""
    """The turn in which it is being told: whether that came to its end, the store knows."""


FILE_RECORDS: tuple[type[Record], ...] = (FileRecord, MarkRecord, SightingRecord)


class Files(Protocol):
    """What is known of files in the libraries, and of what is on its way there. They are written outside of turns."""

    async def files_of(self, shelf: str, series: str) -> Sequence[FileRecord]:
        """Every version of one document in a library, oldest first."""
        ...

    async def file_at(self, shelf: str, *, item: str = "", path: str = "") -> FileRecord | None:
        """A file of ours by the library's own id, or else by its path there."""
        ...

    async def mark_of(self, shelf: str) -> MarkRecord | None:
        """Up to where the changes of a library were looked at."""
        ...

    async def sighting_of(self, sighting: str) -> SightingRecord | None:
        """What was last seen of a file, by the id of the sighting."""
        ...

    async def untold(self, shelf: str) -> Sequence[SightingRecord]:
        """What was seen in a library and is not told yet, and what says that a file is open; oldest first."""
        ...

    async def sightings_of(self, shelf: str) -> Sequence[SightingRecord]:
        """What was last seen of every file of a library to which somebody did something."""
        ...

    async def items_of(self, shelf: str) -> Sequence[str]:
        """The library's own ids of every file that we filed there and that nobody took away, as far as we know."""
        ...

    async def keep(self, *records: Record) -> None:
        """Write records that belong to no turn, in one durable step. Raises Conflict where somebody else was first."""
        ...

    async def ledger(self, *, case: str = "", limit: int = 100, failed: bool = False) -> Sequence[OutboxRow]:
        """The delivery ledger of a case, or of all, newest first. No body is opened: `send.body` is None."""
        ...
