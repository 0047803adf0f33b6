"""Watching a library that knows its files by ids: nothing of ours is reported, nothing is lost, and nothing is told twice."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest
from asked import CASE, REFERENCE, referred
from form_reader import forms
from library_steps import count, last
from msgspec.structs import replace
from small_word import word_file
from story import Story
from watched_library import WatchedLibrary

from bot.library.document import Document
from bot.library.filing import Filing
from bot.library.storage import Columns, Sightings
from bot.library.watching import Watcher
from state.records import Record
from state.snapshot import Store

OURS = word_file({"Background": "As we wrote it."})
THEIRS = word_file({"Background": "As somebody changed it."})
PATH = f"{REFERENCE}/05 Rapid review/{REFERENCE} 3 Rapid review v1.docx"


class Died(BaseException):
    """The process ended here: nothing catches that."""


class DiesKeeping:
    """A store of a process that ends at a step: before it writes for the so-manieth time, or right after."""

    def __init__(self, store: Store, at: int) -> None:
        self._store, self._left = store, at

    def __getattr__(self, name: str) -> object:
        return getattr(self._store, name)

    async def keep(self, *records: Record) -> None:
        self._step()
        await self._store.keep(*records)
        self._step()

    def _step(self) -> None:
        self._left -= 1
        if not self._left:
            raise Died


class Bench:
    """One library beside a story, and whoever watches it."""

    def __init__(self, story: Story) -> None:
        self.story, self.library = story, WatchedLibrary()
        self.filing = Filing(story.parts.store, {"": self.library}, story.clock)
        self.watcher = self.another(story.parts.store)

    def another(self, store: Store) -> Watcher:
        """Another process that watches the same library."""
        return Watcher(store, self.filing, self.story.parts.house, self.story.clock, forms().taken)

    async def files(self) -> None:
        """A report is filed, and what that made in the library is looked at."""
        columns = Columns(reference=REFERENCE, document="Document 3, rapid review")
        document = Document(
            folders=(REFERENCE, "05 Rapid review"),
            stem=f"{REFERENCE} 3 Rapid review",
            suffix=".docx",
            content=OURS,
            case=CASE,
            what="rapid_review",
            columns=columns,
        )
        await self.filing.put(document)
        self.library.own()
        await self.quiet()

    async def quiet(self) -> None:
        """Look, and look again once it has been quiet for long enough."""
        await self.watcher.look()
        self.story.clock.move(timedelta(minutes=6))
        await self.watcher.look()
        await self.story.settle()

    async def told(self) -> list[tuple[str, str]]:
        """What is in the history of the case, of what people did in its library."""
        rows = await self.story.parts.store.history(f"case:{CASE}")
        return [(row.what["change"], row.what["what"]) for row in rows if row.kind == "library_changed"]


@pytest.fixture
async def bench(story: Story) -> Bench:
    await referred(story)
    made = Bench(story)
    await made.watcher.look()
    await made.files()
    return made


async def test_what_the_assistant_wrote_is_told_to_nobody_though_its_columns_changed_the_file(bench: Bench) -> None:
    assert await bench.told() == []
    assert count(bench.story) == 0


async def test_what_a_library_keeps_in_a_file_for_itself_is_no_change(bench: Bench) -> None:
    bench.library.writes(PATH, word_file({"Background": "As we wrote it."}, kept="a new id"))
    await bench.quiet()
    assert await bench.told() == []


async def test_a_file_that_was_seen_while_it_was_being_written_is_ours(bench: Bench) -> None:
    [record] = await bench.story.parts.store.files_of("", PATH.replace(" v1", ""))
    await bench.story.parts.store.keep(replace(record, state="going", tag=""))
    bench.library.own()
    await bench.quiet()
    await bench.story.parts.store.keep(replace(record, version=record.version + 1))
    await bench.quiet()
    assert await bench.told() == []


async def test_a_file_that_cannot_be_had_keeps_no_other_from_being_told(bench: Bench) -> None:
    bench.library.unreadable.add(f"{REFERENCE}/stuck.docx")
    bench.library.writes(f"{REFERENCE}/stuck.docx", THEIRS)
    bench.library.writes(PATH, THEIRS)
    await bench.quiet()
    assert await bench.told() == [("added", ""), ("changed", "rapid_review")]


async def test_renamed_it_is_known_by_its_id_and_changed_afterwards_as_well(bench: Bench) -> None:
    bench.library.moves(PATH, f"{REFERENCE}/Zephyrine.docx")
    await bench.quiet()
    bench.library.writes(f"{REFERENCE}/Zephyrine.docx", THEIRS, by="7e570000-0000-4000-8000-000000000001/nobody")
    await bench.quiet()
    assert await bench.told() == [("moved", "rapid_review"), ("changed", "rapid_review")]
    assert "Zephyrine" not in last(bench.story)


async def test_put_in_the_place_of_ours_it_is_ours_that_was_changed(bench: Bench) -> None:
    bench.library.takes(PATH)
    bench.library.writes(PATH, THEIRS)
    await bench.quiet()
    assert await bench.told() == [("changed", "rapid_review")]


async def test_changed_and_changed_back_and_changed_again_is_told_each_time_it_is_another(bench: Bench) -> None:
    for content in (THEIRS, OURS, THEIRS):
        bench.library.writes(PATH, content)
        await bench.quiet()
    assert await bench.told() == [("changed", "rapid_review"), ("changed", "rapid_review")]


async def test_added_and_taken_away_before_anybody_was_told_says_nothing(bench: Bench) -> None:
    bench.library.writes(f"{REFERENCE}/a.pdf", b"%PDF-")
    await bench.watcher.look()
    bench.library.takes(f"{REFERENCE}/a.pdf")
    await bench.quiet()
    assert await bench.told() == []
    bench.library.writes(f"{REFERENCE}/b.pdf", b"%PDF-")
    await bench.quiet()
    bench.library.takes(f"{REFERENCE}/b.pdf")
    await bench.quiet()
    assert await bench.told() == [("added", ""), ("gone", "")]


async def test_files_that_programs_leave_for_themselves_are_nobodys(bench: Bench) -> None:
    for name in ("~WRL0001.tmp", ".DS_Store", "Thumbs.db", "~$report.docx", "a.docx.crdownload"):
        bench.library.writes(f"{REFERENCE}/{name}", b"1")
    await bench.quiet()
    assert await bench.told() == []


async def test_a_library_that_forgot_its_mark_sees_everything_and_nothing_is_told_again(bench: Bench) -> None:
    bench.library.writes(PATH, THEIRS)
    bench.library.writes(f"{REFERENCE}/a.pdf", b"%PDF-")
    await bench.quiet()
    bench.library.forgotten = True
    await bench.quiet()
    assert sorted(await bench.told()) == [("added", ""), ("changed", "rapid_review")]


async def test_what_was_taken_away_while_the_mark_was_lost_is_told_once(bench: Bench) -> None:
    bench.library.writes(f"{REFERENCE}/a.pdf", b"%PDF-")
    await bench.quiet()
    bench.library.takes(PATH)
    bench.library.takes(f"{REFERENCE}/a.pdf")
    bench.library.writes(f"{REFERENCE}/b.pdf", b"%PDF-")
    bench.library.forgotten = True
    for _ in range(2):
        await bench.quiet()
    assert sorted(await bench.told()) == [("added", ""), ("added", ""), ("gone", ""), ("gone", "rapid_review")]


async def test_a_file_of_ours_that_is_put_back_is_there_again(bench: Bench) -> None:
    file = bench.library.files_there[PATH]
    bench.library.takes(PATH)
    await bench.quiet()
    bench.library.files_there[PATH] = file
    bench.library.writes(PATH, OURS, by="test/test")
    for _ in range(2):
        await bench.quiet()
    assert await bench.told() == [("gone", "rapid_review"), ("added", "rapid_review")]
    assert f"{REFERENCE}: somebody put the rapid review report into the library." in last(bench.story)
    [kept] = await bench.story.parts.store.files_of("", PATH.replace(" v1", ""))
    assert kept.state == "filed"


async def test_a_file_of_a_person_that_is_put_back_is_told_again_and_at_once_it_is_not(bench: Bench) -> None:
    path = f"{REFERENCE}/a.pdf"
    bench.library.writes(path, b"%PDF-")
    await bench.quiet()
    file = bench.library.files_there[path]
    for pause in (bench.watcher.look, bench.quiet):
        bench.library.takes(path)
        await pause()
        bench.library.files_there[path] = file
        bench.library.writes(path, b"%PDF-")
        await bench.quiet()
    assert [change for change, _ in await bench.told()] == ["added", "gone", "added"]


async def test_two_processes_that_look_at_once_tell_once(bench: Bench) -> None:
    bench.library.writes(PATH, THEIRS)
    bench.library.writes(f"{REFERENCE}/a.pdf", b"%PDF-")
    others = [bench.watcher, bench.another(bench.story.parts.store), bench.another(bench.story.parts.store)]
    for _ in range(2):
        await asyncio.gather(*(one.look() for one in others))
        bench.story.clock.move(timedelta(minutes=6))
    assert sorted(await bench.told()) == [("added", ""), ("changed", "rapid_review")]


@pytest.mark.parametrize("step", range(1, 8))
async def test_a_process_that_ends_at_any_step_loses_nothing_and_tells_nothing_twice(bench: Bench, step: int) -> None:
    bench.library.writes(PATH, THEIRS)
    bench.library.writes(f"{REFERENCE}/a.pdf", b"%PDF-")
    dying = bench.another(DiesKeeping(bench.story.parts.store, step))  # type: ignore[arg-type]
    for _ in range(2):
        try:
            await dying.look()
        except Died:
            break
        bench.story.clock.move(timedelta(minutes=6))
    await bench.quiet()
    await bench.quiet()
    assert sorted(await bench.told()) == [("added", ""), ("changed", "rapid_review")]
    assert count(bench.story) == 1


class BrokenLibrary(WatchedLibrary):
    """A library whose answer is no answer."""

    async def changes(self, mark: str) -> Sightings:
        raise ValueError(mark)


async def test_a_fault_in_one_library_is_logged_and_holds_up_no_other(bench: Bench, caplog: pytest.LogCaptureFixture) -> None:
    bench.filing.shelves = {"broken": BrokenLibrary(), **bench.filing.shelves}
    bench.library.writes(PATH, THEIRS)
    await bench.quiet()
    assert await bench.told() == [("changed", "rapid_review")]
    assert "a library could not be looked at: ValueError" in caplog.text


async def test_marked_anew_by_the_library_what_was_told_is_not_told_again(bench: Bench) -> None:
    bench.library.writes(PATH, THEIRS)
    bench.library.writes(f"{REFERENCE}/a.docx", word_file({"Note": "Theirs."}))
    await bench.quiet()
    bench.library.moves(PATH, f"{REFERENCE}/elsewhere.docx")
    await bench.quiet()
    told = await bench.told()
    bench.library.writes(f"{REFERENCE}/elsewhere.docx", word_file({"Background": "As somebody changed it."}, kept="a label"))
    bench.library.writes(f"{REFERENCE}/a.docx", word_file({"Note": "Theirs."}, kept="a label"))
    await bench.quiet()
    assert await bench.told() == told
    assert sorted(told) == [("added", ""), ("changed", "rapid_review"), ("moved", "rapid_review")]
