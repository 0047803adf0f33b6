"""What is to be filed in a library, and how a path in one is written."""

from __future__ import annotations

import hashlib

import msgspec

from bot.library.storage import Columns
from state.file_records import FileRecord

CASES = ""
"""The shelf of the case library. Each organisation with a library of its own has a shelf by its id."""


class Document(msgspec.Struct, frozen=True, kw_only=True):
    """What is to be filed, and where: folders, a stem and a suffix, all by reference."""

    folders: tuple[str, ...]
    stem: str
    suffix: str
    content: bytes
    shelf: str = CASES
    case: str = ""
    what: str = ""
    columns: Columns
    numbered: bool = True
    """Whether its first version has its number in its name, too."""

    @property
    def series(self) -> str:
        """The document without its number."""
        return "/".join((*self.folders, f"{self.stem}{self.suffix}"))

    @property
    def digest(self) -> str:
        """SHA-256 of the content."""
        return hashlib.sha256(self.content).hexdigest()

    def path(self, number: int) -> str:
        """Where its version of that number is filed."""
        version = f" v{number}" if self.numbered or number > 1 else ""
        return "/".join((*self.folders, f"{self.stem}{version}{self.suffix}"))


def full(record: FileRecord) -> str:
    """The path of a file with its shelf, as the outbox keeps it and `Filing.read` takes it."""
    return f"{record.shelf}:{record.path}" if record.shelf else record.path


def parted(path: str) -> tuple[str, str]:
    """The shelf of a path, and the path on it."""
    shelf, colon, rest = path.partition(":")
    return (shelf, rest) if colon else (CASES, path)
