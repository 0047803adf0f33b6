"""The fake Graph, asked by the real msgraph-sdk."""

from __future__ import annotations

import random

import aiohttp
from fake_graph import HOST, FakeGraph
from graph_book import Library
from graph_calls import CONFLICT
from graph_kit import part
from graph_person import Person
from graph_uploads import STEP
from msgraph import GraphServiceClient
from msgraph.generated.drives.item.items.item.create_upload_session.create_upload_session_post_request_body import (
    CreateUploadSessionPostRequestBody,
)
from msgraph.generated.models.drive_item_uploadable_properties import DriveItemUploadableProperties
from quick_xor import quick_xor_hash


async def test_a_site_is_found_by_its_address_and_its_libraries_by_the_site(
    graph: FakeGraph, cases: Library, client: GraphServiceClient
) -> None:
    site = await client.sites.by_site_id(f"{HOST}:/sites/cspr").get()
    assert site is not None
    assert site.id == cases.site.id
    drives = await client.sites.by_site_id(site.id).drives.get()
    assert [(drive.id, drive.name, drive.web_url) for drive in drives.value] == [
        (cases.id, "Cases", f"https://{HOST}/sites/cspr/Cases")
    ]
    assert graph.kinds() == ["site", "drives"]


async def test_a_file_is_written_by_path_and_its_folders_are_made(
    graph: FakeGraph, cases: Library, client: GraphServiceClient
) -> None:
    items = client.drives.by_drive_id(cases.id).items
    made = await items.by_drive_item_id("root:/NS-2026-0007/05 Rapid review/a b.txt:").content.put(b"hello")
    assert made.name == "a b.txt"
    assert made.size == 5
    assert graph.files(cases) == {"NS-2026-0007/05 Rapid review/a b.txt": b"hello"}
    found = await items.by_drive_item_id("root:/ns-2026-0007/05 rapid review/A B.txt:").get()
    assert found.id == made.id
    assert found.last_modified_by.application.display_name == "CSPR Assistant"
    assert await items.by_drive_item_id(made.id).content.get() == b"hello"
    assert graph.log[-1].kind == "download"


async def test_a_large_file_goes_in_parts_to_an_address_of_its_own(
    graph: FakeGraph, cases: Library, client: GraphServiceClient, http: aiohttp.ClientSession
) -> None:
    content = random.Random(7).randbytes(2 * STEP + 100)
    items = client.drives.by_drive_id(cases.id).items
    body = CreateUploadSessionPostRequestBody(item=DriveItemUploadableProperties(additional_data={CONFLICT: "fail"}))
    session = await items.by_drive_item_id("root:/NS-2026-0007/large.bin:").create_upload_session.post(body)
    first = await part(http, session.upload_url, content, 0, STEP)
    assert first == (202, {"expirationDateTime": first[1]["expirationDateTime"], "nextExpectedRanges": [f"{STEP}-"]})
    assert (await part(http, session.upload_url, content, 0, STEP))[0] == 416
    assert (await part(http, session.upload_url, content, 2 * STEP, 100))[0] == 416
    assert (await part(http, session.upload_url, content, STEP, 100))[0] == 400
    status, item = await part(http, session.upload_url, content, STEP, STEP + 100)
    assert (status, item["size"], item["file"]["hashes"]["quickXorHash"]) == (201, len(content), quick_xor_hash(content))
    assert graph.files(cases) == {"NS-2026-0007/large.bin": content}
    assert (await part(http, session.upload_url, content, STEP, STEP + 100))[0] == 404


async def test_changes_are_told_with_a_mark_to_go_on_from(graph: FakeGraph, cases: Library, client: GraphServiceClient) -> None:
    person = Person(graph, "Test Person", "tenant", "object")
    for number in range(3):
        person.add(cases, f"NS-2026-0007/{number}.txt", b"x")
    root = client.drives.by_drive_id(cases.id).items.by_drive_item_id("root")
    first = await root.delta.get()
    assert [item.name for item in first.value] == ["root", "NS-2026-0007", "0.txt", "1.txt", "2.txt"]
    person.delete(cases, "NS-2026-0007/1.txt")
    person.rename(cases, "NS-2026-0007/2.txt", "3.txt")
    then = await root.delta.with_url(first.odata_delta_link).get()
    assert [(item.name, item.deleted is not None) for item in then.value] == [
        (None, True),
        ("root", False),
        ("NS-2026-0007", False),
        ("3.txt", False),
    ]
    assert then.value[-1].last_modified_by.user.id == "object"
