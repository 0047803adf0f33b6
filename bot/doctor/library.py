"""Each library, looked into: there, usable, and described as it should be."""

from __future__ import annotations

from bot.doctor.finding import Finding, not_checked, refused
from bot.doctor.subject import Subject
from bot.library.document import CASES
from bot.library.folder import FolderStorage
from bot.library.folder_inspecting import FolderInspection
from bot.library.inspecting import Inspectable
from bot.library.storage import Storage


def inspectable(storage: Storage) -> Inspectable | None:
    """The library as something that can be looked into, or None."""
    if isinstance(storage, Inspectable):
        return storage
    return FolderInspection(storage.root) if isinstance(storage, FolderStorage) else None


def called(shelf: str) -> str:
    """What a library is called in a sentence."""
    return "the case library" if shelf == CASES else f"the library of {shelf}"


async def libraries(subject: Subject) -> list[Finding]:
    """Every library that is set."""
    found: list[Finding] = []
    filed = subject.survey.filed if subject.survey else {}
    for shelf, storage in subject.shelves.items():
        looked = inspectable(storage)
        each = (
            await looked.inspect(write=subject.write, filed=filed.get(shelf, ""))
            if looked
            else [not_checked("It cannot be looked into.")]
        )
        name = called(shelf)
        found += [Finding(status=one.status, said=f"{name[0].upper()}{name[1:]}: {one.said}", do=one.do) for one in each]
    return found or [refused(line) for line in subject.shelves_problem]
