"""A case in one line: its state and when it came."""

from __future__ import annotations

from dialogs.desk import Desk
from state.records import CaseRecord
from state.values import london_day
from templates.days import day_text


def state_line(desk: Desk, case: CaseRecord) -> str:
    """Nothing in it identifies anybody."""
    state = desk.words(f"casework.status_{case.status}")
    return desk.words("casework.state_line", state=state, day=day_text(london_day(case.received_at)))
