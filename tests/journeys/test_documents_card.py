"""The documents of a case in chat: who sees which, what opens in Word, what is said of a file that was changed or is gone."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from pathlib import Path

import pytest
from libraries import SITE, Addressed
from msgspec.structs import replace
from review_steps import LA, ready
from scoping_steps import IDENTIFIES, asked, case_of, history, requests_of
from story import Story, text_of
from test_files_offered import forged, parcels
from test_restricted import another_coordinator, restricted

from dialogs.reply import Button, Card, Link, Reply
from dialogs.turn import Press
from state.file_records import FileRecord
from state.snapshot import Wanted

PACK = "NS-2026-0001 3 Rapid review draft v1.docx"
ONE_TO_ONE = "I list documents one to one only. Others read along here. Please ask me in a chat with me alone."


@pytest.fixture
async def shelved(tmp_path: Path) -> AsyncIterator[Story]:
    """A partnership whose case library has addresses, as has the one of the police. No LibreOffice is installed."""
    shelves = {"": Addressed(tmp_path / "cases"), "police": Addressed(tmp_path / "police", "police")}
    told = await Story(tmp_path, shelves=shelves, office="").open()
    yield told
    told.close()


async def packed(story: Story) -> str:
    """A case with its pack built, for the coordinator who looks at it next. Returns the case's id."""
    case = await ready(story)
    await story.as_("coordinator").press_raw("pack", case.id)
    return case.id


async def listed(story: Story, text: str = "documents of NS-2026-0001") -> Card:
    """The card that lists them."""
    reply = await story.says(text)
    assert reply.card is not None, text_of(reply)
    return reply.card


def named(card: Card) -> list[str]:
    """What stands on its lines, with the version."""
    return [f"{label}: {said}" for block in card.blocks for label, said in getattr(block, "rows", ())]


def actions(card: Card) -> list[tuple[str, str]]:
    """Its buttons: what each does, and with which document."""
    return [(one.action, "" if one.action == "documents" else one.at) for one in card.buttons]


async def filed(story: Story, what: str) -> FileRecord:
    """The newest record of a document."""
    return [one for one in await everything(story) if one.what == what][-1]


async def test_the_card_lists_kind_and_version_and_opens_each_in_word(shelved: Story) -> None:
    await packed(shelved)
    card = await listed(shelved)
    assert card.title == "Documents of NS-2026-0001"
    assert named(card)[0] == "1. Document 3, rapid review: Version 1. Filed on Thursday 3 December 2026."
    address = f"{SITE}/cspr/Cases/NS-2026-0001/05%20Rapid%20review/NS-2026-0001%203%20Rapid%20review%20draft%20v1.docx?web=1"
    assert card.links[0] == Link("Open 1, the rapid review report in Word", address)
    assert "If a document does not open, ask your IT team for access, or get a copy." in text_of(shelved.newest)
    assert [one.label for one in card.buttons] == [
        "Get the pack and the returns as one zip",
        "Get copies instead",
        "Show more documents",
    ]
    assert list(await history(shelved)).count("documents_read") == 1


async def test_whoever_cannot_open_it_has_a_copy_instead(shelved: Story) -> None:
    case = await packed(shelved)
    await listed(shelved)
    copies = await shelved.press("documents")
    assert copies.card is not None
    assert not copies.card.links
    assert ("get_file", "rapid_review") in actions(copies.card)
    await forged(shelved, "send_file", case, "rapid_review")
    assert [one.name for one in parcels(shelved, "coordinator")] == [PACK]


async def test_where_the_library_has_no_addresses_copies_are_given(story: Story) -> None:
    await packed(story)
    card = await listed(story)
    assert not card.links
    assert "If a document does not open" not in text_of(story.newest)
    assert ("get_file", "rapid_review") in actions(card)


@pytest.mark.parametrize("text", ["where is the referral of NS-2026-0001", "open the referral of NS-2026-0001 in Word"])
async def test_one_kind_is_asked_for_by_name(shelved: Story, text: str) -> None:
    await asked(shelved, "police")
    card = await listed(shelved.as_("coordinator"), text)
    assert [line.partition(":")[0] for line in named(card)] == ["1. Document 1a, referral"]
    assert [one.label for one in card.links] == ["Open 1, the referral form in Word"]


async def test_what_is_asked_next_is_of_the_same_case(shelved: Story) -> None:
    await packed(shelved)
    await listed(shelved)
    assert (await listed(shelved, "open the pack in Word")).title == "Documents of NS-2026-0001"
    await shelved.says("status NS-2026-0001")
    assert (await listed(shelved, "show the documents")).title == "Documents of NS-2026-0001"


async def test_a_kind_that_is_not_there_is_said_and_the_others_are_shown(shelved: Story) -> None:
    await asked(shelved, "police")
    said = text_of(await shelved.as_("coordinator").says("open the panel letter of NS-2026-0001 in Word"))
    assert said.startswith("Documents of NS-2026-0001\nThere is no such document here yet, or you may not have it.")
    assert "1. Document 1a, referral" in said


async def test_every_version_is_there_the_newest_first(shelved: Story) -> None:
    case = await packed(shelved)
    await shelved.later(hours=1)
    await shelved.press_raw("pack", case)
    card = await listed(shelved)
    assert [line[: line.index(".", 3)] for line in named(card)[:2]] == [
        "1. Document 3, rapid review: Version 2",
        "2. Document 3, rapid review: Version 1",
    ]
    assert [one.label for one in card.links[:2]] == [
        "Open 1, the rapid review report in Word",
        "Open 2, the rapid review report in Word",
    ]


async def test_what_somebody_changed_and_what_is_gone_is_said(shelved: Story) -> None:
    await packed(shelved)
    pack, overview = await filed(shelved, "rapid_review"), await filed(shelved, "overview")
    await shelved.parts.store.keep(replace(pack, changed_at=shelved.clock.now()), replace(overview, state="gone"))
    card = await listed(shelved)
    lines = named(card)
    assert lines[0].endswith("Somebody has changed it since. Seen on Thursday 3 December 2026.")
    gone = next(line for line in lines if "Overview" in line)
    assert gone.endswith("It is not in the library any more. Ask the coordinator to have it made again.")
    assert not any("overview" in one.label for one in card.links)
    assert not any(one.at == "overview" for one in card.buttons)


async def test_more_than_a_card_holds_is_a_button_away(shelved: Story) -> None:
    await asked(shelved, "police", "fire", "test-hospital-trust")
    card = await listed(shelved.as_("coordinator"))
    lines = named(card)
    while more := next((one for one in card.buttons if one.label == "Show more documents"), None):
        assert len(card.links) + len(card.buttons) <= 6
        reply = await pressed(shelved, more)
        assert reply.card is not None
        card = reply.card
        lines += named(card)
    assert [int(line.partition(".")[0]) for line in lines] == list(range(1, len(lines) + 1))
    assert len(lines) == len(await everything(shelved)) > 6


async def test_what_a_button_carries_that_is_none_of_ours_lists_everything(shelved: Story) -> None:
    case = await packed(shelved)
    first = text_of(await shelved.press_raw("documents", case))
    for at in ("nothing", "[1]", '["","",[],false,-7]', '["","",[],false,99999]', '["x","y",["z"],false,0]'):
        said = text_of(await forged(shelved, "documents", case, at))
        assert "1. Document 3, rapid review: Version 1." in said, at
    assert first == text_of(await forged(shelved, "documents", case, ""))


async def test_an_organisation_sees_its_own_papers_in_its_own_library_and_nothing_else(shelved: Story) -> None:
    await asked(shelved, "police", "fire")
    police = (await requests_of(shelved))["police"]
    shelved.as_("police-lead")
    before = await listed(shelved)
    assert [line.partition(":")[0] for line in named(before)] == [
        "1. Document 2, scoping form, Test Police",
        "2. Document 2a, scoping letter, Test Police",
    ]
    assert [one.label for one in before.links] == ["Open 2, the scoping letter in Word"], "the form names whom to search for"
    assert actions(before)[0] == ("get_file", f"scoping:{police.id}")
    await shelved.press_raw("open_request", police.id)
    offer = next(one.card for one in shelved.heard if one.card and one.card.links and "write the return" in text_of(one))
    assert [one.label for one in offer.links] == ["Open the scoping form in Word", "Open the scoping letter in Word"]
    card = await listed(shelved)
    assert [one.url.split("/Cases/")[0] for one in card.links] == [f"{SITE}/police", f"{SITE}/police"]
    assert [one.kind for one in await shelved.parts.store.history(f"case:{police.case}")].count("documents_read") == 2


async def test_an_organisation_without_a_library_has_copies_and_no_way_into_the_cases(shelved: Story) -> None:
    await asked(shelved, "test-hospital-trust")
    request = (await requests_of(shelved))["test-hospital-trust"]
    for person in ("nurse", "head-teacher", "police-lead"):
        reply = await shelved.as_(person).says("documents of NS-2026-0001")
        links = reply.card.links if reply.card else ()
        assert not links, person
        assert SITE not in text_of(reply), person
    assert request.state == "sent"


async def test_the_coordinator_has_copies_of_what_lies_in_an_organisations_library(shelved: Story) -> None:
    await asked(shelved, "police")
    card = await listed(shelved.as_("coordinator"), "police documents of NS-2026-0001")
    assert not card.links, "IT has let the organisation's own people in there"
    assert {name.partition(":")[0] for action, name in actions(card) if action == "get_file"} == {"scoping", "scoping_letter"}


async def test_the_panel_reads_the_pack_and_no_return(shelved: Story) -> None:
    case = await packed(shelved)
    for person in (LA, "nurse"):
        card = await listed(shelved.as_(person))
        assert ("one_file", "rapid_review_zip") in actions(card)
        assert not any("return" in line.casefold() for line in named(card)), person
        said = text_of(await forged(shelved, "one_file", case, "returns_zip"))
        assert said == shelved.parts.kit.words.say("access.not_this_case")


@pytest.mark.parametrize("person", ["manager", "head-teacher"])
async def test_others_are_refused_and_it_is_noted(shelved: Story, person: str) -> None:
    case = await packed(shelved)
    shelved.as_(person)
    for reply in (await shelved.says("documents of NS-2026-0001"), await forged(shelved, "documents", case, "")):
        assert reply.card is None
        assert SITE not in text_of(reply)
    assert "documents_read" not in list(await history(shelved))


async def test_whoever_sent_a_referral_has_a_copy_of_it_and_no_link(shelved: Story) -> None:
    await asked(shelved, "police")
    card = await listed(shelved.as_("practitioner"))
    assert [line.partition(":")[0] for line in named(card)] == ["1. Document 1a, referral"]
    assert not card.links
    assert actions(card) == [("get_file", "referral")]


async def test_in_a_channel_no_document_is_listed(shelved: Story) -> None:
    await packed(shelved)
    shelved.as_("coordinator", in_channel="coordinators")
    assert text_of(await shelved.says("documents of NS-2026-0001")) == ONE_TO_ONE
    assert "documents_read" not in list(await history(shelved))


async def test_a_restricted_case_is_not_there_for_whoever_is_not_on_its_list(shelved: Story) -> None:
    await another_coordinator(shelved)
    case = await restricted(shelved, "Test Coordinator")
    shelved.as_("nurse")
    assert text_of(await shelved.says("documents of NS-2026-0001")) == text_of(await shelved.says("documents of NS-2026-0099"))
    assert text_of(await forged(shelved, "documents", case, "")) == text_of(await forged(shelved, "documents", "none", ""))
    card = await listed(shelved.as_("coordinator"))
    assert card.links


async def test_an_address_that_is_none_is_no_link(shelved: Story) -> None:
    await packed(shelved)
    pack = await filed(shelved, "rapid_review")
    for url in ("http://test-council.sharepoint.com/a", "javascript:alert(1)", "https://a b/", "", f"https://x/{'a' * 3000}"):
        await shelved.parts.store.keep(replace(pack, url=url))
        card = await listed(shelved)
        assert not any("rapid review report" in one.label for one in card.links), url
        assert ("get_file", "rapid_review") in actions(card)
        pack = await filed(shelved, "rapid_review")


async def test_when_the_pack_is_there_its_card_opens_it(shelved: Story) -> None:
    await packed(shelved)
    card = shelved.channel.updates[-1][1].card
    assert card is not None
    assert [one.label for one in card.links] == ["Open the rapid review report in Word", "Open the overview in Word"]
    assert actions(card) == [("one_file", "returns_zip"), ("documents", "")]


async def test_the_pack_in_any_order_is_done_when_both_are_there(shelved: Story) -> None:
    case = await packed(shelved)
    shown = [text_of(reply) for _, reply in shelved.channel.updates if "Pack of the rapid review" in text_of(reply)]
    assert ["1 of 2 are made" in shown[-2], "2 of 2 are made" in shown[-1]] == [True, True]
    assert "Open the" not in shown[-2]
    assert case


async def test_the_case_has_a_button_that_leads_there(shelved: Story) -> None:
    await packed(shelved)
    await shelved.says("show NS-2026-0001")
    await shelved.press_raw("show_case", (await case_of(shelved)).id)
    said = text_of(await shelved.press("documents"))
    assert said.startswith("Documents of NS-2026-0001")


async def test_nothing_on_the_card_identifies_anybody(shelved: Story) -> None:
    await asked(shelved, "police", "fire")
    said = text_of(await shelved.as_("coordinator").says("documents of NS-2026-0001"))
    assert not any(name in said for name in IDENTIFIES)


async def test_as_one_pdf_says_why_not_where_nothing_can_print(shelved: Story) -> None:
    case = await packed(shelved)
    said = text_of(await shelved.says("the pack of NS-2026-0001 as one PDF please"))
    why = "No PDF can be made here, because LibreOffice is not installed. Ask your IT team to install it, or get the zip."
    assert why in said
    assert "[Get the pack as one PDF]" not in said
    assert text_of(await forged(shelved, "one_file", case, "rapid_review_pdf")) == why


async def test_there_has_to_be_a_pack(story: Story) -> None:
    await asked(story, "police")
    case = await case_of(story)
    said = text_of(await forged(story.as_("coordinator"), "one_file", case.id, "returns_zip"))
    assert said == "There is no pack of this case yet. Please ask the coordinator to build it."
    assert not any(one.action == "one_file" for one in (await listed(story)).buttons)


async def pressed(story: Story, button: Button) -> Reply:
    """A button as it was shown."""
    await story.take(Press(action=button.action, target=button.target, at=button.at))
    return story.newest


async def everything(story: Story) -> Sequence[FileRecord]:
    """Every file of the case that is known of."""
    case = await case_of(story)
    return (await story.parts.store.read(Wanted(turn="", person="", place="", case=case.id, files=True))).files
