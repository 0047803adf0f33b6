"""How an organisation is doing with its returns: the numbers, whose they are, and of what time."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import msgspec
from picture_examples import Texts
from scoping_steps import everything_in_channels, id_of, organisation, posted
from story import Story, text_of

from dialogs.answers.how_is import MOST
from dialogs.reply import Picture
from state.records import CasePersonRecord, CaseRecord
from state.scoping_records import Extension, RequestRecord
from state.snapshot import Wanted
from templates.pictures.data import Returns
from templates.pictures.drawn import draw_returns
from templates.pictures.png import chat_png

NOON = datetime(2026, 11, 2, 12, 0, tzinfo=UTC)
ANSWERED = "accepted"


async def case(story: Story, number: int = 1, *, status: str = "closed", restricted: bool = False) -> CaseRecord:
    made = CaseRecord(
        id=f"c{number}",
        reference=f"NS-2026-{number:04d}",
        status=status,
        restricted=restricted,
        draft="",
        referrer="t/x",
        received_at=NOON,
    )
    await story.write(made)
    return made


async def asked(
    story: Story, of: CaseRecord, key: str = "police", *, sent: datetime = NOON, days: int | None = None, **fields: object
) -> RequestRecord:
    """A request that was due on the Monday after, and answered so many days after it was sent, or not yet."""
    made = RequestRecord(
        **{
            "id": f"{of.id}-{key}",
            "case": of.id,
            "reference": of.reference,
            "organisation": key,
            "agency": "police" if key == "police" else "hospital_trust" if "hospital" in key else key,
            "state": "sent" if days is None else ANSWERED,
            "sent_at": sent,
            "due": datetime.combine(sent.date() + timedelta(days=7), datetime.min.time(), UTC) + timedelta(hours=17),
            "returned_at": None if days is None else sent + timedelta(days=days),
        }
        | fields
    )
    await story.write(made)
    return made


async def three_of_police(story: Story) -> None:
    """In time, late by two working days, and not come yet, in closed and open cases."""
    await asked(story, await case(story, 1), days=3, nil="draft")
    await asked(story, await case(story, 2), days=9)
    given = Extension(asked_by="t/x", asked_at=NOON, new_date=date(2026, 11, 9), granted=True)
    await asked(story, await case(story, 3, status="referred"), extensions=(given,))
    await asked(story, await case(story, 4), state="withdrawn")


def picture(story: Story) -> Picture:
    return next(block for block in story.card.blocks if isinstance(block, Picture))


async def test_the_numbers_of_closed_and_open_cases(story: Story) -> None:
    await three_of_police(story)
    said = text_of(await story.as_("manager").says("how is police doing"))
    assert "Requests sent from 23 November 2025 to 23 November 2026, of the cases you may see." in said
    for line in (
        "Asked: 3",
        "Came in time: 1",
        "Came late: 1, by 2 working days together",
        "Not come yet: 1, late: 1",
        "Nobody known to them: 1",
        "Given more time: 1",
        "Working days to answer, in the middle of all: 5",
        "Withdrawn: 1",
        "Not come yet: NS-2026-0003.",
    ):
        assert line in said, line


async def test_several_organisations_of_a_kind_have_a_bar_each(story: Story) -> None:
    await organisation(story, "third-hospital", "hospital_trust", "Test Third Hospital Trust")
    one = await case(story)
    await asked(story, one, "test-hospital-trust", days=2)
    await asked(story, one, "third-hospital", days=20)
    said = text_of(await story.as_("coordinator").says("how is the hospital doing"))
    found = picture(story)
    assert isinstance(found.data, Returns)
    assert [(row.label, row.in_time, row.late) for row in found.data.rows] == [
        ("Test Third Hospital Trust", 0, 1),
        ("Test Hospital Trust", 1, 0),
    ]
    assert "Test Hospital Trust: 1 in time, 0 late, 0 not come yet." in said
    sheet = Texts()
    draw_returns(sheet, found.data)
    assert [text for text in sheet.texts if text not in found.alt and text not in found.data.key] == []
    assert chat_png(found.data) is not None


async def test_a_period_is_when_they_were_asked(story: Story) -> None:
    await three_of_police(story)
    await asked(story, await case(story, 9), sent=datetime(2026, 8, 3, 12, 0, tzinfo=UTC), days=1)
    story.as_("coordinator")
    assert "Asked: 4" in text_of(await story.says("how is police doing"))
    said = text_of(await story.says("how did police do in August"))
    assert "Requests sent from 1 August 2026 to 31 August 2026" in said
    assert "Asked: 1" in said
    assert "Nothing was asked in that time." in text_of(await story.says("how did police do in March"))


async def test_a_lead_sees_their_own_organisation_alone(story: Story) -> None:
    await three_of_police(story)
    await asked(story, await case(story, 5), "fire", days=2)
    story.as_("police-lead")
    for words in ("how is police doing", "how are we doing with our returns"):
        said = text_of(await story.says(words))
        assert "Test Police: returns" in said or "Police: returns" in said
        assert "Asked: 3" in said
    said = text_of(await story.says("how is fire doing"))
    assert "You can ask about your own organisation's requests." in said
    assert "Test Fire" not in said


async def test_what_was_put_to_somebody_in_private_is_not_told_to_the_lead(story: Story) -> None:
    await asked(story, await case(story, 1), days=2)
    await asked(story, await case(story, 2), delivery="private", senior="t/somebody")
    await asked(story, await case(story, 3), quiet=True)
    assert "Asked: 1" in text_of(await story.as_("police-lead").says("how is police doing"))
    assert "Asked: 3" in text_of(await story.as_("coordinator").says("how is police doing"))


async def test_a_restricted_case_is_in_no_number_for_who_is_not_on_its_list(story: Story) -> None:
    await asked(story, await case(story, 1), days=2)
    hidden = await case(story, 2, restricted=True)
    await asked(story, hidden, days=2)
    assert "Asked: 1" in text_of(await story.as_("coordinator").says("how is police doing"))
    named = CasePersonRecord(case=hidden.id, person=id_of(story, "coordinator"), relation="named")
    await story.write(named)
    assert "Asked: 2" in text_of(await story.says("how is police doing"))
    excluded = CasePersonRecord(case="c1", person=id_of(story, "coordinator"), relation="excluded")
    await story.write(excluded)
    assert "Asked: 1" in text_of(await story.says("how is police doing"))


async def test_in_their_channel_the_numbers_are_said_without_a_restricted_case(story: Story) -> None:
    await asked(story, await case(story, 1), days=2)
    hidden = await case(story, 2, restricted=True)
    await asked(story, hidden, days=2)
    await story.write(CasePersonRecord(case=hidden.id, person=id_of(story, "coordinator"), relation="named"))
    said = text_of(await story.as_("coordinator", in_channel="coordinators").says("how is police doing"))
    assert "Asked: 1" in said
    await story.as_("coordinator", in_channel="fire").says("how is police doing")
    assert "Police: returns" not in everything_in_channels(story).replace(said, "")


async def test_nobody_else_is_told(story: Story) -> None:
    await three_of_police(story)
    assert "There is nothing here that you can see." in text_of(await story.as_("practitioner").says("how is police doing"))
    assert "There is nothing here that you can see." in text_of(await story.as_("head-teacher").says("how is police doing"))
    said = text_of(await story.as_("nurse").says("how is police doing"))
    assert "You can ask about your own organisation's requests." in said


async def test_returns_by_agency_are_everybodys_for_those_who_run_cases(story: Story) -> None:
    assert "Every organisation: returns" in text_of(await story.as_("coordinator").says("how are we doing with our returns"))
    of = await case(story)
    for key in ("police", "fire"):
        await asked(story, of, key)
    said = text_of(await story.as_("manager").says("returns by agency"))
    assert "Test Fire and Rescue Service, Test Police: returns" in said
    assert "Asked: 2" in said
    said = text_of(await story.as_("police-lead").says("returns by agency"))
    assert "Test Police: returns" in said
    assert "Fire" not in said


async def test_so_many_that_only_the_newest_are_counted(story: Story) -> None:
    one = await case(story)
    rows = [
        RequestRecord(
            id=f"many-{number}",
            case=one.id,
            reference=one.reference,
            organisation="police",
            agency="police",
            state="sent",
            sent_at=NOON + timedelta(minutes=number),
        )
        for number in range(MOST + 3)
    ]
    await story.write(*rows)
    said = text_of(await story.as_("coordinator").says("how is police doing"))
    assert f"Asked: {MOST}" in said
    assert f"Only the newest {MOST} are counted." in said


async def test_a_follow_up_asks_the_same_of_somebody_else(story: Story) -> None:
    await three_of_police(story)
    await asked(story, await case(story, 7), "fire", days=2)
    await story.as_("coordinator").says("how is police doing since January")
    said = text_of(await story.says("and for fire?"))
    assert "Asked: 1" in said
    assert "Requests sent from 1 January 2026" in said
    assert "Fire" in said
    assert "Requests sent from 1 October 2026 to 31 October 2026" in text_of(await story.says("what about October"))


async def test_an_organisation_is_known_by_its_own_name(story: Story) -> None:
    await organisation(story, "brook", "hospital_trust", "Brookwater Trust")
    one = await case(story)
    await asked(story, one, "brook", days=2)
    await asked(story, one, "test-hospital-trust", days=2)
    said = text_of(await story.as_("coordinator").says("how is Brookwater Trust doing"))
    assert "Brookwater Trust: returns" in said
    assert "Asked: 1" in said
    await story.write(msgspec.structs.replace(await request_of(story, "c1-brook"), state="sent", returned_at=None))
    said = text_of(await story.says("status of Brookwater Trust"))
    assert "NS-2026-0001, Brookwater Trust: not opened yet" in said


async def request_of(story: Story, name: str) -> RequestRecord:
    found = (await story.parts.store.read(Wanted(turn="", person="", place="", request=name))).request
    assert found is not None
    return found


async def test_what_was_put_to_somebody_in_private_is_in_no_number_in_their_channel(story: Story) -> None:
    await asked(story, await case(story, 1), days=2)
    await asked(story, await case(story, 2, status="referred"), quiet=True)
    await story.as_("coordinator").says("hello")
    assert "Asked: 1" in text_of(await story.as_("coordinator", in_channel="police").says("how is police doing"))
    said = text_of(await story.says("status of police"))
    assert "NS-2026-0002" not in said
    assert "Asked: 2" in text_of(await story.as_("coordinator", in_channel="coordinators").says("how is police doing"))
    await story.as_("coordinator", in_channel="police").says("status of police on NS-2026-0002")
    assert "I have written to you one to one." in text_of(story.newest)
    assert "NS-2026-0002" not in posted(story, "police")
