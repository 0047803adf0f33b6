"""The document library's folder: plain names only, private, whole files, and no version ever overwritten."""

from __future__ import annotations

import asyncio
import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.clock import MovableClock
from bot.library.document import CASES, Document
from bot.library.filing import Filing
from bot.library.folder import FolderStorage
from bot.library.storage import Changed, Columns, Gone, LibraryAway, LibraryRefused, NameTaken
from state.crypto import KeyRing
from state.sqlite import open_store

KEYS = KeyRing({"k1": b"1" * 32}, "k1")
COLUMNS = Columns(reference="NS-2026-0001", document="Document 1a, referral")
CASE = "NS-2026-0001"


@pytest.fixture
def folder(tmp_path: Path) -> FolderStorage:
    return FolderStorage(tmp_path / "library")


@pytest.fixture
def filing(tmp_path: Path, folder: FolderStorage) -> Iterator[Filing]:
    store = open_store(tmp_path / "data" / "cspr.db", KEYS, "local")
    yield Filing(store, {CASES: folder}, MovableClock())
    store.close()


async def put(filing: Filing, content: bytes, *folders: str) -> str:
    document = Document(folders=folders or (CASE,), stem="a", suffix=".docx", content=content, columns=COLUMNS)
    return await filing.put(document)


async def test_the_same_content_is_the_same_file_and_another_is_the_next_version(filing: Filing, folder: FolderStorage) -> None:
    first = await put(filing, b"one", CASE, "01 Referral")
    again = await put(filing, b"one", CASE, "01 Referral")
    other = await put(filing, b"two", CASE, "01 Referral")
    assert first == again == "NS-2026-0001/01 Referral/a v1.docx"
    assert other == "NS-2026-0001/01 Referral/a v2.docx"
    assert await put(filing, b"two", CASE, "01 Referral") == other
    assert (folder.root / first).read_bytes() == b"one"


async def test_what_a_person_changed_is_never_overwritten(filing: Filing, folder: FolderStorage) -> None:
    path = folder.root / await put(filing, b"ours")
    path.write_bytes(b"theirs")
    assert await put(filing, b"ours") == f"{CASE}/a v1.docx", "nothing new is to be said beside it"
    assert await put(filing, b"ours anew") == f"{CASE}/a v2.docx"
    assert path.read_bytes() == b"theirs"


async def test_a_file_from_before_that_says_the_same_is_taken_for_ours(filing: Filing, folder: FolderStorage) -> None:
    await folder.create(f"{CASE}/a v1.docx", b"one")
    await folder.create(f"{CASE}/a v2.docx", b"two")
    assert await put(filing, b"two") == f"{CASE}/a v2.docx"
    assert await put(filing, b"three") == f"{CASE}/a v3.docx"


async def test_files_and_folders_are_readable_by_their_owner_alone(filing: Filing, folder: FolderStorage) -> None:
    path = folder.root / await put(filing, b"one", "c", "d")
    for one in (folder.root, folder.root / "c", folder.root / "c" / "d"):
        assert stat.S_IMODE(one.stat().st_mode) == 0o700
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


async def test_a_half_written_file_is_never_taken_for_a_document(filing: Filing, folder: FolderStorage) -> None:
    (folder.root / "c").mkdir(parents=True)
    (folder.root / "c" / "a v1.docx.1.part").write_bytes(b"cut off")
    os.utime(folder.root / "c" / "a v1.docx.1.part", (0, 0))
    assert (folder.root / await put(filing, b"whole", "c")).read_bytes() == b"whole"
    assert not list((folder.root / "c").glob("*.part"))


@pytest.mark.parametrize(
    "name",
    ["..", ".", "", "a/b", "a\\b", "/etc", "a..b", "a\x00b", "a\nb", "~", "-rf", " a", "\u202e", "caf\u00e9", "a" * 102, "C:"],
)
async def test_a_name_that_could_lead_elsewhere_is_refused(filing: Filing, folder: FolderStorage, name: str) -> None:
    with pytest.raises(LibraryRefused) as refused:
        await put(filing, b"x", name)
    assert not name.strip() or len(name) < 3 or name not in str(refused.value)
    assert not folder.root.exists()


async def test_what_was_put_is_read_by_its_path(filing: Filing) -> None:
    assert await filing.read(await put(filing, b"one", CASE, "01 Referral")) == b"one"


@pytest.mark.parametrize("path", ["../secret.docx", "/etc/passwd", "NS-2026-0001/../../secret.docx", "", ".", "..", "link"])
async def test_nothing_outside_the_library_is_read(tmp_path: Path, filing: Filing, path: str) -> None:
    await put(filing, b"one")
    (tmp_path / "secret.docx").write_bytes(b"secret")
    (tmp_path / "library" / "link").symlink_to(tmp_path / "secret.docx")
    with pytest.raises(LibraryRefused):
        await filing.read(path)


async def test_a_file_that_is_gone_is_told_from_a_library_that_is_away(filing: Filing, folder: FolderStorage) -> None:
    path = await put(filing, b"one")
    (folder.root / path).unlink()
    with pytest.raises(Gone):
        await filing.read(path)
    (folder.root / CASE).rmdir()
    with pytest.raises(LibraryAway):
        await filing.read(path)
    folder.root.rmdir()
    with pytest.raises(LibraryAway):
        await filing.read(path)


async def test_a_name_is_taken_once_and_a_changed_file_is_not_replaced(folder: FolderStorage) -> None:
    item = await folder.create("c/a.docx", b"one")
    with pytest.raises(NameTaken):
        await folder.create("c/a.docx", b"two")
    (folder.root / "c" / "a.docx").write_bytes(b"theirs")
    with pytest.raises(Changed):
        await folder.replace(item, b"two")
    assert (folder.root / "c" / "a.docx").read_bytes() == b"theirs"


async def test_what_was_added_changed_and_taken_away_is_seen_once(folder: FolderStorage) -> None:
    await folder.create("c/a.docx", b"one")
    await folder.create("c/b.docx", b"one")
    first = await folder.changes("")
    assert [one.path for one in first.seen] == ["c/a.docx", "c/b.docx"]
    (folder.root / "c" / "a.docx").write_bytes(b"two")
    (folder.root / "c" / "b.docx").unlink()
    then = await folder.changes(first.mark)
    assert [(one.item, one.path) for one in then.seen] == [("c/a.docx", "c/a.docx"), ("c/b.docx", "")]
    assert (await folder.changes(then.mark)).seen == ()


async def test_of_two_who_want_one_name_at_one_moment_one_has_it(folder: FolderStorage) -> None:
    ended = await asyncio.gather(*(folder.create("c/a.docx", b"%d" % n) for n in range(8)), return_exceptions=True)
    [made] = [one for one in ended if not isinstance(one, BaseException)]
    assert all(isinstance(one, NameTaken | LibraryAway) for one in ended if one is not made)
    assert len((folder.root / "c" / "a.docx").read_bytes()) == made.size == 1


async def test_a_folder_that_is_not_connected_is_not_taken_for_one_in_which_everything_was_deleted(
    filing: Filing, folder: FolderStorage
) -> None:
    first = await put(filing, b"one")
    away = folder.root.with_name("away")
    folder.root.rename(away)
    folder.root.mkdir()
    with pytest.raises(LibraryAway):
        await put(filing, b"two")
    folder.root.rmdir()
    away.rename(folder.root)
    assert await put(filing, b"one") == first
    (folder.root / first).unlink()
    await put(filing, b"other", "d")
    assert await put(filing, b"one") == f"{CASE}/a v2.docx", "somebody took it away"
