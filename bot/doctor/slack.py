"""Whether Slack takes us for the app of each workspace, and what it lets the app do there."""

from __future__ import annotations

import msgspec

from bot.doctor.finding import Finding, failed, not_checked, ok, refused, warning
from bot.doctor.subject import Subject
from bot.settings import slack_settings
from bot.slack.settings import SlackSettings, SlackSettingsError

MANIFEST = "Make the manifest (cspr package --slack), put it into the app at api.slack.com, and install the app again."


async def slack(subject: Subject) -> list[Finding]:
    """Each workspace is asked who we are there. Nothing is said in any."""
    if not subject.settings.slack:
        return [not_checked("Slack is not set.")]
    given = msgspec.structs.replace(slack_settings(subject.settings), api_url=subject.sites.slack)
    try:
        from bot.slack.api import tokens_in  # noqa: PLC0415 - Slack's library may not be there

        tokens = tokens_in(given.tokens_file)
    except ModuleNotFoundError:
        return [failed("Slack is set, but what it needs is not installed.", "Run: make install-slack")]
    except SlackSettingsError as wrong:
        return [refused(wrong)]
    found = [one for team, token in tokens.items() for one in await _workspace(subject, given, team, token)]
    return found + await _app(subject, given)


async def _workspace(subject: Subject, given: SlackSettings, team: str, token: str) -> list[Finding]:
    from bot.slack.api import SlackApi  # noqa: PLC0415
    from bot.slack.faults import FAULTS, named  # noqa: PLC0415

    try:
        there = await SlackApi(token, given, subject.session).signed_in()
    except FAULTS as fault:
        said = f"Slack does not take the token of workspace {team} ({named(fault)})."
        return [failed(said, "Put the bot token that the app has in that workspace into CSPR_SLACK_TOKENS_FILE.")]
    if there.team != team:
        said = f"The token that stands for workspace {team} is that of {there.team}."
        return [failed(said, "Put the right id before the token in CSPR_SLACK_TOKENS_FILE.")]
    return [*_scopes(team, there.scopes), *_listed(given, team)] or [ok(f"Slack takes the assistant for the app of {team}.")]


def _scopes(team: str, has: frozenset[str]) -> list[Finding]:
    from bot.slack.methods import scopes  # noqa: PLC0415

    if not has:
        return [not_checked(f"Slack did not say what the app may do in {team}.")]
    found = []
    if lacks := sorted(scopes() - has):
        found.append(failed(f"In {team} the app lacks {', '.join(lacks)}.", MANIFEST))
    if more := sorted(has - scopes()):
        found.append(warning(f"In {team} the app may do more than it needs: {', '.join(more)}.", MANIFEST))
    return found


def _listed(given: SlackSettings, team: str) -> list[Finding]:
    if team in given.workspaces:
        return []
    said = f"Workspace {team} has a token, and CSPR_TENANTS does not list it: nobody there is heard."
    return [warning(said, "Add its id to CSPR_TENANTS, or take its line out of CSPR_SLACK_TOKENS_FILE.")]


async def _app(subject: Subject, given: SlackSettings) -> list[Finding]:
    """The app's own token, with which it connects: a connection is offered to us, and not taken up."""
    if given.app_token_file is None:
        return []
    from bot.slack.api import SlackApi, secret_in  # noqa: PLC0415
    from bot.slack.faults import FAULTS, named  # noqa: PLC0415

    try:
        await SlackApi(secret_in(given.app_token_file), given, subject.session).call("apps.connections.open")
    except SlackSettingsError as wrong:
        return [refused(wrong)]
    except FAULTS as fault:
        do = "Make an app-level token with the scope connections:write, and put it into CSPR_SLACK_APP_TOKEN_FILE."
        return [failed(f"Slack does not take the app's own token ({named(fault)}).", do)]
    return []
