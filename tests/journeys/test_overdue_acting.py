"""From the answer about dates: chasing one or all, more time given and asked for, handing on, opening; the answer follows."""

from __future__ import annotations

from msgspec.structs import replace
from overdue_steps import actions, dates, facts, labels, many, shown
from scoping_steps import REFERENCE, asked, history, id_of, posted, referred, requests_of
from story import Story, text_of

from state.chasing_records import ChaseRecord
from state.snapshot import Wanted

ASKS = "what is overdue"
POLICE = f"{REFERENCE}, Test Police"


async def late(story: Story) -> None:
    """Police were asked, have not answered, and the question is on the coordinator's screen the day after the next."""
    await asked(story, "police", "fire")
    await story.later(days=8)
    await story.later(days=1)
    await _not_chased(story)
    await story.as_("coordinator").says(ASKS)


async def _not_chased(story: Story) -> None:
    """As if nobody had been reminded yet: the ladder has stories of its own."""
    requests = await requests_of(story)
    case = requests["police"].case
    read = await story.parts.store.read(Wanted(turn="", person="", place="", case=case, chases=True))
    await story.write(*(replace(one, told_at=None) for one in read.chases))


async def chase_of(story: Story, organisation: str) -> ChaseRecord:
    request = (await requests_of(story))[organisation]
    read = await story.parts.store.read(Wanted(turn="", person="", place="", case=request.case, chases=True))
    return next(one for one in read.chases if one.id.endswith(request.id))


async def test_one_date_is_chased_in_the_thread_of_its_card(story: Story) -> None:
    await late(story)
    before = posted(story, "police")
    said = text_of(await story.press("chase_dates", {"date": dates(story.card)[POLICE]}))
    assert said == f"{REFERENCE}, Test Police: its answer. They have been asked."
    assert posted(story, "police").count("we do not have your answer yet") == before.count("we do not have your answer yet") + 1
    assert (await chase_of(story, "police")).told_at is not None
    row = shown(story)
    assert "What is overdue" in row
    assert "Last chased Wednesday 2 December 2026." in row
    assert "chased" in await history(story)


async def test_all_that_are_shown_are_chased_case_by_case(story: Story) -> None:
    await late(story)
    said = text_of(await story.press("chase_dates", {"date": "all"}))
    assert said == "They have been asked about 2 of these. For those who run the case to do themselves: 1."
    assert (await chase_of(story, "fire")).told_at is not None
    assert shown(story).count("Last chased Wednesday 2 December 2026.") == 2
    await story.says(ASKS)
    said = text_of(await story.press("chase_dates", {"date": "all"}))
    assert said == "Asked today already, so not once more: 2. For those who run the case to do themselves: 1."


async def test_chase_them_shows_first_who_would_be_chased(story: Story) -> None:
    await late(story)
    before = posted(story, "police")
    said = text_of(await story.says("chase them"))
    assert said.startswith("Who would be chased\nOf the cases you may see: 2 dates have passed.")
    assert sorted(labels(story.card)) == ["Test Fire and Rescue Service", "Test Police"]
    assert posted(story, "police") == before
    assert "asked about 2 of these" in text_of(await story.press("chase_all"))
    assert posted(story, "police") != before


async def test_nobody_is_chased_at_night(story: Story) -> None:
    await late(story)
    await story.later(hours=12)
    before = posted(story, "police")
    await story.says("chase them")
    said = text_of(await story.press("chase_all"))
    assert "They will be asked about 2 of these on Thursday 3 December 2026 at" in said
    assert posted(story, "police") == before
    await story.later(hours=13)
    assert posted(story, "police") != before


async def test_chasing_is_for_those_who_run_cases(story: Story) -> None:
    await late(story)
    for person in ("police-lead", "practitioner"):
        said = text_of(await story.as_(person).says("chase them"))
        assert said.startswith("Only the coordinator or a manager can chase.")
    await story.as_("manager").says("chase them")
    assert "chase_all" in actions(story.card)


async def test_time_is_given_from_the_answer_and_the_answer_follows(story: Story) -> None:
    await late(story)
    await story.press("date_time", {"date": dates(story.card)[POLICE]})
    assert "Until when" in text_of(story.newest) or story.has("keep_time")
    said = text_of(await story.press("keep_time", {"until": "4 December 2026", "reason": "The file is elsewhere."}))
    assert "4 December 2026" in said
    assert (await requests_of(story))["police"].due is not None
    assert "2 dates have passed." in shown(story)
    assert "Test Police" not in shown(story)


async def test_an_organisation_asks_for_time_and_it_is_granted(story: Story) -> None:
    await asked(story, "police")
    await story.later(days=9)
    await story.as_("police-lead").says(ASKS)
    await story.press("date_time", {"date": dates(story.card)[POLICE]})
    assert "Which day can you answer by" in text_of(story.newest)
    await story.press("ask_time", {"new_date": "4 December 2026", "reason": "The file is elsewhere."})
    await story.as_("coordinator").says(ASKS)
    assert "They have asked for more time." in dict(facts(story.card))["Test Police"]
    await story.says(f"requests {REFERENCE}")
    await story.press("grant_time")
    assert "Test Police" not in shown(story)
    assert "For Test Police: no date has passed." in text_of(await story.as_("police-lead").says(ASKS))


async def test_only_a_return_can_be_given_more_time(story: Story) -> None:
    await late(story)
    notification = dates(story.card)[f"{REFERENCE}, Notification to the National Panel"]
    said = text_of(await story.press("date_time", {"date": notification}))
    assert said.startswith("More time can be given for an agency's return alone.")


async def test_a_date_is_handed_to_a_colleague(story: Story) -> None:
    await late(story)
    await story.as_("manager").says("hello")
    await story.as_("coordinator").says(ASKS)
    await story.press("hand_on", {"date": dates(story.card)[POLICE]})
    await story.press("keep_hand_on", {"who": id_of(story, "manager")})
    assert "Whose move: Test Manager." in shown(story)
    assert "this is with you now" in text_of(story.as_("manager").newest)
    await story.as_("coordinator").says(ASKS)
    assert "Whose move: Test Manager." in dict(facts(story.card))["Test Police"]


async def test_a_date_is_opened_as_whoever_presses_may_see_it(story: Story) -> None:
    await late(story)
    answer = dict(dates(story.card))
    await story.press("open_date", {"date": answer[POLICE]})
    assert "Test Police" in text_of(story.newest)
    assert story.has("give_time")
    await story.as_("manager").says(ASKS)
    await story.press("open_date", {"date": answer[POLICE]})
    assert f"Case {REFERENCE}" in text_of(story.newest)
    await story.as_("police-lead").says(ASKS)
    await story.press("open_date", {"date": answer[POLICE]})
    assert "Test Mother Zephyrine" in text_of(story.newest)
    await story.as_("nurse").press_raw("open_date", "", {"date": answer[POLICE]})
    assert "You cannot read this case." in text_of(story.newest)


async def test_a_date_that_is_none_is_refused_like_one_that_may_not_be_known(story: Story) -> None:
    await late(story)
    for person, told in (
        ("coordinator", "There is no case with that reference that you can see."),
        ("nurse", "You cannot read"),
    ):
        for action in ("open_date", "date_time"):
            await story.as_(person).press_raw(action, "", {"date": "no-such-case:scoping_return:x"})
            assert told in text_of(story.newest)
            await story.press_raw(action, "", {})
            assert "Please choose one of the dates." in text_of(story.newest)


async def test_a_case_without_a_date_is_opened_from_the_first_lines(story: Story) -> None:
    await referred(story)
    await story.later(days=4)
    await story.as_("coordinator").says(ASKS)
    [(label, value), *_] = list(dates(story.card).items())
    assert label == f"{REFERENCE}, what comes first"
    await story.press("open_date", {"date": value})
    assert f"Case {REFERENCE}" in text_of(story.newest)


async def test_chasing_from_a_page_leaves_the_others_alone(story: Story) -> None:
    await late(story)
    await many(story, 12)
    await story.as_("coordinator").says(ASKS)
    await story.press("more_dates")
    assert POLICE in dates(story.card)
    await story.press("chase_dates", {"date": dates(story.card)[POLICE]})
    assert "11 to 16 of 16." in shown(story)
