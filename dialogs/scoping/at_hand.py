"""The request that the coordinator presses about, with its case: who may, and in which states."""

from __future__ import annotations

from collections.abc import Collection

from dialogs.casework.common import case_for
from dialogs.desk import Desk
from dialogs.scoping.machine import WAITS
from state.records import CaseRecord
from state.scoping_records import RequestRecord


def request_at_hand(desk: Desk, states: Collection[str]) -> tuple[CaseRecord, RequestRecord] | None:
    """Case and request, where this person runs the case and the request is in one of the states. Otherwise it says why not."""
    case, request = case_for(desk, "send_requests"), desk.snapshot.request
    if case is None or request is None:
        return None
    if request.state not in states:
        desk.tell(desk.words("scoping.settled_already"))
        return None
    return case, request


def waiting_request(desk: Desk) -> tuple[CaseRecord, RequestRecord] | None:
    """The same, where the return is still outstanding."""
    return request_at_hand(desk, WAITS)
