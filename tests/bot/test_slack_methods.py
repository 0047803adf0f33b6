"""The manifest asks for what is used, and for nothing else: scopes, events, shortcuts, the command."""

from __future__ import annotations

import ast
import inspect
import textwrap
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from slack_sdk.socket_mode.async_client import AsyncBaseSocketModeClient
from slack_sdk.web.async_client import AsyncWebClient

from bot.commands.package_slack import SOURCE
from bot.slack import methods
from bot.slack.methods import APP_LEVEL, COMMAND, EVENTS, FEATURES, MESSAGE_SHORTCUTS, METHODS, SHORTCUTS, scopes

FOLDER = Path(methods.__file__).parent
OTHERS = sorted(path for path in FOLDER.glob("*.py") if path.name != "methods.py")


def sdk() -> dict[str, str]:
    """Every method of the Web API that the SDK knows, by the name of the Python method that calls it."""
    functions = ast.walk(ast.parse(textwrap.dedent(inspect.getsource(AsyncWebClient))))
    named = {one.name: next(_calls(one), "") for one in functions if isinstance(one, ast.AsyncFunctionDef)}
    return {name: method for name, method in named.items() if method}


def _calls(function: ast.AsyncFunctionDef) -> Iterator[str]:
    for node in ast.walk(function):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "api_call":
            yield from (a.value for a in node.args[:1] if isinstance(a, ast.Constant) and isinstance(a.value, str))


def called(tree: ast.AST, known: dict[str, str]) -> set[str]:
    """The methods that a file names as a literal, or by the SDK's own method for it."""
    nodes = list(ast.walk(tree))
    literals = {n.value for n in nodes if isinstance(n, ast.Constant) and isinstance(n.value, str)}
    attributes = {known[n.attr] for n in nodes if isinstance(n, ast.Attribute) and n.attr in known}
    return (literals & set(known.values())) | attributes


def manifest() -> dict[str, Any]:
    read: dict[str, Any] = yaml.safe_load(SOURCE.read_text(encoding="utf-8"))
    return read


def test_the_reader_of_the_sdk_and_of_the_code_finds_what_is_there() -> None:
    known = sdk()
    assert len(known) > 250
    assert known["chat_postMessage"] == "chat.postMessage"
    text = "await api('chat.update'); await client.views_open(); 'no.method'; client.other()"
    tree = ast.parse(f"async def f(): {text}")
    assert called(tree, known) == {"chat.update", "views.open"}


def test_every_method_is_one_of_slacks() -> None:
    assert set(METHODS) - set(sdk().values()) == set()


def test_exactly_these_methods_are_called() -> None:
    known = sdk()
    found = {name for path in OTHERS for name in called(ast.parse(path.read_text(encoding="utf-8")), known)}
    assert found | set(APP_LEVEL) == set(METHODS)


def test_what_the_app_token_is_for_is_called_by_the_sdk_itself() -> None:
    source = inspect.getsource(AsyncBaseSocketModeClient)
    assert {name for name in APP_LEVEL if f".{name.replace('.', '_')}(" in source} == set(APP_LEVEL)


def test_the_manifest_asks_for_exactly_the_scopes_that_are_needed() -> None:
    asked = manifest()["oauth_config"]["scopes"]
    assert asked["bot"] == sorted(scopes())
    assert set(asked) == {"bot"}, "no scope over a person's own account"


def test_no_scope_reads_what_was_said_where_nobody_spoke_to_the_assistant() -> None:
    assert {scope for scope in scopes() if scope.endswith(":history")} == {"im:history"}
    assert not {"chat:write.public", "users:read.email", "channels:join", "team:read"} & scopes()


def test_the_manifest_hears_exactly_the_events_that_are_listened_to() -> None:
    assert manifest()["settings"]["event_subscriptions"]["bot_events"] == sorted(EVENTS)
    assert "user_events" not in manifest()["settings"]["event_subscriptions"]


def test_the_manifest_offers_exactly_what_is_answered() -> None:
    features = manifest()["features"]
    offered = {kind: {s["callback_id"] for s in features["shortcuts"] if s["type"] == kind} for kind in ("global", "message")}
    assert offered == {"global": SHORTCUTS, "message": MESSAGE_SHORTCUTS}
    assert [command["command"] for command in features["slash_commands"]] == [COMMAND]
    assert set(FEATURES) == set(features) - {"app_home", "bot_user"}


@pytest.mark.parametrize("what", [METHODS, EVENTS, FEATURES])
def test_every_scope_is_written_as_slack_writes_it(what: dict[str, frozenset[str]]) -> None:
    known = {"app_mentions", "channels", "chat", "files", "groups", "im", "users"}
    parts = {scope.partition(":")[::2] for needed in what.values() for scope in needed}
    assert {front for front, _ in parts} <= known | {"commands"}
    assert {back for _, back in parts} <= {"", "read", "write", "history"}
