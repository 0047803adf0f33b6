"""Which case a file is about, and which draft it makes: worked out before anything is read."""

from __future__ import annotations

import re

from dialogs.turn import Dropped, Turn
from state.values import derived_id

REFERRAL = "referral"
ITS_CASE = "document.reference"
_REFERENCE = re.compile(r"(?<![A-Z])[A-Z]{2,6}-\d{4}-\d{4,5}(?!\d)")
"""All of a reference, or nothing: the beginning of one is that of another case."""


def reference_of(said: Dropped) -> str:
    """The case that a document says it is about, or else its file's name: ours are named by reference."""
    return next((found for text in (own_reference(said), said.name) if (found := _in(text))), "")


def own_reference(said: Dropped) -> str:
    """The case that the document itself names."""
    return _in(said.tags.get(ITS_CASE, ""))


def _in(text: str) -> str:
    match = _REFERENCE.search(text)
    return match[0] if match else ""


def draft_of(turn: Turn, said: Dropped) -> str:
    """The draft that this file of this person is read into: the same file leads to the same one, whatever it is called."""
    return derived_id(f"{turn.who.id}\x1f{said.digest}", REFERRAL) if said.form == REFERRAL else ""
