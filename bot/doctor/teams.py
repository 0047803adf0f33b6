"""Whether Microsoft takes us for the Teams bot that is registered."""

from __future__ import annotations

from bot.doctor.finding import Finding, failed, not_checked, ok
from bot.doctor.subject import Subject
from bot.settings import teams_settings
from bot.teams.credentials import AppToken, NoToken
from bot.teams.settings import TeamsSettingsError, checked


async def teams(subject: Subject) -> list[Finding]:
    """A token for the connector is asked for, as for every message. Nothing is sent with it."""
    if not subject.settings.teams:
        return [not_checked("Teams is not set.")]
    if subject.profile is None:
        return [not_checked("The profile has to be put right first.")]
    given = teams_settings(subject.settings, subject.profile)
    if not given.signed:
        return [not_checked("Local mode without an app id signs in nowhere.")]
    try:
        token = AppToken(checked(given), subject.session, subject.clock, subject.sites.login)
        await token.headers()
    except TeamsSettingsError as wrong:
        return [failed(str(wrong), "docs/install.md says how to get each of them.")]
    except NoToken as no:
        said = f"Microsoft gave no token for the Teams bot ({no})."
        do = "Compare CSPR_TEAMS_APP_ID and CSPR_TEAMS_TENANT_ID with the registration in Entra, and its certificate or secret."
        return [failed(said, do)]
    return [ok("Microsoft takes the assistant for the bot that is registered.")]
