"""What the clockwork tells of the document library: each kind of news, and what is read for it."""

from __future__ import annotations

from dialogs.desk import Desk
from dialogs.turn import HandedIn, LibraryNews, Turn
from state.snapshot import Wanted
from state.values import london_day


def news(desk: Desk, said: LibraryNews) -> None:
    """Keep in the history what happened."""
    if not isinstance(said, HandedIn) and said.case:
        desk.note(f"case:{said.case}", "library", what=said.what)


def reads(turn: Turn, said: LibraryNews) -> Wanted:
    """What is read for it."""
    case = "" if isinstance(said, HandedIn) else said.case
    today = london_day(turn.at).isoformat()
    return Wanted(turn=turn.id, person="", place="", case=case, requests=True, organisations=True, people=True, today=today)
