"""What a rung says, to whom: one line each. By reference, organisation and date only, with what to do."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from dialogs.casework.clocks import COORDINATOR, DATED_DUTIES
from dialogs.casework.kinds import kind_text
from dialogs.chasing.recipients import (
    coordinators_of,
    deputies_of,
    left_to,
    managers_of,
    organisation_of,
    owner_of,
    seniors_of,
)
from dialogs.chasing.things import RETURN, Thing, waits_for_email
from dialogs.desk import Desk
from dialogs.scoping.common import organisation_name
from state.clocks import is_overdue
from state.policy import Rung, Says, To
from state.records import CaseRecord, DeadlineRecord, PlaceRecord
from state.scoping_records import RequestRecord
from state.values import london_day
from templates.days import day_text, moment_text

OURS = (To.COORDINATOR, To.DEPUTY, To.MANAGER)


class Line(msgspec.Struct, frozen=True, kw_only=True):
    """One sentence about one thing, to be said in one place."""

    place: PlaceRecord
    to: To
    text: str
    about: str
    says: Says
    request: RequestRecord | None = None


def lines_of(desk: Desk, case: CaseRecord, thing: Thing, rung: Rung) -> list[Line]:
    """Everything that a rung says about a thing, each place once."""
    found: dict[str, Line] = {}
    for to in rung.to:
        for line in _to(desk, case, thing, rung.says, to):
            found.setdefault(line.place.id, line)
    return list(found.values())


def _to(desk: Desk, case: CaseRecord, thing: Thing, says: Says, to: To) -> list[Line]:
    if thing.request is not None and to in (To.ORGANISATION, To.SENIOR):
        return to_organisation(desk, case, thing, thing.request, says, to)
    return _made(thing, says, to, _places(desk, case, thing, to), text_for_us(desk, thing, says))


def _places(desk: Desk, case: CaseRecord, thing: Thing, to: To) -> Sequence[PlaceRecord]:
    """Where those who run the case are told. What nobody else can be told goes to the coordinators."""
    if to is To.MANAGER:
        return managers_of(desk) or coordinators_of(desk, case, thing.chase)
    if to is To.DEPUTY:
        return deputies_of(desk) or coordinators_of(desk, case, thing.chase)
    return coordinators_of(desk, case, thing.chase, owner_of(desk, thing.date) if thing.date else "")


def _made(thing: Thing, says: Says, to: To, places: Sequence[PlaceRecord], text: str) -> list[Line]:
    about, request = thing.item.id, thing.request
    return [Line(place=place, to=to, text=text, about=about, says=says, request=request) for place in places]


def to_organisation(
    desk: Desk, case: CaseRecord, thing: Thing, request: RequestRecord, says: Says, to: To, *, key: str = ""
) -> list[Line]:
    """In the organisation's thread, or to somebody senior there; to whoever said that they would chase it; else to us.

    That a request was sent is news only while nobody there has opened it; by e-mail the coordinator has just sent it.
    """
    if says is Says.SENT and (request.delivery == "email" or request.state != "sent"):
        return []
    if own := left_to(desk, thing.chase):
        return _made(thing, says, To.COORDINATOR, own, _return_text(desk, "yours", request))
    senior = to is To.SENIOR
    places = seniors_of(desk, request) if senior else organisation_of(desk, request)
    if request.delivery != "email" and places:
        text = _senior_text(desk, request) if senior else _organisation_text(desk, request, says, key)
        return _made(thing, says, to, places, text)
    return _made(thing, says, To.COORDINATOR, coordinators_of(desk, case, thing.chase), _for_them(desk, request))


def _organisation_text(desk: Desk, request: RequestRecord, says: Says, key: str) -> str:
    """A date that has passed is said as such, whatever the rung is called."""
    late = request.due is not None and is_overdue(request.due, desk.turn.at)
    name = "after" if late else key or says.value
    if request.state == "awaiting_sign_off":
        name = "sign_off"
    elif any(one.granted is None for one in request.extensions):
        name = "asked"
    return desk.words(f"chasing.organisation_{name}", reference=request.reference, due=_due(request))


def _senior_text(desk: Desk, request: RequestRecord) -> str:
    values = {"reference": request.reference, "organisation": organisation_name(desk, request), "due": _due(request)}
    return desk.words("chasing.senior_sign_off" if request.state == "awaiting_sign_off" else "chasing.senior", **values)


def _due(request: RequestRecord) -> str:
    return moment_text(request.due) if request.due else ""


def _for_them(desk: Desk, request: RequestRecord) -> str:
    """What the coordinator has to say to an organisation that cannot be told here."""
    if waits_for_email(request):
        return desk.words("chasing.not_emailed", organisation=organisation_name(desk, request))
    return _return_text(desk, "email" if request.delivery == "email" else "unreached", request)


def _return_text(desk: Desk, key: str, request: RequestRecord) -> str:
    late = request.due is not None and is_overdue(request.due, desk.turn.at)
    known = desk.organisation(request.organisation)
    email = known.email if known and known.email else desk.words("chasing.email_address_unknown")
    values = {"organisation": organisation_name(desk, request), "due": _due(request), "email": email}
    return desk.words(f"chasing.return_{key}_{'passed' if late else 'due'}", **values)


def text_for_us(desk: Desk, thing: Thing, says: Says) -> str:
    """What those who run the case are told."""
    if thing.notice is not None:
        return _notice_text(desk, thing)
    if thing.date is None:
        return _for_them(desk, thing.request) if thing.request else ""
    if says is Says.UNREAD:
        return desk.words("chasing.unread", since=moment_text(thing.date.runs_from))
    if thing.date.kind == RETURN and thing.request is not None:
        values = {"organisation": organisation_name(desk, thing.request), "due": moment_text(thing.date.due)}
        return desk.words("chasing.return_passed", **values)
    return " ".join(_date_text(desk, thing.date, says))


def _date_text(desk: Desk, date: DeadlineRecord, says: Says) -> list[str]:
    """The date, and what stands in its way: nobody is named, or it is not certain."""
    late = is_overdue(date.due, desk.turn.at)
    key = "passed" if late else "at_once" if says is Says.AT_ONCE else "due"
    what = name_of_date(desk, date)
    said = [desk.words(f"chasing.date_{key}", what=what, due=moment_text(date.due))]
    if date.provisional:
        said.append(desk.words("chasing.date_not_certain"))
    if date.kind in DATED_DUTIES:
        said += _owner_text(desk, date)
    return said


def _owner_text(desk: Desk, date: DeadlineRecord) -> list[str]:
    """Whether somebody is named to do it. Their name is not said: it was typed, and this may be read in a channel."""
    if owner_of(desk, date):
        return []
    named = date.owner not in ("", COORDINATOR)
    return [desk.words("chasing.date_with_owner" if named else "chasing.date_without_owner")]


def name_of_date(desk: Desk, date: DeadlineRecord) -> str:
    """What a date is called; which child it is of only where there are several."""
    several = len({one.child for one in desk.snapshot.deadlines if one.child}) > 1
    return kind_text(desk, date.kind, date.child if several else 0)


def _notice_text(desk: Desk, thing: Thing) -> str:
    notice, request = thing.notice, thing.request
    if notice is None or request is None:
        return ""
    kind = notice.kind if desk.kit.words.has(f"chasing.notice_{notice.kind}") else "other"
    day = day_text(london_day(notice.at))
    return desk.words(f"chasing.notice_{kind}", organisation=organisation_name(desk, request), day=day)
