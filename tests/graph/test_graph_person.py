"""What people do in the libraries, what the judge says of it, and the copy on disk."""

from __future__ import annotations

import io
from pathlib import Path

import aiohttp
import docx
import pytest
from fake_graph import loopback_graph
from graph_book import GraphError
from graph_judge import each_once, nobody_named, nothing_overwritten, nothing_shared, written_twice
from graph_person import Person
from graph_stage import Stage
from test_graph_beside import word_file


def _texts(content: bytes) -> list[str]:
    return [one.text for one in docx.Document(io.BytesIO(content)).paragraphs]


async def test_somebody_changes_words_in_a_word_file(stage: Stage) -> None:
    await stage.item("a.docx").content.put(word_file("Test words.", "Other words."))
    stage.person.replace_text(stage.cases, "a.docx", "Test", "New")
    assert _texts(stage.person.read(stage.cases, "a.docx")) == ["New words.", "Other words."]
    assert (await stage.item("a.docx").get()).last_modified_by.user.display_name == "Test Person"
    assert [version.by.kind for version in stage.at("a.docx").versions] == ["application", "user"]


async def test_the_program_that_somebody_used_stands_beside_them(stage: Stage) -> None:
    Person(stage.graph, "Test Other", "test-tenant", "other-object", through="Microsoft Office").add(stage.cases, "a.txt", b"x")
    by = (await stage.item("a.txt").get()).last_modified_by
    assert (by.user.id, by.application.display_name) == ("other-object", "Microsoft Office")


async def test_somebody_looks_at_a_file_and_its_tags_change(stage: Stage) -> None:
    await stage.item("a.docx").content.put(word_file("Test words."))
    before = stage.at("a.docx").etag
    stage.person.look(stage.cases, "a.docx")
    assert stage.at("a.docx").etag != before
    assert _texts(stage.person.read(stage.cases, "a.docx")) == ["Test words."]


async def test_people_keep_each_other_out(stage: Stage) -> None:
    other = Person(stage.graph, "Test Other")
    stage.person.add(stage.cases, "a.txt", b"x")
    stage.person.check_out(stage.cases, "a.txt")
    with pytest.raises(GraphError):
        other.save(stage.cases, "a.txt", b"y")
    stage.person.save(stage.cases, "a.txt", b"z")
    stage.person.check_in(stage.cases, "a.txt")
    other.save(stage.cases, "a.txt", b"y")
    with pytest.raises(GraphError):
        other.add(stage.cases, "a.txt", b"again")


async def test_somebody_moves_renames_and_deletes(stage: Stage) -> None:
    stage.person.add(stage.cases, "a/b.txt", b"x")
    stage.person.move(stage.cases, "a/b.txt", "c/d")
    stage.person.rename(stage.cases, "c/d/b.txt", "e.txt")
    assert stage.graph.files(stage.cases) == {"c/d/e.txt": b"x"}
    stage.person.delete(stage.cases, "c")
    assert stage.graph.files(stage.cases) == {}


async def test_the_judge_sees_what_was_written_over(stage: Stage) -> None:
    for name in ("over", "beside", "theirs", "ours"):
        await stage.item(f"{name}.txt").content.put(f"first of {name}".encode())
    stage.person.save(stage.cases, "over.txt", b"by hand")
    stage.person.save(stage.cases, "beside.txt", b"by hand, kept")
    stage.person.save(stage.cases, "theirs.txt", b"by hand")
    stage.person.save(stage.cases, "theirs.txt", b"by hand again")
    assert nothing_overwritten(stage.graph) == []
    await stage.item("beside v2.txt").content.put(b"by hand, kept")
    await stage.item("beside.txt").content.put(b"ours")
    assert nothing_overwritten(stage.graph) == []
    await stage.item("over.txt").content.put(b"ours")
    assert nothing_overwritten(stage.graph) == ["Cases: what Test Person wrote in 'over.txt' (2.0) was written over."]


async def test_the_judge_sees_what_we_deleted_and_not_what_people_did(stage: Stage) -> None:
    for name in ("a.txt", "b.txt"):
        stage.person.add(stage.cases, name, name.encode())
    stage.person.delete(stage.cases, "a.txt")
    assert nothing_overwritten(stage.graph) == []
    await stage.item("b.txt").delete()
    assert nothing_overwritten(stage.graph) == ["Cases: what Test Person wrote in 'b.txt' was deleted."]


async def test_columns_in_a_file_do_not_hide_what_was_written_over(stage: Stage) -> None:
    await stage.item("a.docx").content.put(word_file("Test words."))
    stage.person.replace_text(stage.cases, "a.docx", "Test", "New")
    stage.person.set_columns(stage.cases, "a.docx", State="Draft")
    assert nothing_overwritten(stage.graph) == []
    await stage.item("a.docx").content.put(word_file("Ours."))
    assert len(nothing_overwritten(stage.graph)) == 1


async def test_the_judge_counts_files_and_sees_the_same_twice(stage: Stage) -> None:
    await stage.item("a v1.txt").content.put(b"x")
    await stage.item("a v1.txt").content.put(b"y")
    assert each_once(stage.graph, stage.cases, ["a v1.txt"]) == []
    await stage.item("a v2.txt").content.put(b"y")
    assert each_once(stage.graph, stage.cases, ["a v1.txt", "b.txt"]) == [
        "Cases: 'b.txt' is missing.",
        "Cases: 'a v2.txt' is too much.",
        "Cases: a v2.txt is the same as a v1.txt.",
    ]
    await stage.item("a v2.txt").content.put(b"y")
    assert "Cases: a v2.txt (2.0) was written over itself." in written_twice(stage.cases)


async def test_the_judge_sees_names_and_sharing(stage: Stage) -> None:
    await stage.item("NS-2026-0007/a.txt").content.put(b"x")
    assert nobody_named(stage.graph, ["Zoe Test"]) == []
    await stage.ask("PATCH", "/root:/NS-2026-0007/a.txt:/listItem/fields", json={"Document": "About Zoe Test"})
    assert len(nobody_named(stage.graph, ["zoe test"])) == 1
    await stage.ask("PUT", "/root:/Zoe Test.txt:/content", data=b"x")
    assert len(nobody_named(stage.graph, ["zoe test"])) == 3
    assert nothing_shared(stage.graph) == []
    await stage.ask("POST", "/root:/NS-2026-0007/a.txt:/createLink", json={})
    assert len(nothing_shared(stage.graph)) == 1


async def test_a_copy_on_disk_holds_what_is_there_now(tmp_path: Path) -> None:
    root = tmp_path / "library"
    async with loopback_graph(mirror=root) as graph, aiohttp.ClientSession() as http:
        stage = Stage(graph, http)
        other = graph.site("sites/school").library("Papers")
        stage.person.add(stage.cases, "a/b.txt", b"x")
        stage.person.add(stage.cases, "c.txt", b"y")
        stage.person.add(other, "d.txt", b"z")
        stage.person.rename(stage.cases, "a/b.txt", "e.txt")
        stage.person.delete(stage.cases, "c.txt")
    assert {path.relative_to(tmp_path).as_posix(): path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()} == {
        "library/a/e.txt": b"x",
        "library-school-Papers/d.txt": b"z",
    }
