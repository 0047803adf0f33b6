"""Values that every floor shares: time, people, places and ids. No I/O."""

from __future__ import annotations

import enum
import uuid
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import Protocol
from zoneinfo import ZoneInfo

import msgspec

LONDON = ZoneInfo("Europe/London")

JSON = None | bool | int | float | str | list["JSON"] | dict[str, "JSON"]


class Clock(Protocol):
    """Where time comes from. Everything that needs the time is given one; nothing reads the machine's clock itself."""

    def now(self) -> datetime:
        """The present instant, aware, in UTC."""
        ...


class Channel(enum.StrEnum):
    """The kinds of door a person can speak through."""

    CONSOLE = "console"
    TEAMS = "teams"
    SLACK = "slack"


ACCOUNTS_ARE_PEOPLE = frozenset({Channel.TEAMS, Channel.CONSOLE})
"""Channels whose accounts are never another one of somebody's: nothing is looked up for what is said there."""


class PlaceKind(enum.StrEnum):
    """One to one, or read by everybody in a channel."""

    PERSONAL = "personal"
    CHANNEL = "channel"


class Place(msgspec.Struct, frozen=True, omit_defaults=True):
    """Where something is said. `conversation` is the channel's own id; `address` is what its door needs to speak there."""

    channel: Channel
    conversation: str
    kind: PlaceKind = PlaceKind.PERSONAL
    address: dict[str, str] = {}

    @property
    def id(self) -> str:
        """The key of this place in the database."""
        return f"{self.channel.value}:{self.conversation}"


class Who(msgspec.Struct, frozen=True, omit_defaults=True):
    """A person as a signed channel names them. Identity is (tenant or workspace, object id), never a name (docs/access.md)."""

    tenant: str
    object: str
    name: str = ""
    email: str = ""

    @property
    def id(self) -> str:
        """The key of this person in the database."""
        return f"{self.tenant}/{self.object}"


def to_london(instant: datetime) -> datetime:
    """The same instant as people in England read it on their clocks."""
    return instant.astimezone(LONDON)


@lru_cache(maxsize=256)
def london_day(instant: datetime) -> date:
    """The calendar day it is in England at that instant."""
    return to_london(instant).date()


def utc_text(instant: datetime) -> str:
    """An instant as it is stored: ISO 8601 in UTC to the microsecond, so that texts sort as instants do."""
    return instant.astimezone(UTC).isoformat(timespec="microseconds")


def derived_id(seed: str, name: str) -> str:
    """A fresh id that depends only on its seed, so that deciding a turn twice gives the same ids."""
    return uuid.uuid5(uuid.NAMESPACE_OID, f"{seed}\x1f{name}").hex
