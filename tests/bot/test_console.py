"""A sitting at the console, line by line: people in turn, channels, the inbox, the clock, and cards filled in box by box."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from console_kit import Sitting, sitting_in


@pytest.fixture
async def sitting(tmp_path: Path) -> AsyncIterator[Sitting]:
    async with sitting_in(tmp_path) as sat:
        yield sat


def label(sitting: Sitting, action: str) -> str:
    return sitting.parts.kit.words.say(f"buttons.{action}")


def begin(sitting: Sitting) -> tuple[str, ...]:
    """Lines that lead to the child's name."""
    return ("refer", label(sitting, "start_referral"), "yes", "yes", "Test Aunt has them.")


async def test_it_greets_and_ends_politely(sitting: Sitting) -> None:
    said = await sitting.talk("/quit")
    assert "You are Test Practitioner." in said
    assert "Everything is saved" in said


async def test_the_end_of_input_is_the_end(sitting: Sitting) -> None:
    assert "Everything is saved" in await sitting.talk()


async def test_several_people_in_turn_and_an_unknown_one(sitting: Sitting) -> None:
    said = await sitting.talk("/as coordinator", "open referrals", "/as nobody", "/as manager")
    assert "You are Test Coordinator." in said
    assert "There is nobody with the id nobody" in said
    assert said.rstrip().split("You are ")[-1].startswith("Test Manager")
    assert "coordinator> " in sitting.prompts


async def test_in_a_channel_and_back(sitting: Sitting) -> None:
    said = await sitting.talk("/in coordinators", "refer", "/in", "my referrals")
    assert "in the channel coordinators" in said
    assert "Nothing about a child belongs in a channel" in said
    assert "one to one chat" in said


async def test_the_inbox_shows_what_came_for_others_once(sitting: Sitting) -> None:
    said = await sitting.talk(
        "/inbox", "/as coordinator", "/in new-one", "use this channel", "/as practitioner", "/inbox", "/inbox"
    )
    assert said.count("Nothing new has come.") == 2
    assert "For coordinator:" in said


async def test_the_clock_moves_and_wrong_moments_are_said(sitting: Sitting) -> None:
    said = await sitting.talk("/clock 2026-12-01T09:00", "/clock +2d", "/clock +3h", "/clock soon", "/clock")
    assert "1 December 2026" in said
    assert "3 December 2026" in said
    assert "12:00" in said
    assert "/clock +2d, /clock +3h" in said


@pytest.mark.parametrize("line", ["/help", "/wibble", "/file a.txt", "/"])
async def test_every_command_is_answered(sitting: Sitting, line: str) -> None:
    before = len(await sitting.talk())
    assert len(await sitting.talk(line)) > before


async def test_a_card_with_several_boxes_is_filled_in_one_by_one(sitting: Sitting) -> None:
    await sitting.talk(*begin(sitting), "Test Child One", "3 April 2019", "", "2", "1", "", "")
    kept = await sitting.kept()
    assert kept["children.1.name"] == "Test Child One"
    boxes = [prompt for prompt in sitting.prompts if prompt.startswith("   ")]
    assert boxes, "each box has its own line"
    assert kept["children.1.sex"] == "male"


async def test_a_move_typed_at_a_box_leaves_the_card_and_keeps_what_was_filled_in(sitting: Sitting) -> None:
    said = await sitting.talk(*begin(sitting), "Test Child One", "3 April 2019", "", "2", "where am i", "check")
    kept = await sitting.kept()
    assert kept["children.1.sex"] == "male"
    assert "Check your answers" in said


async def test_a_command_typed_at_a_box_is_a_command(sitting: Sitting) -> None:
    said = await sitting.talk(*begin(sitting), "", "/as coordinator")
    assert "You are Test Coordinator." in said
    assert "children.1.name" not in await sitting.kept()


async def test_a_very_long_line_is_kept_whole(sitting: Sitting) -> None:
    words = " ".join(f"word{number}" for number in range(3_000))
    assert len(words) > 20_000
    await sitting.talk(*begin(sitting)[:-1], words)
    assert (await sitting.kept())["immediate_safety_action"] == words


async def test_nothing_that_is_said_is_cut_in_print(sitting: Sitting) -> None:
    word = "x" * 300
    said = await sitting.talk(*begin(sitting)[:-1], word, "check")
    assert word in said


@pytest.mark.parametrize("typed", ["9" * 5_000, "and", ",", "99", "male and female"])
async def test_any_line_at_a_choice_is_survived(sitting: Sitting, typed: str) -> None:
    await sitting.talk(*begin(sitting), "Test Child One", "3 April 2019", "", typed, "", "", "")
    assert (await sitting.kept())["children.1.name"] == "Test Child One"


@pytest.mark.parametrize("step", ["+" + "9" * 12 + "d", "+-1d", "2026-13-01", "+1w"])
async def test_any_step_of_the_clock_is_survived(sitting: Sitting, step: str) -> None:
    assert "/clock +2d, /clock +3h" in await sitting.talk(f"/clock {step}", "hello")


async def test_a_file_is_dropped_by_its_path(sitting: Sitting, tmp_path: Path) -> None:
    photo = tmp_path / "photo.jpg"
    photo.write_bytes(b"\xff\xd8\xff")
    said = await sitting.talk(f"/file {photo}", f"/file {tmp_path / 'absent.docx'}", "/file")

    assert "not a Word file" in said
    assert said.count("cannot be read") == 2


async def test_what_falls_due_while_the_clock_is_moved_is_said_on_the_way(sitting: Sitting) -> None:
    said = await sitting.talk(*begin(sitting), "/clock +3d", "/clock +30d", "/clock 2020-01-01T09:00", "/clock +1d")
    assert said.count("It has not been sent, so nobody has read it.") == 2


async def test_what_is_left_in_the_librarys_folder_is_told_as_time_goes_by(sitting: Sitting, tmp_path: Path) -> None:
    await sitting.talk("/clock +1m")
    (tmp_path / "library").mkdir(exist_ok=True)
    (tmp_path / "library" / "Zephyrine.docx").write_bytes(b"one")
    said = await sitting.talk("/clock +10m", "/inbox")
    assert "Somebody put files into the library, outside of every case's folder: 1." in said
    assert "Zephyrine" not in said
