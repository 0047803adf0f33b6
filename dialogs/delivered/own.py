"""A practitioner asks whether their own referral arrived: when it was received, and whether a coordinator has read it."""

from __future__ import annotations

from collections.abc import Sequence

from dialogs.desk import Desk
from dialogs.reply import Block, Button, Card, Facts, Paragraph, Reply, Style
from state.changes import Kind, OutboxRow
from state.ledger import GIVEN_UP, TOLD
from state.records import CaseRecord
from templates.days import moment_text

MOST = 6


def about_own(desk: Desk, cases: Sequence[CaseRecord]) -> None:
    """Their own referrals, newest first, one to one."""
    if not desk.unseen:
        return desk.tell(desk.words("referral.only_one_to_one"))
    if not cases:
        return desk.tell(desk.words("referral.mine_none"))
    blocks: list[Block] = [Facts(tuple((one.reference, " ".join(_lines(desk, one))) for one in cases[:MOST]))]
    if any(_lost(desk, one) for one in cases[:MOST]):
        name, telephone = desk.kit.profile.file.coordinator.name, desk.kit.profile.file.coordinator.telephone
        blocks.append(Paragraph(desk.words("delivered.ring", name=name, telephone=telephone), Style.WARNING))
    button = Button(action="my_referrals", label=desk.words("buttons.my_referrals"))
    card = Card(title=desk.words("delivered.title_own"), blocks=tuple(blocks), buttons=(button,))
    return desk.say(Reply(card=card, preview=desk.words("filling.preview")))


def _lines(desk: Desk, case: CaseRecord) -> list[str]:
    received = desk.words("delivered.received", when=moment_text(case.received_at))
    if case.acknowledged_at is not None:
        return [received, desk.words("delivered.read_on", when=moment_text(case.acknowledged_at))]
    return [received, desk.words("delivered.coordinator_not_told" if _lost(desk, case) else "delivered.not_read")]


def _lost(desk: Desk, case: CaseRecord) -> bool:
    """Whether nobody has read it and the message to the coordinators did not get through."""
    rows = (*desk.snapshot.ledger, *desk.snapshot.missed.rows)
    told = [row for row in rows if row.send.case == case.id and _is_news(row, case)]
    return case.acknowledged_at is None and bool(told) and all(row.status in GIVEN_UP for row in told)


def _is_news(row: OutboxRow, case: CaseRecord) -> bool:
    """Whether a row told the coordinators that the referral had arrived: it was made when the referral was received."""
    return row.send.kind is Kind.POST and row.made_at == case.received_at and not row.turn.startswith(TOLD)
