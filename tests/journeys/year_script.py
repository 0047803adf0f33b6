"""What happens in a year, as data that is drawn, and carried out through the real house in the order of the clock."""

from __future__ import annotations

import heapq
import itertools
from collections import Counter
from collections.abc import Awaitable, Callable, Sequence
from datetime import date, datetime, timedelta
from random import Random

import msgspec
import year_acts as acts
from hypothesis import strategies as st
from year_world import BY_EMAIL, THROTTLED, Year

from bot.doors import NotDelivered
from state.values import LONDON, london_day

Act = Callable[[], Awaitable[None]]
HOURS = (8, 10, 11, 13, 15, 19)
RETURN = "scoping_return"


class CasePlan(msgspec.Struct, frozen=True):
    """One case: when it comes, how soon it is looked at, how many are asked, and how it goes on."""

    day: int
    reads: int
    asks: int
    organisations: int
    seed: int
    ending: str
    restricted: bool = False
    excluded: bool = False
    involved: bool = False


class Trouble(msgspec.Struct, frozen=True):
    """Something that happens to everybody."""

    day: int
    kind: str
    amount: int
    which: int


class Script(msgspec.Struct, frozen=True):
    days: int
    processes: int
    cases: tuple[CasePlan, ...]
    troubles: tuple[Trouble, ...]


ENDINGS = ("none", "decided", "notified_early", "notified_late", "stood_down")
TROUBLES = ("restart", "down", "outage", "refused", "holiday", "away", "let go", "left unsent")


def scripts(days: int, cases: tuple[int, int], organisations: tuple[int, int]) -> st.SearchStrategy[Script]:
    """Scripts of a size."""
    case = st.builds(
        CasePlan,
        day=st.integers(0, days * 4 // 5),
        reads=st.integers(0, 5),
        asks=st.integers(0, 4),
        organisations=st.integers(*organisations),
        seed=st.integers(0, 2**16),
        ending=st.sampled_from(ENDINGS),
        restricted=st.sampled_from((False,) * 5 + (True,)),
        excluded=st.sampled_from((False,) * 5 + (True,)),
        involved=st.sampled_from((False,) * 2 + (True,)),
    )
    trouble = st.builds(
        Trouble,
        day=st.integers(0, days - 1),
        kind=st.sampled_from(TROUBLES),
        amount=st.integers(1, 20),
        which=st.integers(0, 30),
    )
    return st.builds(
        Script,
        days=st.just(days),
        processes=st.integers(1, 2),
        cases=st.lists(case, min_size=cases[0], max_size=cases[1]).map(tuple),
        troubles=st.lists(trouble, min_size=days // 30, max_size=days // 8).map(tuple),
    )


class Running:
    """A script that is carried out."""

    def __init__(self, year: Year, script: Script, organisations: Sequence[str]) -> None:
        self.year, self.script, self.organisations = year, script, organisations
        self.begins = london_day(year.clock.now())
        self.done: Counter[str] = Counter()
        self._queue: list[tuple[datetime, int, str, Act]] = []
        self._numbers = itertools.count()

    def plan(self, at: datetime, name: str, act: Act) -> None:
        heapq.heappush(self._queue, (at, next(self._numbers), name, act))

    async def run(self) -> None:
        """Everything in the order of the clock; then some quiet days in which all that waits is sent."""
        await self.year.side_by_side(self.script.processes - 1)
        for number, case in enumerate(self.script.cases):
            self._case(number, case)
        for trouble in self.script.troubles:
            self._trouble(trouble)
        end = acts.moment(self.begins + timedelta(days=self.script.days), 12, 0)
        self.year.look()
        while self._queue and self._queue[0][0] < end:
            at, _, name, act = heapq.heappop(self._queue)
            await self.year.passes(max(at, self.year.clock.now()))
            await act()
            self.done[name] += 1
            self.year.look()
        for conversation in list(self.year.channel.broken):
            await acts.works_again(self.year, conversation)
        await self.year.passes(max(end, self.year.clock.now()) + timedelta(days=7))
        self.year.look()

    def _at(self, day: date | int, draw: Random) -> datetime:
        day = self.begins + timedelta(days=day) if isinstance(day, int) else day
        return acts.moment(day, draw.choice(HOURS), draw.randint(10, 50))

    def _case(self, number: int, case: CasePlan) -> None:
        draw = Random(f"{number} {case.seed}")
        day = (case.day + number * 11) % (self.script.days * 4 // 5)

        async def refer() -> None:
            made = await acts.refer(self.year, number, restricted=case.restricted)
            self.year.look()
            if case.excluded:
                await acts.exclude(self.year, made, "manager")
            self._read(made, case, draw)

        self.plan(self._at(day, draw), "referred", refer)

    def _read(self, made: str, case: CasePlan, draw: Random) -> None:
        day = self._day()
        if case.reads < 5:
            self.plan(self._at(day + timedelta(days=case.reads), draw), "read", lambda: acts.read(self.year, made))
        if not case.restricted:
            asks = self._at(day + timedelta(days=case.reads + case.asks), draw)
            self.plan(asks, "asked", lambda: self._ask(made, case, draw))
        self._ends(made, case, draw, day + timedelta(days=case.reads))

    def _ends(self, made: str, case: CasePlan, draw: Random, day: date) -> None:
        if case.ending == "none":
            return
        decided = self._at(day + timedelta(days=draw.randint(0, 9)), draw)
        self.plan(decided, "decided", lambda: acts.decide(self.year, made))
        sent = decided + timedelta(days=draw.randint(1, 3) if case.ending == "notified_early" else draw.randint(6, 12))
        if case.ending != "decided":
            self.plan(sent, case.ending, lambda: acts.notified(self.year, made))
        if case.ending == "stood_down":
            after = sent + timedelta(days=draw.randint(1, 9))
            self.plan(after, "stood_down", lambda: acts.stand_down(self.year, made))

    def _day(self) -> date:
        return london_day(self.year.clock.now())

    async def _ask(self, made: str, case: CasePlan, draw: Random) -> None:
        chosen = tuple(draw.sample(list(self.organisations), min(case.organisations, len(self.organisations))))
        with_deputy = [one for one in chosen if f"deputy-{one}" in {who.id for who in self.year.people}]
        involved = with_deputy[0] if case.involved and with_deputy else ""
        instead = f"deputy-{involved}" if case.seed % 3 else ""
        await acts.ask(self.year, made, chosen, involved, instead)
        query = f"""SELECT "id", "organisation" FROM "requests" WHERE "case" = '{made}' AND "state" = 'sent' """
        query += 'ORDER BY "organisation"'
        for request, organisation in acts.one(self.year, query):
            self._asked(made, str(request), str(organisation), draw, apart=organisation == involved)

    def _asked(self, made: str, request: str, organisation: str, draw: Random, *, apart: bool) -> None:
        day, date_id = self._day(), f"{made}:{RETURN}:{request}"
        by_email = organisation in BY_EMAIL
        kinds = ["withdrawn", "never", "given", "snoozed", "left", "handed", "chased"]
        kinds += ["emailed"] * 4 if by_email or apart else ["in_time"] * 6 + ["late", "late", "wished", "looked", "corrected"]
        for kind in draw.sample(kinds, draw.randint(1, 2)):
            self._does(kind, made, request, organisation, date_id, day, draw)

    def _does(self, kind: str, made: str, request: str, organisation: str, date_id: str, day: date, draw: Random) -> None:
        year, soon, later = self.year, self._at(day + timedelta(days=draw.randint(0, 7)), draw), draw.randint(1, 12)
        after = self._at(london_day(soon) + timedelta(days=later), draw)
        until = self._working(london_day(soon) + timedelta(days=draw.randint(4, 20)))
        who = draw.choice(("coordinator", "second-coordinator", "manager"))

        def waits(act: Act) -> Act:
            return lambda: self._if(f"""SELECT 1 FROM "requests" WHERE "id" = '{request}' AND "state" IN {acts.WAITS}""", act)

        def is_open(act: Act) -> Act:
            return lambda: self._if(f"""SELECT 1 FROM "deadlines" WHERE "id" = '{date_id}' AND "met" IS NULL""", act)

        answers = waits(lambda: acts.nil(year, request, organisation))
        match kind:
            case "in_time":
                self.plan(self._at(day + timedelta(days=draw.randint(0, 6)), draw), kind, answers)
            case "late":
                self.plan(self._at(day + timedelta(days=draw.randint(7, 18)), draw), kind, answers)
            case "withdrawn":
                self.plan(soon, kind, waits(lambda: acts.withdraw(year, request)))
            case "given":
                self.plan(soon, kind, waits(lambda: acts.give(year, request, until)))
            case "snoozed":
                self.plan(soon, kind, is_open(lambda: acts.snooze(year, date_id, until)))
            case "left":
                self.plan(soon, kind, is_open(lambda: acts.leave_to_me(year, date_id)))
                self.plan(after, "let_go_on", is_open(lambda: acts.let_go_on(year, date_id)))
            case "handed":
                self.plan(soon, kind, is_open(lambda: acts.hand_on(year, date_id, who)))
            case "chased":
                self.plan(soon, kind, is_open(lambda: acts.chase_now(year, date_id)))
            case "emailed":
                self.plan(soon, kind, waits(lambda: acts.emailed(year, made, request)))
            case "looked":
                self.plan(soon, kind, waits(lambda: acts.look(year, request, organisation)))
            case "corrected":
                self.plan(soon, "in_time", answers)
                answered = f"""SELECT 1 FROM "requests" WHERE "id" = '{request}' AND "state" = 'nil_return'"""
                self.plan(after, kind, lambda: self._if(answered, lambda: acts.correct(year, request, organisation)))
            case "wished":
                self.plan(soon, kind, waits(lambda: acts.more_time(year, request, organisation, until)))
                settles = acts.grant if draw.random() < 0.6 else acts.refuse
                self.plan(after, settles.__name__, waits(lambda: settles(year, request)))

    async def _if(self, query: str, act: Act) -> None:
        """What people do only while it can be done."""
        if acts.one(self.year, query):
            await act()
        else:
            self.done["(not any more)"] += 1

    def _working(self, day: date) -> date:
        while day.weekday() > 4:
            day += timedelta(days=1)
        return day

    def _trouble(self, one: Trouble) -> None:
        draw, year = Random(one.which * 100 + one.amount), self.year
        at = self._at(one.day, draw)
        match one.kind:
            case "restart":
                self.plan(at, one.kind, year.restart)
            case "down":
                self.plan(at, one.kind, lambda: year.down(self._until(one.amount)))
            case "holiday":
                day = self._working(self.begins + timedelta(days=one.day + one.amount))
                self.plan(at, one.kind, lambda: year.proclaim(day))
            case "outage" | "refused":
                self._outage(one, at)
            case "let go":
                known = [name for name in self.organisations if name not in BY_EMAIL]
                self.plan(at, one.kind, lambda: acts.let_go(year, known[one.which % len(known)]))
            case "left unsent":
                self.plan(at, one.kind, self._begin)
            case "away":
                self._away(one, at)

    def _until(self, days: int) -> datetime:
        return (self.year.clock.now() + timedelta(days=days, hours=days % 5)).astimezone(LONDON)

    async def _begin(self) -> None:
        if "left unsent" not in self.done:
            await acts.begin_and_leave(self.year)

    def _outage(self, one: Trouble, at: datetime) -> None:
        places = ["channel:coordinators", "manager", *(f"channel:{name}" for name in self.organisations)]
        places += [self.year.lead(name) for name in self.organisations]
        place = places[one.which % len(places)]
        how = NotDelivered("delivery.not_member") if one.kind == "refused" else THROTTLED
        ends = at + timedelta(hours=one.amount * one.amount)
        self.plan(at, one.kind, lambda: acts.fails(self.year, place, ends, how))
        self.plan(ends, "works again", lambda: acts.works_again(self.year, place))

    def _away(self, one: Trouble, at: datetime) -> None:
        person, deputy = (("manager", "second-manager"), ("coordinator", "second-coordinator"))[one.which % 2]
        first = london_day(at)
        last = first + timedelta(days=one.amount)
        self.plan(at, one.kind, lambda: acts.away(self.year, person, max(first, self._day()), max(last, self._day()), deputy))
