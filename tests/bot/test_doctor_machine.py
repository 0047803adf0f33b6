"""`cspr doctor` on this machine: settings, the files and folders that they name, certificates, and the port."""

from __future__ import annotations

import socket
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, generate_private_key
from cryptography.x509.oid import NameOID
from doctor_kit import NOW, NOWHERE, fails, finds, found, is_ok, looked_at, not_looked_at, settings, warns

from bot.doctor.folders import temporary
from bot.http import application
from bot.library.folder import FolderStorage

MB = 1024 * 1024
PRODUCTION: dict[str, Any] = {"mode": "production", "tenants": "one", "teams_app_id": "app", "teams_tenant_id": "tenant"}
SHAREPOINT: dict[str, Any] = {
    "sharepoint_library": "https://council.sharepoint.com/sites/cspr/Cases",
    "sharepoint_tenant_id": "tenant",
    "sharepoint_app_id": "app",
}


@pytest.fixture(scope="module")
def key() -> RSAPrivateKey:
    return generate_private_key(public_exponent=65537, key_size=2048)


def pem(key: RSAPrivateKey, *, days: int, other: RSAPrivateKey | None = None) -> bytes:
    """A certificate for so many days, with its key or another one."""
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Test Bot")])
    builder = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key()).serial_number(1)
    start, end = NOW - timedelta(days=90), NOW + timedelta(days=days)
    certificate = builder.not_valid_before(start).not_valid_after(end).sign(key, hashes.SHA256())
    private = (other or key).private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    return private + certificate.public_bytes(serialization.Encoding.PEM)


def secret(path: Path, content: bytes = b"secret", mode: int = 0o600) -> Path:
    path.write_bytes(content)
    path.chmod(mode)
    return path


async def test_local_mode_with_services_of_a_real_partnership(tmp_path: Path) -> None:
    assert is_ok(await found("settings", settings(tmp_path)))
    told = warns(await found("settings", settings(tmp_path, **SHAREPOINT)))
    assert told.said == "This is local mode, with invented people, and services of a real partnership are set."
    assert told.do.startswith("Set CSPR_MODE=production")


async def test_production_with_invented_people(tmp_path: Path) -> None:
    given = settings(tmp_path, **PRODUCTION, key_file=tmp_path / "key", teams_secret_file=tmp_path / "secret")
    async with looked_at(given, sites=NOWHERE) as subject:
        told = warns(await finds("settings", subject))
    assert told.said == "The profile holds invented people, and this is production."
    assert "without people.yaml" in told.do


async def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    told = fails(await found("files", settings(tmp_path, organisation_libraries_file=tmp_path / "none")))
    assert told.said == f"CSPR_ORGANISATION_LIBRARIES_FILE: there is no file {tmp_path}/none."
    assert told.do == "Make it, or name another one."


async def test_a_secret_that_others_can_read(tmp_path: Path) -> None:
    file = secret(tmp_path / "pem", mode=0o640)
    told = fails(await found("files", settings(tmp_path, **SHAREPOINT, sharepoint_certificate_file=file)))
    assert told.said == f"CSPR_SHAREPOINT_CERTIFICATE_FILE: others can read {file}, and it holds a secret."
    assert told.do == f"Run: chmod 600 {file}"
    file.chmod(0o600)
    assert is_ok(await found("files", settings(tmp_path, **SHAREPOINT, sharepoint_certificate_file=file)))


async def test_a_file_without_a_secret_may_be_read_by_others(tmp_path: Path) -> None:
    file = secret(tmp_path / "libraries", mode=0o644)
    assert is_ok(await found("files", settings(tmp_path, organisation_libraries_file=file)))


async def test_files_of_slack_that_do_not_say_what_they_must(tmp_path: Path) -> None:
    tokens = secret(tmp_path / "tokens", b"T0TEST not-a-token-of-a-bot")
    given = settings(tmp_path, slack_tokens_file=tokens, slack_app_token_file=secret(tmp_path / "app"), tenants="T0TEST")
    async with looked_at(given, sites=NOWHERE) as subject:
        told = fails(await finds("files", subject))
    assert told.said == "The file of Slack tokens needs a line for each workspace: its id, a space, and a bot token."
    assert "not-a-token" not in told.said


async def test_certificates(tmp_path: Path, key: RSAPrivateKey) -> None:
    file = secret(tmp_path / "pem", pem(key, days=100))
    given = settings(tmp_path, **SHAREPOINT, sharepoint_certificate_file=file)
    assert is_ok(await found("certificates", given))
    file.write_bytes(pem(key, days=10))
    told = warns(await found("certificates", given))
    assert told.said == "CSPR_SHAREPOINT_CERTIFICATE_FILE: the certificate runs out on 03 December 2026."
    file.write_bytes(pem(key, days=-1))
    told = fails(await found("certificates", given))
    assert told.said == "CSPR_SHAREPOINT_CERTIFICATE_FILE: the certificate ran out on 22 November 2026."
    assert told.do.startswith("Make a new one")


async def test_a_certificate_that_is_none_or_has_another_key(tmp_path: Path, key: RSAPrivateKey) -> None:
    file = secret(tmp_path / "pem", b"nothing")
    given = settings(tmp_path, **SHAREPOINT, sharepoint_certificate_file=file)
    assert fails(await found("certificates", given)).said.endswith("does not hold a certificate and its key.")
    other = generate_private_key(public_exponent=65537, key_size=2048)
    file.write_bytes(pem(key, days=100, other=other))
    assert fails(await found("certificates", given)).said.endswith("is not that of the certificate.")


async def test_no_certificate_is_no_failure(tmp_path: Path) -> None:
    assert not_looked_at(await found("certificates", settings(tmp_path)))
    assert not_looked_at(await found("files", settings(tmp_path)))


@pytest.fixture
def here(tmp_path: Path) -> Path:
    """A folder with both folders in it, as the assistant makes them."""
    for name in ("data", "library"):
        (tmp_path / name).mkdir(mode=0o700)
    return tmp_path


async def in_folders(folder: Path, **more: Any) -> list[Any]:
    """What is found, but that it is all under the temporary folder of the tests."""
    return [one for one in await found("folders", settings(folder), **more) if "temporary" not in one.said]


async def test_folders_that_others_can_open(here: Path) -> None:
    assert await in_folders(here) == []
    (here / "library").chmod(0o755)
    told = fails(await in_folders(here))
    assert told.said == f"CSPR_LIBRARY: others on this machine can open {here}/library."
    assert told.do == f"Run: chmod 700 {here}/library"


async def test_a_folder_that_is_none(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("a file")
    assert fails(await in_folders(tmp_path)).said == f"CSPR_DATA: {tmp_path}/data is not a folder."


async def test_a_folder_that_cannot_be_written(here: Path) -> None:
    told = fails(await in_folders(here, writable=lambda folder: folder.name != "data"))
    assert told.said == f"CSPR_DATA: nothing can be written in {here}/data."


async def test_room_on_the_disk(here: Path) -> None:
    told = await in_folders(here, free=lambda folder: 100 * MB)
    assert [(one.status, one.said) for one in told] == [
        ("failed", f"CSPR_DATA: 100 MB are free where {here}/data is."),
        ("failed", f"CSPR_LIBRARY: 100 MB are free where {here}/library is."),
    ]
    assert {one.status for one in await in_folders(here, free=lambda folder: 1_000 * MB)} == {"warning"}


async def test_one_folder_inside_another(tmp_path: Path) -> None:
    given = settings(tmp_path, data=tmp_path / "library" / "data")
    told = [one for one in await found("folders", given) if "temporary" not in one.said]
    assert fails(told).said == "The data folder lies inside the library."
    shelves = {"": FolderStorage(tmp_path / "library"), "police": FolderStorage(tmp_path / "library" / "police")}
    assert fails(await in_folders(tmp_path, shelves=shelves)).said == "The library of police lies inside the library."


async def test_a_folder_that_a_restart_clears(here: Path) -> None:
    told = await found("folders", settings(here))
    assert {(one.status, one.do) for one in told} == {("warning", "Name a folder on a disk.")}
    given = settings(here, **PRODUCTION, key_file=here / "key", teams_secret_file=here / "secret")
    async with looked_at(given, sites=NOWHERE) as subject:
        assert {one.status for one in await finds("folders", subject)} == {"failed"}


def test_what_is_temporary() -> None:
    mounts = "disk / ext4 rw 0 0\ntmpfs /srv/fast tmpfs rw 0 0\n"
    assert temporary(Path("/srv/fast/data"), mounts)
    assert temporary(Path("/tmp/data"), mounts)
    assert not temporary(Path("/srv/data"), mounts)
    assert not temporary(Path("/srv/data"), "")


def free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        number: int = taken.getsockname()[1]
        return number


async def test_a_free_port(tmp_path: Path) -> None:
    assert is_ok(await found("port", settings(tmp_path, port=free_port())))


async def test_the_port_is_ours_already(tmp_path: Path) -> None:
    async with TestServer(application([]), host="127.0.0.1") as ours:
        port = ours.make_url("/").port
        told = await found("port", settings(tmp_path, port=port))
    assert [one.said for one in told] == [f"The assistant answers on 127.0.0.1:{port}."]


async def test_the_port_is_somebody_elses(tmp_path: Path) -> None:
    async with TestServer(web.Application(), host="127.0.0.1") as other:
        port = other.make_url("/").port
        told = fails(await found("port", settings(tmp_path, port=port)))
    assert told.said.startswith(f"127.0.0.1:{port} cannot be listened on")
    assert told.do == "Stop what uses it, or choose another port in CSPR_PORT."
