"""Every date of a case from its own starting event, counted again whenever one changes.

What the coordinator has confirmed counts; until then dates are provisional and count from the earliest candidate. Returns of
agencies keep the dates they were sent with (dialogs/scoping).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime

import msgspec
from msgspec.structs import replace

from dialogs.casework.common import deadline_id
from dialogs.casework.facts import Known, advice_of, children, decision_for, facts_of, given, when
from dialogs.desk import Desk
from dialogs.instants import counted_from, end_of, instant_of
from dialogs.kit import Kit
from state.clocks import due
from state.policy import StartsFrom
from state.records import DeadlineRecord
from state.values import JSON, london_day

COORDINATOR = "coordinator"
"""Whose dates these are while nobody else is named."""
NOTIFICATION, CUMULATIVE, REVIEW = "notification", "notification_cumulative", "rapid_review"
DATED_DUTIES = (
    "looked_after_death_notice",
    "looked_after_death_notice_by_placing_authority",
    "care_leaver_death_notice",
    "child_death_review",
    "hand_to_authority_where_it_happened",
    "inform_home_authority",
)
"""Duties with a date. The notices have the notification's; the others have none in the guidance, and are held to the same."""
OURS = (NOTIFICATION, REVIEW, *DATED_DUTIES)
OF_THE_DECISION = ("read_referral", *OURS)
AT_AN_END = ("withdrawn", "joined", "handed_over", "stood_down", "closed")


class Date(msgspec.Struct, frozen=True, kw_only=True):
    """One date that somebody must keep, as it is counted now."""

    kind: str
    key: str = ""
    child: int = 0
    start: datetime
    due: datetime
    provisional: bool = False
    met: datetime | None = None
    owner: str = COORDINATOR
    at_once: bool = False


class Moved(msgspec.Struct, frozen=True, kw_only=True):
    """A date that is another one than before."""

    kind: str
    child: int
    """Its number, where there are several."""
    before: datetime
    after: datetime


def recompute(desk: Desk, one: Known) -> list[Moved]:
    """Set every date of a case, end those that no longer apply, and say which open ones have moved."""
    wanted = {deadline_id(one.case, date.kind, date.key): date for date in dates(desk.kit, one, desk.turn.at)}
    before = {row.id: row for row in one.deadlines}
    for name, date in wanted.items():
        _write(desk, one, name, date, before.get(name))
    for row in one.deadlines:
        if row.id not in wanted and row.kind in OURS:
            _settle(desk, one, row)
    several = len(children(desk.kit, one)) > 1
    changed = [(before[name], date) for name, date in wanted.items() if name in before and _has_moved(before[name], date)]
    return [_moved(old, date, several=several) for old, date in changed]


def _settle(desk: Desk, one: Known, row: DeadlineRecord) -> None:
    """A date that no longer follows from the case ends; one that came from a joined referral is met with the case's own."""
    met = _carried_met(one) if _carried(one, row) and one.case.status not in AT_AN_END else row.met or desk.turn.at
    if met != row.met:
        desk.put(replace(row, met=met))


def _write(desk: Desk, one: Known, name: str, date: Date, before: DeadlineRecord | None) -> None:
    record = DeadlineRecord(
        id=name,
        case=one.case.id,
        kind=date.kind,
        child=date.child,
        owner=date.owner,
        due=date.due,
        runs_from=date.start,
        provisional=date.provisional,
        met=date.met,
        restricted=one.case.restricted,
        at_once=date.at_once,
        version=before.version if before else 0,
    )
    if record != before:
        desk.put(record)


def _has_moved(before: DeadlineRecord, date: Date) -> bool:
    return before.due != date.due and date.met is None


def _moved(before: DeadlineRecord, date: Date, *, several: bool) -> Moved:
    return Moved(kind=date.kind, child=date.child if several else 0, before=before.due, after=date.due)


def end_all(desk: Desk, rows: Sequence[DeadlineRecord]) -> None:
    """Nobody has anything left to keep: every open date ends now."""
    for row in rows:
        if row.met is None:
            desk.put(replace(row, met=desk.turn.at))


def dates(kit: Kit, one: Known, now: datetime) -> Iterator[Date]:
    """Every date of a case that follows from its decision; none once it is at an end."""
    if one.case.status in AT_AN_END:
        return
    notifications = [_notification(kit, one, child, now) for child in children(kit, one)]
    yield from notifications
    yield from (duty for child in children(kit, one) for duty in _duties(kit, one, child, now))
    yield from _review(kit, one, notifications, now)


def aware(one: Known, now: datetime) -> tuple[datetime, bool]:
    """When the local authority became aware, and whether that is provisional. Of joined referrals the earliest stands.

    After reopening, new facts start the clock: what the coordinator then confirms stands alone.
    """
    own = one.case.la_aware_at
    if own is not None and one.case.reopened_at is not None:
        return counted_from(own, now), False
    starts = [(case.la_aware_at or case.aware_from or case.received_at) for case in (one.case, *one.joined)]
    return counted_from(min(starts), now), own is None


def harm_seen(one: Known, now: datetime) -> tuple[datetime, bool]:
    """When harm that built up was first recognised, and whether that is provisional."""
    if one.case.harm_aware_at is not None:
        return counted_from(one.case.harm_aware_at, now), False
    starts = [case.harm_from for case in (one.case, *one.joined) if case.harm_from is not None]
    return counted_from(min([aware(one, now)[0], *starts]), now), True


def notification_clock(one: Known, child: int, now: datetime) -> tuple[str, datetime, bool]:
    """The clock of a child's notification, where it starts, and whether that is provisional."""
    if facts_of(one, child).get("neglect") == "cumulative":
        return (CUMULATIVE, *harm_seen(one, now))
    return (NOTIFICATION, *aware(one, now))


def _notification(kit: Kit, one: Known, child: int, now: datetime) -> Date:
    clock, start, provisional = notification_clock(one, child, now)
    return Date(
        kind=NOTIFICATION,
        key=str(child),
        child=child,
        start=start,
        due=due(clock, start, kit.profile.clocks).instant,
        provisional=provisional,
        met=_notification_met(one, child),
        at_once=kit.profile.clocks.clocks[clock].at_once,
    )


def _notification_met(one: Known, child: int) -> datetime | None:
    """Met when the notification was sent, or when it was decided that none is needed."""
    decided = one.case.decisions.get(str(child), "")
    paths = {"notify": "notified_at", "not_notify": "decided_at"}
    return when(decision_for(one, child), paths[decided]) if decided in paths else None


def _duties(kit: Kit, one: Known, child: int, now: datetime) -> Iterator[Date]:
    start, provisional = aware(one, now)
    applying = advice_of(kit, facts_of(one, child)).duties
    for duty in [name for name in DATED_DUTIES if name in applying]:
        clock = duty if duty in kit.profile.clocks.clocks else NOTIFICATION
        yield Date(
            kind=duty,
            key=str(child),
            child=child,
            start=start,
            due=due(clock, start, kit.profile.clocks).instant,
            provisional=provisional,
            met=done_on(one, duty),
            owner=duty_owner(one, duty) or COORDINATOR,
        )


def done_on(one: Known, duty: str) -> datetime | None:
    """When a duty was done, as somebody recorded it."""
    found = _newest(one, f"duties.{duty}.done_on", instant_of)
    return end_of(london_day(found)) if isinstance(found, datetime) else None


def duty_owner(one: Known, duty: str) -> str:
    """Who does a duty, or nothing while nobody is named."""
    found = _newest(one, f"duties.{duty}.owner", lambda value: value.get("name") if isinstance(value, dict) else None)
    return str(found) if found else ""


def _newest(one: Known, path: str, read: Callable[[JSON], object]) -> object:
    found = (read(given(decision, path)) for decision in reversed(one.decisions))
    return next((value for value in found if value), None)


def notified_at(one: Known) -> datetime | None:
    """When the first notification was sent."""
    sent = [_notification_met(one, int(child)) for child, decided in one.case.decisions.items() if decided == "notify"]
    return min((instant for instant in sent if instant is not None), default=None)


def _review(kit: Kit, one: Known, notifications: Sequence[Date], now: datetime) -> Iterator[Date]:
    """The rapid review, once a notification is decided. Until it is sent, counted from the last day on which it may be."""
    ours = [date for date in notifications if one.case.decisions.get(date.key) == "notify"]
    if not ours:
        return
    sent = notified_at(one)
    if kit.profile.clocks.clocks[REVIEW].runs_from is StartsFrom.LA_AWARE:
        start, provisional = aware(one, now)
    else:
        start, provisional = sent or min(date.due for date in ours), sent is None
    falls_due = due(REVIEW, start, kit.profile.clocks).instant
    yield Date(kind=REVIEW, start=start, due=falls_due, provisional=provisional, met=one.case.sent_at)


def carry(desk: Desk, stays: Known, goes: Known, children_more: Sequence[int]) -> None:
    """The notification of a child whom only a joined referral names moves to the case that stays."""
    for row in goes.deadlines:
        if row.kind == NOTIFICATION and row.met is None and row.child in children_more:
            name = deadline_id(stays.case, NOTIFICATION, f"{goes.case.id}:{row.child}")
            before = next((one for one in stays.deadlines if one.id == name), None)
            moved = replace(
                row,
                id=name,
                case=stays.case.id,
                child=0,
                met=_carried_met(stays),
                restricted=stays.case.restricted,
                version=before.version if before else 0,
            )
            desk.put(moved)


def _carried_met(one: Known) -> datetime | None:
    """A carried notification is met with the case's own: once one was sent, or none is needed for any child."""
    decided = set(one.case.decisions.values())
    return one.case.decided_at if decided == {"not_notify"} else notified_at(one)


def _carried(one: Known, row: DeadlineRecord) -> bool:
    """Whether a date came from a referral that is still joined."""
    key = row.id.removeprefix(deadline_id(one.case, NOTIFICATION, ""))
    return row.kind == NOTIFICATION and any(key.startswith(f":{joined.id}:") for joined in one.joined)
