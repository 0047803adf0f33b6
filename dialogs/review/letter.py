"""The letter to the National Panel (Document 4): written from what is known, made only when nothing is unfinished."""

from __future__ import annotations

from dialogs.casework.common import case_button, case_for, chain
from dialogs.desk import Desk
from dialogs.filling.machine import CHECK, START, Walker
from dialogs.filling.talk import arrive, machine
from dialogs.filling.windowed import show as show_page
from dialogs.filling.windowed import show_check, window_page
from dialogs.giving.offer import file_button, offered
from dialogs.reply import Block, Card, Paragraph, Reply, Style
from dialogs.review.common import DOCUMENTS, LETTER, REPORT, Asked, begin, is_sent, newest, take_up
from dialogs.review.gaps import RETURNS, gaps
from dialogs.review.overview import gap_blocks, sources
from dialogs.turn import OpenWindow, Press, SubmitWindow
from state.access import Access
from state.records import CaseRecord
from state.values import JSON, london_day
from templates.forms.shape import MORE_CHILDREN, Spot

MADE = "date"
"""The letter's own date: it is answered once the letter was made."""


def letter(desk: Desk, _said: Asked | None = None) -> None:
    """What is missing first, if anything is; the letter can be written before, and is made afterwards."""
    case = case_for(desk, "run_meeting")
    if case is None:
        return None
    if is_sent(desk):
        return desk.tell(desk.words("review.sent_already"))
    found = gaps(sources(desk))
    if not found:
        return _write(desk, case)
    return _not_yet(desk, case)


def _not_yet(desk: Desk, case: CaseRecord) -> None:
    """The list, and the ways on: to write the letter all the same, or to go on without a return."""
    found = gaps(sources(desk))
    blocks: tuple[Block, ...] = (Paragraph(desk.words("review.letter_waits"), Style.HEADING), *gap_blocks(desk, found))
    actions = ["write_letter"]
    if any(gap.kind == RETURNS for gap in found) and sources(desk).outstanding:
        actions.append("without_return")
    if isinstance(desk.turn.said, OpenWindow | SubmitWindow):
        return desk.tell("\n".join((desk.words("review.letter_waits"), *(gap.text for gap in found))))
    buttons = tuple(case_button(desk, name, case, window=name == "without_return") for name in actions)
    card = Card(title=desk.words("review.letter_title", reference=case.reference), blocks=blocks, buttons=buttons)
    return desk.say(Reply(card=card, preview=desk.words("filling.preview")))


def write_letter(desk: Desk, _said: Asked) -> None:
    """Write it, or go on with it, though it cannot be made yet."""
    case = case_for(desk, "run_meeting")
    if case is None:
        return None
    if is_sent(desk):
        return desk.tell(desk.words("review.sent_already"))
    return _write(desk, case)


def _write(desk: Desk, case: CaseRecord) -> None:
    _take_up(desk, case)
    _offer(desk, case)
    if isinstance(desk.turn.said, OpenWindow | SubmitWindow):
        walker = Walker(desk.filled(), Spot(START))
        machine(desk).onward(walker)
        if walker.state in (CHECK, MORE_CHILDREN):
            return show_check(desk)
        return show_page(desk, window_page(desk, walker.spot))
    return arrive(desk, Spot(START))


def _take_up(desk: Desk, case: CaseRecord) -> None:
    """The letter that is being written; after one that was sent, a new one."""
    written = newest(desk.snapshot, LETTER)
    if written is not None and written.draft.status == "submitted":
        begin(desk, case, LETTER)
        return
    take_up(desk, case, LETTER)


def _offer(desk: Desk, case: CaseRecord) -> None:
    report, file = sources(desk).report, desk.kit.profile.file
    coordinator: JSON = {
        "name": file.coordinator.name,
        "telephone": file.coordinator.telephone,
        "email": file.coordinator.email,
    }
    offers: tuple[tuple[str, JSON, str], ...] = (
        ("chair_name", file.panel_chair, "profile"),
        ("notification_received", _day(case), "decision"),
        ("conclusion", report.value("review_kind"), "elsewhere"),
        ("contact", coordinator, "profile"),
        ("signature", file.coordinator.name, "profile"),
    )
    for path, value, source in offers:
        known = desk.answers.get(path)
        if value and (known is None or (known.state == "offered" and known.value != value)):
            desk.keep_answer(path, "offered", value, source=source)


def _day(case: CaseRecord) -> JSON:
    if case.notified_at is None:
        return None
    day = london_day(case.notified_at).isoformat()
    return {"said": day, "earliest": day, "latest": day, "precision": "day"}


def may_change(desk: Desk) -> bool:
    """The coordinator, one to one or in a window."""
    case = desk.snapshot.case
    return desk.unseen and case is not None and desk.may("run_meeting", case=case) is Access.YES


def conflicts(desk: Desk, path: str, value: JSON) -> str:
    """The letter concludes what the report does."""
    if path != "conclusion" or not any(one.draft.form == REPORT for one in desk.snapshot.written):
        return ""
    kind = sources(desk).report.value("review_kind")
    return desk.words("review.letter_contradicts") if kind and kind != value else ""


def submit(desk: Desk, _press: Press) -> None:
    """Make the letter, with the pack as it will go. Refused while anything in either is unfinished: the list says what."""
    case = desk.snapshot.case
    if case is None:
        return None
    if desk.filled().missing():
        in_window = isinstance(desk.turn.said, SubmitWindow)
        return show_check(desk) if in_window else arrive(desk, Spot(CHECK), echoes=(desk.words("filling.not_yet"),))
    if gaps(sources(desk)):
        return _not_yet(desk, case)
    kind = sources(desk).report.value("review_kind")
    if desk.filled().value("conclusion") != kind:
        return desk.tell(desk.words("review.letter_contradicts"))
    return _make(desk, case)


def _make(desk: Desk, case: CaseRecord) -> None:
    day = london_day(desk.turn.at).isoformat()
    desk.keep_answer(MADE, "given", {"said": day, "earliest": day, "latest": day, "precision": "day"}, source="clock")
    report = newest(desk.snapshot, REPORT)
    at = desk.turn.at.isoformat()
    common: dict[str, JSON] = {"case": case.id, "reference": case.reference, "at": at}
    desk.make_document(case.id, {**common, "form": REPORT, "draft": report.draft.id if report else ""})
    desk.make_document(case.id, {**common, "form": "overview"})
    desk.make_document(case.id, {**common, "form": LETTER, "draft": desk.at_hand.id})
    desk.note(chain(case), "panel_letter_made", reference=case.reference)
    desk.stand_at("", "")
    blocks: list[Block] = [Paragraph(desk.words("review.letter_made", reference=case.reference), Style.HEADING)]
    if sources(desk).report.value("opinion") == "meets" and desk.filled().value("conclusion") == "none":
        blocks.append(Paragraph(desk.words("review.letter_wording"), Style.WARNING))
    blocks.append(Paragraph(desk.words("review.letter_then")))
    if isinstance(desk.turn.said, SubmitWindow):
        return desk.tell(desk.words("review.letter_made", reference=case.reference))
    sent = case_button(desk, "mark_sent", case, window=True, primary=True)
    files = offered(desk, *(file_button(desk, case.id, name) for name in (LETTER, *DOCUMENTS)))
    card = Card(blocks=tuple(blocks), buttons=(sent, *files))
    return desk.say(Reply(card=card, preview=desk.words("filling.preview")))


def is_made(desk: Desk) -> bool:
    """Whether the letter that is to go was made, after the last word of the report was written."""
    written, report = newest(desk.snapshot, LETTER), newest(desk.snapshot, REPORT)
    if written is None or report is None or written.draft.status == "submitted":
        return False
    made = written.answers.get(MADE)
    return made is not None and all(one.at <= made.at for one in report.answers.values())
