"""The Slack manifest: Slack's types take its shape, a check of ours holds its limits, `cspr package --slack` fills it in."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any

import pytest
import yaml
from slack_manifest_limits import refused
from slack_schema import against

from bot.cli import main
from bot.commands.package_slack import LONGEST_DESCRIPTION, PATH, SOURCE, AddressRefused, manifest_for

ADDRESS = "https://cspr.example.org"
OURS = {name: manifest_for("NSSCP", ADDRESS, socket_mode=mode) for name, mode in (("http", False), ("socket", True))}
WRONG: list[tuple[tuple[str, ...], Any]] = [
    (("display_information", "name"), "n" * 36),
    (("display_information", "description"), "d" * 141),
    (("display_information", "long_description"), "d" * 174),
    (("display_information", "background_color"), "blue"),
    (("features", "shortcuts", "0", "name"), "A name of 25 characters !"),
    (("features", "shortcuts", "0", "description"), "d" * 151),
    (("features", "shortcuts", "1", "type"), "channel"),
    (("features", "slash_commands", "0", "command"), "cspr"),
    (("features", "slash_commands", "0", "url"), "http://cspr.example.org/slack/events"),
    (("features", "app_home", "messages_tab_read_only_enabled"), True),
    (("settings", "interactivity", "request_url"), ""),
    (("settings", "socket_mode_enabled"), True),
    (("oauth_config", "scopes", "bot"), ["commands", "commands"]),
    (("settings", "event_subscriptions", "bot_events"), []),
    (("settings", "something_else"), "x"),
]


def wrong(manifest: dict[str, Any]) -> list[str]:
    return against("@slack/web-api", "AppsManifestValidateArguments", {"manifest": manifest})


def with_mistake(path: tuple[str, ...], value: Any) -> dict[str, Any]:
    manifest = copy.deepcopy(OURS["http"])
    part: Any = manifest
    for step in path[:-1]:
        part = part[int(step)] if isinstance(part, list) else part[step]
    part[path[-1]] = value
    return manifest


@pytest.mark.needs_node
def test_slacks_own_types_take_the_manifest_and_would_see_a_mistake() -> None:
    for manifest in (*OURS.values(), yaml.safe_load(SOURCE.read_text(encoding="utf-8"))):
        assert wrong(manifest) == []
    for path, value in (
        (("oauth_config", "scopes", "bot"), ["chat:wrote"]),
        (("settings", "event_subscriptions", "bot_events"), ["message.dm"]),
        (("settings", "interactivity", "enabled"), True),
        (("features", "shortcuts", "0", "callback_id"), 1),
    ):
        assert wrong(with_mistake(path, value)) != [], path


@pytest.mark.parametrize("which", OURS)
def test_it_is_within_slacks_limits(which: str) -> None:
    assert refused(OURS[which]) == []


@pytest.mark.parametrize(("path", "value"), WRONG, ids=[".".join(path) for path, _ in WRONG])
def test_the_check_sees_a_mistake(path: tuple[str, ...], value: Any) -> None:
    assert len(refused(with_mistake(path, value))) >= 1


def test_every_request_goes_to_the_address_that_was_given() -> None:
    manifest = OURS["http"]
    assert manifest["settings"]["event_subscriptions"]["request_url"] == ADDRESS + PATH
    assert manifest["settings"]["interactivity"]["request_url"] == ADDRESS + PATH
    assert [one["url"] for one in manifest["features"]["slash_commands"]] == [ADDRESS + PATH]
    assert "partnership.example" not in str(manifest)


def test_with_socket_mode_no_address_is_given() -> None:
    assert "https://" not in str(OURS["socket"])
    assert (OURS["socket"]["settings"]["socket_mode_enabled"], OURS["http"]["settings"]["socket_mode_enabled"]) == (True, False)


@pytest.mark.parametrize("name", ["NSSCP", "N" * 200])
def test_the_partnership_is_named_in_the_description(name: str) -> None:
    described = manifest_for(name, ADDRESS, socket_mode=False)["display_information"]["description"]
    assert name[:20] in described
    assert "your partnership" not in described
    assert len(described) <= LONGEST_DESCRIPTION


@pytest.mark.parametrize(
    "address",
    [
        "http://cspr.example.org",
        "cspr.example.org",
        "https://",
        "https://a b",
        "https://a?b=c",
        "https://user@host",
        "HTTPS:/x",
    ],
)
def test_an_address_that_is_not_one_is_refused(address: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(AddressRefused):
        manifest_for("NSSCP", address, socket_mode=False)
    out = tmp_path / "manifest.yaml"
    assert main(["package", "--slack", "--address", address, "--out", str(out)]) == 1
    assert "must begin with https://" in capsys.readouterr().err
    assert not out.exists()


@pytest.mark.parametrize("given", [[], ["--socket-mode", "--address", ADDRESS]])
def test_it_asks_for_one_way_to_be_reached(given: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["package", "--slack", *given, "--out", str(tmp_path / "manifest.yaml")]) == 1
    assert "--address" in capsys.readouterr().err


@pytest.mark.parametrize("given", [["--socket-mode"], ["--address", f"{ADDRESS}/"], ["--address", f"{ADDRESS}:8443/a/b"]])
def test_the_same_settings_give_the_same_bytes(given: list[str], tmp_path: Path) -> None:
    for name in ("a.yaml", "b.yaml"):
        assert main(["package", "--slack", *given, "--out", str(tmp_path / name)]) == 0
    assert (tmp_path / "a.yaml").read_bytes() == (tmp_path / "b.yaml").read_bytes()
    assert refused(yaml.safe_load((tmp_path / "a.yaml").read_text(encoding="utf-8"))) == []
