"""The coordinator's side of a new referral: the list of open ones by reference, and reading one, which is recorded."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from dialogs.casework.common import absent, case_button, read_now
from dialogs.casework.glance_words import state_line
from dialogs.desk import Desk
from dialogs.filling.check import LINES_A_CARD, blocks, lines, long_answers
from dialogs.giving.offer import file_button, offered
from dialogs.referral.advice import child_blocks
from dialogs.reply import Block, Bullets, Button, Card, Facts, Paragraph, Reply, Style, Window
from dialogs.turn import OpenWindow, Press, SubmitWindow
from state.access import Access
from state.records import CaseRecord
from state.values import london_day
from templates.days import day_text

MOST = 6
PART = 3_000
"""Characters of a long answer that stand together."""
WINDOW_HOLDS, LINE = 4_500, 80
"""Characters that one window shows, and what a line costs beside its own: with both, a part stays under what Teams takes."""


def open_referrals(desk: Desk, _press: Press | None = None) -> None:
    """Open referrals by reference, as far as this person may see them. A restricted one is simply not there."""
    if desk.may("see_reference") is not Access.YES:
        desk.note("partnership", "refused", action="see_reference")
        return desk.say(Reply(text=desk.words("access.nothing")))
    seen = [case for case in desk.snapshot.open_cases if may_see(desk, "see_reference", case)]
    if not seen:
        return desk.say(Reply(text=desk.words("referral.open_none")))
    facts = Facts(tuple((c.reference, _state(desk, c)) for c in seen))
    more = (Paragraph(desk.words("referral.open_more")),) if len(seen) > MOST else ()
    buttons = tuple(_ways(desk, seen))[:MOST]
    card = Card(title=desk.words("referral.open_title", count=len(seen)), blocks=(facts, *more), buttons=buttons)
    return desk.say(Reply(card=card, preview=desk.words("filling.preview")))


def _ways(desk: Desk, seen: Sequence[CaseRecord]) -> Iterator[Button]:
    """What nobody has read comes first, to be read. While there is room, every other case can be looked at."""
    unread = [c for c in seen if not c.acknowledged_at and may_see(desk, "read_case", c)]
    for case in unread:
        label = desk.words("buttons.open_named", reference=case.reference)
        yield replace(case_button(desk, "open_case", case, window=True), label=label)
    for case in sorted(seen, key=lambda one: one in unread):
        yield replace(
            case_button(desk, "show_case", case), label=desk.words("buttons.show_case_named", reference=case.reference)
        )


def may_see(desk: Desk, action: str, case: CaseRecord) -> bool:
    """Whether this person may do that with one of the open cases that were read."""
    people = tuple(p for p in desk.snapshot.open_case_people if p.case == case.id)
    return desk.may(action, case=case, people=people) is Access.YES


def _state(desk: Desk, case: CaseRecord) -> str:
    key = "referral.open_read" if case.acknowledged_at else "referral.open_unread"
    if case.status not in ("referred", "deciding"):
        return state_line(desk, case)
    return desk.words(key, day=day_text(london_day(case.received_at)))


def open_case(desk: Desk, said: Press | OpenWindow | SubmitWindow | None = None) -> None:
    """Read one referral: one to one, or in a window part by part. Reading is recorded; the first one acknowledges it."""
    case = desk.snapshot.case
    access = desk.may("read_case", case=case) if case is not None else Access.ABSENT
    if case is None or access is not Access.YES:
        desk.note("partnership", "refused", action="read_case")
        return desk.tell(desk.words("access.not_this_case") if access is Access.NO else absent(desk))
    if not desk.unseen:
        return desk.say(Reply(text=desk.words("referral.read_one_to_one")))
    _acknowledge(desk, case, said.at if isinstance(said, SubmitWindow) else "")
    if isinstance(said, OpenWindow | SubmitWindow):
        return _window(desk, case, said.at)
    return _show(desk, case)


def _acknowledge(desk: Desk, case: CaseRecord, part: str) -> None:
    desk.note(f"case:{case.id}", "case_read", reference=case.reference, **({"part": part} if part else {}))
    read_now(desk, case)


def _show(desk: Desk, case: CaseRecord) -> None:
    title = desk.words("referral.read_title", reference=case.reference)
    everything = lines(desk)
    for start in range(0, len(everything), LINES_A_CARD):
        _say(desk, title, tuple(blocks(everything[start : start + LINES_A_CARD])))
    for label, text in long_answers(desk):
        _say(desk, label, tuple(Paragraph(part) for part in _parts(text)))
    _say(desk, desk.words("advice.title"), tuple(_advice(desk)), _next(desk, case))


def _advice(desk: Desk) -> list[Block]:
    advice: list[Block] = [Paragraph(desk.words("advice.who_decides"), Style.QUIET)]
    for child in desk.filled().children():
        advice += child_blocks(desk, desk.filled(), child)
    return advice


def _next(desk: Desk, case: CaseRecord) -> tuple[Button, ...]:
    copies = offered(desk, file_button(desk, case.id, "referral"))
    if desk.may("record_decision", case=case) is not Access.YES:
        return copies
    return (case_button(desk, "decide", case, primary=True), case_button(desk, "show_case", case), *copies)


def _window(desk: Desk, case: CaseRecord, at: str) -> None:
    """One part of the referral, and the ways to the others."""
    parts = list(_fitting(desk))
    number = next((one for one in range(1, len(parts) + 1) if str(one) == at), 1)
    ways = [("part_before", number - 1)] if number > 1 else []
    ways += [("next_part", number + 1)] if number < len(parts) else []
    desk.window = Window(
        title=desk.words("referral.read_part", reference=case.reference, part=number, parts=len(parts)),
        blocks=parts[number - 1],
        buttons=tuple(case_button(desk, action, case, at=str(to)) for action, to in ways),
    )


def _fitting(desk: Desk) -> Iterator[tuple[Block, ...]]:
    """Everything that was said and what the guidance says of it, in parts that each fit a window."""
    kept: list[Block] = []
    used = 0
    for block in _pieces(desk):
        size = _size(block)
        if kept and used + size > WINDOW_HOLDS:
            yield tuple(kept)
            kept, used = [], 0
        kept.append(block)
        used += size
    yield tuple(kept)


def _pieces(desk: Desk) -> Iterator[Block]:
    """Blocks that are each small enough: a list of facts is one block a row."""
    long = [(Paragraph(label, Style.HEADING), text) for label, text in long_answers(desk)]
    for block in blocks(lines(desk)):
        yield from _one_a_row(block)
    for heading, text in long:
        yield heading
        yield from (Paragraph(part) for part in _parts(text))
    yield Paragraph(desk.words("advice.title"), Style.HEADING)
    for block in _advice(desk):
        yield from _one_a_row(block)


def _one_a_row(block: Block) -> Iterator[Block]:
    if isinstance(block, Facts):
        yield from (Facts((row,)) for row in block.rows)
    else:
        yield block


def _size(block: Block) -> int:
    """Characters, and what each line costs beside them."""
    texts = [f"{label}{value}" for label, value in block.rows] if isinstance(block, Facts) else []
    texts += list(block.items) if isinstance(block, Bullets) else []
    texts += [block.text] if isinstance(block, Paragraph) else []
    return sum(len(text) + LINE for text in texts)


def _say(desk: Desk, title: str, said: tuple[Block, ...], buttons: tuple[Button, ...] = ()) -> None:
    desk.say(Reply(card=Card(title=title, blocks=said, buttons=buttons), preview=desk.words("filling.preview")))


def _parts(text: str) -> Iterator[str]:
    """A long text in parts that fit a card, divided at the ends of lines or words where there are any."""
    while len(text) > PART:
        cut = max(text.rfind("\n", 0, PART), text.rfind(" ", 0, PART)) + 1 or PART
        yield text[:cut]
        text = text[cut:]
    yield text
