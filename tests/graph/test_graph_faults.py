"""What is made to go wrong with a call goes wrong as it does on a real network."""

from __future__ import annotations

import asyncio

import aiohttp
import pytest
from graph_faults import TROUBLES, Trouble
from graph_kit import asked, part
from graph_stage import Stage
from graph_uploads import STEP

PUT = "/root:/a.txt:/content"
CUT = (aiohttp.ServerDisconnectedError, aiohttp.ClientOSError, aiohttp.ClientPayloadError)


@pytest.mark.parametrize("status", [401, 403, 404, 409, 412, 423, 429, 500, 503])
async def test_a_status_is_given_instead_and_nothing_is_done(stage: Stage, status: int) -> None:
    stage.graph.faults.at("put_content", str(status))
    answered = await stage.http.put(f"{stage.drive}{PUT}", data=b"x", headers={"Authorization": "Bearer x"})
    assert answered.status == status
    assert ("Retry-After" in answered.headers) is (status in (429, 503))
    assert stage.graph.files(stage.cases) == {}
    assert (await stage.ask("PUT", PUT, data=b"x"))[0] == 201
    assert [(number, kind) for number, kind, _ in stage.graph.faults.made] == [(1, "put_content")]


async def test_a_status_is_given_though_it_was_done(stage: Stage) -> None:
    stage.graph.faults.at("put_content", "500 acted")
    assert (await stage.ask("PUT", PUT, data=b"x"))[0] == 500
    assert stage.graph.files(stage.cases) == {"a.txt": b"x"}


@pytest.mark.parametrize(("how", "files"), [("cut before", {}), ("cut body", {}), ("cut after", {"a.txt": b"x" * 100_000})])
async def test_a_connection_ends_before_within_and_after(stage: Stage, how: str, files: dict[str, bytes]) -> None:
    stage.graph.faults.at("put_content", how)
    with pytest.raises(CUT):
        await stage.ask("PUT", PUT, data=b"x" * 100_000)
    assert stage.graph.files(stage.cases) == files
    assert stage.graph.log[0].status == (201 if files else 0)


async def test_an_answer_ends_in_its_middle(stage: Stage) -> None:
    stage.person.add(stage.cases, "a.txt", b"x" * 100_000)
    _, item = await stage.ask("GET", "/root:/a.txt")
    stage.graph.faults.at("download", "cut body")
    with pytest.raises(aiohttp.ClientPayloadError):
        await asked(stage.http, "GET", item["@microsoft.graph.downloadUrl"], token="")
    stage.graph.faults.at("item", "cut body")
    with pytest.raises(CUT):
        await stage.ask("GET", "/root:/a.txt")
    stage.graph.faults.at("delete_item", "cut body")
    with pytest.raises(CUT):
        await stage.ask("DELETE", "/root:/a.txt")
    assert stage.graph.files(stage.cases) == {}


@pytest.mark.parametrize(("how", "files"), [("timeout", {}), ("timeout acted", {"a.txt": b"x"})])
async def test_nothing_is_answered_until_it_is_let_go(stage: Stage, how: str, files: dict[str, bytes]) -> None:
    stage.graph.faults.at("put_content", how)
    call = asyncio.create_task(stage.ask("PUT", PUT, data=b"x"))
    await stage.graph.faults.hung.wait()
    assert not call.done()
    assert stage.graph.files(stage.cases) == files
    stage.graph.faults.let_go.set()
    with pytest.raises(CUT):
        await call


async def test_a_part_that_arrived_counts_though_nobody_was_told(stage: Stage) -> None:
    content = bytes(STEP + 1)
    _, session = await stage.ask("POST", "/root:/a.bin:/createUploadSession", json={})
    stage.graph.faults.at("upload_part", "cut body")
    stage.graph.faults.at("upload_part", "cut after", nth=2)
    for wanted in ("0-", f"{STEP}-"):
        with pytest.raises(CUT):
            await part(stage.http, session["uploadUrl"], content, 0, STEP)
        _, told = await asked(stage.http, "GET", session["uploadUrl"], token="")
        assert told["nextExpectedRanges"] == [wanted]
    assert (await part(stage.http, session["uploadUrl"], content, STEP, 1))[0] == 201


async def test_the_script_knows_the_nth_call_and_every_call_of_a_kind(stage: Stage) -> None:
    faults = stage.graph.faults
    faults.at("", "500", nth=2)
    faults.at("item", "403", nth=3, times=2)
    assert [(await stage.ask("GET", "/root"))[0] for _ in range(6)] == [200, 500, 403, 403, 200, 200]
    faults.always("item", Trouble(status=503, retry_after=9))
    assert [(await stage.ask("GET", tail))[0] for tail in ("/root", "/root/children", "/root")] == [503, 200, 503]
    faults.clear()
    assert (await stage.ask("GET", "/root"))[0] == 200
    assert [call.trouble for call in stage.graph.log if call.trouble] == ["500", "403", "403", "503", "503"]


def test_each_trouble_has_a_name() -> None:
    named = {"401", "403", "404", "409", "412", "423", "429", "500", "503"}
    assert TROUBLES.keys() == named | {"500 acted", "timeout", "timeout acted", "cut before", "cut after", "cut body"}
