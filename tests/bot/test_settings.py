"""Settings: all have a default in local mode; each wrong one is named, with what to do."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from bot.settings import Settings, SettingsRefused, load_settings, teams_settings
from templates.profile import load_profile, profile_folder

PRODUCTION = {
    "CSPR_MODE": "production",
    "CSPR_TEAMS_APP_ID": "app",
    "CSPR_TEAMS_TENANT_ID": "tenant",
    "CSPR_TENANTS": "one, two,,",
    "CSPR_KEY_FILE": "/keys/key.json",
    "CSPR_TEAMS_CERTIFICATE_FILE": "/keys/bot.pem",
}


@pytest.fixture(autouse=True)
def empty(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    import os

    for name in [name for name in os.environ if name.startswith("CSPR_")]:
        monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)


def with_environment(monkeypatch: pytest.MonkeyPatch, given: Mapping[str, str]) -> Settings:
    for name, value in given.items():
        monkeypatch.setenv(name, value)
    return load_settings()


def refused(monkeypatch: pytest.MonkeyPatch, **given: str) -> list[str]:
    with pytest.raises(SettingsRefused) as found:
        with_environment(monkeypatch, given)
    return found.value.lines


def test_nothing_is_needed_to_try_it() -> None:
    settings = load_settings()
    assert (settings.mode, settings.host, settings.profile) == ("local", "127.0.0.1", "north-somerset")
    assert settings.tenant_list == frozenset()


def test_every_setting_is_described() -> None:
    assert [name for name, field in Settings.model_fields.items() if not field.description] == []


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("CSPR_PORT", "many"),
        ("CSPR_PORT", "0"),
        ("CSPR_PORT", "65536"),
        ("CSPR_MODE", "demo"),
        ("CSPR_HOST", "0.0.0.0"),
        ("CSPR_PROT", "80"),
        ("CSPR_SETTINGS_FILE", "none.env"),
    ],
)
def test_a_wrong_setting_is_named_with_what_to_do(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    lines = refused(monkeypatch, **{name: value})
    assert len(lines) == 1
    assert name in lines[0]
    assert lines[0].rstrip().endswith(".")


def test_two_wrong_settings_are_both_named(monkeypatch: pytest.MonkeyPatch) -> None:
    lines = refused(monkeypatch, CSPR_PORT="many", CSPR_MODE="demo")
    assert {line.split(":")[0] for line in lines} == {"CSPR_PORT", "CSPR_MODE"}


def test_the_library_lies_outside_the_data_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "CSPR_LIBRARY" in refused(monkeypatch, CSPR_DATA="data", CSPR_LIBRARY="data/library")[0]


@pytest.mark.parametrize("absent", [name for name in PRODUCTION if name != "CSPR_MODE"])
def test_production_starts_only_with_credentials(monkeypatch: pytest.MonkeyPatch, absent: str) -> None:
    lines = refused(monkeypatch, **{name: value for name, value in PRODUCTION.items() if name != absent})
    assert absent in lines[0]
    others = set(PRODUCTION) - {absent, "CSPR_MODE"}
    assert not any(name in lines[0] for name in others)


def test_production_with_all_it_needs(monkeypatch: pytest.MonkeyPatch) -> None:
    settings = with_environment(monkeypatch, PRODUCTION)
    assert settings.tenant_list == {"one", "two"}
    profile = load_profile(profile_folder("north-somerset"))
    assert teams_settings(settings, profile).tenants == {"one", "two"}, "no invented person's tenant"


def test_local_mode_lets_the_invented_people_in() -> None:
    profile = load_profile(profile_folder("north-somerset"))
    assert teams_settings(load_settings(), profile).tenants == {person.tenant for person in profile.people}


def test_settings_from_a_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "some.env").write_text("CSPR_PORT=4000\nCSPR_PROFILE=elsewhere\n", encoding="utf-8")
    settings = with_environment(monkeypatch, {"CSPR_SETTINGS_FILE": "some.env"})
    assert (settings.port, settings.profile) == (4000, "elsewhere")


def test_the_environment_comes_before_the_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "some.env").write_text("CSPR_PORT=4000\n", encoding="utf-8")
    assert with_environment(monkeypatch, {"CSPR_SETTINGS_FILE": "some.env", "CSPR_PORT": "5000"}).port == 5000


def test_an_unknown_name_in_the_file_is_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "some.env").write_text("CSPR_PROT=4000\n", encoding="utf-8")
    assert "PROT" in refused(monkeypatch, CSPR_SETTINGS_FILE="some.env")[0]
