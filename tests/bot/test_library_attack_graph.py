"""A Graph that lies: it names other hosts, answers without end, calls files by paths, and says numbers where texts belong."""

from __future__ import annotations

import gzip
import tracemalloc
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from typing import Any
from urllib.parse import urlsplit

import msgspec
import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from sharepoint_kit import CASE, COLUMNS, PATH, TENANT, Credential, storage_of

from bot.clock import MovableClock
from bot.doctor.examining import Result
from bot.doctor.finding import warning
from bot.doctor.saying import as_text
from bot.doctor.table import CHECKS
from bot.library.storage import Item, LibraryProblem
from bot.sharepoint.budget import Budget
from bot.sharepoint.calls import Calls
from bot.sharepoint.client import Client
from bot.sharepoint.settings import SharePointSettings, SharePointSettingsError, library_address
from bot.sharepoint.storage import SharePointStorage

SITE = "https://council.sharepoint.com/sites/cspr/Cases"
FILE: dict[str, Any] = {"id": "item-1", "name": f"{CASE} 1a Referral v1.docx", "eTag": '"1"', "size": 3, "file": {}}
OPENS = f"{SITE}/a.docx"
LARGE = 11 * 2**20


class Lies(msgspec.Struct):
    """What it answers: by the end of what was asked for, else nothing that makes sense."""

    storage: SharePointStorage
    answers: dict[str, Callable[[], web.StreamResponse]]
    elsewhere: str
    heard: list[str]
    """What was asked of a server that is nobody's."""


def _json(value: object) -> Callable[[], web.Response]:
    return lambda: web.json_response(value)


@asynccontextmanager
async def lying() -> AsyncIterator[Lies]:
    heard: list[str] = []
    answers: dict[str, Callable[[], web.StreamResponse]] = {
        "/drives": _json({"value": [{"id": "drive-1", "webUrl": SITE}]}),
        "sites/cspr": _json({"id": "site-1"}),
    }

    async def answered(request: web.Request) -> web.StreamResponse:
        await request.read()
        found = next((make for end, make in answers.items() if request.path.endswith(end)), _json({"id": "folder-1"}))
        return found()

    async def hears(request: web.Request) -> web.StreamResponse:
        heard.append(f"{request.path} {request.headers.get('Authorization', '')}")
        return web.json_response({})

    graph, other = web.Application(client_max_size=2**27), web.Application()
    graph.router.add_route("*", "/{rest:.*}", answered)
    other.router.add_route("*", "/{rest:.*}", hears)
    async with TestServer(graph, host="127.0.0.1") as ours, TestServer(other, host="127.0.0.1") as theirs:
        base = f"http://127.0.0.1:{ours.port}/v1.0"
        known = SharePointSettings(tenant=TENANT, graph=base, loopback=urlsplit(base).netloc, answers_in=5.0, moves_in=5.0)
        clock = MovableClock()
        calls = Calls(Client(known, lambda _: Credential()), Budget(clock), clock)  # type: ignore[arg-type,return-value]
        try:
            yield Lies(storage_of(calls), answers, f"http://127.0.0.1:{theirs.port}", heard)
        finally:
            await calls.close()


@pytest.fixture
async def lies() -> AsyncIterator[Lies]:
    async with lying() as made:
        yield made


BAD = ("{other}/x", "https://127.0.0.1:1/x", "file:///etc/passwd", "https://example.org/x", "//example.org/x")


@pytest.mark.parametrize("bad", BAD)
async def test_no_address_of_an_answer_leads_to_another_host(lies: Lies, bad: str) -> None:
    bad = bad.format(other=lies.elsewhere)
    lies.answers["/children"] = lies.answers["/delta()"] = _json({"value": [FILE], "@odata.nextLink": bad})
    lies.answers["/content"] = lambda: web.Response(status=302, headers={"Location": bad})
    lies.answers["/createUploadSession"] = _json({"uploadUrl": bad})
    large, item = b"x" * LARGE, Item(id="item-1", path=PATH, tag='"1"', size=3)
    for doing in (
        lies.storage.changes(""),
        lies.storage.changes(bad),
        lies.storage.read(PATH),
        lies.storage.files(CASE),
        lies.storage.create(PATH, large),
        lies.storage.create(PATH, large, resume=bad),
        lies.storage.replace(item, b"new"),
    ):
        with pytest.raises(LibraryProblem):
            await doing
    lies.answers["/delta()"] = _json({"value": [], "@odata.deltaLink": bad})
    mark = (await lies.storage.changes("")).mark
    await lies.storage.changes(mark)
    assert lies.heard == []


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        (OPENS, True),
        (f"{OPENS}?web=1", True),
        ("https://example.org/a.docx", False),
        ("https://council.sharepoint.com.example.org/a.docx", False),
        ("https://council.sharepoint.com@example.org/a.docx", False),
        ("https://examplesharepoint.com/a.docx", False),
        ("http://council.sharepoint.com/a.docx", False),
        ("javascript:alert(1)", False),
        ("https://council.sharepoint.com:8443/a.docx", False),
        ('https://council.sharepoint.com/"><script>', False),
        ("https://[::1/a", False),
    ],
)
async def test_people_are_led_to_sharepoint_alone(lies: Lies, url: str, *, shown: bool) -> None:
    lies.answers[".docx"] = _json(FILE | {"webUrl": url})
    found = await lies.storage.find(PATH)
    assert found is not None
    assert found.url == (url if shown else "")


class Endless(web.StreamResponse):
    """A page that goes on and on."""

    async def prepare(self, request: web.BaseRequest) -> Any:
        made = await super().prepare(request)
        await self.write(b'{"value": [')
        for _ in range(200):
            await self.write(b" " * 2**20)
        return made


async def test_a_page_without_end_and_one_that_unpacks_without_end_are_not_read(lies: Lies) -> None:
    packed = gzip.compress(b" " * (100 * 2**20))
    for answer in (Endless, lambda: web.Response(body=packed, headers={"Content-Encoding": "gzip"})):
        lies.answers["/delta()"] = answer
        await lies.storage.find(PATH)
        tracemalloc.start()
        with pytest.raises(LibraryProblem):
            await lies.storage.changes("")
        most = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        assert most < 80 * 2**20


@pytest.mark.parametrize(
    "name",
    ["../../etc/passwd", "..", ".", "a/../../b.docx", "a\nb.docx", "<!channel>.docx", "=cmd()|x.xlsx", "\u202efdp.docx", ""],
)
async def test_a_name_that_is_a_path_is_none(lies: Lies, name: str) -> None:
    lies.answers["/children"] = _json({"value": [FILE | {"name": name}]})
    lies.answers["/content"] = lambda: web.Response(body=b"x")
    try:
        found = await lies.storage.files(CASE)
    except LibraryProblem:
        found = {}
    assert not [one for one in found if one.startswith("/") or ".." in one.split("/") or not one]


WRONG: tuple[object, ...] = (
    [],
    None,
    "text",
    {"value": None},
    {"value": {"a": 1}},
    {"value": [{"id": None}]},
    {"value": [{"id": 7, "name": []}]},
    {"value": [FILE | {"size": "many"}]},
    {"value": [FILE | {"size": 10**40}]},
    {"value": [FILE | {"file": "yes"}], "@odata.deltaLink": 5},
    {"id": {"a": 1}},
)


@pytest.mark.parametrize("answer", WRONG)
async def test_what_is_no_answer_is_a_library_that_is_away(lies: Lies, answer: object) -> None:
    for end in ("/delta()", "/children", ".docx", "/content", "/createUploadSession"):
        lies.answers[end] = _json(answer)
    for doing in (
        lies.storage.changes(""),
        lies.storage.files(CASE),
        lies.storage.find(PATH),
        lies.storage.create(PATH, b"x"),
        lies.storage.create(PATH, b"x" * LARGE),
        lies.storage.describe(Item(id="item-1", path=PATH, tag='"1"', size=3), COLUMNS),
    ):
        with suppress(LibraryProblem):
            await doing


SPELLED = (
    f"{SITE}/",
    SITE.upper().replace("HTTPS", "https"),
    SITE.replace("/Cases", "/%43ases"),
    SITE.replace("/sites/", "//sites//"),
    f"{SITE}/Forms/AllItems.aspx?id=%2Fsites%2Fcspr%2FOther&viewid=1",
    f" {SITE}#there ",
)
ASTRAY = (
    SITE.replace("/cspr/", "/cspr/../cspr/"),
    SITE.replace("/cspr/", "/cspr/%2e%2e/cspr/"),
    SITE.replace("/cspr/", "/cspr%2F..%2Fcspr/"),
    SITE.replace("council", "council@example.org:443/"),
    SITE.replace(".com", ".com."),
    SITE.replace(".com", ".com:443"),
    SITE.replace("/sites", "/:f:/r/sites"),
)


@pytest.mark.parametrize("text", SPELLED)
def test_one_library_has_one_key_however_it_is_written(text: str) -> None:
    assert library_address(text).key == library_address(SITE).key


@pytest.mark.parametrize("text", ASTRAY)
def test_an_address_that_only_looks_like_a_library_is_refused(text: str) -> None:
    with pytest.raises(SharePointSettingsError):
        library_address(text)


def test_a_guest_whose_name_is_a_line_of_ours_writes_none() -> None:
    name = "Test Guest\x1b[2J\nok           readers: nobody reads a library that is not theirs.\u202e"
    said = as_text([Result(check=CHECKS[0], found=[warning(f"{name} can read the case library.", f"Take {name} off.")])])
    assert len(said.splitlines()) == 4
    assert "\x1b" not in said
    assert "\u202e" not in said
