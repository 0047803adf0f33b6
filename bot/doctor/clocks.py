"""The clock of the machine, its time zones, and the working days that dates are counted with."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.doctor.finding import Finding, failed, not_checked, ok, warning
from bot.doctor.subject import Subject
from state.clocks import LAST_YEAR, bank_holiday
from state.policy import ClockPolicy
from state.values import london_day

FAR_OFF, OFF = dt.timedelta(minutes=4), dt.timedelta(seconds=20)
"""Slack and Microsoft take nothing that is signed five minutes before or after their own clock."""
SET_IT = "Let the system keep its time from a time server (chrony, ntp or systemd-timesyncd)."
FEWEST = 8
"""Bank holidays that England has in a year."""


async def clock(subject: Subject) -> list[Finding]:
    """Whether it agrees with the services that are reached, and does not run behind what was written."""
    found = _behind(subject)
    compared = [(one.ahead, one.host) for one in subject.reached if one.ahead is not None]
    if not compared:
        return found or [not_checked("No service could be reached to compare the clock with.")]
    off, host = min(compared, key=lambda one: abs(one[0]))
    said = f"The clock is {abs(off).total_seconds():.0f} seconds {'ahead of' if off > dt.timedelta() else 'behind'} {host}."
    if abs(off) > FAR_OFF:
        found.append(failed(said, f"{SET_IT} Nobody can sign in otherwise."))
    elif abs(off) > OFF:
        found.append(warning(said, SET_IT))
    return found or [ok(f"It agrees with {host}.")]


def _behind(subject: Subject) -> list[Finding]:
    newest = subject.survey.newest if subject.survey else None
    if newest is None or newest - subject.clock.now() < OFF:
        return []
    said = f"The clock is behind the newest row of the database, which is of {newest:%d %B %Y, %H:%M} UTC."
    return [failed(said, SET_IT)]


async def calendar(subject: Subject) -> list[Finding]:
    """Whether England's time and its bank holidays are known."""
    try:
        ZoneInfo("Europe/London")
    except ZoneInfoNotFoundError:
        return [failed("The time zone of London is not known here.", "Install the system's time zone data (tzdata).")]
    policy = subject.profile.clocks if subject.profile else ClockPolicy()
    year = london_day(subject.clock.now()).year + 1
    days = [dt.date(year, 1, 1) + dt.timedelta(days=number) for number in range(365)]
    known = sum(bool(bank_holiday(day, policy)) for day in days) if year <= LAST_YEAR else 0
    if known < FEWEST:
        said = f"Only {known} bank holidays of {year} are known."
        return [warning(said, "Install a newer version, or add them to the profile's clocks.")]
    return [ok(f"London's time is known, and the bank holidays of {year}.")]
