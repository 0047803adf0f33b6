"""Only what Slack signed with our secret, within five minutes, is looked at."""

from __future__ import annotations

from datetime import timedelta

import pytest
from slack_sdk.signature import SignatureVerifier
from teams_kit import NOW, StillClock

from bot.slack.signature import SIGNATURE, TIME, Denied, SignatureCheck

SECRET = "signing-secret-of-a-test"
BODY = '{"type":"event_callback","event":{"text":"Grüße"}}'.encode()


def signed(body: bytes = BODY, secret: str = SECRET, seconds: int = 0) -> dict[str, str]:
    stamp = str(int(NOW.timestamp()) + seconds)
    made = SignatureVerifier(secret).generate_signature(timestamp=stamp, body=body)
    assert made is not None
    return {TIME: stamp, SIGNATURE: made}


def check(body: bytes, headers: dict[str, str]) -> None:
    SignatureCheck(SECRET, StillClock()).check(body, headers)


def test_a_signed_body_passes() -> None:
    check(BODY, signed())


@pytest.mark.parametrize("seconds", [-300, 300])
def test_five_minutes_is_the_most(seconds: int) -> None:
    check(BODY, signed(seconds=seconds))
    with pytest.raises(Denied):
        check(BODY, signed(seconds=seconds + (1 if seconds > 0 else -1)))


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {TIME: signed()[TIME]},
        {SIGNATURE: signed()[SIGNATURE]},
        {**signed(), TIME: "soon"},
        {**signed(), TIME: "-1"},
        {**signed(), TIME: "9" * 400},
        {**signed(), TIME: "١٢٣"},
        {**signed(), SIGNATURE: ""},
        {**signed(), SIGNATURE: "v0=" + "0" * 64},
        {**signed(), SIGNATURE: "v0=é"},
        signed(secret="another-secret"),
        signed(body=BODY + b" "),
    ],
)
def test_nothing_else_does(headers: dict[str, str]) -> None:
    with pytest.raises(Denied):
        check(BODY, headers)


def test_a_body_that_is_no_text_is_not_slacks() -> None:
    with pytest.raises(Denied):
        check(b"\xff\xfe", signed())


def test_an_old_one_cannot_be_used_again() -> None:
    clock = StillClock()
    headers = signed()
    SignatureCheck(SECRET, clock).check(BODY, headers)
    clock.forward(timedelta(minutes=6))
    with pytest.raises(Denied):
        SignatureCheck(SECRET, clock).check(BODY, headers)
