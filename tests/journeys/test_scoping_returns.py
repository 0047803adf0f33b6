"""After a return has come, or never did: read, accepted, sent back, withdrawn, asked again; entered for an organisation."""

from __future__ import annotations

from datetime import UTC, datetime

from asked import NIL, RETURN, fills_in_windows, form_of, opens, return_in_windows, sends
from scoping_steps import (
    IDENTIFIES,
    REFERENCE,
    asked,
    case_of,
    everything_in_channels,
    field,
    filed,
    history,
    id_of,
    posted,
    requests_of,
    seen,
    send,
    vetted,
)
from story import Story, text_of
from word_file import words_of_file

from state.records import CasePersonRecord
from state.scoping_records import RequestRecord

SIGNED = dict(RETURN) | {"signed_off_by": "Test Superintendent, Superintendent"}


async def returned(story: Story) -> RequestRecord:
    """The police have answered in full."""
    request = (await asked(story, "police"))["police"]
    story.as_("police-lead", in_channel="police")
    await return_in_windows(story, request.id, SIGNED)
    story.as_("coordinator")
    now = (await requests_of(story))["police"]
    assert now.state == "returned", now.state
    return now


async def test_a_return_is_read_page_by_page_and_reading_is_recorded(story: Story) -> None:
    request = await returned(story)
    before = len(story.heard)
    await story.press_raw("read_return", request.id)
    while story.has("read_return"):
        await story.press("read_return")
    said = "\n".join(text_of(reply) for reply in story.heard[before:])
    assert "Police were called to the home twice." in said
    assert "He said that he wanted to go home." in said
    pages = int(said.split("Page 1 of ")[1].split("\n")[0])
    assert list(await history(story)).count("return_read") == pages
    assert story.has("accept_return")


async def test_it_is_read_in_a_window_over_a_channel_and_never_said_there(story: Story) -> None:
    request = await returned(story)
    story.as_("coordinator", in_channel="coordinators")
    window = await opens(story, "read_return", request.id)
    assert "Test Police" in window.title
    await story.press_raw("read_return", request.id)
    assert "in your own chat" in text_of(story.newest)
    assert not any(word in everything_in_channels(story) for word in IDENTIFIES)


async def test_a_return_is_accepted_once(story: Story) -> None:
    request = await returned(story)
    await story.press_raw("accept_return", request.id)
    assert (await requests_of(story))["police"].state == "accepted"
    assert "has been accepted" in text_of(story.channel.updates[-2][1]) + text_of(story.channel.updates[-1][1])
    assert "settled already" in text_of(await story.press_raw("accept_return", request.id))
    assert "return_accepted" in list(await history(story))


async def test_a_return_goes_back_with_a_question_and_is_outstanding_again(story: Story) -> None:
    request = await returned(story)
    await story.press_raw("send_back", request.id)
    assert field(story, "until").value == "Wednesday 25 November 2026"
    said = text_of(await story.press("keep_send_back", {"question": "", "until": "26 November 2026"}))
    assert "write something" in said
    await story.press("keep_send_back", {"question": "Who saw Oswin?", "until": "26 November 2026"})
    now = (await requests_of(story))["police"]
    assert (now.state, now.reason) == ("sent_back", "Who saw Oswin?")
    assert now.due == datetime(2026, 11, 26, 17, tzinfo=UTC)
    due = next(one for one in (await seen(story)).deadlines if one.kind == "scoping_return")
    assert (due.met, due.due) == (None, now.due)
    assert "has a question about your answer" in text_of(story.channel.updates[-2][1]) + text_of(story.channel.updates[-1][1])
    assert "Oswin" not in everything_in_channels(story)
    story.as_("police-lead")
    assert f"{REFERENCE}: the coordinator has a question about your answer." in text_of(story.newest)
    assert "Thursday 26 November 2026 at 17:00" in text_of(story.newest)
    assert story.has("open_request")
    story.as_("police-lead", in_channel="police")
    await opens(story, "open_request", request.id)
    await sends(story, "begin_return")
    await sends(story, "window_change", {"change": "summary:0"})
    await fills_in_windows(story, {"summary": "Police were called to the home three times."})
    await sends(story, "window_send")
    assert (await requests_of(story))["police"].returns == 2


async def test_where_its_author_is_out_of_the_case_the_question_is_announced_under_the_card(story: Story) -> None:
    request = await returned(story)
    lead, heard = id_of(story, "police-lead"), len(story.channel.said["police-lead"])
    await story.write(CasePersonRecord(case=request.case, person=lead, relation="excluded", reason="relative"))
    await story.press_raw("send_back", request.id)
    await story.press("keep_send_back", {"question": "Who saw Oswin?", "until": "26 November 2026"})
    assert "has a question about your answer" in text_of(story.channel.said["channel:police"][-1])
    assert "Oswin" not in everything_in_channels(story)
    assert len(story.channel.said["police-lead"]) == heard


async def test_both_versions_of_a_return_lie_in_the_folder_as_they_came(story: Story) -> None:
    await test_a_return_goes_back_with_a_question_and_is_outstanding_again(story)
    first, second = (words_of_file(path) for path in filed(story, "04 Returns/17 police"))
    assert "Police were called to the home twice." in first
    assert "three times" not in first
    assert "Police were called to the home three times." in second
    assert "on behalf of" not in first + second
    assert "Return 1 police" in filed(story, "04 Returns/17 police")[0].name


async def test_nothing_is_read_before_there_is_a_return(story: Story) -> None:
    request = (await asked(story, "police"))["police"]
    said = text_of(await story.press_raw("read_return", request.id))
    assert "no return to read yet" in said


async def test_a_request_is_withdrawn_with_a_reason(story: Story) -> None:
    request = (await asked(story, "police"))["police"]
    await story.press_raw("withdraw_request", request.id)
    assert "write something" in text_of(await story.press("do_withdraw", {"reason": " "}))
    await story.press("do_withdraw", {"reason": "Asked by mistake."})
    now = (await requests_of(story))["police"]
    assert (now.state, now.reason) == ("withdrawn", "Asked by mistake.")
    shown = next(reply for _, reply in reversed(story.channel.updates) if "withdrawn" in text_of(reply))
    assert "You need do nothing more" in text_of(shown)
    assert shown.card is not None
    assert not shown.card.buttons
    assert "Asked by mistake" not in everything_in_channels(story)
    assert all(one.met for one in (await seen(story)).deadlines if one.kind == "scoping_return")
    said = text_of(await story.says(f"requests {REFERENCE}"))
    assert "Test Police: withdrawn" in said


async def test_a_withdrawn_request_is_asked_again_as_the_next_issue(story: Story) -> None:
    request = (await asked(story, "police"))["police"]
    await story.press_raw("withdraw_request", request.id)
    await story.press("do_withdraw", {"reason": "Asked by mistake."})
    await story.press_raw("ask_again", request.id)
    await vetted(story)
    await send(story)
    now = (await requests_of(story))["police"]
    assert (now.state, now.issue, now.reason) == ("sent", 2, "")
    assert now.draft != request.draft
    names = [path.name for path in filed(story, "03 Requests/17 police")]
    assert "NS-2026-0001 2a Letter issue 2 police v1.docx" in names
    assert posted(story, "police").count("please tell us what your organisation knows") >= 2
    due = next(one for one in (await seen(story)).deadlines if one.kind == "scoping_return")
    assert (due.due, due.met) == (now.due, None)


async def test_the_card_is_posted_again_and_the_newest_one_follows(story: Story) -> None:
    request = (await asked(story, "police"))["police"]
    await story.press_raw("post_again", request.id)
    cards = [reply for reply in story.channel.said["channel:police"] if reply.card]
    assert len(cards) == 2
    await story.press_raw("withdraw_request", request.id)
    await story.press("do_withdraw", {"reason": "Asked by mistake."})
    assert "request was withdrawn" in everything_in_channels(story)


async def test_what_cannot_be_posted_says_what_to_do(story: Story) -> None:
    request = (await asked(story, "fire"))["fire"]
    assert "secure email" in text_of(await story.press_raw("post_again", request.id))


async def test_a_full_return_is_entered_for_an_organisation_and_named_as_such(story: Story) -> None:
    request = (await asked(story, "fire"))["fire"]
    await story.says(f"requests {REFERENCE}")
    await story.press("show_request", {"request": request.id})
    button = story.button("open_request")
    assert button.label == "Enter their return"
    story.as_("coordinator", in_channel="coordinators")
    await opens(story, "open_request", request.id)
    await sends(story, "begin_return")
    answers = dict(SIGNED) | {"prepared_by_name": "Test Fire Officer", "prepared_by_role": "Watch manager"}
    await fills_in_windows(story, answers)
    await sends(story, "window_send")
    now = (await requests_of(story))["fire"]
    assert (now.state, now.author) == ("returned", id_of(story, "coordinator"))
    form = await form_of(story, now.draft)
    assert form.answers["prepared_by_name"].value == "Test Fire Officer"
    text = words_of_file(filed(story, "04 Returns/18 fire")[0])
    assert "Test Fire and Rescue Service (entered by the coordinator on behalf of this agency)" in text
    assert "Test Fire Officer" in text


async def test_a_nil_return_is_entered_for_an_organisation(story: Story) -> None:
    request = (await asked(story, "fire"))["fire"]
    story.as_("coordinator", in_channel="coordinators")
    await opens(story, "not_known_to_us", request.id)
    await sends(story, "begin_nil")
    await fills_in_windows(story, NIL | {"names_checked": "children.1,family.1,family.3", "confirmed_by": "Test Fire Officer"})
    await sends(story, "window_send")
    assert (await requests_of(story))["fire"].state == "nil_return"
    assert "entered by the coordinator on behalf" in words_of_file(filed(story, "04 Returns/18 fire")[0])


async def test_the_coordinator_does_not_answer_for_an_organisation_with_a_channel(story: Story) -> None:
    request = (await asked(story, "police"))["police"]
    for action in ("open_request", "begin_return", "begin_nil"):
        assert "cannot open this request" in text_of(await story.press_raw(action, request.id))
    assert (await requests_of(story))["police"].state == "sent"


async def test_requests_are_shown_with_state_date_and_by_whom(story: Story) -> None:
    await asked(story, "police", "test-hospital-trust")
    story.as_("police-lead", in_channel="police")
    await return_in_windows(story, (await requests_of(story))["police"].id, SIGNED)
    story.clock.move((datetime(2026, 12, 2, 9, tzinfo=UTC)) - story.clock.now())
    story.as_("coordinator")
    before = len(story.heard)
    await story.says(f"requests {REFERENCE}")
    said = "\n".join(text_of(reply) for reply in story.heard[before:])
    assert "Test Police: answered in full; in its own channel; by Test Police Lead" in said
    assert "Test Hospital Trust: not opened yet; in its own channel; was due Monday 30 November 2026 at 17:00" in said
    assert not any(word in said for word in IDENTIFIES)
    case = await case_of(story)
    await story.press_raw("requests", case.id)
    assert "nothing" not in text_of(story.newest)
