"""`cspr doctor` on what is reached: hosts, the clock beside theirs, the calendar, and signing in for Teams."""

from __future__ import annotations

import ssl
from datetime import timedelta
from pathlib import Path
from typing import Any

import msgspec
import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric.rsa import generate_private_key
from cryptography.x509.oid import NameOID
from doctor_kit import NOW, NOWHERE, fails, finds, found, host, is_ok, looked_at, not_looked_at, settings, warns

from bot.doctor.reaching import addresses
from bot.doctor.subject import Sites, Subject
from bot.settings import Settings
from state.sqlite.surveying import Survey

REPLACE = msgspec.structs.replace


def teams(folder: Path, **more: Any) -> Settings:
    secret = folder / "secret"
    secret.write_text("a secret of Teams\n")
    secret.chmod(0o600)
    return settings(folder, teams_app_id="app", teams_tenant_id="tenant", teams_secret_file=secret, **more)


def at(address: str) -> Sites:
    return Sites(
        login=address.rstrip("/"),
        keys=address,
        connector=address,
        slack=address,
        slack_files=(),
        graph=address,
        library=address,
    )


async def test_what_is_not_set_is_not_reached_for(tmp_path: Path) -> None:
    assert not_looked_at(await found("reachability", settings(tmp_path)))


async def test_what_each_door_needs(tmp_path: Path) -> None:
    async with looked_at(settings(tmp_path)) as subject:
        pass

    def needed(**given: Any) -> set[str]:
        wanted: Subject = REPLACE(subject, settings=settings(tmp_path, **given), sites=Sites())
        return set(addresses(wanted))

    assert needed(teams_app_id="app") == {
        "https://login.microsoftonline.com",
        "https://login.botframework.com/v1/.well-known/openidconfiguration",
        "https://smba.trafficmanager.net/",
    }
    given = {"slack_tokens_file": tmp_path / "t", "slack_app_token_file": tmp_path / "a", "tenants": "T0TEST"}
    assert needed(**given) == {"https://slack.com/api/", "https://files.slack.com/", "https://hooks.slack.com/"}
    (tmp_path / "own").write_text("police https://police.sharepoint.com/sites/reviews/Ours\nhousing folder\n")
    given = {"sharepoint_library": "https://council.sharepoint.com/sites/cspr/Cases", "sharepoint_tenant_id": "tenant"}
    assert needed(**given, organisation_libraries_file=tmp_path / "own") == {
        "https://login.microsoftonline.com",
        "https://graph.microsoft.com/v1.0",
        "https://council.sharepoint.com/",
        "https://police.sharepoint.com/",
    }


async def test_a_host_that_answers_anything_is_reached(tmp_path: Path) -> None:
    async with host() as address:
        assert is_ok(await found("reachability", teams(tmp_path), sites=at(address)))


async def test_a_host_that_refuses(tmp_path: Path) -> None:
    result = fails(await found("reachability", teams(tmp_path)))
    assert (result.said, result.do) == (
        "127.0.0.1:1: the connection was refused or cut.",
        "Let this server reach 127.0.0.1:1 by https in your firewall.",
    )
    environment = {"HTTPS_PROXY": "http://127.0.0.1:2"}
    result = fails(await found("reachability", teams(tmp_path), environment=environment))
    assert result.do.endswith("The assistant does not use the proxy of the environment.")


async def test_a_host_whose_name_is_not_known(tmp_path: Path) -> None:
    result = fails(await found("reachability", teams(tmp_path), sites=at("http://nobody.invalid/")))
    assert result.said == "nobody.invalid: its name is not known here."


async def test_a_host_that_says_nothing(tmp_path: Path) -> None:
    async def silent(_: web.Request) -> web.Response:
        await over.wait()
        return web.Response()

    import asyncio

    over = asyncio.Event()
    async with host(web.get("/", silent)) as address:
        async with looked_at(teams(tmp_path)) as subject:
            from bot.doctor.reaching import reach_all

            hasty = REPLACE(subject, sites=at(address), answers_in=0.05)
            told = [one.finding for one in await reach_all(hasty) if one.finding]
        over.set()
    assert "nothing came within" in fails(told).said


async def test_a_certificate_that_is_not_trusted(tmp_path: Path) -> None:
    """A proxy that opens connections shows one of its own."""
    key = generate_private_key(public_exponent=65537, key_size=2048)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    builder = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key()).serial_number(1)
    certificate = (
        builder.not_valid_before(NOW - timedelta(days=9)).not_valid_after(NOW + timedelta(days=999)).sign(key, hashes.SHA256())
    )
    file = tmp_path / "pem"
    private = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    file.write_bytes(private + certificate.public_bytes(serialization.Encoding.PEM))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(file)
    server = TestServer(web.Application(), host="127.0.0.1", scheme="https")
    await server.start_server(ssl=context)
    try:
        result = fails(await found("reachability", teams(tmp_path), sites=at(str(server.make_url("/")))))
    finally:
        await server.close()
    assert result.said.endswith("its certificate is not trusted here.")
    assert "proxy" in result.do


@pytest.mark.parametrize(
    ("off", "status", "said"),
    [
        (timedelta(seconds=3), "ok", "It agrees with"),
        (timedelta(seconds=90), "warning", "The clock is 90 seconds ahead of"),
        (timedelta(seconds=-600), "failed", "The clock is 600 seconds behind"),
    ],
)
async def test_the_clock_beside_a_hosts(tmp_path: Path, off: timedelta, status: str, said: str) -> None:
    async with host(date=NOW) as address:
        told = await found("clock", teams(tmp_path), sites=at(address), now=NOW + off)
    assert [one.status for one in told] == [status]
    assert told[0].said.startswith(said)
    assert ("time server" in told[0].do) is (status != "ok")


async def test_the_clock_beside_nobodys(tmp_path: Path) -> None:
    assert not_looked_at(await found("clock", settings(tmp_path)))


async def test_a_clock_that_was_put_back(tmp_path: Path) -> None:
    newest = Survey(schema=5, newest=NOW + timedelta(hours=2))
    result = fails(await found("clock", settings(tmp_path), survey=newest))
    assert result.said == "The clock is behind the newest row of the database, which is of 23 November 2026, 11:00 UTC."


async def test_the_calendar(tmp_path: Path) -> None:
    told = await found("calendar", settings(tmp_path))
    assert [one.said for one in told] == ["London's time is known, and the bank holidays of 2027."]
    result = warns(await found("calendar", settings(tmp_path), now=NOW.replace(year=2099)))
    assert result.said == "Only 0 bank holidays of 2100 are known."


async def test_signing_in_for_teams(tmp_path: Path) -> None:
    async def token(_: web.Request) -> web.Response:
        return web.json_response({"access_token": "a token of Teams", "expires_in": 3600})

    async with host(web.post("/tenant/oauth2/v2.0/token", token)) as address:
        told = await found("teams", teams(tmp_path), sites=at(address))
    assert is_ok(told)
    assert "a token" not in told[0].said


async def test_no_token_for_teams(tmp_path: Path) -> None:
    async def refused(_: web.Request) -> web.Response:
        return web.json_response({"error": "invalid_client"}, status=401)

    async with host(web.post("/tenant/oauth2/v2.0/token", refused)) as address:
        result = fails(await found("teams", teams(tmp_path), sites=at(address)))
    assert result.said == "Microsoft gave no token for the Teams bot (the token endpoint answered 401)."
    assert "CSPR_TEAMS_APP_ID" in result.do
    assert fails(await found("teams", teams(tmp_path), sites=NOWHERE)).said.endswith("(ClientConnectorError).")


async def test_half_a_set_for_teams(tmp_path: Path) -> None:
    given = settings(tmp_path, teams_app_id="app", teams_tenant_id="tenant")
    assert fails(await found("teams", given)).said.startswith("The Teams credential is missing.")


async def test_teams_that_is_not_set(tmp_path: Path) -> None:
    assert [one.said for one in await found("teams", settings(tmp_path))] == ["Teams is not set."]
    assert not_looked_at(await found("teams", settings(tmp_path, teams_tenant_id="tenant")))


async def test_signing_in_needs_the_profile(tmp_path: Path) -> None:
    async with looked_at(teams(tmp_path, profile=str(tmp_path / "none"))) as subject:
        assert not_looked_at(await finds("teams", subject))
