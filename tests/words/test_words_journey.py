"""Every card and window along the way keeps to the access lints, and nothing that was settled is asked again."""

from __future__ import annotations

from pathlib import Path

import pytest
from access_lints import problems
from story import profile, text_of
from walks import MARK, Heard, Watched, answers, texts, walk

from dialogs.asking.moves import move
from dialogs.reply import Card, Facts, Input, Reply


async def begun(story: Watched, start: str = "start_referral") -> None:
    """From hello to the first question."""
    await story.arrives()
    await story.says("hello")
    await story.says("I need to refer a child")
    await story.press(start)


@pytest.mark.parametrize("children", [1, 2])
async def test_a_whole_referral(watched: Watched, children: int) -> None:
    await begun(watched)
    await walk(watched, answers(children), children=children)
    await watched.press("submit")
    await watched.press("my_referrals")
    watched.as_("coordinator")
    await watched.says("open referrals")
    await watched.press("open_case")
    assert sum("advice" in text_of(heard.reply) for heard in watched.everything) >= 2
    assert len(watched.everything) > 40
    assert problems(watched) == []


OTHER_COURSES: dict[str, dict[str, str]] = {
    "died, looked after": {"deceased": "yes", "looked_after": "this_authority", "date_of_death": "21/11/2026"},
    "a baby who died": {"date_of_birth": "2/11/2026", "deceased": "yes", "sudden_infant_death": "yes"},
    "unborn": {"date_of_birth": "unborn", "expected_date_of_birth": "March 2027"},
    "no abuse, elsewhere": {"abuse_or_neglect": "none", "seriously_harmed": "no"},
    "a young person who died by suicide": {"deceased": "yes", "suicide": "yes", "contribution": "some", "care_leaver": "yes"},
    "hardly anything is known": {
        "date_of_birth": "",
        "deceased": "",
        "seriously_harmed": "",
        "abuse_or_neglect": "",
        "ethnicity": "",
    },
}


@pytest.mark.parametrize("course", OTHER_COURSES)
async def test_other_courses_of_events(watched: Watched, course: str) -> None:
    changed = {f"children.1.{name}": value for name, value in OTHER_COURSES[course].items()}
    await begun(watched)
    await walk(watched, {**answers(), **changed})
    await watched.says("check")
    advice = next(heard for heard in watched.everything if "People decide" in text_of(heard.reply))
    assert advice.private
    assert problems(watched) == []


async def test_wrong_answers_and_ways_round(watched: Watched) -> None:
    await begun(watched)
    await watched.press("confirm", {asked.id: asked.value for asked in watched.card.inputs})
    await watched.press("answer", {"immediate_safety": ""})
    await watched.press("answer", {"immediate_safety": "no"})
    for typed in ("why", "where am i", "help", "change 99", "change name", "window", "show 1", "back", "skip", "check"):
        await watched.says(typed)
    await watched.press("change", {})
    await watched.press("change", {"change": "immediate_safety:0"})
    await watched.press("answer", {"immediate_safety": "yes"})
    await walk_to(watched, "children.1.date_of_birth")
    for wrong in ("31 April 2019", "tomorrow", "nonsense", "3/4/9999"):
        await watched.press("answer", {"children.1.date_of_birth": wrong})
        assert watched.card.inputs[0].error
    await watched.press("why")
    await watched.press("back")
    assert problems(watched) == []


async def walk_to(story: Watched, path: str) -> None:
    """Answer until a question stands on the card."""
    given = answers()
    for _ in range(30):
        if story.asked == path:
            return
        asked = story.card.inputs
        await story.press(story.card.buttons[0].action, {one.id: one.value or given.get(one.id, "") for one in asked})
    raise AssertionError(f"never asked for {path}, but: {story.asked}")


async def test_windows_show_their_errors_at_their_fields(watched: Watched) -> None:
    await begun(watched)
    await watched.press("confirm", {asked.id: asked.value for asked in watched.card.inputs})
    await walk_to(watched, "children.1.name")
    window = await watched.opens_window()
    assert len(window.inputs) > 10
    await watched.submits_window({"children.1.name": f"{MARK} Child", "children.1.date_of_birth": "31 April 2019"})
    wrong = {asked.id for asked in watched.window.inputs if asked.error}
    assert "children.1.date_of_birth" in wrong
    given = {path: value for path, value in answers().items() if path.startswith("children.1.")}
    await watched.submits_window({asked.id: given[asked.id] for asked in watched.window.inputs if asked.id in given})
    assert watched.window.closed_text
    assert problems(watched) == []


async def test_a_restricted_referral_pausing_and_cancelling(watched: Watched) -> None:
    await begun(watched, "start_restricted")
    await watched.press("name_people", {})
    await watched.press("name_people", {"named": watched.card.inputs[0].choices[0].value})
    await watched.says("pause")
    assert "Everything is saved" in watched.newest.text
    await watched.says("my referrals")
    await watched.says("carry on")
    await watched.says("cancel")
    await watched.press("keep")
    await watched.says("cancel")
    await watched.press("confirm_cancel")
    assert "cancelled" in watched.newest.text
    await watched.says("my referrals")
    assert problems(watched) == []


async def test_on_behalf_roles_and_channels(watched: Watched) -> None:
    watched.as_("coordinator")
    await watched.says("help")
    await watched.press("on_behalf")
    await walk(watched, answers())
    await watched.press("submit")
    await watched.says("add person")
    await watched.press("make_code", {"role": "manager"})
    code = watched.newest.text.split("The code is ")[1].split(".")[0]
    watched.as_("nurse")
    await watched.says(f"claim {code}")
    watched.as_("manager")
    await watched.press("confirm_role")
    watched.as_("coordinator", in_channel="test-room")
    await watched.says("tie channel")
    watched.as_("coordinator")
    await watched.press("confirm_channel")
    assert problems(watched) == []


async def test_what_is_not_understood_or_not_allowed(watched: Watched) -> None:
    for typed in (
        "purple",
        "",
        "?",
        "a child is in danger",
        "open NS-2026-0099",
        "claim AAAA-BBBB-CCCC",
        "cancel",
        "open referrals",
    ):
        await watched.says(typed)
    watched.as_("practitioner", in_channel="coordinators")
    await watched.says("refer a child")
    await watched.says("help")
    assert len(watched.everything) >= 10
    assert problems(watched) == []


def test_the_lints_see_what_they_should(tmp_path: Path) -> None:
    story = Watched(tmp_path)
    asked = Input(id="x", label="", required=True)
    story.everything.append(Heard("x", True, True, Reply(card=Card(inputs=(asked, asked)), preview=f"{MARK} is here")))
    story.everything.append(Heard("x", True, True, Reply(text="Hello {name}")))
    found = " ".join(problems(story))
    for problem in (
        "no label",
        "does not say so",
        "no button takes",
        "one input twice",
        "preview that identifies",
        "left over",
    ):
        assert problem in found
    assert list(texts(Reply(text="a", preview="b"))) == ["a", "b"]


TYPED_TOO = ("skip", "back", "why", "pause", "check", "cancel", "add_child", "row_none", "row_done", "submit")
"""Buttons whose words people may type instead of pressing them; then they must not be kept as an answer."""


@pytest.mark.parametrize("action", TYPED_TOO)
def test_the_words_of_a_button_can_be_typed(action: str) -> None:
    label = profile().words.say(f"buttons.{action}")
    assert move(label, profile().phrases) != ""


@pytest.mark.parametrize("path", ["children.1.normally_resident", "children.1.ethnicity"])
async def test_not_known_can_be_chosen_from_a_list(watched: Watched, path: str) -> None:
    """A yes or no, and a list: the option stands on the card, so it must be taken."""
    await begun(watched)
    await walk(watched, {**answers(), path: "not_known"})
    facts = [block for card in watched.cards() for block in card.blocks if isinstance(block, Facts)]
    assert "Not known" in [value for block in facts for _, value in block.rows]
    assert [asked.error for card in watched.cards() for asked in card.inputs if asked.error] == []
