""" "Did it reach Housing?" of one case: each request, and everything else that did not get through."""

from __future__ import annotations

from collections.abc import Sequence

from dialogs.delivered.narrow import Narrow
from dialogs.delivered.reaching import is_under_way, is_unmarked, not_reached, request_lines
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
    asked = [one for one in _asked(desk) if narrow.fits(one.organisation, one.agency)]
    requests = sorted(asked, key=lambda one: _place(desk, one))
    blocks: list[Block] = [Facts(tuple((organisation_name(desk, r), " ".join(request_lines(desk, r))) for r in requests))]
    if not requests:
        blocks = [] if narrow.person else [Paragraph(desk.words("delivered.none_asked", reference=case.reference))]
    else:
        blocks = [*_summary(desk, case, requests), *blocks]
    if runs_cases(desk) and others_may_be_shown(desk):
        blocks += _others(desk, narrow)
    if requests:
        blocks.append(Paragraph(desk.words("delivered.what_accepted_means"), Style.QUIET))
    _say(desk, case, blocks, [one for one in requests if _can_be_sent(desk, case, one)])


def _place(desk: Desk, request: RequestRecord) -> int:
    """Worst first: what may not have arrived, what is under way, what nobody has marked as sent."""
    return 0 if not_reached(desk, request) else 1 if is_under_way(desk, request) else 2 if is_unmarked(request) else 3


def _asked(desk: Desk) -> list[RequestRecord]:
    """The requests that were sent, and that this person may see here."""
    sent = [one for one in desk.snapshot.requests if one.sent_at is not None and one.state != "to_send"]
    shown = [one for one in sent if may_be_shown(desk, one)]
    if runs_cases(desk):
        return shown
    return [one for one in shown if desk.may_request("open_request", one) is Access.YES]


def _summary(desk: Desk, case: CaseRecord, requests: Sequence[RequestRecord]) -> list[Block]:
    """How many may not have arrived, are still under way, or wait for somebody to say that the e-mail went."""
    missed = sum(not_reached(desk, one) for one in requests)
    tried = sum(is_under_way(desk, one) for one in requests)
    unmarked = sum(is_unmarked(one) for one in requests)
    if len(requests) == 1:
        return [Paragraph(desk.words("delivered.one_request", reference=case.reference), Style.HEADING)]
    key = "delivered.some_missed" if missed else "delivered.none_missed"
    heading = desk.words(key, reference=case.reference, missed=missed, count=len(requests))
    more = [desk.words("delivered.tried", count=tried)] if tried else []
    more += [desk.words("delivered.unmarked", count=unmarked)] if unmarked else []
    return [Paragraph(heading, Style.HEADING), *([Paragraph(" ".join(more))] if more else [])]


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
