"""Cases that may be about a same child: offered to the coordinator, who says whether they are."""

from __future__ import annotations

from msgspec.structs import replace

from dialogs.casework.common import case_button, case_for, chain
from dialogs.casework.glance_words import state_line
from dialogs.desk import Desk
from dialogs.reply import Block, Bullets, Button, Card, Facts, Paragraph, Reply, Style
from dialogs.turn import Press
from state.access import Access
from state.records import CaseRecord
from state.scoping_records import NoticeRecord
from state.values import london_day
from templates.days import day_text

MOST = 6
PARTED = "possible_match"
"""The kind of the notice that remembers that two are not about the same child."""


def match_cards(desk: Desk, case: CaseRecord) -> list[Reply]:
    """One card where there is a possible match: other cases to compare, and referrals that somebody is still writing."""
    cases, drafts = desk.snapshot.alike, desk.snapshot.alike_drafts
    if not cases and not drafts:
        return []
    blocks: list[Block] = [Paragraph(desk.words("casework.matches"), Style.HEADING)]
    if cases:
        blocks.append(Facts(tuple((one.reference, state_line(desk, one)) for one in cases)))
    if drafts:
        lines = tuple(
            desk.words("casework.match_draft", name=desk.name_of(one.owner), day=day_text(london_day(one.begun_at)))
            for one in drafts
        )
        blocks.append(Bullets(lines))
    buttons = [_compare(desk, case, one) for one in cases] + [_not_same(desk, case, one.id) for one in drafts[:1]]
    card = Card(blocks=tuple(blocks), buttons=tuple(buttons[:MOST]))
    return [Reply(card=card, preview=desk.words("casework.preview", reference=case.reference))]


def _compare(desk: Desk, case: CaseRecord, other: CaseRecord) -> Button:
    label = desk.words("buttons.see_match_named", reference=other.reference)
    return Button(action="see_match", label=label, target=case.id, at=other.id)


def _not_same(desk: Desk, case: CaseRecord, other: str) -> Button:
    return case_button(desk, "not_same", case, at=other)


def other_for(desk: Desk) -> CaseRecord | None:
    """The other case, where this person may run it too. To anybody else it is not there."""
    other = desk.snapshot.other
    if other is None or desk.may("record_decision", case=other.case, people=other.people) is not Access.YES:
        return None
    return other.case


def see_match(desk: Desk, _press: Press) -> None:
    """Two cases beside each other, to be read before anything is decided."""
    case = case_for(desk, "record_decision")
    if case is None:
        return None
    other = other_for(desk)
    if other is None:
        return desk.tell(desk.words("access.no_such_case"))
    rows = tuple((one.reference, state_line(desk, one)) for one in (case, other))
    read = [
        replace(
            case_button(desk, "open_case", one, window=True), label=desk.words("buttons.open_named", reference=one.reference)
        )
        for one in (case, other)
    ]
    join = case_button(desk, "join", case, at=other.id)
    card = Card(
        title=desk.words("casework.match_title"),
        blocks=(Facts(rows), Paragraph(desk.words("casework.match_read"))),
        buttons=(*read, join, _not_same(desk, case, other.id)),
    )
    return desk.say(Reply(card=card, preview=desk.words("filling.preview")))


def not_same(desk: Desk, press: Press) -> None:
    """They are not about the same child: neither is offered for the other again."""
    case = case_for(desk, "record_decision")
    if case is None:
        return None
    if press.at not in {*(one.id for one in desk.snapshot.alike), *(one.id for one in desk.snapshot.alike_drafts)}:
        return desk.tell(desk.words("casework.no_match"))
    first, second = sorted((case.id, press.at))
    notice = NoticeRecord(
        id=f"match:{first}:{second}",
        case=case.id,
        kind=PARTED,
        about=press.at,
        by=desk.turn.who.id,
        at=desk.turn.at,
        settled_at=desk.turn.at,
        settled_by=desk.turn.who.id,
        outcome="not_same",
    )
    desk.put(notice)
    desk.note(chain(case), "match_refused", other=press.at)
    return desk.tell(desk.words("casework.parted"))
