"""Turns that nobody says: the assistant's own, when the bell rings or the courier has something to tell."""

from __future__ import annotations

from datetime import datetime

from dialogs.turn import Built, GivenUp, HandedIn, LibraryNews, Tick, Turn
from state.values import Channel, Place, Who, derived_id

CLOCKWORK = "clockwork"
"""Who speaks when it is the assistant itself."""
PLACE = Place(Channel.CONSOLE, CLOCKWORK)
BELL, COURIER, LIBRARY = (Who(CLOCKWORK, name) for name in ("bell", "courier", "library"))


def by_the_bell(name: str, said: Tick, at: datetime) -> Turn:
    """The bell rang. `name` is the turn's id."""
    return Turn(id=name, who=BELL, place=PLACE, said=said, at=at)


def by_the_courier(name: str, said: GivenUp | Built, at: datetime) -> Turn:
    """The courier tells what came of a row. `name` is the turn's id."""
    return Turn(id=name, who=COURIER, place=PLACE, said=said, at=at)


def by_the_library(name: str, said: LibraryNews, at: datetime) -> Turn:
    """Something happened in the document library. `name` is the turn's id."""
    return Turn(id=name, who=_whose(said), place=PLACE, said=said, at=at)


def _whose(said: LibraryNews) -> Who:
    """Whoever left a form has answered what it says: each file for itself, so that two of them are not taken for one."""
    if not isinstance(said, HandedIn):
        return LIBRARY
    return Who(CLOCKWORK, f"{LIBRARY.object}:{derived_id(said.organisation, said.path)}")


def by_itself(turn: Turn) -> bool:
    """Whether nobody said this: nobody waits for an answer to it either."""
    return isinstance(turn.said, GivenUp | Built | Tick | LibraryNews)
