"""What should have been said in a year, worked out a second time from the facts alone.

Written beside `dialogs/chasing` and not from it: its own ladder, its own calendar, its own view of who should know.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, datetime, timedelta

import msgspec
from year_calendar import Calendar
from year_world import Fact, Year

from state.values import LONDON

ENDED = ("withdrawn", "joined", "handed_over", "stood_down", "closed")
WAITS = ("sent", "opened", "drafting", "awaiting_sign_off", "sent_back")
CHANNEL = "channel:coordinators"
COORDINATORS = ("coordinator", "second-coordinator")
MANAGERS = ("manager", "second-manager")
HOUR = timedelta(hours=1)


class Step(msgspec.Struct, frozen=True):
    """A step of the ladder as the profile tells it in words."""

    name: str
    to: str
    day: int | None = None
    """Working days from the due day."""
    after: int | None = None
    """Working days after it began."""
    hours: int | None = None
    once: bool = False
    always: bool = False
    says: tuple[str, ...] = ()


DUE, PASSED = "is due by", "was due by"
ORGANISATION = ("your answer is due by", "your answer is written")
LATE = ("we do not have your answer yet", "You asked for more time", "your answer is written")
FOR_US = ("has not answered yet",)
RETURNS = (
    Step("sent", "organisation", hours=0, once=True, says=("this request was sent to you", *ORGANISATION, *LATE)),
    Step("before", "organisation", day=-2, says=ORGANISATION),
    Step("on the day", "organisation", day=0, says=ORGANISATION),
    Step("after", "organisation", day=1, says=LATE),
    Step("senior", "senior", day=2, says=("we do not have the answer of", "the answer of")),
    Step("manager", "manager", day=3, says=FOR_US),
)
READ = (
    Step("unread", "deputy", hours=8, says=("Nobody has opened it yet",)),
    Step("unread for long", "manager", hours=16, says=("Nobody has opened it yet",)),
    Step("passed", "coordinator manager", day=1, always=True, says=(PASSED,)),
)
OTHER = (
    Step("before", "coordinator", day=-2, says=(DUE,)),
    Step("on the day", "coordinator", day=0, says=(DUE,)),
    Step("passed", "coordinator manager", day=1, always=True, says=(PASSED,)),
)
AT_ONCE = (Step("at once", "coordinator", after=1, once=True, says=("should go at once", PASSED)), *OTHER)
EMAIL = (
    Step("not sent", "coordinator", after=1, says=("Nobody has said that it went",)),
    Step("still not sent", "manager", after=2, says=("Nobody has said that it went",)),
)
UNSENT = (
    Step("unsent", "owner", after=2, once=True, says=("You began a referral",)),
    Step("unsent for long", "owner", after=5, once=True, says=("You began a referral",)),
)
WISH = (Step("waits", "coordinator", after=1, says=("asked for more time on",)),)
FOR_THEM = (
    "asked by secure email",
    "I cannot reach them here",
    "You said that you would chase it",
    "Nobody has said that it went",
)
LENGTHS = {"scoping_return": 5, "read_referral": 2, "notification": 5, "rapid_review": 15}


class Expected(msgspec.Struct, frozen=True):
    """Something that has to be said."""

    at: datetime
    thing: str
    step: str
    place: str
    says: tuple[str, ...]
    due: datetime


def instant(text: object) -> datetime:
    return datetime.fromisoformat(str(text))


def day_of(at: datetime) -> date:
    return at.astimezone(LONDON).date()


class Oracle:
    """Knows what was so when."""

    def __init__(self, year: Year) -> None:
        self.year = year
        self.calendar = Calendar(year.proclaimed, year.downs)
        self._rows: dict[tuple[str, str], list[Fact]] = defaultdict(list)
        for fact in year.facts:
            self._rows[fact.table, fact.id].append(fact)
        self.name_of = {year.id(one.id): one.id for one in year.people}

    # what was so

    def row(self, table: str, name: str, at: datetime) -> tuple[object, ...] | None:
        """A row as it stood then."""
        found = [fact.row for fact in self._rows.get((table, name), ()) if fact.at <= at]
        return found[-1] if found else None

    def all(self, table: str, at: datetime) -> Iterator[tuple[object, ...]]:
        for kind, name in list(self._rows):
            if kind == table and (row := self.row(table, name, at)) is not None:
                yield row

    def outside(self, case: str, person: str, at: datetime) -> bool:
        """Whether somebody may hear nothing of a case."""
        relations = {row[2] for row in self.all("people", at) if row[:2] == (case, self.year.id(person))}
        found = self.row("case", case, at)
        return "excluded" in relations or bool(found and found[3] and "named" not in relations)

    def present(self, case: str, person: str, at: datetime) -> str:
        """The person, or whoever stands in for them that day and may hear of the case."""
        for row in self.all("away", at):
            if row[1] == self.year.id(person) and row[5] is None and str(row[2]) <= str(day_of(at)) <= str(row[3]):
                other = self.present(case, self.name_of[str(row[4])], at)
                return person if self.outside(case, other, at) else other
        return person

    def away(self, case: str, person: str, at: datetime) -> bool:
        return self.present(case, person, at) != person

    # who should know

    def coordinators(self, case: str, handed: str, at: datetime) -> set[str]:
        if handed and not self.outside(case, handed, at):
            return {self.present(case, handed, at)}
        found = self.row("case", case, at)
        if found and found[3]:
            return {self.present(case, one, at) for one in (*COORDINATORS, *MANAGERS) if not self.outside(case, one, at)}
        return {CHANNEL}

    def managers(self, case: str, handed: str, at: datetime) -> set[str]:
        told = {self.present(case, one, at) for one in MANAGERS if not self.outside(case, one, at)}
        return {one for one in told if not self.outside(case, one, at)} or self.coordinators(case, handed, at)

    def deputies(self, case: str, handed: str, at: datetime) -> set[str]:
        here = [one for one in COORDINATORS if not self.outside(case, one, at)]
        gone = {self.present(case, one, at) for one in here if self.away(case, one, at)}
        return gone or set(here) or self.coordinators(case, handed, at)

    def organisation(self, to: str, case: str, request: tuple[object, ...], hand: tuple[str, str], at: datetime) -> set[str]:
        left, handed = hand
        if left and not self.outside(case, left, at):
            return {self.present(case, left, at)}
        if request[4] == "email":
            return self.coordinators(case, handed, at)
        name = str(request[2])
        tied = self.row("place", f"channel:{name}", at)
        lead = self.year.lead(name)
        if request[4] == "private":
            told = {self.name_of[str(request[5])]}
        elif to == "organisation":
            told = {f"channel:{name}"} if tied and tied[1] == name else set()
        else:
            told = set() if self.outside(case, lead, at) else {self.present(case, lead, at)}
        return told or self.coordinators(case, handed, at)

    # what should be said

    def expected(self) -> list[Expected]:
        """Everything, thing by thing."""
        things = [name for table, name in self._rows if table == "date"]
        emails = [name for (table, name), rows in self._rows.items() if table == "request" and rows[0].row[4] == "email"]
        wishes = [
            n for (table, n), rows in self._rows.items() if table == "notice" and rows[0].row[2] in ("more_time", "question")
        ]
        names = [*things, *(f"email:{one}" for one in emails), *(f"notice:{one}" for one in wishes)]
        names += [f"draft:{name}" for table, name in self._rows if table == "draft"]
        return [one for name in names for one in self._of(name)]

    def standing(self, name: str, at: datetime) -> tuple[datetime, datetime, tuple[Step, ...], str, str] | None:
        """Due, begin, ladder, case and request of a thing that is open then; None where it is not."""
        kind, _, key = name.partition(":")
        if kind == "draft":
            row = self.row("draft", key, at)
            waits = row is not None and row[2] in ("open", "paused")
            return (instant(row[3]), instant(row[3]), UNSENT, "", str(row[1])) if row is not None and waits else None
        if kind == "email":
            row = self.row("request", key, at)
            if row is None or row[4] != "email" or row[7] is not None or row[3] not in WAITS or row[6] is None:
                return None
            found = (instant(row[6]), instant(row[6]), EMAIL, str(row[1]), key)
        elif kind == "notice":
            row = self.row("notice", key, at)
            if row is None or row[5] is not None:
                return None
            found = (instant(row[4]), instant(row[4]), WISH, str(row[1]), str(row[3]))
        else:
            row = self.row("date", name, at)
            if row is None or row[5] is not None:
                return None
            request = name.partition(":scoping_return:")[2]
            ladder = {"scoping_return": RETURNS, "read_referral": READ}.get(str(row[2]), AT_ONCE if row[6] else OTHER)
            found = (instant(row[3]), instant(row[4]), ladder, str(row[1]), request)
            if request and ((asked := self.row("request", request, at)) is None or asked[3] not in WAITS):
                return None
        case = self.row("case", found[3], at)
        return None if case is None or case[2] in ENDED else found

    def hand(self, name: str, due: datetime, at: datetime) -> tuple[datetime | None, str, str]:
        """Until when it is put off, who chases it, and who has it."""
        row = self.row("hand", name, at)
        if row is None:
            return None, "", ""
        off = instant(row[2]) if row[2] is not None and instant(row[1]) == due else None
        return off, self.name_of.get(str(row[3]), ""), self.name_of.get(str(row[4]), "")

    def when(self, step: Step, due: datetime, start: datetime, at: datetime) -> datetime:
        if step.hours is not None:
            return self.calendar.hours_on(start, step.hours)
        day = day_of(due) if step.day is not None else day_of(start)
        number = step.day if step.day is not None else step.after or 0
        return self.calendar.morning(self.calendar.on(day, number, at))

    def _moments(self, name: str) -> list[datetime]:
        """Whenever something about a thing may have to be said."""
        key = name.partition(":")[2]
        related = {
            ("date", name),
            ("hand", name),
            ("request", key),
            ("notice", key),
            ("draft", key),
            ("request", name.rpartition(":")[2]),
        }
        facts = [fact for where in related for fact in self._rows.get(where, ())]
        case = next((str(fact.row[1]) for fact in facts if fact.table in ("date", "request", "notice")), "")
        moments = {fact.at for fact in facts} | {fact.at for fact in self._rows.get(("case", case), ())}
        moments |= {instant(fact.row[2]) for fact in facts if fact.table == "hand" and fact.row[2] is not None}
        moments |= {at for at, _ in self.year.proclaimed}
        for known in sorted(moments):
            if (standing := self.standing(name, known)) is not None:
                moments |= {self.when(step, standing[0], standing[1], known) for step in standing[2]}
        return sorted({self.calendar.next_chance(one) for one in moments})

    def _of(self, name: str) -> Iterator[Expected]:
        done: dict[datetime, set[str]] = defaultdict(set)
        for at in self._moments(name):
            if at > self.year.clock.now() or (standing := self.standing(name, at)) is None:
                continue
            due, start, ladder, case, request = standing
            once = {step.name for step in ladder if step.once and any(step.name in those for those in done.values())}
            done[due] |= once
            off, left, handed = self.hand(name, due, at)
            plain = {step: self.when(step, due, start, at) for step in ladder}
            moved = {step: max(plain[step], off) if off and not step.always else plain[step] for step in ladder}
            come = sorted((step for step in ladder if step.name not in done[due] and moved[step] <= at), key=moved.__getitem__)
            done[due] |= {step.name for step in come}
            come = [step for step in come if not (step.name in ("before", "on the day") and plain[step] < start)]
            say = newest(come)
            highest = max((plain[step] for step in say), default=None)
            done[due] |= {step.name for step in ladder if highest and plain[step] <= highest}
            for step in say:
                yield from self._lines(name, step, due, case, request, (left, handed), at)

    def _lines(
        self, name: str, step: Step, due: datetime, case: str, request: str, hand: tuple[str, str], at: datetime
    ) -> Iterator[Expected]:
        places, says = set[str](), step.says
        asked = self.row("request", request, at) if request else None
        for to in step.to.split():
            if to == "owner":
                places.add(self.name_of[request])
            elif to in ("organisation", "senior") and asked is not None:
                if step.name == "sent" and (asked[4] == "email" or asked[3] != "sent"):
                    continue
                places |= self.organisation(to, case, asked, hand, at)
                says = (*says, *FOR_THEM, *(LATE if day_of(at) > day_of(due) else ()))
            else:
                which = {"coordinator": self.coordinators, "manager": self.managers, "deputy": self.deputies}[to]
                places |= which(case, hand[1], at)
        for place in sorted(places):
            yield Expected(at, name, step.name, place, says, due)


def newest(come: list[Step]) -> list[Step]:
    """After a long time one thing is said, and what managers should know."""
    others = [step for step in come if step.to != "manager"]
    managers = [step for step in come if "manager" in step.to.split()]
    return list(dict.fromkeys([*come[-1:], *others[-1:], *([] if others[-1:] and others[-1] in managers else managers[-1:])]))
