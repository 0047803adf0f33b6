"""Our token for the connector: asked for once, renewed in time, and told to nobody."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from pathlib import Path
from typing import Any

import jwt
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.x509.oid import NameOID
from fake_connector import answers
from teams_kit import APP, NOW, TENANT, Signer
from teams_sending import sending

from bot.teams.credentials import NoToken
from bot.teams.settings import TeamsSettings


def signed(tmp_path: Path, **given: Any) -> TeamsSettings:
    secret = tmp_path / "secret"
    secret.write_text("first\n")
    return TeamsSettings(
        tenants=frozenset({TENANT}), local=True, app_id=APP, app_tenant=TENANT, **({"secret_file": secret} | given)
    )


async def test_our_token_is_asked_for_once_and_renewed_behind_the_messages(tmp_path: Path) -> None:
    async with sending(signed(tmp_path)) as door:
        await asyncio.gather(*(door.send(place=door.place(f"a:{number}")) for number in range(6)))
        assert len(door.tokens) == 1
        assert door.tokens[0] == {
            "grant_type": "client_credentials",
            "client_id": APP,
            "scope": "https://api.botframework.com/.default",
            "client_secret": "first",
        }
        (tmp_path / "secret").write_text("second")
        door.clock.forward(timedelta(minutes=55))
        await door.send()
        assert door.connector.authorizations[-1] == "Bearer token-1", "nobody waits for the new one"
        await door.renewed.wait()
        door.clock.forward(timedelta(minutes=6))
        await door.send()
        assert door.connector.authorizations[-1] == "Bearer token-2"
        assert door.tokens[1]["client_secret"] == "second", "a renewed secret is taken without a restart"


async def test_a_token_that_was_not_accepted_is_replaced(tmp_path: Path) -> None:
    async with sending(signed(tmp_path)) as door:
        await door.fault(answers(401))
        await door.send()
        assert door.connector.authorizations == ["Bearer token-1", "Bearer token-2"]


async def test_no_token_is_tried_again_later_and_nothing_is_sent(tmp_path: Path) -> None:
    async with sending(signed(tmp_path)) as door:
        door.logins.append(400)
        told = await door.fault()
        assert (told.reason, told.again_after) == ("delivery.sign_in", 60.0)
        assert door.connector.authorizations == []
    async with sending(signed(tmp_path, secret_file=tmp_path / "missing")) as door:
        assert (await door.fault()).reason == "delivery.sign_in"


async def test_a_certificate_signs_for_us(tmp_path: Path) -> None:
    key = Signer().private
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Test Bot")])
    builder = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key()).serial_number(1)
    certificate = builder.not_valid_before(NOW).not_valid_after(NOW + timedelta(days=1)).sign(key, hashes.SHA256())
    pem = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    file = tmp_path / "both.pem"
    file.write_bytes(pem + certificate.public_bytes(serialization.Encoding.PEM))
    async with sending(signed(tmp_path, secret_file=None, certificate_file=file)) as door:
        await door.send()
        assertion = door.tokens[0]["client_assertion"]
        assert "client_secret" not in door.tokens[0]
        audience = f"{door.service}{TENANT}/oauth2/v2.0/token"
        unclocked = {"verify_exp": False, "verify_nbf": False}
        claims = jwt.decode(assertion, key.public_key(), algorithms=["PS256"], audience=audience, options=unclocked)
        assert (claims["iss"], claims["sub"]) == (APP, APP)


async def test_a_fault_tells_nothing_of_the_credential(tmp_path: Path) -> None:
    file = tmp_path / "both.pem"
    file.write_text("not a certificate")
    async with sending(signed(tmp_path, secret_file=None, certificate_file=file)) as door:
        with pytest.raises(NoToken) as raised:
            await door.adapter.personal_conversation(door.service, "28:bot", "x", TENANT)
        assert "certificate" not in str(raised.value)
