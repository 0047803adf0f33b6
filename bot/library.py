"""The document library with a local folder behind it: a folder a case, named by reference, readable by its owner alone."""

from __future__ import annotations

import os
import re
from pathlib import Path

PART = ".part"
"""What a file is called while it is being written."""
NAME = re.compile(r"^[A-Za-z0-9][A-Za-z0-9 _.-]{0,100}")


class LibraryRefused(Exception):
    """A name that is not made of plain letters, digits, spaces, dots and hyphens: it could lead outside the library."""


class LibraryAway(Exception):
    """There is nothing where the library should be: a share that is not connected leaves an empty folder, or none."""


class FolderLibrary:
    """Files in a folder. What a person changed is never overwritten: another content is a new version beside it."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def put(self, folders: tuple[str, ...], stem: str, suffix: str, content: bytes) -> str:
        """File a document as `stem v1`, or as the next version where its content differs. Returns its path in the library."""
        for name in (*folders, stem):
            if not NAME.fullmatch(name) or ".." in name:
                raise LibraryRefused("a folder or file name is not plain")
        folder = self._folder(folders)
        number = 1
        while (path := folder / f"{stem} v{number}{suffix}").exists():
            if path.read_bytes() == content:
                return str(path.relative_to(self.root))
            number += 1
        self._write(path, content)
        return str(path.relative_to(self.root))

    def read(self, path: str) -> bytes:
        """The content of a file by its path in the library, as `put` gave it.

        Raises LibraryRefused where there is no such file in it, LibraryAway where there is no library, or OSError.
        """
        root = self.root.resolve()
        wanted = (root / path).resolve()
        if not wanted.is_relative_to(root) or wanted == root:
            raise LibraryRefused("a path leads outside the library")
        try:
            return wanted.read_bytes()
        except (FileNotFoundError, NotADirectoryError):
            if not root.is_dir() or not any(root.iterdir()):
                raise LibraryAway from None
            raise LibraryRefused("there is no such file any more") from None

    def files(self, folder: str) -> dict[str, bytes]:
        """Every file below a folder of the library, by its path there. Raises LibraryRefused for a name that is not plain."""
        if not NAME.fullmatch(folder) or ".." in folder:
            raise LibraryRefused("a folder name is not plain")
        root = self.root / folder
        found = sorted(path for path in root.rglob("*") if path.is_file() and path.suffix != PART)
        return {path.relative_to(root).as_posix(): path.read_bytes() for path in found}

    def _folder(self, folders: tuple[str, ...]) -> Path:
        folder = self.root
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        for name in folders:
            folder = folder / name
            folder.mkdir(mode=0o700, exist_ok=True)
        return folder

    def _write(self, path: Path, content: bytes) -> None:
        """Whole or not at all: written beside, made durable, then given its name."""
        part = path.with_suffix(PART)
        handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
