"""The Teams app package: Microsoft's schema takes it, its icons are as Teams wants them, its commands are understood."""

from __future__ import annotations

import argparse
import json
import struct
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest
import yaml
from node_tools import needed, run_js

from bot.commands.package import NOBODY, SOURCE, filled, placeholders, run, write_package
from templates.profile import profile_folder

APP = "608cacfd-1cea-40c9-b678-4b93e69bb72b"
OWN = {
    "websiteUrl": "https://council.example/",
    "privacyUrl": "https://council.example/p",
    "termsOfUseUrl": "https://council.example/t",
}


def told(manifest: dict[str, Any], tmp_path: Path) -> list[Any]:
    file = tmp_path / "manifest.json"
    file.write_text(json.dumps(manifest))
    wrong: list[Any] = json.loads(run_js("validate_manifest.js", str(file)))
    return wrong


@pytest.mark.needs_node
def test_microsofts_schema_takes_the_manifest_and_would_see_a_mistake(tmp_path: Path) -> None:
    needed()
    manifest = filled(APP, "NSSCP", OWN)
    assert told(manifest, tmp_path) == []
    assert told(filled("", "NSSCP", {}), tmp_path) == []
    manifest["bots"][0]["botId"] = "not an id"
    assert told(manifest, tmp_path) != []


def test_what_is_known_is_filled_in_and_the_rest_is_said() -> None:
    manifest = filled(APP, "N" * 40, OWN)
    assert manifest["bots"][0]["botId"] == APP
    assert manifest["id"] not in (NOBODY, APP)
    assert manifest["developer"]["name"] == "N" * 32
    assert placeholders(manifest) == []
    assert len(placeholders(filled("", "NSSCP", {}))) == 4


def test_the_package_holds_three_files_and_is_the_same_each_time(tmp_path: Path) -> None:
    write_package(tmp_path / "a.zip", filled(APP, "NSSCP", OWN))
    write_package(tmp_path / "b.zip", filled(APP, "NSSCP", OWN))
    assert (tmp_path / "a.zip").read_bytes() == (tmp_path / "b.zip").read_bytes()
    with zipfile.ZipFile(tmp_path / "a.zip") as package:
        assert package.namelist() == ["manifest.json", "color.png", "outline.png"]


def test_an_address_that_is_not_https_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "a.zip"
    options = argparse.Namespace(out=out, website="http://council.example", privacy="", terms="", slack=False)
    assert run(options) == 1
    assert "must begin with https://" in capsys.readouterr().err
    assert not out.exists()


@pytest.mark.parametrize(("name", "size"), [("color.png", 192), ("outline.png", 32)])
def test_the_icons_have_the_sizes_teams_wants(name: str, size: int) -> None:
    data = (SOURCE / name).read_bytes()
    assert data[:8] == b"\x89PNG\r\n\x1a\n"
    assert struct.unpack(">II", data[16:24]) == (size, size)


def test_the_icons_are_what_the_script_draws(tmp_path: Path) -> None:
    script = tmp_path / "draw_icons.py"
    script.write_bytes((SOURCE / "draw_icons.py").read_bytes())
    subprocess.run([sys.executable, str(script)], check=True, timeout=60)
    assert (tmp_path / "color.png").read_bytes() == (SOURCE / "color.png").read_bytes()
    assert (tmp_path / "outline.png").read_bytes() == (SOURCE / "outline.png").read_bytes()


def test_every_command_has_a_description_and_is_something_people_can_type() -> None:
    asking = yaml.safe_load((profile_folder("north-somerset") / "asking.yaml").read_text(encoding="utf-8"))
    known = {phrase for phrases in [*asking["moves"].values(), *asking["intents"].values()] for phrase in phrases}
    [bot] = filled(APP, "NSSCP", OWN)["bots"]
    assert sorted(scope for commands in bot["commandLists"] for scope in commands["scopes"]) == sorted(bot["scopes"])
    for command in (command for commands in bot["commandLists"] for command in commands["commands"]):
        ignored = " ".join(word for word in command["title"].lower().split() if word not in asking["ignore"])
        assert {command["title"].lower(), ignored} & known, command["title"]
        assert command["description"].endswith(".")
