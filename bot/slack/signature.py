"""Whether a request is Slack's: its signature over the raw body, looked at before anything of the body is.

Source: docs.slack.dev, "Verifying requests from Slack".
"""

from __future__ import annotations

from collections.abc import Mapping

from slack_sdk.signature import Clock as UnixClock
from slack_sdk.signature import SignatureVerifier

from state.values import Clock

TIME, SIGNATURE = "X-Slack-Request-Timestamp", "X-Slack-Signature"


class Denied(Exception):
    """A request that is not Slack's, or not from a workspace of ours. The text is for the log."""


class _Seconds(UnixClock):
    def __init__(self, clock: Clock) -> None:
        self._clock = clock

    def now(self) -> float:
        return self._clock.now().timestamp()


class SignatureCheck:
    """The SDK's check, by our clock: at most five minutes old, compared in constant time.

    Each secret vouches for workspaces: an agency that has the app in a workspace of its own has a secret of its own, and can
    sign for that one and its people alone.
    """

    def __init__(self, secrets: Mapping[str, frozenset[str]], clock: Clock) -> None:
        self._known = [(SignatureVerifier(secret, _Seconds(clock)), teams) for secret, teams in secrets.items()]

    def check(self, body: bytes, headers: Mapping[str, str]) -> frozenset[str]:
        """The workspaces that it may be about. Raises Denied."""
        stamp, signature = headers.get(TIME, ""), headers.get(SIGNATURE, "")
        if not (stamp.isascii() and stamp.isdigit() and len(stamp) <= 12 and signature.isascii()):
            raise Denied("no signature")
        text = _text(body)
        for verifier, teams in self._known:
            if verifier.is_valid(text, stamp, signature):
                return teams
        raise Denied("not signed by Slack, or too old")


def _text(body: bytes) -> str:
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError:
        raise Denied("not a text") from None
