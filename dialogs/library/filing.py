"""What the assistant itself did in a library, because of what people do there: it filed beside, or it waits."""

from __future__ import annotations

import re
from collections.abc import Sequence

from dialogs.casework.common import case_button, chain
from dialogs.desk import Desk
from dialogs.library.naming import called
from dialogs.library.noticed import tell
from dialogs.reply import Block, Bullets, Card, Paragraph, Style
from dialogs.turn import FiledBeside, FileWaits
from state.file_records import FILED, FileRecord

VERSION = re.compile(r" v(\d+)\.[A-Za-z]+$")
MOST_PARTS = 20


def filed_beside(desk: Desk, said: FiledBeside) -> None:
    """A rebuilt document lies beside one that somebody changed: what they changed, and what is new. Parts by their headings."""
    case = desk.snapshot.case
    if case is None:
        return
    number, before = _numbers(desk, said)
    desk.note(chain(case), "filed_beside", what=said.what, number=str(number))
    head = desk.words("library.beside", reference=case.reference, file=called(desk, said.what), number=number)
    blocks: tuple[Block, ...] = (Paragraph(head, Style.HEADING),)
    blocks += _parts(desk.words("library.by_hand", number=before), said.by_hand)
    blocks += _parts(desk.words("library.new_in", number=number), said.new)
    blocks += (Paragraph(desk.words("library.then_beside")),)
    tell(desk, case, Card(blocks=blocks, buttons=(case_button(desk, "show_case", case),)))


def file_waits(desk: Desk, said: FileWaits) -> None:
    """A document waits until somebody closes the file. Said once; that it was filed at last needs no message."""
    case = desk.snapshot.case
    if case is None:
        return
    desk.note(chain(case), "file_waits", what=said.what, row=str(said.row))
    text = desk.words("library.waits", reference=case.reference, file=called(desk, said.what))
    tell(desk, case, Card(blocks=(Paragraph(text, Style.HEADING), Paragraph(desk.words("library.then_waits")))))


def _numbers(desk: Desk, said: FiledBeside) -> tuple[int, int]:
    """The number of the new file, and of the one that was changed."""
    found = VERSION.search(said.path)
    number = int(found[1]) if found else 0
    ours = next((one for one in desk.snapshot.files if one.number == number and said.path.endswith(one.path)), None)
    before = [one.number for one in desk.snapshot.files if ours is not None and _before(one, ours)]
    return number, max(before, default=number - 1)


def _before(one: FileRecord, ours: FileRecord) -> bool:
    return (one.shelf, one.series) == (ours.shelf, ours.series) and one.number < ours.number and one.state == FILED


def _parts(heading: str, parts: Sequence[str]) -> tuple[Block, ...]:
    return (Paragraph(heading), Bullets(tuple(parts[:MOST_PARTS]))) if parts else ()
