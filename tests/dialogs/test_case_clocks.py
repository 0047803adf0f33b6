"""Every date of a case, counted from its own starting event, and again when that changes. Pure: the present is given."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from memory_house import kit
from msgspec.structs import replace

from dialogs.casework.clocks import Date, dates
from dialogs.casework.facts import FROM_REFERRAL, Known
from dialogs.instants import instant_of, moment_value
from dialogs.kit import Kit
from state.clocks import is_overdue
from state.policy import ClockRule, StartsFrom
from state.records import AnswerRecord, CaseRecord, DraftRecord
from state.snapshot import Written
from state.values import JSON

NOW = datetime(2026, 12, 18, 12, 0, tzinfo=UTC)
FRIDAY = datetime(2026, 12, 18, 9, 0, tzinfo=UTC)
"""The last Friday before Christmas 2026: the 25th, and the 28th in place of the 26th, are bank holidays."""


def answer(path: str, value: JSON, *, draft: str = "referral", source: str = "card") -> AnswerRecord:
    return AnswerRecord(draft=draft, path=path, state="given", value=value, source=source, by="t/x", at=NOW)


def written(form: str, values: dict[str, JSON], *, number: int = 1, status: str = "submitted", source: str = "card") -> Written:
    name = f"{form}-{number}"
    draft = DraftRecord(id=name, form=form, owner="case:case", status=status, case="case", begun_at=NOW, touched_at=NOW)
    return Written(
        draft=draft, answers={path: answer(path, value, draft=name, source=source) for path, value in values.items()}
    )


HARMED: dict[str, JSON] = {
    "children.1.date_of_birth": {"said": "", "earliest": "2019-04-03", "latest": "2019-04-03", "precision": "day"},
    "incident_date": {"said": "", "earliest": "2026-12-17", "latest": "2026-12-17", "precision": "day"},
    "children.1.deceased": "no",
    "children.1.seriously_harmed": "yes",
    "children.1.abuse_or_neglect": "suspected",
}
DIED = HARMED | {"children.1.deceased": "yes"}


def case(**fields: object) -> CaseRecord:
    given = {"id": "case", "reference": "NS-2026-0001", "draft": "referral-1", "referrer": "t/r", "received_at": FRIDAY}
    return CaseRecord(**(given | fields))  # type: ignore[arg-type]


def known(referral: dict[str, JSON], *decisions: Written, **fields: object) -> Known:
    return Known(case=case(**fields), referral=written("referral", referral), decisions=decisions)


def decision(values: dict[str, JSON], number: int = 1) -> Written:
    return written("decision", {"children_covered": ["1"], "decision": "notify"} | values, number=number)


def found(one: Known, with_kit: Kit | None = None, now: datetime = NOW) -> dict[str, Date]:
    return {f"{row.kind}:{row.key}".rstrip(":"): row for row in dates(with_kit or kit(), one, now)}


def day(row: Date) -> str:
    return row.due.date().isoformat()


def test_until_awareness_is_confirmed_the_notification_is_provisional_from_the_earliest_candidate() -> None:
    row = found(known(HARMED, aware_from=datetime(2026, 12, 16, 9, tzinfo=UTC)))["notification:1"]
    assert (day(row), row.provisional, row.met) == ("2026-12-23", True, None)


@pytest.mark.parametrize(
    ("aware", "due"),
    [
        ("2026-12-18", "2026-12-29"),
        ("2026-12-21", "2026-12-30"),
        ("2026-12-24", "2027-01-05"),
        ("2026-12-25", "2027-01-05"),
        ("2026-12-26", "2027-01-05"),
        ("2026-12-31", "2027-01-08"),
    ],
)
def test_over_christmas_bank_holidays_and_their_substitutes_do_not_count(aware: str, due: str) -> None:
    start = datetime.fromisoformat(f"{aware}T09:00:00+00:00")
    now = datetime(2027, 1, 20, 9, tzinfo=UTC)
    assert day(found(known(HARMED, la_aware_at=start, received_at=start), now=now)["notification:1"]) == due


def test_confirmed_it_counts_from_there() -> None:
    row = found(known(HARMED, la_aware_at=FRIDAY))["notification:1"]
    assert (day(row), row.provisional) == ("2026-12-29", False)


def test_harm_that_built_up_counts_from_when_the_harm_was_seen() -> None:
    built_up = HARMED | {"cumulative_harm": "yes"}
    del built_up["incident_date"]
    seen = datetime(2026, 12, 14, 9, tzinfo=UTC)
    provisional = found(known(built_up, harm_from=seen))["notification:1"]
    assert (day(provisional), provisional.provisional) == ("2026-12-21", True)
    confirmed = found(known(built_up, harm_aware_at=datetime(2026, 12, 15, 9, tzinfo=UTC), la_aware_at=FRIDAY))[
        "notification:1"
    ]
    assert (day(confirmed), confirmed.provisional) == ("2026-12-22", False)


def test_a_fact_that_is_overruled_changes_the_clock_and_one_taken_from_the_referral_does_not() -> None:
    seen = datetime(2026, 12, 14, 9, tzinfo=UTC)
    cell: dict[str, JSON] = {"children.1.facts.neglect.answer": "cumulative"}
    taken = written("decision", cell, source=FROM_REFERRAL)
    assert day(found(known(HARMED, taken, harm_from=seen, la_aware_at=FRIDAY))["notification:1"]) == "2026-12-29"
    assert day(found(known(HARMED, decision(cell), harm_from=seen, la_aware_at=FRIDAY))["notification:1"]) == "2026-12-21"


def test_the_earliest_awareness_of_joined_referrals_stands() -> None:
    joined = replace(case(id="other", reference="NS-2"), aware_from=datetime(2026, 12, 14, 9, tzinfo=UTC))
    one = replace(known(HARMED, la_aware_at=FRIDAY), joined=(joined,))
    assert day(found(one)["notification:1"]) == "2026-12-21"
    assert day(found(replace(one, joined=()))["notification:1"]) == "2026-12-29"
    again = replace(one, case=replace(one.case, reopened_at=NOW))
    assert day(found(again)["notification:1"]) == "2026-12-29"


def test_a_date_that_has_passed_when_it_is_entered_is_overdue_at_once() -> None:
    row = found(known(HARMED, la_aware_at=datetime(2026, 11, 2, 9, tzinfo=UTC)))["notification:1"]
    assert is_overdue(row.due, NOW)


def test_a_year_typed_wrongly_is_counted_all_the_same() -> None:
    row = found(known(HARMED, la_aware_at=datetime(1026, 12, 1, 9, tzinfo=UTC)))["notification:1"]
    assert row.due.year == 1978


def test_no_rapid_review_before_a_decision_to_notify() -> None:
    assert "rapid_review" not in found(known(HARMED))
    assert "rapid_review" not in found(known(HARMED, decision({"decision": "not_notify"}), decisions={"1": "not_notify"}))


def test_the_rapid_review_counts_from_the_last_day_of_the_notification_and_then_from_its_sending() -> None:
    waiting = found(known(HARMED, decision({}), decisions={"1": "notify"}, la_aware_at=FRIDAY))
    assert (day(waiting["rapid_review"]), waiting["rapid_review"].provisional) == ("2027-01-20", True)
    sent = decision({"notified_at": moment_value(datetime(2026, 12, 18, 11, tzinfo=UTC))})
    early = found(known(HARMED, sent, decisions={"1": "notify"}, la_aware_at=FRIDAY))
    assert (day(early["rapid_review"]), early["rapid_review"].provisional) == ("2027-01-13", False)
    assert early["notification:1"].met == datetime(2026, 12, 18, 11, tzinfo=UTC)


def test_by_profile_the_rapid_review_counts_from_awareness() -> None:
    own = kit()
    rule = ClockRule(length=15, runs_from=StartsFrom.LA_AWARE, source="Test")
    clocks = replace(own.profile.clocks, clocks={**own.profile.clocks.clocks, "rapid_review": rule})
    other = replace(own, profile=replace(own.profile, clocks=clocks))
    row = found(known(HARMED, decision({}), decisions={"1": "notify"}, la_aware_at=FRIDAY), other)["rapid_review"]
    assert (day(row), row.provisional) == ("2027-01-13", False)


def test_sent_to_the_panel_it_is_met() -> None:
    one = known(HARMED, decision({}), decisions={"1": "notify"}, sent_at=NOW)
    assert found(one)["rapid_review"].met == NOW


def test_decided_not_to_notify_the_notification_is_met_when_that_was_decided() -> None:
    decided = decision({"decision": "not_notify", "decided_at": moment_value(FRIDAY)})
    assert found(known(HARMED, decided, decisions={"1": "not_notify"}))["notification:1"].met == FRIDAY


def test_more_information_leaves_it_open() -> None:
    asked = decision({"decision": "more_information", "decided_at": moment_value(FRIDAY)})
    assert found(known(HARMED, asked, decisions={"1": "more_information"}))["notification:1"].met is None


def test_each_child_has_its_own_notification_and_those_not_decided_stay_open() -> None:
    two = HARMED | {"children.2.name": "Test Child Two"}
    sent = decision({"notified_at": moment_value(FRIDAY)})
    rows = found(known(two, sent, decisions={"1": "notify"}))
    assert rows["notification:1"].met == FRIDAY
    assert rows["notification:2"].met is None


def test_a_second_childs_decision_has_its_own_sending_and_the_first_one_starts_the_review() -> None:
    two = HARMED | {"children.2.name": "Test Child Two"}
    first = decision({"notified_at": moment_value(FRIDAY)})
    second = decision({"children_covered": ["2"], "notified_at": moment_value(NOW)}, number=2)
    rows = found(known(two, first, second, decisions={"1": "notify", "2": "notify"}))
    assert (rows["notification:1"].met, rows["notification:2"].met) == (FRIDAY, NOW)
    assert rows["rapid_review"].start == FRIDAY


def test_a_decision_that_is_being_changed_counts_as_it_was_recorded_only_where_no_other_was() -> None:
    recorded = decision({"notified_at": moment_value(FRIDAY)})
    being_written = written("decision", {"children_covered": ["1"], "decision": "notify"}, number=2, status="open")
    rows = found(known(HARMED, recorded, being_written, decisions={"1": "notify"}))
    assert rows["notification:1"].met == FRIDAY


LOOKED_AFTER = DIED | {"children.1.looked_after": "this_authority"}
ELSEWHERE = DIED | {"children.1.looked_after": "other_authority"}
LEAVER = DIED | {
    "children.1.date_of_birth": {"said": "", "earliest": "2006-04-03", "latest": "2006-04-03", "precision": "day"},
    "children.1.care_leaver": "yes",
}
AWAY = HARMED | {"incident_place": "elsewhere_in_england"}
VISITOR = HARMED | {"incident_place": "in_area", "children.1.normally_resident": "no"}


@pytest.mark.parametrize(
    ("referral", "duty"),
    [
        (DIED, "child_death_review"),
        (LOOKED_AFTER, "looked_after_death_notice"),
        (ELSEWHERE, "looked_after_death_notice_by_placing_authority"),
        (LEAVER, "care_leaver_death_notice"),
        (AWAY, "hand_to_authority_where_it_happened"),
        (VISITOR, "inform_home_authority"),
    ],
)
def test_duties_are_dates_with_an_owner_and_met_when_done(referral: dict[str, JSON], duty: str) -> None:
    open_one = found(known(referral, la_aware_at=FRIDAY))[f"{duty}:1"]
    assert (day(open_one), open_one.owner, open_one.met) == ("2026-12-29", "coordinator", None)
    done = {f"duties.{duty}.owner": {"name": "Test Owner"}, f"duties.{duty}.done_on": {"earliest": "2026-12-18"}}
    kept = found(known(referral, decision(dict(done)), la_aware_at=FRIDAY))[f"{duty}:1"]
    assert kept.owner == "Test Owner"
    assert kept.met is not None
    assert kept.met.date() == date(2026, 12, 18)


def test_a_child_who_lives_has_no_duty_of_the_dead() -> None:
    assert set(found(known(HARMED))) == {"notification:1"}


@pytest.mark.parametrize("status", ["withdrawn", "joined", "handed_over", "stood_down", "closed"])
def test_at_an_end_there_are_no_dates(status: str) -> None:
    assert found(known(DIED, decision({}), decisions={"1": "notify"}, status=status)) == {}


@pytest.mark.parametrize(
    ("value", "instant"),
    [
        ({"instant": "2026-12-18T11:00:00+00:00", "date": "2026-12-18"}, datetime(2026, 12, 18, 11, tzinfo=UTC)),
        ({"date": "2026-07-01", "instant": None}, datetime(2026, 6, 30, 23, tzinfo=UTC)),
        ({"earliest": "2026-12-18"}, datetime(2026, 12, 18, tzinfo=UTC)),
        ({"said": "nothing"}, None),
        ("today", None),
        (None, None),
    ],
)
def test_an_answer_names_an_instant(value: JSON, instant: datetime | None) -> None:
    assert instant_of(value) == instant


def test_an_instant_is_an_answer_that_names_it() -> None:
    assert instant_of(moment_value(NOW)) == NOW
