"""What the checks look at, put together once. Tests pass their own addresses, disk and clock in here."""

from __future__ import annotations

import os
import shutil
from collections.abc import Awaitable, Callable, Mapping
from datetime import timedelta
from pathlib import Path

import aiohttp
import msgspec

from bot.doctor.finding import Finding
from bot.library.shelves import nothing
from bot.library.storage import Storage
from bot.settings import Settings
from bot.sharepoint.client import Credentials
from bot.slack.settings import ANSWER_SITES, API_URL, FILE_SITES
from bot.teams.credentials import AUTHORITY
from bot.teams.keys import METADATA_URL
from bot.teams.settings import TEAMS_SERVICE_URLS
from state.crypto import KeyRing
from state.sqlite.errors import StoreProblem
from state.sqlite.surveying import Survey
from state.values import Clock
from templates.profile import Profile

GRAPH = "https://graph.microsoft.com/v1.0"


def _free(folder: Path) -> int:
    return shutil.disk_usage(folder).free


def _writable(folder: Path) -> bool:
    return os.access(folder, os.W_OK | os.X_OK)


class Sites(msgspec.Struct, frozen=True, kw_only=True):
    """Where the services are. Other ones in tests alone."""

    login: str = AUTHORITY
    keys: str = METADATA_URL
    connector: str = TEAMS_SERVICE_URLS[0]
    slack: str = API_URL
    slack_files: tuple[str, ...] = tuple(f"https://{host}/" for host in sorted(FILE_SITES | ANSWER_SITES))
    graph: str = GRAPH
    credentials: Credentials | None = None
    """What signs in to SharePoint; None: what the settings name."""
    loopback: str = ""
    library: str = ""
    """SharePoint itself; empty: as the address of the case library has it."""


class Reached(msgspec.Struct, frozen=True, kw_only=True):
    """How it went with one host. `ahead` is how far this machine's clock is ahead of what the host says."""

    host: str
    finding: Finding | None = None
    ahead: timedelta | None = None


class Subject(msgspec.Struct, frozen=True, kw_only=True):
    """One installation. What could not be had is None; the checks that need it say so."""

    settings: Settings
    environment: Mapping[str, str]
    clock: Clock
    session: aiohttp.ClientSession
    profile: Profile | None = None
    keys: KeyRing | None = None
    survey: Survey | None = None
    store_problem: StoreProblem | None = None
    """Why the database could not be looked at."""
    shelves: Mapping[str, Storage] = {}
    shelves_problem: tuple[str, ...] = ()
    """Why the libraries cannot be used: a sentence each."""
    close: Callable[[], Awaitable[None]] = nothing
    """Lets go of what the libraries hold open."""
    sites: Sites = Sites()
    free: Callable[[Path], int] = _free
    reached: tuple[Reached, ...] = ()
    writable: Callable[[Path], bool] = _writable
    mounts: str = ""
    """The file systems of the machine, as /proc/self/mounts has them."""
    answers_in: float = 10.0
    """Seconds in which a host has to answer."""
    patience: float = 60.0
    """Seconds that a program of this machine may take."""
    write: bool = False
    """Whether a file may be written into the libraries, to see that it can be."""

    @property
    def production(self) -> bool:
        """Whether real people use it."""
        return self.settings.mode == "production"

    @property
    def database(self) -> Path:
        """The file of the database."""
        return self.settings.data / "cspr.sqlite"
