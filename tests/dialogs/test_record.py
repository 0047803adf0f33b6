"""How an organisation is doing, in numbers: counted against a plain second way of counting."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st
from memory_house import kit

from dialogs.answers.record import Tally, by_organisation, tally, working_days
from state.scoping_records import Extension, RequestRecord

POLICY = kit().profile.clocks
MONDAY = datetime(2026, 11, 2, 12, 0, tzinfo=UTC)
NOW = MONDAY + timedelta(days=60)
ANSWERED = ("returned", "nil_return", "accepted")
WAITING = ("sent", "opened", "drafting", "awaiting_sign_off", "sent_back")


def request(number: int, state: str, days: int, due: int, *, nil: bool = False, more: bool | None = None) -> RequestRecord:
    extensions = () if more is None else (Extension(asked_by="t/x", asked_at=MONDAY, new_date=date(2026, 12, 1), granted=more),)
    return RequestRecord(
        id=str(number),
        case="c",
        reference="NS-2026-0001",
        organisation=f"o{number % 3}",
        agency="police",
        state=state,
        nil="n" if nil and state in ANSWERED else "",
        sent_at=MONDAY,
        due=MONDAY + timedelta(days=due, hours=5),
        returned_at=MONDAY + timedelta(days=days) if state in ANSWERED else None,
        extensions=extensions,
    )


REQUESTS = st.lists(
    st.builds(
        lambda state, days, due, nil, more: (state, days, due, nil, more),
        st.sampled_from((*ANSWERED, *WAITING, "withdrawn")),
        st.integers(0, 40),
        st.integers(0, 90),
        st.booleans(),
        st.sampled_from((None, True, False)),
    ),
    max_size=30,
).map(lambda rows: [request(n, s, d, u, nil=nil, more=more) for n, (s, d, u, nil, more) in enumerate(rows)])


@settings(max_examples=150, derandomize=True, deadline=None)
@given(REQUESTS)
def test_every_request_is_in_one_number(requests: list[RequestRecord]) -> None:
    found = tally(requests, NOW, POLICY)
    assert found.asked + found.withdrawn == len(requests)
    assert found.in_time + found.late + found.awaited == found.asked
    came = [one for one in requests if one.state in ANSWERED]
    assert found.late == sum(one.returned_at.date() > one.due.date() for one in came if one.returned_at and one.due)
    assert found.overdue == sum(
        one.state in WAITING and one.due is not None and one.due.date() < NOW.date() for one in requests
    )
    assert found.days_late >= found.late
    assert found.nil <= len(came)
    assert (found.median is None) == (not came)
    together = [tally(group, NOW, POLICY) for group in by_organisation(requests).values()]
    for name in ("asked", "in_time", "late", "days_late", "awaited", "overdue", "nil", "extended", "withdrawn"):
        assert getattr(found, name) == sum(getattr(one, name) for one in together)


def test_nothing_is_nothing() -> None:
    assert tally([], NOW, POLICY) == Tally()


def test_working_days_leave_weekends_and_bank_holidays_out() -> None:
    friday = datetime(2026, 12, 24, 12, 0, tzinfo=UTC)
    assert working_days(friday, friday, POLICY) == 0
    assert working_days(friday, datetime(2026, 12, 29, 12, 0, tzinfo=UTC), POLICY) == 1
    assert working_days(MONDAY, MONDAY + timedelta(days=7), POLICY) == 5
    assert working_days(MONDAY, MONDAY - timedelta(days=7), POLICY) == 0
