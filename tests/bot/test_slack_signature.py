"""Only what Slack signed with our secret, within five minutes, is looked at."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from slack_sdk.signature import SignatureVerifier
from teams_kit import NOW, StillClock

from bot.slack.api import signing_secrets_in
from bot.slack.settings import SlackSettingsError
from bot.slack.signature import SIGNATURE, TIME, Denied, SignatureCheck

SECRET = "signing-secret-of-a-test"
SECRETS = {SECRET: frozenset({"T0NORTHSOM"}), "secret-of-an-agency": frozenset({"T0POLICE01"})}
BODY = '{"type":"event_callback","event":{"text":"Grüße"}}'.encode()


def signed(body: bytes = BODY, secret: str = SECRET, seconds: int = 0) -> dict[str, str]:
    stamp = str(int(NOW.timestamp()) + seconds)
    made = SignatureVerifier(secret).generate_signature(timestamp=stamp, body=body)
    assert made is not None
    return {TIME: stamp, SIGNATURE: made}


def check(body: bytes, headers: dict[str, str]) -> frozenset[str]:
    return SignatureCheck(SECRETS, StillClock()).check(body, headers)


def test_a_signed_body_passes_for_the_workspaces_of_its_secret() -> None:
    assert check(BODY, signed()) == {"T0NORTHSOM"}
    assert check(BODY, signed(secret="secret-of-an-agency")) == {"T0POLICE01"}


def test_one_secret_signs_for_all_and_a_line_for_one(tmp_path: Path) -> None:
    file, teams = tmp_path / "secret", frozenset({"T1", "T2"})
    file.write_text("one-secret\n")
    assert signing_secrets_in(file, teams) == {"one-secret": teams}
    file.write_text("T1 first\n\nT2 second\n")
    assert signing_secrets_in(file, teams) == {"first": {"T1"}, "second": {"T2"}}
    file.write_text("T1 same\nT2 same\n")
    assert signing_secrets_in(file, teams) == {"same": teams}


def test_a_secret_vouches_for_people_of_other_workspaces_where_it_is_alone_or_a_line_says_so(tmp_path: Path) -> None:
    file, teams, listed = tmp_path / "secret", frozenset({"T1", "T2"}), frozenset({"T1", "T3"})
    file.write_text("one-secret\n")
    assert signing_secrets_in(file, teams, listed) == {"one-secret": {"T1", "T2", "T3"}}
    file.write_text("T1 first\nT2 second\nT3 first\nT2 first\n")
    assert signing_secrets_in(file, teams, listed) == {"first": {"T1", "T2", "T3"}, "second": {"T2"}}
    file.write_text("T1 first\nT2 second\nT4 first\n")
    with pytest.raises(SlackSettingsError):
        signing_secrets_in(file, teams, listed)


@pytest.mark.parametrize("text", ["", "T1 first", "T1 first\nT3 third", "T1\nT2 second", "a b c"])
def test_a_file_of_secrets_that_leaves_a_workspace_open_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "secret").write_text(text)
    with pytest.raises(SlackSettingsError):
        signing_secrets_in(tmp_path / "secret", frozenset({"T1", "T2"}))


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
    SignatureCheck(SECRETS, clock).check(BODY, headers)
    clock.forward(timedelta(minutes=6))
    with pytest.raises(Denied):
        SignatureCheck(SECRETS, clock).check(BODY, headers)
