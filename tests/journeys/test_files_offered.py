"""A copy of a document: who may have it, that it is asked first, and what happens when it cannot be sent at once."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO

import docx
from overdue_steps import many
from referral_steps import ONE_CHILD, begin, fill_in
from review_steps import LA, id_of, ready
from scoping_steps import IDENTIFIES, asked, case_of, history, referred, requests_of, seen
from story import Story, text_of
from test_restricted import another_coordinator, restricted

from dialogs.reply import Button, Parcel, Reply, Upload, as_json
from dialogs.turn import Consented, Press
from state.changes import OutboxRow
from state.records import CaseRecord
from state.values import JSON

NAME = "NS-2026-0001 1a Referral v1.docx"
REFUSED = ("access.not_this_case", "access.no_such_case")


async def a_referral(story: Story) -> CaseRecord:
    """Sent by the practitioner, who still looks at the thanks."""
    await begin(story)
    await fill_in(story, ONE_CHILD)
    await story.press("submit")
    return await case_of(story)


def parcels(story: Story, place: str = "practitioner") -> list[Parcel]:
    """The files that came in a conversation."""
    return [reply.parcel for reply in story.channel.said[place] if reply.parcel is not None]


async def forged(story: Story, action: str, case: str, what: str) -> Reply:
    """A press that nobody was offered."""
    await story.take(Press(action=action, target=case, at=what))
    return story.newest


async def copies(story: Story) -> list[OutboxRow]:
    """The rows of the ledger that give somebody a copy, oldest first."""
    return [row for row in reversed(await story.parts.store.ledger()) if row.send.kind == "file"]


async def test_whoever_sent_a_referral_can_have_it_after_being_asked(story: Story) -> None:
    case = await a_referral(story)
    asked_first = await story.press("get_file")
    assert text_of(asked_first) == (
        "I shall put a copy of the referral form of NS-2026-0001 into this chat. "
        "The copy stays in The console until somebody deletes it. Shall I send it?\n[Send it to me]\n[No, do not send it]"
    )
    assert parcels(story) == []
    await story.press("send_file")
    said = [text_of(one) for one in story.heard[-2:]]
    assert said == [
        "A copy of the referral form of NS-2026-0001 is on its way.",
        "This is a copy of the referral form of NS-2026-0001. Please delete it when you no longer need it.",
    ]
    [parcel] = parcels(story)
    assert parcel.name == NAME
    assert "NS-2026-0001" in docx.Document(BytesIO(parcel.content)).core_properties.title + parcel.name
    kept = [row for row in await story.parts.store.history(f"case:{case.id}") if row.kind == "file_sent"]
    assert [(row.who, dict(row.what)) for row in kept] == [
        (id_of(story, "practitioner"), {"file": "referral", "reference": "NS-2026-0001"})
    ]


async def test_a_no_sends_nothing(story: Story) -> None:
    await a_referral(story)
    await story.press("get_file")
    assert text_of(await story.press("no_file")).startswith("Nothing was sent.")
    assert parcels(story) == []
    assert await copies(story) == []


async def test_pressed_twice_it_comes_once(story: Story) -> None:
    case = await a_referral(story)
    await story.press("get_file")
    await story.press("send_file")
    again = await forged(story, "send_file", case.id, "referral")
    assert text_of(again) == "A copy of the referral form of NS-2026-0001 is on its way already. Please wait a moment."
    assert len(parcels(story)) == 1
    await story.later(minutes=2)
    await forged(story, "send_file", case.id, "referral")
    assert len(parcels(story)) == 2, "later it can be had again"


async def test_others_cannot_have_it_whatever_they_press(story: Story) -> None:
    case = await a_referral(story)
    for person in ("head-teacher", "police-lead", "manager"):
        story.as_(person)
        for action in ("get_file", "send_file"):
            for what in ("referral", "rapid_review", "scoping:nothing", "", "handover", "decision"):
                said = text_of(await forged(story, action, case.id, what))
                assert said in (text_of(Reply(text=story.parts.kit.words.say(key))) for key in REFUSED), said
        assert parcels(story, person) == []
    assert await copies(story) == []


async def test_the_coordinator_and_the_panel_have_the_pack_and_an_organisation_does_not(story: Story) -> None:
    case = await ready(story)
    await story.as_("coordinator").press_raw("pack", case.id)
    built = story.channel.updates[-1][1]
    assert built.card is not None
    assert [one.at for one in built.card.buttons if one.action == "get_file"] == ["rapid_review", "overview"]
    for person in ("coordinator", LA, "nurse"):
        story.as_(person)
        await forged(story, "send_file", case.id, "rapid_review")
        assert [one.name for one in parcels(story, person)] == ["NS-2026-0001 3 Rapid review draft v1.docx"], person
    await story.as_("nurse").press_raw("read_pack", case.id)
    assert [one.at for one in story.card.buttons if one.action == "get_file"] == ["rapid_review", "overview", "agenda"]
    story.as_("head-teacher")
    await forged(story, "send_file", case.id, "rapid_review")
    assert parcels(story, "head-teacher") == []
    for what in ("handover", "timeline"):
        await forged(story.as_("nurse"), "send_file", case.id, what)
    assert len(parcels(story, "nurse")) == 1, "what only the coordinator has made"


async def test_an_organisation_has_its_own_form_and_that_counts_as_having_opened_the_names(story: Story) -> None:
    await asked(story, "police", "fire")
    requests = await requests_of(story)
    police, fire = requests["police"], requests["fire"]
    story.as_("police-lead")
    await story.press_raw("open_request", police.id)
    offer = next(reply for reply in story.heard if reply.card and any(one.action == "get_file" for one in reply.card.buttons))
    assert text_of(offer).startswith("You can write the return for NS-2026-0001 in Word as well.")
    assert offer.card is not None
    assert [one.at for one in offer.card.buttons] == [f"scoping:{police.id}", f"scoping_letter:{police.id}"]
    for button in offer.card.buttons:
        await forged(story, "send_file", button.target, button.at)
    assert [one.name for one in parcels(story, "police-lead")] == [
        "NS-2026-0001 2 Form police v1.docx",
        "NS-2026-0001 2a Letter police v1.docx",
    ]
    refused = text_of(await forged(story, "send_file", fire.case, f"scoping:{fire.id}"))
    unknown = text_of(await forged(story, "send_file", fire.case, "scoping:no-such-request"))
    assert refused == unknown
    assert len(parcels(story, "police-lead")) == 2


async def test_a_form_that_nobody_has_opened_yet_is_opened_by_having_it(story: Story) -> None:
    await asked(story, "police")
    request = (await requests_of(story))["police"]
    await forged(story.as_("police-lead"), "send_file", request.case, f"scoping:{request.id}")
    kept = await seen(story)
    assert [(one.person, one.issue) for one in kept.openings] == [(id_of(story, "police-lead"), 1)]
    assert (await requests_of(story))["police"].state == "opened"
    assert "file_sent" in list(await history(story))


async def test_a_restricted_case_is_not_there_for_whoever_is_not_on_its_list(story: Story) -> None:
    await another_coordinator(story)
    case = await restricted(story, "Test Coordinator")
    for person in ("nurse", "manager"):
        story.as_(person)
        for what in ("referral", "decision"):
            there = text_of(await forged(story, "get_file", case, what))
            assert there == text_of(await forged(story, "get_file", "no-such-case", what))
        assert parcels(story, person) == []
    await forged(story.as_("coordinator"), "send_file", case, "referral")
    assert [one.name for one in parcels(story, "coordinator")] == [NAME]


async def test_in_a_channel_no_copy_is_given(story: Story) -> None:
    case = await a_referral(story)
    story.as_("coordinator", in_channel="coordinators")
    for action in ("get_file", "send_file"):
        said = text_of(await forged(story, action, case.id, "referral"))
        assert said == "I give copies one to one only. Others read along here. Please ask me in a chat with me alone."
    assert await copies(story) == []


async def test_while_the_library_is_away_the_copy_waits_and_nothing_else_does(story: Story) -> None:
    await a_referral(story)
    library, away = story.settings.library, story.settings.library.with_name("away")
    library.rename(away)
    library.mkdir()
    await story.press("get_file")
    await story.press("send_file")
    assert parcels(story) == []
    assert text_of(await story.says("my referrals")), "the conversation goes on"
    [row] = await copies(story)
    assert (row.status.value, row.reason) == ("queued", "delivery.library_away")
    await story.without_the_bell(hours=1)
    library.rmdir()
    away.rename(library)
    await story.without_the_bell(minutes=30)
    assert [one.name for one in parcels(story)] == [NAME]


async def test_who_may_not_know_of_it_any_more_when_it_is_sent_gets_nothing(story: Story) -> None:
    case = await a_referral(story)
    library, away = story.settings.library, story.settings.library.with_name("away")
    for person, ended in (("practitioner", story.remove), ("coordinator", story.end_role)):
        library.rename(away)
        await forged(story.as_(person), "send_file", case.id, "referral")
        await ended(person)
        away.rename(library)
        heard = len(story.channel.said[person])
        await story.without_the_bell(hours=1)
        row = (await copies(story))[-1]
        assert (row.status.value, row.reason) == ("dropped", "delivery.not_theirs_now")
        assert parcels(story, person) == []
        assert len(story.channel.said[person]) == heard, "not even why"


async def test_a_file_that_is_gone_is_told_to_whoever_waits_for_it(story: Story) -> None:
    await a_referral(story)
    next(story.settings.library.rglob(NAME)).unlink()
    (story.settings.library / "other").mkdir()
    await story.press("get_file")
    await story.press("send_file")
    assert text_of(story.newest) == (
        "The copy that you asked for did not get through. "
        "The document is not in the library any more. Ask the coordinator to have it made again."
    )
    told = "".join(text_of(one) for one in story.channel.said["coordinator"])
    assert "did not get through" not in told


async def test_a_document_that_is_still_being_made_is_waited_for(story: Story) -> None:
    story.settings.library.write_text("a file where the library should be")
    await a_referral(story)
    await story.press("get_file")
    await story.press("send_file")
    [row] = await copies(story)
    assert (row.status.value, row.reason) == ("queued", "delivery.file_being_made")
    story.settings.library.unlink()
    await story.without_the_bell(minutes=20)
    await story.without_the_bell(minutes=20)
    assert [one.name for one in parcels(story)] == [NAME]


async def test_what_was_never_made_is_said(story: Story) -> None:
    case = await a_referral(story)
    said = text_of(await forged(story.as_("coordinator"), "get_file", case.id, "panel_letter"))
    assert said == "This document has not been made yet, or could not be made. Please ask the coordinator to look."


async def test_a_list_of_dates_is_for_the_one_who_asked_on_that_day(story: Story) -> None:
    await many(story, 2)
    await story.as_("coordinator").says("what is overdue")
    await story.press("export")
    button = story.button("get_file")
    assert button.label == "Get a copy of the list of dates"
    await forged(story.as_("manager"), "send_file", "", button.at)
    assert parcels(story, "manager") == []
    assert "has not been made yet" in text_of(story.newest)
    await forged(story.as_("coordinator"), "send_file", "", button.at)
    [parcel] = parcels(story, "coordinator")
    assert parcel.name.startswith("Overdue 2026-")
    assert parcel.name.endswith(" v1.xlsx")
    await story.without_the_bell(days=1)
    said = text_of(await forged(story, "send_file", "", button.at))
    assert said.startswith("That list is of another day")
    assert len(parcels(story, "coordinator")) == 1


async def test_teams_asks_by_itself_and_is_answered(story: Story) -> None:
    case = await a_referral(story)
    story.as_("practitioner", teams=True)
    offered = await forged(story, "get_file", case.id, "referral")
    assert (offered.parcel and offered.parcel.name, offered.file and offered.file.upload) == (NAME, None)
    assert "file_sent" not in list(await history(story)), "offered is not taken"
    await story.take(Consented(what="referral", case=case.id, card="card-1"))
    assert text_of(story.newest).startswith("Nothing was sent.")
    upload = Upload(url="https://contoso-my.sharepoint.com/upload", name="referral.docx")
    await story.take(Consented(what="referral", case=case.id, upload=upload, card="card-1"))
    taken = next(reply for reply in reversed(story.heard) if reply.parcel is not None)
    assert taken.file is not None
    assert taken.file.upload == upload
    assert list(await history(story)).count("file_sent") == 1


async def test_a_yes_to_teams_from_somebody_else_puts_nothing_anywhere(story: Story) -> None:
    case = await a_referral(story)
    story.as_("head-teacher", teams=True)
    upload = Upload(url="https://contoso-my.sharepoint.com/upload", name="referral.docx")
    await story.take(Consented(what="referral", case=case.id, upload=upload))
    assert await copies(story) == []
    assert parcels(story, "head-teacher-in-teams") == []


async def test_nothing_that_carries_a_file_identifies_anybody(story: Story) -> None:
    await referred(story)
    case = await case_of(story)
    for what in ("referral", "decision"):
        await forged(story.as_("coordinator"), "send_file", case.id, what)
    [row] = await copies(story)
    send = row.send
    plain = " ".join((send.lane, send.card, send.what, send.place, send.to_person, send.case, row.remote_id))
    said: list[JSON] = [as_json(Reply(text=one.text, preview=one.preview)) for one in story.heard if one.parcel]
    for name in IDENTIFIES:
        assert name not in plain
        assert name not in str(said)
        assert name not in parcels(story, "coordinator")[0].name


async def test_every_offer_carries_ids_alone(story: Story) -> None:
    await asked(story, "police")
    await story.as_("coordinator").says("open NS-2026-0001")
    buttons: list[Button] = [
        button
        for replies in story.channel.said.values()
        for reply in replies
        if reply.card
        for button in reply.card.buttons
        if button.action == "get_file"
    ]
    case = await case_of(story)
    assert {(one.target, one.at.partition(":")[0]) for one in buttons} == {(case.id, "referral")}
    assert story.clock.now() - case.received_at < timedelta(days=1)
