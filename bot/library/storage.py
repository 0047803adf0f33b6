"""What a document library has to be able to do, whatever stands behind it: a folder, or SharePoint."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Mapping
from typing import Protocol

import msgspec

NAME = re.compile(r"^[A-Za-z0-9][A-Za-z0-9 _.-]{0,100}")


class LibraryProblem(Exception):
    """Something kept a document from being filed or read. The message holds no name of a file."""


class LibraryRefused(LibraryProblem):
    """What is never done, however often it is tried: such as a name that could lead outside the library.

    Names are made of plain letters, digits, spaces, dots and hyphens.
    """


class Gone(LibraryProblem):
    """There is no such file any more."""


class LibraryAway(LibraryProblem):
    """The library cannot be reached now: it does not answer, it is too busy, or there is nothing where it should be.

    `again_after` is in seconds, where the library said how long it wants to be left alone.
    """

    def __init__(self, why: str = "", again_after: float | None = None) -> None:
        super().__init__(why)
        self.again_after = again_after


class LibraryDenied(LibraryProblem):
    """The library does not let the assistant in, or not do this: somebody has to change a permission."""


class NameTaken(LibraryProblem):
    """There is a file of that name already."""


class Changed(LibraryProblem):
    """Somebody changed the file since it was looked at."""


class Held(LibraryProblem):
    """Somebody has the file open or checked out, so that it cannot be replaced now."""

    def __init__(self, why: str = "", again_after: float | None = None) -> None:
        super().__init__(why)
        self.again_after = again_after


class Item(msgspec.Struct, frozen=True, kw_only=True):
    """A file in a library. `tag` is another one whenever its content is; `url` is where people open it, where they can."""

    id: str
    path: str
    tag: str
    size: int
    url: str = ""


class Columns(msgspec.Struct, frozen=True, kw_only=True):
    """What stands beside a file in the list of the library: by reference only."""

    reference: str
    document: str
    organisation: str = ""
    state: str = ""
    version: str = ""
    """Its number, as whoever files it has it: a document does not know it of itself."""


class Sighting(msgspec.Struct, frozen=True, kw_only=True):
    """A file that was added, changed, renamed, moved or taken away since a library was last looked at."""

    item: str
    path: str
    """Where it is now; empty where it is gone."""
    tag: str = ""
    size: int = 0
    by: str = ""
    """Who did it, as tenant and object id (`Who.id`), where the library says so."""


class Sightings(msgspec.Struct, frozen=True, kw_only=True):
    """What was seen, in any order and perhaps twice, and the mark to look on from. A first look sees everything."""

    seen: tuple[Sighting, ...]
    mark: str
    whole: bool = False
    """Whether everything that is there was seen. Of what is gone such a look says nothing: it is what was not seen."""


Begun = Callable[[str], Awaitable[None]]
"""Keeps where a large file is being written (empty: nowhere any more), so that it can go on after a restart."""


class Storage(Protocol):
    """One library. Paths are relative to it, with `/` between plain names. Every method raises LibraryAway or LibraryDenied."""

    @property
    def keeps_versions(self) -> bool:
        """Whether a file that is replaced can still be had as it was before."""
        ...

    async def find(self, path: str) -> Item | None:
        """The file at that path, or None."""
        ...

    async def create(self, path: str, content: bytes, *, resume: str = "", begun: Begun | None = None) -> Item:
        """Write a new file, and check that it arrived whole. Its folders are made. Raises NameTaken.

        `resume` is where an earlier try was writing the same content.
        """
        ...

    async def replace(self, item: Item, content: bytes, *, resume: str = "", begun: Begun | None = None) -> Item:
        """Replace the content of a file that still is as `item` says. Raises Changed, Held or Gone."""
        ...

    async def read(self, path: str) -> bytes:
        """The content of a file. Raises Gone."""
        ...

    async def files(self, folder: str) -> Mapping[str, bytes]:
        """Every file below a folder, by its path in that folder."""
        ...

    async def describe(self, item: Item, columns: Columns) -> Item:
        """Say beside the file what it is, where the library has columns for it. Returns the file as it is afterwards."""
        ...

    async def changes(self, mark: str) -> Sightings:
        """What happened since a mark; an empty one, or one that is too old, sees everything that is there."""
        ...


def checked(*names: str) -> None:
    """Raises LibraryRefused where a name of a file or folder is not plain."""
    for name in names:
        if not NAME.fullmatch(name) or ".." in name:
            raise LibraryRefused("a folder or file name is not plain")
