"""Settings: typed, from the environment (`CSPR_…`) or a file named by `CSPR_SETTINGS_FILE`. docs/settings.md lists them."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Literal

from pydantic import Field, ValidationError, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from bot.sharepoint.settings import SharePointSettings, SharePointSettingsError, library_address
from bot.sharepoint.settings import checked as checked_sharepoint
from bot.slack.settings import SlackSettings
from bot.teams.settings import TeamsSettings
from templates.profile import Profile


class SettingsRefused(Exception):
    """Settings that cannot be used. `lines` says which, and what to do."""

    def __init__(self, lines: list[str]) -> None:
        super().__init__("\n".join(lines))
        self.lines = lines


class Settings(BaseSettings):
    """All settings. In local mode every one has a default."""

    model_config = SettingsConfigDict(env_prefix="CSPR_", extra="forbid", frozen=True)

    mode: Literal["local", "production"] = Field(
        "local", description="`local` for one machine with invented people, or `production`"
    )
    profile: str = Field("north-somerset", description="The partnership's profile: a name that ships, or a folder")
    data: Path = Field(Path("data"), description="The data folder: the database and, in local mode, its key")
    library: Path = Field(Path("library"), description="The document library's folder, outside the data folder")
    key_file: Path | None = Field(None, description="The file of encryption keys; local mode makes one in the data folder")
    host: str = Field("127.0.0.1", description="The address to listen on; local mode listens on 127.0.0.1 only")
    port: int = Field(3978, ge=1, le=65535, description="The port to listen on")
    teams_app_id: str = Field("", description="The Teams bot's application (client) id")
    teams_tenant_id: str = Field("", description="The tenant of the bot's own registration")
    teams_secret_file: Path | None = Field(None, description="A file with the bot's client secret; a certificate is better")
    teams_certificate_file: Path | None = Field(None, description="A PEM file with the bot's certificate and private key")
    slack_tokens_file: Path | None = Field(
        None, description="A file with a line for each Slack workspace: its id, a space, and the bot token there"
    )
    slack_signing_secret_file: Path | None = Field(
        None,
        description="A file with the Slack app's signing secret, or a line for each workspace: its id, a space, the secret",
    )
    slack_app_token_file: Path | None = Field(
        None, description="A file with the Slack app's own token: connects to Slack, and needs no public address"
    )
    sharepoint_library: str = Field(
        "",
        description="The case library in SharePoint: its address in a browser, such as https://x.sharepoint.com/sites/y/Cases",
    )
    sharepoint_tenant_id: str = Field("", description="The tenant of the registration that reaches SharePoint")
    sharepoint_app_id: str = Field("", description="That registration's application (client) id, or the managed identity's")
    sharepoint_certificate_file: Path | None = Field(
        None, description="A PEM file with its certificate and private key; without one, the server's managed identity is used"
    )
    sharepoint_retention_label: str = Field("", description="The retention label that filed documents get, if any")
    organisation_libraries_file: Path | None = Field(
        None,
        description="A file with a line for each organisation that has a library of its own: its id, a space, and the "
        "library's address in SharePoint, or a folder",
    )
    office: str = Field("soffice", description="The LibreOffice program, which makes PDF files where it is installed")
    tenants: str = Field(
        "", description="Teams tenants and Slack workspaces whose people may raise a referral, separated by commas"
    )

    @model_validator(mode="after")
    def _fits_the_mode(self) -> Settings:
        if self.mode == "local" and self.host not in ("127.0.0.1", "localhost", "::1"):
            raise ValueError("CSPR_HOST: local mode listens on 127.0.0.1 only. Set CSPR_MODE=production to listen elsewhere.")
        if self.mode == "production":
            self._production()
        self._slack()
        self._sharepoint()
        if self.library.resolve().is_relative_to(self.data.resolve()):
            raise ValueError("CSPR_LIBRARY: the library must be outside the data folder. Choose another folder.")
        return self

    def _production(self) -> None:
        needed: dict[str, object] = {"CSPR_TENANTS": self.tenants, "CSPR_KEY_FILE": self.key_file}
        if self.teams or not self.slack:
            needed |= {
                "CSPR_TEAMS_APP_ID": self.teams_app_id,
                "CSPR_TEAMS_TENANT_ID": self.teams_tenant_id,
                "CSPR_TEAMS_CERTIFICATE_FILE (or CSPR_TEAMS_SECRET_FILE)": self.teams_secret_file
                or self.teams_certificate_file,
            }
        absent = [name for name, value in needed.items() if not value]
        if absent:
            raise ValueError(f"production needs {', '.join(absent)}. Set them, or set CSPR_MODE=local to try it out.")

    def _slack(self) -> None:
        """Half a set of Slack's settings would start, and hear or say nothing."""
        if not self.slack:
            return
        if self.slack_tokens_file is None:
            raise ValueError("CSPR_SLACK_TOKENS_FILE is missing. Name the file with a bot token for each workspace.")
        if self.slack_signing_secret_file is None and self.slack_app_token_file is None:
            raise ValueError("Slack needs CSPR_SLACK_SIGNING_SECRET_FILE, or CSPR_SLACK_APP_TOKEN_FILE for a trial. Set one.")
        if not self.tenant_list:
            raise ValueError("CSPR_TENANTS is empty. List the ids of the Slack workspaces whose people may use the assistant.")

    def _sharepoint(self) -> None:
        """Half a set of SharePoint's settings would start, and file nothing there."""
        if not self.sharepoint:
            return
        if not self.sharepoint_library and self.organisation_libraries_file is None:
            raise ValueError("CSPR_SHAREPOINT_LIBRARY is missing. Name the case library, or unset the others of SharePoint.")
        try:
            sharepoint_settings(self)
        except SharePointSettingsError as wrong:
            raise ValueError(str(wrong)) from None
        try:
            _ = self.sharepoint_library and library_address(self.sharepoint_library)
        except SharePointSettingsError as wrong:
            raise ValueError(f"CSPR_SHAREPOINT_LIBRARY: {wrong}") from None

    @property
    def sharepoint(self) -> bool:
        """Whether anything of SharePoint is set."""
        return any(
            (
                self.sharepoint_library,
                self.sharepoint_tenant_id,
                self.sharepoint_app_id,
                self.sharepoint_certificate_file,
                self.sharepoint_retention_label,
            )
        )

    @property
    def teams(self) -> bool:
        """Whether anything of Teams is set."""
        return bool(self.teams_app_id or self.teams_tenant_id or self.teams_secret_file or self.teams_certificate_file)

    @property
    def slack(self) -> bool:
        """Whether anything of Slack is set."""
        return any((self.slack_tokens_file, self.slack_signing_secret_file, self.slack_app_token_file))

    @property
    def tenant_list(self) -> frozenset[str]:
        """The tenants as a set."""
        return frozenset(name.strip() for name in self.tenants.split(",") if name.strip())


def load_settings(environment: Mapping[str, str] | None = None) -> Settings:
    """Read the settings. Raises SettingsRefused naming each wrong one and what to do."""
    known = os.environ if environment is None else environment
    file = known.get("CSPR_SETTINGS_FILE")
    if file and not Path(file).is_file():
        raise SettingsRefused([f"CSPR_SETTINGS_FILE: there is no file {file}. Make it, or unset the variable."])
    unknown = [
        n for n in known if n.startswith("CSPR_") and n != "CSPR_SETTINGS_FILE" and n[5:].lower() not in Settings.model_fields
    ]
    if unknown:
        raise SettingsRefused([f"{name} is not a setting. docs/settings.md lists them all." for name in sorted(unknown)])
    try:
        return Settings(_env_file=file)  # type: ignore[call-arg]  # the library takes it, its types do not know
    except ValidationError as error:
        raise SettingsRefused([_sentence(e["loc"], e["msg"]) for e in error.errors()]) from error


def _sentence(place: tuple[int | str, ...], message: str) -> str:
    plain = message.removeprefix("Value error, ")
    return f"CSPR_{str(place[0]).upper()}: {plain}. docs/settings.md says what it may be." if place else plain


def sharepoint_settings(settings: Settings) -> SharePointSettings:
    """What SharePoint needs. Raises SharePointSettingsError."""
    return checked_sharepoint(
        SharePointSettings(
            tenant=settings.sharepoint_tenant_id,
            app_id=settings.sharepoint_app_id,
            certificate_file=settings.sharepoint_certificate_file,
            retention_label=settings.sharepoint_retention_label,
        )
    )


def slack_settings(settings: Settings) -> SlackSettings:
    """What the Slack door needs. Raises SettingsRefused where there is no Slack."""
    if settings.slack_tokens_file is None:
        raise SettingsRefused(["CSPR_SLACK_TOKENS_FILE is missing. Name the file with a bot token for each workspace."])
    return SlackSettings(
        workspaces=settings.tenant_list,
        tokens_file=settings.slack_tokens_file,
        signing_secret_file=settings.slack_signing_secret_file,
        app_token_file=settings.slack_app_token_file,
    )


def teams_settings(settings: Settings, profile: Profile, *, windows: bool = True) -> TeamsSettings:
    """What the Teams door needs. In local mode the invented people's tenants are allowed."""
    local = settings.mode == "local"
    invented = frozenset(person.tenant for person in profile.people) if local else frozenset()
    return TeamsSettings(
        tenants=settings.tenant_list | invented,
        app_id=settings.teams_app_id,
        app_tenant=settings.teams_tenant_id,
        secret_file=settings.teams_secret_file,
        certificate_file=settings.teams_certificate_file,
        local=local,
        windows=windows,
    )
