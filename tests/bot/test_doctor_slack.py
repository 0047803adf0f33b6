"""`cspr doctor` in Slack: each workspace is asked who we are there and what we may do, and nothing is said in any."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
from doctor_kit import NOWHERE, fails, finds, found, is_ok, looked_at, settings, warns
from fake_slack import APP_TOKEN, FakeSlack, Fault, serving, workspace
from slack_app import our_app
from slack_kit import StillClock

from bot.doctor.finding import Finding
from bot.settings import Settings


@pytest.fixture
async def slack() -> AsyncIterator[FakeSlack]:
    async with serving(FakeSlack(StillClock())) as running:
        yield running


def in_slack(folder: Path, fake: FakeSlack, **given: Any) -> Settings:
    """A partnership in the fake's workspace."""
    files = {"slack_tokens_file": f"{fake.home.id} {fake.home.bot_token}\n", "slack_signing_secret_file": "a signing secret"}
    for name, text in files.items():
        (folder / name).write_text(text)
        (folder / name).chmod(0o600)
    fresh: dict[str, Any] = {name: folder / name for name in files} | {"tenants": fake.home.id}
    return settings(folder, **(fresh | given))


async def told(fake: FakeSlack, given: Settings) -> list[Finding]:
    sites = msgspec.structs.replace(NOWHERE, slack=fake.api_url)
    async with looked_at(given, sites=sites) as subject:
        return await finds("slack", subject)


async def test_slack_that_is_not_set(tmp_path: Path) -> None:
    assert [one.said for one in await found("slack", settings(tmp_path))] == ["Slack is not set."]


async def test_slack_takes_us_for_the_app(tmp_path: Path, slack: FakeSlack) -> None:
    result = await told(slack, in_slack(tmp_path, slack))
    assert is_ok(result)
    assert slack.home.bot_token not in result[0].said
    assert {call.method for call in slack.calls} == {"auth.test"}, "nothing is said"


async def test_a_token_that_is_not_taken(tmp_path: Path, slack: FakeSlack) -> None:
    given = in_slack(tmp_path, slack)
    (tmp_path / "slack_tokens_file").write_text(f"{slack.home.id} xoxb-another\n")
    result = fails(await told(slack, given))
    assert result.said == f"Slack does not take the token of workspace {slack.home.id} (SlackApiError invalid_auth)."
    assert "CSPR_SLACK_TOKENS_FILE" in result.do


async def test_a_token_of_another_workspace(tmp_path: Path) -> None:
    async with serving(FakeSlack(StillClock(), workspaces=(workspace(), workspace(1)))) as slack:
        given = in_slack(tmp_path, slack)
        (tmp_path / "slack_tokens_file").write_text(f"{slack.home.id} {workspace(1).bot_token}\n")
        result = fails(await told(slack, given))
    assert result.said == f"The token that stands for workspace {workspace().id} is that of {workspace(1).id}."


async def test_scopes_that_are_missing_or_too_many(tmp_path: Path) -> None:
    app = our_app()
    app = msgspec.structs.replace(app, scopes=app.scopes - {"files:read"} | {"channels:history"})
    async with serving(FakeSlack(StillClock(), app=app)) as slack:
        result = await told(slack, in_slack(tmp_path, slack))
    assert fails(result).said == f"In {slack.home.id} the app lacks files:read."
    assert warns(result).said == f"In {slack.home.id} the app may do more than it needs: channels:history."
    assert "cspr package --slack" in fails(result).do


async def test_a_workspace_whose_people_are_not_heard(tmp_path: Path, slack: FakeSlack) -> None:
    result = warns(await told(slack, in_slack(tmp_path, slack, tenants="T0ANOTHER")))
    assert result.said == f"Workspace {slack.home.id} has a token, and CSPR_TENANTS does not list it: nobody there is heard."


async def test_slack_that_does_not_answer(tmp_path: Path, slack: FakeSlack) -> None:
    slack.faults.append(Fault(status=503))
    assert "does not take the token" in fails(await told(slack, in_slack(tmp_path, slack))).said


async def test_the_apps_own_token(tmp_path: Path, slack: FakeSlack) -> None:
    file = tmp_path / "app"
    file.write_text(APP_TOKEN)
    given = in_slack(tmp_path, slack, slack_app_token_file=file)
    assert is_ok(await told(slack, given))
    file.write_text("xapp-another")
    result = fails(await told(slack, given))
    assert result.said == "Slack does not take the app's own token (SlackApiError invalid_auth)."
    file.unlink()
    assert fails(await told(slack, given)).said == "A Slack secret cannot be read."


async def test_tokens_that_are_none(tmp_path: Path, slack: FakeSlack) -> None:
    given = in_slack(tmp_path, slack)
    (tmp_path / "slack_tokens_file").write_text("nothing")
    assert fails(await told(slack, given)).said.startswith("The file of Slack tokens needs a line for each workspace")
