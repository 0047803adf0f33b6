""" "Who did not get it?" without a case: what did not get through of all cases that this person may see, newest first."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from dialogs.casework.common import case_button
from dialogs.delivered.narrow import Narrow
from dialogs.delivered.readers import may_be_shown, others_may_be_shown, runs_cases
from dialogs.delivered.rows import outcome, what, whom
from dialogs.desk import Desk
from dialogs.reply import Block, Button, Card, Facts, Paragraph, Reply
from dialogs.scoping.machine import WAITS
from dialogs.scoping.reach import kind_label
from state.access import Access
from state.changes import Kind, OutboxRow
from state.ledger import TOLD, AskedOf, request_of
from state.records import CaseRecord

MOST, MOST_BUTTONS = 12, 4


def about_everything(desk: Desk, narrow: Narrow) -> None:
    """What did not get through or is still tried, and which e-mails nobody has marked as sent."""
    rows = missed(desk, narrow)
    mail = [one for one in desk.snapshot.missed.not_mailed if _is_theirs(desk, one, narrow)]
    if not rows and not mail:
        return desk.say(Reply(text=_all_arrived(desk, narrow), preview=desk.words("filling.preview")))
    blocks: list[Block] = [Paragraph(desk.words("delivered.missed_count", count=len(rows) + len(mail)))]
    lines = [*(line(desk, row) for row in rows), *(_mail(desk, one) for one in mail)]
    blocks.append(Facts(tuple(lines[:MOST])))
    if len(lines) > MOST:
        blocks.append(Paragraph(desk.words("delivered.newest", count=MOST)))
    card = Card(title=desk.words("delivered.title_all"), blocks=tuple(blocks), buttons=_buttons(desk, rows, mail))
    return desk.say(Reply(card=card, preview=desk.words("filling.preview")))


def missed(desk: Desk, narrow: Narrow) -> list[OutboxRow]:
    """What did not get through or is still tried, as far as this person may see it here, newest first."""
    return [row for row in desk.snapshot.missed.rows if _fits(desk, row, narrow)]


def _all_arrived(desk: Desk, narrow: Narrow) -> str:
    """With the name of the organisation that was asked about, where it was one."""
    known = desk.organisation(narrow.organisation)
    labels = [kind_label(desk, kind) for kind in narrow.agencies]
    name = known.name if known else labels[0] if len(labels) == 1 else ""
    return desk.words("delivered.all_arrived_to", name=name) if name else desk.words("delivered.all_arrived")


def _fits(desk: Desk, row: OutboxRow, narrow: Narrow) -> bool:
    """Whether a row is this person's to see here, and was asked about."""
    if row.turn.startswith(TOLD) or not narrow.was_then(row.made_at) or not narrow.is_for(_whom(desk, row)):
        return False
    asked = _asked(desk, row)
    if asked is not None:
        arrived = asked.opened and row.send.kind is Kind.POST
        return asked.state in WAITS and not arrived and _is_theirs(desk, asked, narrow)
    return not narrow.of_organisations and others_may_be_shown(desk) and runs_cases(desk) and _sees(desk, row.send.case)


def _is_theirs(desk: Desk, asked: AskedOf, narrow: Narrow) -> bool:
    """Whether this person may see that request here, and asked about its organisation."""
    if not narrow.fits(asked.organisation, asked.agency) or not may_be_shown(desk, asked):
        return False
    if runs_cases(desk):
        return _sees(desk, asked.case)
    case = _case(desk, asked.case)
    along = case is not None and case.restricted and not desk.unseen
    return not along and any(one.id == asked.id for one in desk.snapshot.my_requests)


def _sees(desk: Desk, case: str) -> bool:
    found = _case(desk, case)
    people = tuple(one for one in desk.snapshot.missed.people if one.case == case)
    return found is not None and desk.may("see_reference", case=found, people=people) is Access.YES


def _case(desk: Desk, case: str) -> CaseRecord | None:
    return next((one for one in desk.snapshot.missed.cases if one.id == case), None)


def _asked(desk: Desk, row: OutboxRow) -> AskedOf | None:
    about = request_of(row.send)
    return next((one for one in desk.snapshot.missed.requests if one.id == about), None) if about else None


def _whom(desk: Desk, row: OutboxRow) -> str:
    asked = _asked(desk, row)
    return whom(desk, row, asked.organisation if asked is not None else "")


def line(desk: Desk, row: OutboxRow) -> tuple[str, str]:
    """Of which case a row is and whom it was for; then what it was, and how it ended."""
    asked, case = _asked(desk, row), _case(desk, row.send.case)
    reference = asked.reference if asked is not None else case.reference if case is not None else ""
    told = desk.words("delivered.said_of", what=what(desk.kit.words, row), outcome=outcome(desk, row))
    return f"{reference}, {_whom(desk, row)}", told


def _mail(desk: Desk, asked: AskedOf) -> tuple[str, str]:
    found = desk.organisation(asked.organisation)
    return f"{asked.reference}, {found.name if found else asked.organisation}", desk.words("delivered.not_emailed")


def _buttons(desk: Desk, rows: Sequence[OutboxRow], mail: Sequence[AskedOf]) -> tuple[Button, ...]:
    """A look at each of the first cases. An organisation opens its request from the card that it has."""
    if not runs_cases(desk):
        return ()
    ids = dict.fromkeys([*(row.send.case for row in rows), *(one.case for one in mail)])
    cases = [case for case in (_case(desk, one) for one in ids) if case is not None][:MOST_BUTTONS]
    return tuple(
        replace(
            case_button(desk, "see_delivery", case, primary=number == 0),
            label=desk.words("buttons.see_delivery_named", reference=case.reference),
        )
        for number, case in enumerate(cases)
    )
