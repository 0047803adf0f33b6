"""Until the reading of forms is here."""

from __future__ import annotations

import msgspec

from dialogs import files
from dialogs.desk import Desk
from dialogs.filling.accept import accept
from dialogs.returns.common import WRITABLE, of_this_request
from dialogs.scoping.common import step
from dialogs.turn import Dropped
from state.scoping_records import RequestRecord


class Reading(msgspec.Struct, frozen=True, kw_only=True):
    count: int = 0
    unclear: tuple[str, ...] = ()
    older: bool = False
    notes: tuple[str, ...] = ()
    problem: str = ""


def read_into(desk: Desk, request: RequestRecord, said: Dropped) -> Reading:
    own = of_this_request(desk, request.draft)
    if said.problem or said.form != "scoping" or own is None or request.state not in WRITABLE:
        return Reading(
            problem=f"files.{said.problem}"
            if said.problem
            else "returns.withdrawn"
            if request.state == "withdrawn"
            else "returns.answered_already"
            if own
            else "files.no_request"
        )
    step(desk, request, "draft", opened_at=request.opened_at or desk.turn.at)
    desk.take_up(own)
    desk.note(f"case:{request.case}", "file_read", request=request.id, digest=said.digest)
    inputs = dict(files._inputs(desk, said.tags))
    unclear, count = [], 0
    for page, one in files._pages(desk, inputs):
        taken = accept(desk, page, one, source="file")
        unclear += [a.label for a in page.asked if a.path in taken.errors]
        count += sum(1 for path in one if path not in taken.errors)
    files._settle_rows(desk, inputs)
    return Reading(count=count, unclear=tuple(unclear))
