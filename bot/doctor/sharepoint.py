"""Whether Microsoft gives a token for SharePoint, and with it no more than was asked for."""

from __future__ import annotations

from collections.abc import Iterator

from bot.doctor.finding import Finding, failed, not_checked, ok, refused, warning
from bot.doctor.subject import Subject
from bot.settings import sharepoint_settings
from bot.sharepoint.settings import SharePointSettings, SharePointSettingsError

NEEDED = "Sites.Selected"
IN_ENTRA = "In Entra, App registrations, API permissions of the assistant's registration"


async def sharepoint(subject: Subject) -> list[Finding]:
    """A token is asked for, as for every document. What it allows stands in it."""
    if not subject.settings.sharepoint:
        return [not_checked("SharePoint is not set.")]
    try:
        return await _signed_in(subject, sharepoint_settings(subject.settings))
    except SharePointSettingsError as wrong:
        return [refused(wrong)]
    except ModuleNotFoundError:
        return [failed("SharePoint is set, but what it needs is not installed.", "Run: make install-sharepoint")]


async def _signed_in(subject: Subject, given: SharePointSettings) -> list[Finding]:
    from bot.sharepoint.signing_in import NotSignedIn, roles_granted  # noqa: PLC0415 - the SDK only where it is needed

    try:
        has = await roles_granted(given, subject.sites.credentials)
    except NotSignedIn as no:
        said = f"Microsoft gave no token for SharePoint ({no})."
        do = "Compare CSPR_SHAREPOINT_TENANT_ID and CSPR_SHAREPOINT_APP_ID with the registration in Entra, and its certificate."
        return [failed(said, do)]
    if has is None:
        return [not_checked("Microsoft gives a token, and it does not show what it allows.", f"{IN_ENTRA}: look there.")]
    return list(_allowed(has)) or [ok(f"Microsoft gives a token, and it allows {NEEDED} alone.")]


def _allowed(has: frozenset[str]) -> Iterator[Finding]:
    if NEEDED not in has:
        yield failed(f"The registration does not have {NEEDED}.", f"{IN_ENTRA}: add it for Microsoft Graph, and grant it.")
    if more := sorted(has - {NEEDED}):
        said = f"The registration may do more than it needs: {', '.join(more)}."
        yield warning(said, f"{IN_ENTRA}: take away all but {NEEDED}, which opens only the sites that IT names.")
