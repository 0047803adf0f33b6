"""What the coordinator has still to settle about requests: more time, questions, involvement, organisations proposed."""

from __future__ import annotations

from msgspec.structs import replace

from dialogs.casework.common import no_more_to_settle
from dialogs.desk import Desk
from state.scoping_records import NoticeRecord

KINDS = ("more_time", "question", "involvement", "propose_organisation", "contradicted")


def open_notices(desk: Desk) -> list[NoticeRecord]:
    """Those that are ours, oldest first."""
    return [one for one in desk.snapshot.notices if one.kind in KINDS]


def notice_of(desk: Desk, name: str) -> NoticeRecord | None:
    """The open notice of that id."""
    return next((one for one in open_notices(desk) if one.id == name), None)


def request_named(notice: NoticeRecord) -> str:
    """The request that a notice comes from."""
    return part(notice, "request") or notice.about


def settle(desk: Desk, request: str, kind: str, outcome: str = "done") -> None:
    """Everything of a kind about a request is settled."""
    for notice in open_notices(desk):
        if notice.kind == kind and request_named(notice) == request:
            settle_one(desk, notice, outcome)


def settle_one(desk: Desk, notice: NoticeRecord, outcome: str) -> None:
    """One is settled: how, when and by whom. The card that asked for it is done."""
    desk.put(replace(notice, settled_at=desk.turn.at, settled_by=desk.turn.who.id, outcome=outcome))
    if desk.snapshot.case is not None:
        no_more_to_settle(desk, desk.snapshot.case, notice_card(notice))


def notice_card(notice: NoticeRecord) -> str:
    """The name of the card that asks the coordinators to settle it."""
    return f"notice:{notice.id}"


def part(notice: NoticeRecord, name: str) -> str:
    """A text of what a notice says, or nothing."""
    content = notice.content
    found = content.get(name) if isinstance(content, dict) else None
    return found if isinstance(found, str) else ""
