"""What SharePoint needs to know. The wiring fills it; nothing here reads the environment, or imports an SDK."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import unquote, urlsplit

import msgspec

GRAPH = "https://graph.microsoft.com/v1.0"
SITES = (".sharepoint.com",)
"""How the names of the hosts end that hold libraries, and that files are sent to and fetched from."""
HOST = re.compile(r"[a-z0-9-]+\.sharepoint\.com")
FORMS = re.compile(r"/Forms(/[^/]*\.aspx)?$", re.IGNORECASE)
"""What a browser adds to a library's address: the page that shows it."""
EXAMPLE = "such as https://council.sharepoint.com/sites/cspr/Cases."


class SharePointSettingsError(Exception):
    """A setting that leads nowhere, or too far. Says what is wrong and what to do."""


class LibraryAddress(msgspec.Struct, frozen=True):
    """A document library: its host, the path of its site, and its own name in that address."""

    host: str
    site: str
    library: str

    @property
    def url(self) -> str:
        """The address, in one way of writing it."""
        return "/".join(part for part in (f"https://{self.host}", self.site, self.library) if part)

    @property
    def key(self) -> str:
        """The same for every way of writing the same address: SharePoint does not tell capitals from small letters."""
        return self.url.lower()


class SharePointSettings(msgspec.Struct, frozen=True, kw_only=True):
    """Who we are to SharePoint. Without a certificate it is the server's managed identity, `app_id` where it has one.

    `loopback` is a host and port of this machine that tests put in SharePoint's place. `answers_in` and `moves_in` are the
    seconds until Graph must have said something, and until a part of a file must have been taken or given.
    """

    tenant: str
    app_id: str = ""
    certificate_file: Path | None = None
    retention_label: str = ""
    graph: str = GRAPH
    sites: tuple[str, ...] = SITES
    loopback: str = ""
    answers_in: float = 30.0
    moves_in: float = 120.0


def library_address(text: str) -> LibraryAddress:
    """The library of an address as a browser shows it. Raises SharePointSettingsError."""
    try:
        parts = urlsplit(text.strip())
        host, port = (parts.hostname or "").lower(), parts.port
    except ValueError:
        raise SharePointSettingsError(f"this is no address. Copy the library's address from a browser, {EXAMPLE}") from None
    if parts.scheme != "https" or port is not None or "@" in parts.netloc:
        raise SharePointSettingsError(f"the address must begin with https:// and a host. Copy it from a browser, {EXAMPLE}")
    if not HOST.fullmatch(host):
        raise SharePointSettingsError(f"the host must be one of .sharepoint.com. Copy the library's address, {EXAMPLE}")
    names = [name for name in FORMS.sub("", unquote(parts.path).rstrip("/")).split("/") if name]
    if not names or any(_odd(name) for name in names):
        raise SharePointSettingsError(f"the address names no library. Open the library itself and copy its address, {EXAMPLE}")
    if len(names) < 3 and names[0].lower() in ("sites", "teams"):
        raise SharePointSettingsError(f"the address names a site and no library in it. Copy the library's address, {EXAMPLE}")
    return LibraryAddress(host, "/".join(names[:-1]), names[-1])


def _odd(name: str) -> bool:
    """A page of SharePoint's own, a sharing link (`/:w:/r/…`), or a step out of the folder."""
    return name.startswith((":", "_")) or name in (".", "..") or name.lower().endswith(".aspx") or not name.isprintable()


def checked(settings: SharePointSettings) -> SharePointSettings:
    """The same settings, fit to start with. Raises SharePointSettingsError naming the first thing that is missing."""
    if not settings.tenant:
        raise SharePointSettingsError("CSPR_SHAREPOINT_TENANT_ID is missing. Set the tenant that SharePoint is in.")
    if settings.certificate_file is None:
        return settings
    if not settings.app_id:
        raise SharePointSettingsError(
            "CSPR_SHAREPOINT_APP_ID is missing. Set the id of the registration with that certificate."
        )
    return settings
