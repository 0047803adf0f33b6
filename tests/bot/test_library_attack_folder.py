"""A folder into which somebody can put anything: links that lead out of it, names that are none, files that nobody can read."""

from __future__ import annotations

import os
import tracemalloc
from pathlib import Path

import pytest

from bot.library.folder import FolderStorage
from bot.library.storage import LibraryProblem

CASE = "NS-2026-0001"
POSIX = pytest.mark.skipif(os.name != "posix", reason="links and modes as Linux has them")


@pytest.fixture
def outside(tmp_path: Path) -> Path:
    """What is nobody's in the library to see: another organisation's library, or the server's own files."""
    made = tmp_path / "outside"
    made.mkdir()
    (made / "secret.docx").write_bytes(b"secret of another")
    return made


@pytest.fixture
def library(tmp_path: Path) -> FolderStorage:
    root = tmp_path / "library"
    (root / CASE).mkdir(parents=True)
    (root / CASE / "own.docx").write_bytes(b"own")
    return FolderStorage(root)


@POSIX
async def test_a_link_that_leads_out_is_not_seen_read_or_handed_over(library: FolderStorage, outside: Path) -> None:
    (library.root / CASE / "a.docx").symlink_to(outside / "secret.docx")
    (library.root / CASE / "folder").symlink_to(outside)
    (library.root / "NS-2026-0002").symlink_to(outside)
    assert [one.path for one in (await library.changes("")).seen] == [f"{CASE}/own.docx"]
    assert await library.files(CASE) == {"own.docx": b"own"}
    assert await library.files("NS-2026-0002") == {}
    for path in (f"{CASE}/a.docx", f"{CASE}/folder/secret.docx", "NS-2026-0002/secret.docx"):
        with pytest.raises(LibraryProblem):
            await library.read(path)
        with pytest.raises(LibraryProblem):
            await library.find(path)


@POSIX
@pytest.mark.parametrize("path", ["NS-2026-0002/new.docx", f"{CASE}/folder/new.docx", f"{CASE}/folder/deeper/new.docx"])
async def test_nothing_is_written_through_a_link(library: FolderStorage, outside: Path, path: str) -> None:
    (library.root / CASE / "folder").symlink_to(outside)
    (library.root / "NS-2026-0002").symlink_to(outside)
    with pytest.raises(LibraryProblem):
        await library.create(path, b"a form that names a child")
    assert [one.name for one in outside.iterdir()] == ["secret.docx"]


@POSIX
async def test_a_library_that_is_itself_a_link_is_used_as_it_is_named(library: FolderStorage, tmp_path: Path) -> None:
    (tmp_path / "mounted").symlink_to(library.root)
    linked = FolderStorage(tmp_path / "mounted")
    made = await linked.create(f"{CASE}/new.docx", b"new")
    assert (library.root / made.path).read_bytes() == b"new"
    assert await linked.read(f"{CASE}/own.docx") == b"own"
    assert len((await linked.changes("")).seen) == 2


@POSIX
async def test_a_name_that_is_no_text_holds_up_nothing(library: FolderStorage) -> None:
    (Path(os.fsdecode(os.fsencode(library.root) + b"/caf\xe9.docx"))).write_bytes(b"named elsewhere")
    found = await library.changes("")
    assert len(found.seen) == 2
    assert all(one.path.encode() for one in found.seen)
    assert (await library.changes(found.mark)).seen == ()
    (library.root / CASE / "new.docx").write_bytes(b"new")
    assert [one.path for one in (await library.changes(found.mark)).seen] == [f"{CASE}/new.docx"]


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="a mode that keeps this user out")
async def test_a_file_that_cannot_be_read_hides_no_other(library: FolderStorage) -> None:
    (library.root / CASE / "closed.docx").write_bytes(b"closed")
    (library.root / CASE / "closed.docx").chmod(0)
    assert f"{CASE}/own.docx" in [one.path for one in (await library.changes("")).seen]


async def test_what_is_no_file_is_left_alone(library: FolderStorage) -> None:
    os.mkfifo(library.root / CASE / "pipe.docx")
    assert [one.path for one in (await library.changes("")).seen] == [f"{CASE}/own.docx"]
    with pytest.raises(LibraryProblem):
        await library.read(f"{CASE}/pipe.docx")


async def test_a_large_file_is_looked_at_piece_by_piece(library: FolderStorage) -> None:
    """96 megabytes of nothing take no room on the disk, and none in memory."""
    tracemalloc.start()
    with (library.root / CASE / "film.mp4").open("wb") as file:
        file.truncate(96 * 2**20)
    seen = {one.path: one.size for one in (await library.changes("")).seen}
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert seen[f"{CASE}/film.mp4"] == 96 * 2**20
    assert most < 20 * 2**20


async def test_folders_and_files_are_their_owners_alone_whatever_the_servers_mask(library: FolderStorage) -> None:
    before = os.umask(0)
    try:
        await library.create("NS-2026-0003/03 Requests/18 fire/NS-2026-0003 2 Form fire v1.docx", b"form")
    finally:
        os.umask(before)
    made = library.root / "NS-2026-0003"
    assert {path.stat().st_mode & 0o077 for path in (made, *made.rglob("*"))} == {0}
