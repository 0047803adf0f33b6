"""Whether a request has reached its organisation, by the newest card of it in the ledger, or by what was said of an e-mail."""

from __future__ import annotations

from collections.abc import Sequence

from dialogs.delivered.rows import outcome
from dialogs.desk import Desk
from dialogs.scoping.common import card_name, openings
from dialogs.scoping.machine import ANSWERED, WAITS
from state.changes import Kind, OutboxRow, OutboxStatus
from state.ledger import GIVEN_UP, RETURN
from state.scoping_records import RequestRecord
from templates.days import moment_text

PAPERS = ("scoping_letter", "scoping")
IS_IN = (*ANSWERED, "accepted", "awaiting_sign_off")
"""States in which the organisation has answered: what it was sent has surely arrived."""


def card_rows(desk: Desk, request: RequestRecord) -> list[OutboxRow]:
    """The newest posts of this issue's card, one a conversation where there are several channels; newest first."""
    since = request.sent_at
    posts = [row for row in desk.snapshot.ledger if row.send.card == card_name(request) and row.send.kind is Kind.POST]
    found: dict[str, OutboxRow] = {}
    for row in posts:
        if since is None or row.made_at >= since:
            found.setdefault(row.send.lane, row)
    newest = next(iter(found.values()), None)
    return [row for row in found.values() if newest is not None and (row.turn == newest.turn or row.id == newest.id)]


def paper_rows(desk: Desk, request: RequestRecord) -> list[OutboxRow]:
    """The newest row of each of a request's papers."""
    names = [f"{form}:{request.id}" for form in PAPERS]
    found = [next((row for row in desk.snapshot.ledger if row.send.what == name), None) for name in names]
    return [row for row in found if row is not None]


def not_reached(desk: Desk, request: RequestRecord) -> bool:
    """Whether a request that waits for an answer surely, or perhaps, did not get through. Nobody has opened it then."""
    if request.state not in WAITS or request.opened_at is not None:
        return False
    if request.delivery == "email":
        return any(row.status in GIVEN_UP for row in paper_rows(desk, request))
    rows = card_rows(desk, request)
    return not rows or any(row.status in GIVEN_UP for row in rows)


def is_under_way(desk: Desk, request: RequestRecord) -> bool:
    """Whether its card or its papers are being sent, or will be."""
    rows = card_rows(desk, request) if request.delivery != "email" else paper_rows(desk, request)
    return any(row.status in (OutboxStatus.QUEUED, OutboxStatus.SENDING) for row in rows)


def is_unmarked(request: RequestRecord) -> bool:
    """Whether it waits for an answer, goes by e-mail, and nobody has said that it went."""
    return request.delivery == "email" and request.emailed_at is None and request.state in WAITS


def request_lines(desk: Desk, request: RequestRecord) -> list[str]:
    """Sentences: how it went, whether it was opened or answered, and how the last reminder went."""
    parts = _by_email(desk, request) if request.delivery == "email" else _by_card(desk, request)
    return [*parts, *_read(desk, request), *_reminded(desk, request)]


def _by_card(desk: Desk, request: RequestRecord) -> list[str]:
    rows = card_rows(desk, request)
    card = [outcome(desk, row) for row in rows] or [desk.words("delivered.nowhere")]
    return [*card, *_papers(desk, [row for row in paper_rows(desk, request) if row.reason])]


def _papers(desk: Desk, rows: Sequence[OutboxRow]) -> list[str]:
    """What keeps its letter or form from being filed; where both wait, they wait for the same."""
    broken = [row for row in rows if row.status is not OutboxStatus.SENT]
    return [desk.words("delivered.papers", outcome=outcome(desk, broken[0]))] if broken else []


def _by_email(desk: Desk, request: RequestRecord) -> list[str]:
    papers = _papers(desk, paper_rows(desk, request))
    if request.emailed_at is None:
        return [desk.words("delivered.not_emailed"), *papers]
    when = moment_text(request.emailed_at)
    if not request.emailed_by or not desk.unseen:
        return [desk.words("delivered.emailed_on", when=when), *papers]
    return [desk.words("delivered.emailed", name=desk.name_of(request.emailed_by), when=when), *papers]


def _read(desk: Desk, request: RequestRecord) -> list[str]:
    """Opened, and by whom where nobody reads along. An answer says more than that it was opened."""
    if request.state in IS_IN and request.returned_at is not None:
        return [desk.words("delivered.answered", when=moment_text(request.returned_at))]
    if request.state not in WAITS:
        return [desk.words("delivered.withdrawn")] if request.state == "withdrawn" else []
    seen = sorted((one for one in openings(desk, request) if one.issue == request.issue), key=lambda one: one.at)
    if not seen:
        arrived = request.delivery != "email" and any(row.status is OutboxStatus.SENT for row in card_rows(desk, request))
        return [desk.words("delivered.not_opened")] if arrived else []
    first = moment_text(seen[0].at)
    if not desk.unseen:
        return [desk.words("delivered.opened", when=first)]
    return [desk.words("delivered.opened_by", names=_names(desk, [one.person for one in seen]), when=first)]


def _names(desk: Desk, people: Sequence[str]) -> str:
    return ", ".join(dict.fromkeys(desk.name_of(one) for one in people))


def _reminded(desk: Desk, request: RequestRecord) -> list[str]:
    """How the newest reminder went, where the answer is still awaited."""
    about = f"{request.case}:{RETURN}:{request.id}"
    row = next((row for row in desk.snapshot.ledger if row.send.about == about and row.send.reminder), None)
    if row is None or request.state not in WAITS:
        return []
    return [desk.words("delivered.last_reminder", outcome=outcome(desk, row))]
