"""Everything put together once, in one short file. Tests pass their own clock, deliverers and folders in here."""

from __future__ import annotations

import random
from collections.abc import Awaitable, Callable, Mapping

import msgspec

from bot.chaser import Chaser
from bot.courier import Courier
from bot.documents import DocumentMaker
from bot.doors import Deliverer
from bot.files import FileGiver
from bot.house import TheHouse
from bot.library.filing import Filing
from bot.library.shelves import Shelves, nothing, shelves_of
from bot.library.storage import Storage
from bot.seed import seed_local
from bot.settings import Settings
from dialogs.kit import Kit
from dialogs.making import make_kit
from state.crypto import KeyRing, Purpose, load_key, load_or_make_key
from state.records import PlaceRecord
from state.snapshot import Store, Wanted
from state.sqlite.store import SqliteStore, open_store
from state.values import Channel, Clock
from templates.profile import Profile, load_profile, profile_folder

PURPOSES = {"code": Purpose.CODES, "code-seed": Purpose.TURNS, "child": Purpose.CHILDREN}
DATABASE = "cspr.sqlite"
KEY = "key.json"


class Assembled(msgspec.Struct, frozen=True):
    """The parts of a running assistant."""

    store: SqliteStore
    kit: Kit
    courier: Courier
    house: TheHouse
    keys: KeyRing
    chaser: Chaser
    filing: Filing
    let_go: Callable[[], Awaitable[None]] = nothing
    """Lets go of what the libraries hold open."""


class StoredPlaces:
    """Places looked up in the store, never kept in memory."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def place(self, place: str) -> PlaceRecord | None:
        """The place of that id, or None."""
        return (await self._store.read(Wanted(turn="", person="", place=place))).place


def keys_of(settings: Settings) -> KeyRing:
    """The keys. Local mode makes its own, readable by its owner alone. Raises KeyProblem."""
    path = settings.key_file or settings.data / KEY
    if settings.mode == "local":
        settings.data.mkdir(mode=0o700, parents=True, exist_ok=True)
        return load_or_make_key(path)
    return load_key(path)


def profile_of(settings: Settings) -> Profile:
    """The partnership's profile. Raises Mistake."""
    return load_profile(profile_folder(settings.profile))


def store_of(settings: Settings, keys: KeyRing) -> SqliteStore:
    """The database. Raises StoreProblem."""
    return open_store(settings.data / DATABASE, keys, settings.mode)


def kit_of(profile: Profile, keys: KeyRing, settings: Settings, reachable: frozenset[str] = frozenset()) -> Kit:
    """The kit of the dialogs, with keyed digests and the tenants whose people are practitioners."""
    invented = frozenset(person.tenant for person in profile.people) if settings.mode == "local" else frozenset()
    tenants = settings.tenant_list | invented
    return make_kit(profile, lambda purpose, text: keys.digest(PURPOSES[purpose], text), tenants, reachable)


async def assemble(
    settings: Settings,
    clock: Clock,
    deliverers: Mapping[Channel, Deliverer],
    *,
    profile: Profile | None = None,
    chance: random.Random | None = None,
    shelves: Mapping[str, Storage] | None = None,
) -> Assembled:
    """Open everything. The caller closes `store`, and runs the courier where it should run by itself."""
    profile = profile or profile_of(settings)
    opened = Shelves(shelves, nothing) if shelves else shelves_of(settings, clock)
    keys = keys_of(settings)
    store = store_of(settings, keys)
    kit = kit_of(profile, keys, settings, frozenset(channel.value for channel in deliverers))
    if settings.mode == "local":
        await seed_local(store, profile, clock)
    filing = Filing(store, opened.storages, clock, profile.words)
    courier = Courier(
        store,
        StoredPlaces(store),
        clock,
        profile.words,
        deliverers=deliverers,
        documents=DocumentMaker(store, kit, filing),
        files=FileGiver(store, kit, filing, clock),
        chance=chance,
        hours=profile.chasing.hours,
        clocks=profile.clocks,
    )
    house = TheHouse(store, kit, courier, clock)
    filing.beside = house.tell_beside
    return Assembled(store, kit, courier, house, keys, Chaser(store, house, clock, profile), filing, opened.close)
