"""Small numbers that a button carries, such as where a page begins. Whatever else comes back is none."""

from __future__ import annotations

LONGEST = 6


def small(text: str) -> int:
    """The number, or 0 for anything that is none or that no button of ours would carry."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= LONGEST else 0
