"""`cspr delivery` lists what was sent and how it ended, without content; a restricted case is named to who names it."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from delivery_steps import NOT_THERE
from scoping_steps import IDENTIFIES, REFERENCE, asked, referred
from story import Story

from bot.cli import main


@pytest.fixture
async def told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Story:
    """A story whose data the command reads."""
    story = Story(tmp_path)
    monkeypatch.setenv("CSPR_DATA", str(story.settings.data))
    monkeypatch.setenv("CSPR_LIBRARY", str(story.settings.library))
    return await story.open()


async def listed(story: Story, capsys: pytest.CaptureFixture[str], *options: str, code: int = 0) -> str:
    """What the command prints once the story has ended."""
    story.close()
    capsys.readouterr()
    assert await asyncio.to_thread(main, ["delivery", *options]) == code
    printed = capsys.readouterr()
    return printed.out + printed.err


async def test_each_row_is_a_line_without_content(told: Story, capsys: pytest.CaptureFixture[str]) -> None:
    told.channel.broken["channel:police"] = NOT_THERE
    await asked(told, "police")
    said = await listed(told, capsys, "--limit", "1000")
    line = next(one for one in said.splitlines() if "\tthe request\t" in one)
    assert line.split("\t")[1:] == [
        "2026-11-23 09:03",
        "given up",
        "the request",
        "police",
        REFERENCE,
        "tries 1",
        "The assistant is not in that channel. Add the assistant to it, then send this again.",
    ]
    assert "\tsent\tthe scoping letter\tdocuments\t" in said
    assert "\tsent\tan answer\t" in said
    assert not any(word in said for word in IDENTIFIES)


async def test_only_what_failed_about_one_case(told: Story, capsys: pytest.CaptureFixture[str]) -> None:
    told.channel.broken["channel:police"] = NOT_THERE
    await asked(told, "police")
    said = await listed(told, capsys, "--case", "ns 2026 1", "--failed")
    assert [line.split("\t")[2:4] for line in said.splitlines()] == [["given up", "the request"]]


async def test_nothing_failed(told: Story, capsys: pytest.CaptureFixture[str]) -> None:
    assert await listed(told, capsys, "--failed") == "Nothing to list.\n"


async def test_a_case_that_is_not_there_is_said_so(told: Story, capsys: pytest.CaptureFixture[str]) -> None:
    assert "there is no such case" in await listed(told, capsys, "--case", "NS-2026-0099", code=1)


async def test_a_restricted_case_is_named_only_to_who_names_it(told: Story, capsys: pytest.CaptureFixture[str]) -> None:
    await referred(told, restricted=True)
    said = await listed(told, capsys)
    assert "a restricted case" in said
    assert REFERENCE not in said
    assert REFERENCE in await listed(told, capsys, "--case", REFERENCE)
