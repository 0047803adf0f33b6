"""Large files: in parts, cut off and gone on with by whoever comes next, and checked when they have arrived."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from graph_judge import written_twice
from graph_person import Person
from sharepoint_kit import CASE, PATH, Ours, document, opened, ours, storage_of

from bot.library.storage import Changed, Held, LibraryAway, NameTaken
from bot.sharepoint.budget import Budget
from bot.sharepoint.calls import Calls
from bot.sharepoint.client import Client
from bot.sharepoint.hashes import quick_xor_hash
from bot.sharepoint.upload import PART, SMALL

LARGE = random.Random(5).randbytes(60_000_000)
PARTS = -(-len(LARGE) // PART)
SOME = LARGE[: 2 * PART + 5]

# github.com/rclone/rclone, backend/onedrive/quickxorhash/quickxorhash_test.go: input and hash in base64.
VECTORS = [
    ("", "AAAAAAAAAAAAAAAAAAAAAAAAAAA="),
    ("Sg==", "SgAAAAAAAAAAAAAAAQAAAAAAAAA="),
    ("XoJ1AsoR4fDYJrDqYs4=", "XhBEHQSgjAiEAx7YPgEs1CEGZwA="),
    ("2fuxhBJXtpWFe8dOfdGeHw==", "O9tHLAghgSvYohKFyMMxnNCHaHg="),
    (
        "Mb7EGva2rEE5fENDL85P+BsapHEEjv2/siVhKjvAQe02feExVOQSkfmuYzU/kTF1MaKjPmKF/w+cbvwfdWL8aQ==",
        "n1anP5NfvD4XDYWIeRPW3ZkPv1Y=",
    ),
    (
        "PfxMcUd0vIW6VbHG/uj/Y0W6qEoKmyBD0nYebEKazKaKG+UaDqBEcmQjbfQeVnVLuodMoPp7P7TR1htX5n2VnkHh22xDyoJ8C/ZQKiSNqQfXvh83judf4RVr9ex"
        "JCud8Uvgip6aVZTaPrJHVjQhMCp/dEnGvqg0oN5OVkM2qqAXvA0teKUDhgNM71sDBVBCGXxNOR2bpbD1iM4dnuT0ey4L+loXEHTL0fqMeUcEi2asgImnlNakwen"
        "Dzz0x57aBwyq3AspCFGB1ncX4yYCr/OaCcS5OKi/00WH+wNQU3",
        "QX/YEpG0gDsmhEpCdWhsxDzsfVE=",
    ),
]


@pytest.mark.parametrize(("content", "expected"), VECTORS)
def test_the_hash_is_that_of_published_vectors(content: str, expected: str) -> None:
    import base64

    assert quick_xor_hash(base64.b64decode(content)) == expected


def parts(here: Ours) -> int:
    return here.graph.kinds().count("upload_part")


async def test_a_file_of_60_mb_that_was_cut_in_the_middle_goes_on_after_a_restart(tmp_path: Path) -> None:
    """A new process: another database connection, another client, nothing known but what was kept."""
    async with ours(moves_in=20.0) as here:
        store, filing = opened(tmp_path, here.clock, here.storage)
        here.graph.faults.at("upload_part", "cut body", nth=4)
        with pytest.raises(LibraryAway):
            await filing.put(document(LARGE))
        store.close()
        assert here.graph.files(here.library) == {}
        client = Client(here.calls.settings, lambda _: here.credential)  # type: ignore[arg-type,return-value]
        calls = Calls(client, Budget(here.clock), here.clock)
        store, filing = opened(tmp_path, here.clock, storage_of(calls))
        assert await filing.put(document(LARGE)) == PATH
        store.close()
        await calls.close()
        assert here.graph.files(here.library) == {PATH: LARGE}
        assert parts(here) == PARTS + 1, "each part once, and the one that was cut a second time"
        assert here.graph.kinds().count("upload_create") == 1


async def kept(here: Ours, content: bytes = SOME, *, trouble: str, nth: int = 2) -> str:
    """Where an upload was going on that something kept from its end."""
    addresses: list[str] = []

    async def begun(address: str) -> None:
        assert parts(here) == 0, "kept before the first part"
        addresses.append(address)

    here.graph.faults.at("upload_part", trouble, nth=nth)
    with pytest.raises(LibraryAway):
        await here.storage.create(PATH, content, begun=begun)
    return addresses[0]


@pytest.mark.parametrize("trouble", ["cut before", "cut after", "cut body", "500", "500 acted", "503"])
async def test_an_upload_goes_on_where_the_library_says(trouble: str) -> None:
    async with ours() as here:
        address = await kept(here, trouble=trouble)
        await here.storage.create(PATH, SOME, resume=address)
        assert here.graph.files(here.library) == {PATH: SOME}
        assert parts(here) <= 4


async def test_what_ended_with_its_last_part_is_not_written_again() -> None:
    async with ours() as here:
        address = await kept(here, trouble="cut after", nth=3)
        with pytest.raises(NameTaken):
            await here.storage.create(PATH, SOME, resume=address)
        assert here.graph.files(here.library) == {PATH: SOME}


async def test_an_upload_that_has_ended_begins_anew() -> None:
    async with ours() as here:
        address = await kept(here, trouble="cut before")
        here.graph.uploads.expire()
        await here.storage.create(PATH, SOME, resume=address)
        assert here.graph.files(here.library) == {PATH: SOME}
        assert here.graph.kinds().count("upload_create") == 2


async def test_a_part_that_comes_twice_is_asked_about() -> None:
    """416: the library has it already."""
    async with ours() as here:
        here.graph.faults.at("upload_part", "cut after", nth=2)
        address = await kept(here, trouble="cut after", nth=2)
        here.graph.faults.clear()
        here.graph.faults.at("upload_status", "cut before")
        with pytest.raises(LibraryAway):
            await here.storage.create(PATH, SOME, resume=address)
        await here.storage.create(PATH, SOME, resume=address)
        assert here.graph.files(here.library) == {PATH: SOME}


async def test_a_name_that_was_taken_meanwhile_is_taken() -> None:
    async with ours() as here:
        address = await kept(here, trouble="cut before")
        Person(here.graph, "Test Editor").add(here.library, PATH, b"theirs")
        with pytest.raises(NameTaken):
            await here.storage.create(PATH, SOME, resume=address)
        assert here.graph.files(here.library) == {PATH: b"theirs"}


async def test_a_name_that_is_still_being_written_is_waited_for() -> None:
    async with ours() as here:
        await kept(here, trouble="cut before")
        with pytest.raises(LibraryAway):
            await here.storage.create(PATH, SOME)
        here.graph.uploads.expire()
        await here.storage.create(PATH, SOME)
        assert here.graph.files(here.library) == {PATH: SOME}


async def test_a_large_file_replaces_what_nobody_changed_and_nothing_else() -> None:
    async with ours() as here:
        made = await here.storage.create(PATH, b"one")
        after = await here.storage.replace(made, SOME)
        assert here.graph.files(here.library) == {PATH: SOME}
        person = Person(here.graph, "Test Editor")
        person.save(here.library, PATH, b"theirs")
        with pytest.raises(Changed):
            await here.storage.replace(after, SOME[1:])
        there = await here.storage.find(PATH)
        assert there is not None
        person.open(here.library, PATH)
        with pytest.raises(Held):
            await here.storage.replace(there, SOME[1:])
        assert here.graph.files(here.library) == {PATH: b"theirs"}


async def test_a_change_while_it_is_on_its_way_is_not_written_over() -> None:
    async with ours() as here:
        made = await here.storage.create(PATH, b"one")
        person = Person(here.graph, "Test Editor")

        async def begun(_: str) -> None:
            person.save(here.library, PATH, b"theirs")

        with pytest.raises(Changed):
            await here.storage.replace(made, SOME, begun=begun)
        assert here.graph.files(here.library) == {PATH: b"theirs"}


@pytest.mark.parametrize(("size", "kind"), [(SMALL, "put_content"), (SMALL + 1, "upload_create")])
async def test_what_is_small_goes_in_one_call(size: int, kind: str) -> None:
    async with ours() as here:
        await here.storage.create(PATH, LARGE[:size])
        assert kind in here.graph.kinds()
        assert here.graph.files(here.library) == {PATH: LARGE[:size]}


async def test_a_content_that_changed_is_not_added_to_the_parts_of_the_one_before(tmp_path: Path) -> None:
    async with ours() as here:
        store, filing = opened(tmp_path, here.clock, here.storage)
        here.graph.faults.at("upload_part", "cut before", nth=2)
        with pytest.raises(LibraryAway):
            await filing.put(document(SOME))
        here.graph.uploads.expire()
        other = SOME[::-1]
        path = await filing.put(document(other))
        store.close()
        assert here.graph.files(here.library) == {path: other}
        assert not written_twice(here.library)


async def test_an_office_file_that_sharepoint_writes_columns_into_is_whole_all_the_same() -> None:
    import io

    import docx

    document, saved = docx.Document(), io.BytesIO()
    document.add_paragraph("Test text")
    document.save(saved)
    async with ours() as here:
        here.graph.items.promotes_uploads = True
        made = await here.storage.create(PATH, saved.getvalue())
        assert made.size != len(saved.getvalue())
        assert "download" in here.graph.kinds(), "what differs is read again, and says the same"


async def test_what_arrived_otherwise_is_not_taken_for_whole() -> None:
    """Text that came short: the answer says so, and what is there does not read the same."""
    async with ours() as here:
        whole = here.graph.items.put
        here.graph.items.put = lambda library, parent, name, content, *more: whole(library, parent, name, content[:-1], *more)  # type: ignore[method-assign]
        with pytest.raises(LibraryAway):
            await here.storage.create(f"{CASE}/a.txt", b"Test text")
