"""The coordinator's side of a new referral: the list of open ones by reference, and reading one, which is recorded."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from dialogs.desk import Desk
from dialogs.filling.check import LINES_A_CARD, blocks, lines, long_answers
from dialogs.referral.advice import child_blocks
from dialogs.reply import Block, Button, Card, Facts, Paragraph, Reply, Style
from dialogs.turn import Press
from state.access import Access
from state.records import CaseRecord
from state.values import london_day
from templates.days import day_text

PART = 3_000
"""Characters of a long answer that stand together."""


def open_referrals(desk: Desk, _press: Press | None = None) -> None:
    """Open referrals by reference, as far as this person may see them. A restricted one is simply not there."""
    if desk.may("see_reference") is not Access.YES:
        desk.note("partnership", "refused", action="see_reference")
        return desk.say(Reply(text=desk.words("access.nothing")))
    seen = [case for case in desk.snapshot.open_cases if _may(desk, "see_reference", case)]
    if not seen:
        return desk.say(Reply(text=desk.words("referral.open_none")))
    facts = Facts(tuple((c.reference, _state(desk, c)) for c in seen))
    buttons = tuple(
        Button(action="open_case", label=desk.words("buttons.open_named", reference=c.reference), target=c.id)
        for c in [case for case in seen if _may(desk, "read_case", case)][:6]
    )
    card = Card(title=desk.words("referral.open_title", count=len(seen)), blocks=(facts,), buttons=buttons)
    return desk.say(Reply(card=card, preview=desk.words("filling.preview")))


def _may(desk: Desk, action: str, case: CaseRecord) -> bool:
    people = tuple(p for p in desk.snapshot.open_case_people if p.case == case.id)
    return desk.may(action, case=case, people=people) is Access.YES


def _state(desk: Desk, case: CaseRecord) -> str:
    key = "referral.open_read" if case.acknowledged_at else "referral.open_unread"
    return desk.words(key, day=day_text(london_day(case.received_at)))


def open_case(desk: Desk, _press: Press | None = None) -> None:
    """Read one referral, one to one only. Reading is recorded, and the first reading acknowledges it."""
    case = desk.snapshot.case
    access = desk.may("read_case", case=case) if case is not None else Access.ABSENT
    if case is None or access is Access.ABSENT:
        return desk.say(Reply(text=desk.words(_absent(desk))))
    if access is Access.NO:
        desk.note("partnership", "refused", action="read_case")
        return desk.say(Reply(text=desk.words("access.not_this_case")))
    if not desk.private:
        return desk.say(Reply(text=desk.words("referral.read_one_to_one")))
    _acknowledge(desk, case)
    return _show(desk, case)


def _absent(desk: Desk) -> str:
    """Who may see no references is told the same of every one: by trying them, nobody finds out which there are."""
    return "access.no_such_case" if desk.may("see_reference") is Access.YES else "access.not_this_case"


def _acknowledge(desk: Desk, case: CaseRecord) -> None:
    desk.note(f"case:{case.id}", "case_read", reference=case.reference)
    if case.acknowledged_at is None:
        desk.put(replace(case, acknowledged_at=desk.turn.at))
        for deadline in desk.snapshot.deadlines:
            if deadline.kind == "read_referral" and deadline.met is None:
                desk.put(replace(deadline, met=desk.turn.at))


def _show(desk: Desk, case: CaseRecord) -> None:
    title = desk.words("referral.read_title", reference=case.reference)
    everything = lines(desk)
    for start in range(0, len(everything), LINES_A_CARD):
        _say(desk, title, tuple(blocks(everything[start : start + LINES_A_CARD])))
    for label, text in long_answers(desk):
        _say(desk, label, tuple(Paragraph(part) for part in _parts(text)))
    advice: list[Block] = [Paragraph(desk.words("advice.who_decides"), Style.QUIET)]
    for child in desk.filled().children():
        advice += child_blocks(desk, desk.filled(), child)
    _say(desk, desk.words("advice.title"), tuple(advice))


def _say(desk: Desk, title: str, said: tuple[Block, ...]) -> None:
    desk.say(Reply(card=Card(title=title, blocks=said), preview=desk.words("filling.preview")))


def _parts(text: str) -> Iterator[str]:
    """A long text in parts that fit a card, divided at the ends of lines or words where there are any."""
    while len(text) > PART:
        cut = max(text.rfind("\n", 0, PART), text.rfind(" ", 0, PART)) + 1 or PART
        yield text[:cut]
        text = text[cut:]
    yield text
