"""What `cspr doctor` asks of a library: whether it can be used, and who can read it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol, runtime_checkable

import msgspec

from bot.doctor.finding import Finding

PROBE = "cspr-doctor-probe.txt"
"""A file that is written, read and deleted again, where the doctor was told that it may write."""
PROBED = b"Written by cspr doctor. It may be deleted.\n"


class Reader(msgspec.Struct, frozen=True, kw_only=True):
    """A person who can read a library: by the object id of their directory, by e-mail address, or both."""

    id: str = ""
    email: str = ""
    name: str = ""

    @property
    def called(self) -> str:
        """How to say who it is."""
        return self.name or self.email or self.id


class ReadingGroup(msgspec.Struct, frozen=True, kw_only=True):
    """A group whose members can read a library. Who they are cannot be seen with the permissions that the assistant has."""

    id: str
    name: str = ""

    @property
    def called(self) -> str:
        """How to say which it is."""
        return self.name or self.id


class Readers(msgspec.Struct, frozen=True, kw_only=True):
    """Who can read a library, as far as it says so."""

    people: tuple[Reader, ...] = ()
    groups: tuple[ReadingGroup, ...] = ()
    everyone: tuple[str, ...] = ()
    """Names of what stands for everybody: on this machine, in the tenant, or anywhere."""
    links: tuple[str, ...] = ()
    """Whom sharing links of the whole library let in: `anonymous`, `organization`, `users`."""
    hidden: bool = False
    """Whether the library does not show who can read it."""


@runtime_checkable
class Inspectable(Protocol):
    """A library that can be looked into."""

    async def inspect(self, *, write: bool = False, filed: str = "") -> Sequence[Finding]:
        """Whether it can be used. With `write` a small file is written, read and deleted again. Raises no LibraryProblem.

        `filed` is the library's own id of the newest document of ours in it.
        """
        ...

    async def readers(self) -> Readers:
        """Who can read it. Raises LibraryAway or LibraryDenied."""
        ...
