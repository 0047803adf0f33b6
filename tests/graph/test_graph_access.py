"""Who is let in, how much may be asked in a minute, and what the log says of it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import aiohttp
import pytest
from fake_graph import ASSISTANT, HOST, TOKEN, loopback_graph
from graph_door import App, Token
from graph_kit import asked, refused, sdk_client
from graph_limits import UNITS_A_MINUTE
from graph_stage import Stage


@pytest.mark.parametrize("token", ["", "other", "too-old"])
async def test_a_token_that_is_missing_unknown_or_too_old_is_refused(stage: Stage, token: str) -> None:
    stage.graph.tokens["too-old"] = Token(stage.graph.app, datetime.now(UTC) - timedelta(minutes=1))
    for tail in ("", "/root:/a.txt:/content", "/root/delta"):
        assert await stage.code("GET", tail, token=token) == (401, "InvalidAuthenticationToken")


async def test_a_site_that_is_not_granted_stays_shut(stage: Stage) -> None:
    other = stage.graph.site("sites/other", grant="")
    library = other.library("Cases")
    sites = stage.client.sites
    assert await refused(sites.by_site_id(f"{HOST}:/sites/other").get()) == (403, "accessDenied")
    assert await refused(sites.by_site_id(other.id).drives.get()) == (403, "accessDenied")
    assert await refused(stage.client.drives.by_drive_id(library.id).get()) == (403, "accessDenied")
    stage.graph.grant(other, "read")
    found = await sites.by_site_id(f"{HOST}:/sites/other").get()
    assert found is not None
    assert found.id == other.id


async def test_who_may_read_may_not_write(stage: Stage) -> None:
    stage.person.add(stage.cases, "a.txt", b"x")
    stage.graph.grant(stage.cases.site, "read")
    assert await stage.item("a.txt").content.get() == b"x"
    for method, tail, body in (
        ("PUT", "/root:/b.txt:/content", None),
        ("POST", "/root:/b.txt:/createUploadSession", {}),
        ("POST", "/root/children", {"name": "b", "folder": {}}),
        ("PATCH", "/root:/a.txt:/listItem/fields", {"State": "x"}),
        ("PATCH", "/root:/a.txt", {"name": "b.txt"}),
        ("DELETE", "/root:/a.txt", None),
    ):
        assert await stage.code(method, tail, json=body) == (403, "accessDenied"), tail
    assert stage.graph.files(stage.cases) == {"a.txt": b"x"}


async def test_who_was_granted_a_site_is_told_to_full_control_alone(stage: Stage) -> None:
    permissions = stage.client.sites.by_site_id(stage.cases.site.id).permissions
    assert await refused(permissions.get()) == (403, "accessDenied")
    stage.graph.tokens["it"] = Token(App(ASSISTANT, {stage.cases.site.id: "write"}, full_control=True))
    found = await sdk_client(stage.graph, "it").sites.by_site_id(stage.cases.site.id).permissions.get()
    assert found is not None
    assert [one.roles for one in found.value or []] == [["write"]]


async def test_an_address_of_a_download_takes_no_token_and_holds_one_content(stage: Stage) -> None:
    stage.person.add(stage.cases, "a.txt", b"before")
    _, item = await stage.ask("GET", "/root:/a.txt")
    url = item["@microsoft.graph.downloadUrl"]
    stage.person.save(stage.cases, "a.txt", b"after")
    assert (await asked(stage.http, "GET", url))[0] == 401
    assert await asked(stage.http, "GET", url, token="") == (200, b"before")
    assert (await asked(stage.http, "GET", url.replace("00000000", "00000009"), token=""))[0] == 404
    assert (await asked(stage.http, "GET", url.partition("?")[0], token=""))[0] == 401


async def test_units_are_counted_and_too_many_are_refused_until_the_minute_is_over() -> None:
    clock = [0.0]
    async with loopback_graph(pace=lambda: clock[0]) as graph, aiohttp.ClientSession() as http:
        stage = Stage(graph, http)
        for number in range(5):
            await stage.ask("GET", "/root/permissions")
            assert graph.limits.most == (number + 1) * 5
        graph.limits.a_minute = 30
        clock[0] = 20.5
        assert (await stage.ask("PUT", "/root:/a.txt:/content", data=b"x"))[0] == 201
        assert (await stage.ask("GET", "/root/delta"))[0] == 200
        assert (await stage.ask("GET", "/root:/a.txt"))[0] == 200
        async with http.get(f"{stage.drive}/root", headers={"Authorization": f"Bearer {TOKEN}"}) as answer:
            assert (answer.status, answer.headers["Retry-After"]) == (429, "40")
        clock[0] = 60.0
        assert (await stage.ask("GET", "/root"))[0] == 200
        assert graph.limits.most == 31
        assert UNITS_A_MINUTE == 1_250


async def test_throttled_calls_count_too() -> None:
    async with loopback_graph(pace=lambda: 0.0) as graph, aiohttp.ClientSession() as http:
        graph.limits.a_minute = 2
        stage = Stage(graph, http)
        assert [(await stage.ask("GET", "/root"))[0] for _ in range(4)] == [200, 200, 429, 429]
        assert graph.limits.most == 4
        graph.limits.on = False
        assert (await stage.ask("GET", "/root"))[0] == 200


async def test_every_call_is_in_the_log(stage: Stage) -> None:
    await stage.item("a.txt").content.put(b"x")
    await stage.item("a.txt").content.get()
    await stage.code("GET", "/root:/b.txt")
    assert [(call.number, call.method, call.kind, call.status) for call in stage.graph.log] == [
        (1, "PUT", "put_content", 201),
        (2, "GET", "get_content", 302),
        (3, "GET", "download", 200),
        (4, "GET", "item", 404),
    ]
    assert stage.graph.log[0].path == f"/v1.0/drives/{stage.cases.id}/items/root:/a.txt:/content"
