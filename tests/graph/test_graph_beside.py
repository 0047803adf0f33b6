"""Columns, retention labels, permissions and checkouts of the fake Graph."""

from __future__ import annotations

import io

import docx
import pytest
from graph_beside import NONE, OWN
from graph_book import Grant, Identity, Label
from graph_kit import refused
from graph_stage import Stage
from msgraph.generated.models.field_value_set import FieldValueSet
from msgraph.generated.models.item_retention_label import ItemRetentionLabel


def word_file(*paragraphs: str) -> bytes:
    document = docx.Document()
    for text in paragraphs:
        document.add_paragraph(text)
    saved = io.BytesIO()
    document.save(saved)
    return saved.getvalue()


async def test_columns_are_set_by_the_item_and_by_its_number_in_the_list(stage: Stage) -> None:
    made = await stage.item("a.txt").content.put(b"x")
    fields = f"/items/{made.id}/listItem/fields"
    status, told = await stage.ask("PATCH", fields, json={"Reference": "NS-2026-0007", "State": "Draft"})
    assert (status, told["Reference"], told["State"]) == (200, "NS-2026-0007", "Draft")
    number = (await stage.item("a.txt").list_item.get()).id
    lists = stage.client.sites.by_site_id(stage.cases.site.id).lists.by_list_id(stage.cases.list_id)
    await lists.items.by_list_item_id(number).fields.patch(FieldValueSet(additional_data={"State": "Final"}))
    assert stage.at("a.txt").fields == {"Reference": "NS-2026-0007", "State": "Final"}
    assert (await stage.item("a.txt").get()).e_tag != made.e_tag


async def test_columns_are_set_where_nothing_changed_by_the_mark_of_the_list(stage: Stage) -> None:
    made = await stage.item("a.txt").content.put(b"x")
    fields = f"/items/{made.id}/listItem/fields"
    mark = (await stage.item("a.txt").list_item.get()).e_tag
    assert await stage.code("PATCH", fields, json={"State": "x"}, headers={"If-Match": made.e_tag}) == (412, "resourceModified")
    assert (await stage.ask("PATCH", fields, json={"State": "x"}, headers={"If-Match": mark}))[0] == 200
    assert await stage.code("PATCH", fields, json={"State": "y"}, headers={"If-Match": mark}) == (412, "resourceModified")


@pytest.mark.parametrize("fields", [{"Nonsense": "x"}, {"reference": "x"}, {"Reference": "x" * 256}, {"Reference": {"a": 1}}])
async def test_a_column_that_is_not_there_and_a_value_that_does_not_fit_are_refused(
    stage: Stage, fields: dict[str, object]
) -> None:
    await stage.item("a.txt").content.put(b"x")
    assert await stage.code("PATCH", "/root:/a.txt:/listItem/fields", json=fields) == (400, "invalidRequest")
    assert stage.at("a.txt").fields == {}


async def test_columns_change_a_word_file_and_not_its_text(stage: Stage) -> None:
    content = word_file("Test words.")
    before = await stage.item("a.docx").content.put(content)
    await stage.ask("PATCH", "/root:/a.docx:/listItem/fields", json={"Reference": "NS-2026-0007"})
    after = await stage.item("a.docx").get()
    assert after.size != before.size
    assert after.file.hashes.quick_xor_hash != before.file.hashes.quick_xor_hash
    assert after.c_tag != before.c_tag
    kept = stage.graph.files(stage.cases)["a.docx"]
    assert [one.text for one in docx.Document(io.BytesIO(kept)).paragraphs] == ["Test words."]
    assert b"NS-2026-0007" not in content


async def test_columns_leave_other_files_and_a_library_that_is_told_so_as_they_are(stage: Stage) -> None:
    await stage.item("a.txt").content.put(b"x")
    await stage.item("b.docx").content.put(b"no zip")
    stage.person.set_columns(stage.cases, "a.txt", Reference="NS-2026-0007")
    stage.person.set_columns(stage.cases, "b.docx", Reference="NS-2026-0007")
    stage.graph.items.promotes = False
    await stage.item("c.docx").content.put(content := word_file("Test words."))
    stage.person.set_columns(stage.cases, "c.docx", Reference="NS-2026-0007")
    assert stage.graph.files(stage.cases) == {"a.txt": b"x", "b.docx": b"no zip", "c.docx": content}


async def test_columns_are_written_later_where_that_is_switched_on(stage: Stage) -> None:
    stage.graph.items.promotes_late = True
    await stage.item("a.docx").content.put(content := word_file("Test words."))
    stage.person.set_columns(stage.cases, "a.docx", Reference="NS-2026-0007")
    before = stage.at("a.docx").etag
    assert stage.at("a.docx").content == content
    stage.graph.items.settle()
    assert stage.at("a.docx").content != content
    assert stage.at("a.docx").etag != before


async def test_columns_are_written_when_a_file_arrives_where_that_is_switched_on(stage: Stage) -> None:
    stage.graph.items.promotes_uploads = True
    made = await stage.item("a.docx").content.put(content := word_file("Test words."))
    assert made.size != len(content)


async def test_columns_of_the_library_are_told(stage: Stage) -> None:
    lists = stage.client.sites.by_site_id(stage.cases.site.id).lists.by_list_id("Cases")
    columns = await lists.columns.get()
    assert [one.name for one in columns.value] == ["Reference", "Document", "Organisation", "State", "Version"]
    status, drive = await stage.ask("GET", "", params={"$select": "id,sharePointIds"})
    assert (status, drive["sharePointIds"]["listId"]) == (200, stage.cases.list_id)


async def test_a_retention_label_is_set_and_a_record_is_left_alone(stage: Stage) -> None:
    stage.graph.book.labels |= {name: Label(name, record=name == "Record") for name in ("Keep", "Record")}
    await stage.item("a.txt").content.put(b"x")
    label = stage.item("a.txt").retention_label
    assert await refused(label.patch(ItemRetentionLabel(name="None"))) == (400, "invalidRequest")
    assert (await stage.ask("PATCH", "/root:/a.txt:/retentionLabel", json={"name": "Keep"}))[0] == 201
    assert (await label.patch(ItemRetentionLabel(name="Record"))).name == "Record"
    assert (await label.get()).name == "Record"
    assert (await stage.code("PUT", "/root:/a.txt:/content", data=b"y"))[0] == 423
    assert (await stage.code("DELETE", "/root:/a.txt"))[0] == 423
    assert (await stage.code("PATCH", "/root:/a.txt:/listItem/fields", json={"State": "x"}))[0] == 423


async def test_who_may_see_a_library_or_a_file_is_told(stage: Stage) -> None:
    panel, owners = Identity("group", "group-1", "Panel"), Identity("siteGroup", "5", "CSPR Owners")
    somebody = Identity("user", "user-1", "Test Person")
    stage.cases.grants = [Grant(owners, "owner"), Grant(panel, "read"), Grant(stage.graph.app.identity, "write")]
    await stage.item("a/b.txt").content.put(b"x")
    links = Grant(somebody, "read", link="users"), Grant(None, "read", link="anonymous")
    stage.at("a").grants = [Grant(somebody, "write"), *links]
    root = (await stage.item("").permissions.get()).value
    assert [one.roles for one in root] == [["owner"], ["read"], ["write"]]
    assert root[0].granted_to_v2.site_group.display_name == "CSPR Owners"
    assert root[1].granted_to_v2.group.id == "group-1"
    below = (await stage.item("a/b.txt").permissions.get()).value
    assert below[0].granted_to_v2.user.id == "user-1"
    assert [one.link.scope for one in below[1:]] == ["users", "anonymous"]
    assert below[1].granted_to_identities_v2[0].user.id == "user-1"


async def test_an_application_may_be_shown_less_of_permissions(stage: Stage) -> None:
    stage.cases.grants = [Grant(Identity("group", "group-1", "Panel")), Grant(stage.graph.app.identity, "write")]
    stage.graph.beside.permissions_seen = OWN
    shown = (await stage.item("").permissions.get()).value
    assert [one.granted_to_v2.application.display_name for one in shown] == ["CSPR Assistant"]
    stage.graph.beside.permissions_seen = NONE
    assert await refused(stage.item("").permissions.get()) == (403, "accessDenied")


async def test_a_file_that_somebody_holds_is_read_and_not_changed(stage: Stage) -> None:
    await stage.item("a.txt").content.put(b"x")
    stage.person.open(stage.cases, "a.txt")
    assert await stage.code("PUT", "/root:/a.txt:/content", data=b"y") == (423, "notAllowed")
    stage.person.close(stage.cases, "a.txt")
    stage.person.check_out(stage.cases, "a.txt")
    assert (await stage.item("a.txt").get()).publication.level == "checkout"
    assert await stage.code("PUT", "/root:/a.txt:/content", data=b"y") == (423, "resourceLocked")
    assert (await stage.code("POST", "/root:/a.txt:/createUploadSession", json={}))[0] == 423
    assert (await stage.code("PATCH", "/root:/a.txt:/listItem/fields", json={"State": "x"}))[0] == 423
    assert (await stage.code("PATCH", "/root:/a.txt", json={"name": "b.txt"}))[0] == 423
    assert await stage.item("a.txt").content.get() == b"x"
    stage.person.check_in(stage.cases, "a.txt")
    assert (await stage.ask("PUT", "/root:/a.txt:/content", data=b"y"))[0] == 200


async def test_the_application_checks_a_file_out_and_in(stage: Stage) -> None:
    await stage.item("a.txt").content.put(b"x")
    assert (await stage.ask("POST", "/root:/a.txt:/checkout"))[0] == 204
    with pytest.raises(Exception, match="423"):
        stage.person.save(stage.cases, "a.txt", b"y")
    assert (await stage.ask("POST", "/root:/a.txt:/checkin", json={"comment": ""}))[0] == 204
    stage.person.save(stage.cases, "a.txt", b"y")


async def test_sharing_is_answered_and_told_on(stage: Stage) -> None:
    await stage.item("a.txt").content.put(b"x")
    assert stage.graph.violations == []
    assert (await stage.ask("POST", "/root:/a.txt:/createLink", json={"type": "view"}))[0] == 201
    assert (await stage.ask("POST", "/root:/a.txt:/invite", json={"recipients": []}))[0] == 201
    assert [sentence.split()[0] for sentence in stage.graph.violations] == ["createLink", "invite"]
