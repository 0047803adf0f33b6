"""Files that somebody leaves in a library so that nothing else is seen, or everybody is flooded, or a zip leads astray."""

from __future__ import annotations

import io
import sqlite3
import zipfile
from contextlib import closing
from datetime import timedelta

import pytest
from asked import CASE, REFERENCE, ask, referred
from form_reader import forms
from library_steps import count, last
from msgspec.structs import replace
from small_word import word_file
from story import Story, text_of
from watched_library import WatchedLibrary

from bot.library.filing import Filing
from bot.library.finding import Read
from bot.library.watching import Watcher
from bot.papers.package import package
from bot.wiring import DATABASE
from dialogs.handed.naming import own_reference
from dialogs.library.which import reference_of
from dialogs.turn import Dropped, HandedIn
from state.crypto import CannotOpen
from state.file_records import Differs, FileRecord, Left, MarkRecord

POLICE = "channel:police"


class Bench:
    """The police's library, and whoever watches it."""

    def __init__(self, story: Story, read: Read) -> None:
        self.story, self.library = story, WatchedLibrary()
        filing = Filing(story.parts.store, {"police": self.library}, story.clock)
        self.watcher = Watcher(story.parts.store, filing, story.parts.house, story.clock, read)

    async def quiet(self) -> None:
        """Look, and look again once it has been quiet for long enough."""
        await self.watcher.look()
        self.story.clock.move(timedelta(minutes=6))
        await self.watcher.look()
        await self.story.settle()


async def bench_of(story: Story, read: Read) -> Bench:
    await referred(story)
    await ask(story, "police", "police")
    made = Bench(story, read)
    await made.watcher.look()
    return made


async def poisoned(name: str, content: bytes) -> Dropped:
    """A reader with a bug that one file finds."""
    if b"poison" in content:
        raise ZeroDivisionError(name)
    return await forms().taken(name, content)


async def test_a_file_that_no_reader_survives_hides_no_other(story: Story, caplog: pytest.LogCaptureFixture) -> None:
    bench = await bench_of(story, poisoned)
    bench.library.writes(f"{REFERENCE}/Test Child One.docx", b"poison")
    bench.library.writes(f"{REFERENCE}/plan.pdf", b"%PDF-1.7")
    bench.library.writes(f"{REFERENCE}/letter.docx", word_file({"Dear": "colleague"}))
    await bench.quiet()
    told = "\n".join(text_of(one) for one in story.channel.said[POLICE])
    assert "I could not fetch this file." in told
    assert "not one of our forms" in told
    assert "somebody put a file into the library of Test Police" in last(story)
    before = count(story)
    await bench.quiet()
    assert count(story) == before, "and it is told once"
    assert "ZeroDivisionError" in caplog.text
    assert "Child One" not in caplog.text


async def test_an_archive_that_is_moved_into_a_library_is_not_answered_file_by_file(story: Story) -> None:
    bench = await bench_of(story, forms().taken)
    before = count(story, POLICE)
    for number in range(30):
        bench.library.writes(f"{REFERENCE}/old {number}.docx", word_file({"Minutes": f"of meeting {number}"}))
    await bench.quiet()
    assert count(story, POLICE) - before == 5
    assert count(story) == 6
    assert "people did 25 things" in last(story)


def packed_badly(method: int) -> bytes:
    """A form whose text is packed in a way that breaks off."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", method) as archive:
        for name in ("[Content_Types].xml", "word/document.xml"):
            archive.writestr(name, "<a>" + "x" * 3_000 + "</a>")
    content = bytearray(made.getvalue())
    start = content.index(b"word/document.xml") + len("word/document.xml")
    content[start + 12 : start + 28] = b"\xff" * 16
    return bytes(content)


@pytest.mark.parametrize("method", [zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_a_form_that_is_packed_badly_is_damaged_and_nothing_else(method: int) -> None:
    assert forms().read("form.docx", packed_badly(method)).problem == "broken"


def test_nothing_in_the_papers_to_hand_over_leads_out_of_the_folder_or_tells_who_had_it_open(story: Story) -> None:
    files = {
        "01 Referral/NS-2026-0001 1a Referral v1.docx": b"ours",
        "a\\..\\..\\Startup\\run.exe": b"1",
        "../../up.docx": b"2",
        "C:\\Windows\\x.docx": b"3",
        "harmless\u202excod.exe": b"4",
        "line\nbreak.docx": b"5",
        "line_break.docx": b"6",
        "~$referral.docx": b"Test Coordinator",
        ".~lock.referral.docx#": b"Test Coordinator",
        "07 Hand over/NS-2026-0001 Hand over v1.zip": b"before",
    }
    body = {"form": "handover", "case": CASE, "reference": REFERENCE, "at": "2026-12-02T09:30:00Z"}
    made = package(body, files, story.parts.kit)
    with zipfile.ZipFile(io.BytesIO(made.content)) as archive:
        names, everything = archive.namelist(), b"".join(archive.read(name) for name in archive.namelist())
    assert len(set(names)) == 8, "and none of them is lost"
    assert not [one for one in names if "\\" in one or ":" in one or "\n" in one or "\u202e" in one or ".." in one.split("/")]
    assert b"Test Coordinator" not in everything
    assert b"ours" in everything


async def test_what_people_call_their_files_and_where_is_written_is_sealed_to_its_row(story: Story) -> None:
    bench = await bench_of(story, forms().taken)
    names = ("Chronology of Zephyrine.pdf", "Letter about Quillon.pdf")
    for name in names:
        bench.library.writes(f"{REFERENCE}/{name}", b"%PDF-1.7")
    await bench.quiet()
    store, now, path = story.parts.store, story.clock.now(), story.settings.data / DATABASE
    left = Left("0" * 64, {"Heading about Oswin": "1"})
    record = FileRecord(id="f", shelf="police", series="s", number=1, path="p", digest="0" * 64, made_at=now)
    differs = Differs(1, ("Heading about Oswin",), ())
    await store.keep(replace(record, upload="https://upload.example/token", outline=left.outline, over=left, beside=differs))
    await store.keep(MarkRecord(shelf="fire", mark="delta-token", at=now))
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        kept = path.read_bytes()
        assert not [word for word in (b"Zephyrine", b"Quillon", b"Oswin", b"upload.example", b"delta-token") if word in kept]
        (one, sealed), (other, _) = connection.execute(
            "SELECT id, path FROM sightings WHERE state = 'told' ORDER BY id LIMIT 2"
        )
        assert await store.sighting_of(other) is not None
        connection.execute("UPDATE sightings SET path = ? WHERE id = ?", (sealed, other))
        connection.commit()
    assert await store.sighting_of(one) is not None
    with pytest.raises(CannotOpen):
        await store.sighting_of(other)


@pytest.mark.parametrize(
    ("said", "is_about"),
    [
        ("NS-2026-0001", "NS-2026-0001"),
        ("our form for NS-2026-10001.docx", "NS-2026-10001"),
        ("NS-2026-000100", ""),
        ("XXXXXXNS-2026-0001", ""),
    ],
)
def test_the_beginning_of_a_reference_is_not_that_of_another_case(said: str, is_about: str) -> None:
    left = HandedIn(organisation="police", path=f"{said}/form.docx", file=Dropped(name="form.docx", digest=""))
    assert own_reference(Dropped(name="", digest="", tags={"document.reference": said})) == is_about
    assert reference_of(left) == is_about
