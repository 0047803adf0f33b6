"""The results for a person at a terminal, and for a machine."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from itertools import groupby
from textwrap import wrap

from bot.doctor.examining import Result
from bot.doctor.finding import Status, by_weight

BAD = (Status.WARNING, Status.FAILED)
INDENT = " " * 13
WIDTH = 90
"""Characters of a line of names."""


def as_text(results: Sequence[Result]) -> str:
    """A line for each check, one for all that wait for the same thing, and under each failure what to do."""
    alike = (list(some) for _, some in groupby(results, key=_waits_for))
    lines = [line for some in alike for line in _lines(some[0], ", ".join(one.check.name for one in some))]
    return "\n".join([*lines, "", _sum(results), ""])


def _waits_for(result: Result) -> str:
    """What has to come first before a check can be made: one line says it of several. Any other check stands alone."""
    only = result.found[0]
    waits = len(result.found) == 1 and only.status is Status.NOT_CHECKED and not only.do
    return only.said if waits else f"{result.check.name}:"


def _lines(result: Result, names: str) -> Iterator[str]:
    shown = [one for one in by_weight(result.found) if one.status is result.status or one.status in BAD or one.do]
    for number, one in enumerate(shown):
        said = _in_line(one.said)
        yield f"{one.status.value:<13}{_named(names)}: {said}" if number == 0 else f"{INDENT}{_also(one.status)}{said}"
        if one.do:
            yield f"{INDENT}  What to do: {_in_line(one.do)}"


def _in_line(text: str) -> str:
    """A guest is called what they like, and a terminal obeys what it is told: nobody writes a line of ours."""
    return "".join(letter if letter.isprintable() else "?" for letter in text)


def _named(names: str) -> str:
    """Many names go on under themselves."""
    return f"\n{INDENT}".join(wrap(names, WIDTH, break_on_hyphens=False))


def _also(status: Status) -> str:
    return "" if status is Status.OK else f"{status.value}: "


def _sum(results: Sequence[Result]) -> str:
    counts = {status: sum(one.status is status for one in results) for status in reversed(Status)}
    told = ", ".join(f"{number} {status.value}" for status, number in counts.items() if number)
    return f"{len(results)} checks: {told}."


def as_json(results: Sequence[Result]) -> str:
    """The same as JSON: docs/doctor.md says what is in it."""
    checks = [
        {
            "name": one.check.name,
            "group": one.check.group,
            "status": one.status.value,
            "found": [{"status": each.status.value, "said": each.said, "do": each.do} for each in by_weight(one.found)],
        }
        for one in results
    ]
    return json.dumps({"failed": any_failed(results), "checks": checks}, indent=2, ensure_ascii=False) + "\n"


def any_failed(results: Sequence[Result]) -> bool:
    """Whether anything does not work."""
    return any(one.status is Status.FAILED for one in results)
