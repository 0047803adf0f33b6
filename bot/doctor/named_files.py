"""Files that settings name: there, readable by their owner alone, and what they should be. Nothing of their content is said."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_pem_private_key

from bot.doctor.finding import Finding, failed, not_checked, ok, refused, warning
from bot.doctor.subject import Subject
from bot.settings import Settings
from bot.slack.settings import SlackSettingsError

CERTIFICATES = ("teams_certificate_file", "sharepoint_certificate_file")
OPEN_TO_ALL = frozenset({"organisation_libraries_file"})
"""Files without a secret."""
SOON = timedelta(days=30)


async def files(subject: Subject) -> list[Finding]:
    """Every file that a setting names. The key file has a check of its own."""
    named = list(_named(subject.settings))
    found = [one for name, path in named for one in _file(name, path)] + list(_slack(subject.settings))
    if found:
        return found
    return [ok(_all_well(len(named)))] if named else [not_checked("No setting names a file.")]


def _all_well(count: int) -> str:
    return "The file that is named is there, and private." if count == 1 else f"All {count} files are there, and private."


def _named(settings: Settings) -> Iterator[tuple[str, Path]]:
    for name in type(settings).model_fields:
        path = getattr(settings, name)
        if name.endswith("_file") and name != "key_file" and path is not None:
            yield name, path


def _file(name: str, path: Path) -> Iterator[Finding]:
    setting = f"CSPR_{name.upper()}"
    if not path.is_file():
        yield failed(f"{setting}: there is no file {path}.", "Make it, or name another one.")
    elif not os.access(path, os.R_OK):
        yield failed(f"{setting}: {path} cannot be read.", "Give it to the user that runs the assistant.")
    elif name not in OPEN_TO_ALL and path.stat().st_mode & 0o077:
        yield failed(f"{setting}: others can read {path}, and it holds a secret.", f"Run: chmod 600 {path}")


def _slack(settings: Settings) -> Iterator[Finding]:
    """Whether Slack's files say what they must."""
    if not settings.slack:
        return
    try:
        from bot.slack.api import secret_in, signing_secrets_in, tokens_in  # noqa: PLC0415 - Slack's library may not be there
    except ModuleNotFoundError:
        yield failed("Slack is set, but what it needs is not installed.", "Run: make install-slack")
        return
    try:
        teams = frozenset(tokens_in(settings.slack_tokens_file)) if settings.slack_tokens_file else frozenset()
        if settings.slack_signing_secret_file:
            signing_secrets_in(settings.slack_signing_secret_file, teams, settings.tenant_list)
        if settings.slack_app_token_file:
            secret_in(settings.slack_app_token_file)
    except SlackSettingsError as wrong:
        yield refused(wrong)


async def certificates(subject: Subject) -> list[Finding]:
    """Certificates with which the assistant signs in."""
    named = [(name, getattr(subject.settings, name)) for name in CERTIFICATES]
    given = [(name, path) for name, path in named if path is not None and path.is_file()]
    if not given:
        return [not_checked("No setting names a certificate.")]
    return [_certificate(subject, f"CSPR_{name.upper()}", path) for name, path in given]


def _certificate(subject: Subject, setting: str, path: Path) -> Finding:
    try:
        pem = path.read_bytes()
        certificate, key = x509.load_pem_x509_certificate(pem), load_pem_private_key(pem, password=None)
    except (OSError, TypeError, ValueError):
        said = f"{setting}: {path} does not hold a certificate and its key."
        return failed(said, "Put both into it as PEM, the key without a password.")
    if _public(certificate.public_key()) != _public(key.public_key()):
        return failed(
            f"{setting}: the key in {path} is not that of the certificate.", "Put the two that belong together into it."
        )
    until, now = certificate.not_valid_after_utc, subject.clock.now()
    renew = "Make a new one, upload its public part in Entra, and replace the file. No restart is needed."
    if until <= now:
        return failed(f"{setting}: the certificate ran out on {until:%d %B %Y}.", renew)
    if until - now < SOON:
        return warning(f"{setting}: the certificate runs out on {until:%d %B %Y}.", renew)
    return ok(f"{setting}: the certificate is good until {until:%d %B %Y}.")


def _public(key: object) -> bytes:
    """A public key, to be compared."""
    written: bytes = key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)  # type: ignore[attr-defined]  # every kind has it
    return written
