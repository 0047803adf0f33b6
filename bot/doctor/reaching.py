"""Whether the services can be reached from here, the way the assistant does: with the system's certificates and no proxy."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit

import aiohttp

from bot.doctor.finding import Finding, failed, not_checked, ok
from bot.doctor.subject import Reached, Subject
from bot.library.shelves import places_of
from bot.settings import Settings, SettingsRefused
from bot.sharepoint.settings import LibraryAddress

PROXIES = ("HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy")


def addresses(subject: Subject) -> Iterator[str]:
    """What the doors and libraries that are set need to reach."""
    settings, sites = subject.settings, subject.sites
    if settings.teams:
        yield from (sites.login, sites.keys, sites.connector)
    if settings.slack:
        yield from (sites.slack, *sites.slack_files)
    if hosts := _libraries(settings):
        yield from (sites.login, sites.graph, *((sites.library,) if sites.library else hosts))


def _libraries(settings: Settings) -> list[str]:
    """The hosts of the libraries that are in SharePoint."""
    try:
        places = places_of(settings).values()
    except SettingsRefused:
        return []
    return sorted({f"https://{place.host}/" for place in places if isinstance(place, LibraryAddress)})


async def reach_all(subject: Subject) -> list[Reached]:
    """Each host once, side by side."""
    by_host = {urlsplit(address).netloc: address for address in addresses(subject)}
    return list(await asyncio.gather(*(_reach(subject, host, address) for host, address in by_host.items())))


async def reaching(subject: Subject) -> list[Finding]:
    """Every host. Whatever it answers, it was reached."""
    if not subject.reached:
        return [not_checked("Neither Teams, Slack nor SharePoint is set.")]
    wrong = [one.finding for one in subject.reached if one.finding]
    return wrong or [ok(f"All {len(subject.reached)} hosts answer.")]


async def _reach(subject: Subject, host: str, address: str) -> Reached:
    seconds = aiohttp.ClientTimeout(total=subject.answers_in)
    try:
        async with subject.session.get(address, allow_redirects=False, timeout=seconds) as answer:
            return Reached(host=host, ahead=_ahead(answer.headers.get("Date", ""), subject.clock.now()))
    except (aiohttp.ClientSSLError, aiohttp.ServerFingerprintMismatch):
        said = f"{host}: its certificate is not trusted here."
        do = "Where a proxy of yours opens connections, let it leave this host alone, or add its certificate to the system's."
    except aiohttp.ClientConnectorDNSError:
        said, do = f"{host}: its name is not known here.", "Check the name service, or the address in the settings."
    except TimeoutError:
        said, do = f"{host}: nothing came within {subject.answers_in:.0f} seconds.", _allow(subject, host)
    except (aiohttp.ClientError, OSError):
        said, do = f"{host}: the connection was refused or cut.", _allow(subject, host)
    return Reached(host=host, finding=failed(said, do))


def _allow(subject: Subject, host: str) -> str:
    allow = f"Let this server reach {host} by https in your firewall."
    proxied = any(subject.environment.get(name) for name in PROXIES)
    return f"{allow} The assistant does not use the proxy of the environment." if proxied else allow


def _ahead(date: str, now: datetime) -> timedelta | None:
    try:
        return now - parsedate_to_datetime(date)
    except (TypeError, ValueError):
        return None
