"""The libraries that the settings name: the case library, and one for each organisation that has its own."""

from __future__ import annotations

import importlib.util
import re
from collections.abc import Awaitable, Callable, Mapping
from pathlib import Path

import msgspec

from bot.library.document import CASES
from bot.library.folder import FolderStorage
from bot.library.storage import Storage
from bot.settings import Settings, SettingsRefused, sharepoint_settings
from bot.sharepoint.budget import Budget
from bot.sharepoint.calls import Calls
from bot.sharepoint.client import Client
from bot.sharepoint.credentials import private_pem
from bot.sharepoint.settings import LibraryAddress, SharePointSettings, SharePointSettingsError, library_address
from bot.sharepoint.storage import SharePointStorage
from state.values import Clock

NOT_INSTALLED = "SharePoint is set, but what it needs is not installed. Run: make install-sharepoint"
NAME = "CSPR_ORGANISATION_LIBRARIES_FILE"
ORGANISATION = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,60}")
Place = LibraryAddress | Path


class Shelves(msgspec.Struct, frozen=True):
    """The libraries, by shelf, and how to let go of what they hold open."""

    storages: Mapping[str, Storage]
    close: Callable[[], Awaitable[None]]


def shelves_of(settings: Settings, clock: Clock, client: Callable[[SharePointSettings], Client] = Client) -> Shelves:
    """The libraries of the settings. Nothing is connected yet. Raises SettingsRefused."""
    places = places_of(settings)
    calls = _calls(settings, clock, client) if any(isinstance(place, LibraryAddress) for place in places.values()) else None
    storages = {shelf: _storage(place, calls) for shelf, place in places.items()}
    return Shelves(storages, calls.close if calls is not None else nothing)


def places_of(settings: Settings) -> dict[str, Place]:
    """Where each library is. Raises SettingsRefused naming each line that cannot be used."""
    case: Place = settings.library
    if settings.sharepoint_library:
        case = _address("CSPR_SHAREPOINT_LIBRARY", settings.sharepoint_library)
    places: dict[str, Place] = {CASES: case}
    wrong = []
    for number, line in _lines(settings.organisation_libraries_file):
        try:
            shelf, place = _parsed(line, f"{NAME}, line {number}")
            _apart(settings.data, places, shelf, place, f"{NAME}, line {number}")
        except SettingsRefused as refused:
            wrong += refused.lines
        else:
            places[shelf] = place
    if wrong:
        raise SettingsRefused(wrong)
    return places


def _storage(place: Place, calls: Calls | None) -> Storage:
    if isinstance(place, LibraryAddress) and calls is not None:
        return SharePointStorage(calls, place)
    return FolderStorage(Path(str(place)))


def _calls(settings: Settings, clock: Clock, client: Callable[[SharePointSettings], Client]) -> Calls:
    """One client for every library. The credential is looked at now, so that a start says what is wrong with it."""
    try:
        known = sharepoint_settings(settings)
        if known.certificate_file is not None:
            private_pem(known.certificate_file)
    except SharePointSettingsError as wrong:
        raise SettingsRefused([str(wrong)]) from None
    if not _installed():
        raise SettingsRefused([NOT_INSTALLED])
    return Calls(client(known), Budget(clock), clock)


def _installed() -> bool:
    """Whether the SDK is there. Nothing of it is imported."""
    try:
        return all(importlib.util.find_spec(name) is not None for name in ("msgraph", "azure.identity"))
    except ModuleNotFoundError:
        return False


def _address(name: str, text: str) -> LibraryAddress:
    try:
        return library_address(text)
    except SharePointSettingsError as wrong:
        raise SettingsRefused([f"{name}: {wrong}"]) from None


def _lines(file: Path | None) -> list[tuple[int, str]]:
    """Each line that says something, with its number."""
    if file is None:
        return []
    try:
        text = file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError):
        raise SettingsRefused([f"{NAME}: {file} cannot be read. Name a text file that the assistant may read."]) from None
    lines = [(number, line.strip()) for number, line in enumerate(text.splitlines(), 1)]
    return [(number, line) for number, line in lines if line and not line.startswith("#")]


def _parsed(line: str, where: str) -> tuple[str, Place]:
    shelf, _, place = (part.strip() for part in line.partition(" "))
    if not ORGANISATION.fullmatch(shelf) or not place:
        raise SettingsRefused([f"{where}: write the organisation's id, a space, and the address or folder of its library."])
    return shelf, _address(where, place) if "://" in place else Path(place)


def _apart(data: Path, places: Mapping[str, Place], shelf: str, place: Place, where: str) -> None:
    """Each organisation has one library, which is nobody else's, and nothing of another's lies in it."""
    if shelf in places:
        raise SettingsRefused([f"{where}: this organisation has a library already. Leave one line for it."])
    if isinstance(place, Path) and _meet(place, data):
        raise SettingsRefused([f"{where}: the folder must be outside the data folder. Choose another folder."])
    for other, taken in places.items():
        if _meet(place, taken):
            whose = "the case library" if other == CASES else f"the library of {other}"
            raise SettingsRefused([f"{where}: this is {whose}, or lies in it or around it. Choose a library of its own."])


def _meet(one: Place, other: Place) -> bool:
    """Whether they are the same, or one lies in the other."""
    if isinstance(one, LibraryAddress) and isinstance(other, LibraryAddress):
        return one.key == other.key
    if isinstance(one, LibraryAddress) or isinstance(other, LibraryAddress):
        return False
    one, other = one.resolve(), other.resolve()
    return one.is_relative_to(other) or other.is_relative_to(one)


async def nothing() -> None:
    """Folders hold nothing open."""
