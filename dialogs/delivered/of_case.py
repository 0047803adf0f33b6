""" "Did it reach Housing?" of one case: each request, and everything else that did not get through."""

from __future__ import annotations

from collections.abc import Sequence

from dialogs.delivered.narrow import Narrow
from dialogs.delivered.reaching import is_under_way, not_reached, request_lines
from dialogs.delivered.readers import may_be_shown, others_may_be_shown, runs_cases
from dialogs.delivered.rows import OF_A_MEETING, outcome, what, whom
from dialogs.delivered.ways import ways_on
from dialogs.desk import Desk
from dialogs.reply import Block, Button, Card, Facts, Input, Paragraph, Reply, Style
from dialogs.scoping.common import organisation_name
from state.access import Access
from state.changes import Kind, OutboxRow, OutboxStatus
from state.ledger import TOLD, is_missed, request_of, standing
from state.records import CaseRecord
from state.scoping_records import RequestRecord

MOST_LINES = 15


def about_case(desk: Desk, case: CaseRecord, narrow: Narrow) -> None:
    """The answer for whoever runs the case, or for the people of one organisation: their own request."""
    requests = [one for one in _asked(desk) if narrow.fits(one.organisation, one.agency)]
    blocks: list[Block] = [Facts(tuple((organisation_name(desk, r), " ".join(request_lines(desk, r))) for r in requests))]
    if not requests:
        blocks = [] if narrow.person else [Paragraph(desk.words("delivered.none_asked", reference=case.reference))]
    else:
        blocks.insert(0, Paragraph(_summary(desk, case, requests), Style.HEADING))
    if runs_cases(desk) and others_may_be_shown(desk):
        blocks += _others(desk, narrow)
    if requests:
        blocks.append(Paragraph(desk.words("delivered.what_accepted_means"), Style.QUIET))
    _say(desk, case, blocks, [one for one in requests if _can_be_sent(desk, case, one)])


def _asked(desk: Desk) -> list[RequestRecord]:
    """The requests that were sent, and that this person may see here."""
    sent = [one for one in desk.snapshot.requests if one.sent_at is not None and one.state != "to_send"]
    shown = [one for one in sent if may_be_shown(desk, one)]
    if runs_cases(desk):
        return shown
    return [one for one in shown if desk.may_request("open_request", one) is Access.YES]


def _summary(desk: Desk, case: CaseRecord, requests: Sequence[RequestRecord]) -> str:
    missed = sum(not_reached(desk, one) for one in requests)
    if len(requests) == 1:
        return desk.words("delivered.one_request", reference=case.reference)
    if not missed:
        return desk.words("delivered.all_reached", reference=case.reference, count=len(requests))
    return desk.words("delivered.some_missed", reference=case.reference, missed=missed, count=len(requests))


def _can_be_sent(desk: Desk, case: CaseRecord, request: RequestRecord) -> bool:
    can = desk.may("chase", case=case) is Access.YES
    return can and not_reached(desk, request) and not is_under_way(desk, request)


def _others(desk: Desk, narrow: Narrow) -> list[Block]:
    """Invitations, counted; then whatever else did not get through, newest first. For one person everything is listed."""
    rows = [row for row in desk.snapshot.ledger if not request_of(row.send) and not row.turn.startswith(TOLD)]
    if narrow.person:
        mine = [row for row in rows if narrow.is_for(whom(desk, row))]
        lines = tuple((what(desk.kit.words, row), outcome(desk, row)) for row in mine[:MOST_LINES])
        return [Facts(lines)] if lines else [Paragraph(desk.words("delivered.nothing_to_them"))]
    if narrow.of_organisations:
        return []
    missed = [row for row in standing(rows, rows) if is_missed(row) and narrow.was_then(row.made_at)]
    lines = tuple((f"{what(desk.kit.words, row)}, {whom(desk, row)}", outcome(desk, row)) for row in missed[:MOST_LINES])
    head: list[Block] = [Paragraph(desk.words("delivered.others"), Style.HEADING), Facts(lines)] if lines else []
    return [*_invited(desk, rows), *head]


def _invited(desk: Desk, rows: Sequence[OutboxRow]) -> list[Block]:
    """How many of the newest invitations to the meeting got through."""
    meeting = desk.snapshot.meeting
    name = f"{OF_A_MEETING}{meeting.case}:{meeting.sequence}" if meeting is not None else ""
    sent = [row for row in rows if name and row.send.card == name and row.send.kind is Kind.POST]
    if not sent:
        return []
    there = sum(row.status is OutboxStatus.SENT for row in sent)
    return [Paragraph(desk.words("delivered.invited", there=there, count=len(sent)))]


def _say(desk: Desk, case: CaseRecord, blocks: Sequence[Block], again: Sequence[RequestRecord]) -> None:
    inputs: tuple[Input, ...] = ()
    buttons: tuple[Button, ...] = ()
    if runs_cases(desk):
        emails = desk.may("send_requests", case=case) is Access.YES
        inputs, buttons = ways_on(desk, case, again, alone=desk.private, emails=emails)
    title = desk.words("delivered.title", reference=case.reference)
    card = Card(title=title, blocks=tuple(blocks), inputs=inputs, buttons=buttons)
    desk.say(Reply(card=card, preview=desk.words("filling.preview")))
