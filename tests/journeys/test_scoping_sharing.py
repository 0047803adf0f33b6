"""What organisations are told: seen by the coordinator, taken out and put back; what is withheld reaches nothing of theirs."""

from __future__ import annotations

from scoping_steps import (
    REFERENCE,
    SECRET,
    case_of,
    choose,
    contents,
    everything_in_channels,
    filed,
    offered,
    referred,
    requests_of,
    seen,
    send,
    vetted,
)
from story import Story, text_of
from word_file import words_of_file


async def chosen(story: Story, *organisations: str) -> None:
    await referred(story)
    await choose(story, *organisations)
    await vetted(story)


async def papers(story: Story, organisation: str) -> str:
    """The text of everything that was filed for one organisation."""
    return "\n".join(words_of_file(path) for path in filed(story, "03 Requests") if organisation in path.parent.name)


async def test_what_the_referral_marks_as_private_is_withheld_from_the_start(story: Story) -> None:
    await chosen(story, "police")
    said = text_of(await story.press("what_is_told"))
    everybody, nobody = said.split("No organisation is told")
    assert "Test Child One" in everybody
    assert "Test Mother Zephyrine; mother; other names Test Zeph; address 1 Test Street, Testtown" in everybody
    assert "Quillon" not in everybody
    assert "Test Father Quillon: the whole person" in nobody


async def test_a_person_is_taken_out_for_one_organisation_with_a_reason(story: Story) -> None:
    await chosen(story, "police", "housing")
    await story.press("what_is_told")
    requests = await requests_of(story)
    inputs = {"who": requests["housing"].id, "rows": "family.3,family.1.aliases", "reason": ""}
    said = text_of(await story.press("take_out", inputs))
    assert "say why" in said
    await story.press("take_out", inputs | {"reason": "They need not know the brother."})
    requests = await requests_of(story)
    assert set(requests["housing"].withheld) == {"family.2", "family.3", "family.1.aliases"}
    assert set(requests["police"].withheld) == {"family.2"}
    said = text_of(await story.press_raw("what_is_told", (await case_of(story)).id))
    assert "Test Housing Association is not told:" in said


async def test_what_was_taken_out_can_be_put_back_and_the_marked_row_is_pointed_out(story: Story) -> None:
    await chosen(story, "police")
    await story.press("what_is_told")
    await story.press("put_back", {"who": "all", "rows": "family.2", "reason": "The police know the address."})
    assert (await requests_of(story))["police"].withheld == ()
    said = text_of(await story.press_raw("what_is_told", (await case_of(story)).id))
    assert "The referral asks not to share this" in said


async def test_an_address_is_withheld_wherever_it_stands(story: Story) -> None:
    await chosen(story, "police")
    await story.press("what_is_told")
    await story.press("take_out", {"who": "all", "rows": "children.1.address", "reason": "A refuge."})
    assert {"children.1.address", "family.1.address"} <= set((await requests_of(story))["police"].withheld)
    await story.press_raw("send_requests", (await case_of(story)).id)
    await send(story)
    assert "1 Test Street" not in await papers(story, "police")


async def test_the_reason_is_kept_as_content_and_not_in_plain(story: Story) -> None:
    await chosen(story, "police")
    await story.press("what_is_told")
    await story.press("take_out", {"who": "all", "rows": "family.3", "reason": "Because of Oswin."})
    assert (await contents(story, "rows_withheld")) == [{"rows": ["family.3"], "reason": "Because of Oswin."}]
    rows = await story.parts.store.history(f"case:{(await case_of(story)).id}")
    assert not any("Oswin" in str(row.what) for row in rows)


async def test_withheld_rows_reach_no_form_letter_card_or_draft_of_that_organisation(story: Story) -> None:
    await chosen(story, "police", "housing")
    await story.press("what_is_told")
    requests = await requests_of(story)
    await story.press("take_out", {"who": requests["housing"].id, "rows": "family.1,family.3", "reason": "Not needed."})
    await story.press_raw("send_requests", (await case_of(story)).id)
    await send(story)

    housing, police = await papers(story, "housing"), await papers(story, "police")
    for text in ("Quillon", SECRET, "fled from violence"):
        assert text not in housing + police
    for text in ("Zephyrine", "Oswin"):
        assert text not in housing
        assert text in police
    drafts = {one.draft.owner: one for one in (await seen(story)).written if one.draft.form == "scoping"}
    own = drafts[f"request:{requests['housing'].id}"]
    values = " ".join(str(answer.value) for answer in own.answers.values())
    assert not any(text in values for text in ("Quillon", "Hidden Lane", "Zephyrine", "Oswin"))
    assert "Quillon" not in everything_in_channels(story)


async def test_a_stale_card_takes_nothing_out(story: Story) -> None:
    await chosen(story, "police")
    await story.press("what_is_told")
    number = len(story.heard)
    await story.press("take_out", {"who": "all", "rows": "family.3", "reason": "One."})
    await story.press_card(number, "take_out", {"who": "all", "rows": "family.1", "reason": "Two."})
    assert "changed this a moment ago" in text_of(story.newest)
    assert "family.1" not in (await requests_of(story))["police"].withheld


async def test_it_is_shown_one_to_one_only(story: Story) -> None:
    await chosen(story, "police")
    case = await case_of(story)
    story.as_("coordinator", in_channel="coordinators")
    await story.press_raw("what_is_told", case.id)
    assert "in your own chat" in text_of(story.newest)
    assert "Child One" not in everything_in_channels(story)
    story.as_("manager")
    await story.press_raw("what_is_told", case.id)
    assert "Zephyrine" not in text_of(story.newest)


async def test_every_row_that_can_be_told_can_be_taken_out(story: Story) -> None:
    await chosen(story, "police")
    await story.press("what_is_told")
    assert set(offered(story, "rows")) == {
        *("children.1.address", "children.1.school", "children.1.gp"),
        *("family.1", "family.1.address", "family.1.aliases", "family.2", "family.2.address", "family.3"),
    }
    assert REFERENCE in story.card.title
