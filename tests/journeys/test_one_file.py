"""The pack as one PDF or one zip: asked first, made from what lies in the library now, sent to whoever may have it."""

from __future__ import annotations

import io
import zipfile
from collections.abc import AsyncIterator
from pathlib import Path

import docx
import pytest
from libraries import printer
from office import needed, pdf_text
from review_steps import files, nil, ready, returned
from scoping_steps import IDENTIFIES, case_of, history
from story import Story, text_of
from test_files_offered import copies, forged, parcels

from bot.papers.package import package
from state.changes import Changes, Kind, OutboxRow, Send
from state.records import CaseRecord

FOLDER = "05 Rapid review"
PACK = "NS-2026-0001 3 Rapid review draft v1.docx"
AS_PDF = "NS-2026-0001 3 Rapid review draft v1 as PDF v1.pdf"


@pytest.fixture
async def printing(tmp_path: Path) -> AsyncIterator[Story]:
    """A server on which something stands in for LibreOffice."""
    told = await Story(tmp_path, office=printer(tmp_path)).open()
    yield told
    told.close()


async def packed(story: Story) -> CaseRecord:
    case = await ready(story)
    await story.as_("coordinator").press_raw("pack", case.id)
    return case


async def zipped(story: Story, what: str, person: str = "coordinator") -> dict[str, bytes]:
    """What is in the zip that somebody is sent."""
    case = await case_of(story)
    await wanted(story.as_(person), case, what)
    with zipfile.ZipFile(io.BytesIO(parcels(story, person)[-1].content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


async def wanted(story: Story, case: CaseRecord, what: str) -> None:
    """Somebody asks for it and says yes. It comes a few seconds later."""
    await forged(story, "one_file", case.id, what)
    await story.press("make_one_file")
    await story.without_the_bell(seconds=10)


def edit(path: Path, text: str) -> None:
    """Somebody adds a paragraph in Word."""
    document = docx.Document(str(path))
    document.add_paragraph(text)
    document.save(str(path))


def in_library(story: Story, name: str) -> Path:
    return next(path for path in Path(story.settings.library).rglob("*") if path.name == name)


async def ordered(story: Story, what: str) -> list[OutboxRow]:
    """The rows that have it made."""
    return [row for row in await story.parts.store.ledger() if row.send.what == what]


async def test_it_is_asked_first_and_made_when_somebody_wants_it(printing: Story) -> None:
    case = await packed(printing)
    asked = text_of(await forged(printing, "one_file", case.id, "rapid_review_pdf"))
    assert asked == (
        "I shall put a copy of the PDF of the pack of NS-2026-0001 into this chat. "
        "The copy stays in The console until somebody deletes it. Shall I send it?\n[Send it to me]\n[No, do not send it]"
    )
    assert await ordered(printing, "rapid_review_pdf") == []
    await printing.press("make_one_file")
    assert text_of(printing.newest) == "A copy of the PDF of the pack of NS-2026-0001 is on its way."
    await printing.without_the_bell(seconds=10)
    [pdf] = parcels(printing, "coordinator")
    assert (pdf.name, pdf.content[:5]) == (AS_PDF, b"%PDF-")
    assert AS_PDF in files(printing, FOLDER)
    assert "file_sent" in list(await history(printing))


@pytest.mark.needs_office
async def test_libreoffice_makes_it_and_a_draft_says_so_on_each_page(tmp_path: Path) -> None:
    needed("soffice", "pdftotext")
    story = await Story(tmp_path).open()
    case = await packed(story)
    assert "[Get the pack as one PDF]" in text_of(await story.says("documents of NS-2026-0001"))
    await wanted(story, case, "rapid_review_pdf")
    [pdf] = parcels(story, "coordinator")
    pages = pdf_text(in_library(story, AS_PDF)).split("\f")[:-1]
    assert len(pages) > 3
    assert all("DRAFT. OFFICIAL-SENSITIVE" in page and "Reference: NS-2026-0001" in page for page in pages)
    assert b"Test Child One" not in pdf.content, "pages are compressed, and properties are not"
    story.close()


async def test_a_no_makes_nothing(printing: Story) -> None:
    case = await packed(printing)
    await forged(printing, "one_file", case.id, "rapid_review_pdf")
    assert text_of(await printing.press("no_file")).startswith("Nothing was sent.")
    assert await ordered(printing, "rapid_review_pdf") == []


async def test_what_people_edited_in_word_is_in_it_and_asking_again_makes_it_anew(printing: Story) -> None:
    case = await packed(printing)
    for number in (1, 2):
        await wanted(printing, case, "rapid_review_pdf")
        await printing.later(minutes=5)
        assert len(parcels(printing, "coordinator")) == number
    assert [one.name for one in parcels(printing, "coordinator")] == [AS_PDF, AS_PDF], "the same pack is the same file"
    edit(in_library(printing, PACK), "A sentence that the panel wrote in Word.")
    await wanted(printing, case, "rapid_review_pdf")
    newest = parcels(printing, "coordinator")[-1]
    assert newest.name == AS_PDF.replace("v1.pdf", "v2.pdf")
    with zipfile.ZipFile(io.BytesIO(newest.content)) as archive:  # The stand-in adds its document to the end of the file.
        assert b"A sentence that the panel wrote in Word." in archive.read("word/document.xml")


async def test_pressed_twice_it_comes_once(printing: Story) -> None:
    case = await packed(printing)
    await forged(printing, "make_one_file", case.id, "rapid_review_pdf")
    again = text_of(await forged(printing, "make_one_file", case.id, "rapid_review_pdf"))
    assert again == "A copy of the PDF of the pack of NS-2026-0001 is on its way already. Please wait a moment."
    await printing.without_the_bell(seconds=10)
    assert len(parcels(printing, "coordinator")) == len(await ordered(printing, "rapid_review_pdf")) == 1


async def test_the_coordinators_zip_holds_the_newest_of_each_and_every_return(printing: Story) -> None:
    case = await ready(printing)
    printing.as_("coordinator")
    await returned(printing, case, "gp", "gp")
    await nil(printing, case, "probation", "probation")
    for request in ("request-police", "request-gp", "request-fire", "request-probation"):
        form = "nil_return" if request in ("request-fire", "request-probation") else "scoping"
        await paper(printing, case, request, form)
    for _ in range(2):
        await printing.press_raw("pack", case.id)
        await printing.later(hours=1)
    names = list(await zipped(printing, "returns_zip"))
    assert names[0] == "00 Contents.txt"
    packs = [name for name in names if "Rapid review" in name.rpartition("/")[2]]
    assert packs == [f"{FOLDER}/{PACK.replace('v1', 'v2')}"]
    returns = sorted(name.rpartition("/")[2] for name in names if name.startswith("04 Returns/"))
    assert returns == [
        "NS-2026-0001 2 Return 1 gp v1.docx",
        "NS-2026-0001 2 Return 1 police v1.docx",
        "NS-2026-0001 Nil return 1 fire v1.docx",
        "NS-2026-0001 Nil return 1 probation v1.docx",
    ]
    assert parcels(printing, "coordinator")[-1].name == "NS-2026-0001 3 Pack and returns draft v1.zip"


async def test_the_panels_zip_holds_no_return(printing: Story) -> None:
    case = await ready(printing)
    await paper(printing, case, "request-police", "scoping")
    await printing.as_("coordinator").press_raw("pack", case.id)
    held = await zipped(printing, "rapid_review_zip", "nurse")
    assert not any("Return" in name for name in held)
    assert f"{FOLDER}/{PACK}" in held
    contents = held["00 Contents.txt"].decode()
    assert contents.startswith("Pack of NS-2026-0001: what is in this file\n\n")
    assert all(name in contents for name in held if name != "00 Contents.txt")
    said = text_of(await forged(printing, "make_one_file", case.id, "returns_zip"))
    assert said == printing.parts.kit.words.say("access.not_this_case")
    assert len(parcels(printing, "nurse")) == 1


async def test_others_have_neither(printing: Story) -> None:
    case = await packed(printing)
    for person in ("head-teacher", "manager"):
        printing.as_(person)
        for action in ("one_file", "make_one_file"):
            for what in ("rapid_review_pdf", "rapid_review_zip", "returns_zip", "rapid_review", ""):
                await forged(printing, action, case.id, what)
        assert parcels(printing, person) == []
    assert await copies(printing) == []


async def test_in_a_channel_nothing_is_made(printing: Story) -> None:
    case = await packed(printing)
    printing.as_("coordinator", in_channel="coordinators")
    said = text_of(await forged(printing, "make_one_file", case.id, "rapid_review_pdf"))
    assert said == "I give copies one to one only. Others read along here. Please ask me in a chat with me alone."
    assert await ordered(printing, "rapid_review_pdf") == []


async def test_teams_asks_by_itself_once_it_is_made(printing: Story) -> None:
    case = await packed(printing)
    printing.as_("coordinator", teams=True)
    said = text_of(await forged(printing, "one_file", case.id, "rapid_review_pdf"))
    assert said.startswith("I am making a copy of the PDF of the pack of NS-2026-0001.")
    await forged(printing, "one_file", case.id, "rapid_review_pdf")
    assert len(await ordered(printing, "rapid_review_pdf")) == 1
    await printing.without_the_bell(seconds=10)
    offered = printing.newest
    assert offered.parcel is not None
    assert offered.parcel.name == AS_PDF


async def test_a_pack_that_is_being_made_is_waited_for(printing: Story) -> None:
    case = await packed(printing)
    library = printing.settings.library
    away = library.with_name("away")
    library.rename(away)
    library.write_text("a file where the library should be")
    await printing.later(minutes=1)
    await printing.press_raw("pack", case.id)
    await forged(printing, "make_one_file", case.id, "returns_zip")
    [row] = await ordered(printing, "returns_zip")
    assert (row.status.value, row.reason) == ("queued", "delivery.papers_on_their_way")
    library.unlink()
    away.rename(library)
    for _ in range(3):
        await printing.without_the_bell(minutes=2)
    with zipfile.ZipFile(io.BytesIO(parcels(printing, "coordinator")[-1].content)) as archive:
        assert f"{FOLDER}/{PACK.replace('v1', 'v2')}" in archive.namelist()


async def test_a_printer_that_fails_is_told_to_whoever_waits(tmp_path: Path) -> None:
    broken = tmp_path / "broken"
    broken.write_text("#!/bin/sh\nexit 1\n", encoding="utf-8")
    broken.chmod(0o700)
    story = await Story(tmp_path, office=str(broken)).open()
    case = await packed(story)
    await forged(story, "make_one_file", case.id, "rapid_review_pdf")
    [row] = await ordered(story, "rapid_review_pdf")
    assert (row.status.value, row.reason) == ("dead", "delivery.pdf_not_made")
    await story.without_the_bell(minutes=5)
    assert text_of(story.newest) == (
        "The copy that you asked for did not get through. "
        "LibreOffice could not make a PDF of it. Get the zip, or open the pack in Word. Tell your IT team."
    )
    told = [text_of(one) for one in story.channel.said["channel:coordinators"]]
    assert any("the PDF of the pack, for the document library" in one for one in told)
    assert parcels(story, "coordinator") == []
    story.close()


async def test_a_package_to_hand_over_holds_no_zip_of_what_is_in_it(printing: Story) -> None:
    case = await packed(printing)
    await zipped(printing, "returns_zip")
    made = package({"reference": case.reference}, await printing.parts.filing.files(case.reference), printing.parts.kit)
    with zipfile.ZipFile(io.BytesIO(made.content)) as archive:
        assert not any(name.endswith(".zip") for name in archive.namelist())
        assert f"{FOLDER}/{PACK}" in archive.namelist()


async def test_no_name_says_whom_it_is_about(printing: Story) -> None:
    await packed(printing)
    names = " ".join((await zipped(printing, "returns_zip")).keys())
    assert not any(name in names for name in IDENTIFIES)


async def paper(story: Story, case: CaseRecord, request: str, form: str) -> None:
    """A return that came is filed."""
    what = f"{'scoping_return' if form == 'scoping' else form}:{request}"
    body = {"form": form, "reference": case.reference, "case": case.id, "request": request, "version": 1}
    name = request.removeprefix("request-")
    body |= {"draft": f"{'nil' if form == 'nil_return' else 'return'}-{name}", "at": story.clock.now().isoformat()}
    send = Send(kind=Kind.DOCUMENT, lane=f"documents:{case.id}:{what}", body=body, case=case.id, what=what)
    await story.parts.store.commit(what, what, story.clock.now(), Changes(sends=(send,)))
    await story.settle()
