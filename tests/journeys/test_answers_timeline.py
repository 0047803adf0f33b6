"""A case's timeline, as a list and as a picture: who is shown what, and that the picture says nothing its words do not say."""

from __future__ import annotations

import re
from datetime import timedelta

import review_steps
from picture_examples import Texts
from scoping_steps import asked, case_of, everything_in_channels, id_of, requests_of
from story import Story, text_of

from dialogs.answers.bars import MOST_BARS
from dialogs.answers.timeline import MOST_DAYS
from dialogs.reply import Picture
from state.changes import Changes, Entry
from state.records import CasePersonRecord, CaseRecord, DeadlineRecord
from templates.pictures.data import Timeline
from templates.pictures.drawn import draw_timeline
from templates.pictures.png import chat_png

ASKED = "show the timeline of NS-2026-0001"


def picture(story: Story) -> Picture:
    return next(block for block in story.card.blocks if isinstance(block, Picture))


def drawn(found: Picture) -> list[str]:
    assert isinstance(found.data, Timeline)
    sheet = Texts()
    draw_timeline(sheet, found.data)
    return sheet.texts


async def test_everything_that_happened_is_told_in_order(story: Story) -> None:
    await review_steps.sent(story)
    said = text_of(await story.as_("coordinator").says(ASKED))
    told = (
        "The referral came.",
        "The meeting of the rapid review was set for",
        "The rapid review was signed off for",
    )
    places = [said.find(text) for text in told]
    assert -1 not in places, said
    assert places == sorted(places)
    assert "The National Panel was notified." in said
    assert "The rapid review went to the National Panel." in said
    days = re.findall(r"^(\d+)\. ", said, re.MULTILINE)
    assert days == [str(number) for number in range(1, len(days) + 1)]
    assert "Test Child" not in said
    assert [one.action for one in story.card.buttons] == ["keep_timeline", "show_case"]


async def test_requests_and_returns_of_one_day_are_told_together(story: Story) -> None:
    requests = await asked(story, "police", "fire")
    await story.later(days=1)
    case = await case_of(story)
    rows = [
        Entry(chain=f"case:{case.id}", kind=kind, who="t/x", what={"request": requests[one].id} | more)
        for kind, one, more in (
            ("return_received", "police", {}),
            ("nil_return", "fire", {}),
            ("time_asked", "fire", {"new_date": "2026-12-04"}),
            ("time_granted", "fire", {"until": "2026-12-04"}),
        )
    ]
    await story.parts.store.commit("kept", "kept", story.clock.now(), Changes(history=tuple(rows)))
    said = text_of(await story.as_("manager").says(ASKED))
    assert "Asked: Test Fire and Rescue Service, Test Police." in said
    assert "2. Tuesday 24 November 2026: Answered: Test Police. Not known to them: Test Fire and Rescue Service." in said
    assert "More time given until Friday 4 December 2026: Test Fire and Rescue Service." in said


async def test_the_words_of_the_picture_say_everything_on_it(story: Story) -> None:
    await review_steps.sent(story)
    await story.later(days=20)
    await story.as_("coordinator").says(ASKED)
    found = picture(story)
    plain = " ".join(found.alt.split())
    assert isinstance(found.data, Timeline)
    for bar in found.data.bars:
        assert bar.label in plain
        assert bar.said in plain
    for text in (found.data.today_said, found.data.events_said):
        assert text in plain
    for mark in found.data.events:
        assert f"{mark.number} is {mark.day.day} {mark.day:%B %Y}" in plain
    assert "Test Child" not in str(found)
    assert drawn(found)
    assert chat_png(found.data) is not None


async def test_late_is_said_in_words_and_the_bar_goes_on(story: Story) -> None:
    await asked(story, "police", "fire")
    await story.later(days=10)
    await story.as_("coordinator").says(ASKED)
    found = picture(story)
    assert isinstance(found.data, Timeline)
    returns = next(bar for bar in found.data.bars if bar.label == "Returns of agencies, 0 of 2 have come")
    assert returns.said == "due 30 November 2026, 3 working days late"
    assert returns.ended is None
    assert any("3 working days late" in text for text in drawn(found))


async def test_an_organisation_sees_its_own_request_alone(story: Story) -> None:
    await asked(story, "police", "fire")
    said = text_of(await story.as_("police-lead").says(ASKED))
    assert "Asked: Test Police." in said
    assert "Fire" not in said
    assert "The referral came" not in said
    found = picture(story)
    assert isinstance(found.data, Timeline)
    assert [bar.label for bar in found.data.bars] == ["An agency's return"]
    assert story.card.buttons == ()


async def test_a_panel_member_sees_the_whole_case_and_nobody_else_anything(story: Story) -> None:
    case = await review_steps.ready(story)
    said = text_of(await story.as_(review_steps.LA).says(ASKED))
    assert "The referral came." in said
    for person in ("practitioner", "head-teacher"):
        said = text_of(await story.as_(person).says(ASKED))
        assert "You cannot read this case." in said
        assert said == text_of(await story.says("show the timeline of NS-2026-0044"))
    excluded = CasePersonRecord(case=case.id, person=id_of(story, "manager"), relation="excluded")
    await story.write(excluded)
    assert "There is no case with that reference" in text_of(await story.as_("manager").says(ASKED))


async def test_a_restricted_case_has_no_timeline_for_who_is_not_on_its_list(story: Story) -> None:
    await review_steps.notified_case(story, restricted=True)
    coordinator = text_of(await story.as_("coordinator").says(ASKED))
    manager = text_of(await story.as_("manager").says(ASKED))
    on_list = [text for text in (coordinator, manager) if "timeline" in text]
    off_list = [text for text in (coordinator, manager) if "There is no case with that reference" in text]
    assert on_list or off_list
    assert "You cannot read this case." in text_of(await story.as_("police-lead").says(ASKED))


async def test_a_case_that_is_closed_keeps_its_timeline(story: Story) -> None:
    await asked(story, "police")
    case = await case_of(story)
    await story.as_("coordinator").press_raw("close_case", case.id)
    await story.press("do_close", {"decided_by": "Test Coordinator", "reason": "Test reason", "at": ""})
    said = text_of(await story.says(ASKED))
    assert "The referral was withdrawn." in said
    assert "The request was withdrawn: Test Police." in said


async def test_asked_in_a_channel_it_goes_to_the_one_who_asked(story: Story) -> None:
    await asked(story, "police")
    await story.as_("coordinator").says("hello")
    before = everything_in_channels(story)
    assert "I have written to you one to one." in text_of(await story.as_("coordinator", in_channel="coordinators").says(ASKED))
    assert "timeline" not in everything_in_channels(story).removeprefix(before)
    assert "The referral came." in text_of(story.as_("coordinator").newest)


async def long(story: Story, case: CaseRecord, days: int) -> None:
    """A case in which something happened every day."""
    for number in range(days):
        await story.later(days=1)
        row = Entry(chain=f"case:{case.id}", kind="pack_ordered", who="t/x")
        await story.parts.store.commit(f"day-{number}", "day", story.clock.now(), Changes(history=(row,)))


async def test_a_long_timeline_is_shown_in_parts(story: Story) -> None:
    await asked(story, "police")
    case = await case_of(story)
    await long(story, case, MOST_DAYS + 5)
    newest = text_of(await story.as_("coordinator").says(ASKED))
    assert f"{MOST_DAYS + 6}. " in newest
    assert "\n1. " not in newest
    earlier = text_of(await story.press("timeline"))
    assert "\n1. " in earlier
    assert "The referral came." in earlier


async def test_many_clocks_are_cut_to_the_open_ones_first(story: Story) -> None:
    await asked(story, "police")
    case = await case_of(story)
    at = story.clock.now()
    for number in range(MOST_BARS + 3):
        due = at + timedelta(days=number)
        met = at if number < 6 else None
        await story.write(
            DeadlineRecord(id=f"{case.id}:x:{number}", case=case.id, kind=f"x{number}", due=due, runs_from=at, met=met)
        )
    await story.as_("coordinator").says(ASKED)
    found = picture(story)
    assert isinstance(found.data, Timeline)
    assert len(found.data.bars) == MOST_BARS
    assert sum(bar.ended is None for bar in found.data.bars) >= 5


async def test_who_names_no_case_is_asked_for_the_reference(story: Story) -> None:
    await asked(story, "police")
    assert len(await requests_of(story)) == 1
    assert "Please type the reference of the case as well" in text_of(await story.as_("coordinator").says("timeline"))


async def test_the_picture_can_be_kept_in_the_folder_of_the_case(story: Story) -> None:
    await asked(story, "police")
    await story.as_("coordinator").says(ASKED)
    assert "The picture will lie in the folder of the case." in text_of(await story.press("keep_timeline"))
    [kept] = story.settings.library.rglob("*.png")
    assert kept.relative_to(story.settings.library).as_posix() == "NS-2026-0001/05 Rapid review/NS-2026-0001 Timeline v1.png"
    assert kept.read_bytes().startswith(b"\x89PNG")
    await story.as_("manager").says(ASKED)
    assert [one.action for one in story.card.buttons] == ["show_case"]


async def test_of_one_organisation_only_its_own_request_is_told(story: Story) -> None:
    await asked(story, "police", "fire")
    said = text_of(await story.as_("coordinator").says("timeline of police on NS-2026-0001"))
    assert "Asked: Test Police." in said
    assert "Fire" not in said
    assert "The referral came" not in said
