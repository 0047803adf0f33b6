"""A further question of the rapid review to an organisation, on the thread of its request."""

from __future__ import annotations

from review_steps import asked, heard_by, notified_case, pack_data, pressed, returned, whole
from story import Story, text_of

from dialogs.reply import Button
from dialogs.review.further import further_questions
from dialogs.scoping.common import card_name
from dialogs.turn import OpenWindow
from state.changes import Changes, Kind, Send

QUESTION = "When did you last see Test Child One?"


async def with_card(story: Story, request: object) -> None:
    """The request's card stands in the organisation's channel, as sending it leaves it."""
    from dialogs.reply import Card, Paragraph, Reply, as_json

    place = "console:channel:police"
    body = as_json(Reply(card=Card(blocks=(Paragraph("The request"),)), preview="There is a request."))
    send = Send(kind=Kind.POST, lane=place, place=place, body=body, card=card_name(request))  # type: ignore[arg-type]
    await story.parts.store.commit("card", "card", story.clock.now(), Changes(sends=(send,)))
    await story.settle()


async def test_it_is_put_by_reference_and_read_in_a_window_only(story: Story) -> None:
    case = await notified_case(story)
    request = await returned(story, case, "police", "police")
    await with_card(story, request)
    story.as_("coordinator")
    said = text_of(await pressed(story, "ask_organisation", case.id, {"request": request.id, "question": QUESTION}))
    assert "Test Police is asked." in said
    posted = story.channel.said["channel:police"][-1]
    assert "NS-2026-0001: the rapid review asks your organisation a further question." in text_of(posted)
    everything = "".join(text_of(reply) for reply in story.channel.said["channel:police"])
    assert "Test Child" not in everything
    assert QUESTION not in everything
    story.as_("police-lead", in_channel="police")
    assert posted.card is not None
    opened = await story.opens(posted.card.buttons[0])
    assert QUESTION in [getattr(block, "text", "") for block in opened.blocks]


async def test_the_answer_is_kept_told_and_printed_in_the_appendix(story: Story) -> None:
    case = await notified_case(story)
    request = await returned(story, case, "police", "police")
    story.as_("coordinator")
    await pressed(story, "ask_organisation", case.id, {"request": request.id, "question": QUESTION})
    gaps = (await pack_data(story)).missing
    assert "Test Police has not answered a further question." in gaps
    number = further_questions(await whole(story), request.id)[0].id
    story.as_("police-lead", in_channel="police")
    await story.opens(Button(action="further_questions", label="", target=request.id))
    closed = await story.submits_window({number: "On 1 November, at home."})
    assert "Your answer is saved" in closed.closed_text
    assert "Test Police has answered the further question." in text_of(story.channel.said["channel:coordinators"][-1])
    made = await pack_data(story)
    assert not any("further question" in gap for gap in made.missing)
    section = made.returns[0].sections[-1]
    assert section.heading == "Further questions of the rapid review"
    assert section.answers[0].label == QUESTION
    assert section.answers[0].text.startswith("On 1 November, at home.\nAnswered by Test Police Lead on")


async def test_pressed_in_a_channel_it_comes_one_to_one(story: Story) -> None:
    case = await notified_case(story)
    request = await returned(story, case, "police", "police")
    story.as_("coordinator")
    await pressed(story, "ask_organisation", case.id, {"request": request.id, "question": QUESTION})
    story.as_("police-lead", in_channel="police")
    said = text_of(await story.press_raw("further_questions", request.id))
    assert "one to one" in said
    assert QUESTION not in said
    assert QUESTION in heard_by(story, "police-lead")[-1]


async def test_two_colleagues_who_answer_at_once_see_each_others_words(story: Story) -> None:
    case = await notified_case(story)
    request = await returned(story, case, "police", "police")
    story.as_("coordinator")
    await pressed(story, "ask_organisation", case.id, {"request": request.id, "question": QUESTION})
    number = further_questions(await whole(story), request.id)[0].id
    story.as_("police-lead")
    await story.press_raw("further_questions", request.id)
    first = len(story.heard)
    await story.press("answer_further", {number: "On 1 November."})
    said = text_of(await story.press_card(first, "answer_further", {number: "On 2 November."}))
    assert "A colleague has answered since you opened this." in said
    assert "On 1 November." in said
    assert further_questions(await whole(story), request.id)[0].answer == "On 1 November."


async def test_other_organisations_and_the_panel_cannot_open_it(story: Story) -> None:
    case = await notified_case(story)
    request = await returned(story, case, "police", "police")
    story.as_("coordinator")
    await pressed(story, "ask_organisation", case.id, {"request": request.id, "question": QUESTION})
    for person in ("nurse", "manager", "practitioner", "coordinator"):
        story.as_(person)
        said = text_of(await story.press_raw("further_questions", request.id))
        assert QUESTION not in said
        assert "You cannot open this request." in said


async def test_an_organisation_without_a_channel_is_asked_by_the_coordinator(story: Story) -> None:
    case = await notified_case(story)
    request = await asked(story, case, "housing", "housing", delivery="email")
    story.as_("coordinator")
    said = text_of(await pressed(story, "ask_organisation", case.id, {"request": request.id, "question": QUESTION}))
    assert "Please ask by secure email" in said
    told = story.channel.said["channel:coordinators"][-1]
    assert QUESTION not in text_of(told)
    assert told.card is not None
    button = told.card.buttons[0]
    await story.take(OpenWindow(action=button.action, target=button.target))
    number = further_questions(await whole(story), request.id)[0].id
    await story.press_raw("further_questions", request.id)
    await story.press("answer_further", {number: "In May."})
    assert further_questions(await whole(story), request.id)[0].answer == "In May."


async def test_nothing_is_asked_without_words_and_by_nobody_else(story: Story) -> None:
    case = await notified_case(story)
    request = await returned(story, case, "police", "police")
    story.as_("coordinator")
    said = text_of(await pressed(story, "ask_organisation", case.id, {"request": request.id, "question": " "}))
    assert "Please fill this in." in said
    for person in ("manager", "nurse", "police-lead"):
        story.as_(person)
        await story.press_raw("send_further", case.id, {"request": request.id, "question": QUESTION})
    assert further_questions(await whole(story), request.id) == []
