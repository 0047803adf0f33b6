"""What a check found: how bad it is, what it is, and what to do. No secret, no answer and no name of a child stands in it."""

from __future__ import annotations

import enum
import re
from collections.abc import Iterable

import msgspec

AFTER_A_SENTENCE = re.compile(r"(?<=[.)]) (?=[A-Z]|docs/)")


class Status(enum.StrEnum):
    """How a check ends, from the best to the worst."""

    OK = "ok"
    NOT_CHECKED = "not checked"
    WARNING = "warning"
    FAILED = "failed"


ORDER = tuple(Status)


class Finding(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that a check found. A warning or a failure always says what to do."""

    status: Status
    said: str
    do: str = ""


def ok(said: str) -> Finding:
    """It is as it should be."""
    return Finding(status=Status.OK, said=said)


def not_checked(why: str, do: str = "") -> Finding:
    """It could not be looked at, or there is nothing to look at; perhaps a person can."""
    return Finding(status=Status.NOT_CHECKED, said=why, do=do)


def warning(said: str, do: str) -> Finding:
    """It works, and somebody should look at it."""
    return Finding(status=Status.WARNING, said=said, do=do)


def failed(said: str, do: str) -> Finding:
    """It does not work."""
    return Finding(status=Status.FAILED, said=said, do=do)


def refused(message: object) -> Finding:
    """A failure from a sentence of ours that is followed by what to do, as every error of ours is written."""
    said, *do = AFTER_A_SENTENCE.split(str(message), maxsplit=1)
    return failed(said, " ".join(do) or "docs/settings.md says what it may be.")


def by_weight(found: Iterable[Finding]) -> list[Finding]:
    """The worst first."""
    return sorted(found, key=lambda one: ORDER.index(one.status), reverse=True)


def worst(found: Iterable[Finding]) -> Status:
    """How a check ends that found all this; with nothing found, well."""
    return max((one.status for one in found), key=ORDER.index, default=Status.OK)
