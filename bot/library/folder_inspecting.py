"""Looking into a library that is a folder: whether it can be used, and who can read it by the folder's mode."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Sequence
from pathlib import Path

from bot.doctor.finding import Finding, failed, not_checked, ok
from bot.library.inspecting import PROBE, PROBED, Readers, ReadingGroup
from bot.library.storage import LibraryAway


class FolderInspection:
    """A folder, looked into."""

    def __init__(self, root: Path) -> None:
        self._root = root

    async def inspect(self, *, write: bool = False, filed: str = "") -> Sequence[Finding]:  # noqa: ARG002 - nothing stands beside a file
        """Whether the folder is there and can be written."""
        return await asyncio.to_thread(self._inspected, write)

    async def readers(self) -> Readers:
        """The group that the folder is for, and everybody, where its mode lets them in."""
        return await asyncio.to_thread(self._readers)

    def _inspected(self, write: bool) -> list[Finding]:
        root = self._root
        if not root.exists():
            return [not_checked(f"{root} is not there yet. It is made with the first document.")]
        if not root.is_dir() or not os.access(root, os.R_OK | os.W_OK | os.X_OK):
            said = f"{root} cannot be read and written."
            return [failed(said, "Make it a folder, and give it to the user that runs the assistant.")]
        if not write:
            return [ok(f"{root} can be read and written.")]
        return [_probed(root / PROBE)]

    def _readers(self) -> Readers:
        if not self._root.is_dir():
            return Readers()
        try:
            known = self._root.stat()
        except OSError as away:
            raise LibraryAway from away
        group = str(known.st_gid)
        return Readers(
            groups=(ReadingGroup(id=group, name=_group_name(known.st_gid)),) if known.st_mode & 0o050 else (),
            everyone=("everybody who has an account on this machine",) if known.st_mode & 0o005 else (),
        )


def _probed(file: Path) -> Finding:
    try:
        handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as opened:
            opened.write(PROBED)
        whole = file.read_bytes() == PROBED
        file.unlink()
    except OSError as wrong:
        said = f"{file.parent}: a file could not be written, read and deleted ({wrong.strerror})."
        return failed(said, "Give the folder to the user that runs the assistant, and look whether its disk is full.")
    if not whole:
        return failed(f"{file.parent}: a file did not read as it was written.", "Have the disk looked at.")
    return ok(f"{file.parent}: a file was written, read and deleted.")


def _group_name(number: int) -> str:
    """The group's name on this machine, where it has groups and this one has a name."""
    try:
        import grp  # noqa: PLC0415 - not on Windows

        return grp.getgrgid(number).gr_name
    except (ImportError, KeyError):
        return f"number {number}"
