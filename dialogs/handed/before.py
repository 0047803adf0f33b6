"""What the file before said: a form that is handed in again says something new only where it was changed since."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from dialogs.desk import Desk
from dialogs.filling.unclear import SOURCE
from dialogs.handed.spoken import Spoken
from dialogs.turn import Dropped
from state.values import JSON

PATH = SOURCE
"""Where it is kept, among the answers: no question of a form has such a path."""


class Before(msgspec.Struct, frozen=True, kw_only=True):
    """The newest file that was read into a draft: what it said by path, and which row of the form each of its rows became."""

    digest: str = ""
    said: Spoken = {}
    places: Mapping[str, Mapping[int, int]] = {}


NEVER = Before()


def before_of(desk: Desk) -> Before:
    """The file that was read into the draft at hand before this one."""
    kept = desk.answers.get(PATH)
    try:
        return msgspec.convert(kept.value, Before, strict=False) if kept is not None else NEVER
    except msgspec.ValidationError:
        return NEVER


def keep_as_read(desk: Desk, said: Dropped, texts: Spoken, places: Mapping[str, Mapping[int, int]]) -> None:
    """Keep that this file was read, with what it says: encrypted, like every answer."""
    value: JSON = msgspec.to_builtins(Before(digest=said.digest, said=texts, places=places), str_keys=True)
    desk.keep_answer(PATH, "given", value, source=SOURCE)
