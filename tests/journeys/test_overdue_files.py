"""The last answer as a workbook: what it holds for whom, where it lies, and what is in no file."""

from __future__ import annotations

from pathlib import Path

import openpyxl
from msgspec.structs import replace
from overdue_steps import many
from scoping_steps import REFERENCE, asked, requests_of
from story import Story, text_of

from state.snapshot import Wanted

ASKS = "what is overdue"


async def late(story: Story) -> None:
    await asked(story, "police", "fire")
    await story.later(days=9)


def files(story: Story) -> list[Path]:
    """The workbooks of the library, by name."""
    return sorted(story.settings.library.rglob("*.xlsx"))


def rows(path: Path, sheet: str = "Dates") -> list[list[object]]:
    return [[cell.value for cell in row] for row in openpyxl.load_workbook(path)[sheet].iter_rows()]


async def test_the_coordinators_answer_as_a_file(story: Story) -> None:
    await late(story)
    await story.as_("coordinator").says(ASKS)
    said = text_of(await story.press("export"))
    [path] = files(story)
    assert path.parent == story.settings.library / "Lists"
    assert path.stem.startswith("Overdue 2026-12-02 09.0")
    assert said == (
        f"I am making the file. In a moment it will lie in the document library: Lists, {path.stem.removesuffix(' v1')}. "
        "Restricted cases are not in it.\n[Get a copy of the list of dates]"
    )
    head, *found = rows(path)
    assert head[:6] == ["Reference", "What is due", "Organisation", "Agency", "Due", "Working days late"]
    assert [(row[0], row[1], row[2], row[5]) for row in found] == [
        (REFERENCE, "Notification to the National Panel", None, 3),
        (REFERENCE, "An agency's return", "Test Police", 2),
        (REFERENCE, "An agency's return", "Test Fire and Rescue Service", 2),
    ]
    assert "There is no decision yet." in str(rows(path, "Comes first")[1][1])
    about = " ".join(str(row[0]) for row in rows(path, "About this file"))
    assert "Of the cases you may see" in about
    assert "Restricted cases are in no file." in about


async def test_typed_after_a_question_it_is_that_question(story: Story) -> None:
    await late(story)
    await story.as_("coordinator").says("what is overdue for Test Police")
    await story.says("as excel")
    assert [row[2] for row in rows(files(story)[-1])[1:]] == ["Test Police"]
    assert "You asked for: Test Police." in str(rows(files(story)[-1], "About this file"))


async def test_a_lead_has_their_own_in_it(story: Story) -> None:
    await late(story)
    await story.as_("police-lead").says(ASKS)
    await story.press("export")
    assert [row[2] for row in rows(files(story)[-1])[1:]] == ["Test Police"]
    assert "For Test Police" in str(rows(files(story)[-1], "About this file"))


async def test_restricted_cases_and_what_was_put_to_one_person_are_in_no_file(story: Story) -> None:
    await late(story)
    await many(story, 2, restricted=(1,))
    request = (await requests_of(story))["police"]
    await story.write(replace(request, quiet=True))
    await story.as_("coordinator").says(ASKS)
    await story.press("export")
    references = {row[0] for row in rows(files(story)[-1])[1:]}
    assert references == {REFERENCE, "NS-2025-0002"}
    await story.as_("police-lead").says("who has not replied")
    await story.says("export that")
    [own] = [path for path in files(story) if path.stem.startswith("Not replied")]
    assert rows(own)[1:] == []


async def test_all_pages_are_in_it(story: Story) -> None:
    await many(story, 33)
    await story.as_("manager").says(ASKS)
    await story.press("more_dates")
    await story.press("export")
    assert [row[0] for row in rows(files(story)[-1])[1:]] == [f"NS-2025-{number:04d}" for number in range(1, 34)]


async def test_without_a_question_before_it_says_what_to_do(story: Story) -> None:
    said = text_of(await story.as_("coordinator").says("export"))
    assert said == 'Please ask about dates first, such as "what is overdue". Then type "export".'
    assert files(story) == []


async def test_in_a_channel_no_file_is_made(story: Story) -> None:
    await late(story)
    await story.as_("coordinator", in_channel="coordinators").says(ASKS)
    assert not story.has("export")
    assert text_of(await story.says("export")) == "Please ask me for the file one to one. Others read along here."
    assert files(story) == []


async def test_nothing_in_the_file_or_its_row_identifies_anybody(story: Story) -> None:
    await late(story)
    await story.as_("coordinator").says(ASKS)
    await story.press("export")
    everything = " ".join(
        str(value)
        for sheet in ("Dates", "Comes first", "About this file")
        for row in rows(files(story)[-1], sheet)
        for value in row
    )
    for name in ("Test Child", "Zephyrine", "Quillon", "Test Practitioner"):
        assert name not in everything
    history = await story.parts.store.history("partnership")
    [name] = [row.what["name"] for row in history if row.kind == "dates_exported"]
    assert name == files(story)[-1].stem.removesuffix(" v1")
    assert (await story.parts.store.read(Wanted(turn="", person="", place="", ledger=True))).ledger
