"""`python -m tests.parity.table`: write docs/channels.md from the abilities."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.parity.ability import Chapter

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "channels.md"
HEAD = """\
<!-- Written by `make docs` from the journeys in tests/parity. Do not edit: change a journey, then run it again. -->

# What each channel can do

People talk to the assistant in Teams, in Slack, or in the console of this machine, which is for trying it out. The
conversations and forms are the same ones; only the drawing differs. Each *yes* is a journey that the tests make in that
channel, from what a person types and presses to what they see. Each *no* has its reason below the tables, and the same
journey shows that it is not offered there.
"""


def page() -> str:
    """The whole page."""
    from tests.parity.abilities import CHAPTERS  # after the path is set

    reasons = _reasons(CHAPTERS)
    parts = [HEAD, *(_chapter(chapter, reasons) for chapter in CHAPTERS)]
    return "\n".join([*parts, "## Why not\n", *_why(reasons)])


def _reasons(chapters: Sequence[Chapter]) -> dict[str, int]:
    """Each reason with its number, in the order in which they come."""
    said = (reason for chapter in chapters for one in chapter.abilities for reason in one.cannot.values())
    return {reason: number for number, reason in enumerate(dict.fromkeys(said), start=1)}


def _chapter(chapter: Chapter, reasons: dict[str, int]) -> str:
    return "\n".join([f"## {chapter.title}\n", *_rows(chapter, reasons), ""])


def _rows(chapter: Chapter, reasons: dict[str, int]) -> Iterator[str]:
    from state.values import Channel

    names = [channel.value.title() for channel in Channel]
    yield f"| What a person can do | {' | '.join(names)} |"
    yield f"| --- | {' | '.join('---' for _ in names)} |"
    for one in chapter.abilities:
        cells = (f"no ({reasons[one.cannot[channel]]})" if channel in one.cannot else "yes" for channel in Channel)
        yield f"| {one.title} | {' | '.join(cells)} |"


def _why(reasons: dict[str, int]) -> Iterator[str]:
    for reason, number in reasons.items():
        yield f"{number}. {reason}"
    yield ""


if __name__ == "__main__":
    sys.path[:0] = [str(ROOT / "tests"), str(ROOT / "tests" / "journeys")]
    PAGE.write_text(page(), encoding="utf-8")
