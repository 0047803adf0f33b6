""" "What have we sent to the Panel this year": notifications, rapid reviews with their letter, and requests, by the records.

References, organisations, dates and whether it was in time; closed cases are counted too.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime, timedelta

from dialogs.delivered.narrow import Narrow
from dialogs.delivered.readers import may_be_shown, others_may_be_shown, runs_cases, where_it_may_be_read
from dialogs.desk import Desk
from dialogs.reply import Block, Card, Facts, Paragraph, Reply, Style
from dialogs.scoping.reach import LEADS
from state.access import Access, in_force
from state.clocks import days_late
from state.ledger import AskedOf, SentOut
from state.records import CaseRecord
from state.values import london_day
from templates.days import day_text, moment_text

NOTIFICATION, REVIEW, LETTER = "notification", "rapid_review", "panel_letter"
TO_THE_PANEL = (NOTIFICATION, REVIEW, LETTER)
MOST_LINES = 15
Line = tuple[datetime, str, str]
"""When, the reference, and what is said of it."""


def sent(desk: Desk) -> None:
    """In the period that was said, else this year."""
    where_it_may_be_read(desk, _answer)


def _answer(desk: Desk) -> None:
    out, narrow = desk.snapshot.sent, Narrow.by(desk.meant.slots)
    if out is None or not (runs_cases(desk) or _own(desk)):
        desk.note("partnership", "refused", action="see_reference")
        return desk.tell(desk.words("access.nothing"))
    blocks: list[Block] = [Paragraph(_period(desk, out))]
    if runs_cases(desk) and others_may_be_shown(desk) and not narrow.of_organisations:
        blocks += _to_the_panel(desk, out, narrow)
        blocks += [] if narrow.kind else _to_other_areas(desk, out)
    if narrow.kind not in TO_THE_PANEL:
        blocks += _to_organisations(desk, out, narrow)
    card = Card(title=desk.words("delivered.title_sent"), blocks=tuple(blocks))
    return desk.say(Reply(card=card, preview=desk.words("filling.preview")))


def _period(desk: Desk, out: SentOut) -> str:
    first, last = day_text(london_day(out.start)), day_text(london_day(out.end - timedelta(seconds=1)))
    return desk.words("delivered.on_day" if first == last else "delivered.period", first=first, last=last)


def _own(desk: Desk) -> set[str]:
    """The organisations that this person leads, or is a deputy in."""
    return {one.organisation for one in desk.snapshot.grants if one.role in LEADS and in_force(one)} - {""}


def _sees(desk: Desk, out: SentOut, case: CaseRecord) -> bool:
    people = tuple(one for one in out.people if one.case == case.id)
    return desk.may("see_reference", case=case, people=people) is Access.YES


def _to_the_panel(desk: Desk, out: SentOut, narrow: Narrow) -> list[Block]:
    cases = [case for case in out.cases if _sees(desk, out, case)]
    notices = [] if narrow.kind in (REVIEW, LETTER) else list(_notified(desk, out, cases))
    reviews = [] if narrow.kind == NOTIFICATION else list(_reviewed(desk, out, cases))
    count = desk.words("delivered.panel_count", notifications=len(notices), reviews=len(reviews))
    return [Paragraph(desk.words("delivered.to_panel"), Style.HEADING), Paragraph(count), *_listed(desk, notices + reviews)]


def _notified(desk: Desk, out: SentOut, cases: list[CaseRecord]) -> Iterator[Line]:
    for case in cases:
        at = case.notified_at
        if at is not None and out.start <= at < out.end:
            told = desk.words("delivered.notified", when=moment_text(at), timing=_timing(desk, out, case, NOTIFICATION, at))
            yield at, case.reference, told


def _reviewed(desk: Desk, out: SentOut, cases: list[CaseRecord]) -> Iterator[Line]:
    for case in cases:
        at = case.sent_at
        if at is not None and out.start <= at < out.end:
            told = desk.words("delivered.reviewed", when=moment_text(at), timing=_timing(desk, out, case, REVIEW, at))
            yield at, case.reference, told


def _to_other_areas(desk: Desk, out: SentOut) -> list[Block]:
    """Cases that were handed over, where there are any."""
    seen = {case.id: case.reference for case in out.cases if _sees(desk, out, case)}
    gone = [(at, seen[case]) for case, at in out.handed if case in seen]
    lines = [(at, reference, desk.words("delivered.handed_on", when=moment_text(at))) for at, reference in gone]
    return [Paragraph(desk.words("delivered.to_other_areas"), Style.HEADING), *_listed(desk, lines)] if lines else []


def _timing(desk: Desk, out: SentOut, case: CaseRecord, kind: str, at: datetime) -> str:
    """Whether it was in time, by the date that it was sent for: the one met then, else the first of that kind."""
    dates = [one for one in out.deadlines if one.case == case.id and one.kind == kind]
    due = min((one.due for one in dates if one.met == at), default=min((one.due for one in dates), default=None))
    if due is None:
        return desk.words("delivered.no_date")
    late = days_late(due, at, desk.kit.profile.clocks)
    return desk.words("delivered.late", days=late) if late else desk.words("delivered.in_time")


def _to_organisations(desk: Desk, out: SentOut, narrow: Narrow) -> list[Block]:
    asked = [one for one in out.requests if narrow.fits(one.organisation, one.agency)]
    shown = [one for one in asked if _may_see(desk, out, one)]
    count = desk.words("delivered.requests_count", count=len(shown), cases=len({one.case for one in shown}))
    heading = Paragraph(desk.words("delivered.to_organisations"), Style.HEADING)
    return [heading, Paragraph(count), *_listed(desk, _by_case(desk, shown))]


def _may_see(desk: Desk, out: SentOut, asked: AskedOf) -> bool:
    """One's own organisation's, or any of a case that is there for this person; and what may be read along here."""
    case = next((one for one in out.cases if one.id == asked.case), None)
    if case is None or not may_be_shown(desk, asked):
        return False
    if runs_cases(desk):
        return _sees(desk, out, case)
    # To somebody who does not run cases an open one is refused; one that is not there for them is absent.
    there = desk.may("see_reference", case=case, people=tuple(one for one in out.people if one.case == case.id)) is Access.NO
    return asked.organisation in _own(desk) and asked.delivery != "private" and not asked.quiet and there


def _by_case(desk: Desk, shown: list[AskedOf]) -> list[Line]:
    """One line a case and day, with the organisations that were asked."""
    groups: dict[tuple[str, str], list[AskedOf]] = defaultdict(list)
    for one in shown:
        if one.sent_at is not None:
            groups[one.reference, day_text(london_day(one.sent_at))].append(one)
    return [(_first(group), reference, _asked(desk, day, group)) for (reference, day), group in groups.items()]


def _first(group: list[AskedOf]) -> datetime:
    return min(one.sent_at for one in group if one.sent_at is not None)


def _asked(desk: Desk, day: str, group: list[AskedOf]) -> str:
    known = {one.id: one.name for one in desk.snapshot.organisations}
    names = ", ".join(sorted(known.get(one.organisation, one.organisation) for one in group))
    return desk.words("delivered.asked_on", day=day, names=names)


def _listed(desk: Desk, lines: list[Line]) -> list[Block]:
    """Newest first, as many as a card holds."""
    ordered = sorted(lines, reverse=True)
    blocks: list[Block] = [Facts(tuple((reference, told) for _, reference, told in ordered[:MOST_LINES]))] if lines else []
    if len(ordered) > MOST_LINES:
        blocks.append(Paragraph(desk.words("delivered.newest", count=MOST_LINES)))
    return blocks
