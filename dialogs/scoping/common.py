"""What both sides of a request share: who may, its steps, its card, and where the organisation is reached."""

from __future__ import annotations

from typing import Any

from msgspec.structs import replace

from dialogs.completed import filled
from dialogs.desk import Desk
from dialogs.scoping.cards import request_card
from dialogs.scoping.machine import REQUEST
from state.access import Access
from state.records import PlaceRecord
from state.scoping_records import OpeningRecord, RequestRecord
from templates.forms.filled import Filled

REFERRAL = "referral"


def request_for(desk: Desk, action: str) -> RequestRecord | None:
    """The request this turn is about, where this person may do that to it. Otherwise it says why not, and that is noted."""
    request = desk.snapshot.request
    access = desk.may_request(action, request) if request is not None else Access.ABSENT
    if request is None or access is not Access.YES:
        desk.note("partnership", "refused", action=action)
        desk.tell(desk.words("access.not_this_request"))
        return None
    return request


def step(desk: Desk, request: RequestRecord, trigger: str, **changes: Any) -> RequestRecord | None:
    """Move a request on, keep what changed with it, and let its card follow. None where its machine has no such step."""
    state = REQUEST.after(request.state, trigger)
    if state is None:
        return None
    return keep(desk, replace(request, state=state, **changes))


def keep(desk: Desk, request: RequestRecord) -> RequestRecord:
    """Write a request and let its card follow. It is written once a turn, however often it changes: the last one counts."""
    desk.put(request)
    for place in card_places(desk, request):
        desk.update_card(place, request_card(desk, request), case=request.case, card=card_name(request))
    return request


def card_name(request: RequestRecord) -> str:
    """The name of the card that stays, in the outbox."""
    return f"request:{request.id}"


def card_places(desk: Desk, request: RequestRecord) -> list[PlaceRecord]:
    """Where a request's card stands: the organisation's channel, or the senior's own conversation. Needs `people` read.

    It stands where the senior is told things, though they may act in another channel now.
    """
    if request.delivery == "channel":
        return desk.tied(request.organisation)
    if request.delivery == "private" and request.senior:
        return [place for place in [desk.told_place(request.senior)] if place is not None]
    return []


def organisation_name(desk: Desk, request: RequestRecord) -> str:
    """What the organisation is called."""
    known = desk.organisation(request.organisation)
    return known.name if known else request.organisation


def referral_of(desk: Desk) -> Filled | None:
    """The referral of the case, where it was read (`forms=("referral",)`)."""
    written = desk.form(REFERRAL)
    return filled(desk.kit, written.draft, written.answers) if written else None


def referral_at_hand(desk: Desk) -> Filled | None:
    """The referral of the case; where it is not there, that is said."""
    referral = referral_of(desk)
    if referral is None:
        desk.tell(desk.words("access.no_such_case"))
    return referral


def has_opened(desk: Desk, request: RequestRecord) -> bool:
    """Whether this person has opened the names of this issue of the request."""
    return any(one.person == desk.turn.who.id and one.issue == request.issue for one in openings(desk, request))


def openings(desk: Desk, request: RequestRecord) -> list[OpeningRecord]:
    """Who has opened a request, of those that were read."""
    return [one for one in desk.snapshot.openings if one.request == request.id]


def note_opening(desk: Desk, request: RequestRecord) -> None:
    """Keep that this person has the names of this issue before them. Written once for each issue."""
    before = next((one for one in openings(desk, request) if one.person == desk.turn.who.id), None)
    desk.note(f"case:{request.case}", "request_opened", request=request.id, issue=str(request.issue))
    if before is not None and before.issue == request.issue:
        return
    desk.put(
        OpeningRecord(
            request=request.id,
            person=desk.turn.who.id,
            issue=request.issue,
            at=desk.turn.at,
            version=before.version if before else 0,
        )
    )
