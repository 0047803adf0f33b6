"""The dates of one case, counted again with the days off as they are now. Whoever keeps one that moved is told once."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from msgspec.structs import replace

from dialogs.casework.announce import announce
from dialogs.casework.clocks import AT_AN_END, Moved, recompute
from dialogs.casework.common import chain, set_deadline, tell_person
from dialogs.casework.facts import known
from dialogs.chasing.ladder import kept
from dialogs.chasing.recipients import organisation_of, who_runs
from dialogs.chasing.things import things
from dialogs.desk import Desk
from dialogs.reply import Reply
from dialogs.scoping.common import card_name, keep
from dialogs.scoping.machine import WAITS
from state.clocks import add_working_days, due
from state.records import CaseRecord, DeadlineRecord
from state.scoping_records import RequestRecord
from state.values import london_day
from templates.days import day_text

RETURN, READ = "scoping_return", "read_referral"


def recount(desk: Desk) -> None:
    """Count every open date of the case again. A day that somebody granted stays: it was not counted."""
    case = desk.snapshot.case
    if case is None or case.status in AT_AN_END:
        return
    moved = [*recompute(desk, known(desk)), *_read_by(desk, case), *_returns(desk, case)]
    _reminders(desk, case)
    if not moved:
        return
    desk.note(chain(case), "dates_recounted", moved=str(len(moved)))
    announce(desk, case, _once(moved), desk.words("recount.why"))
    _tell_owners(desk, case, moved)


def _reminders(desk: Desk, case: CaseRecord) -> None:
    """When the next reminder is due, also of a day that stays: it is counted in working days, and may come earlier now."""
    profile = desk.kit.profile
    for item in (thing.item for thing in things(desk, case)):
        if item.chase is not None and item.chase.due == item.due:
            again = kept(item, item.chase, profile.chasing.hours, profile.clocks)
            if again != item.chase:
                desk.put(again)


def _once(moved: list[Moved]) -> list[Moved]:
    """Returns that move from one day to another are one line."""
    return list({(one.kind, one.child, one.before, one.after): one for one in moved}.values())


def _read_by(desk: Desk, case: CaseRecord) -> Iterator[Moved]:
    """The day by which the referral is read."""
    for row in _open(desk, READ):
        falls = add_working_days(case.received_at, desk.kit.profile.file.ready_in, desk.kit.profile.clocks)
        if falls != row.due:
            desk.put(replace(row, due=falls))
            yield Moved(kind=READ, child=0, before=row.due, after=falls)


def _open(desk: Desk, kind: str) -> list[DeadlineRecord]:
    return [row for row in desk.snapshot.deadlines if row.kind == kind and row.met is None]


def _returns(desk: Desk, case: CaseRecord) -> Iterator[Moved]:
    """Returns that are awaited: the date moves, the card follows, and the organisation is told under it."""
    rows = {row.id: row for row in _open(desk, RETURN)}
    for request in desk.snapshot.requests:
        row = rows.get(f"{case.id}:{RETURN}:{request.id}")
        if row is None or request.state not in WAITS or any(one.granted for one in request.extensions):
            continue
        falls = due(RETURN, row.runs_from, desk.kit.profile.clocks).instant
        if falls != row.due:
            set_deadline(desk, case, RETURN, falls, row.runs_from, owner=row.owner, key=request.id)
            _told(desk, keep(desk, replace(request, due=falls)), falls)
            yield Moved(kind=RETURN, child=0, before=row.due, after=falls)


def _told(desk: Desk, request: RequestRecord, falls: datetime) -> None:
    text = desk.words("recount.return_moved", reference=request.reference, day=day_text(london_day(falls)))
    reply = Reply(text=text, preview=desk.words("filling.preview"))
    for place in organisation_of(desk, request):
        desk.follow(place, reply, case=request.case, card=card_name(request))


def _tell_owners(desk: Desk, case: CaseRecord, moved: list[Moved]) -> None:
    """Who was handed a date hears of it beside the coordinators."""
    kinds = {one.kind for one in moved}
    handed = {one.handed_to for one in desk.snapshot.chases if one.handed_to and one.id.split(":")[1] in kinds}
    reply = Reply(text=desk.words("recount.yours_moved", reference=case.reference), preview=desk.words("filling.preview"))
    for person in sorted(handed & who_runs(desk)):
        tell_person(desk, case, person, reply)
