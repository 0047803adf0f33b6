"""`cspr package`: build the Teams app package that IT publishes, or the Slack manifest that IT makes the app from.

The same settings give the same file, byte for byte.
"""

from __future__ import annotations

import argparse
import json
import sys
import uuid
import zipfile
from importlib.metadata import version
from pathlib import Path
from typing import Any

from bot.commands.package_slack import AddressRefused, manifest_for, write_manifest
from bot.commands.starting import with_settings
from bot.settings import Settings
from templates.profile import load_profile, profile_folder

SOURCE = Path(__file__).parents[2] / "manifest" / "teams"
TEAMS_FILE, SLACK_FILE = Path("out/cspr-assistant-teams.zip"), Path("out/slack-manifest.yaml")
NOBODY = "00000000-0000-0000-0000-000000000000"
"""What stands in the manifest where there is no app id. Teams takes no app with it."""
LONGEST_NAME = 32
"""Characters of a developer's name (Teams manifest schema 1.30)."""


def add_to(subcommands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add `package` to the commands."""
    parser = subcommands.add_parser("package", help="build the Teams app package, or the Slack manifest")
    parser.add_argument("--out", type=Path, help=f"where to write it (default: {TEAMS_FILE} or {SLACK_FILE})")
    parser.add_argument("--slack", action="store_true", help="make the Slack manifest; without it, the Teams package")
    parser.add_argument("--address", default="", help="Slack: the public address of the assistant, beginning with https://")
    parser.add_argument("--socket-mode", action="store_true", help="Slack: a trial without a public address")
    parser.add_argument(
        "--website", default="", help="Teams: the page about the assistant on your own site, beginning with https://"
    )
    parser.add_argument("--privacy", default="", help="Teams: your privacy notice, beginning with https://")
    parser.add_argument("--terms", default="", help="Teams: your terms of use, beginning with https://")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """0 with the file written, and what is still a placeholder said; 1 where the settings or an address cannot be used."""
    return with_settings(lambda settings: (_slack if options.slack else _teams)(settings, options))


def _slack(settings: Settings, options: argparse.Namespace) -> int:
    if bool(options.address) == options.socket_mode:
        sys.stderr.write("Give --address with the public address of the assistant, or --socket-mode for a trial without one.\n")
        return 1
    try:
        manifest = manifest_for(_partnership(settings), options.address, socket_mode=options.socket_mode)
    except AddressRefused as refused:
        sys.stderr.write(f"{refused} Give it in full.\n")
        return 1
    out = options.out or SLACK_FILE
    write_manifest(out, manifest)
    sys.stdout.write(f"Made {out}.\n")
    return 0


def _partnership(settings: Settings) -> str:
    return load_profile(profile_folder(settings.profile)).file.short_name


def _teams(settings: Settings, options: argparse.Namespace) -> int:
    addresses = {"websiteUrl": options.website, "privacyUrl": options.privacy, "termsOfUseUrl": options.terms}
    wrong = [address for address in addresses.values() if address and not address.startswith("https://")]
    if wrong:
        sys.stderr.write(f"{wrong[0]}: an address must begin with https://. Give it in full.\n")
        return 1
    manifest = filled(settings.teams_app_id, _partnership(settings), addresses)
    out = options.out or TEAMS_FILE
    write_package(out, manifest)
    sys.stdout.write("".join(f"{line}\n" for line in [f"Made {out}.", *placeholders(manifest)]))
    return 0


def filled(app_id: str, partnership: str, addresses: dict[str, str]) -> dict[str, Any]:
    """The manifest with what is known put in. Placeholders stay where nothing is known."""
    manifest: dict[str, Any] = json.loads((SOURCE / "manifest.json").read_text(encoding="utf-8"))
    manifest["version"] = version("cspr-assistant")
    manifest["developer"] |= {"name": partnership[:LONGEST_NAME], **{name: url for name, url in addresses.items() if url}}
    if app_id:
        manifest["id"] = str(uuid.uuid5(uuid.NAMESPACE_URL, f"cspr-assistant/{app_id}"))
        manifest["bots"][0]["botId"] = app_id
    return manifest


def placeholders(manifest: dict[str, Any]) -> list[str]:
    """A line for each thing that must still be filled in before Teams takes the package."""
    found = []
    if manifest["bots"][0]["botId"] == NOBODY:
        found.append("It has no app id yet. Set CSPR_TEAMS_APP_ID and make it again.")
    options = {"websiteUrl": "--website", "privacyUrl": "--privacy", "termsOfUseUrl": "--terms"}
    for name, option in options.items():
        if "partnership.example" in manifest["developer"][name]:
            found.append(f"{name} is a placeholder. Give your own page with {option}.")
    return found


def write_package(out: Path, manifest: dict[str, Any]) -> None:
    """The zip that Teams takes: the manifest and its two icons, nothing else."""
    out.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        _add(package, "manifest.json", (json.dumps(manifest, indent=2, ensure_ascii=False) + "\n").encode())
        for icon in ("color.png", "outline.png"):
            _add(package, icon, (SOURCE / icon).read_bytes())


def _add(package: zipfile.ZipFile, name: str, data: bytes) -> None:
    """A fixed date: a file made twice is the same file."""
    package.writestr(zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0)), data, zipfile.ZIP_DEFLATED)
