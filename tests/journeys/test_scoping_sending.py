"""Sending: purpose and lawful basis, a card for each, letter and form filed, the deadline; nothing twice, no name posted."""

from __future__ import annotations

import asyncio
from datetime import timedelta

from scoping_steps import (
    IDENTIFIES,
    PURPOSE,
    REFERENCE,
    asked,
    case_of,
    choose,
    contents,
    everything_in_channels,
    field,
    filed,
    history,
    offered,
    organisation,
    posted,
    referred,
    requests_of,
    seen,
    send,
    vetted,
)
from story import Story, text_of
from word_file import words_of_file

from bot.console.places import one_to_one, who_is
from dialogs.turn import Press, Turn


async def test_purpose_and_lawful_basis_are_needed_and_kept(story: Story) -> None:
    await referred(story)
    await choose(story, "police")
    await vetted(story)
    await story.press("confirm_requests")
    said = text_of(await story.press("send_now", {"purpose": "To prepare", "basis": " "}))
    assert "give the purpose and the lawful basis" in said
    assert field(story, "purpose").value == "To prepare"
    assert (await requests_of(story))["police"].state == "to_send"
    await story.press("send_now", PURPOSE)
    assert (await contents(story, "requests_sent")) == [{"purpose": PURPOSE["purpose"], "lawful_basis": PURPOSE["basis"]}]


async def test_the_card_in_the_channel_has_reference_task_date_and_buttons_and_no_name(story: Story) -> None:
    await asked(story, "police")
    card = story.channel.said["channel:police"][-1]
    said = text_of(card)
    assert REFERENCE in said
    assert "please tell us what your organisation knows" in said
    assert "Monday 30 November 2026 at 17:00" in said
    assert card.card is not None
    actions = [button.action for button in card.card.buttons]
    assert actions[:5] == ["open_request", "not_known_to_us", "more_time", "ask_question", "pass_on"]
    assert not any(word in everything_in_channels(story) + card.preview for word in IDENTIFIES)


async def test_letter_and_form_lie_in_the_organisations_own_folder(story: Story) -> None:
    await asked(story, "police", "fire")
    names = [str(path.relative_to(story.settings.library / REFERENCE)) for path in filed(story, "03 Requests")]
    assert names == [
        "03 Requests/17 police/NS-2026-0001 2 Form police v1.docx",
        "03 Requests/17 police/NS-2026-0001 2a Letter police v1.docx",
        "03 Requests/18 fire/NS-2026-0001 2 Form fire v1.docx",
        "03 Requests/18 fire/NS-2026-0001 2a Letter fire v1.docx",
    ]
    form, letter = (words_of_file(path) for path in filed(story, "03 Requests/17 police"))
    for text in ("Test Child One", "3 April 2019", "Test Mother Zephyrine", "Test Brother Oswin", "Test Police"):
        assert text in form
    assert "Monday 30 November 2026" in letter
    assert "Test Child One" not in letter


async def test_the_return_is_begun_with_section_1_and_says_where_it_comes_from(story: Story) -> None:
    requests = await asked(story, "police")
    written = next(one for one in (await seen(story)).written if one.draft.form == "scoping")
    assert written.draft.id == requests["police"].draft
    assert (written.draft.owner, written.draft.about) == (f"request:{requests['police'].id}", "police")
    assert {answer.source for answer in written.answers.values()} == {"referral"}
    assert written.answers["children.1.name"].value == "Test Child One"
    assert written.answers["related_adults.1.name"].value == "Test Mother Zephyrine"
    assert written.answers["related_children.1.name"].value == "Test Brother Oswin"


async def test_the_deadline_is_kept_for_the_organisation(story: Story) -> None:
    request = (await asked(story, "police"))["police"]
    due = next(one for one in (await seen(story)).deadlines if one.kind == "scoping_return")
    assert (due.owner, due.due, due.met) == ("police", request.due, None)
    assert request.sent_by == who_is(story.me).id


async def test_by_secure_email_the_coordinator_is_told_what_to_send_and_says_what_went(story: Story) -> None:
    await asked(story, "fire", "housing", "police")
    said = text_of(story.newest)
    assert "Test Fire and Rescue Service: safeguarding@fire.example, folder 18 fire" in said
    assert "Test Police:" not in said
    requests = await requests_of(story)
    assert set(offered(story, "sent")) == {requests["fire"].id, requests["housing"].id}
    await story.press("emailed", {"sent": requests["fire"].id})
    assert "Marked as sent: 1" in text_of(story.newest)
    assert set(offered(story, "sent")) == {requests["housing"].id}
    assert (await requests_of(story))["fire"].emailed_at == story.clock.now()
    said = text_of(await story.says(f"requests {REFERENCE}"))
    assert "Test Housing Association: not opened yet; by secure email through you; due Monday 30 November" in said
    assert said.count("not marked as sent") == 1
    await story.press("show_emails")
    await story.press("emailed", {"sent": requests["housing"].id})
    assert list(await history(story)).count("request_emailed") == 2
    assert "settled already" in text_of(await story.press_raw("show_emails", (await case_of(story)).id))


async def test_an_organisation_whose_channel_was_tied_after_choosing_is_asked_there(story: Story) -> None:
    await referred(story)
    await choose(story, "fire")
    await vetted(story)
    story.as_("coordinator", in_channel="fire-station")
    await story.says("tie this channel to fire")
    story.as_("coordinator")
    await story.press("confirm_channel")
    await story.says(f"send requests {REFERENCE}")
    await send(story)
    assert (await requests_of(story))["fire"].delivery == "channel"
    assert REFERENCE in posted(story, "fire-station")


async def test_27_organisations_are_asked_in_one_step(story: Story) -> None:
    await organisation(story, "second-surgery", "gp", "Test Second Surgery")
    await referred(story)
    await story.says(f"send requests {REFERENCE}")
    everybody = ",".join(offered(story, "organisations"))
    assert everybody.count(",") == 26
    await story.press("keep_choice", {"organisations": everybody})
    await vetted(story)
    await story.press("confirm_requests")
    before = len(await story.parts.store.history(f"case:{(await case_of(story)).id}"))
    await story.press("send_now", PURPOSE, turn="the-one-turn")
    requests = await requests_of(story)
    assert len(requests) == 27
    assert {one.state for one in requests.values()} == {"sent"}
    assert len({one.draft for one in requests.values()}) == 27
    assert len([one for one in (await seen(story)).deadlines if one.kind == "scoping_return"]) == 27
    assert len(filed(story, "03 Requests")) == 54
    rows = await story.parts.store.history(f"case:{(await case_of(story)).id}")
    assert {row.turn for row in rows[before:]} == {"the-one-turn"}
    assert not any(word in everything_in_channels(story) for word in IDENTIFIES)
    assert not any(word in path.name for path in filed(story) for word in IDENTIFIES)


async def test_two_coordinators_who_send_at_once_ask_nobody_twice(story: Story) -> None:
    await referred(story)
    await choose(story, "police", "fire")
    await vetted(story)
    await story.press("confirm_requests")
    button = story.button("send_now")
    turns = [
        Turn(
            id=f"at-once-{number}",
            who=who_is(story.me),
            place=one_to_one(story.me) if number == 0 else story.as_("coordinator", device="other").place,
            said=Press(action="send_now", target=button.target, version=button.version, inputs=PURPOSE),
            at=story.clock.now(),
        )
        for number in range(2)
    ]
    await asyncio.gather(*(story.parts.house.take(turn) for turn in turns))
    await story.settle()
    assert list(await history(story)).count("request_sent") == 2
    assert posted(story, "police").count("please tell us what your organisation knows") == 1
    said = [text_of(story.channel.said[place][-1]) for place in ("coordinator", "coordinator@other")]
    assert sum("nothing to send now" in text for text in said) == 1


async def test_a_stale_card_sends_nothing_that_was_not_on_it(story: Story) -> None:
    await referred(story)
    await choose(story, "police")
    await vetted(story)
    await story.press("confirm_requests")
    number = len(story.heard)
    case = await case_of(story)
    await story.press_raw("keep_choice", case.id, {"organisations": "police,fire"})
    await vetted(story)
    await story.press_card(number, "send_now", PURPOSE)
    assert "changed this a moment ago" in text_of(story.newest)
    assert {one.state for one in (await requests_of(story)).values()} == {"to_send"}


async def test_a_restart_between_choosing_and_sending_loses_nothing(story: Story) -> None:
    await referred(story)
    await choose(story, "police")
    await vetted(story)
    await story.restart()
    story.clock.move(timedelta(days=1))
    story.as_("coordinator", teams=True)
    await story.says(f"send requests {REFERENCE}")
    await send(story)
    assert (await requests_of(story))["police"].state == "sent"


async def test_nobody_but_the_coordinator_sends(story: Story) -> None:
    await referred(story)
    await choose(story, "police")
    await vetted(story)
    case = await case_of(story)
    for person in ("manager", "police-lead", "practitioner", "nurse"):
        story.as_(person)
        for action in ("send_requests", "keep_choice", "keep_vetted", "take_out", "send_now", "emailed", "requests"):
            said = text_of(await story.press_raw(action, case.id, PURPOSE | {"organisations": "fire"}))
            assert "cannot read this case" in said or "no case with that reference" in said
    assert {name: one.state for name, one in (await requests_of(story)).items()} == {"police": "to_send"}


async def test_who_asks_about_a_child_has_read_the_referral(story: Story) -> None:
    await asked(story, "police")
    read = next(one for one in (await seen(story)).deadlines if one.kind == "read_referral")
    assert read.met is not None
