"""A form that an organisation left in its own library: read into its return, shown to it for checking, never sent by itself."""

from __future__ import annotations

import io
from collections.abc import AsyncIterator, Callable, Mapping
from pathlib import Path

import docx
import pytest
from asked import opens, sends, window_text
from library_steps import ANSWERS, FORM, cases, count, filled_from, filled_in, goes_on, heard, last, own, prepared, seen
from msgspec.structs import replace
from scoping_steps import IDENTIFIES, REFERENCE, asked, case_of, everything_in_channels, filed, id_of, requests_of
from story import Story, text_of

from dialogs.reply import Card
from state.records import CasePersonRecord
from state.scoping_records import RequestRecord
from state.snapshot import Wanted

POLICE = "channel:police"


LIBRARIES = ("police", "test-hospital-trust")


@pytest.fixture(scope="module")
def before(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("before") / "story"
    prepared(folder, LIBRARIES, "police")
    return folder


@pytest.fixture
async def shelved(before: Path, tmp_path: Path) -> AsyncIterator[Story]:
    """The police were asked. They have a library of their own, and so has the hospital."""
    told = await goes_on(before, tmp_path / "story", LIBRARIES)
    yield told
    told.close()


async def given(story: Story, organisation: str = "police") -> Mapping[str, object]:
    """What the return of an organisation says now."""
    request = (await requests_of(story))[organisation]
    return {path: one.value for path, one in (await story.answers_of(request.draft)).items()}


async def police(story: Story) -> RequestRecord:
    return (await requests_of(story))["police"]


def newest_card(story: Story, place: str = POLICE) -> Card:
    card = story.channel.said[place][-1].card
    assert card is not None
    return card


async def all_asked(folder: Path) -> Story:
    """The police and the hospital have libraries of their own, and were asked; the fire service has none."""
    told = await Story(folder, libraries=("police", "test-hospital-trust")).open()
    await told.parts.watcher.look()
    await asked(told, "police", "test-hospital-trust", "fire")
    await seen(told)
    return told


async def test_letter_and_form_lie_in_the_organisations_own_library_and_nothing_of_anothers(tmp_path: Path) -> None:
    story = await all_asked(tmp_path)
    for name in ("police", "test-hospital-trust"):
        found = [path.name for path in story.shelves[name].root.rglob("*") if path.is_file()]
        assert len(found) == 2
        assert all(path.endswith(f"{name} v1.docx") for path in found), found
    assert {path.parent.name for path in filed(story, "03 Requests")} == {"18 fire"}
    hospitals = next(path for path in own(story, "test-hospital-trust").iterdir() if "2 Form" in path.name)
    (own(story) / "answers.docx").write_bytes(filled_in(hospitals))
    before = count(story, "channel:test-hospital-trust")
    await seen(story)
    assert "No request to you belongs to this form." in last(story, POLICE)
    assert "summary" not in await given(story)
    assert "summary" not in await given(story, "test-hospital-trust")
    assert count(story, "channel:test-hospital-trust") == before
    story.close()


async def test_who_opens_the_request_is_told_that_the_form_lies_in_their_library(shelved: Story) -> None:
    request = await police(shelved)
    shelved.as_("police-lead")
    await shelved.press_raw("open_request", request.id)
    assert f"They lie in your own library too, in the folder {REFERENCE}." in heard(shelved, "police-lead")


async def test_the_blank_form_filled_in_in_its_place_becomes_the_return(shelved: Story) -> None:
    path = own(shelved) / FORM
    path.write_bytes(filled_in(path))
    before = count(shelved)
    await seen(shelved)
    assert f"{REFERENCE}: we read the form in your library.\n5 answers read, 0 unclear." in last(shelved, POLICE)
    assert [one.action for one in newest_card(shelved).buttons] == ["open_request"]
    kept = await given(shelved)
    assert kept["summary"] == ANSWERS["scoping.summary"]
    request = await police(shelved)
    assert (request.state, request.returns, request.author) == ("drafting", 0, "")
    assert count(shelved) == before + 1
    assert f"{REFERENCE}: Test Police left its form in its library. 5 answers read, 0 unclear." in last(shelved)
    assert not [word for word in IDENTIFIES if word in everything_in_channels(shelved)]


async def test_what_was_read_is_checked_in_the_window_of_the_request(shelved: Story) -> None:
    path = own(shelved) / FORM
    path.write_bytes(filled_in(path))
    await seen(shelved)
    shelved.as_("police-lead", in_channel="police")
    button = newest_card(shelved).buttons[0]
    names = window_text(await opens(shelved, button.action, button.target))
    assert "Test Child One" in names
    assert (await police(shelved)).state == "drafting"


async def test_a_renamed_copy_beside_the_form_is_read_as_well(shelved: Story) -> None:
    (own(shelved) / "our answers (final) é.docx").write_bytes(filled_in(own(shelved) / FORM))
    await seen(shelved)
    assert "5 answers read, 0 unclear." in last(shelved, POLICE)
    assert "final" not in heard(shelved, POLICE) + heard(shelved, "channel:coordinators")


async def test_a_form_at_the_top_of_the_library_is_known_by_its_own_reference(shelved: Story) -> None:
    (shelved.shelves["police"].root / "answers.docx").write_bytes(filled_in(own(shelved) / FORM))
    await seen(shelved)
    assert "5 answers read, 0 unclear." in last(shelved, POLICE)


async def test_a_copy_of_the_blank_form_says_nothing(shelved: Story) -> None:
    before = count(shelved), count(shelved, POLICE)
    (own(shelved) / "copy.docx").write_bytes((own(shelved) / FORM).read_bytes())
    await seen(shelved)
    assert (count(shelved), count(shelved, POLICE)) == before


async def test_filled_in_bit_by_bit_it_is_read_each_time_and_only_what_is_new_is_counted(shelved: Story) -> None:
    path = own(shelved) / FORM
    path.write_bytes(filled_in(path, {"scoping.summary": "Called once."}))
    await seen(shelved)
    assert "1 answer read, 0 unclear." in last(shelved, POLICE)
    path.write_bytes(filled_in(path, {"scoping.summary": "Called twice.", "scoping.worked_well": "A quick visit."}))
    await seen(shelved)
    assert "2 answers read, 0 unclear." in last(shelved, POLICE)
    assert (await given(shelved))["summary"] == "Called twice."


async def test_what_was_said_in_chat_and_what_the_folder_says_at_once_are_both_kept(shelved: Story) -> None:
    path = own(shelved) / FORM
    path.write_bytes(filled_in(path))
    request = await police(shelved)
    shelved.as_("police-lead")
    await shelved.press_raw("open_request", request.id)
    await shelved.press_raw("begin_return", request.id)
    await shelved.says("change summary")
    await shelved.answers("Said in the chat.")
    await seen(shelved)
    kept = await given(shelved)
    assert kept["summary"] == "Said in the chat.", "what somebody answered here is never written over"
    assert "4 answers read, 1 unclear." in last(shelved, POLICE)
    assert ANSWERS["scoping.summary"] in str(kept), "and what the file says waits beside it"


async def test_two_files_of_one_organisation_that_differ_are_not_taken_for_one(shelved: Story) -> None:
    blank = own(shelved) / FORM
    (own(shelved) / "one.docx").write_bytes(filled_in(blank, {"scoping.summary": "The one."}))
    await seen(shelved)
    (own(shelved) / "other.docx").write_bytes(filled_in(blank, {"scoping.summary": "The other."}))
    await seen(shelved)
    assert "No new answers read, 1 unclear." in last(shelved, POLICE)
    assert (await given(shelved))["summary"] == "The one."


def plain(text: str) -> bytes:
    """A Word file that is no form."""
    document = docx.Document()
    document.add_paragraph(text)
    made = io.BytesIO()
    document.save(made)
    return made.getvalue()


def tagged(form: bytes, **values: str) -> bytes:
    """A form that says so of itself."""
    return filled_from(io.BytesIO(form), {**ANSWERS, **{name.replace("__", "."): text for name, text in values.items()}})


WRONG: Mapping[str, tuple[Callable[[bytes], bytes], str]] = {
    "form.docx": (lambda _: b"no file of Word", "not a Word file"),
    "form.docm": (lambda form: form, "has macros"),
    "letter to us.docx": (lambda _: plain("Dear colleague"), "not one of our forms"),
    "another case.docx": (lambda form: tagged(form, document__reference="NS-2026-0099"), "belongs to no case that we know of"),
    "older.doc": (lambda _: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 an older Word file", "an older kind of Word file"),
    "open.odt": (lambda _: b"PK", "Only a part of this file"),
}


async def test_a_wrong_file_is_answered_with_the_sentence_of_the_chat_and_stays(shelved: Story) -> None:
    before, form = await given(shelved), filled_in(own(shelved) / FORM)
    for name, (made, says) in WRONG.items():
        told = count(shelved)
        wrong = made(form)
        (own(shelved) / name).write_bytes(wrong)
        await seen(shelved, 6)
        assert says in f"{last(shelved, POLICE)}\n{last(shelved)}", name
        assert "The file stays where it is" in last(shelved, POLICE)
        assert (own(shelved) / name).read_bytes() == wrong
        assert count(shelved) == told + 1
        assert "Test Police left a file in its library" in last(shelved)
    assert await given(shelved) == before


@pytest.mark.parametrize(("state", "says"), [("withdrawn", "withdrawn"), ("accepted", "was sent already")])
async def test_a_request_that_is_at_an_end_takes_nothing_more(shelved: Story, state: str, says: str) -> None:
    await shelved.write(replace(await police(shelved), state=state))
    path = own(shelved) / FORM
    path.write_bytes(filled_in(path))
    await seen(shelved)
    assert says in last(shelved, POLICE)
    assert "summary" not in await given(shelved)
    assert path.exists()


async def test_a_file_that_is_no_form_is_an_upload_told_to_the_coordinator(shelved: Story) -> None:
    before = count(shelved, POLICE)
    (own(shelved) / "Chronology of Zephyrine.pdf").write_bytes(b"%PDF-1.7")
    await seen(shelved)
    assert f"{REFERENCE}: somebody put a file into the library of Test Police." in last(shelved)
    assert count(shelved, POLICE) == before
    assert not [word for word in IDENTIFIES if word in everything_in_channels(shelved)]


async def test_a_new_issue_is_a_form_of_its_own_and_leaves_what_was_filled_in(shelved: Story) -> None:
    path = own(shelved) / FORM
    path.write_bytes(filled_in(path))
    content = path.read_bytes()
    await seen(shelved)
    await correct(shelved)
    assert path.read_bytes() == content
    assert [one.name for one in sorted(own(shelved).iterdir()) if "2 Form issue 2" in one.name]


async def correct(story: Story) -> None:
    """A name of the referral is corrected: every organisation is asked anew."""
    story.as_("coordinator", in_channel="coordinators")
    await opens(story, "correct_case", (await case_of(story)).id)
    await sends(story, "correct_subject", {"subject": "children.1"})
    await sends(story, "save_correction", {"children.1.aliases": "Test Other Name"})


async def test_whoever_is_excluded_from_the_case_gets_no_card(shelved: Story) -> None:
    case = await case_of(shelved)
    lead = id_of(shelved, "police-lead")
    places = (await shelved.parts.store.read(Wanted(turn="", person="", place="", people=True))).tied_places
    channel = next(one for one in places if one.tied_to == "police")
    await shelved.write(replace(channel, confirmed_by=""))
    path = own(shelved) / FORM
    path.write_bytes(filled_in(path))
    await seen(shelved)
    assert "we read the form in your library" in last(shelved, "police-lead")
    await shelved.write(CasePersonRecord(case=case.id, person=lead, relation="excluded"))
    before = count(shelved, "police-lead")
    path.write_bytes(filled_in(path, {"scoping.summary": "Another."}))
    await seen(shelved)
    assert count(shelved, "police-lead") == before
    assert "Nobody there can be reached from here." in last(shelved)


async def test_what_lay_there_when_the_library_was_first_looked_at_is_read_only_where_it_is_a_form(tmp_path: Path) -> None:
    story = await Story(tmp_path, libraries=("police",)).open()
    await asked(story, "police")
    (own(story) / "answers.docx").write_bytes(filled_in(own(story) / FORM))
    (own(story) / "letter.docx").write_bytes(plain("Dear colleague"))
    (own(story) / "chronology.pdf").write_bytes(b"%PDF-1.7")
    (cases(story) / REFERENCE / "old.docx").write_bytes(b"old")
    before = count(story)
    await seen(story)
    assert count(story) == before + 1
    assert heard(story, POLICE).count("in your library") == 1
    assert "5 answers read, 0 unclear." in last(story, POLICE)
    story.close()


async def test_where_somebody_there_is_involved_what_is_sent_by_email_does_not_lie_where_they_read(shelved: Story) -> None:
    story, library = shelved, shelved.settings.library
    story.as_("police-lead")
    await opens(story, "declare_involvement", (await police(story)).id)
    story.as_("coordinator")
    await story.says("requests NS-2026-0001")
    await story.press("involved")
    inputs = {one.id: one.value for one in story.card.inputs} | {"senior": "email"}
    said = text_of(await story.press("keep_involved", inputs))
    assert "in their own library as well. Please ask IT to take them out there." in said
    assert sorted(path.name for path in library.rglob("* police v*.docx")) == [
        "NS-2026-0001 2 Form police v1.docx",
        "NS-2026-0001 2a Letter police v1.docx",
    ]
