"""What people did to files in a library is told to the coordinators: by reference, and by what the files are, never by name."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from dialogs.casework.common import case_button, chain, coordinator_places
from dialogs.desk import Desk
from dialogs.library.again import ways
from dialogs.library.naming import called, kept, library, somebody
from dialogs.reply import Block, Button, Card, Facts, Paragraph, Reply, Style
from dialogs.telling import coordinators
from dialogs.turn import Change, Noticed
from state import file_records
from state.records import CaseRecord

MOST = 10
MOST_BUTTONS = 6
CHANGED, ADDED, GONE, MOVED = "changed", "added", "gone", "moved"
_STATES = {GONE: file_records.GONE, ADDED: file_records.FILED}
"""What becomes of a file of ours that somebody takes away, or puts back."""


def noticed(desk: Desk, said: Noticed) -> None:
    """Keep what happened, and tell those who run the case. Nothing is told twice, and a closed case is a case."""
    case = desk.snapshot.case
    if case is None:
        return _outside(desk, said)
    for change in said.changes:
        _keep(desk, case, change)
    return tell(desk, case, Card(blocks=_blocks(desk, case, said.changes), buttons=_buttons(desk, case, said.changes)))


def tell(desk: Desk, case: CaseRecord, card: Card) -> None:
    """Tell those who run a case. Where nobody of them can be reached, the history says so."""
    places = coordinator_places(desk, case)
    if not places:
        desk.note(chain(case), "nobody_told", reason="library")
    for place in places:
        desk.post(place, Reply(card=card, preview=desk.words("filling.preview")), case=case.id)


def _keep(desk: Desk, case: CaseRecord, change: Change) -> None:
    desk.note(chain(case), "library_changed", change=change.change, what=change.what, shelf=change.shelf, by=change.by)
    file = kept(desk, change.file)
    if file is not None:
        state = _STATES.get(change.change, file.state)
        desk.put(replace(file, state=state, changed_at=desk.turn.at))


def _blocks(desk: Desk, case: CaseRecord, changes: Sequence[Change]) -> tuple[Block, ...]:
    if len(changes) == 1:
        return (Paragraph(_sentence(desk, case, changes[0]), Style.HEADING), *_after(desk, changes))
    heading = Paragraph(desk.words("library.several", reference=case.reference, count=len(changes)), Style.HEADING)
    rows = Facts(tuple(_row(desk, number, one) for number, one in enumerate(changes[:MOST], 1)))
    more = (Paragraph(desk.words("library.more", count=MOST)),) if len(changes) > MOST else ()
    return (heading, rows, *more, *_after(desk, changes))


def _sentence(desk: Desk, case: CaseRecord, change: Change) -> str:
    return desk.words(
        f"library.{change.change}",
        reference=case.reference,
        who=somebody(desk, change.by),
        file=called(desk, change.what),
        library=library(desk, change.shelf),
    )


def _row(desk: Desk, number: int, change: Change) -> tuple[str, str]:
    did = desk.words(f"library.was_{change.change}", who=somebody(desk, change.by), library=library(desk, change.shelf))
    return f"{number}. {called(desk, change.what)}", did


def _after(desk: Desk, changes: Sequence[Change]) -> tuple[Block, ...]:
    """What it means, and what can be done: once for each kind."""
    ours = {one.change for one in changes if one.what}
    theirs = any(one.change == ADDED and one.shelf and not one.what for one in changes)
    found = [Paragraph(desk.words(f"library.then_{one}")) for one in (CHANGED, MOVED, GONE) if one in ours]
    return (*found, *([Paragraph(desk.words("library.then_upload"))] if theirs else []))


def _buttons(desk: Desk, case: CaseRecord, changes: Sequence[Change]) -> tuple[Button, ...]:
    again: dict[tuple[str, str], Button] = {}
    for change in changes:
        button = ways(desk, case, change.what) if change.change == GONE else None
        if button is not None:
            again[button.action, button.at] = button
    return (*list(again.values())[: MOST_BUTTONS - 1], case_button(desk, "show_case", case))


def _outside(desk: Desk, said: Noticed) -> None:
    """Files that lie in no case's folder: what they are about, nobody can say."""
    for shelf in dict.fromkeys(one.shelf for one in said.changes if one.change == ADDED):
        count = sum(1 for one in said.changes if one.change == ADDED and one.shelf == shelf)
        desk.note("partnership", "library_changed", change="outside", shelf=shelf, count=str(count))
        text = desk.words("library.outside", count=count, library=library(desk, shelf))
        for place in coordinators(desk):
            desk.post(place, Reply(text=text, preview=desk.words("filling.preview")))
