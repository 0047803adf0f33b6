"""What the coordinator has still to settle about a case itself: a wish to withdraw, a hand-over without its receipt."""

from __future__ import annotations

from msgspec.structs import replace

from dialogs.desk import Desk
from state.records import CaseRecord
from state.scoping_records import NoticeRecord
from state.values import JSON


def open_notice(desk: Desk, kind: str) -> NoticeRecord | None:
    """The newest open notice of that kind."""
    return next((one for one in reversed(desk.snapshot.notices) if one.kind == kind), None)


def keep_notice(
    desk: Desk, case: CaseRecord, kind: str, content: JSON, *, settled: bool = False, outcome: str = ""
) -> NoticeRecord:
    """A new notice; one that is settled at once is a record of what was decided."""
    notice = NoticeRecord(
        id=desk.turn.fresh(kind),
        case=case.id,
        kind=kind,
        by=desk.turn.who.id,
        at=desk.turn.at,
        content=content,
        settled_at=desk.turn.at if settled else None,
        settled_by=desk.turn.who.id if settled else "",
        outcome=outcome,
    )
    desk.put(notice)
    return notice


def settle(desk: Desk, notice: NoticeRecord, outcome: str, content: JSON = None) -> None:
    """It is settled: how, when and by whom."""
    kept = notice.content if content is None else content
    desk.put(replace(notice, settled_at=desk.turn.at, settled_by=desk.turn.who.id, outcome=outcome, content=kept))


def part(notice: NoticeRecord, name: str) -> str:
    """A text of what a notice says, or nothing."""
    found = notice.content.get(name) if isinstance(notice.content, dict) else None
    return found if isinstance(found, str) else ""
