"""Telling people of a decision: the referrers what was decided and why, the coordinators by reference."""

from __future__ import annotations

from collections.abc import Sequence

from dialogs.casework.common import tell_person
from dialogs.desk import Desk
from dialogs.reply import Block, Card, Paragraph, Reply, Style
from state.records import CaseRecord


def tell_referrers(desk: Desk, case: CaseRecord, texts: Sequence[str]) -> bool:
    """Tell each referrer of the case, joined ones too, under their own reference. False where somebody could not be told."""
    told = [_tell(desk, one, texts) for one in (case, *desk.snapshot.joined)]
    return all(told)


def _tell(desk: Desk, case: CaseRecord, texts: Sequence[str]) -> bool:
    if _excluded(desk, case):
        return False
    blocks: list[Block] = [Paragraph(desk.words("decision.news", reference=case.reference), Style.HEADING)]
    blocks += [Paragraph(text) for text in texts]
    if case.entered_by:
        blocks.append(Paragraph(desk.words("decision.pass_on"), Style.WARNING))
    support = desk.kit.profile.file.support
    blocks.append(Paragraph(desk.words("referral.support", name=support.name, telephone=support.telephone), Style.QUIET))
    reply = Reply(card=Card(blocks=tuple(blocks)), preview=desk.words("decision.preview", reference=case.reference))
    return tell_person(desk, case, case.referrer, reply)


def _excluded(desk: Desk, case: CaseRecord) -> bool:
    """Somebody who has a part in what happened hears nothing of the case from here."""
    return any(p.person == case.referrer and p.relation == "excluded" for p in desk.snapshot.case_people)
