"""What filing needs around it in a simulation: a store in memory whose process may end at each step, and the run itself."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import timedelta
from typing import cast

from faulty_library import PARTS, Died, FaultyLibrary, says
from msgspec.structs import replace
from small_word import word_file

from bot.clock import MovableClock
from bot.library.document import CASES, Document
from bot.library.filing import Beside, Filing
from bot.library.storage import Columns, Held, LibraryAway, Storage
from state.file_records import FileRecord
from state.records import Record
from state.snapshot import Conflict, Store
from templates.wording import load_words

COLUMNS = Columns(reference="NS-2026-0001", document="Document 3, rapid review")
WORDS = load_words()
MOST_TRIES = 400


class Kept:
    """The records, as the database keeps them: written whole, by whoever read them last."""

    def __init__(self, chance: random.Random) -> None:
        self.chance, self.rows, self.calm = chance, dict[str, FileRecord](), False

    async def files_of(self, shelf: str, series: str) -> Sequence[FileRecord]:
        found = [one for one in self.rows.values() if (one.shelf, one.series) == (shelf, series)]
        return sorted(found, key=lambda one: one.number)

    async def keep(self, *records: Record) -> None:
        self._may_die()
        files = [cast("FileRecord", one) for one in records]
        if any((self.rows[one.id].version if one.id in self.rows else 0) != one.version for one in files):
            raise Conflict
        self.rows |= {one.id: replace(one, version=one.version + 1) for one in files}
        self._may_die()

    def _may_die(self) -> None:
        if not self.calm and self.chance.random() < 0.05:
            raise Died


class Simulated:
    """One document that is ordered several times, in a library where everything happens."""

    def __init__(self, seed: int, *, keeps_versions: bool) -> None:
        self.chance = random.Random(seed)
        self.library = FaultyLibrary(self.chance, keeps_versions=keeps_versions)
        self.store = Kept(self.chance)
        self.clock = MovableClock()
        self.told: dict[str, Beside] = {}

    def filing(self) -> Filing:
        """A process that begins."""
        made = Filing(cast("Store", self.store), {CASES: cast("Storage", self.library)}, self.clock, WORDS)
        made.beside = self._tell
        return made

    async def _tell(self, beside: Beside) -> None:
        assert self.told.get(beside.id, beside) == beside, "told otherwise than before"
        self.told[beside.id] = beside
        self.store._may_die()

    def order(self, number: int) -> Document:
        parts = {part: f"ours {self.chance.randint(0, 1)}" for part in PARTS} | {"Number": str(number)}
        return Document(folders=("c",), stem="a", suffix=".docx", content=word_file(parts), columns=COLUMNS)

    async def filed(self, document: Document, *, calm: bool = False) -> str:
        """As the courier does it: again and again, until it is there."""
        filing = self.filing()
        for tried in range(MOST_TRIES):
            self.calm(calm or tried > MOST_TRIES / 2)
            try:
                return await filing.put(document)
            except Died:
                filing = self.filing()
            except (LibraryAway, Held):
                self.clock.move(timedelta(minutes=self.chance.choice((1, 15, 300))))
        raise AssertionError("it never arrived")

    def calm(self, calm: bool) -> None:
        self.library.calm = self.store.calm = calm

    async def run(self, orders: int) -> None:
        """Order it, and hold after each what has to be true."""
        path = ""
        for number in range(orders):
            document = self.order(number)
            path = await self.filed(document)
            assert any(says(one, document.content) for one in self.library.written), "it was never there"
            self.library.nothing_is_lost()
            if self.chance.random() < 0.5:
                self.library.person()
        await self._agrees(document, path)

    async def _agrees(self, document: Document, path: str) -> None:
        """What is known of the files is so, and whoever asks again changes nothing that is there."""
        there, written = self.library.files_there.get(path), len(self.library.written)
        again = await self.filed(document, calm=True)
        assert there is None or (again, len(self.library.written)) == (path, written), "it was filed again"
        known = next(one for one in self.store.rows.values() if one.path == again)
        file = self.library.files_there[again]
        assert known.state == "filed"
        assert known.item in ("", file.id) or not file.ours, "another file is taken for ours"
        assert not file.ours or says(file.content, document.content), "it says something else"
        assert not any(one.beside.number for one in self.store.rows.values()), "something was never told"
        assert (known.item, known.tag) != (file.id, str(file.tag)) or file.ours, "a person's words pass for ours"
