"""`cspr doctor` on libraries that are folders, the profile, LibreOffice and the fonts."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from doctor_kit import fails, found, is_ok, not_looked_at, settings, warns
from doctor_survey import WHOLE

from bot.library.folder import FolderStorage
from bot.library.inspecting import PROBE
from templates.profile import profile_folder


def program(path: Path, *lines: str) -> str:
    """A program that does that."""
    path.parent.mkdir(exist_ok=True)
    path.write_text("\n".join(("#!/bin/sh", *lines, "")))
    path.chmod(0o755)
    return str(path)


async def test_a_folder_that_can_be_used(tmp_path: Path) -> None:
    assert not_looked_at(await found("libraries", settings(tmp_path)))
    (tmp_path / "library").mkdir()
    told = await found("libraries", settings(tmp_path))
    assert [one.said for one in told] == [f"The case library: {tmp_path}/library can be read and written."]
    told = await found("libraries", settings(tmp_path), write=True)
    assert [one.said for one in told] == [f"The case library: {tmp_path}/library: a file was written, read and deleted."]
    assert list((tmp_path / "library").iterdir()) == []


async def test_a_folder_that_cannot_be_used(tmp_path: Path) -> None:
    (tmp_path / "library").write_text("a file")
    assert fails(await found("libraries", settings(tmp_path))).said.endswith("cannot be read and written.")
    (tmp_path / "library").unlink()
    (tmp_path / "library" / PROBE).mkdir(parents=True)
    told = fails(await found("libraries", settings(tmp_path), write=True))
    assert told.said.endswith("a file could not be written, read and deleted (File exists).")


async def test_the_profile_that_ships(tmp_path: Path) -> None:
    assert is_ok(await found("profile", settings(tmp_path)))


async def test_a_profile_without_a_word_template(tmp_path: Path) -> None:
    shutil.copytree(profile_folder("north-somerset"), tmp_path / "ours")
    (tmp_path / "ours" / "documents" / "referral.docx").unlink()
    told = fails(await found("profile", settings(tmp_path, profile=str(tmp_path / "ours"))))
    assert "there is no Word template for referral" in told.said
    assert told.do == f"Put it right, then run: cspr profile check {tmp_path}/ours"


async def test_no_profile(tmp_path: Path) -> None:
    assert "cspr profile check" in fails(await found("profile", settings(tmp_path, profile=str(tmp_path / "none")))).do


async def test_an_organisation_with_a_library_that_the_database_does_not_know(tmp_path: Path) -> None:
    assert not_looked_at(await found("organisation-libraries", settings(tmp_path)))
    given = settings(tmp_path, organisation_libraries_file=tmp_path / "file")
    shelves = {"": FolderStorage(tmp_path / "library"), "police": FolderStorage(tmp_path / "police")}
    assert is_ok(await found("organisation-libraries", given, shelves=shelves, survey=WHOLE))
    shelves["polcie"] = FolderStorage(tmp_path / "polcie")
    told = warns(await found("organisation-libraries", given, shelves=shelves, survey=WHOLE))
    assert told.said == "polcie has a library of its own, and there is no such organisation."
    assert told.do == "Write one of these ids in CSPR_ORGANISATION_LIBRARIES_FILE: police."
    assert not_looked_at(await found("organisation-libraries", given, shelves=shelves))


@pytest.mark.needs_office
async def test_libreoffice_makes_a_pdf(tmp_path: Path) -> None:
    from office import needed

    needed("soffice")
    told = await found("office", settings(tmp_path))
    assert is_ok(told)
    assert told[0].said.startswith("LibreOffice ")


async def test_libreoffice_that_is_not_there_makes_nothing_or_never_ends(tmp_path: Path) -> None:
    told = warns(await found("office", settings(tmp_path, office="no-such-office")))
    assert told.said == "LibreOffice (no-such-office) is not installed."
    office = program(tmp_path / "bin" / "office", "echo LibreOffice 1.2")
    told = warns(await found("office", settings(tmp_path, office=office)))
    assert told.said == f"{office} made no PDF of a document of one line."
    office = program(tmp_path / "bin" / "office", "sleep 100")
    told = warns(await found("office", settings(tmp_path, office=office), patience=0.2))
    assert told.said == f"{office} did not end within 0 seconds."


async def test_fonts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    assert not_looked_at(await found("fonts", settings(tmp_path)))
    program(tmp_path / "bin" / "fc-list", "echo Carlito")
    told = warns(await found("fonts", settings(tmp_path)))
    assert told.said == "The fonts Caladea are not installed."
    program(tmp_path / "bin" / "fc-list", "echo Carlito", "echo Caladea")
    assert is_ok(await found("fonts", settings(tmp_path)))
