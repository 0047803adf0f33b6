""" "Did it reach Housing?": each request by its organisation, with the reason in plain words and what can be done."""

from __future__ import annotations

from datetime import timedelta

import pytest
from delivery_steps import COORDINATORS, GONE, NOT_THERE, SLOW, UNCLEAR, ask, did_it_reach, in_general, ledger
from msgspec.structs import replace
from scoping_steps import IDENTIFIES, REFERENCE, asked, case_of, choose, referred, requests_of, send, vetted
from story import Story, text_of

from dialogs.turn import OpenWindow
from state.changes import OutboxStatus


async def test_what_the_channel_took_is_not_said_to_be_read(story: Story) -> None:
    await asked(story, "police")
    said = await did_it_reach(story)
    assert "Test Police: The console took it on Monday 23 November 2026 at 09:0" in said
    assert "Nobody has opened it yet." in said
    assert "does not show that anybody has read it" in said
    assert not story.has("send_again")


async def test_who_has_opened_it_is_said(story: Story) -> None:
    request = (await asked(story, "police"))["police"]
    story.as_("police-lead")
    await story.take(OpenWindow(action="open_request", target=request.id))
    story.as_("coordinator")
    assert "Opened by Test Police Lead, first on Monday 23 November 2026" in await did_it_reach(story)


async def test_a_channel_that_is_gone_is_named_with_what_to_do(story: Story) -> None:
    story.channel.broken["channel:police"] = GONE
    await asked(story, "police", "test-hospital-trust")
    said = await did_it_reach(story)
    assert "NS-2026-0001: 1 of 2 requests may not have arrived." in said
    assert "Test Police: Not delivered. That channel or chat is not there any more. Choose another channel" in said
    assert "Test Hospital Trust: The console took it" in said
    assert [one.action for one in story.card.buttons] == ["send_again", "use_email", "show_case"]


async def test_what_is_tried_again_says_since_when_and_when_next(story: Story) -> None:
    story.channel.broken["channel:police"] = SLOW
    await asked(story, "police")
    await story.without_the_bell(minutes=2)
    said = await did_it_reach(story)
    assert "Not sent yet. The channel asked us to slow down." in said
    assert "Tries so far: 2, since Monday 23 November 2026 at 09:0" in said
    assert "Next try: Monday 23 November 2026 at 09:0" in said
    del story.channel.broken["channel:police"]
    await story.without_the_bell(minutes=30)
    assert "Test Police: The console took it" in await did_it_reach(story)


async def test_what_may_have_arrived_is_sent_once_more_and_then_nobody_knows(story: Story) -> None:
    story.channel.broken["channel:police"] = UNCLEAR
    await asked(story, "police")
    assert "It will be sent once more on Monday 23 November 2026" in await did_it_reach(story)
    await story.without_the_bell(minutes=1)
    said = await did_it_reach(story)
    assert "Nobody knows whether it arrived. The channel gave no clear answer." in said
    assert story.has("send_again")


async def test_what_was_opened_has_arrived_whatever_the_channel_said(story: Story) -> None:
    story.channel.broken["channel:police"] = UNCLEAR
    request = (await asked(story, "police"))["police"]
    await story.without_the_bell(minutes=1)
    assert "Test Police: the request: Nobody knows" in await in_general(story)
    story.as_("police-lead")
    await story.take(OpenWindow(action="open_request", target=request.id))
    story.as_("coordinator")
    assert "Everything got through" in await in_general(story)
    assert "Opened by Test Police Lead" in await did_it_reach(story)
    assert not story.has("send_again")


async def test_worst_comes_first_with_what_is_under_way_and_not_marked(story: Story) -> None:
    story.channel.broken |= {"channel:test-hospital-trust": GONE, "channel:police": SLOW}
    await asked(story, "gp", "police", "test-hospital-trust")
    said = await did_it_reach(story)
    assert "1 of 3 requests may not have arrived.\nOn the way: 1. By secure email, and not marked as sent: 1." in said
    assert said.index("Test Hospital Trust:") < said.index("Test Police:") < said.index("Test Surgery:")
    assert "[Send it again to Test Hospital Trust]" in said


async def test_a_crash_while_it_was_sent_is_told_so_after_the_restart(story: Story) -> None:
    story.channel.broken["channel:police"] = SLOW
    await asked(story, "police")
    story.clock.move(timedelta(minutes=5))
    await story.parts.store.claim(story.clock.now(), lanes=("console:",))
    assert OutboxStatus.SENDING in {row.status for row in await ledger(story)}
    await story.restart()
    del story.channel.broken["channel:police"]
    assert "It will be sent once more" in await did_it_reach(story)
    await story.without_the_bell(minutes=1)
    assert "Test Police: The console took it" in await did_it_reach(story)
    assert "You may have seen this already" in text_of(story.channel.said["channel:police"][-1])


async def test_by_email_it_is_said_who_marked_it_as_sent(story: Story) -> None:
    await asked(story, "fire", "housing")
    card = story.newest.card
    assert card is not None
    await story.press("emailed", {"sent": (await requests_of(story))["fire"].id})
    said = await did_it_reach(story)
    assert "Test Fire and Rescue Service: By secure email. Test Coordinator said on Monday 23 November 2026" in said
    assert "Test Housing Association: By secure email. Nobody has said yet that it was sent." in said


async def test_a_request_that_was_posted_nowhere_says_so(story: Story) -> None:
    request = (await asked(story, "fire"))["fire"]
    await story.write(replace(request, delivery="channel"))
    said = await did_it_reach(story)
    assert "Test Fire and Rescue Service: It was posted nowhere. The organisation had no channel." in said
    assert "has no channel that I can reach" in text_of(await story.press("send_again"))


@pytest.mark.parametrize(
    ("text", "there", "not_there"),
    [
        (f"did Police get the request on {REFERENCE}?", "Test Police", "Test Hospital Trust"),
        (f"did Test Hospital Trust get the request on {REFERENCE}", "Test Hospital Trust", "Test Police"),
        (f"did it reach housing on {REFERENCE}", f"Nobody of that kind was asked about {REFERENCE}", "Test Police"),
        (f"has everyone got the scoping request on {REFERENCE}", "Test Police", "What else did not get through"),
        (f"did it reach everybody on {REFERENCE}", "What else did not get through", "Nobody of that kind"),
    ],
)
async def test_only_what_was_asked_about_is_answered(story: Story, text: str, there: str, not_there: str) -> None:
    story.channel.broken[COORDINATORS] = GONE
    await asked(story, "police", "test-hospital-trust")
    said = await ask(story, text)
    assert there in said
    assert not_there not in said


async def test_a_question_is_gone_on_from(story: Story) -> None:
    await asked(story, "police", "test-hospital-trust")
    assert "Test Hospital Trust" not in await ask(story, f"did Police get the request on {REFERENCE}?")
    said = await ask(story, "and for health?")
    assert "Test Hospital Trust: The console took it" in said
    assert "Test Police" not in said


async def test_for_one_person_everything_that_went_to_them_is_listed(story: Story) -> None:
    await referred(story, restricted=True)
    said = await ask(story, f"did Test Coordinator get the message about {REFERENCE}")
    assert "a message: The console took it on Monday 23 November 2026" in said
    said = await ask(story, f"did Test Stranger get the message about {REFERENCE}")
    assert "Nothing about this case was sent to anybody of that name." in said


async def test_without_a_case_only_those_that_were_asked_about(story: Story) -> None:
    story.channel.broken |= {"channel:police": NOT_THERE, "channel:test-hospital-trust": NOT_THERE}
    await asked(story, "police", "test-hospital-trust", "fire")
    assert "Hospital" not in await ask(story, "did it reach Police?")
    assert "not through or not marked as sent: 1." in await ask(story, "did it reach Police?")
    assert "not through or not marked as sent: 3." in await in_general(story, "who did not get it")
    said = await in_general(story, "did it reach Housing?")
    assert "Everything got through, of the cases you may see." in said
    assert "add its reference" in said


async def test_nothing_that_identifies_is_said(story: Story) -> None:
    story.channel.broken["channel:police"] = NOT_THERE
    await asked(story, "police")
    said = await did_it_reach(story) + await in_general(story)
    assert not any(word in said for word in IDENTIFIES)


async def test_the_ledger_of_every_case_names_its_scope(story: Story) -> None:
    story.as_("coordinator")
    assert "Everything got through, of the cases you may see." in await in_general(story)
    story.channel.broken["channel:police"] = NOT_THERE
    await asked(story, "police", "fire")
    said = await ask(story, "which messages did not get through")
    assert "Of the cases you may see, not through or not marked as sent: 2." in said
    assert "NS-2026-0001, Test Police: the request: Not delivered. The assistant is not in that channel." in said
    assert "NS-2026-0001, Test Fire and Rescue Service: By secure email. Nobody has said yet" in said
    assert "Test Police: Not delivered" in text_of(await story.press("see_delivery"))


async def test_what_got_through_later_is_not_listed_any_more(story: Story) -> None:
    story.channel.broken["channel:police"] = NOT_THERE
    await asked(story, "police")
    await did_it_reach(story)
    del story.channel.broken["channel:police"]
    await story.press("send_again")
    assert "Everything got through" in await in_general(story)


async def test_send_again_posts_the_card_once_however_often_it_is_pressed(story: Story) -> None:
    story.channel.broken["channel:police"] = NOT_THERE
    await asked(story, "police")
    await did_it_reach(story)
    card = len(story.heard)
    del story.channel.broken["channel:police"]
    assert "is sent again" in text_of(await story.press_card(card, "send_again", {}))
    assert "has been sent again already" in text_of(await story.press_card(card, "send_again", {}))
    assert len(story.channel.said["channel:police"]) == 1
    kinds = [row.kind for row in await story.parts.store.history(f"case:{(await case_of(story)).id}")]
    assert kinds.count("request_posted_again") == 1


async def test_several_are_chosen_from_a_list(story: Story) -> None:
    for channel in ("channel:police", "channel:test-hospital-trust"):
        story.channel.broken[channel] = NOT_THERE
    requests = await asked(story, "police", "test-hospital-trust")
    await did_it_reach(story)
    assert {one.label for one in story.card.inputs[0].choices} == {"Test Police", "Test Hospital Trust"}
    card = len(story.heard)
    assert "choose at least one" in text_of(await story.press_card(card, "send_again", {"requests": ""}))
    story.channel.broken.clear()
    said = text_of(await story.press_card(card, "send_again", {"requests": ",".join(one.id for one in requests.values())}))
    assert said.count("is sent again") == 2


async def test_email_instead_makes_the_letter_and_waits_for_the_coordinators_word(story: Story) -> None:
    story.channel.broken["channel:police"] = GONE
    await asked(story, "police")
    await did_it_reach(story)
    said = text_of(await story.press("use_email"))
    assert "now goes by secure email" in said
    request = (await requests_of(story))["police"]
    assert (request.delivery, request.emailed_at) == ("email", None)
    assert "By secure email. Nobody has said yet that it was sent." in await did_it_reach(story)
    gone = [row for row in await ledger(story) if row.send.kind.value == "update" and row.send.card.startswith("request:")]
    assert {row.status for row in gone} == {OutboxStatus.DROPPED}, "a card that never came is not taken down"


async def test_what_is_answered_is_not_sent_again(story: Story) -> None:
    story.channel.broken["channel:police"] = UNCLEAR
    request = (await asked(story, "police"))["police"]
    await story.without_the_bell(minutes=1)
    await did_it_reach(story)
    card = len(story.heard)
    await story.write(replace(request, state="returned", returned_at=request.sent_at))
    assert "They answered on" in await did_it_reach(story)
    assert not story.has("send_again")
    assert "Nothing was sent" in text_of(await story.press_card(card, "send_again", {}))


async def test_papers_that_cannot_be_made_are_said_beside_the_email(story: Story) -> None:
    await referred(story)
    story.settings.library.rename(story.settings.library.with_name("away"))
    story.settings.library.write_text("no folder")
    await choose(story, "fire")
    await vetted(story)
    await send(story)
    said = await did_it_reach(story)
    assert "Its letter and form: Not sent yet. The document library could not be reached." in said
    await story.without_the_bell(hours=73)
    await story.without_the_bell(hours=1)
    assert "Its letter and form: Not delivered. The document library could not be reached." in await did_it_reach(story)
    story.settings.library.unlink()
    assert "are being made again" in text_of(await story.press("send_again"))
    assert "Its letter and form" not in await did_it_reach(story)
