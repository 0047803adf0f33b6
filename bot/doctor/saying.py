"""The results for a person at a terminal, and for a machine."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence

from bot.doctor.examining import Result
from bot.doctor.finding import Status, by_weight

BAD = (Status.WARNING, Status.FAILED)
INDENT = " " * 13


def as_text(results: Sequence[Result]) -> str:
    """A line for each check, and under each failure what to do."""
    lines = [line for one in results for line in _lines(one)]
    return "\n".join([*lines, "", _sum(results), ""])


def _lines(result: Result) -> Iterator[str]:
    shown = [one for one in by_weight(result.found) if one.status is result.status or one.status in BAD or one.do]
    for number, one in enumerate(shown):
        yield (
            f"{one.status.value:<13}{result.check.name}: {_in_line(one.said)}"
            if number == 0
            else f"{INDENT}{_also(one.status)}{_in_line(one.said)}"
        )
        if one.do:
            yield f"{INDENT}  What to do: {_in_line(one.do)}"


def _in_line(text: str) -> str:
    """A guest is called what they like, and a terminal obeys what it is told: nobody writes a line of ours."""
    return "".join(letter if letter.isprintable() else "?" for letter in text)


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
