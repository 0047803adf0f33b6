"""What people do in the case library is told to the coordinators: once, by reference, and by what the files are."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import docx
import pytest
from case_steps import decide, refer
from library_steps import cases, count, goes_on, heard, last, own, prepared, seen, write_in
from scoping_steps import (
    IDENTIFIES,
    REFERENCE,
    asked,
    case_of,
    everything_in_channels,
    filed,
    id_of,
    referred,
)
from scoping_steps import seen as kept
from story import Story, text_of

from state.records import AnswerRecord, CasePersonRecord
from state.snapshot import Wanted
from templates.documents.outline import outline_of, same

LETTER = "03 Requests"


@pytest.fixture(scope="module")
def before(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("before") / "story"
    prepared(folder, ("police",), "police", "fire")
    return folder


@pytest.fixture
async def shelved(before: Path, tmp_path: Path) -> AsyncIterator[Story]:
    """The police, who have a library of their own, and the fire service were asked. Libraries are looked at."""
    told = await goes_on(before, tmp_path / "story", ("police",))
    yield told
    told.close()


@pytest.fixture
async def empty(tmp_path: Path) -> AsyncIterator[Story]:
    """A partnership that looks at its libraries, and has no case yet."""
    told = await Story(tmp_path, libraries=("police",)).open()
    await told.parts.watcher.look()
    yield told
    told.close()


async def files_of(story: Story) -> dict[str, str]:
    """The state of each file that is kept, by what it is."""
    case = await case_of(story)
    found = (await story.parts.store.read(Wanted(turn="", person="", place="", case=case.id, files=True))).files
    return {one.what: one.state for one in found}


async def again(story: Story) -> None:
    """The coordinator presses the button that makes the missing document again."""
    card = story.channel.said["channel:coordinators"][-1].card
    assert card is not None
    story.as_("coordinator")
    await story.press_raw_at(next(one for one in card.buttons if one.action == "make_again"))


async def test_what_the_assistant_files_itself_is_reported_to_nobody(empty: Story) -> None:
    await asked(empty, "police", "fire")
    before = count(empty)
    await seen(empty)
    assert count(empty) == before
    assert len(filed(empty)) == 3
    assert len(list(own(empty).iterdir())) == 2


async def test_a_changed_report_is_told_once_by_reference_and_kept_in_the_history(shelved: Story) -> None:
    path = filed(shelved, "01 Referral")[0]
    write_in(path, "Test Child One was seen by Test Mother Zephyrine.")
    before = count(shelved)
    await seen(shelved, 4)
    assert count(shelved) == before, "it may still be written in"
    await seen(shelved)
    assert f"{REFERENCE}: somebody changed the referral form in the library." in last(shelved)
    await seen(shelved)
    assert count(shelved) == before + 1
    rows = await shelved.parts.store.history(f"case:{(await case_of(shelved)).id}")
    [row] = [row for row in rows if row.kind == "library_changed"]
    assert (row.what["change"], row.what["what"]) == ("changed", "referral")
    assert not [word for word in IDENTIFIES if word in everything_in_channels(shelved)]


async def test_a_file_that_is_saved_again_and_again_is_told_once_it_is_quiet(shelved: Story) -> None:
    path = filed(shelved, "01 Referral")[0]
    before = count(shelved)
    for minute in range(6):
        write_in(path, f"Sentence {minute}.")
        await seen(shelved, 3)
    assert count(shelved) == before
    await seen(shelved, 6)
    assert count(shelved) == before + 1


async def test_a_file_that_somebody_has_open_is_told_when_it_is_closed(shelved: Story) -> None:
    path = filed(shelved, "01 Referral")[0]
    before = count(shelved)
    lock = path.with_name(f"~${path.name[2:]}")
    lock.write_bytes(b"Test Coordinator")
    write_in(path, "One sentence.")
    await seen(shelved, 60)
    assert count(shelved) == before
    lock.unlink()
    await seen(shelved)
    assert count(shelved) == before + 1
    assert "somebody changed the referral form" in last(shelved)


async def test_a_program_that_crashed_with_a_file_open_hides_it_for_half_a_day(shelved: Story) -> None:
    path = filed(shelved, "01 Referral")[0]
    path.with_name(f".~lock.{path.name}#").write_bytes(b"Test Coordinator")
    write_in(path, "One sentence.")
    await seen(shelved, 11 * 60)
    assert "changed the referral form" not in heard(shelved, "channel:coordinators")
    await seen(shelved, 2 * 60)
    assert "changed the referral form" in heard(shelved, "channel:coordinators")


async def test_opened_and_saved_with_the_same_words_is_no_change(shelved: Story) -> None:
    path = filed(shelved, "01 Referral")[0]
    before = count(shelved)
    again = path.read_bytes()
    path.write_bytes(again + b"\n")
    docx.Document(str(path)).save(str(path))
    assert path.read_bytes() != again
    await seen(shelved)
    assert count(shelved) == before


async def test_several_things_in_one_case_are_one_message(shelved: Story) -> None:
    before = count(shelved)
    write_in(filed(shelved, "01 Referral")[0], "One sentence.")
    filed(shelved, "03 Requests")[0].unlink()
    (cases(shelved) / REFERENCE / "Test Child One and her mother.docx").write_bytes(b"hers")
    (own(shelved) / "Test chronology of Zephyrine.pdf").write_bytes(b"%PDF- theirs")
    await seen(shelved)
    assert count(shelved) == before + 1
    said = last(shelved)
    assert f"{REFERENCE}: people did 4 things in the library." in said
    assert "somebody changed it in the library" in said
    assert "somebody put it into the library of Test Police" in said
    assert not [word for word in IDENTIFIES if word in everything_in_channels(shelved)]


async def test_a_file_that_is_gone_can_be_made_again(shelved: Story) -> None:
    letter = next(path for path in filed(shelved, LETTER) if "2a Letter" in path.name)
    letter.unlink()
    await seen(shelved)
    assert f"{REFERENCE}: somebody took the scoping letter for Test Fire" in last(shelved)
    assert (await files_of(shelved))["scoping_letter:" + (await kept(shelved)).requests[0].id] == "gone"
    await again(shelved)
    assert "It is being made" in shelved.newest.text
    assert [path.name for path in filed(shelved, LETTER) if "2a Letter" in path.name] == [letter.name.replace("v1", "v2")]
    await seen(shelved)
    assert "put" not in last(shelved), "what was made again is ours"


async def test_what_is_made_again_says_what_was_so_then(shelved: Story) -> None:
    form = next(one for one in filed(shelved, LETTER) if "2 Form" in one.name)
    before = form.read_bytes()
    form.unlink()
    await seen(shelved)
    draft, at = (await kept(shelved)).requests[0].draft, shelved.clock.now()
    await shelved.write(AnswerRecord(draft=draft, path="summary", state="given", value="Later.", by="test", at=at))
    await again(shelved)
    made = next(one for one in filed(shelved, LETTER) if "2 Form" in one.name)
    assert made != form
    assert same(outline_of(made.read_bytes()), outline_of(before))


@pytest.mark.parametrize("under", ["01 Referral", "02 Decision"])
async def test_other_documents_of_the_case_are_made_again_by_their_button(empty: Story, under: str) -> None:
    case = await refer(empty)
    await decide(empty, case)
    await seen(empty)
    path = filed(empty, under)[0]
    path.unlink()
    await seen(empty)
    await again(empty)
    assert [one.name for one in filed(empty, under)] == [path.name.replace(" v1", " v2")]


async def test_a_renamed_file_is_told_as_renamed_and_not_as_gone_and_new(shelved: Story) -> None:
    path = filed(shelved, "01 Referral")[0]
    before = count(shelved)
    path.rename(path.with_name("Zephyrine old.docx"))
    await seen(shelved)
    assert count(shelved) == before + 1
    assert f"{REFERENCE}: somebody moved or renamed the referral form in the library." in last(shelved)
    assert "Zephyrine" not in heard(shelved, "channel:coordinators")


async def test_files_outside_of_every_case_are_told_once_without_a_name(shelved: Story) -> None:
    before = count(shelved)
    (cases(shelved) / "Zephyrine.docx").write_bytes(b"one")
    (cases(shelved) / "NS-2026-0999").mkdir()
    (cases(shelved) / "NS-2026-0999" / "Oswin.docx").write_bytes(b"two")
    await seen(shelved)
    said = "\n".join(text_of(reply) for reply in shelved.channel.said["channel:coordinators"][before:])
    assert said.count("outside of every case's folder: 1") == 2
    (cases(shelved) / "Zephyrine.docx").write_bytes(b"one changed")
    await seen(shelved)
    assert count(shelved) == before + 2
    assert not [word for word in IDENTIFIES if word in everything_in_channels(shelved)]


async def test_the_first_look_is_taken_as_known(tmp_path: Path) -> None:
    story = await Story(tmp_path, libraries=()).open()
    (story.settings.library / REFERENCE).mkdir(parents=True)
    (story.settings.library / REFERENCE / "old.docx").write_bytes(b"old")
    await referred(story)
    before = count(story)
    await seen(story)
    assert count(story) == before
    (story.settings.library / REFERENCE / "old.docx").write_bytes(b"new")
    await seen(story)
    assert "somebody changed a file in the library" in last(story)
    story.close()


async def test_a_restart_between_seeing_and_telling_loses_nothing_and_tells_nothing_twice(shelved: Story) -> None:
    path = filed(shelved, "01 Referral")[0]
    before = count(shelved)
    write_in(path, "One sentence.")
    await shelved.parts.watcher.look()
    await shelved.restart()
    assert count(shelved) == before
    await seen(shelved)
    await shelved.restart()
    await seen(shelved)
    assert count(shelved) == before + 1


async def test_a_restricted_case_is_told_to_its_list_alone(empty: Story) -> None:
    case = await referred(empty, restricted=True)
    await seen(empty)
    before = {place: len(said) for place, said in empty.channel.said.items()}
    write_in(filed(empty, "01 Referral")[0], "One sentence.")
    await seen(empty)
    told = {place for place, said in empty.channel.said.items() if len(said) > before.get(place, 0)}
    assert told == {"coordinator"}
    await empty.write(CasePersonRecord(case=case.id, person=id_of(empty, "coordinator"), relation="excluded"))
    write_in(filed(empty, "01 Referral")[0], "Another sentence.")
    count_before = count(empty, "coordinator")
    await seen(empty)
    assert count(empty, "coordinator") == count_before
    assert "nobody_told" in [row.kind for row in await empty.parts.store.history(f"case:{case.id}")]


async def test_a_library_that_is_away_is_looked_at_later_and_holds_up_no_other(shelved: Story) -> None:
    before = count(shelved)
    hidden = cases(shelved).with_name("hidden")
    (own(shelved) / "chronology.pdf").write_bytes(b"%PDF-")
    write_in(filed(shelved, "01 Referral")[0], "One sentence.")
    cases(shelved).rename(hidden)
    await seen(shelved)
    assert count(shelved) == before + 1
    assert "library of Test Police" in last(shelved)
    hidden.rename(cases(shelved))
    shelved.clock.move(timedelta(hours=1))
    await seen(shelved)
    assert "somebody changed the referral form in the library" in last(shelved)
