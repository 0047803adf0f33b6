"""The pack as one file: a PDF, or a zip. Made when somebody asks, from what lies in the library, and sent once it is there."""

from __future__ import annotations

from dialogs.desk import Desk
from dialogs.giving.ask import ASKS_ITSELF, ask_first, called, coming, may_here, send, under_way
from dialogs.giving.lying import newest
from dialogs.giving.may import may_have
from dialogs.reply import Button
from dialogs.turn import Press
from state.access import Access
from state.records import CaseRecord

PACK = "rapid_review"
PDF, ZIP, WITH_RETURNS = "rapid_review_pdf", "rapid_review_zip", "returns_zip"
ONE_FILE = (PDF, ZIP, WITH_RETURNS)
"""The pack as it is read; the same with its overview, agenda and letter; and with every return, for whoever runs the case."""


def one_file(desk: Desk, press: Press) -> None:
    """Say what a copy in this conversation means, and ask: nothing is made before somebody wants it."""
    case = _case(desk, press)
    if case is None:
        return
    if desk.turn.place.channel not in ASKS_ITSELF:
        return ask_first(desk, press, "make_one_file")
    if under_way(desk, press.at):
        return None
    _order(desk, case, press.at)
    desk.tell(desk.words("giving.being_made", file=called(desk, press.at)))
    return send(desk, press.at)


def make_one_file(desk: Desk, press: Press) -> None:
    """Yes: it is made from what lies in the library now, and sent."""
    case = _case(desk, press)
    if case is not None and not under_way(desk, press.at):
        _order(desk, case, press.at)
        coming(desk, press.at)


def one_file_buttons(desk: Desk, case: CaseRecord) -> tuple[Button, ...]:
    """What this person can have the pack as. Where there is no LibreOffice, a PDF is not offered."""
    if not _has_pack(desk) or not desk.private:
        return ()
    zipped = WITH_RETURNS if may_have(desk, WITH_RETURNS, None) is Access.YES else ZIP
    found = ((PDF, desk.kit.prints), (zipped, True))
    return tuple(offered_as(desk, case, what) for what, can in found if can and may_have(desk, what, None) is Access.YES)


def offered_as(desk: Desk, case: CaseRecord, what: str) -> Button:
    """The button for one of them."""
    return Button(action="one_file", label=desk.words(f"buttons.as_{what}"), target=case.id, at=what)


def _case(desk: Desk, press: Press) -> CaseRecord | None:
    """The case, where this person may have that file of it, here, and it can be made. If not, they are told why."""
    case = desk.snapshot.case
    if not may_here(desk, press.at if press.at in ONE_FILE else ""):
        return None
    if press.at == PDF and not desk.kit.prints:
        desk.tell(desk.words("giving.no_office"))
    elif not _has_pack(desk):
        desk.tell(desk.words("giving.no_pack"))
    else:
        return case
    return None


def _has_pack(desk: Desk) -> bool:
    return newest(desk, PACK) is not None


def _order(desk: Desk, case: CaseRecord, what: str) -> None:
    desk.make_document(case.id, {"form": what, "case": case.id, "reference": case.reference})
