"""A library with a local folder behind it: named by reference, readable by its owner alone."""

from __future__ import annotations

import asyncio
import hashlib
import os
import secrets
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

import msgspec

from bot.library.storage import (
    Begun,
    Changed,
    Columns,
    Gone,
    Item,
    LibraryAway,
    LibraryDenied,
    LibraryRefused,
    NameTaken,
    Sighting,
    Sightings,
    checked,
)

PART = ".part"
"""What a file is called while it is being written, at the end."""
ABANDONED = 3600.0
"""Seconds after which nobody writes there any more."""


class Glimpse(msgspec.Struct, frozen=True, array_like=True):
    """What a file was when it was last looked at: its tag, its size, and when it was written, in nanoseconds."""

    tag: str
    size: int
    written: int


class FolderStorage:
    """Files in a folder. There are no versions in it: what is replaced is gone, so nothing of ours asks for that."""

    keeps_versions = False

    def __init__(self, root: Path) -> None:
        self.root = root

    async def find(self, path: str) -> Item | None:
        """The file at that path, or None."""
        checked(*path.split("/"))
        return await asyncio.to_thread(self._find, path)

    async def create(self, path: str, content: bytes, *, resume: str = "", begun: Begun | None = None) -> Item:  # noqa: ARG002
        """Write a new file. Raises NameTaken or LibraryAway."""
        checked(*path.split("/"))
        return await asyncio.to_thread(self._create, path, content)

    async def replace(self, item: Item, content: bytes, *, resume: str = "", begun: Begun | None = None) -> Item:  # noqa: ARG002
        """Replace a file that still is as `item` says. Raises Changed, Gone or LibraryAway."""
        return await asyncio.to_thread(self._replace, item, content)

    async def read(self, path: str) -> bytes:
        """The content of a file. Raises LibraryRefused for a path that leads outside, Gone, LibraryAway."""
        return await asyncio.to_thread(self._read, path)

    async def files(self, folder: str) -> Mapping[str, bytes]:
        """Every file below a folder, by its path there. Raises LibraryRefused for a name that is not plain, LibraryAway."""
        checked(folder)
        return await asyncio.to_thread(self._files, folder)

    async def describe(self, item: Item, columns: Columns) -> Item:  # noqa: ARG002
        """A folder has no columns: names and folders say what a file is."""
        return item

    async def changes(self, mark: str) -> Sightings:
        """What happened since a mark, which holds what there was. Raises LibraryAway."""
        return await asyncio.to_thread(self._changes, mark)

    def _find(self, path: str) -> Item | None:
        try:
            content = self._inside(path).read_bytes()
        except (FileNotFoundError, NotADirectoryError):
            return None
        except OSError as away:
            raise LibraryAway from away
        return _item(path, content)

    def _create(self, path: str, content: bytes) -> Item:
        try:
            target = self._folder(path.split("/")[:-1]) / path.rpartition("/")[2]
            if target.exists():
                raise NameTaken
            _named(_written(target, content), target)
        except FileExistsError as taken:
            raise NameTaken from taken
        except OSError as away:
            raise LibraryAway from away
        return _item(path, content)

    def _replace(self, item: Item, content: bytes) -> Item:
        there = self._find(item.path)
        if there is None:
            raise Gone
        if there.tag != item.tag:
            raise Changed
        try:
            target = self.root / item.path
            _written(target, content).replace(target)
            _durable(target.parent)
        except OSError as away:
            raise LibraryAway from away
        return _item(item.path, content)

    def _read(self, path: str) -> bytes:
        try:
            return self._inside(path).read_bytes()
        except (FileNotFoundError, NotADirectoryError):
            self._must_be_there()
            raise Gone from None
        except OSError as away:
            raise LibraryAway from away

    def _inside(self, path: str) -> Path:
        """The file at a path, which has to lie in the library itself: people can put links there that lead anywhere.

        What is there and is no file, such as a pipe, is none that can be read. Raises LibraryRefused, and OSError.
        """
        root = self.root.resolve()
        wanted = (root / path).resolve()
        if not wanted.is_relative_to(root) or wanted == root or (wanted.exists() and not wanted.is_file()):
            raise LibraryRefused("a path leads outside the library")
        return wanted

    def _must_be_there(self) -> None:
        """There is nothing where the library should be: a share that is not connected leaves an empty folder, or none."""
        if not self.root.is_dir() or not any(self.root.iterdir()):
            raise LibraryAway

    def _files(self, folder: str) -> dict[str, bytes]:
        root = self.root / folder
        if root.is_symlink():
            return {}
        try:
            return {name: path.read_bytes() for name, path in _whole_files(root)}
        except OSError as away:
            raise LibraryAway from away

    def _changes(self, mark: str) -> Sightings:
        before = msgspec.json.decode(mark, type=dict[str, Glimpse]) if mark else {}
        try:
            there = [(name, _glimpse(path, before.get(name))) for name, path in _whole_files(self.root)]
        except OSError as away:
            raise LibraryAway from away
        found = {name: one for name, one in there if one is not None}
        if before and not found:
            self._must_be_there()
        new = {name: one for name, one in found.items() if name not in before or before[name].tag != one.tag}
        seen = [Sighting(item=name, path=name, tag=one.tag, size=one.size) for name, one in new.items()]
        gone = [Sighting(item=name, path="") for name in before if name not in found]
        return Sightings(seen=(*seen, *gone), mark=msgspec.json.encode(found).decode(), whole=not mark)

    def _folder(self, names: list[str]) -> Path:
        folder = self.root
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        for name in names:
            folder = folder / name
            folder.mkdir(mode=0o700, exist_ok=True)
            if folder.is_symlink():
                raise LibraryDenied("a folder of the library leads out of it")
        return folder


def _glimpse(path: Path, before: Glimpse | None) -> Glimpse | None:
    """A file as it is. One that was not written since is not read again: a library may hold years.

    None where it has gone meanwhile. One that we may not read is known by when it was written.
    """
    try:
        there = path.stat()
        if before is not None and (before.size, before.written) == (there.st_size, there.st_mtime_ns):
            return before
        with path.open("rb") as file:
            tag = hashlib.file_digest(file, "sha256").hexdigest()
    except FileNotFoundError:
        return None
    except PermissionError:
        tag = f"closed-{there.st_mtime_ns}"
    return Glimpse(tag, there.st_size, there.st_mtime_ns)


def _item(path: str, content: bytes) -> Item:
    return Item(id=path, path=path, tag=hashlib.sha256(content).hexdigest(), size=len(content))


def _whole_files(root: Path) -> list[tuple[str, Path]]:
    """Every file below a folder that is whole, by its path there. Links are not followed: they may lead to what is another's.

    A name that is no text, such as one from an older system, is written as far as it is one.
    """
    found = []
    for folder, _, names in os.walk(root):
        for name in names:
            path = Path(folder, name)
            if path.suffix != PART and not path.is_symlink() and path.is_file():
                found.append((path.relative_to(root).as_posix().encode(errors="replace").decode(), path))
    return sorted(found)


def _written(path: Path, content: bytes) -> Path:
    """The content beside its place, whole and durable, before it gets its name."""
    part = path.with_name(f"{path.name}.{secrets.token_hex(4)}{PART}")
    handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    _cleared(path, part)
    return part


def _cleared(path: Path, newest: Path) -> None:
    """What somebody was writing there who has ended since, by the clock of the folder itself."""
    now = newest.stat().st_mtime
    for part in path.parent.glob(f"{path.name}.*{PART}"):
        with suppress(OSError):
            if now - part.stat().st_mtime > ABANDONED:
                part.unlink()


def _named(part: Path, path: Path) -> None:
    """Give it its name, unless there is a file of that name. Raises FileExistsError."""
    try:
        os.link(part, path)
    except FileExistsError:
        part.unlink()
        raise
    except OSError:
        # Some shared folders have no links: there the name is taken first.
        os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
        part.replace(path)
    else:
        part.unlink()
    _durable(path.parent)


def _durable(folder: Path) -> None:
    """What a folder lists outlives a power cut, where its file system can promise that."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
