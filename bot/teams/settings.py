"""What the Teams door needs to know. The wiring fills it from the settings; nothing here reads the environment."""

from __future__ import annotations

from pathlib import Path

import msgspec

TEAMS_SERVICE_URLS = (
    "https://smba.trafficmanager.net/",
    "https://smba.infra.gcc.teams.microsoft.com/",
    "https://smba.infra.gov.teams.microsoft.us/",
    "https://smba.infra.dod.teams.microsoft.us/",
)
"""Where Teams is spoken to. Source: learn.microsoft.com, "Send proactive messages", "Get the service URL"."""


FILE_SITES = (".sharepoint.com",)
"""How the names of the hosts end where Teams keeps files: people's own OneDrive. Source: "Send and receive files using bot"."""


class TeamsSettingsError(Exception):
    """A setting that would let anybody in, or nobody. Says which one and what to do."""


class TeamsSettings(msgspec.Struct, frozen=True, kw_only=True):
    """Who we are in Teams, whom we believe and where we may speak.

    `tenants` are the ids of the tenants whose conversations are taken; `app_tenant` is the one the bot is registered in. The
    credential is a file with the secret alone, or a PEM file with the certificate and its key, read for each new token: a
    renewed one needs no restart. `windows` is false where the client has none (the Agents Playground).
    """

    tenants: frozenset[str]
    app_id: str = ""
    app_tenant: str = ""
    secret_file: Path | None = None
    certificate_file: Path | None = None
    service_urls: tuple[str, ...] = TEAMS_SERVICE_URLS
    file_sites: tuple[str, ...] = FILE_SITES
    local: bool = False
    windows: bool = True

    @property
    def signed(self) -> bool:
        """Whether callers must show a signed token. Only local mode without an app id goes without."""
        return bool(self.app_id) or not self.local


def checked(settings: TeamsSettings) -> TeamsSettings:
    """The same settings, fit to start with. Raises TeamsSettingsError naming the first thing that is missing."""
    if not settings.tenants:
        raise TeamsSettingsError("No tenant is allowed. List the tenant ids of Teams that may use the assistant.")
    if not settings.signed:
        return settings
    if not settings.app_id or not settings.app_tenant:
        raise TeamsSettingsError("The Teams app id or its tenant is missing. Set both, or use local mode.")
    if settings.secret_file is None and settings.certificate_file is None:
        raise TeamsSettingsError(
            "The Teams credential is missing. Name a file with the secret, or with the certificate and key."
        )
    return settings
