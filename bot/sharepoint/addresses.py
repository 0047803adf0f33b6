"""Which addresses are spoken to: Graph itself with our token; SharePoint's own hosts without one, for content alone."""

from __future__ import annotations

from urllib.parse import quote

from bot.fetching import PLAIN, plain_parts
from bot.library.storage import LibraryRefused
from bot.sharepoint.settings import SITES, SharePointSettings


def holds_content(url: str, settings: SharePointSettings) -> bool:
    """Whether content may be sent there, or fetched from there. An answer names the address, so it is looked at closely."""
    parts = plain_parts(url)
    if parts is None:
        return False
    if settings.loopback and (parts.scheme, parts.netloc) == ("http", settings.loopback):
        return True
    secure = parts.scheme == "https" and parts.port in (None, 443)
    return secure and any((parts.hostname or "").endswith(site) for site in settings.sites)


def is_site(url: str) -> bool:
    """Whether it leads people to SharePoint itself: an answer names it, and we show it as a link to our own document."""
    parts = plain_parts(url)
    if parts is None:
        return False
    return parts.scheme == "https" and parts.port in (None, 443) and (parts.hostname or "").endswith(SITES)


def is_graph(url: str, settings: SharePointSettings) -> bool:
    """Whether an address that Graph gave us to go on with is Graph's own: our token goes with it."""
    return PLAIN.fullmatch(url) is not None and url.startswith(f"{settings.graph}/") and "/../" not in url


def at_path(settings: SharePointSettings, drive: str, path: str, then: str = "") -> str:
    """The address of what is at a path, or of something of it (`content`, `children`, `createUploadSession`).

    Written out as Microsoft's page has it ("Addressing resources in a drive"): the SDK would write `root%3A%2F…`, which the
    service was reported not to take everywhere (msgraph-sdk-powershell 3772).
    """
    names = path.split("/")
    if any(name in ("", ".", "..") for name in names):
        raise LibraryRefused("a path leads outside the library")
    base = f"{settings.graph}/drives/{quote(drive, safe='!')}/root:/{'/'.join(quote(name, safe='') for name in names)}"
    return f"{base}:/{then}" if then else base
