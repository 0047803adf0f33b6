"""Upload sessions of the fake Graph."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta

import aiohttp
from fake_graph import TOKEN, loopback_graph
from graph_asked import CONFLICT
from graph_kit import asked, part
from graph_stage import Stage
from graph_uploads import LARGEST_PART, STEP
from msgraph.generated.drives.item.items.item.create_upload_session.create_upload_session_post_request_body import (
    CreateUploadSessionPostRequestBody,
)
from msgraph.generated.models.drive_item_uploadable_properties import DriveItemUploadableProperties
from quick_xor import quick_xor_hash

CONTENT = random.Random(7).randbytes(2 * STEP + 100)
CREATE = "/root:/a/large.bin:/createUploadSession"


async def _session(stage: Stage, conflict: str = "fail", **more: object) -> str:
    status, body = await stage.ask("POST", CREATE, json={"item": {CONFLICT: conflict}}, **more)
    assert status == 200
    return str(body["uploadUrl"])


async def _code(stage: Stage, url: str, header: str, content: bytes) -> tuple[int, str]:
    status, body = await asked(stage.http, "PUT", url, token="", headers={"Content-Range": header}, data=content)
    return status, body["error"]["innerError"].get("code", body["error"]["code"])


async def test_a_large_file_goes_in_parts_to_an_address_of_its_own(stage: Stage) -> None:
    body = CreateUploadSessionPostRequestBody(item=DriveItemUploadableProperties(additional_data={CONFLICT: "fail"}))
    session = await stage.item("a/large.bin").create_upload_session.post(body)
    assert session.upload_url.startswith("http://localhost:")
    assert session.next_expected_ranges == ["0-"]
    status, told = await part(stage.http, session.upload_url, CONTENT, 0, STEP)
    assert (status, told["nextExpectedRanges"]) == (202, [f"{STEP}-"])
    status, told = await asked(stage.http, "GET", session.upload_url, token="")
    assert (status, told["nextExpectedRanges"]) == (200, [f"{STEP}-"])
    status, item = await part(stage.http, session.upload_url, CONTENT, STEP, STEP + 100)
    assert (status, item["size"], item["file"]["hashes"]["quickXorHash"]) == (201, len(CONTENT), quick_xor_hash(CONTENT))
    assert stage.graph.files(stage.cases) == {"a/large.bin": CONTENT}
    assert await _code(stage, session.upload_url, f"bytes 0-99/{len(CONTENT)}", CONTENT[:100]) == (404, "uploadSessionNotFound")


async def test_parts_come_in_order_in_steps_and_of_one_length(stage: Stage) -> None:
    url, total = await _session(stage), len(CONTENT)
    assert await _code(stage, url, f"bytes {STEP}-{2 * STEP - 1}/{total}", CONTENT[:STEP]) == (416, "fragmentOutOfOrder")
    assert (await part(stage.http, url, CONTENT, 0, STEP))[0] == 202
    assert await _code(stage, url, f"bytes 0-{STEP - 1}/{total}", CONTENT[:STEP]) == (416, "fragmentOverlap")
    assert await _code(stage, url, f"bytes {STEP}-{STEP + 99}/{total}", CONTENT[:100]) == (400, "fragmentSize")
    assert (await _code(stage, url, f"bytes {STEP}-{2 * STEP - 1}/{total}", CONTENT[:100]))[0] == 400
    assert (await _code(stage, url, f"bytes {STEP}-{2 * STEP - 1}/{total + 1}", CONTENT[:STEP]))[0] == 400
    assert (await _code(stage, url, "", CONTENT[:STEP]))[0] == 400
    last = STEP + LARGEST_PART - 1
    too_large = await _code(stage, url, f"bytes {STEP}-{last}/{2 * LARGEST_PART}", bytes(LARGEST_PART))
    assert too_large == (413, "maxFragmentSizeExceeded")
    assert stage.graph.files(stage.cases) == {}


async def test_the_address_of_parts_takes_no_token(stage: Stage) -> None:
    url = await _session(stage)
    status, _ = await asked(stage.http, "GET", url, token=TOKEN)
    assert status == 401
    assert (await part(stage.http, url, CONTENT, 0, STEP))[0] == 202


async def test_a_session_is_cancelled_and_grows_too_old() -> None:
    day = datetime(2026, 3, 2, tzinfo=UTC)
    clock = [day]
    async with loopback_graph(now=lambda: clock[0]) as graph, aiohttp.ClientSession() as http:
        stage = Stage(graph, http)
        url = await _session(stage)
        assert (await asked(http, "DELETE", url, token=""))[0] == 204
        assert (await asked(http, "GET", url, token=""))[0] == 404
        url = await _session(stage)
        clock[0] += timedelta(minutes=14)
        assert (await part(http, url, CONTENT, 0, STEP))[0] == 202
        clock[0] += timedelta(minutes=14)
        assert (await asked(http, "GET", url, token=""))[0] == 200
        clock[0] += timedelta(minutes=2)
        assert (await part(http, url, CONTENT, STEP, STEP))[0] == 404
        await _session(stage)
        clock[0] = day + timedelta(hours=25)
        assert (await asked(http, "GET", url, token=""))[0] == 401


async def test_a_name_is_written_by_one_session_at_a_time(stage: Stage) -> None:
    url = await _session(stage)
    assert await stage.code("POST", CREATE, json={"item": {CONFLICT: "replace"}}) == (409, "nameAlreadyExists")
    await asked(stage.http, "DELETE", url, token="")
    await _session(stage)


async def test_a_name_that_is_taken_is_refused_at_once_and_at_the_end(stage: Stage) -> None:
    url = await _session(stage)
    stage.person.add(stage.cases, "a/large.bin", b"theirs")
    assert (await part(stage.http, url, CONTENT, 0, 2 * STEP))[0] == 202
    last = f"bytes {2 * STEP}-{len(CONTENT) - 1}/{len(CONTENT)}"
    assert await _code(stage, url, last, CONTENT[2 * STEP :]) == (409, "nameAlreadyExists")
    await asked(stage.http, "DELETE", url, token="")
    assert await stage.code("POST", CREATE, json={"item": {CONFLICT: "fail"}}) == (409, "nameAlreadyExists")
    assert stage.graph.files(stage.cases) == {"a/large.bin": b"theirs"}


async def test_a_file_that_changed_meanwhile_is_not_replaced(stage: Stage) -> None:
    made = await stage.item("a/large.bin").content.put(b"1")
    create = f"/items/{made.id}/createUploadSession"
    status, body = await stage.ask("POST", create, json={}, headers={"If-Match": made.e_tag})
    assert status == 200
    stage.person.save(stage.cases, "a/large.bin", b"theirs")
    assert (await part(stage.http, body["uploadUrl"], CONTENT, 0, len(CONTENT)))[0] == 412
    assert stage.graph.files(stage.cases) == {"a/large.bin": b"theirs"}
    assert await stage.code("POST", create, json={}, headers={"If-Match": made.e_tag}) == (412, "resourceModified")


async def test_a_session_that_says_nothing_of_conflicts_replaces(stage: Stage) -> None:
    stage.person.add(stage.cases, "a/large.bin", b"theirs")
    status, item = await stage.upload("a/large.bin", CONTENT, STEP)
    assert (status, item["size"]) == (200, len(CONTENT))


async def test_a_file_is_filed_when_it_is_said_where_that_was_asked(stage: Stage) -> None:
    status, body = await stage.ask("POST", CREATE, json={"item": {CONFLICT: "fail"}, "deferCommit": True})
    assert status == 200
    assert (await part(stage.http, body["uploadUrl"], CONTENT, 0, len(CONTENT)))[0] == 202
    assert stage.graph.files(stage.cases) == {}
    assert (await asked(stage.http, "POST", body["uploadUrl"], token=""))[0] == 201
    assert stage.graph.files(stage.cases) == {"a/large.bin": CONTENT}


async def test_the_body_names_what_the_address_names(stage: Stage) -> None:
    assert await stage.code("POST", CREATE, json={"item": {"name": "other.bin"}}) == (400, "invalidRequest")
    assert await stage.code("POST", CREATE, data="{}", headers={"Content-Type": "text/plain"}) == (415, "BadRequest")
