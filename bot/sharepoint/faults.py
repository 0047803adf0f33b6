"""What the errors of Graph, and of the way to it, mean for a library. What is raised holds no name, no token and no address.

Sources: learn.microsoft.com/graph/errors; OneDrive API, "Error responses"; for files that somebody holds, threads 3435 of
microsoft-graph-explorer-v4 (`notAllowed` with `resourceLocked` inside) and 1199 of onedrive-api-docs (423 with `accessDenied`).
"""

from __future__ import annotations

import enum
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

import msgspec

from bot.library.storage import Changed, Gone, Held, LibraryAway, LibraryDenied, LibraryProblem, LibraryRefused, NameTaken

LONGEST_REST, SHORTEST_REST = 3600.0, 1.0
HELD = {
    "resourceLocked",
    "locked",
    "lockMismatch",
    "lockOwnerMismatch",
    "lockNotFoundOrAlreadyExpired",
    "itemCheckedOut",
    "checkedOut",
    "resourceCheckedOut",
    "fileCheckedOut",
}
"""Codes that say, whatever the status, that somebody has the file open or checked out."""
TAKEN, MODIFIED = "nameAlreadyExists", {"resourceModified", "entityTagDoesNotMatch"}


class NotTaken(LibraryRefused):
    """The library does not take what was asked of it: the same again would be refused again."""


class TooOld(LibraryProblem):
    """The mark is too old to look on from."""


class OutOfStep(LibraryProblem):
    """A part of a file that was not the one to come next."""


class Doing(enum.Enum):
    """What a call does: some answers make sense for one kind alone, and are faults of the library at any other."""

    LOOKING = "looking"
    CREATING = "creating"
    REPLACING = "replacing"


class Answer(msgspec.Struct, frozen=True):
    """An answer that is an error: its status, every code in it from the outside in, and how long to wait."""

    status: int
    codes: tuple[str, ...] = ()
    retry_after: str = ""


def problem_of(answer: Answer, doing: Doing, now: datetime) -> LibraryProblem:
    """The answer as a library says it."""
    status, codes = answer.status, set(answer.codes)
    rest = rest_of(answer.retry_after, now)
    if status == 423 or (status in (403, 409) and codes & HELD):
        return Held("somebody holds the file", rest)
    if status in (401, 403):
        return LibraryDenied(f"the library answered {status}")
    if status == 404:
        return Gone("there is no such thing in the library")
    if status in (409, 412):
        return _conflict(doing, status, codes)
    if status == 410:
        return TooOld("the mark is too old")
    if status == 416:
        return OutOfStep("another part is expected")
    if status in (408, 425, 429) or status >= 500:
        return LibraryAway(f"the library answered {status}", rest)
    return NotTaken(f"the library answered {status}")


def _conflict(doing: Doing, status: int, codes: set[str]) -> LibraryProblem:
    """A replaced file that anything is said against is taken for changed: a version beside it loses nothing.

    But that its name is taken says that it is being written: an upload of ours that we lost the address of, for 15 minutes.
    """
    if doing is Doing.REPLACING:
        return LibraryAway("the file is being written") if TAKEN in codes and status == 409 else Changed("the file was changed")
    if doing is Doing.CREATING and not codes & MODIFIED:
        return NameTaken("there is a file of that name")
    return LibraryAway("the library is busy with the file")


def rest_of(retry_after: str, now: datetime) -> float | None:
    """Retry-After in seconds: as a number, or as a date. None where nothing sensible is said."""
    if retry_after.isascii() and retry_after.isdigit():
        seconds = float(retry_after)
    else:
        try:
            until = parsedate_to_datetime(retry_after)
        except ValueError:
            return None
        seconds = (until.replace(tzinfo=until.tzinfo or UTC) - now).total_seconds()
    return min(max(seconds, SHORTEST_REST), LONGEST_REST)


def codes_in(body: object) -> tuple[str, ...]:
    """Every code of an error's body, however deep: the inner ones say more."""
    return tuple(_codes(body.get("error") if isinstance(body, Mapping) else None))


def _codes(error: object) -> Iterator[str]:
    for _ in range(8):
        if not isinstance(error, Mapping):
            return
        if isinstance(code := error.get("code"), str):
            yield code
        error = error.get("innerError") or error.get("innererror")
