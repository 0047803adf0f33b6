"""The rapid review at a glance: where it stands, what is missing, and what this person can do next."""

from __future__ import annotations

from dialogs.casework.common import case_button, case_for, chain
from dialogs.desk import Desk
from dialogs.reply import Block, Bullets, Button, Card, Facts, Paragraph, Reply, Style
from dialogs.review.common import Asked, is_sent, partner_of, report_of, signed
from dialogs.review.gaps import Gap, gaps
from dialogs.review.plan import open_pairs, suggestions
from dialogs.review.sources import Sources
from state.access import Access
from state.records import CaseRecord
from templates.days import moment_text

MOST_SHOWN = 12
WRITES = "write_panel_sections"
CAN_MEET = ("notified", "reviewing")
"""States of a case in which its rapid review can meet."""
IN_A_WINDOW = frozenset(
    {
        "meeting",
        "write_review",
        "sign_off_review",
        "ask_organisation",
        "merge_actions",
        "attendance",
        "panel_people",
        "panel_reply",
    }
)


def review(desk: Desk, _said: Asked | None = None) -> None:
    """Show it, one to one."""
    case = case_for(desk, "read_case")
    if case is None:
        return
    desk.note(chain(case), "review_read", reference=case.reference)
    reply = Reply(card=_card(desk, case), preview=desk.words("filling.preview"))
    desk.say(reply)


def _card(desk: Desk, case: CaseRecord) -> Card:
    found = gaps(sources(desk))
    facts = Facts(tuple(_facts(desk)))
    blocks = (facts, *gap_blocks(desk, found)) if not is_sent(desk) else (facts, Paragraph(desk.words("review.is_sent")))
    title = desk.words("review.title", reference=case.reference)
    return Card(title=title, blocks=blocks, buttons=tuple(_buttons(desk, case, found)))


def sources(desk: Desk) -> Sources:
    """What the review is collated from, as it was read."""
    return Sources(desk.snapshot, desk.kit, desk.turn.at)


def gap_blocks(desk: Desk, found: list[Gap]) -> tuple[Block, ...]:
    """ "3 things before this can be sent", and which."""
    if not found:
        return (Paragraph(desk.words("review.nothing_missing"), Style.HEADING),)
    key = "review.one_missing" if len(found) == 1 else "review.missing"
    shown = tuple(gap.text for gap in found[:MOST_SHOWN])
    more = len(found) - len(shown)
    rest = (desk.words("review.more_missing", count=more),) if more else ()
    return (Paragraph(desk.words(key, count=len(found)), Style.WARNING), Bullets((*shown, *rest)))


def _facts(desk: Desk) -> list[tuple[str, str]]:
    meeting, report, have = desk.snapshot.meeting, report_of(desk), sources(desk)
    when = moment_text(meeting.starts_at) if meeting else desk.words("review.not_set")
    asked = len(have.asked)
    answered = len(have.returns) + len(have.nil)
    signers = ", ".join(desk.words(f"review.partner_{one}") for one in signed(report)) or desk.words("review.nobody_yet")
    return [
        (desk.words("review.fact_meeting"), when),
        (desk.words("review.fact_returns"), desk.words("review.returns_of", answered=answered, asked=asked)),
        (desk.words("review.fact_signed"), signers),
    ]


def _buttons(desk: Desk, case: CaseRecord, found: list[Gap]) -> list[Button]:
    """The most useful things for this person now: six at the most."""
    mine: list[str] = []
    if desk.may(WRITES, case=case) is Access.YES and not is_sent(desk):
        mine.append("write_review")
    partner = partner_of(desk)
    if partner is not None and not is_sent(desk) and partner not in signed(report_of(desk)):
        mine.append("sign_off_review")
    mine.append("read_pack")
    if desk.may("run_meeting", case=case) is Access.YES:
        mine += _of_the_coordinator(desk, case, found)
    return [case_button(desk, name, case, window=name in IN_A_WINDOW, primary=n == 0) for n, name in enumerate(mine[:6])]


def _of_the_coordinator(desk: Desk, case: CaseRecord, found: list[Gap]) -> list[str]:
    if is_sent(desk):
        return ["panel_reply", "supplementary"]
    pairs = open_pairs(suggestions(sources(desk)), desk.snapshot.pairs)
    meeting = desk.snapshot.meeting
    began = meeting is not None and meeting.starts_at <= desk.turn.at
    possible = {
        "letter": not found,
        "meeting": case.status in CAN_MEET and not began,
        "attendance": began and bool(found),
        "merge_actions": bool(pairs),
        "pack": not pairs,
        "ask_organisation": bool(sources(desk).asked),
        "panel_people": meeting is not None and not signed(report_of(desk)),
    }
    return [name for name, can in possible.items() if can]
