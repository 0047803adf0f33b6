"""What a turn has changed of the dates that it read: the answer that is brought up to date shows what is so afterwards."""

from __future__ import annotations

from datetime import datetime

from msgspec.structs import replace

from dialogs.desk import Desk
from state.chasing_records import ChaseRecord
from state.looking import Line, Looked
from state.records import DeadlineRecord
from state.scoping_records import RequestRecord


def since_then(desk: Desk, looked: Looked, before: datetime | None) -> Looked:
    """The same with everything that this turn writes. A date that is kept now, or moved out of the bounds, is not there."""
    lines = tuple(now for line in looked.lines if (now := _now(desk, line, before)) is not None)
    gone = len(looked.lines) - len(lines)
    return replace(looked, lines=lines, late=looked.late - gone, listed=looked.listed - gone)


def _now(desk: Desk, line: Line, before: datetime | None) -> Line | None:
    date = desk.put_so_far(DeadlineRecord, line.id)
    if date is not None:
        if date.met is not None or (before is not None and date.due >= before):
            return None
        line = replace(line, due=date.due)
    request = desk.put_so_far(RequestRecord, line.request)
    if request is not None:
        line = replace(line, state=request.state, more_time=any(one.granted is None for one in request.extensions))
    return _chased(desk, line)


def _chased(desk: Desk, line: Line) -> Line:
    chase = desk.put_so_far(ChaseRecord, line.id)
    if chase is None:
        return line
    return replace(
        line,
        told_at=chase.told_at,
        snoozed_until=chase.snoozed_until,
        left_to=desk.name_of(chase.left_to) if chase.left_to else "",
        handed_to=desk.name_of(chase.handed_to) if chase.handed_to else "",
    )
