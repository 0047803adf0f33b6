"""A day that was given without a time begins at midnight in London, whatever the machine's own time zone is."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from memory_house import ME, MemoryHouse, home_of, kit

from dialogs.desk import Desk
from dialogs.referral.advice import aware_from
from dialogs.turn import Text, Turn
from state.records import AnswerRecord, DraftRecord
from state.snapshot import Snapshot
from templates.answers import Asking, Kind, Refused, understand

NOW = datetime(2026, 6, 23, 9, 0, tzinfo=UTC)


@pytest.fixture(params=["UTC", "Pacific/Auckland", "America/Los_Angeles"])
def zone(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The machine stands somewhere else."""
    monkeypatch.setenv("TZ", request.param)
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


@pytest.mark.usefixtures("zone")
@pytest.mark.parametrize(
    ("typed", "instant"),
    [
        ("20 June 2026", datetime(2026, 6, 19, 23, 0, tzinfo=UTC)),
        ("20 June 2026 at 2pm", datetime(2026, 6, 20, 13, 0, tzinfo=UTC)),
        ("20 January 2026", datetime(2026, 1, 20, 0, 0, tzinfo=UTC)),
    ],
)
def test_the_local_authority_was_aware_from(typed: str, instant: datetime) -> None:
    understood = understand(typed, Asking(kind=Kind.DATETIME, today=NOW.date()), kit().words)
    assert not isinstance(understood, Refused)
    draft = DraftRecord(id="d", form="referral", owner=ME.id, begun_at=NOW, touched_at=NOW)
    answer = AnswerRecord(draft="d", path="la_aware_at", state="given", value=understood.value, by=ME.id, at=NOW)
    turn = Turn(id="t", who=ME, place=home_of(ME), said=Text(""), at=NOW)
    desk = Desk(turn, Snapshot(draft=draft, answers={"la_aware_at": answer}), kit())
    assert aware_from(desk) == instant


def test_unanswered_it_is_now() -> None:
    house = MemoryHouse()
    turn = Turn(id="t", who=ME, place=home_of(ME), said=Text(""), at=house.now)
    draft = DraftRecord(id="d", form="referral", owner=ME.id, begun_at=NOW, touched_at=NOW)
    assert aware_from(Desk(turn, Snapshot(draft=draft), kit())) == house.now
