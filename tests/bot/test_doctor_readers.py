"""`cspr doctor` warns when an organisation's people can read the case library, or what is another organisation's."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
from doctor_kit import NOW, NOWHERE, fails, finds, found, is_ok, looked_at, not_looked_at, one, settings, warns
from doctor_survey import WHOLE, grant
from msgspec.structs import replace

from bot.doctor.finding import Finding, Status, ok
from bot.library.folder import FolderStorage
from bot.library.inspecting import Reader, Readers, ReadingGroup
from bot.library.storage import LibraryDenied
from state.records import AccountRecord, PersonRecord
from state.sqlite.surveying import Survey

LEAD = Reader(id="LEAD", name="Test Lead")
"""Known to the database as `tenant/lead`: a directory may write ids in capitals."""
COORDINATOR = Reader(id="one", name="Test Coordinator")
STRANGER = Reader(id="nobody", name="Test Stranger")


class FakeLibrary(FolderStorage):
    """A library that says who can read it."""

    def __init__(self, those: Readers) -> None:
        super().__init__(Path("nowhere"))
        self.those = those

    async def inspect(self, *, write: bool = False, filed: str = "") -> Sequence[Finding]:
        return [ok("It is there.")]

    async def readers(self) -> Readers:
        return self.those


class Closed(FakeLibrary):
    """A library that does not say it."""

    async def readers(self) -> Readers:
        raise LibraryDenied


async def told(tmp_path: Path, shelves: Mapping[str, FakeLibrary], survey: Survey = WHOLE) -> list[Finding]:
    return await found("readers", settings(tmp_path), shelves=shelves, survey=survey)


def library(*people: Reader, **given: Any) -> FakeLibrary:
    return FakeLibrary(Readers(people=people, **given))


async def test_nobody_reads_what_is_not_theirs(tmp_path: Path) -> None:
    shelves = {"": library(COORDINATOR, STRANGER), "police": library(COORDINATOR, LEAD)}
    assert is_ok(await told(tmp_path, shelves))


async def test_a_lead_can_read_the_case_library(tmp_path: Path) -> None:
    result = warns(await told(tmp_path, {"": library(COORDINATOR, LEAD)}))
    assert result.said == "Test Lead can read the case library, and belongs to police."
    assert result.do.startswith("Take them off the permissions of the case library")


@pytest.mark.parametrize(
    ("survey", "reader"),
    [
        (replace(WHOLE, grants=(grant("tenant/lead", "deputy", organisation="police"),)), LEAD),
        (replace(WHOLE, grants=(), authors=frozenset({("police", "tenant/lead")})), LEAD),
        (
            replace(
                WHOLE, grants=(), people=(PersonRecord(id="t/x", name="", organisation="police", email="Lead@Example.org"),)
            ),
            Reader(email="lead@example.ORG"),
        ),
        (
            replace(WHOLE, accounts=(AccountRecord(id="other/account", person="tenant/lead", asked_at=NOW, confirmed_at=NOW),)),
            Reader(id="account"),
        ),
    ],
    ids=["deputy", "author", "by e-mail", "another account"],
)
async def test_everybody_of_an_organisation_is_known_by_whatever_is_known_of_them(
    tmp_path: Path, survey: Survey, reader: Reader
) -> None:
    assert "belongs to police" in warns(await told(tmp_path, {"": library(reader)}, survey)).said


async def test_whose_role_has_ended_is_not_of_the_organisation(tmp_path: Path) -> None:
    ended = replace(WHOLE, grants=(grant("tenant/lead", "agency_lead", organisation="police", ended_at=NOW),))
    assert is_ok(await told(tmp_path, {"": library(LEAD)}, ended))


async def test_a_coordinator_may_read_every_library(tmp_path: Path) -> None:
    both = replace(WHOLE, grants=(*WHOLE.grants, grant("tenant/one", "agency_lead", organisation="police")))
    assert is_ok(await told(tmp_path, {"": library(COORDINATOR), "housing": library(COORDINATOR)}, both))


async def test_one_organisations_people_in_anothers_library(tmp_path: Path) -> None:
    result = warns(await told(tmp_path, {"police": library(LEAD), "housing": library(LEAD)}))
    assert result.said == "Test Lead can read the library of housing, and belongs to police."


async def test_whoever_is_on_an_organisations_library_may_not_be_on_the_case_library(tmp_path: Path) -> None:
    result = warns(await told(tmp_path, {"": library(STRANGER), "housing": library(replace(STRANGER, name=""))}))
    assert result.said == "Test Stranger can read the case library, and belongs to housing."


async def test_a_group_that_is_on_both(tmp_path: Path) -> None:
    group = ReadingGroup(id="g1", name="Test Police Team")
    result = warns(await told(tmp_path, {"": library(groups=(group,)), "police": library(groups=(group,))}))
    assert result.said == 'The group "Test Police Team" can read the case library, and the library of police as well.'
    assert result.do == "Unless only coordinators are in it, take it off the case library."


async def test_a_group_that_is_on_two_organisations_libraries(tmp_path: Path) -> None:
    group = ReadingGroup(id="g1", name="Test Team")
    result = await told(tmp_path, {"housing": library(groups=(group,)), "police": library(groups=(group,))})
    assert {each.status for each in result} == {Status.WARNING}
    assert len(result) == 2


async def test_a_group_is_named_to_be_looked_into_by_hand(tmp_path: Path) -> None:
    result = one(await told(tmp_path, {"": library(groups=(ReadingGroup(id="g1", name="Test Owners"),))}), Status.NOT_CHECKED)
    assert result.said == 'The group "Test Owners" can read the case library; the assistant cannot see who is in it.'
    assert result.do == "See that nobody of an organisation is in it."


async def test_everybody_can_read_it(tmp_path: Path) -> None:
    result = fails(await told(tmp_path, {"": library(everyone=("Everyone except external users",))}))
    assert result.said == "The case library can be read by Everyone except external users."


@pytest.mark.parametrize(
    ("scope", "status", "whom"),
    [
        ("anonymous", Status.FAILED, "anybody who has the link"),
        ("organization", Status.FAILED, "everybody in the tenant who has the link"),
        ("users", Status.WARNING, "people who are named in it"),
    ],
)
async def test_a_sharing_link_of_the_whole_library(tmp_path: Path, scope: str, status: Status, whom: str) -> None:
    result = one(await told(tmp_path, {"police": library(links=(scope,))}), status)
    assert result.said.startswith("The library of police is shared by a link")
    assert result.said.endswith(f"with {whom}.")
    assert "The assistant makes none." in result.do


async def test_a_library_that_does_not_say_who_can_read_it(tmp_path: Path) -> None:
    result = one(await told(tmp_path, {"": library(hidden=True)}), Status.NOT_CHECKED)
    assert result.said == "The case library does not show the assistant who can read it."
    assert "Permissions for this document library" in result.do
    closed = one(await told(tmp_path, {"": Closed(Readers())}), Status.NOT_CHECKED)
    assert closed.said == "Who can read the case library could not be asked."


async def test_without_a_database_what_is_open_to_everybody_is_still_seen(tmp_path: Path) -> None:
    async with looked_at(settings(tmp_path), sites=NOWHERE, shelves={"": library(LEAD, everyone=("Everyone",))}) as subject:
        result = await finds("readers", subject)
    assert "can be read by Everyone" in fails(result).said
    assert not_looked_at([each for each in result if each.status is not Status.FAILED])


async def test_a_folder_says_by_its_mode_who_can_read_it(tmp_path: Path) -> None:
    for name in ("cases", "police"):
        (tmp_path / name).mkdir()
    shelves = {"": FolderStorage(tmp_path / "cases"), "police": FolderStorage(tmp_path / "police")}

    async def with_modes(cases: int, police: int) -> list[Finding]:
        (tmp_path / "cases").chmod(cases)
        (tmp_path / "police").chmod(police)
        return await found("readers", settings(tmp_path), shelves=shelves, survey=WHOLE)

    assert is_ok(await with_modes(0o700, 0o770))
    assert "everybody who has an account on this machine" in fails(await with_modes(0o705, 0o700)).said
    assert warns(await with_modes(0o750, 0o750)).said.endswith("can read the case library, and the library of police as well.")
