"""A day that was given without a time begins at midnight in London, whatever the machine's own time zone is."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest
from memory_house import ME, MemoryHouse, home_of, kit

from dialogs.desk import Desk
from dialogs.referral.advice import aware_from, notification_clock, notification_due
from dialogs.turn import Text, Turn
from state.records import AnswerRecord, DraftRecord
from state.snapshot import Snapshot
from state.values import JSON
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


def desk_with(**said: JSON) -> Desk:
    """A draft at hand with these answers."""
    draft = DraftRecord(id="d", form="referral", owner=ME.id, begun_at=NOW, touched_at=NOW)
    answers = {
        path: AnswerRecord(draft="d", path=path, state="given", value=value, by=ME.id, at=NOW) for path, value in said.items()
    }
    return Desk(Turn(id="t", who=ME, place=home_of(ME), said=Text(""), at=NOW), Snapshot(draft=draft, answers=answers), kit())


def typed(text: str, kind: Kind) -> JSON:
    understood = understand(text, Asking(kind=kind, today=NOW.date(), inexact=True), kit().words)
    assert not isinstance(understood, Refused)
    return understood.value


def test_harm_that_built_up_is_counted_from_when_somebody_saw_how_serious_it_was() -> None:
    told = typed("20 June 2026", Kind.DATETIME)
    seen = typed("1 June 2026", Kind.DATE)
    desk = desk_with(la_aware_at=told, cumulative_harm="yes", harm_recognised_date=seen)
    assert notification_clock(desk, 1) == ("notification_cumulative", datetime(2026, 5, 31, 23, 0, tzinfo=UTC))
    assert notification_due(desk).date == date(2026, 6, 8)


def test_harm_in_one_incident_is_counted_from_when_the_local_authority_was_told() -> None:
    told = typed("20 June 2026", Kind.DATETIME)
    desk = desk_with(la_aware_at=told, incident_date=typed("1 June 2026", Kind.DATE))
    assert notification_clock(desk, 1) == ("notification", datetime(2026, 6, 19, 23, 0, tzinfo=UTC))
    assert notification_due(desk).date == date(2026, 6, 26)


def test_a_year_that_no_calendar_of_ours_knows_still_gives_a_date() -> None:
    desk = desk_with(la_aware_at=typed("3 April 1960", Kind.DATETIME))
    assert notification_due(desk).date.year == 1978
