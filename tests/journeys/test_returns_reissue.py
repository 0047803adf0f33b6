"""A name, alias, birth date or address is corrected after sending: every request it concerns is issued again."""

from __future__ import annotations

from asked import (
    CASE,
    NIL,
    REFERENCE,
    RETURN,
    ask,
    deadline_of,
    documents,
    fills_in_windows,
    form_of,
    named,
    nil_in_windows,
    nothing_identifies,
    opens,
    read,
    referral,
    referred,
    request_of,
    return_in_windows,
    sends,
    window_text,
)
from msgspec.structs import replace
from story import Story, text_of
from word_file import words_of_file

SENIOR = {"signed_off_by": "Test Chief"}


async def correct(story: Story, subject: str, changes: dict[str, str]) -> str:
    """The coordinator puts right who the case is about, in windows. Returns what they read."""
    story.as_("coordinator", in_channel="coordinators")
    await opens(story, "correct_case", CASE)
    await sends(story, "correct_subject", {"subject": subject})
    return window_text(await sends(story, "save_correction", {f"{subject}.{name}": text for name, text in changes.items()}))


async def asked_both(story: Story) -> tuple[str, str]:
    await referred(story)
    return await ask(story, "police", "police"), await ask(story, "test-hospital-trust", "hospital_trust")


async def test_a_corrected_alias_reopens_every_nil_return(story: Story) -> None:
    police, _ = await asked_both(story)
    story.as_("police-lead", in_channel="police")
    await nil_in_windows(story, police)
    superseded = (await request_of(story, police)).nil
    await story.later(days=2)

    said = await correct(story, "children.1", {"aliases": "Tilly Test; Test Other Name"})

    assert "Organisations asked again: 2" in said
    kept = await request_of(story, police)
    assert (kept.state, kept.issue, kept.nil, kept.returned_at) == ("sent", 2, "", None)
    assert kept.changed == ("Tilly Test; Test Other Name",)
    due = await deadline_of(story, police)
    assert due.met is None
    assert due.due == kept.due
    assert due.due.isoformat() == "2026-12-02T17:00:00+00:00"
    assert (await form_of(story, superseded)).answers["records_searched"].value == "Test records system", "it stays"
    story.as_("police-lead", in_channel="police")
    shown = window_text(await opens(story, "open_request", police))
    assert "Please search again under" in shown
    assert "Test Other Name" in shown
    assert "request_reissued" in [row.kind for row in await story.parts.store.history(f"case:{CASE}")]
    nothing_identifies(story)


async def test_a_superseded_nil_return_never_counts(story: Story) -> None:
    police, _ = await asked_both(story)
    story.as_("police-lead", in_channel="police")
    await opens(story, "not_known_to_us", police)
    await sends(story, "begin_nil")
    last = await fills_in_windows(story, NIL)
    await correct(story, "family.1", {"name": "Test New Name"})
    story.as_("police-lead", in_channel="police")
    story.window = last
    closed = await sends(story, "window_send")
    assert "The names have changed since. Nothing was sent." in closed.closed_text
    assert (await request_of(story, police)).state == "sent"
    await nil_in_windows(story, police)
    kept = await request_of(story, police)
    assert (kept.state, kept.issue) == ("nil_return", 2)
    labels = [row.kind for row in await story.parts.store.history(f"case:{CASE}")]
    assert labels.count("nil_return") == 1


async def test_the_card_is_updated_in_place_and_a_line_says_so_by_reference(story: Story) -> None:
    police, _ = await asked_both(story)
    await correct(story, "family.2", {"address": "9 Test Lane, Testtown"})
    card = next(text_of(one) for _, one in reversed(story.channel.updates) if "issue 2" in text_of(one))
    assert "Names or addresses have changed. Please search again" in card
    line = story.channel.said["channel:police"][-1]
    said = f"{REFERENCE}: names or addresses were corrected. This is issue 2. Please open the request and search again."
    assert text_of(line) == f"{said}\n[Open the request]"
    assert line.card is not None
    assert line.card.buttons[0].target == police
    assert (await request_of(story, police)).changed == ("9 Test Lane, Testtown",)
    nothing_identifies(story)


async def test_letter_and_form_are_filed_again_with_the_issue(story: Story) -> None:
    await asked_both(story)
    await correct(story, "children.1", {"name": "Test Child First"})
    filed = documents(story)
    for organisation in ("police", "test-hospital-trust"):
        assert f"{REFERENCE} 2a Letter issue 2 {organisation}" in filed
        assert f"{REFERENCE} 2 Form issue 2 {organisation}" in filed


async def test_an_empty_form_of_a_later_issue_is_listed_as_a_form_and_never_as_a_return(story: Story) -> None:
    police, _ = await asked_both(story)
    await correct(story, "children.1", {"name": "Test Child First"})
    made = [row.send.what for row in await story.parts.store.ledger(limit=1000) if row.send.what.endswith(police)]
    assert f"scoping:{police}" in made
    assert f"scoping_return:{police}" not in made


async def test_what_was_filled_in_beforehand_follows_unless_somebody_answered(story: Story) -> None:
    police, hospital = await asked_both(story)
    story.as_("police-lead", in_channel="police")
    await opens(story, "open_request", police)
    await sends(story, "begin_return")
    await sends(story, "window_save", {"children.1.name": "Test Child Own Spelling"})
    await correct(story, "children.1", {"name": "Test Child First", "date_of_birth": "4 April 2019"})
    theirs = (await form_of(story, "return-police")).answers
    assert theirs["children.1.name"].value == "Test Child Own Spelling", "their own word stays"
    untouched = (await form_of(story, "return-test-hospital-trust")).answers
    assert untouched["children.1.name"].value == "Test Child First"
    assert untouched["children.1.date_of_birth"].value["earliest"] == "2019-04-04"
    kept = await request_of(story, police)
    assert (kept.state, kept.issue) == ("drafting", 2)
    assert kept.changed == ("Test Child First", "Test Child First, born Thursday 4 April 2019")
    assert (await request_of(story, hospital)).state == "sent"


async def test_a_full_return_is_flagged_and_its_author_asked(story: Story) -> None:
    police, _ = await asked_both(story)
    story.as_("police-lead", in_channel="police")
    await return_in_windows(story, police, RETURN | SENIOR)
    await correct(story, "children.1", {"aliases": "Test Other Name"})
    kept = await request_of(story, police)
    assert (kept.state, kept.issue, kept.confirm, kept.returns) == ("returned", 2, True, 1)
    assert (await deadline_of(story, police)).met is not None
    story.as_("police-lead")
    assert "say whether the return still stands" in text_of(story.newest)
    assert "Thank you. We have noted that your return still stands" in text_of(await story.press("still_stands"))
    kept = await request_of(story, police)
    assert (kept.state, kept.confirm) == ("returned", False)
    assert "still stands" in text_of(story.channel.said["channel:coordinators"][-1])


async def test_or_it_is_corrected(story: Story) -> None:
    police, _ = await asked_both(story)
    story.as_("police-lead", in_channel="police")
    await return_in_windows(story, police, RETURN | SENIOR)
    await correct(story, "children.1", {"aliases": "Test Other Name"})
    story.as_("police-lead", in_channel="police")
    await opens(story, "correct_return", police)
    await sends(story, "begin_return")
    await fills_in_windows(story, {})
    await sends(story, "window_send")
    kept = await request_of(story, police)
    assert (kept.state, kept.returns, kept.confirm) == ("returned", 2, False)


async def test_what_is_withheld_concerns_nobody_it_is_withheld_from(story: Story) -> None:
    await referred(story)
    police = await ask(story, "police", "police", withheld=("family.2",))
    hospital = await ask(story, "test-hospital-trust", "hospital_trust")
    await correct(story, "family.2", {"name": "Test Hidden Name"})
    assert (await request_of(story, police)).issue == 1
    assert (await request_of(story, hospital)).issue == 2
    assert documents(story) == [
        f"{REFERENCE} 2 Form issue 2 test-hospital-trust",
        f"{REFERENCE} 2a Letter issue 2 test-hospital-trust",
    ]
    everything = "".join(str(one.value) for one in (await form_of(story, "return-police")).answers.values())
    assert "Test Hidden Name" not in everything


async def test_a_birth_date_that_changes_the_advice_says_so(story: Story) -> None:
    await asked_both(story)
    said = await correct(story, "children.1", {"date_of_birth": "3 April 2001"})
    assert "With these details the advice is another one" in said
    assert (await referral(story)).value("children.1.date_of_birth")["earliest"] == "2001-04-03"


async def test_wrong_dates_and_unchanged_details_issue_nothing(story: Story) -> None:
    police, _ = await asked_both(story)
    said = await correct(story, "children.1", {"date_of_birth": "31 February 2019"})
    assert [one.id for one in story.window.inputs if one.error] == ["children.1.date_of_birth"]
    assert "31 February 2019" in said
    assert "Nothing was changed" in await correct(story, "children.1", {})
    assert (await request_of(story, police)).issue == 1


async def test_two_coordinators_do_not_overwrite_each_other(story: Story) -> None:
    await asked_both(story)
    story.as_("coordinator", in_channel="coordinators")
    await opens(story, "correct_case", CASE)
    await sends(story, "correct_subject", {"subject": "children.1"})
    mine = story.window
    await correct(story, "children.1", {"aliases": "Test First Alias"})
    story.window = mine
    await sends(story, "save_correction", {"children.1.aliases": "Test Second Alias"})
    assert "changed after the card was made" in window_text(story.window)
    assert (await referral(story)).value("children.1.aliases") == "Test First Alias"


async def test_withdrawn_requests_stay_as_they_are(story: Story) -> None:
    police, _ = await asked_both(story)
    await story.write(replace(await request_of(story, police), state="withdrawn"))
    await correct(story, "children.1", {"aliases": "Test Other Name"})
    kept = await request_of(story, police)
    assert (kept.state, kept.issue) == ("withdrawn", 1)


async def test_only_the_coordinator_corrects_and_never_in_a_channel(story: Story) -> None:
    await asked_both(story)
    for name in ("manager", "police-lead", "practitioner"):
        story.as_(name, in_channel="coordinators")
        shown = window_text(await opens(story, "correct_case", CASE))
        assert "Test Child" not in shown
        assert "cannot" in shown
    story.as_("coordinator", in_channel="coordinators")
    assert "one to one" in text_of(await story.press_raw("correct_case", CASE))
    nothing_identifies(story)


async def test_a_restricted_case_is_corrected_by_those_named(story: Story) -> None:
    await referred(story, restricted=True)
    story.as_("coordinator")
    assert "no case" in text_of(await story.press_raw("correct_case", CASE))
    await named(story, "coordinator")
    await story.press_raw("correct_case", CASE)
    await story.press("correct_subject", {"subject": "children.1"})
    values = {one.id: one.value for one in story.card.inputs} | {"children.1.aliases": "Test Other Name"}
    said = text_of(await story.press("save_correction", values))
    assert "No organisation has to be asked again" in said
    assert (await read(story, case=CASE)).case is not None


async def test_the_child_is_found_again_under_the_corrected_name(story: Story) -> None:
    await asked_both(story)
    await correct(story, "children.1", {"aliases": "Test Other Name"})
    before = (await read(story, case=CASE)).digests
    await correct(story, "children.1", {"name": "Test Child First"})
    after = (await read(story, case=CASE)).digests
    assert [one.child for one in after] == [1]
    assert after[0].digest != before[0].digest
    assert after[0].version == before[0].version + 1


async def test_the_channels_card_asks_whether_the_return_stands(story: Story) -> None:
    police, _ = await asked_both(story)
    story.as_("police-lead", in_channel="police")
    await return_in_windows(story, police, RETURN | SENIOR)
    await correct(story, "children.1", {"aliases": "Test Other Name"})
    cards = [one.card for _, one in story.channel.updates if one.card and "Answered on" in text_of(one)]
    assert [one.action for one in cards[-1].buttons] == ["still_stands", "correct_return", "ask_question"]
    story.as_("police-lead", in_channel="police")
    assert "still stands" in (await opens(story, "still_stands", police)).closed_text
    assert (await request_of(story, police)).confirm is False


async def test_it_is_reached_from_the_case(story: Story) -> None:
    await asked_both(story)
    story.as_("coordinator")
    await story.press_raw("more_case", CASE)
    cards = [reply.card for reply in story.heard if reply.card]
    assert any(one.action == "correct_case" for card in cards for one in card.buttons)
    assert "Whose details" in text_of(await story.says(f"correct details {REFERENCE}"))


async def test_a_return_written_under_the_old_names_is_not_sent_before_the_new_ones_were_seen(story: Story) -> None:
    police, _ = await asked_both(story)
    story.as_("police-lead", in_channel="police")
    await opens(story, "open_request", police)
    await sends(story, "begin_return")
    last = await fills_in_windows(story, RETURN | SENIOR)
    await correct(story, "children.1", {"aliases": "Test Other Name"})
    story.as_("police-lead", in_channel="police")
    story.window = last
    shown = window_text(await sends(story, "window_send"))
    assert "have changed since you wrote your answer" in shown
    assert "Test Other Name" in shown
    assert (await request_of(story, police)).state == "drafting"
    await sends(story, "begin_return")
    await sends(story, "window_send")
    assert (await request_of(story, police)).state == "returned"


async def test_another_name_stands_in_the_form_that_is_issued_again_with_what_changed(story: Story) -> None:
    await asked_both(story)
    await correct(story, "family.1", {"aliases": "Test Newname"})
    path = next(one for one in story.settings.library.rglob("*.docx") if "2 Form issue 2 police" in one.name)
    words = words_of_file(path)
    assert "Also known as: Test Newname" in words
    assert "Changed since issue 1: Test Newname" in words
