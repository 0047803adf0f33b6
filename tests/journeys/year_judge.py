"""What was heard in a year and what the ledger says, held against what should have been said (year_oracle.py)."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date, datetime, timedelta

import msgspec
from year_oracle import HOUR, LENGTHS, Expected, Oracle, day_of, instant
from year_world import Heard, Year

from state.values import LONDON


class Row(msgspec.Struct, frozen=True):
    """A reminder in the delivery ledger."""

    id: int
    about: tuple[str, ...]
    place: str
    made: datetime
    status: str
    sent: datetime | None
    remote: str
    reason: str
    turn: str


def ledger(year: Year) -> list[Row]:
    query = (
        'SELECT o."id", o."about", p."conversation", o."made_at", o."status", o."sent_at", o."remote_id", o."reason", o."turn" '
    )
    query += 'FROM "outbox" AS o JOIN "places" AS p ON p."id" = o."place" WHERE o."reminder" ORDER BY o."id"'
    with year.rows(query) as found:
        return [
            Row(n, tuple(about.split()), place, instant(made), status, instant(sent) if sent else None, remote, reason, turn)
            for n, about, place, made, status, sent, remote, reason, turn in found
        ]


class Judge:
    """Holds what was heard against what should have been."""

    def __init__(self, year: Year) -> None:
        self.year, self.oracle = year, Oracle(year)
        self.rows = ledger(year)
        self.heard = {one.remote: one for one in year.ear.heard}
        self.counts: Counter[str] = Counter()

    def wrong(self) -> list[str]:
        """Everything that is wrong, as sentences."""
        said = (self.each_once_and_all, self.passed_is_told, self.one_catch_up, self.in_hours, self.not_after)
        checks = (*said, self.nothing_identifies, self.restricted, self.nothing_waits, self.dates)
        return [f"{check.__name__}: {found}" for check in checks for found in check()]

    def each_once_and_all(self) -> Iterator[str]:
        """What should be said was said, that day, once, to those people; and nothing else was."""
        wanted: dict[tuple[str, str, date], list[Expected]] = defaultdict(list)
        for one in self.oracle.expected():
            wanted[one.thing, one.place, day_of(one.at)].append(one)
            self.counts[f"expected: {one.step}"] += 1
        said: dict[tuple[str, str, date], list[Row]] = defaultdict(list)
        for row in self.rows:
            if row.turn.startswith("bell:"):
                for thing in row.about:
                    said[thing, row.place, day_of(row.made)].append(row)
        for key in sorted({*wanted, *said}, key=str):
            steps, rows = wanted.get(key, []), said.get(key, [])
            if len(rows) != len({one.at for one in steps}):
                yield f"{key}: wanted {[(o.step, str(o.at)) for o in steps]}, but {[(str(r.made), r.status) for r in rows]}"
                continue
            yield from (text for row in rows for text in self._as_wanted(key[0], row, steps))

    def _as_wanted(self, thing: str, row: Row, steps: list[Expected]) -> Iterator[str]:
        self.counts[f"reminders {row.status}"] += 1
        if row.status == "sent":
            text = self.heard[row.remote].text
            if not any(phrase in text for step in steps for phrase in step.says):
                yield f"{thing} at {row.place}, {row.made}: {[one.step for one in steps]} is not in {text!r}"
        elif row.status == "dropped":
            if not (self._newer(thing, row) if row.reason == "delivery.newer_said" else self._was_done(row)):
                yield f"{thing} at {row.place}, {row.made}: dropped, and still open, {row.reason}"
        elif not self._failed_long(row):
            yield f"{thing} at {row.place}, {row.made}: {row.status}, {row.reason}"

    def _was_done(self, row: Row) -> bool:
        """Everything that it was about was done, or had another date, before anybody could be told."""
        facts = [fact for fact in self.year.facts if fact.id in (*row.about, *(one.partition(":")[2] for one in row.about))]
        return any(fact.at >= row.made for fact in facts)

    def _newer(self, thing: str, row: Row) -> bool:
        """The same was said anew in the same place."""
        return any(one.id > row.id and thing in one.about and one.place == row.place for one in self.rows)

    def _failed_long(self, row: Row) -> bool:
        """Given up because the conversation took nothing; that is told to the coordinators (tests of delivery)."""
        last = row.made + timedelta(days=9)
        there = [(begun, until) for place, begun, until in self.year.outages if place == row.place]
        return row.status == "dead" and any(begun <= last and until >= row.made for begun, until in there)

    def in_hours(self) -> Iterator[str]:
        for one in self.year.ear.heard:
            if one.send.reminder:
                self.counts["reminders heard"] += 1
                if not self.oracle.calendar.in_hours(one.at):
                    yield f"{one.place} at {one.at.astimezone(LONDON)}"

    def one_catch_up(self) -> Iterator[str]:
        """Nobody hears of a thing twice within an hour by the clock, but for a new date or the first word of it."""
        bell = {row.remote: row for row in self.rows if row.turn.startswith("bell:") and row.status == "sent"}
        last: dict[tuple[str, str], Heard] = {}
        for one in (heard for heard in self.year.ear.heard if heard.remote in bell):
            for thing in one.send.about.split():
                before = last.get((thing, one.place))
                if before and one.at - before.at < HOUR and bell[before.remote].made < bell[one.remote].made - HOUR:
                    yield f"{thing} at {one.place}, {before.at} and {one.at}"
                last[thing, one.place] = one

    def not_after(self) -> Iterator[str]:
        """Every single thing that a reminder is about is still to be done when it arrives."""
        for one in self.year.ear.heard:
            if one.send.reminder:
                for thing in one.send.about.split():
                    if self._done_before(thing, one.at):
                        yield f"{thing} at {one.place}, {one.at}: {one.send.about}"

    def _done_before(self, thing: str, at: datetime) -> bool:
        return self.oracle.standing(thing, at) is None

    def nothing_identifies(self) -> Iterator[str]:
        secret = ("Test Child ", "Testtown", "Test Mother")
        for one in self.year.ear.heard:
            if one.place.startswith("channel:") and any(name in one.text for name in secret):
                yield f"{one.place} at {one.at}: {one.text!r}"

    def nothing_waits(self) -> Iterator[str]:
        query = 'SELECT "id", "status", "reason", "place", "next_at" FROM "outbox" '
        query += """WHERE "status" IN ('queued', 'sending', 'put_off')"""
        with self.year.rows(query) as found:
            yield from (str(row) for row in found)

    def restricted(self) -> Iterator[str]:
        now = self.year.clock.now()
        for case, reference, _, restricted in self.oracle.all("case", now):
            if restricted:
                known = {row[1] for row in self.oracle.all("people", now) if row[0] == case and row[2] == "named"}
                may = {self.oracle.name_of[str(one)] for one in known} | {"practitioner"}
                for one in self.year.ear.heard:
                    if str(reference) in one.text and one.place not in may:
                        yield f"{reference} at {one.place}, {one.at}"

    def dates(self) -> Iterator[str]:
        """Dates are counted as GOV.UK's list of holidays says, when they are made and after a day off was proclaimed."""
        proclaimed = [at for at, _ in self.year.proclaimed]
        seen = set[str]()
        for fact in [one for one in self.year.facts if one.table == "date" and one.row[5] is None]:
            kind, first = str(fact.row[2]), fact.id not in seen
            if kind not in LENGTHS:
                continue
            seen.add(fact.id)
            again = any(at <= fact.at and (fact.at - at).total_seconds() < 5 for at in proclaimed)
            if kind == "scoping_return" and not (first or again):
                continue
            self.counts["dates counted again"] += 1
            day = self.oracle.calendar.on(day_of(instant(fact.row[4])), LENGTHS[kind], fact.at)
            if day_of(instant(fact.row[3])) != day or instant(fact.row[3]).astimezone(LONDON).hour != 17:
                yield f"{fact.id}: due {fact.row[3]} from {fact.row[4]}, and not {day}"

    def passed_is_told(self) -> Iterator[str]:
        """A date of the guidance that passed is told to the managers on its first overdue working day."""
        for (table, name), facts in self.oracle._rows.items():
            if table != "date" or facts[0].row[2] == "scoping_return":
                continue
            for due in {instant(fact.row[3]) for fact in facts}:
                yield from self._told(name, due)

    def _told(self, name: str, due: datetime) -> Iterator[str]:
        at = self.oracle.calendar.next_chance(self.oracle.calendar.morning(self.oracle.calendar.on(day_of(due), 1, due)))
        standing = self.oracle.standing(name, at) if at < self.year.clock.now() else None
        if standing is None or standing[0] != due:
            return
        self.counts["dates that passed"] += 1
        _, _, handed = self.oracle.hand(name, due, at)
        for place in self.oracle.managers(standing[3], handed, at):
            rows = [row for row in self.rows if name in row.about and row.place == place and day_of(row.made) >= day_of(at)]
            if not any(day_of(row.made) == day_of(at) for row in rows):
                yield f"{name}, due {due}: {place} was not told on {day_of(at)}"
