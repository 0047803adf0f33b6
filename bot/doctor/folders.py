"""The data folder and the library's: there, private, writable, apart, with room, and not gone after a restart."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from bot.doctor.finding import Finding, failed, ok, warning
from bot.doctor.subject import Subject
from bot.library.folder import FolderStorage

MEGABYTE = 1024 * 1024
NO_ROOM, LITTLE_ROOM = 200 * MEGABYTE, 2_000 * MEGABYTE
IN_MEMORY = frozenset({"tmpfs", "ramfs"})
CLEARED = ("/tmp", "/var/tmp", "/dev/shm", "/run")  # noqa: S108 - we look whether something stands there  # nosec B108
"""What a restart, or a chore of the system, clears."""


async def folders(subject: Subject) -> list[Finding]:
    """Both folders."""
    named = {"CSPR_DATA": subject.settings.data, "CSPR_LIBRARY": subject.settings.library}
    found = [one for setting, folder in named.items() for one in _folder(subject, setting, folder)]
    found += _apart(subject)
    return found or [ok("The data folder and the library are private, and there is room.")]


def _folder(subject: Subject, setting: str, folder: Path) -> Iterator[Finding]:
    there = _nearest(folder)
    if folder.exists() and not folder.is_dir():
        yield failed(f"{setting}: {folder} is not a folder.", "Name another one.")
        return
    if not subject.writable(there):
        yield failed(f"{setting}: nothing can be written in {there}.", "Give it to the user that runs the assistant.")
    if there == folder and folder.stat().st_mode & 0o077:
        yield failed(f"{setting}: others on this machine can open {folder}.", f"Run: chmod 700 {folder}")
    yield from _room(setting, there, subject.free(there))
    if temporary(there.resolve(), subject.mounts):
        tell = failed if subject.production else warning
        yield tell(f"{setting}: {folder} is on a temporary file system: a restart clears it.", "Name a folder on a disk.")


def _room(setting: str, folder: Path, free: int) -> Iterator[Finding]:
    said = f"{setting}: {free // MEGABYTE} MB are free where {folder} is."
    if free < NO_ROOM:
        yield failed(said, "Make room: without it nothing that people say can be kept.")
    elif free < LITTLE_ROOM:
        yield warning(said, "Make room soon.")


def _apart(subject: Subject) -> Iterator[Finding]:
    """No folder lies inside another one: each is for other readers."""
    shelves = {name: one.root.resolve() for name, one in subject.shelves.items() if isinstance(one, FolderStorage)}
    data = subject.settings.data.resolve()
    cases = subject.settings.library.resolve()
    named = {"the data folder": data, "the library": cases}
    named |= {f"the library of {name}": root for name, root in shelves.items() if name}
    for inner, inside in named.items():
        for outer, around in named.items():
            if inner != outer and inside.is_relative_to(around):
                yield failed(f"{inner[0].upper()}{inner[1:]} lies inside {outer}.", "Name folders that are apart.")


def _nearest(folder: Path) -> Path:
    """The folder, or the nearest one above it that is there."""
    while not folder.exists() and folder != folder.parent:
        folder = folder.absolute().parent
    return folder


def temporary(folder: Path, mounts: str) -> bool:
    """Whether what is kept there goes: by where it stands, or by its file system (`mounts` is as /proc/self/mounts has it)."""
    if any(folder.is_relative_to(one) for one in CLEARED):
        return True
    kinds = {parts[1]: parts[2] for line in mounts.splitlines() if len(parts := line.split()) > 2}
    mounted = next((str(one) for one in (folder, *folder.parents) if str(one) in kinds), "")
    return kinds.get(mounted) in IN_MEMORY
