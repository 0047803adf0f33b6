"""Signing off: a senior colleague reads all of it and signs, or sends it back with what to change. Never its author."""

from __future__ import annotations

from asked import (
    CASE,
    REFERENCE,
    RETURN,
    ask,
    documents,
    fills_in_windows,
    form_of,
    member,
    nothing_identifies,
    opens,
    person,
    printed,
    referred,
    request_of,
    return_in_windows,
    sends,
    who,
    window_text,
)
from story import Story, text_of


async def written(story: Story, **more: str) -> str:
    """The deputy writes the return; the lead, who can sign, is another person."""
    await referred(story)
    await member(story, "police-deputy", "police", "deputy")
    request = await ask(story, "police", "police")
    story.as_("police-deputy", in_channel="police")
    await return_in_windows(story, request, RETURN | more)
    return request


async def read_all(story: Story, request: str) -> str:
    """Page through the return; the last page has the two ways on."""
    shown = window_text(await opens(story, "sign_off", request))
    while story.window.submit and story.window.submit.action == "sign_off":
        shown += window_text(await sends(story, "sign_off"))
    return shown


async def test_it_waits_and_whoever_can_sign_is_asked(story: Story) -> None:
    request = await written(story)
    assert "waits for: Test Police Lead" in story.window.closed_text
    kept = await request_of(story, request)
    assert (kept.state, kept.returns, kept.author) == ("awaiting_sign_off", 0, who(person(story, "police-deputy")))
    asked = story.channel.said["police-lead"][-1]
    assert "Please read it and sign it off" in text_of(asked)
    assert asked.card is not None
    assert [one.action for one in asked.card.buttons] == ["sign_off"]
    card = story.channel.updates[-1][1]
    assert "Read and sign off" in text_of(card)
    assert documents(story) == []
    nothing_identifies(story)


async def test_the_lead_reads_it_page_by_page_and_signs(story: Story) -> None:
    long = "Police were called. " * 600
    request = await written(story, summary=long[:2900], learning_within=long[:2900], learning_across=long[:2900])
    story.as_("police-lead", in_channel="police")
    shown = await read_all(story, request)
    assert "Page 1 of" in shown
    assert "Test Officer One" in shown
    assert long[:2000] in shown, "nothing is cut off"
    closed = await sends(story, "sign_return")
    assert "is signed off and has been sent" in closed.closed_text
    kept = await request_of(story, request)
    lead = who(person(story, "police-lead"))
    assert (kept.state, kept.returns, kept.signed_by) == ("returned", 1, lead)
    assert (await form_of(story, "return-police")).answers["signed_off_by"].value["name"] == "Test Police Lead"
    assert "Test Police Lead" in printed(story, f"{REFERENCE} 2 Return 1 police")
    assert "was signed off and has been sent" in text_of(story.channel.said["police-deputy"][-1])
    kinds = [row.kind for row in await story.parts.store.history(f"case:{CASE}")]
    assert {"return_to_sign", "return_read", "return_signed", "return_received"} <= set(kinds)
    nothing_identifies(story)


async def test_one_to_one_as_cards(story: Story) -> None:
    request = await written(story)
    story.as_("police-lead")
    await story.press("sign_off")
    while not story.has("sign_return"):
        await story.press("sign_off")
    assert "is signed off" in text_of(await story.press("sign_return"))
    assert (await request_of(story, request)).state == "returned"


async def test_refused_with_what_to_change_it_is_written_again(story: Story) -> None:
    request = await written(story)
    story.as_("police-lead", in_channel="police")
    await read_all(story, request)
    await sends(story, "refuse_sign_off")
    assert "say what should be changed" in window_text(story.window), "a reason is needed"
    closed = await sends(story, "refuse_sign_off", {"reason": "Say more of the second visit."})
    assert "author has been told" in closed.closed_text
    assert (await request_of(story, request)).state == "drafting"
    assert "Say more of the second visit." in text_of(story.channel.said["police-deputy"][-1])
    story.as_("police-deputy")
    await story.press("begin_return")
    assert story.has("submit")
    await story.press("submit")
    assert (await request_of(story, request)).state == "awaiting_sign_off"


async def test_its_author_never_signs_it(story: Story) -> None:
    await referred(story)
    await member(story, "second-lead", "police", "agency_lead")
    request = await ask(story, "police", "police")
    story.as_("police-lead", in_channel="police")
    await return_in_windows(story, request)
    assert (await request_of(story, request)).state == "awaiting_sign_off"
    assert "You wrote this return" in (await opens(story, "sign_off", request)).closed_text
    story.as_("second-lead", in_channel="police")
    await read_all(story, request)
    assert "is signed off" in (await sends(story, "sign_return")).closed_text


async def test_neither_a_deputy_nor_anybody_else_signs(story: Story) -> None:
    request = await written(story)
    await member(story, "other-deputy", "police", "deputy")
    for name in ("other-deputy", "nurse", "coordinator"):
        story.as_(name, in_channel="police")
        shown = window_text(await opens(story, "sign_off", request))
        assert "You cannot open this request" in shown
        assert "Test Officer" not in shown
    assert (await request_of(story, request)).state == "awaiting_sign_off"


async def test_what_was_changed_since_it_was_read_is_read_again(story: Story) -> None:
    request = await written(story)
    story.as_("police-lead", in_channel="police")
    await read_all(story, request)
    last = story.window
    await sends(story, "refuse_sign_off", {"reason": "Say more."})
    story.as_("police-deputy", in_channel="police")
    await opens(story, "begin_return", request)
    await open_question(story, "summary:0")
    await sends(story, "window_save", {"summary": "Police were called to the home three times."})
    await fills_in_windows(story, {})
    await sends(story, "window_send")
    story.as_("police-lead", in_channel="police")
    story.window = last
    await sends(story, "sign_return")
    assert "Please read it again" in window_text(story.window)
    assert (await request_of(story, request)).state == "awaiting_sign_off"


async def open_question(story: Story, at: str) -> None:
    from dialogs.reply import window_from
    from dialogs.turn import OpenWindow

    await story.take(OpenWindow(action="window", target="return-police", at=at))
    story.window = window_from(story.answer)


async def test_nothing_changes_while_it_waits(story: Story) -> None:
    request = await written(story)
    await open_question(story, "summary:0")
    assert "waits for a senior colleague" in story.window.closed_text
    assert (await request_of(story, request)).state == "awaiting_sign_off"


async def test_the_senior_of_a_private_request_signs_what_a_delegate_wrote(story: Story) -> None:
    await referred(story)
    senior = await member(story, "independent", "police")
    writer = await member(story, "writer", "police")
    request = await ask(story, "police", "police", delivery="private", senior=who(senior), delegate=who(writer))
    story.as_("writer", in_channel="police")
    await return_in_windows(story, request)
    assert "waits for: Test Independent" in story.window.closed_text
    assert "Please read it" in text_of(story.channel.said["independent"][-1])
    assert story.channel.said["channel:police"] == []
    assert "sign" not in "".join(text_of(one) for one in story.channel.said["police-lead"])


async def test_a_lead_whose_role_ended_is_not_waited_for(story: Story) -> None:
    await referred(story)
    await member(story, "second-lead", "police", "agency_lead")
    request = await ask(story, "police", "police")
    await story.end_role("second-lead")
    story.as_("police-lead", in_channel="police")
    await return_in_windows(story, request, RETURN | {"signed_off_by": "Test Chief"})
    assert (await request_of(story, request)).state == "returned"
