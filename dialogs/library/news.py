"""What the clockwork tells of the document library: each kind of news, and what is read for it."""

from __future__ import annotations

from dialogs.desk import Desk
from dialogs.library.filing import file_waits, filed_beside
from dialogs.library.handed import handed_in
from dialogs.library.noticed import noticed
from dialogs.library.which import reference_of
from dialogs.turn import FiledBeside, HandedIn, LibraryNews, Noticed, Turn
from state.snapshot import Wanted
from state.values import london_day


def news(desk: Desk, said: LibraryNews) -> None:
    """Tell it to whom it concerns, and keep in the history what happened."""
    if isinstance(said, HandedIn):
        handed_in(desk, said)
    elif isinstance(said, Noticed):
        noticed(desk, said)
    elif isinstance(said, FiledBeside):
        filed_beside(desk, said)
    else:
        file_waits(desk, said)


def reads(turn: Turn, said: LibraryNews) -> Wanted:
    """What is read for it: the case, by the reference of the form or of the folder, with its files, requests and people."""
    case, reference = ("", _reference(said)) if isinstance(said, HandedIn | Noticed) else (said.case, "")
    return Wanted(
        turn=turn.id,
        person="",
        place="",
        case=case,
        reference=reference,
        forms=("referral", "scoping") if isinstance(said, HandedIn) else (),
        requests=True,
        organisations=True,
        people=True,
        files=True,
        today=london_day(turn.at).isoformat(),
    )


def _reference(said: HandedIn | Noticed) -> str:
    return reference_of(said) if isinstance(said, HandedIn) else said.reference
