"""What is chased in a case: its open dates, requests by e-mail that nobody has sent, and what waits for the coordinator."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec
from msgspec.structs import replace

from dialogs.casework.clocks import AT_AN_END
from dialogs.chasing.ladder import Item, kept, standing
from dialogs.desk import Desk
from dialogs.scoping.machine import WAITS
from dialogs.scoping.notices import request_named
from state.chasing_records import EMAIL, NOTICE, ChaseRecord
from state.policy import ChasePolicy, Rung
from state.records import CaseRecord, DeadlineRecord
from state.scoping_records import NoticeRecord, RequestRecord

RETURN = "scoping_return"


class Thing(msgspec.Struct, frozen=True, kw_only=True):
    """Something that is chased, with what it is about."""

    item: Item
    date: DeadlineRecord | None = None
    request: RequestRecord | None = None
    notice: NoticeRecord | None = None

    @property
    def chase(self) -> ChaseRecord | None:
        """How far it was chased, as it was read."""
        return self.item.chase


def things(desk: Desk, case: CaseRecord) -> Iterator[Thing]:
    """Everything of a case that is chased. Of a case at an end nothing is said any more."""
    yield from (of_date(desk, case, date) for date in desk.snapshot.deadlines if date.met is None)
    for request in desk.snapshot.requests:
        if waits_for_email(request):
            yield _of_email(desk, case, request)
    for notice in desk.snapshot.notices:
        if notice.kind in desk.kit.profile.chasing.waiting:
            yield _of_notice(desk, case, notice)


def of_date(desk: Desk, case: CaseRecord, date: DeadlineRecord) -> Thing:
    """An open date. That of a request is chased while its return is outstanding."""
    request = request_of(desk, date)
    ends = case.status in AT_AN_END or (date.kind == RETURN and (request is None or request.state not in WAITS))
    ladder = () if ends else ladder_of(desk.kit.profile.chasing, date)
    item = Item(id=date.id, case=case.id, ladder=ladder, due=date.due, start=date.runs_from, chase=chase_of(desk, date.id))
    return Thing(item=item, date=date, request=request)


def ladder_of(policy: ChasePolicy, date: DeadlineRecord) -> tuple[Rung, ...]:
    """The ladder of a date."""
    return policy.at_once if date.at_once else policy.ladders.get(date.kind, policy.other)


def request_of(desk: Desk, date: DeadlineRecord) -> RequestRecord | None:
    """The request whose return is due then. Its id is the last part of the date's."""
    key = date.id.partition(f":{RETURN}:")[2] if date.kind == RETURN else ""
    asked = (*desk.snapshot.requests, *([desk.snapshot.request] if desk.snapshot.request else []))
    return next((one for one in asked if one.id == key), None)


def chase_of(desk: Desk, name: str) -> ChaseRecord | None:
    """How far something was chased, as it was read."""
    return next((one for one in desk.snapshot.chases if one.id == name), None)


def keep(desk: Desk, thing: Thing, **changes: Any) -> None:
    """Write what somebody changed by hand about how a thing is chased."""
    profile = desk.kit.profile
    changed = replace(standing(thing.item), **changes)
    desk.put(kept(thing.item, changed, profile.chasing.hours, profile.clocks))


def waits_for_email(request: RequestRecord) -> bool:
    """Whether a request goes by e-mail, and nobody has said that it went."""
    waits = request.sent_at is not None and request.emailed_at is None and request.state in WAITS
    return request.delivery == "email" and waits


def _of_email(desk: Desk, case: CaseRecord, request: RequestRecord) -> Thing:
    name, sent = f"{EMAIL}{request.id}", request.sent_at or desk.turn.at
    ladder = () if case.status in AT_AN_END else desk.kit.profile.chasing.not_emailed
    item = Item(id=name, case=case.id, ladder=ladder, due=sent, start=sent, chase=chase_of(desk, name))
    return Thing(item=item, request=request)


def _of_notice(desk: Desk, case: CaseRecord, notice: NoticeRecord) -> Thing:
    name = f"{NOTICE}{notice.id}"
    ladder = () if case.status in AT_AN_END else desk.kit.profile.chasing.waiting[notice.kind]
    item = Item(id=name, case=case.id, ladder=ladder, due=notice.at, start=notice.at, chase=chase_of(desk, name))
    request = next((one for one in desk.snapshot.requests if one.id == request_named(notice)), None)
    return Thing(item=item, request=request, notice=notice)
