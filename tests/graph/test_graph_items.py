"""Sites, libraries, files and folders of the fake Graph, asked for by the real msgraph-sdk."""

from __future__ import annotations

import pytest
from fake_graph import HOST
from graph_asked import CONFLICT
from graph_items import LONGEST_PATH
from graph_kit import refused
from graph_stage import Stage
from msgraph.generated.models.drive_item import DriveItem
from msgraph.generated.models.folder import Folder

NOT_TAKEN = [*(f"a{mark}b" for mark in '"*:<>?|'), " a", "a ", "a.", "~$a.docx", "CON", "a_vti_b", "Forms"]
PATH = "NS-2026-0007/05 Rapid review/NS-2026-0007 3 Rapid review v1.docx"


async def test_a_site_is_found_by_its_address_and_its_libraries_by_the_site(stage: Stage) -> None:
    sites = stage.client.sites
    site = await sites.by_site_id(f"{HOST}:/sites/cspr").get()
    assert site is not None
    assert site.id == stage.cases.site.id
    drives = await sites.by_site_id(site.id).drives.get()
    assert drives is not None
    assert drives.value is not None
    assert [(drive.id, drive.name) for drive in drives.value] == [(stage.cases.id, "Cases")]
    assert drives.value[0].web_url == f"https://{HOST}/sites/cspr/Cases"
    drive = await stage.client.drives.by_drive_id(stage.cases.id).get()
    assert drive is not None
    assert drive.drive_type == "documentLibrary"
    assert stage.graph.kinds() == ["site", "drives", "drive"]
    assert await refused(sites.by_site_id(f"{HOST}:/sites/other").get()) == (404, "itemNotFound")
    assert await refused(stage.client.drives.by_drive_id("b!none").get()) == (404, "itemNotFound")


async def test_a_file_is_written_by_path_and_its_folders_are_made(stage: Stage) -> None:
    made = await stage.item(PATH).content.put(b"hello")
    assert (made.name, made.size) == (PATH.rpartition("/")[2], 5)
    assert stage.graph.files(stage.cases) == {PATH: b"hello"}
    found = await stage.item(PATH.lower()).get()
    assert (found.id, found.e_tag, found.c_tag) == (made.id, made.e_tag, made.c_tag)
    assert found.parent_reference.path == f"/drives/{stage.cases.id}/root:/NS-2026-0007/05%20Rapid%20review"
    assert found.last_modified_by.application.display_name == "CSPR Assistant"
    assert (found.last_modified_by.user.display_name, found.last_modified_by.user.id) == ("SharePoint App", None)
    assert found.web_url.startswith(f"https://{HOST}/sites/cspr/_layouts/15/Doc.aspx?sourcedoc=%7B{stage.at(PATH).guid}%7D")
    assert await stage.item(PATH).content.get() == b"hello"
    assert stage.graph.kinds()[-2:] == ["get_content", "download"]


async def test_a_path_is_taken_as_it_is_and_with_its_colons_encoded(stage: Stage) -> None:
    stage.person.add(stage.cases, "a/b c.txt", b"x")
    for tail in ("/root:/a/b c.txt", "/root:/a/b%20c.txt:", "/items/root:/a/b%20c.txt", "/items/root%3A%2Fa%2Fb%20c.txt%3A"):
        status, item = await stage.ask("GET", tail)
        assert (status, item["name"]) == (200, "b c.txt"), tail
    status, item = await stage.ask("GET", f"/items/{stage.at('a').id}:/b%20c.txt:")
    assert (status, item["id"]) == (200, stage.at("a/b c.txt").id)
    assert await stage.code("GET", "/root:/a/none.txt") == (404, "itemNotFound")
    assert await stage.code("GET", "/root:/a/b%20c.txt/none") == (404, "itemNotFound")
    assert await stage.code("GET", "/nonsense") == (400, "BadRequest")


async def test_a_name_that_is_taken_is_refused_replaced_or_renamed_as_was_asked(stage: Stage) -> None:
    put = "/root:/a/b.txt:/content"
    assert (await stage.ask("PUT", put, data=b"1", params={CONFLICT: "fail"}))[0] == 201
    assert await stage.code("PUT", put, data=b"2", params={CONFLICT: "fail"}) == (409, "nameAlreadyExists")
    assert (await stage.ask("PUT", put, data=b"2"))[0] == 200
    status, third = await stage.ask("PUT", put, data=b"3", params={CONFLICT: "rename"})
    assert (status, third["name"]) == (201, "b 1.txt")
    assert stage.graph.files(stage.cases) == {"a/b.txt": b"2", "a/b 1.txt": b"3"}
    assert await stage.code("PUT", put, data=b"2", params={CONFLICT: "overwrite"}) == (400, "invalidRequest")
    assert await stage.code("PUT", "/root:/a:/content", data=b"2") == (409, "nameAlreadyExists")


async def test_a_file_that_changed_is_not_replaced_where_if_match_says_so(stage: Stage) -> None:
    made = await stage.item("a.txt").content.put(b"1")
    put = f"/items/{made.id}/content"
    assert (await stage.ask("PUT", put, data=b"2", headers={"If-Match": made.e_tag}))[0] == 200
    assert await stage.code("PUT", put, data=b"3", headers={"If-Match": made.e_tag}) == (412, "notAllowed")
    assert await stage.code("PUT", put, data=b"3", headers={"If-Match": made.c_tag}) == (412, "notAllowed")
    assert await stage.code("PUT", "/root:/b.txt:/content", data=b"3", headers={"If-Match": made.e_tag}) == (412, "notAllowed")
    assert await stage.code("DELETE", f"/items/{made.id}", headers={"If-Match": made.e_tag}) == (412, "resourceModified")
    assert (await stage.ask("PUT", put, data=b"3", headers={"If-Match": stage.at("a.txt").ctag}))[0] == 200
    assert stage.graph.files(stage.cases) == {"a.txt": b"3"}


@pytest.mark.parametrize("name", NOT_TAKEN)
async def test_a_name_that_sharepoint_does_not_take_is_refused(stage: Stage, name: str) -> None:
    assert await stage.code("POST", "/root/children", json={"name": name, "folder": {}}) == (400, "invalidRequest")
    assert stage.graph.files(stage.cases) == {}


async def test_a_path_is_not_longer_than_400(stage: Stage) -> None:
    start = len("sites/cspr/Cases/")
    fits = "/".join(["a" * 99] * 3) + "/" + "b" * (LONGEST_PATH - start - 300)
    assert (await stage.ask("PUT", f"/root:/{fits}:/content", data=b"x"))[0] == 201
    assert await stage.code("PUT", f"/root:/{fits}c:/content", data=b"x") == (400, "invalidRequest")
    assert await stage.code("PUT", f"/root:/{'a' * 256}:/content", data=b"x") == (400, "invalidRequest")


async def test_folders_are_made_listed_page_by_page_renamed_and_deleted(stage: Stage) -> None:
    root = stage.item("")
    made = await root.children.post(DriveItem(name="NS-2026-0007", folder=Folder()))
    assert made.folder.child_count == 0
    assert await refused(root.children.post(DriveItem(name="ns-2026-0007", folder=Folder()))) == (409, "nameAlreadyExists")
    for number in range(5):
        stage.person.add(stage.cases, f"NS-2026-0007/{number}.txt", b"x")
    stage.graph.calls.page = 2
    page, names = await stage.item("NS-2026-0007").children.get(), []
    while page.odata_next_link:
        names += [item.name for item in page.value]
        page = await root.children.with_url(page.odata_next_link).get()
    assert [*names, *(item.name for item in page.value)] == [f"{number}.txt" for number in range(5)]
    await stage.item("NS-2026-0007/4.txt").patch(DriveItem(name="5.txt"))
    assert await refused(stage.item("NS-2026-0007/3.txt").patch(DriveItem(name="5.TXT"))) == (409, "nameAlreadyExists")
    await stage.item("NS-2026-0007").delete()
    assert stage.graph.files(stage.cases) == {}
    assert await refused(stage.item("NS-2026-0007/5.txt").get()) == (404, "itemNotFound")


async def test_only_what_is_selected_is_told(stage: Stage) -> None:
    stage.person.add(stage.cases, "a.txt", b"x")
    status, item = await stage.ask("GET", "/root:/a.txt", params={"$select": "id,sharepointIds"})
    assert (status, item.keys()) == (200, {"id", "sharepointIds"})
    assert "sharepointIds" not in (await stage.ask("GET", "/root:/a.txt"))[1]


async def test_every_version_is_kept(stage: Stage) -> None:
    stage.person.add(stage.cases, "a.txt", b"theirs")
    made = await stage.item("a.txt").content.put(b"ours")
    versions = (await stage.item("a.txt").versions.get()).value
    assert [(one.id, one.size, one.last_modified_by.user.id) for one in versions] == [
        ("2.0", 4, None),
        ("1.0", 6, "test-object"),
    ]
    status, _ = await stage.ask("GET", f"/items/{made.id}/versions/1.0/content")
    assert status == 302
    assert await stage.code("GET", f"/items/{made.id}/versions/3.0/content") == (404, "itemNotFound")


async def test_a_rename_changes_both_tags_and_columns_one(stage: Stage) -> None:
    stage.person.add(stage.cases, "a.txt", b"x")
    item = stage.at("a.txt")
    etag, ctag = item.etag, item.ctag
    stage.person.set_columns(stage.cases, "a.txt", Reference="NS-2026-0007")
    assert item.etag != etag
    assert item.ctag == ctag
    stage.person.rename(stage.cases, "a.txt", "b.txt")
    assert item.ctag != ctag
