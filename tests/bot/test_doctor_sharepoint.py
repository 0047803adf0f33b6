"""`cspr doctor` in SharePoint, through the real msgraph-sdk: signing in, the library, and who can read it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import jwt
import pytest
from azure.core.credentials import AccessToken
from azure.core.exceptions import ClientAuthenticationError
from doctor_kit import CLOSED, fails, finds, found, looked_at, not_looked_at, one, settings, warns
from doctor_survey import WHOLE
from fake_graph import HOST, FakeGraph, loopback_graph
from graph_book import Grant, Identity, Label, Library
from msgspec.structs import replace
from sharepoint_credential import certificate
from sharepoint_kit import PATH, Credential

from bot.doctor.finding import Finding, Status
from bot.doctor.subject import Sites, Subject
from bot.library.inspecting import PROBE, Reader, Readers, ReadingGroup
from bot.settings import Settings
from bot.sharepoint.describing import NAMES

ADDRESS = f"https://{HOST}/sites/cspr/Cases"


class Named(Identity):
    """Somebody as Graph names them: as the directory knows them, as the site does, or both."""

    def __init__(self, **sides: Mapping[str, str]) -> None:
        super().__init__("user", "", "")
        object.__setattr__(self, "sides", sides)

    def json(self) -> dict[str, Any]:
        sides: dict[str, Any] = self.sides  # type: ignore[attr-defined]
        return sides


class Refused(Credential):
    """Microsoft gives no token."""

    async def get_token(self, *_: str, **__: Any) -> AccessToken:
        raise ClientAuthenticationError("a secret of Microsoft's")


class Signed(Credential):
    """A token with such roles in it."""

    def __init__(self, *roles: str) -> None:
        super().__init__(jwt.encode({"roles": roles}, "a key of thirty-two letters or more", algorithm="HS256"))


@pytest.fixture
async def graph() -> AsyncIterator[FakeGraph]:
    async with loopback_graph() as running:
        yield running


@pytest.fixture
def cases(graph: FakeGraph) -> Library:
    library = graph.site("sites/cspr").library("Cases", tuple(NAMES))
    library.grants = [Grant(Identity("siteGroup", "3", "Test Owners"), "owner")]
    return library


def in_sharepoint(folder: Path, **given: Any) -> Settings:
    fresh: dict[str, Any] = {"sharepoint_library": ADDRESS, "sharepoint_tenant_id": "tenant", "sharepoint_app_id": "app"}
    return settings(folder, **(fresh | {"sharepoint_certificate_file": certificate(folder)} | given))


def sites(graph: FakeGraph, credential: Credential | None = None) -> Sites:
    signs = credential or Credential()
    return Sites(
        login=CLOSED,
        graph=graph.base_url,
        library=CLOSED,
        loopback=urlsplit(graph.where.apart).netloc,
        credentials=lambda _: signs,  # type: ignore[arg-type,return-value]
    )


@asynccontextmanager
async def subject(
    folder: Path, graph: FakeGraph, *, credential: Credential | None = None, more: Mapping[str, Any] | None = None, **given: Any
) -> AsyncIterator[Subject]:
    async with looked_at(in_sharepoint(folder, **given), sites=sites(graph, credential), **(more or {})) as made:
        yield made


async def told(name: str, folder: Path, graph: FakeGraph, **more: Any) -> list[Finding]:
    async with subject(folder, graph, **more) as made:
        return await finds(name, made)


async def test_sharepoint_that_is_not_set(tmp_path: Path) -> None:
    assert [each.said for each in await found("sharepoint", settings(tmp_path))] == ["SharePoint is not set."]


async def test_no_more_than_the_sites_that_were_selected(tmp_path: Path, graph: FakeGraph) -> None:
    result = await told("sharepoint", tmp_path, graph, credential=Signed("Sites.Selected"))
    assert [each.said for each in result] == ["Microsoft gives a token, and it allows Sites.Selected alone."]


async def test_more_than_is_needed(tmp_path: Path, graph: FakeGraph) -> None:
    signed = Signed("Sites.Selected", "Sites.ReadWrite.All", "Files.ReadWrite.All")
    result = warns(await told("sharepoint", tmp_path, graph, credential=signed))
    assert result.said == "The registration may do more than it needs: Files.ReadWrite.All, Sites.ReadWrite.All."
    assert "take away all but Sites.Selected" in result.do


async def test_less_than_is_needed(tmp_path: Path, graph: FakeGraph) -> None:
    result = fails(await told("sharepoint", tmp_path, graph, credential=Signed()))
    assert result.said == "The registration does not have Sites.Selected."


async def test_a_token_that_does_not_show_what_it_allows(tmp_path: Path, graph: FakeGraph) -> None:
    assert not_looked_at(await told("sharepoint", tmp_path, graph, credential=Credential("not to be read")))


async def test_no_token(tmp_path: Path, graph: FakeGraph) -> None:
    result = fails(await told("sharepoint", tmp_path, graph, credential=Refused()))
    assert result.said == "Microsoft gave no token for SharePoint (ClientAuthenticationError)."
    assert "CSPR_SHAREPOINT_APP_ID" in result.do


async def test_a_library_that_can_be_used(tmp_path: Path, graph: FakeGraph, cases: Library) -> None:
    result = await told("libraries", tmp_path, graph, more={"write": True})
    assert [each.said for each in result] == [
        "The case library: It is there, with its columns.",
        "The case library: A file was written, replaced, read and deleted, and its versions were kept.",
    ]
    assert graph.files(cases) == {}
    assert graph.violations == []


async def test_without_write_nothing_is_written(tmp_path: Path, graph: FakeGraph, cases: Library) -> None:
    result = await told("libraries", tmp_path, graph)
    assert "cspr doctor --write" in one(result, Status.NOT_CHECKED).do
    assert graph.files(cases) == {}
    assert {call.method for call in graph.log} == {"GET"}


async def test_columns_that_are_missing(tmp_path: Path, graph: FakeGraph) -> None:
    graph.site("sites/cspr").library("Cases", ("CSPRReference", "CSPRDocument", "CSPRVersion"))
    result = warns(await told("libraries", tmp_path, graph))
    assert result.said == "The case library: It has no columns CSPROrganisation, CSPRState."
    assert "by exactly these names" in result.do


async def test_a_library_that_is_not_there(tmp_path: Path, graph: FakeGraph) -> None:
    graph.site("sites/cspr").library("Others")
    result = fails(await told("libraries", tmp_path, graph))
    assert result.said == "The case library: It cannot be found or reached (there is no such library in the site)."
    assert result.do.startswith("Compare its address")


async def test_a_site_that_is_not_granted(tmp_path: Path, graph: FakeGraph, cases: Library) -> None:
    graph.grant(cases.site, "")
    assert "Grant the site" in fails(await told("libraries", tmp_path, graph)).do


async def test_a_site_that_may_only_be_read(tmp_path: Path, graph: FakeGraph, cases: Library) -> None:
    graph.grant(cases.site, "read")
    result = fails(await told("libraries", tmp_path, graph, more={"write": True}))
    assert result.said.startswith("The case library: Nothing can be written there")


async def test_a_probe_that_is_left_over_is_taken_away(tmp_path: Path, graph: FakeGraph, cases: Library) -> None:
    async with subject(tmp_path, graph, more={"write": True}) as made:
        await made.shelves[""].create(PROBE, b"left over")
        assert [each.status for each in await finds("libraries", made)] == [Status.OK, Status.OK]
    assert graph.files(cases) == {}


async def test_the_retention_label(tmp_path: Path, graph: FakeGraph, cases: Library) -> None:
    graph.book.labels["Test label"] = Label("Test label")
    labelled = {"sharepoint_retention_label": "Test label"}
    result = await told("libraries", tmp_path, graph, **labelled)
    assert any("No document was filed there yet" in each.said for each in result)
    async with subject(tmp_path, graph, **labelled) as made:
        item = (await made.shelves[""].create(PATH, b"one")).id
    known = {"survey": replace(WHOLE, filed={"": item})}
    result = warns(await told("libraries", tmp_path, graph, more=known, **labelled))
    assert result.said == 'The case library: The newest document does not show the retention label "Test label".'
    cases.items[item].label = graph.book.labels["Test label"]
    result = await told("libraries", tmp_path, graph, more=known, **labelled)
    assert any(each.said.endswith('The newest document has the retention label "Test label".') for each in result)


async def test_libraries_that_the_settings_cannot_name(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("police\n")
    result = fails(await found("libraries", settings(tmp_path, organisation_libraries_file=tmp_path / "file")))
    assert result.said.startswith("CSPR_ORGANISATION_LIBRARIES_FILE, line 1")


PEOPLE: Sequence[tuple[Named | Identity, Reader]] = (
    (Identity("user", "lead", "Test Lead"), Reader(id="lead", name="Test Lead")),
    (
        Named(
            user={"id": "lead", "displayName": "Test Lead", "email": "lead@example.org"},
            siteUser={"id": "9", "displayName": "Test Lead", "loginName": "i:0#.f|membership|lead@example.org"},
        ),
        Reader(id="lead", name="Test Lead", email="lead@example.org"),
    ),
    (
        Named(
            siteUser={
                "id": "9",
                "displayName": "Test Guest",
                "loginName": "i:0#.f|membership|Test_Guest_example.org#EXT#@x.test",
            }
        ),
        Reader(name="Test Guest", email="test_guest@example.org"),
    ),
)
GROUPS: Sequence[tuple[Named | Identity, ReadingGroup]] = (
    (Identity("siteGroup", "3", "Test Owners"), ReadingGroup(id="3", name="Test Owners")),
    (Identity("group", "g1", "Test Team"), ReadingGroup(id="g1", name="Test Team")),
    (
        Named(siteUser={"id": "9", "displayName": "Test Team", "loginName": "c:0t.c|tenant|G1"}),
        ReadingGroup(id="g1", name="Test Team"),
    ),
)
EVERYONE = (
    Named(
        siteUser={
            "id": "5",
            "displayName": "Everyone except external users",
            "loginName": "c:0-.f|rolemanager|spo-grid-all-users/x",
        }
    ),
    Named(user={"displayName": "Everyone"}, siteUser={"displayName": "Everyone", "loginName": "c:0(.s|true"}),
    Identity("group", "9", "Everyone except external users"),
)


async def readers(folder: Path, graph: FakeGraph) -> Readers:
    async with subject(folder, graph) as made:
        shelf: Any = made.shelves[""]
        those: Readers = await shelf.readers()
        return those


@pytest.mark.parametrize(("who", "reader"), PEOPLE)
async def test_a_person_who_can_read(tmp_path: Path, graph: FakeGraph, cases: Library, who: Identity, reader: Reader) -> None:
    cases.grants = [Grant(who)]
    assert await readers(tmp_path, graph) == Readers(people=(reader,))


@pytest.mark.parametrize(("who", "group"), GROUPS)
async def test_a_group_that_can_read(
    tmp_path: Path, graph: FakeGraph, cases: Library, who: Identity, group: ReadingGroup
) -> None:
    cases.grants = [Grant(who), Grant(who, "write")]
    assert await readers(tmp_path, graph) == Readers(groups=(group,))


@pytest.mark.parametrize("who", EVERYONE)
async def test_everybody_can_read(tmp_path: Path, graph: FakeGraph, cases: Library, who: Identity) -> None:
    cases.grants = [Grant(who)]
    result = fails(await told("readers", tmp_path, graph, more={"survey": WHOLE}))
    assert result.said.startswith("The case library can be read by Everyone")


async def test_a_sharing_link_of_the_library(tmp_path: Path, graph: FakeGraph, cases: Library) -> None:
    cases.grants += [Grant(None, link="anonymous"), Grant(Identity("user", "lead", "Test Lead"), link="users")]
    result = await told("readers", tmp_path, graph, more={"survey": WHOLE})
    assert "anybody who has the link" in fails(result).said
    assert {each.said for each in result if each.status is Status.WARNING} == {
        "The case library is shared by a link with people who are named in it.",
        "Test Lead can read the case library, and belongs to police.",
    }


async def test_a_library_that_shows_only_ourselves(tmp_path: Path, graph: FakeGraph, cases: Library) -> None:
    cases.grants = [Grant(graph.app.identity, "write")]
    result = one(await told("readers", tmp_path, graph, more={"survey": WHOLE}), Status.NOT_CHECKED)
    assert result.said == "The case library does not show the assistant who can read it."


async def test_a_lead_can_read_the_case_library_in_sharepoint(tmp_path: Path, graph: FakeGraph, cases: Library) -> None:
    graph.site("sites/police").library("Ours").grants = [Grant(Identity("group", "g1", "Test Police Team"))]
    cases.grants += [Grant(Identity("user", "LEAD", "Test Lead")), Grant(Identity("group", "g1", "Test Police Team"))]
    (tmp_path / "file").write_text(f"police https://{HOST}/sites/police/Ours\n")
    given = {"organisation_libraries_file": tmp_path / "file"}
    result = await told("readers", tmp_path, graph, more={"survey": WHOLE}, **given)
    assert [each.said for each in result if each.status is Status.WARNING] == [
        "Test Lead can read the case library, and belongs to police.",
        'The group "Test Police Team" can read the case library, and the library of police as well.',
    ]


async def test_a_library_that_does_not_answer(tmp_path: Path, graph: FakeGraph, cases: Library) -> None:
    graph.grant(cases.site, "")
    result = one(await told("readers", tmp_path, graph, more={"survey": WHOLE}), Status.NOT_CHECKED)
    assert result.said == "Who can read the case library could not be asked."
