"""Further questions of the rapid review to an organisation, and what was answered: as they are kept. Pure."""

from __future__ import annotations

from state.scoping_records import FurtherRecord
from state.snapshot import Snapshot


def further_questions(snapshot: Snapshot, request: str) -> list[FurtherRecord]:
    """The further questions that were put to a request's organisation, oldest first.

    Only for those who may open the request, in a window or one to one: a question may name a child.
    """
    return [one for one in snapshot.further if one.request == request]
