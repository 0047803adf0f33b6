"""Where the libraries are: addresses as a browser shows them, one for each organisation; half a set refuses to start."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from sharepoint_credential import certificate

from bot.clock import MovableClock
from bot.library.document import CASES
from bot.library.folder import FolderStorage
from bot.library.shelves import places_of, shelves_of
from bot.settings import Settings, SettingsRefused, load_settings
from bot.sharepoint.settings import LibraryAddress, SharePointSettingsError, library_address
from bot.sharepoint.storage import SharePointStorage

SITE = "https://council.sharepoint.com/sites/cspr"
SET = {"CSPR_SHAREPOINT_LIBRARY": f"{SITE}/Cases", "CSPR_SHAREPOINT_TENANT_ID": "tenant-1"}


@pytest.fixture(autouse=True)
def empty(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in [name for name in os.environ if name.startswith("CSPR_")]:
        monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)


def refused(monkeypatch: pytest.MonkeyPatch, **given: str) -> list[str]:
    for name, value in given.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(SettingsRefused) as found:
        load_settings()
    return found.value.lines


def settings(tmp_path: Path, lines: str = "", **more: object) -> Settings:
    file = tmp_path / "libraries.txt"
    file.write_text(lines, encoding="utf-8")
    return Settings.model_validate({"organisation_libraries_file": file, **more})


@pytest.mark.parametrize(
    ("text", "site", "library"),
    [
        (f"{SITE}/Cases", "sites/cspr", "Cases"),
        (f" {SITE}/Shared%20Documents/Forms/AllItems.aspx?id=%2Fsites%2Fcspr&viewid=1#x ", "sites/cspr", "Shared Documents"),
        ("https://Council.SharePoint.com/teams/a/b/Cases/", "teams/a/b", "Cases"),
        ("https://council.sharepoint.com/Cases/Forms", "", "Cases"),
    ],
)
def test_an_address_of_a_browser_names_site_and_library(text: str, site: str, library: str) -> None:
    assert library_address(text) == LibraryAddress("council.sharepoint.com", site, library)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Cases",
        "http://council.sharepoint.com/sites/cspr/Cases",
        "https://council.example.org/sites/cspr/Cases",
        "https://sharepoint.com/sites/cspr/Cases",
        "https://council.sharepoint.com.example.org/sites/cspr/Cases",
        "https://council.sharepoint.com@example.org/sites/cspr/Cases",
        "https://council.sharepoint.com:8443/sites/cspr/Cases",
        "https://council.sharepoint.com/",
        "https://council.sharepoint.com/sites/cspr",
        "https://council.sharepoint.com/:f:/r/sites/cspr/Cases",
        "https://council.sharepoint.com/sites/cspr/_layouts/15/viewlsts.aspx",
        "https://council.sharepoint.com/sites/cspr/SitePages/Home.aspx",
        "https://council.sharepoint.com/sites/../Cases/x",
        "https://council.sharepoint.com/sites/cspr/Ca%0Ases",
        "https://[council/sites/cspr/Cases",
    ],
)
def test_an_address_that_leads_elsewhere_is_refused_with_what_to_do(text: str) -> None:
    with pytest.raises(SharePointSettingsError) as found:
        library_address(text)
    assert "opy" in str(found.value)
    assert str(found.value).endswith(".")


def test_half_a_set_refuses_to_start(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "CSPR_SHAREPOINT_TENANT_ID" in refused(monkeypatch, CSPR_SHAREPOINT_LIBRARY=f"{SITE}/Cases")[0]
    assert "CSPR_SHAREPOINT_APP_ID" in refused(monkeypatch, **SET, CSPR_SHAREPOINT_CERTIFICATE_FILE="cert.pem")[0]
    monkeypatch.delenv("CSPR_SHAREPOINT_CERTIFICATE_FILE")
    monkeypatch.delenv("CSPR_SHAREPOINT_LIBRARY")
    assert "CSPR_SHAREPOINT_LIBRARY is missing" in refused(monkeypatch)[0]
    assert "CSPR_SHAREPOINT_LIBRARY:" in refused(monkeypatch, CSPR_SHAREPOINT_LIBRARY="http://x")[0]


def test_without_sharepoint_the_case_library_is_a_folder(tmp_path: Path) -> None:
    shelves = shelves_of(settings(tmp_path, library=tmp_path / "library"), MovableClock())
    assert {shelf: type(one) for shelf, one in shelves.storages.items()} == {CASES: FolderStorage}


async def test_each_organisation_has_a_library_of_its_own(tmp_path: Path) -> None:
    lines = f"\ufeff# Which library is whose\n\npolice {SITE}/Police\nhealth-a  {tmp_path / 'health a'}\n"
    known = settings(
        tmp_path,
        lines,
        sharepoint_library=f"{SITE}/Cases",
        sharepoint_tenant_id="tenant-1",
        sharepoint_app_id="app-1",
        sharepoint_certificate_file=certificate(tmp_path),
    )
    shelves = shelves_of(known, MovableClock())
    assert {shelf: type(one) for shelf, one in shelves.storages.items()} == {
        CASES: SharePointStorage,
        "police": SharePointStorage,
        "health-a": FolderStorage,
    }
    await shelves.close()


@pytest.mark.parametrize(
    ("lines", "says"),
    [
        ("police", "write the organisation's id"),
        ("../x {here}/a", "write the organisation's id"),
        ("po:lice {here}/a", "write the organisation's id"),
        ("police {here}/a\npolice {here}/b", "line 2: this organisation has a library already"),
        ("police {here}/a\nhealth {here}/a", "line 2: this is the library of police"),
        ("police {here}/a\nhealth {here}/a/b", "line 2: this is the library of police"),
        ("police {here}/library", "line 1: this is the case library"),
        ("police {here}/library/police", "line 1: this is the case library"),
        ("police {here}", "line 1: the folder must be outside the data folder"),
        ("police {here}/data/police", "line 1: the folder must be outside the data folder"),
        ("police {site}/Police\nhealth {site}/police/Forms/AllItems.aspx", "line 2: this is the library of police"),
        ("police http://council.sharepoint.com/sites/cspr/Police", "line 1: the address must begin with https://"),
    ],
)
def test_two_never_share_a_library(tmp_path: Path, lines: str, says: str) -> None:
    given = lines.format(here=tmp_path, site=SITE)
    known = settings(
        tmp_path, given, data=tmp_path / "data", library=tmp_path / "library", sharepoint_tenant_id="t", sharepoint_app_id="a"
    )
    with pytest.raises(SettingsRefused) as found:
        places_of(known)
    assert says in str(found.value)
    assert len(found.value.lines) == 1


def test_an_organisations_library_is_never_the_case_library(tmp_path: Path) -> None:
    known = settings(tmp_path, f"police {SITE}/cases\n", sharepoint_library=f"{SITE}/Cases", sharepoint_tenant_id="t")
    with pytest.raises(SettingsRefused, match="this is the case library"):
        places_of(known)


def test_every_wrong_line_is_named_at_once(tmp_path: Path) -> None:
    with pytest.raises(SettingsRefused) as found:
        places_of(settings(tmp_path, "police\nhealth\n"))
    assert [line.partition(":")[0][-6:] for line in found.value.lines] == ["line 1", "line 2"]


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(SettingsRefused, match="CSPR_ORGANISATION_LIBRARIES_FILE"):
        places_of(Settings(organisation_libraries_file=tmp_path / "none"))


def test_an_organisations_sharepoint_needs_the_tenant_too(tmp_path: Path) -> None:
    with pytest.raises(SettingsRefused, match="CSPR_SHAREPOINT_TENANT_ID"):
        shelves_of(settings(tmp_path, f"police {SITE}/Police\n"), MovableClock())


def test_a_certificate_that_others_can_read_is_refused(tmp_path: Path) -> None:
    file = certificate(tmp_path)
    known = settings(
        tmp_path,
        sharepoint_library=f"{SITE}/Cases",
        sharepoint_tenant_id="t",
        sharepoint_app_id="a",
        sharepoint_certificate_file=file,
    )
    shelves_of(known, MovableClock())
    file.chmod(0o640)
    with pytest.raises(SettingsRefused, match="chmod 600"):
        shelves_of(known, MovableClock())
    file.chmod(0o600)
    file.write_text("nothing of use", encoding="utf-8")
    with pytest.raises(SettingsRefused, match="certificate and its key"):
        shelves_of(known, MovableClock())
    file.unlink()
    with pytest.raises(SettingsRefused, match="cannot be read"):
        shelves_of(known, MovableClock())
