"""The document library's folder: plain names only, private, whole files, and no version ever overwritten."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from bot.library import FolderLibrary, LibraryAway, LibraryRefused


@pytest.fixture
def library(tmp_path: Path) -> FolderLibrary:
    return FolderLibrary(tmp_path / "library")


def test_the_same_content_is_the_same_file_and_another_is_the_next_version(library: FolderLibrary) -> None:
    first = library.put(("NS-2026-0001", "01 Referral"), "a", ".docx", b"one")
    again = library.put(("NS-2026-0001", "01 Referral"), "a", ".docx", b"one")
    other = library.put(("NS-2026-0001", "01 Referral"), "a", ".docx", b"two")
    assert first == again == "NS-2026-0001/01 Referral/a v1.docx"
    assert other == "NS-2026-0001/01 Referral/a v2.docx"
    assert library.put(("NS-2026-0001", "01 Referral"), "a", ".docx", b"two") == other
    assert (library.root / first).read_bytes() == b"one"


def test_what_a_person_changed_is_never_overwritten(library: FolderLibrary) -> None:
    path = library.root / library.put(("c",), "a", ".docx", b"ours")
    path.write_bytes(b"theirs")
    again = library.put(("c",), "a", ".docx", b"ours")
    assert path.read_bytes() == b"theirs"
    assert again == "c/a v2.docx"


def test_files_and_folders_are_readable_by_their_owner_alone(library: FolderLibrary) -> None:
    path = library.root / library.put(("c", "d"), "a", ".docx", b"one")
    for folder in (library.root, library.root / "c", library.root / "c" / "d"):
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_half_written_file_is_never_taken_for_a_document(library: FolderLibrary) -> None:
    folder = library.root / "c"
    folder.mkdir(parents=True)
    (folder / "a v1.part").write_bytes(b"cut off")
    assert (library.root / library.put(("c",), "a", ".docx", b"whole")).read_bytes() == b"whole"
    assert not list(folder.glob("*.part"))


@pytest.mark.parametrize(
    "name",
    ["..", ".", "", "a/b", "a\\b", "/etc", "a..b", "a\x00b", "a\nb", "~", "-rf", " a", "\u202e", "caf\u00e9", "a" * 102, "C:"],
)
def test_a_name_that_could_lead_elsewhere_is_refused(library: FolderLibrary, name: str) -> None:
    with pytest.raises(LibraryRefused) as refused:
        library.put((name,), "a", ".docx", b"x")
    assert not name.strip() or len(name) < 3 or name not in str(refused.value)
    with pytest.raises(LibraryRefused):
        library.put(("c",), name, ".docx", b"x")
    assert not library.root.exists()


def test_what_was_put_is_read_by_its_path(tmp_path: Path) -> None:
    library = FolderLibrary(tmp_path / "library")
    path = library.put(("NS-2026-0001", "01 Referral"), "NS-2026-0001 1a Referral", ".docx", b"one")
    assert library.read(path) == b"one"


@pytest.mark.parametrize("path", ["../secret.docx", "/etc/passwd", "NS-2026-0001/../../secret.docx", "", ".", "..", "link"])
def test_nothing_outside_the_library_is_read(tmp_path: Path, path: str) -> None:
    library = FolderLibrary(tmp_path / "library")
    library.put(("NS-2026-0001",), "NS-2026-0001 a", ".docx", b"one")
    (tmp_path / "secret.docx").write_bytes(b"secret")
    (tmp_path / "library" / "link").symlink_to(tmp_path / "secret.docx")
    with pytest.raises(LibraryRefused):
        library.read(path)


def test_a_file_that_is_gone_is_told_from_a_library_that_is_away(tmp_path: Path) -> None:
    library = FolderLibrary(tmp_path / "library")
    path = library.put(("NS-2026-0001",), "NS-2026-0001 a", ".docx", b"one")
    (tmp_path / "library" / path).unlink()
    with pytest.raises(LibraryRefused):
        library.read(path)
    (tmp_path / "library" / "NS-2026-0001").rmdir()
    with pytest.raises(LibraryAway):
        library.read(path)
    (tmp_path / "library").rmdir()
    with pytest.raises(LibraryAway):
        library.read(path)
