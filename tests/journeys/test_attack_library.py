"""The pack as one file, for people who lost their way to it meanwhile, and with files of others beside it."""

from __future__ import annotations

import io
import zipfile
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import pytest
from libraries import printer
from msgspec.structs import replace
from review_steps import ready
from scoping_steps import case_of, id_of
from story import Story
from test_files_offered import forged, parcels

from state.records import CasePersonRecord

PDF, ZIP, RETURNS = "rapid_review_pdf", "rapid_review_zip", "returns_zip"


@pytest.fixture
async def packed(tmp_path: Path) -> AsyncIterator[Story]:
    """A case with a pack. Something stands in for LibreOffice."""
    told = await Story(tmp_path, office=printer(tmp_path)).open()
    case = await ready(told)
    await told.as_("coordinator").press_raw("pack", case.id)
    yield told
    told.close()


async def exclude(story: Story, person: str) -> None:
    case = await case_of(story)
    await story.write(CasePersonRecord(case=case.id, person=id_of(story, person), relation="excluded"))


async def restrict(story: Story, _: str) -> None:
    await story.write(replace(await case_of(story), restricted=True))


LOST: tuple[Callable[[Story, str], Awaitable[None]], ...] = (Story.remove, Story.end_role, exclude, restrict)


@pytest.mark.parametrize("lost", LOST)
async def test_what_was_ordered_before_a_way_was_lost_is_given_to_nobody(
    packed: Story, lost: Callable[[Story, str], Awaitable[None]]
) -> None:
    case = await case_of(packed)
    library = packed.settings.library
    away = library.rename(library.with_name("away"))
    library.write_text("a file where the library should be", encoding="utf-8")
    for what in (PDF, RETURNS):
        await forged(packed.as_("coordinator"), "make_one_file", case.id, what)
    await lost(packed, "coordinator")
    library.unlink()
    away.rename(library)
    await packed.without_the_bell(minutes=30)
    for what in (PDF, ZIP, RETURNS):
        await forged(packed, "make_one_file", case.id, what)
        await forged(packed, "send_file", case.id, what)
    await packed.without_the_bell(minutes=30)
    assert parcels(packed, "coordinator") == []


async def test_what_others_put_into_the_folder_is_in_no_zip(packed: Story) -> None:
    case = await case_of(packed)
    folder = packed.settings.library / case.reference
    (folder / "05 Rapid review" / "My own notes.docx").write_bytes(b"private notes")
    (folder / "05 Rapid review" / f"{case.reference} 3 Rapid review draft v9.docx").write_bytes(b"private notes")
    (packed.settings.library / "NS-2026-0002").mkdir()
    (packed.settings.library / "NS-2026-0002" / "other.docx").write_bytes(b"private notes")
    await forged(packed.as_("coordinator"), "make_one_file", case.id, RETURNS)
    await packed.without_the_bell(seconds=10)
    with zipfile.ZipFile(io.BytesIO(parcels(packed, "coordinator")[-1].content)) as archive:
        held = {name: archive.read(name) for name in archive.namelist()}
    assert len(held) > 1
    assert b"private notes" not in b"".join(held.values())
    assert not [name for name in held if "notes" in name or "v9" in name or "NS-2026-0002" in name]
