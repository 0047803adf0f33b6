"""What was given up, or may not have arrived, is told to those who can do something about it: whose message it was, why, and
what to do. Nothing of its content.

First in the coordinators' channel; where that cannot be reached, to each coordinator one to one; else to the managers. Each
place is tried once, so that telling of what could not be told ends. Failures of one case that come close together are one card.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta

from msgspec.structs import replace

from dialogs.casework.common import chain, coordinator_places, excluded
from dialogs.delivered.rows import outcome, place_of, reason, what, whom
from dialogs.delivered.ways import ways_on
from dialogs.desk import Desk
from dialogs.reply import Block, Card, Facts, Paragraph, Reply, Style
from dialogs.scoping.machine import WAITS
from dialogs.telling import coordinators, one_to_one
from dialogs.turn import GivenUp
from state.access import Role, in_force
from state.changes import Kind, OutboxRow, OutboxStatus
from state.ledger import GIVEN_UP, TOLD, given_up_at, request_of
from state.records import CaseRecord, PlaceRecord
from state.scoping_records import RequestRecord
from state.values import PlaceKind

TOGETHER = timedelta(minutes=15)
"""How long a card of a case is added to, rather than another one posted: a change of a card wakes nobody."""
SLACK = timedelta(minutes=1)
"""A row is marked as given up a moment after it was told."""
MOST = 10
OF_THE_PLACE = frozenset(
    f"delivery.{name}"
    for name in (
        "address_not_allowed",
        "archived",
        "blocked_by_it",
        "blocked_by_person",
        "channel_gone",
        "channel_unseen",
        "chat_gone",
        "no_address",
        "no_door",
        "no_place",
        "no_token",
        "not_allowed",
        "not_in_channel",
        "not_installed",
        "other_cloud",
        "person_not_found",
    )
)
"""Reasons why nothing else will get through to the same place."""


def tell(desk: Desk, said: GivenUp) -> None:
    """Say it where somebody reads it. In the history it stands once, however often it has to be told."""
    if desk.snapshot.row is None:
        return
    row, case = _as_given_up(desk.snapshot.row, said), desk.snapshot.case
    if not said.failed:
        _note(desk, row, case)
    if row.send.kind is Kind.FILE:
        _tell_asker(desk, row, said)
        return
    telling = [one for one in desk.snapshot.ledger if f"{one.turn}:".startswith(f"{TOLD}{row.id}:")]
    if not _matters(desk, row) or any(one.status is OutboxStatus.SENT for one in telling):
        return
    tried = {one.send.lane for one in telling} | ({row.send.lane} if row.reason in OF_THE_PLACE else set())
    places = next((left for circle in _circles(desk, case) if (left := [one for one in circle if one.id not in tried])), [])
    if not places:
        desk.note(chain(case) if case else "partnership", "nobody_told", row=str(row.id))
    for place in places:
        _tell_at(desk, row, case, place)


def _tell_asker(desk: Desk, row: OutboxRow, said: GivenUp) -> None:
    """A copy that somebody asked for: they wait for it themselves, and can ask again."""
    place = place_of(desk, row)
    if place is not None and not said.failed:
        text = desk.words("giving.lost", reason=reason(desk, row.reason))
        desk.post(place, Reply(text=text, preview=desk.words("filling.preview")))


def _as_given_up(row: OutboxRow, said: GivenUp) -> OutboxRow:
    """The row as it is about to be marked: it is told first. Once the telling itself has failed, it has been marked."""
    if said.failed:
        return row
    return replace(row, status=OutboxStatus(said.status), reason=said.reason)


def _note(desk: Desk, row: OutboxRow, case: CaseRecord | None) -> None:
    desk.note(
        chain(case) if case else "partnership",
        "given_up",
        row=str(row.id),
        reason=row.reason,
        what=row.send.kind.value,
        reference=case.reference if case else "",
        request=request_of(row.send),
        to=row.send.to_person,
    )


def _matters(desk: Desk, row: OutboxRow) -> bool:
    """Not where somebody deleted a card of their own, nor where the organisation is not asked by that card any more."""
    if row.send.kind is not Kind.UPDATE:
        return True
    request = _request(desk, row)
    deleted = row.reason == "delivery.card_gone" and not row.send.case
    return not deleted and (request is None or request.delivery != "email")


def _request(desk: Desk, row: OutboxRow) -> RequestRecord | None:
    about = request_of(row.send)
    return next((one for one in desk.snapshot.requests if one.id == about), None) if about else None


def _circles(desk: Desk, case: CaseRecord | None) -> Iterator[list[PlaceRecord]]:
    """Where it is told, and where if nobody can be reached there. Of a restricted case its list alone is told."""
    if case is None:
        yield coordinators(desk)
    else:
        yield coordinator_places(desk, case)
    if case is not None and case.restricted:
        return
    for role in (Role.COORDINATOR, Role.MANAGER):
        yield one_to_one(desk, _with_role(desk, role) - excluded(desk))


def _with_role(desk: Desk, role: Role) -> set[str]:
    return {grant.person for grant in desk.snapshot.all_grants if grant.role == role and in_force(grant)}


def _tell_at(desk: Desk, row: OutboxRow, case: CaseRecord | None, place: PlaceRecord) -> None:
    """A card, or more on the card of the case that came there a moment ago."""
    of = case.id if case else ""
    name = f"undelivered:{of or row.id}"
    fresh = _fresh(desk, name, place)
    more = _since(desk, fresh, row) if case is not None and fresh is not None else []
    reply = _reply(desk, [row, *more], case, place)
    if fresh is None:
        return desk.post(place, reply, case=of, card=name)
    return desk.update_card(place, reply, case=of, card=name)


def _fresh(desk: Desk, name: str, place: PlaceRecord) -> OutboxRow | None:
    """The card of that name in that place, if it came a short time ago, or is on its way."""
    cards = (one for one in desk.snapshot.ledger if one.send.card == name and one.send.lane == place.id)
    posted = next((one for one in cards if one.send.kind is Kind.POST), None)
    if posted is None or posted.status in GIVEN_UP or posted.made_at < desk.turn.at - TOGETHER:
        return None
    return posted


def _since(desk: Desk, fresh: OutboxRow, but: OutboxRow) -> list[OutboxRow]:
    """What else was given up since that card was made, or was told there by another process a moment ago; newest first."""
    telling = [one.turn for one in desk.snapshot.ledger if one.send.card == fresh.send.card and one.id >= fresh.id]
    told = {turn.removeprefix(TOLD).partition(":")[0] for turn in telling}
    since = fresh.made_at - SLACK
    rows = [one for one in desk.snapshot.ledger if one.id != but.id and not one.turn.startswith(TOLD) and _matters(desk, one)]
    return [one for one in rows if str(one.id) in told or (one.status in GIVEN_UP and given_up_at(one) >= since)]


def _reply(desk: Desk, rows: Sequence[OutboxRow], case: CaseRecord | None, place: PlaceRecord) -> Reply:
    blocks = _one(desk, rows[0], case) if len(rows) == 1 or case is None else _several(desk, rows, case)
    if case is None:
        return Reply(card=Card(blocks=tuple(blocks)), preview=desk.words("filling.preview"))
    alone = place.kind == PlaceKind.PERSONAL
    emails = not alone or place.person in _with_role(desk, Role.COORDINATOR)
    inputs, buttons = ways_on(desk, case, _to_send(desk, rows), alone=alone, emails=emails)
    return Reply(card=Card(blocks=tuple(blocks), inputs=inputs, buttons=buttons), preview=desk.words("filling.preview"))


def _one(desk: Desk, row: OutboxRow, case: CaseRecord | None) -> list[Block]:
    what_, whom_, reference = what(desk.kit.words, row), whom(desk, row), case.reference if case else ""
    lost = row.status is OutboxStatus.DEAD
    if case is None:
        key = "delivered.given_up" if lost else "delivered.maybe"
    else:
        key = "delivered.given_up_case" if lost else "delivered.maybe_case"
    blocks: list[Block] = [Paragraph(desk.words(key, what=what_, whom=whom_, reference=reference), Style.HEADING)]
    blocks.append(Paragraph(reason(desk, row.reason)))
    return [*blocks, *([Paragraph(desk.words("delivered.not_again"))] if row.send.reminder else [])]


def _several(desk: Desk, rows: Sequence[OutboxRow], case: CaseRecord) -> list[Block]:
    heading = desk.words("delivered.several", reference=case.reference, count=len(rows))
    lines = tuple((f"{what(desk.kit.words, one)}, {whom(desk, one)}", outcome(desk, one)) for one in rows[:MOST])
    more = [Paragraph(desk.words("delivered.more_given_up", count=MOST))] if len(rows) > MOST else []
    return [Paragraph(heading, Style.HEADING), Facts(lines), *more]


def _to_send(desk: Desk, rows: Sequence[OutboxRow]) -> list[RequestRecord]:
    """The requests whose own card, or whose papers for an e-mail, did not get through, and which still wait for an answer."""
    found: dict[str, RequestRecord] = {}
    for row in rows:
        request = _request(desk, row)
        if request is None or request.state not in WAITS or request.opened_at is not None:
            continue
        if row.send.kind is (Kind.DOCUMENT if request.delivery == "email" else Kind.POST):
            found[request.id] = request
    return list(found.values())
