"""Filing step by step: what a person changed stays, a file that is held is waited for, and what differs is told once."""

from __future__ import annotations

import io
import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import docx
import pytest
from faulty_library import PARTS, FaultyLibrary
from filing_kit import COLUMNS
from msgspec.structs import replace
from small_word import word_file

from bot.clock import MovableClock
from bot.library.document import CASES, Document
from bot.library.filing import Beside, Filing
from bot.library.storage import Held, LibraryAway
from state.crypto import KeyRing
from state.sqlite import SqliteStore, open_store
from templates.documents.check import check_document
from templates.wording import load_words

KEYS = KeyRing({"k1": b"1" * 32}, "k1")
WORDS = load_words()
OURS, ANEW = dict.fromkeys(PARTS, "ours"), dict.fromkeys(PARTS, "ours") | {"Decision": "ours, anew"}


class Shelf:
    """A calm library that keeps versions, and all that files in it."""

    def __init__(self, folder: Path) -> None:
        self.store: SqliteStore = open_store(folder / "data" / "cspr.db", KEYS, "local")
        self.library = FaultyLibrary(random.Random(1), keeps_versions=True)
        self.library.calm = True
        self.clock = MovableClock(datetime(2026, 11, 23, 9, 0, tzinfo=UTC))
        self.told: list[Beside] = []
        self.filing = self.process()

    def process(self) -> Filing:
        made = Filing(self.store, {CASES: self.library}, self.clock, WORDS)
        made.beside = self._tell
        return made

    async def _tell(self, beside: Beside) -> None:
        self.told.append(beside)

    async def put(self, parts: dict[str, str], filing: Filing | None = None) -> str:
        content = word_file(parts)
        document = Document(folders=("c",), stem="a", suffix=".docx", content=content, columns=COLUMNS, case="1", what="w")
        return await (filing or self.filing).put(document)

    def edit(self, path: str, **parts: str) -> None:
        file = self.library.files_there[path]
        file.content, file.tag, file.ours = word_file(OURS | parts), file.tag + 1, False

    @property
    def paths(self) -> list[str]:
        return sorted(self.library.files_there)


@pytest.fixture
def shelf(tmp_path: Path) -> Iterator[Shelf]:
    made = Shelf(tmp_path)
    yield made
    made.store.close()


async def test_a_file_that_nobody_changed_is_replaced_where_the_library_keeps_versions(shelf: Shelf) -> None:
    assert await shelf.put(OURS) == await shelf.put(ANEW) == "c/a v1.docx"
    assert shelf.paths == ["c/a v1.docx"]
    assert shelf.library.files_there["c/a v1.docx"].content == word_file(ANEW)
    assert shelf.told == []


async def test_what_the_library_itself_writes_into_a_file_is_no_change(shelf: Shelf) -> None:
    path = await shelf.put(OURS)
    file = shelf.library.files_there[path]
    file.content, file.tag = word_file(OURS, kept="the columns of the library"), file.tag + 7
    assert await shelf.put(ANEW) == path


async def test_beside_what_a_person_changed_lies_the_next_version_and_a_page_of_what_differs(shelf: Shelf) -> None:
    path = await shelf.put(OURS)
    shelf.edit(path, Voice="the voice of Test Child One")
    assert await shelf.put(ANEW) == "c/a v2.docx"
    assert shelf.paths == ["c/a v1.docx", "c/a v2 what differs.docx", "c/a v2.docx"]
    [told] = shelf.told
    assert (told.path, told.by_hand, told.new) == ("c/a v2.docx", ("Voice",), ("Decision",))
    page = shelf.library.files_there["c/a v2 what differs.docx"].content
    assert check_document(page) == []
    lines = [one.text for one in docx.Document(io.BytesIO(page)).paragraphs]
    assert lines[lines.index("Changed by hand in version 1") + 1] == "Voice"
    assert lines[lines.index("New in version 2") + 1] == "Decision"
    assert "Test Child One" not in "\n".join(lines)


async def test_a_version_after_that_replaces_its_own_and_says_nothing_again(shelf: Shelf) -> None:
    shelf.edit(await shelf.put(OURS), Voice="theirs")
    await shelf.put(ANEW)
    assert await shelf.put(OURS | {"Learning": "more"}) == "c/a v2.docx"
    assert len(shelf.told) == 1


async def test_what_differs_is_told_although_the_process_ended_before(shelf: Shelf) -> None:
    shelf.edit(await shelf.put(OURS), Voice="theirs")
    ending = shelf.process()

    async def ends(_: Beside) -> None:
        raise KeyboardInterrupt

    ending.beside = ends
    with pytest.raises(KeyboardInterrupt):
        await shelf.put(ANEW, ending)
    written = len(shelf.library.written)
    assert await shelf.put(ANEW) == await shelf.put(ANEW) == "c/a v2.docx"
    assert [one.by_hand for one in shelf.told] == [("Voice",)]
    assert len(shelf.library.written) == written, "the page is there already, too"


async def test_a_file_that_is_held_is_waited_for_and_then_replaced(shelf: Shelf) -> None:
    path = await shelf.put(OURS)
    shelf.library.files_there[path].held = True
    with pytest.raises(Held):
        await shelf.put(ANEW)
    [record] = await shelf.store.files_of(CASES, "c/a.docx")
    assert (record.state, record.held_at) == ("filed", shelf.clock.now()), "what is known is what is there"
    shelf.clock.move(timedelta(hours=23))
    with pytest.raises(Held):
        await shelf.put(ANEW)
    shelf.library.files_there[path].held = False
    assert await shelf.put(ANEW) == path
    assert (await shelf.store.files_of(CASES, "c/a.docx"))[0].held_at is None


async def test_a_file_that_is_held_for_more_than_a_day_gets_the_next_version_beside_it(shelf: Shelf) -> None:
    shelf.library.files_there[await shelf.put(OURS)].held = True
    with pytest.raises(Held):
        await shelf.put(ANEW)
    shelf.clock.move(timedelta(hours=25))
    assert await shelf.put(ANEW) == "c/a v2.docx"
    [told] = shelf.told
    assert told.by_hand == ("The whole file, which was open or checked out for more than a day",)


async def test_a_file_of_that_name_that_is_somebody_else_s_stays(shelf: Shelf) -> None:
    theirs = word_file({"Notes": "theirs"})
    await shelf.library.create("c/a v1.docx", theirs)
    assert await shelf.put(OURS) == "c/a v2.docx"
    assert shelf.library.files_there["c/a v1.docx"].content == theirs
    assert shelf.told == [], "it is no version of ours"


async def test_a_document_that_another_process_files_at_the_same_moment_is_filed_once(shelf: Shelf) -> None:
    other = shelf.process()
    shelf.library.meanwhile = lambda: shelf.put(OURS, other)
    with pytest.raises(LibraryAway):
        await shelf.put(OURS)
    assert await shelf.put(OURS) == "c/a v1.docx"
    assert shelf.paths == ["c/a v1.docx"]


async def test_the_number_of_each_version_stands_beside_it(shelf: Shelf) -> None:
    first = await shelf.put(OURS)
    shelf.edit(first, Voice="theirs")
    second = await shelf.put(ANEW)
    assert (shelf.library.said[first].version, shelf.library.said[second].version) == ("1", "2")


async def test_what_was_filed_before_an_upgrade_stays_and_nothing_is_said_of_it(shelf: Shelf) -> None:
    path = await shelf.put(OURS)
    [record] = await shelf.store.files_of("", "c/a.docx")
    await shelf.store.keep(replace(record, digest="", tag="", outline={}))
    assert await shelf.put(OURS) == path, "it says the same"
    [record] = await shelf.store.files_of("", "c/a.docx")
    await shelf.store.keep(replace(record, digest="", tag="", outline={}))
    await shelf.put(ANEW)
    assert (shelf.paths, shelf.told) == (["c/a v1.docx", "c/a v2.docx"], [])
