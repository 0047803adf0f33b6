"""A library in which everything that can happen happens, by one seed: faults before and after each call, and a person at work.

It holds what must be true at every moment: nothing of ours is there twice, and nothing that a person wrote is written over.
"""

from __future__ import annotations

import random
from collections.abc import Awaitable, Callable, Mapping

import msgspec
from small_word import word_file

from bot.library.storage import Begun, Changed, Columns, Gone, Held, Item, LibraryAway, NameTaken, Sightings
from templates.documents.outline import outline_of, same

PARTS = ("Background", "Voice", "Learning", "Decision")


class Died(Exception):
    """The process ended here."""


class File(msgspec.Struct):
    """A file, what it says, and whose words these are."""

    id: str
    path: str
    content: bytes
    tag: int
    ours: bool
    held: bool = False


class FaultyLibrary:
    """`chance` is the seed's; `keeps_versions` as the library has it. With `calm` nothing happens but what is asked."""

    def __init__(self, chance: random.Random, *, keeps_versions: bool) -> None:
        self.chance, self.keeps_versions = chance, keeps_versions
        self.files_there: dict[str, File] = {}
        self.persons: dict[str, bytes] = {}
        """What people wrote and nobody but they may take away, by the id of the file."""
        self.written: list[bytes] = []
        self.said: dict[str, Columns] = {}
        """What was said last beside each file, by its path."""
        self.calm = False
        self.meanwhile: Callable[[], Awaitable[object]] | None = None
        """Done once, while the next new file is on its way."""
        self.number = 0

    async def find(self, path: str) -> Item | None:
        self._before()
        file = self.files_there.get(path)
        found = self._item(file) if file else None
        self._after()
        return found

    async def create(self, path: str, content: bytes, *, resume: str = "", begun: Begun | None = None) -> Item:
        if (meanwhile := self.meanwhile) is not None:
            self.meanwhile = None
            await meanwhile()
        await self._begin(content, resume, begun)
        self._before()
        if path in self.files_there:
            raise NameTaken
        self._not_there_already(content)
        file = File(self._fresh(), path, content, 1, ours=True)
        self.files_there[path] = file
        return self._wrote(file)

    async def replace(self, item: Item, content: bytes, *, resume: str = "", begun: Begun | None = None) -> Item:
        await self._begin(content, resume, begun)
        self._before()
        file = next((one for one in self.files_there.values() if one.id == item.id), None)
        if file is None:
            raise Gone
        if file.held:
            raise Held(again_after=60.0)
        if str(file.tag) != item.tag:
            raise Changed
        assert self.keeps_versions
        assert file.ours, "what a person wrote is written over"
        self._not_there_already(content)
        file.content, file.tag = content, file.tag + 1
        return self._wrote(file)

    async def read(self, path: str) -> bytes:
        self._before()
        if path not in self.files_there:
            raise Gone
        content = self.files_there[path].content
        self._after()
        return content

    async def describe(self, item: Item, columns: Columns) -> Item:
        """The library writes the columns into the file itself."""
        self._before()
        file = next((one for one in self.files_there.values() if one.id == item.id), None)
        if file is None:
            raise Gone
        if file.held:
            raise Held
        file.tag += 1
        self.said[file.path] = columns
        self._after()
        return self._item(file)

    async def files(self, folder: str) -> Mapping[str, bytes]:
        raise AssertionError(folder)

    async def changes(self, mark: str) -> Sightings:
        raise AssertionError(mark)

    async def _begin(self, content: bytes, resume: str, begun: Begun | None) -> None:
        """A large file has an address of its own while it is written."""
        assert resume in ("", f"upload-{hash(content)}"), "another content's upload is gone on with"
        if begun is not None and not self.calm and self.chance.random() < 0.5:
            await begun(f"upload-{hash(content)}")

    def _not_there_already(self, content: bytes) -> None:
        there = [one.path for one in self.files_there.values() if one.ours and one.content == content]
        assert there == [], "the same is filed twice"

    def _wrote(self, file: File) -> Item:
        file.ours = True
        self.written.append(file.content)
        item = self._item(file)
        self._after()
        return item

    def _item(self, file: File) -> Item:
        return Item(id=file.id, path=file.path, tag=str(file.tag), size=len(file.content), url=f"https://{file.id}")

    def _fresh(self) -> str:
        self.number += 1
        return f"item-{self.number}"

    def _before(self) -> None:
        self._happens(0.3)

    def _after(self) -> None:
        self._happens(0.2)

    def _happens(self, how_often: float) -> None:
        if self.calm:
            return
        if self.chance.random() < how_often:
            self.person()
        what = self.chance.random()
        if what < 0.08:
            raise LibraryAway("a fault", again_after=30.0)
        if what < 0.13:
            raise Died

    def person(self) -> None:
        """Somebody does something in the folder."""
        act = self.chance.choice((self._edits, self._edits, self._renames, self._deletes, self._holds, self._adds, self._saves))
        act()

    def _one(self) -> File | None:
        return self.chance.choice(sorted(self.files_there.values(), key=lambda one: one.id)) if self.files_there else None

    def _edits(self) -> None:
        if (file := self._one()) is not None:
            self.number += 1
            parts = dict.fromkeys(PARTS, "as it was")
            parts[self.chance.choice(PARTS)] = f"by hand {self.number}"
            self._theirs(file, word_file(parts))

    def _theirs(self, file: File, content: bytes) -> None:
        file.content, file.tag, file.ours = content, file.tag + 1, False
        self.persons[file.id] = content

    def _saves(self) -> None:
        """Opened and saved: other bytes that say the same."""
        if (file := self._one()) is not None:
            file.tag += 1

    def _renames(self) -> None:
        if (file := self._one()) is not None:
            del self.files_there[file.path]
            file.path, file.ours, file.tag = f"renamed {self._fresh()}", False, file.tag + 1
            self.files_there[file.path] = file
            self.persons[file.id] = file.content

    def _deletes(self) -> None:
        if (file := self._one()) is not None:
            del self.files_there[file.path]
            self.persons.pop(file.id, None)

    def _holds(self) -> None:
        if (file := self._one()) is not None:
            file.held = not file.held

    def _adds(self) -> None:
        """A file of their own, under a name that we may want."""
        path = f"c/a v{self.chance.randint(1, 6)}.docx"
        if path not in self.files_there:
            file = File(self._fresh(), path, b"", 1, ours=False)
            self.files_there[path] = file
            self._theirs(file, word_file({"Notes": f"a file of theirs {self.number}"}))

    def nothing_is_lost(self) -> None:
        """Everything that a person wrote is there as they left it."""
        there = {one.id: one.content for one in self.files_there.values()}
        assert {key: there.get(key) for key in self.persons} == self.persons


def says(content: bytes, other: bytes) -> bool:
    """Whether two files say the same."""
    return same(outline_of(content), outline_of(other))
