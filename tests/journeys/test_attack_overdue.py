"""Attacks on asking about dates, chasing and delivery: borrowed ids, channels of others, nonsense carried back."""

from __future__ import annotations

from datetime import timedelta

import openpyxl
import pytest
from attack_steps import EVERYTHING, OTHER, OTHER_REFERENCE, Watched, words_of, world
from chasing_steps import POLICE, Heard
from msgspec.structs import replace
from overdue_steps import labels, many
from scoping_steps import REFERENCE, asked, case_of, id_of, requests_of
from story import Story, text_of

from dialogs.turn import Press, Text
from state.records import CasePersonRecord, DeadlineRecord
from state.snapshot import Wanted

ASKS = "what is overdue"
SECRET = "request-secret"


async def pressed(story: Story, action: str, chosen: str, at: str = "") -> str:
    """A button of an answer, with a date that was never on it. Returns what was said last."""
    await story.take(Press(action=action, at=at, inputs={"date": chosen}))
    return text_of(story.newest)


@pytest.mark.parametrize("action", ["open_date", "date_time", "chase_dates", "hand_on", "snooze", "leave_to_me"])
@pytest.mark.parametrize("person", ["coordinator", "manager", "police-lead"])
async def test_a_date_made_of_one_case_and_the_request_of_another_opens_neither(story: Story, person: str, action: str) -> None:
    await world(story)
    said = await pressed(story.as_(person), action, f"case-1:scoping_return:{SECRET}")
    assert OTHER_REFERENCE not in said + text_of(story.newest)
    assert OTHER_REFERENCE not in "\n".join(text_of(one) for all_ in story.channel.said.values() for one in all_)


@pytest.mark.parametrize("action", ["open_date", "date_time", "chase_dates", "hand_on", "snooze", "leave_to_me"])
@pytest.mark.parametrize("person", ["coordinator", "manager", "police-lead", "practitioner"])
async def test_a_restricted_case_is_answered_like_one_that_is_not_there(story: Story, person: str, action: str) -> None:
    await world(story)
    story.as_(person)
    there = await pressed(story, action, f"{OTHER}:rapid_review")
    assert there == await pressed(story, action, "case-99:rapid_review")
    assert await pressed(story, action, f"{OTHER}:scoping_return:{SECRET}") == await pressed(
        story, action, "case-99:scoping_return:request-99"
    )


@pytest.mark.parametrize("change", [{"quiet": True}, {"delivery": "private"}])
@pytest.mark.parametrize("asks", [ASKS, "who has not replied", "what is due", f"chase {REFERENCE}"])
@pytest.mark.parametrize("place", ["police", "somewhere"])
async def test_what_was_put_to_one_person_is_not_told_where_their_organisation_reads_along(
    story: Story, place: str, asks: str, change: dict[str, object]
) -> None:
    request = (await asked(story, "police"))["police"]
    await story.without_the_bell(days=9)
    await story.write(replace(request, senior=id_of(story, "nurse"), **change))
    await story.as_("coordinator", in_channel=place).says(asks)
    assert "Test Police" not in labels(story.card)


async def test_a_restricted_case_is_not_among_what_was_sent_for_a_lead_who_is_not_on_its_list(story: Story) -> None:
    await asked(story, "police")
    await story.write(replace(await case_of(story), restricted=True))
    for place in ("", "police"):
        await story.as_("police-lead", in_channel=place).says("what have we sent")
        assert REFERENCE not in text_of(story.newest)


@pytest.mark.parametrize("asks", ["what is waiting for me", "who did not get it", "did it reach Police", "status"])
@pytest.mark.parametrize("place", ["", "police"])
async def test_nor_among_what_waits_for_them_or_did_not_arrive(story: Story, place: str, asks: str) -> None:
    await asked(story, "police")
    await story.as_("police-lead").arrives()
    await story.write(replace(await case_of(story), restricted=True))
    heard = Heard(story)
    await story.as_("police-lead", in_channel=place).says(asks)
    assert REFERENCE not in heard.everywhere()


@pytest.mark.parametrize(
    "carried",
    ["q:o;t=99991231", "q:d;f=00010101;t=99991231", "q:n;f=99991231", "q:o;d=999999;s=999999", "q:z;a=zz~;b=q;k=';DROP", "q:"],
)
@pytest.mark.parametrize("action", ["overdue", "more_dates", "group_dates", "export", "chase_all"])
async def test_a_button_that_carries_nonsense_is_answered(story: Story, action: str, carried: str) -> None:
    await many(story, 2)
    await story.as_("coordinator").take(Press(action=action, at=carried))
    assert "went wrong" not in text_of(story.newest)
    assert await faults(story) == 0


@pytest.mark.parametrize("intent", ["overdue", "due", "how_is", "sent", "delivered", "mine", "status", "timeline"])
async def test_a_period_at_the_end_of_all_time_is_answered(story: Story, intent: str) -> None:
    await asked(story, "police")
    for slots in ('{"from":"0001-01-01","to":"9999-12-31","agency":["police"]}', '{"to":"0001-01-01","organisation":"police"}'):
        await story.as_("coordinator").take(Press(action="asked_for", target=intent, at=slots))
        assert await faults(story) == 0


@pytest.mark.parametrize(
    "asks",
    [
        "what is due by 31 December 9999",
        "what have we sent until 31/12/9999",
        "how is Police doing since 1 January 0001",
        "what is overdue by more than 99999999999999999999 days",
        "give police 99999999999 more days",
        "chase '; DROP TABLE requests; -- <at>everyone</at> [x](http://example.org)",
        "what is overdue for " + "Test " * 4_000,
        "what is due in 999999999 weeks",
    ],
)
async def test_what_nobody_would_type_is_answered(story: Story, asks: str) -> None:
    await asked(story, "police")
    await story.as_("coordinator").says(asks)
    assert await faults(story) == 0


async def faults(story: Story) -> int:
    """How often something went wrong inside."""
    return sum(row.kind == "fault" for row in await story.parts.store.history("partnership"))


async def test_an_absence_names_somebody_who_is_known_or_nothing_is_kept(story: Story) -> None:
    story.as_("coordinator")
    await story.says("who is away")
    await story.press("keep_away", {"person": "Test Child One", "first": "today", "last": "today"})
    history = await story.parts.store.history("partnership")
    assert [row for row in history if "Test Child One" in str(row.what)] == []


@pytest.mark.parametrize("action", ["chase_now", "keep_snooze", "leave_to_me", "keep_hand_on", "send_again", "use_email"])
@pytest.mark.parametrize("person", ["practitioner", "police-lead", "nurse"])
async def test_nobody_else_moves_a_date_with_a_button_that_they_found(story: Story, person: str, action: str) -> None:
    request = (await asked(story, "police"))["police"]
    case = await case_of(story)
    target = case.id if action in ("send_again", "use_email") else f"{case.id}:scoping_return:{request.id}"
    await story.as_("police-lead").arrives()
    before = (await requests_of(story), await story.parts.store.history(f"case:{case.id}"))
    heard = Heard(story)
    inputs = {"until": "30 November 2026", "who": id_of(story, person), "requests": request.id}
    await story.as_(person).press_raw(action, target, inputs)
    assert heard.at(POLICE) == []
    assert before == (await requests_of(story), await story.parts.store.history(f"case:{case.id}"))


async def test_a_restricted_case_is_handed_to_nobody_off_its_list(story: Story) -> None:
    await many(story, 1, restricted=(1,))
    await story.write(CasePersonRecord(case="many-001", person=id_of(story, "coordinator"), relation="named"))
    await story.as_("manager").arrives()
    heard = Heard(story)
    await story.as_("coordinator").press_raw("keep_hand_on", "many-001:rapid_review", {"who": id_of(story, "manager")})
    assert "Test Manager" not in text_of(story.newest)
    assert heard.at("manager") == []


async def test_a_follow_up_goes_on_from_nobody_elses_question(story: Story) -> None:
    await asked(story, "police", "fire")
    await story.without_the_bell(days=9)
    await story.as_("coordinator", in_channel="coordinators").says(f"who has not replied on {REFERENCE}")
    said = text_of(await story.as_("practitioner", in_channel="coordinators").says("and for fire?"))
    assert REFERENCE not in said


async def test_an_answer_names_no_member_of_staff_where_an_organisation_reads_along(story: Story) -> None:
    request = (await asked(story, "police"))["police"]
    await story.without_the_bell(days=9)
    case = await case_of(story)
    await story.as_("coordinator").press_raw("leave_to_me", f"{case.id}:scoping_return:{request.id}")
    for asks in (ASKS, f"status of {REFERENCE}", "how is Police doing", f"did it reach Police on {REFERENCE}"):
        await story.as_("police-lead", in_channel="police").says(asks)
        assert "Test Coordinator" not in text_of(story.newest), asks


QUESTIONS = (
    ASKS,
    "what is due this month",
    "who has not replied",
    f"status of {OTHER_REFERENCE}",
    f"show the timeline of {OTHER_REFERENCE}",
    f"who has not replied on {OTHER_REFERENCE}",
    f"did it reach Police on {OTHER_REFERENCE}",
    f"who has seen {OTHER_REFERENCE}",
    f"chase {OTHER_REFERENCE}",
    f"give police two more days on {OTHER_REFERENCE}",
    "how is Police doing",
    "where is Police",
    "what is waiting for me",
    "what is waiting for Test Senior",
    "what have we sent this year",
    "who did not get it",
    "my referrals",
)
"""Everything that can be asked about dates, requests and delivery."""
OUTSIDE = (
    "coordinator",
    "manager",
    "police-lead",
    "police-deputy",
    "gone-lead",
    "old-coordinator",
    "excluded-coordinator",
    "excluded-lead",
    "excluded-partner",
    "partner",
    "panel-member",
    "auditor",
    "nurse",
    "stranger",
)


async def late(story: Story) -> None:
    """Both cases of the world have a date that has passed, and the requests have theirs."""
    await world(story)
    then = story.clock.now() - timedelta(days=5)
    for case, request in (("case-1", "request-police"), (OTHER, SECRET)):
        review = DeadlineRecord(
            id=f"{case}:rapid_review",
            case=case,
            kind="rapid_review",
            owner="coordinator",
            due=then,
            runs_from=then,
            restricted=case == OTHER,
        )
        known = (await story.parts.store.read(Wanted(turn="", person="", place="", case=case))).deadlines
        returned = replace(review, id=f"{case}:scoping_return:{request}", kind="scoping_return", owner="police")
        await story.write(review, *([] if any(one.id == returned.id for one in known) else [returned]))


NOWHERE = "NS-2026-0099"
"""The reference of no case."""


async def answered(story: Story, reference: str) -> list[str]:
    """All that these questions made anybody see, one by one. A reference that was typed may be said back: it is left out."""
    watched = Watched(story)
    asked_ = [one.replace(OTHER_REFERENCE, reference) for one in QUESTIONS]
    return [f"{one.replace(reference, '')}: {(await watched.take(Text(one))).replace(reference, '')}" for one in asked_]


@pytest.mark.parametrize("place", ["", "police", "coordinators"])
@pytest.mark.parametrize("person", OUTSIDE)
async def test_asking_for_a_restricted_case_is_like_asking_for_one_that_is_not_there(
    story: Story, person: str, place: str
) -> None:
    await late(story)
    await story.as_(person).arrives()
    story.as_(person, in_channel=place)
    there = await answered(story, OTHER_REFERENCE)
    assert there == await answered(story, NOWHERE)
    assert words_of("".join(there), EVERYTHING) == set()


@pytest.mark.parametrize("person", ["excluded-coordinator", "excluded-lead", "excluded-partner", "gone-lead", "stranger"])
async def test_asking_for_a_case_that_one_is_kept_from_is_like_asking_for_one_that_is_not_there(
    story: Story, person: str
) -> None:
    await late(story)
    await story.as_(person).arrives()
    assert await answered(story, "NS-2026-0001") == await answered(story, NOWHERE)


async def test_a_file_asked_for_in_words_holds_no_more_than_the_answer_did(story: Story) -> None:
    await asked(story, "police", "test-hospital-trust")
    await story.without_the_bell(days=9)
    await story.as_("coordinator").says("what is overdue for Test Nurse")
    assert labels(story.card) == ["Test Hospital Trust"]
    await story.says("as excel")
    [path] = story.settings.library.rglob("*.xlsx")
    found = [[cell.value for cell in row][2] for row in openpyxl.load_workbook(path)["Dates"].iter_rows()]
    assert found[1:] == ["Test Hospital Trust"]
