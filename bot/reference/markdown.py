"""Small pieces of Markdown that the reference pages share."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

MADE = "<!-- Written by `make docs`. Do not edit: change the code or the profile, then run it again. -->"


def page(title: str, *parts: str) -> str:
    """A whole page: the mark that it is written by a command, its title and its parts."""
    return "\n\n".join([MADE, f"# {title}", *(part.strip("\n") for part in parts if part.strip())]) + "\n"


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table, one line a row."""
    return "\n".join([_row(head), _row(["---"] * len(head)), *(_row(row) for row in rows)])


def _row(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|").replace("\n", " ") for cell in cells) + " |"


def code(text: str) -> str:
    """Text as it is typed."""
    return f"`{text}`"


def listed(words: Sequence[str], last: str = "or") -> str:
    """Words as a sentence lists them: "one, two or three"."""
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} {last} {words[-1]}"
