"""A question about dates: what it looks for in time, what it is narrowed to, and how a button carries it there and back."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from memory_house import kit

from bot.teams.codec import Pressed
from dialogs.asking.meaning import Slots
from dialogs.casework.clocks import DATED_DUTIES
from dialogs.overdue.question import (
    CHASE,
    DUE,
    FIRST,
    INTENTS,
    MARK,
    NOT_REPLIED,
    OVERDUE,
    Question,
    bounds,
    carried,
    look_for,
    question_carried,
)
from state.clocks import days_late
from state.looking import BY_AGENCY, BY_CASE
from state.sqlite.coming_first import UNAWARE, UNDECIDED, UNMAILED, UNOWNED_PART, UNREAD
from state.sqlite.predicates import UNOWNED_KINDS
from state.values import LONDON

NOW = datetime(2026, 12, 2, 9, 0, tzinfo=UTC)
KINDS = [option.id for option in kit().profile.lists["agencies"]]
DAYS = st.dates(min_value=datetime(2000, 1, 1).date(), max_value=datetime(2090, 1, 1).date()).map(lambda day: day.isoformat())
IDS = st.text(alphabet="abcdefghijklmnopqrstuvwxyz-", min_size=1, max_size=20)


def clocks() -> object:
    return kit().profile.clocks


def midnight(*day: int) -> datetime:
    return datetime(*day, tzinfo=LONDON)  # type: ignore[arg-type,misc]


def asked(intent: str = OVERDUE, **slots: object) -> Question:
    return Question(intent=intent, slots=Slots(**slots))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("question", "since", "before"),
    [
        (asked(), None, midnight(2026, 12, 2)),
        (asked(to="2026-11-30"), None, midnight(2026, 12, 1)),
        (asked(to="2026-12-30"), None, midnight(2026, 12, 2)),
        (asked(from_="2026-11-01", to="2026-11-30"), midnight(2026, 11, 1), midnight(2026, 12, 1)),
        (asked(days=0), None, midnight(2026, 12, 2)),
        (asked(days=3), None, midnight(2026, 11, 27)),
        (asked(DUE), midnight(2026, 12, 2), midnight(2026, 12, 10)),
        (asked(DUE, to="2026-12-04"), None, midnight(2026, 12, 5)),
        (asked(DUE, from_="2026-12-03", to="2026-12-03"), midnight(2026, 12, 3), midnight(2026, 12, 4)),
        (asked(NOT_REPLIED), None, None),
        (asked(CHASE), None, midnight(2026, 12, 2)),
    ],
)
def test_from_when_and_until_when(question: Question, since: datetime | None, before: datetime | None) -> None:
    assert bounds(question, NOW, kit().profile.clocks) == (since, before)


@given(st.integers(0, 40), st.integers(0, 60), st.integers(0, 400))
def test_late_by_more_than_so_many_working_days(days: int, ago: int, day: int) -> None:
    """A date is within the bound when, and only when, it is late by more than that."""
    now = datetime(2026, 1, 1, 12, 0, tzinfo=UTC) + timedelta(days=day)
    due = now - timedelta(days=ago)
    before = bounds(asked(days=days), now, kit().profile.clocks)[1]
    assert before is not None
    assert (due < before) is (days_late(due, now, kit().profile.clocks) > days)


def test_what_comes_first_is_not_asked_for_where_a_time_or_a_person_is_said() -> None:
    assert look_for(kit(), asked(), NOW, rows=10).first == (UNREAD, UNAWARE, UNDECIDED, UNOWNED_PART, UNMAILED)
    assert look_for(kit(), asked(kind="scoping"), NOW, rows=10).first == (UNMAILED,)
    for narrowed in (asked(days=3), asked(to="2026-11-30"), asked(person="x"), asked(kind="rapid_review"), asked(DUE)):
        assert look_for(kit(), narrowed, NOW, rows=10).first == ()
    assert {part for parts in FIRST.values() for part in parts} == {UNREAD, UNAWARE, UNDECIDED, UNOWNED_PART, UNMAILED}


def test_a_kind_that_has_no_dates_finds_none() -> None:
    assert look_for(kit(), asked(kind="chronology"), NOW, rows=10).kinds == ("chronology",)
    assert look_for(kit(), asked(kind="panel_letter"), NOW, rows=10).kinds == ("rapid_review", "panel_reply")
    assert look_for(kit(), asked(CHASE), NOW, rows=10).kinds == ("scoping_return",)


def test_the_notices_that_somebody_must_be_named_for_are_those_with_a_date() -> None:
    assert UNOWNED_KINDS == DATED_DUTIES


QUESTIONS = st.builds(
    Question,
    intent=st.sampled_from(INTENTS),
    by=st.sampled_from((BY_CASE, BY_AGENCY)),
    skip=st.integers(0, 99_999),
    slots=st.builds(
        Slots,
        case=st.sampled_from(("", "NS-2026-0007", "NS-2026-12345")),
        agency=st.lists(st.sampled_from(KINDS), unique=True).map(lambda some: tuple(sorted(some, key=KINDS.index))),
        organisation=st.just("") | IDS,
        kind=st.sampled_from(("", "scoping", "rapid_review", "chronology")),
        from_=st.just("") | DAYS,
        to=st.just("") | DAYS,
        new_date=st.just("") | DAYS,
        days=st.none() | st.integers(0, 999),
    ),
)


@given(QUESTIONS)
def test_a_button_brings_its_question_back_and_teams_takes_it(question: Question) -> None:
    at = carried(kit(), question)
    assert question_carried(kit(), at) == question
    assert Pressed(action="more_dates", at=at).at.startswith(MARK)
    assert len(at) <= 200


@given(st.text(max_size=200))
def test_whatever_a_button_brings_is_a_question_or_none(at: str) -> None:
    assert question_carried(kit(), at) is None or at.startswith(MARK)
    made = question_carried(kit(), MARK + at)
    assert made is not None
    look_for(kit(), made, NOW, rows=10)
