"""From sending to accepted: both sides of a request meet, by the coordinator's buttons and the organisation's windows."""

from __future__ import annotations

from asked import NIL, RETURN, fills_in_windows, opens, printed, sends, window_text
from referral_steps import fill_in
from scoping_steps import IDENTIFIES, REFERENCE, asked, case_of, id_of, requests_of
from story import Story, text_of

from dialogs.reply import Button

SENIOR = {"signed_off_by": "Test Chief"}


def card_of(story: Story, organisation: str, action: str) -> Button:
    """A button of the request's card as it stands in the channel."""
    posted = [one for one in story.channel.said[f"channel:{organisation}"] if one.card is not None]
    updated = [one for _, one in story.channel.updates if one.card is not None and REFERENCE in text_of(one)]
    buttons = [one for reply in (*posted, *updated) if reply.card for one in reply.card.buttons if one.action == action]
    return buttons[-1]


async def answered(story: Story, organisation: str, person: str) -> str:
    """The organisation sends its return, from its card. Returns the request's id."""
    story.as_(person, in_channel=organisation)
    target = card_of(story, organisation, "open_request").target
    await opens(story, "open_request", target)
    await sends(story, "begin_return", {"records_secured": "yes", "kept_separate": "yes"})
    await fills_in_windows(story, RETURN | SENIOR)
    await sends(story, "window_send")
    return target


def nothing_in_channels(story: Story) -> None:
    channels = [one for place, said in story.channel.said.items() if place.startswith("channel:") for one in said]
    everything = "\n".join(text_of(one) + one.preview for one in [*channels, *(one for _, one in story.channel.updates)])
    assert [word for word in IDENTIFIES if word in everything] == []


async def test_sent_opened_returned_and_accepted(story: Story) -> None:
    await asked(story, "police", "test-hospital-trust")
    request = await answered(story, "police", "police-lead")
    assert (await requests_of(story))["police"].state == "returned"
    assert "Test Officer One" in printed(story, f"{REFERENCE} 2 Return 1 police")
    story.as_("coordinator")
    await story.press_raw("read_return", request)
    assert "Test Officer One" in "\n".join(text_of(one) for one in story.heard[-4:])
    await story.press_raw("accept_return", request)
    assert (await requests_of(story))["police"].state == "accepted"
    nothing_in_channels(story)


async def test_what_is_withheld_reaches_neither_the_names_nor_the_nil_return(story: Story) -> None:
    await asked(story, "police")
    story.as_("police-lead", in_channel="police")
    target = card_of(story, "police", "not_known_to_us").target
    shown = window_text(await opens(story, "not_known_to_us", target))
    assert "Zephyrine" in shown
    assert "Test Father Quillon" not in shown
    assert "Hidden Lane" not in shown
    await sends(story, "begin_nil")
    names = next(one for one in story.window.inputs if one.id == "names_checked")
    assert not any("Quillon" in choice.label for choice in names.choices)
    everyone = ",".join(choice.value for choice in names.choices)
    await fills_in_windows(story, NIL | {"names_checked": everyone})
    await sends(story, "window_send")
    assert (await requests_of(story))["police"].state == "nil_return"
    assert "Quillon" not in printed(story, f"{REFERENCE} Nil return 1 police")


async def test_time_is_asked_and_granted(story: Story) -> None:
    await asked(story, "police")
    story.as_("police-lead", in_channel="police")
    await opens(story, "more_time", card_of(story, "police", "more_time").target)
    await sends(story, "ask_time", {"new_date": "3 December 2026", "reason": "Two files."})
    story.as_("coordinator")
    told = story.channel.said["channel:coordinators"][-1]
    assert told.card is not None
    await story.opens(next(one for one in told.card.buttons if one.action == "grant_time"))
    kept = (await requests_of(story))["police"]
    assert kept.due is not None
    assert kept.due.isoformat() == "2026-12-03T17:00:00+00:00"
    assert kept.extensions[0].granted is True


async def test_a_question_is_answered_to_whoever_asked(story: Story) -> None:
    await asked(story, "police")
    story.as_("police-lead", in_channel="police")
    await opens(story, "ask_question", card_of(story, "police", "ask_question").target)
    await sends(story, "send_question", {"question": "Is Zephyrine a nickname?"})
    told = story.channel.said["channel:coordinators"][-1]
    assert told.card is not None
    button = next(one for one in told.card.buttons if one.action == "answer_question")
    story.as_("coordinator", in_channel="coordinators")
    await story.opens(button)
    await sends(story, "send_answer", {"answer": "No, it is her name.", "where": "privately"})
    assert "No, it is her name." in text_of(story.channel.said["police-lead"][-1])
    nothing_in_channels(story)


async def test_sent_back_with_a_question_it_is_answered_and_sent_again(story: Story) -> None:
    await asked(story, "police")
    request = await answered(story, "police", "police-lead")
    story.as_("coordinator")
    await story.press_raw("send_back", request)
    await story.press("keep_send_back", {"question": "Who took the second call?", "until": "2 December 2026"})
    assert (await requests_of(story))["police"].state == "sent_back"
    story.as_("police-lead", in_channel="police")
    shown = window_text(await opens(story, "open_request", request))
    assert "Who took the second call?" in shown
    await sends(story, "begin_return")
    await sends(story, "window_send")
    kept = (await requests_of(story))["police"]
    assert (kept.state, kept.returns, kept.reason) == ("returned", 2, "")
    case = await case_of(story)
    assert case.reference == REFERENCE


async def test_a_return_by_secure_email_is_entered_by_the_coordinator(story: Story) -> None:
    await asked(story, "gp")
    request = (await requests_of(story))["gp"]
    assert request.delivery == "email"
    story.as_("coordinator")
    await story.press_raw("open_request", request.id)
    await story.press("begin_nil")
    await fill_in(story, NIL | {"names_checked": "children.1,family.1,family.3"})
    await story.press("submit")
    kept = (await requests_of(story))["gp"]
    assert (kept.state, kept.author) == ("nil_return", id_of(story, "coordinator"))
    assert "Test Surgery" in printed(story, f"{REFERENCE} Nil return 1 gp")
