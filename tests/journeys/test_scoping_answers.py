"""What organisations ask for and say: more time, questions, an involvement, a new organisation; settled by the coordinator."""

from __future__ import annotations

from collections.abc import Mapping

from asked import NIL, RETURN, fills_in_windows, opens, return_in_windows, sends, window_text
from msgspec.structs import replace
from scoping_steps import (
    REFERENCE,
    asked,
    everything_in_channels,
    field,
    history,
    id_of,
    posted,
    requests_of,
    seen,
    send,
    vetted,
)
from story import Story, text_of

from dialogs.turn import Press
from state.changes import Kind
from state.records import DeadlineRecord
from state.scoping_records import RequestRecord


async def police(story: Story) -> RequestRecord:
    """The police were asked, and their lead speaks next."""
    made = (await asked(story, "police"))["police"]
    story.as_("police-lead", in_channel="police")
    return made


async def more_time(story: Story, until: str) -> RequestRecord:
    request = await police(story)
    await opens(story, "more_time", request.id)
    await sends(story, "ask_time", {"new_date": until, "reason": "The author is away."})
    story.as_("coordinator")
    return request


async def review_due(story: Story, day: int) -> None:
    """The rapid review is due on that day of December."""
    now = await seen(story)
    assert now.case is not None
    due = story.clock.now().replace(month=12, day=day, hour=17)
    made = DeadlineRecord(
        id=f"{now.case.id}:rapid_review", case=now.case.id, kind="rapid_review", due=due, runs_from=story.clock.now()
    )
    await story.write(made)


async def test_time_is_granted_with_one_button_and_everything_follows(story: Story) -> None:
    request = await more_time(story, "2 December 2026")
    said = await story.says(f"requests {REFERENCE}")
    assert "Test Police asks for more time" in text_of(said)
    assert "Wednesday 2 December 2026" in text_of(said)
    assert "The author is away" in text_of(said)
    await story.press("grant_time")
    now = (await requests_of(story))["police"]
    assert now.due is not None
    assert (now.due.day, now.due.month, now.due.hour) == (2, 12, 17)
    assert [(one.granted, one.granted_by) for one in now.extensions] == [(True, id_of(story, "coordinator"))]
    due = next(one for one in (await seen(story)).deadlines if one.kind == "scoping_return")
    assert (due.due, due.runs_from) == (now.due, request.sent_at)
    assert any("Wednesday 2 December 2026 at 17:00" in text_of(reply) for _, reply in story.channel.updates)
    assert "you have more time, until Wednesday 2 December 2026" in text_of(story.channel.said["police-lead"][-1])
    assert "time_granted" in list(await history(story))
    assert not (await seen(story)).notices
    assert "settled already" in text_of(await story.press_raw("grant_time", request.id))


async def test_time_settled_elsewhere_closes_the_card_in_the_coordinators_channel(story: Story) -> None:
    await more_time(story, "2 December 2026")
    story.as_("coordinator")
    await story.says(f"requests {REFERENCE}")
    await story.press("grant_time")
    rows = [row for row in await story.parts.store.ledger(limit=500) if row.send.card.startswith("notice:")]
    asked = next(row for row in rows if row.send.kind is Kind.POST)
    assert asked.send.place == "console:channel:coordinators"
    assert text_of(dict(story.channel.updates)[asked.remote_id]) == "This card is done."


async def test_time_granted_on_the_card_in_the_channel_closes_that_card(story: Story) -> None:
    await more_time(story, "2 December 2026")
    card = story.channel.said["channel:coordinators"][-1].card
    assert card is not None
    button = next(one for one in card.buttons if one.action == "grant_time")
    story.as_("coordinator", in_channel="coordinators")
    await story.take(Press(action=button.action, target=button.target, card="the-card-in-the-channel"))
    closed = dict(story.channel.updates)["the-card-in-the-channel"]
    assert text_of(closed) == "This card is done."
    assert "Wednesday 2 December 2026" in text_of(story.channel.said["coordinator"][-1])


async def test_time_is_refused_and_the_day_stays(story: Story) -> None:
    request = await more_time(story, "2 December 2026")
    await story.says(f"requests {REFERENCE}")
    await story.press("refuse_time")
    now = (await requests_of(story))["police"]
    assert now.due == request.due
    assert [one.granted for one in now.extensions] == [False]
    told = text_of(story.channel.said["police-lead"][-1])
    assert "Please answer by Monday 30 November 2026 at 17:00" in told
    assert not (await seen(story)).notices


async def test_a_day_after_the_rapid_review_is_said_first(story: Story) -> None:
    request = await more_time(story, "16 December 2026")
    await review_due(story, 14)
    await story.says(f"requests {REFERENCE}")
    said = text_of(await story.press("grant_time"))
    assert "is after the rapid review, which is due on Monday 14 December 2026" in said
    assert (await requests_of(story))["police"].due == request.due
    await story.press("grant_time_anyway")
    due = (await requests_of(story))["police"].due
    assert due is not None
    assert due.day == 16


async def test_the_coordinator_gives_time_without_being_asked(story: Story) -> None:
    request = await police(story)
    story.as_("coordinator")
    await story.press_raw("give_time", request.id)
    said = text_of(await story.press("keep_time", {"until": "5 December 2026", "reason": "A holiday."}))
    assert "is not a working day" in said
    assert field(story, "reason").value == "A holiday."
    await story.press("keep_time", {"until": "4 December 2026", "reason": "A holiday."})
    due = (await requests_of(story))["police"].due
    assert due is not None
    assert due.day == 4
    assert "you have more time" in posted(story, "police")


async def test_time_can_be_given_in_a_window_over_the_coordinators_channel(story: Story) -> None:
    await more_time(story, "2 December 2026")
    card = story.channel.said["channel:coordinators"][-1].card
    assert card is not None
    story.as_("coordinator", in_channel="coordinators")
    window = await opens(story, "grant_time", card.buttons[0].target)
    assert "More time is given until Wednesday 2 December 2026" in window.closed_text


async def question(story: Story, text: str = "Is Oswin the older one?") -> RequestRecord:
    request = await police(story)
    await opens(story, "ask_question", request.id)
    await sends(story, "send_question", {"question": text})
    story.as_("coordinator")
    await story.says(f"requests {REFERENCE}")
    return request


async def test_a_question_is_answered_to_whoever_asked_alone(story: Story) -> None:
    await question(story)
    assert "Is Oswin the older one?" in text_of(story.newest)
    await story.press("answer_question")
    await story.press("send_answer", {"answer": "Yes, Oswin is eleven.", "where": "privately"})
    assert "Yes, Oswin is eleven." in text_of(story.channel.said["police-lead"][-1])
    assert "Oswin" not in everything_in_channels(story)
    assert not (await seen(story)).notices
    assert "question_answered" in list(await history(story))


async def test_an_answer_in_the_thread_names_nobody(story: Story) -> None:
    await question(story, "Which years?")
    await story.press("answer_question")
    for text in ("From 2019, for Oswin.", "All that is known of 1 Test Street, Testtown."):
        said = text_of(await story.press("send_answer", {"answer": text, "where": "thread"}))
        assert "names somebody" in said
        assert field(story, "answer").value == text
    await story.press("send_answer", {"answer": "From 2019 on.", "where": "thread"})
    assert "NS-2026-0001, the answer to your question: From 2019 on." in posted(story, "police")
    assert "Oswin" not in everything_in_channels(story)


async def test_a_question_is_answered_once(story: Story) -> None:
    await question(story)
    number = len(story.heard)
    await story.press("answer_question")
    await story.press("send_answer", {"answer": "Yes.", "where": "privately"})
    await story.press_card(number, "answer_question", {})
    assert "settled already" in text_of(story.newest)


async def test_a_declared_involvement_is_put_to_the_coordinator_who_names_a_senior(story: Story) -> None:
    request = await police(story)
    await opens(story, "declare_involvement", request.id)
    story.as_("coordinator")
    said = text_of(await story.says(f"requests {REFERENCE}"))
    assert "Test Police: somebody there is involved" in said
    await story.press("involved")
    assert field(story, "excluded").value == id_of(story, "police-lead"), "who said so is ticked"
    assert not field(story, "why").required, "a client would not let the card be sent without it, though nobody else is out"
    await story.press("keep_involved", {one.id: one.value for one in story.card.inputs} | {"senior": "email"})
    now = (await requests_of(story))["police"]
    assert (now.delivery, now.quiet) == ("email", True)
    assert not (await seen(story)).notices


async def test_an_involvement_can_be_left_as_it_is(story: Story) -> None:
    request = await police(story)
    await opens(story, "declare_involvement", request.id)
    story.as_("coordinator")
    await story.says(f"requests {REFERENCE}")
    await story.press("nobody_involved")
    assert not (await seen(story)).notices
    assert (await requests_of(story))["police"].delivery == "channel"


async def returned(story: Story, answers: Mapping[str, str] = RETURN) -> RequestRecord:
    """The police sent their return in; nobody there has to sign it off but the senior it names."""
    request = await police(story)
    named = dict(answers) | {"signed_off_by": "Test Superintendent, Superintendent"}
    await return_in_windows(story, request.id, named)
    if (await requests_of(story))["police"].state != "returned":
        await signed(story, request)
    story.as_("coordinator")
    return (await requests_of(story))["police"]


async def signed(story: Story, request: RequestRecord) -> None:
    now = (await requests_of(story))["police"]
    assert now.state == "awaiting_sign_off", window_text(story.window)
    await story.write(replace(now, state="returned", returned_at=story.clock.now(), returns=1))


async def test_an_agency_that_a_return_names_is_asked_after_being_chosen_vetted_and_sent(story: Story) -> None:
    await returned(story)
    said = text_of(await story.says(f"requests {REFERENCE}"))
    assert "was in contact with an agency that was not asked yet" in "\n".join(text_of(one) for one in story.heard[-4:])
    assert said
    notice = next(one for one in (await seen(story)).notices if one.about == "education")
    request = (await requests_of(story))["police"]
    await story.take(Press(action="accept_proposal", target=request.id, at=notice.id))
    assert field(story, "organisation").choices[0].value == "education"
    await story.press("keep_proposal", {"organisation": "education"})
    assert (await requests_of(story))["education"].state == "to_send"
    assert notice.id not in {one.id for one in (await seen(story)).notices}
    await vetted(story)
    await send(story)
    assert (await requests_of(story))["education"].state == "sent"


async def test_a_proposal_can_be_refused(story: Story) -> None:
    await returned(story)
    await story.says(f"requests {REFERENCE}")
    await story.press("refuse_proposal")
    assert {one.about for one in (await seen(story)).notices} < {"health_visiting", "education"}
    assert set(await requests_of(story)) == {"police"}


async def test_a_contact_that_contradicts_a_nil_return_is_seen(story: Story) -> None:
    requests = await asked(story, "police", "test-hospital-trust")
    story.as_("nurse", in_channel="test-hospital-trust")
    await opens(story, "not_known_to_us", requests["test-hospital-trust"].id)
    await sends(story, "begin_nil")
    await fills_in_windows(story, NIL | {"names_checked": "children.1,family.1,family.3"})
    await sends(story, "window_send")
    story.as_("police-lead", in_channel="police")
    answers = dict(RETURN) | {"contacts.*.contact": "hospital_trust", "signed_off_by": "Test Superintendent, Superintendent"}
    await return_in_windows(story, requests["police"].id, answers)
    story.as_("coordinator")
    said = text_of(await story.says(f"requests {REFERENCE}"))
    assert "says it knows nobody" in said
    await story.press("notice_seen")
    assert not [one for one in (await seen(story)).notices if one.kind == "contradicted"]


async def test_nobody_but_the_coordinator_settles_anything(story: Story) -> None:
    request = await more_time(story, "2 December 2026")
    for person in ("police-lead", "manager", "practitioner"):
        story.as_(person)
        for action in ("grant_time", "refuse_time", "give_time", "keep_time", "send_answer", "keep_involved", "send_back"):
            await story.press_raw(action, request.id, {"until": "4 December 2026", "reason": "x", "senior": "email"})
            said = text_of(story.newest)
            assert "cannot read this case" in said or "no case with that reference" in said, (action, said)
    assert [one.granted for one in (await requests_of(story))["police"].extensions] == [None]
