"""A document library of SharePoint as a library of ours, operation by operation, through the real msgraph-sdk."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from graph_book import GraphError
from graph_person import Person
from sharepoint_kit import CASE, COLUMNS, FOLDER, LABEL, PATH, TENANT, Ours, ours, storage_of

from bot.library.storage import (
    Changed,
    Gone,
    Held,
    LibraryAway,
    LibraryDenied,
    LibraryRefused,
    NameTaken,
)


@pytest.fixture
async def here() -> AsyncIterator[Ours]:
    async with ours() as made:
        yield made


@pytest.fixture
def person(here: Ours) -> Person:
    return Person(here.graph, "Test Editor", object_id="object-1")


async def test_what_is_not_there_is_not_found(here: Ours) -> None:
    assert await here.storage.find(PATH) is None
    with pytest.raises(Gone):
        await here.storage.read(PATH)
    assert await here.storage.files(CASE) == {}


async def test_a_new_file_is_there_with_its_folders_and_is_found_and_read(here: Ours) -> None:
    made = await here.storage.create(PATH, b"one")
    assert here.graph.files(here.library) == {PATH: b"one"}
    assert await here.storage.find(PATH) == made
    assert (made.path, made.size) == (PATH, 3)
    assert made.url.startswith("https://council.sharepoint.com/sites/cspr/")
    assert await here.storage.read(PATH) == b"one"


async def test_a_second_file_in_a_folder_is_one_call(here: Ours) -> None:
    await here.storage.create(PATH, b"one")
    before = len(here.graph.log)
    await here.storage.create(f"{FOLDER}/b.docx", b"two")
    assert here.graph.kinds()[before:] == ["put_content"]


async def test_a_name_is_taken_once(here: Ours, person: Person) -> None:
    person.add(here.library, PATH, b"theirs")
    with pytest.raises(NameTaken):
        await here.storage.create(PATH, b"ours")
    assert here.graph.files(here.library) == {PATH: b"theirs"}


async def test_a_folder_that_somebody_took_away_is_made_again(here: Ours, person: Person) -> None:
    await here.storage.create(PATH, b"one")
    person.delete(here.library, CASE)
    await here.storage.create(f"{FOLDER}/b.docx", b"two")
    assert here.graph.files(here.library) == {f"{FOLDER}/b.docx": b"two"}


async def test_a_file_that_still_is_as_it_was_is_replaced(here: Ours) -> None:
    made = await here.storage.create(PATH, b"one")
    after = await here.storage.replace(made, b"two")
    assert (after.id, after.tag != made.tag) == (made.id, True)
    assert here.graph.files(here.library) == {PATH: b"two"}
    assert here.storage.keeps_versions
    assert [version.content for version in here.library.items[made.id].versions] == [b"one", b"two"]


async def test_what_a_person_changed_is_not_replaced(here: Ours, person: Person) -> None:
    made = await here.storage.create(PATH, b"one")
    person.save(here.library, PATH, b"theirs")
    with pytest.raises(Changed):
        await here.storage.replace(made, b"two")
    assert here.graph.files(here.library) == {PATH: b"theirs"}


async def test_a_file_that_went_is_not_made_again_by_replacing_it(here: Ours, person: Person) -> None:
    made = await here.storage.create(PATH, b"one")
    person.delete(here.library, PATH)
    with pytest.raises(Gone):
        await here.storage.replace(made, b"two")
    assert here.graph.files(here.library) == {}


async def test_a_file_that_is_open_or_checked_out_is_held(here: Ours, person: Person) -> None:
    made = await here.storage.create(PATH, b"one")
    person.open(here.library, PATH)
    with pytest.raises(Held):
        await here.storage.replace(made, b"two")
    person.close(here.library, PATH)
    person.check_out(here.library, PATH)
    there = await here.storage.find(PATH)
    assert there is not None
    with pytest.raises(Held):
        await here.storage.replace(there, b"two")
    person.check_in(here.library, PATH)
    there = await here.storage.find(PATH)
    assert there is not None
    await here.storage.replace(there, b"two")
    assert here.graph.files(here.library) == {PATH: b"two"}


async def test_every_file_below_a_folder_is_read(here: Ours, person: Person) -> None:
    await here.storage.create(PATH, b"one")
    person.add(here.library, f"{CASE}/from a person's hand & more #1.txt", b"two")
    person.add(here.library, f"{CASE}/a/b/caf\u00e9.txt", b"three")
    person.add(here.library, "NS-2026-0002/other.txt", b"no")
    assert await here.storage.files(CASE) == {
        PATH.removeprefix(f"{CASE}/"): b"one",
        "from a person's hand & more #1.txt": b"two",
        "a/b/caf\u00e9.txt": b"three",
    }


@pytest.mark.parametrize("path", ["../secret", "a/../../b", "", ".", "a//b"])
async def test_nothing_outside_the_library_is_asked_for(here: Ours, path: str) -> None:
    with pytest.raises(LibraryRefused):
        await here.storage.read(path)
    with pytest.raises(LibraryRefused):
        await here.storage.create(path, b"x")
    assert not any("secret" in call.path or ".." in call.path for call in here.graph.log)


async def test_columns_say_beside_a_file_what_it_is(here: Ours) -> None:
    made = await here.storage.create(PATH, b"one")
    after = await here.storage.describe(made, COLUMNS)
    assert here.library.items[made.id].fields == {
        "CSPRReference": CASE,
        "CSPRDocument": "Document 1a, referral",
        "CSPROrganisation": "police",
        "CSPRState": "Draft",
        "CSPRVersion": "1",
    }
    assert after == await here.storage.find(PATH), "its tag is the one that it has after that"


async def test_a_library_without_columns_gets_its_files_all_the_same(caplog: pytest.LogCaptureFixture) -> None:
    async with ours(columns=("CSPRReference",)) as here:
        for name in ("a", "b"):
            made = await here.storage.create(f"{CASE}/{name}.docx", b"one")
            assert await here.storage.describe(made, COLUMNS) == made
        assert len(here.graph.files(here.library)) == 2
    assert [record.getMessage().count("CSPRState") for record in caplog.records] == [1], "it is said once"


async def test_a_retention_label_is_put_on_or_refused_without_losing_the_file(caplog: pytest.LogCaptureFixture) -> None:
    from graph_book import Label

    async with ours(retention_label=LABEL) as here:
        refused = await here.storage.create(PATH, b"one")
        await here.storage.describe(refused, COLUMNS)
        assert here.library.items[refused.id].label is None
        assert [LABEL in record.getMessage() for record in caplog.records] == [False]
        here.graph.book.labels[LABEL] = Label(LABEL)
        after = await here.storage.describe(refused, COLUMNS)
        assert here.library.items[refused.id].label == Label(LABEL)
        assert after == await here.storage.find(PATH)


async def test_a_file_that_went_before_it_was_described_is_left_at_that(here: Ours, person: Person) -> None:
    made = await here.storage.create(PATH, b"one")
    person.delete(here.library, PATH)
    assert await here.storage.describe(made, COLUMNS) == made


async def test_sites_and_libraries_are_looked_up_once_and_again_when_they_went(here: Ours) -> None:
    await here.storage.create(PATH, b"one")
    await here.storage.find(PATH)
    assert here.graph.kinds().count("drives") == 1
    site = here.graph.site("sites/cspr")
    there = site.libraries.pop("Cases")
    with pytest.raises(LibraryAway):
        await here.storage.find(PATH)
    site.libraries["Cases"] = there
    again = storage_of(here.calls)
    assert await again.find(PATH) is not None
    assert await here.storage.find(PATH) is not None


async def test_a_library_that_was_made_anew_is_looked_up_anew(here: Ours) -> None:
    await here.storage.create(PATH, b"one")
    site = here.graph.site("sites/cspr")
    site.libraries.pop("Cases")
    site.library("Cases", tuple(here.library.columns)).id = "b!another"
    with pytest.raises(LibraryAway):
        await here.storage.find(PATH)
    assert await here.storage.find(PATH) is None


async def test_no_such_site_or_library_is_away_and_one_without_a_grant_is_denied(here: Ours) -> None:
    for missing in (storage_of(here.calls, "sites/none"), storage_of(here.calls, library="None")):
        with pytest.raises(LibraryAway):
            await missing.find(PATH)
    here.graph.site("sites/closed", grant="").library("Cases")
    with pytest.raises(LibraryDenied):
        await storage_of(here.calls, "sites/closed").find(PATH)


async def test_reading_is_not_writing(here: Ours) -> None:
    here.graph.grant(here.graph.site("sites/cspr"), "read")
    assert await here.storage.find(PATH) is None
    with pytest.raises(LibraryDenied):
        await here.storage.create(PATH, b"one")


async def test_our_token_goes_to_graph_alone(here: Ours) -> None:
    """The fake answers 401 where a token comes to an address that needs none."""
    await here.storage.create(PATH, b"one")
    made = await here.storage.find(PATH)
    assert made is not None
    await here.storage.replace(made, b"two")
    assert await here.storage.read(PATH) == b"two"
    assert {"upload_part", "download"} <= set(here.graph.kinds())
    assert here.graph.violations == []


async def test_content_goes_to_listed_hosts_only(caplog: pytest.LogCaptureFixture) -> None:
    async with ours(loopback="") as here:
        made = await here.storage.create(PATH, b"one")
        for ask in (here.storage.read(PATH), here.storage.replace(made, b"two")):
            with pytest.raises(LibraryDenied):
                await ask
        assert not {"upload_part", "download"} & set(here.graph.kinds())
    assert "not on the list" in caplog.text


async def test_another_applications_library_is_not_ours_to_see(here: Ours) -> None:
    with pytest.raises(GraphError):
        here.graph.items.must(here.library, PATH)
    assert await here.storage.find(PATH) is None


async def test_changes_are_seen_with_their_paths_and_who_made_them(here: Ours, person: Person) -> None:
    await here.storage.create(PATH, b"one")
    first = await here.storage.changes("")
    assert [(one.path, one.size, one.by) for one in first.seen] == [(PATH, 3, "")]
    assert (await here.storage.changes(first.mark)).seen == ()
    person.add(here.library, f"{FOLDER}/new.docx", b"three")
    person.save(here.library, PATH, b"theirs")
    then = await here.storage.changes(first.mark)
    by = f"{TENANT}/object-1"
    assert {(one.path, one.by) for one in then.seen} == {(PATH, by), (f"{FOLDER}/new.docx", by)}
    found = await here.storage.find(PATH)
    assert found is not None
    assert {one.tag for one in then.seen if one.path == PATH} == {found.tag}
    person.rename(here.library, PATH, "renamed.docx")
    person.delete(here.library, f"{FOLDER}/new.docx")
    last = await here.storage.changes(then.mark)
    assert {one.path for one in last.seen} == {f"{FOLDER}/renamed.docx", ""}


async def test_a_first_look_goes_through_every_page(here: Ours, person: Person) -> None:
    paths = {f"NS-2026-{number:04d}/a.txt" for number in range(250)}
    for path in paths:
        person.add(here.library, path, b"x")
    assert {one.path for one in (await here.storage.changes("")).seen} == paths
    assert here.graph.kinds().count("delta") + here.graph.kinds().count("delta_next") > 1


async def test_a_mark_that_is_too_old_or_of_no_sense_sees_everything(here: Ours, person: Person) -> None:
    person.add(here.library, PATH, b"one")
    mark = (await here.storage.changes("")).mark
    person.add(here.library, f"{FOLDER}/b.docx", b"two")
    here.library.oldest = here.library.count
    for old in (mark, "nonsense", "https://elsewhere.example.org/v1.0/drives/x/root/delta"):
        assert {one.path for one in (await here.storage.changes(old)).seen} == {PATH, f"{FOLDER}/b.docx"}
