"""Changes of a library of the fake Graph."""

from __future__ import annotations

from typing import Any

from graph_asked import CONFLICT
from graph_kit import asked, refused
from graph_stage import Stage


async def _told(stage: Stage, link: str = "") -> tuple[list[tuple[str | None, bool]], str]:
    """Everything that is told from a link on (from the start, where there is none), and the link to what comes after."""
    root = stage.item("")
    page, found = await (root.delta.with_url(link) if link else root.delta).get(), []
    while True:
        found += [(item.name, item.deleted is not None) for item in page.value]
        if page.odata_delta_link:
            return found, page.odata_delta_link
        page = await root.delta.with_url(page.odata_next_link).get()


async def test_a_first_look_tells_everything_and_the_next_what_changed(stage: Stage) -> None:
    for number in range(3):
        stage.person.add(stage.cases, f"NS-2026-0007/{number}.txt", b"x")
    told, link = await _told(stage)
    assert told == [("root", False), ("NS-2026-0007", False), ("0.txt", False), ("1.txt", False), ("2.txt", False)]
    assert await _told(stage, link) == ([], link)
    stage.person.delete(stage.cases, "NS-2026-0007/1.txt")
    stage.person.rename(stage.cases, "NS-2026-0007/2.txt", "3.txt")
    told, _ = await _told(stage, link)
    assert told == [(None, True), ("root", False), ("NS-2026-0007", False), ("3.txt", False)]
    assert ("0.txt", False) not in told


async def test_who_did_it_is_told_but_neither_the_path_nor_the_ctag(stage: Stage) -> None:
    stage.person.add(stage.cases, "a/b.txt", b"x")
    await stage.item("a/c.txt").content.put(b"y")
    page = await stage.item("").delta.get()
    [theirs, ours] = page.value[-2:]
    assert (theirs.last_modified_by.user.id, theirs.last_modified_by.application) == ("test-object", None)
    assert ours.last_modified_by.application is not None
    assert (theirs.parent_reference.path, theirs.c_tag) == (None, None)
    assert theirs.parent_reference.id == stage.at("a").id
    assert theirs.e_tag == stage.at("a/b.txt").etag


async def test_a_folder_that_is_renamed_comes_alone(stage: Stage) -> None:
    stage.person.add(stage.cases, "a/b/c.txt", b"x")
    _, link = await _told(stage)
    stage.person.rename(stage.cases, "a", "z")
    assert (await _told(stage, link))[0] == [("root", False), ("z", False)]


async def test_parents_are_left_out_where_that_is_asked(stage: Stage) -> None:
    _, link = await _told(stage)
    stage.person.add(stage.cases, "a/b.txt", b"x")
    _, body = await asked(stage.http, "GET", link, headers={"deltaExcludeParent": "true"})
    assert [item["name"] for item in body["value"]] == ["a", "b.txt"]


async def test_nothing_is_left_out_when_files_change_while_pages_are_read(stage: Stage) -> None:
    for number in range(6):
        stage.person.add(stage.cases, f"{number}.txt", b"x")
    stage.graph.calls.page = 2
    root = stage.item("")
    page = await root.delta.get()
    seen = {item.name for item in page.value}
    stage.person.save(stage.cases, "0.txt", b"y")
    stage.person.save(stage.cases, "5.txt", b"y")
    while page.odata_next_link:
        page = await root.delta.with_url(page.odata_next_link).get()
        seen |= {item.name for item in page.value}
    told, _ = await _told(stage, page.odata_delta_link)
    assert {name for name, _ in told} == {"root", "0.txt", "5.txt"}
    assert seen | {name for name, _ in told} == {"root", *(f"{number}.txt" for number in range(6))}


async def test_a_token_that_is_too_old_is_refused_with_where_to_start_afresh(stage: Stage) -> None:
    stage.person.add(stage.cases, "a.txt", b"x")
    _, link = await _told(stage)
    stage.person.add(stage.cases, "b.txt", b"x")
    stage.cases.forget()
    assert await refused(stage.item("").delta.with_url(link).get()) == (410, "resyncRequired")
    async with stage.http.get(link, headers={"Authorization": "Bearer test-token-of-the-assistant"}) as answer:
        fresh = answer.headers["Location"]
    assert [name for name, _ in (await _told(stage, fresh))[0]] == ["root", "a.txt", "b.txt"]


async def test_latest_tells_nothing_but_the_link(stage: Stage) -> None:
    stage.person.add(stage.cases, "a.txt", b"x")
    status, body = await stage.ask("GET", "/root/delta", params={"token": "latest"})
    assert (status, body["value"]) == (200, [])
    stage.person.add(stage.cases, "b.txt", b"x")
    assert [name for name, _ in (await _told(stage, body["@odata.deltaLink"]))[0]] == ["root", "b.txt"]


async def test_a_token_of_another_library_and_a_torn_one_are_refused(stage: Stage) -> None:
    _, link = await _told(stage)
    other = stage.cases.site.library("Other")
    torn = link.replace(link.split("'")[1], "torn")
    body: Any
    for url in (link.replace(stage.cases.id, other.id), torn):
        status, body = await asked(stage.http, "GET", url)
        assert (status, body["error"]["code"]) == (400, "invalidRequest")


async def test_delta_is_of_the_root_alone(stage: Stage) -> None:
    await stage.ask("PUT", "/root:/a/b.txt:/content", data=b"x", params={CONFLICT: "fail"})
    assert await stage.code("GET", f"/items/{stage.at('a').id}/delta") == (400, "invalidRequest")
