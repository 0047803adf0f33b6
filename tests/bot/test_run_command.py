"""`cspr run`: what keeps it from starting is said in a sentence, before anything is sent, and it ends in order."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest

from bot.clock import SystemClock
from bot.commands.run import serve
from bot.commands.starting import PROBLEMS
from bot.settings import Settings, SettingsRefused
from bot.slack.settings import SlackSettingsError
from bot.wiring import keys_of, store_of

TOKENS = "T0NORTHSOM xoxb-test\n"


def settings(folder: Path, **more: object) -> Settings:
    return Settings(mode="local", data=folder / "data", library=folder / "library", **more)  # type: ignore[arg-type]


def opens_again(folder: Path) -> bool:
    """Whether the database was let go of as it was found."""
    ours = settings(folder)
    store_of(ours, keys_of(ours)).close()
    return True


async def test_a_slack_secret_that_cannot_be_read_is_said(tmp_path: Path) -> None:
    (tmp_path / "tokens").write_text(TOKENS)
    slack = {"slack_tokens_file": tmp_path / "tokens", "slack_signing_secret_file": tmp_path / "none", "tenants": "T0NORTHSOM"}
    with pytest.raises(SlackSettingsError) as refused:
        await serve(settings(tmp_path, **slack), SystemClock(), windows=True)
    assert str(refused.value).startswith("A Slack secret cannot be read.")
    assert opens_again(tmp_path)


async def test_a_port_that_is_taken_is_said(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(SettingsRefused) as refused:
            await serve(settings(tmp_path, port=port), SystemClock(), windows=True)
    assert refused.value.lines == [
        f"CSPR_PORT: 127.0.0.1:{port} cannot be listened on. Stop what uses it, or choose another port."
    ]
    assert opens_again(tmp_path)


def test_each_of_them_is_a_sentence_at_the_command_line() -> None:
    assert {SettingsRefused, SlackSettingsError} <= set(PROBLEMS)
