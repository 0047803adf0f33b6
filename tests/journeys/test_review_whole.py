"""A rapid review from real requests and real returns: what organisations wrote is in the pack, and each is told the outcome."""

from __future__ import annotations

from asked import NIL, RETURN, fills_in_windows, opens, return_in_windows, sends
from msgspec import structs
from review_steps import (
    DUE,
    ICB,
    LA,
    NOTIFIED,
    files,
    heard_by,
    id_of,
    known,
    make_letter,
    name_panel,
    pack_data,
    pressed,
    set_meeting,
    sign,
    whole,
    words_of,
    written,
)
from scoping_steps import asked, everything_in_channels
from story import Story, text_of

from dialogs.review.glance import overview_data
from dialogs.review.sources import Sources
from state.records import CasePersonRecord, CaseRecord, DeadlineRecord
from templates.documents.read import read_tags

SENIOR = {"signed_off_by": "Test Chief, Superintendent"}


async def answered(story: Story) -> CaseRecord:
    """Police return, the hospital trust knows nobody, the surgery has not answered."""
    requests = await asked(story, "police", "test-hospital-trust", "gp")
    story.as_("police-lead", in_channel="police")
    await return_in_windows(story, requests["police"].id, RETURN | SENIOR)
    story.as_("nurse", in_channel="test-hospital-trust")
    await opens(story, "not_known_to_us", requests["test-hospital-trust"].id)
    await sends(story, "begin_nil")
    await fills_in_windows(story, {**NIL, "names_checked": "children.1,family.1,family.3"})
    await sends(story, "window_send")
    case = (await whole(story)).case
    assert case is not None
    due = DeadlineRecord(
        id=f"{case.id}:rapid_review", case=case.id, kind="rapid_review", owner="coordinator", due=DUE, runs_from=NOTIFIED
    )
    before = [one for one in (await whole(story)).deadlines if one.id == due.id]
    await story.write(structs.replace(case, status="notified", notified_at=NOTIFIED))
    if not before:
        await story.write(due)
    for person in (LA, ICB):
        await known(story, person)
    return case


async def test_what_organisations_wrote_is_in_the_pack_once_and_under_their_name(story: Story) -> None:
    case = await answered(story)
    await set_meeting(story, case)
    data = await pack_data(story)
    assert [(one.organisation, one.text) for one in data.summary] == [("Test Police", "Police were called to the home twice.")]
    assert [one.organisation for one in data.nil_returns] == ["Test Hospital Trust"]
    assert [one.organisation for one in data.outstanding] == ["Test Surgery"]
    assert [one.text for one in data.children[0].voice] == ["He said that he wanted to go home."]
    assert (data.actions[0].action, data.actions[0].lead) == ("Train new officers.", "Test Superintendent")
    assert "Test Mother Zephyrine" in data.family
    assert "Quillon" not in data.family, "the referral says that he is not to be shared"
    assert "not to share them: 1." in data.family
    appendix = data.returns[0]
    assert (appendix.by, appendix.signed_off_by) == ("Test Police Lead", "Test Chief, Superintendent")
    tables = {table.heading: table for section in appendix.sections for table in section.tables}
    assert ("Health Visiting Service", "Yes", "No", "") in tables["Contact with other agencies"].rows
    assert not any(row[0] == "Police" for row in tables["Contact with other agencies"].rows)
    await pressed(story.as_("coordinator"), "pack", case.id)
    text = words_of(story, "NS-2026-0001 3 Rapid review draft v1.docx")
    assert text.count("He said that he wanted to go home.") == 2
    assert text.count("Test Officer One") == 1


async def test_the_overview_counts_and_draws_who_was_in_contact(story: Story) -> None:
    await answered(story)
    data = overview_data(Sources(await whole(story), story.parts.kit, story.clock.now()))
    assert (data.counts.asked, data.counts.returned, data.counts.nil, data.counts.outstanding) == (3, 1, 1, 1)
    assert data.organisations == ("Test Surgery", "Test Police")
    police = dict(zip((one.label for one in data.agencies), data.cells[1], strict=True))
    assert (police["Health Visiting Service"], police["Police"], police["Housing"]) == ("yes", "own", "no")
    assert set(data.cells[0]) == {"own", ""}
    assert ("Incident", "20 November 2026") in data.dates
    assert not any("Test Child" in label + day for label, day in data.dates)


async def test_the_agenda_names_who_is_asked_and_no_child(story: Story) -> None:
    case = await answered(story)
    await set_meeting(story, case)
    await name_panel(story, case)
    name = [one for one in files(story, "05 Rapid review") if "Agenda" in one][-1]
    root = story.settings.library / "NS-2026-0001" / "05 Rapid review"
    tags = read_tags((root / name).read_bytes())
    said = "\n".join(str(value) for value in tags.values())
    assert "Test Chief Nurse, Chief nurse" in said
    assert "Nobody has been named yet." not in said
    assert "Test Hall" in said
    assert "Test Child" not in said


async def test_a_further_question_is_offered_where_the_request_is_opened(story: Story) -> None:
    case = await answered(story)
    request = next(one for one in (await whole(story)).requests if one.organisation == "police")
    await pressed(story.as_("coordinator"), "ask_organisation", case.id, {"request": request.id, "question": "Who rang?"})
    thread = story.channel.said["channel:police"][-1]
    assert "asks your organisation a further question" in text_of(thread)
    story.as_("police-lead", in_channel="police")
    await opens(story, "open_request", request.id)
    ways = [one.action for one in (story.window.submit, *story.window.buttons) if one is not None]
    assert ways[0] == "further_questions"
    opened = await sends(story, "further_questions")
    assert "Who rang?" in [getattr(block, "text", "") for block in opened.blocks]
    assert "Who rang?" not in everything_in_channels(story)


async def test_from_the_returns_to_the_outcome_that_everybody_hears(story: Story) -> None:
    case = await answered(story)
    await set_meeting(story, case)
    await name_panel(story, case)
    await story.later(days=10)
    await written(story, case)
    for person in (LA, ICB, "police-lead"):
        await sign(story, case, person)
    request = next(one for one in (await whole(story)).requests if one.organisation == "gp")
    await pressed(story.as_("coordinator"), "without_return", case.id, {"requests": request.id, "reason": "No answer came."})
    assert "are in the case's folder" in text_of(await make_letter(story, case))
    await pressed(story, "mark_sent", case.id, {"sent": "3 December 2026 at 09:00"})
    outcome = "The rapid review of NS-2026-0001 is finished. The outcome: there will be a local review."
    for channel in ("channel:police", "channel:test-hospital-trust"):
        assert any(outcome in text_of(reply) for reply in story.channel.said[channel])
    for person in (LA, ICB, "nurse"):
        assert any(outcome in said for said in heard_by(story, person))
    for name in ("Test Child", "Test Street", "Zephyrine", "wanted to go home", "There is more to learn"):
        assert name not in everything_in_channels(story)
    folders = {path.parent.name for path in (story.settings.library / "NS-2026-0001").rglob("*") if path.is_file()}
    assert {"01 Referral", "05 Rapid review", "06 Panel"} <= folders
    assert not any("Test" in name for name in files(story))


async def test_who_is_involved_has_no_view_of_the_review(story: Story) -> None:
    case = await answered(story)
    await set_meeting(story, case)
    await name_panel(story, case)
    police = id_of(story, "police-lead")
    await story.write(CasePersonRecord(case=case.id, person=police, relation="excluded"))
    story.as_("police-lead")
    for action in ("read_pack", "review", "write_review", "sign_off_review", "attend"):
        said = text_of(await story.press_raw(action, case.id))
        assert "You cannot read this case" in said
        assert "Police were called" not in said
