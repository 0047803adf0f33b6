"""The panel's own sections: written by several people in chat and in windows, until a partner has signed."""

from __future__ import annotations

from dialogs.casework.common import case_button, case_for, chain, move, tell_coordinators, tell_person
from dialogs.desk import Desk
from dialogs.filling.machine import START, Walker
from dialogs.filling.talk import arrive, machine
from dialogs.filling.windowed import show as show_page
from dialogs.filling.windowed import show_check, window_page
from dialogs.reply import Paragraph, Reply, Style
from dialogs.review.common import REPORT, Asked, is_sent, on_panel, partner_label, report_of, show, signed, take_up
from dialogs.review.gaps import inconsistent
from dialogs.review.offers import offer_known
from dialogs.review.overview import review
from dialogs.turn import OpenWindow, Press, SubmitWindow
from state.access import Access
from state.records import CaseRecord
from state.values import JSON
from templates.forms.model import Section
from templates.forms.shape import MORE_CHILDREN, Spot

SIGN_OFF = "sign_off"
DECISION = {"opinion": "review_kind", "review_kind": "opinion"}


def write_review(desk: Desk, _said: Asked | None = None) -> None:
    """Begin to write, or go on. Once a partner has signed, what a change would do is said first."""
    case = case_for(desk, "write_panel_sections")
    if case is None:
        return None
    if is_sent(desk):
        return desk.tell(desk.words("review.sent_already"))
    if have := signed(report_of(desk)):
        return _warn(desk, case, tuple(have))
    return _write(desk, case)


def _warn(desk: Desk, case: CaseRecord, have: tuple[str, ...]) -> None:
    names = ", ".join(partner_label(desk, one) for one in have)
    blocks = (
        Paragraph(desk.words("review.signed_by", partners=names), Style.HEADING),
        Paragraph(desk.words("review.change_voids"), Style.WARNING),
    )
    show(desk, desk.words("review.title", reference=case.reference), blocks, (), case_button(desk, "change_signed", case))


def change_signed(desk: Desk, _said: Asked) -> None:
    """Change it all the same: every sign-off is void, and those who signed are told."""
    case = case_for(desk, "write_panel_sections")
    if case is None:
        return None
    if is_sent(desk):
        return desk.tell(desk.words("review.sent_already"))
    take_up(desk, case, REPORT)
    have = signed(desk.filled())
    for row in have.values():
        desk.keep_answer(f"{SIGN_OFF}.{row}", "removed", source="change")
    if have:
        _tell_void(desk, case, have)
    # The partners take up again what they had concluded.
    if reviewing := move(case, "disagree"):
        desk.put(reviewing)
    return _write(desk, case)


def _tell_void(desk: Desk, case: CaseRecord, have: dict[str, int]) -> None:
    desk.note(chain(case), "sign_off_void", partners=",".join(sorted(have)))
    text = desk.words("review.sign_off_void", reference=case.reference, name=desk.name_of(desk.turn.who.id))
    reply = Reply(text=text, preview=desk.words("filling.preview"))
    for person, partner in on_panel(desk).items():
        if partner in have and person != desk.turn.who.id:
            tell_person(desk, case, person, reply)
    tell_coordinators(desk, case, reply)


def _write(desk: Desk, case: CaseRecord) -> None:
    if desk.draft is None or desk.at_hand.form != REPORT:
        take_up(desk, case, REPORT)
    offer_known(desk)
    if isinstance(desk.turn.said, OpenWindow | SubmitWindow):
        return _in_window(desk)
    return arrive(desk, Spot(START))


def _in_window(desk: Desk) -> None:
    walker = Walker(desk.filled(), Spot(START))
    machine(desk).onward(walker)
    if walker.state not in desk.filled().shape.by_state or walker.state == MORE_CHILDREN:
        return show_check(desk)
    return show_page(desk, window_page(desk, walker.spot))


def may_change(desk: Desk) -> bool:
    """Whoever writes on this case's panel, one to one or in a window."""
    case = desk.snapshot.case
    return desk.unseen and case is not None and desk.may("write_panel_sections", case=case) is Access.YES


def may_write(desk: Desk, section: Section) -> bool:
    """Whose section it is. Nobody writes in what a partner has signed; the sign-off itself has a button of its own."""
    case = desk.snapshot.case
    if case is None or section.id == SIGN_OFF or _is_signed(desk):
        return False
    runs = desk.may("run_meeting", case=case) is Access.YES
    if section.by == "partner":
        return runs or desk.may("sign_off_review", case=case) is Access.YES
    return runs or section.by != "coordinator"


def _is_signed(desk: Desk) -> bool:
    """Whether a row of the sign-off stands in the report at hand."""
    rows = {".".join(path.split(".")[:2]) for path in desk.answers if path.startswith(f"{SIGN_OFF}.")}
    return any(row not in desk.answers or desk.answers[row].state != "removed" for row in rows)


def read_only(desk: Desk) -> str:
    """The sentence for what somebody may only read."""
    return "review.locked" if _is_signed(desk) else "filling.not_theirs"


def conflicts(desk: Desk, path: str, value: JSON) -> str:
    """An opinion and a kind of review that contradict each other are refused, whichever comes second."""
    other = DECISION.get(path)
    if other is None:
        return ""
    beside = desk.filled().value(other)
    opinion, kind = (value, beside) if path == "opinion" else (beside, value)
    return desk.words("review.inconsistent") if inconsistent(opinion, kind) else ""


def submit(desk: Desk, _press: Press) -> None:
    """Everything that is theirs is written: where the whole review stands."""
    desk.stand_at("", "")
    if isinstance(desk.turn.said, SubmitWindow):
        return desk.tell(desk.words("review.written"))
    return review(desk)
