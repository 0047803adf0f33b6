"""Everything that is looked at is put together, then each check is done by itself: one that fails keeps no other from it."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping, Sequence
from pathlib import Path

import aiohttp
import msgspec
from msgspec.structs import replace

from bot.doctor.finding import Finding, Status, failed, not_checked, worst
from bot.doctor.keys import key_file
from bot.doctor.reaching import reach_all
from bot.doctor.settings import wrong_settings
from bot.doctor.subject import Sites, Subject
from bot.doctor.table import CHECKS, Check
from bot.library.shelves import shelves_of
from bot.settings import Settings, SettingsRefused, load_settings
from bot.sharepoint.client import Client
from bot.sharepoint.credentials import credential_of
from bot.sharepoint.settings import SharePointSettings
from state.crypto import KeyProblem, KeyRing, load_key
from state.sqlite.errors import StoreProblem
from state.sqlite.surveying import Survey, survey
from state.values import Clock
from templates.forms.yaml_lines import Mistake
from templates.profile import Profile, load_profile, profile_folder
from templates.wording import WordingError

MOUNTS = Path("/proc/self/mounts")
SITES = Sites()
log = logging.getLogger("cspr.doctor")


class Result(msgspec.Struct, frozen=True, kw_only=True):
    """A check and what it found."""

    check: Check
    found: Sequence[Finding]

    @property
    def status(self) -> Status:
        """How it ended."""
        return worst(self.found)


async def examined(
    environment: Mapping[str, str],
    clock: Clock,
    session: aiohttp.ClientSession,
    *,
    write: bool = False,
    sites: Sites = SITES,
    checks: Sequence[Check] = CHECKS,
) -> list[Result]:
    """Every check, in order. Without settings there is nothing that the others could look at."""
    try:
        given = load_settings(environment)
    except SettingsRefused as problem:
        waits = [not_checked("The settings have to be put right first.")]
        return [Result(check=one, found=wrong_settings(problem) if one.name == "settings" else waits) for one in checks]
    subject = await subject_of(given, environment, clock, session, write=write, sites=sites)
    try:
        return [await _done(one, subject) for one in checks]
    finally:
        await subject.close()


async def subject_of(
    given: Settings,
    environment: Mapping[str, str],
    clock: Clock,
    session: aiohttp.ClientSession,
    *,
    write: bool = False,
    sites: Sites = SITES,
    profile: Profile | None = None,
) -> Subject:
    """What there is to look at, by these settings. Each host that is needed is asked once. `profile`: where it is loaded."""
    subject = await asyncio.to_thread(_subject, given, environment, clock, session, write, sites, profile)
    return replace(subject, reached=tuple(await reach_all(subject)))


def _with_shelves(subject: Subject) -> Subject:
    """The libraries that the settings name, or why there are none."""

    def client(known: SharePointSettings) -> Client:
        there = msgspec.structs.replace(known, graph=subject.sites.graph, loopback=subject.sites.loopback)
        return Client(there, subject.sites.credentials or credential_of)

    try:
        shelves = shelves_of(subject.settings, subject.clock, client)
    except SettingsRefused as refused:
        return replace(subject, shelves_problem=tuple(refused.lines))
    return replace(subject, shelves=shelves.storages, close=shelves.close)


async def _done(check: Check, subject: Subject) -> Result:
    try:
        found = await check.look(subject)
    except Exception as broken:  # A bug in one check: whoever looks for what is wrong still needs the others.
        log.debug("%s broke", check.name, exc_info=broken)
        said = f"This check itself broke ({type(broken).__name__})."
        found = [failed(said, "Please report it with the version that you have. The other checks were done.")]
    return Result(check=check, found=found)


def _subject(
    given: Settings,
    environment: Mapping[str, str],
    clock: Clock,
    session: aiohttp.ClientSession,
    write: bool,
    sites: Sites,
    profile: Profile | None,
) -> Subject:
    """Runs in a thread: it reads files."""
    subject = Subject(
        settings=given,
        environment=environment,
        clock=clock,
        session=session,
        profile=profile or _profile(given.profile),
        sites=sites,
        mounts=MOUNTS.read_text(encoding="utf-8") if MOUNTS.exists() else "",
        write=write,
    )
    subject = _with_shelves(replace(subject, keys=_keys(key_file(subject))))
    known, problem = _survey(subject)
    return replace(subject, survey=known, store_problem=problem)


def _profile(name: str) -> Profile | None:
    """The profile, or None: what is wrong with it has a check of its own."""
    try:
        return load_profile(profile_folder(name))
    except (Mistake, WordingError):
        return None


def _keys(file: Path) -> KeyRing | None:
    try:
        return load_key(file)
    except KeyProblem:
        return None


def _survey(subject: Subject) -> tuple[Survey | None, StoreProblem | None]:
    if subject.keys is None or not subject.database.exists():
        return None, None
    try:
        return survey(subject.database, subject.keys, subject.settings.mode, subject.clock.now()), None
    except StoreProblem as problem:
        return None, problem
