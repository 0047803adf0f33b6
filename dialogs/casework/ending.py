"""A case comes to an end: its open dates end, organisations are told to stop, and its people are told."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from dialogs.casework.announce import tell
from dialogs.casework.clocks import end_all
from dialogs.casework.common import case_button, chain
from dialogs.casework.machine import CASE
from dialogs.casework.notices import keep_notice
from dialogs.casework.stop import stop_asking
from dialogs.decision.told import tell_referrers
from dialogs.desk import Desk
from dialogs.reply import Block, Bullets, Card, Paragraph, Reply, Style
from dialogs.scoping.common import organisation_name
from state.records import CaseRecord
from state.scoping_records import RequestRecord
from state.values import JSON


def end(desk: Desk, case: CaseRecord, trigger: str, content: dict[str, JSON], texts: Sequence[str]) -> CaseRecord | None:
    """End a case by a step of its machine; None where it has no such step. `texts` are what its referrers are told."""
    status = CASE.after(case.status, trigger)
    if status is None:
        return None
    ended = replace(case, status=status, before=case.status)
    desk.put(ended)
    end_all(desk, desk.snapshot.deadlines)
    keep_notice(desk, case, trigger, content, settled=True, outcome=status)
    desk.note(chain(case), f"case_{status}", content=content)
    by_hand = stop_asking(desk, desk.words(f"casework.stop_{trigger}"))
    told = tell_referrers(desk, ended, texts)
    said = desk.words(f"casework.ended_{trigger}", reference=case.reference)
    tell(desk, ended, said)
    _say(desk, ended, said, by_hand, told=told)
    return ended


def _say(desk: Desk, case: CaseRecord, said: str, by_hand: Sequence[RequestRecord], *, told: bool) -> None:
    blocks: list[Block] = [Paragraph(said, Style.HEADING)]
    blocks.append(Paragraph(desk.words("decision.referrer_told" if told else "decision.tell_referrer")))
    if by_hand:
        blocks += [Paragraph(desk.words("casework.stop_by_hand"), Style.WARNING)]
        blocks.append(Bullets(tuple(organisation_name(desk, one) for one in by_hand)))
    card = Card(blocks=tuple(blocks), buttons=(case_button(desk, "show_case", case),))
    desk.say(Reply(card=card, preview=desk.words("filling.preview")))
