"""What the National Panel answers: agrees, disagrees, or asks for more by a date. What went before stays as it was."""

from __future__ import annotations

from datetime import date, datetime

from msgspec.structs import replace

from dialogs.casework.common import case_button, case_for, chain, meet_deadline, move, set_deadline, tell_coordinators
from dialogs.desk import Desk
from dialogs.filling.machine import CHECK, START, Walker
from dialogs.filling.talk import arrive, machine
from dialogs.filling.windowed import show as show_page
from dialogs.filling.windowed import show_check, window_page
from dialogs.giving.offer import file_button
from dialogs.reply import Block, Button, Card, Paragraph, Reply, Style
from dialogs.review.common import PANEL_REPLY, REPORT, Asked, answered, begin, is_sent, newest, take_up
from dialogs.turn import OpenWindow, Press, SubmitWindow
from state.records import CaseRecord
from state.snapshot import Written
from state.values import JSON, LONDON
from templates.days import moment_text
from templates.forms.shape import Spot

DEADLINE = "panel_reply"
OWNER = "coordinator"
SIGN_OFF = "sign_off"
QUESTIONS = "questions"


def panel_reply(desk: Desk, _said: Asked | None = None) -> None:
    """Record the reply, or go on with it."""
    case = case_for(desk, "run_meeting")
    if case is None:
        return None
    if case.sent_at is None:
        return desk.tell(desk.words("review.not_sent_yet"))
    written = newest(desk.snapshot, PANEL_REPLY)
    if written is not None and written.draft.status == "submitted":
        begin(desk, case, PANEL_REPLY)
    else:
        take_up(desk, case, PANEL_REPLY)
    return _fill_in(desk)


def _fill_in(desk: Desk) -> None:
    if not isinstance(desk.turn.said, OpenWindow | SubmitWindow):
        return arrive(desk, Spot(START))
    walker = Walker(desk.filled(), Spot(START))
    machine(desk).onward(walker)
    return show_check(desk) if walker.state == CHECK else show_page(desk, window_page(desk, walker.spot))


def submit(desk: Desk, _press: Press) -> None:
    """Save the reply, and do what it asks for."""
    case = desk.snapshot.case
    if case is None:
        return None
    filled = desk.filled()
    if filled.missing():
        in_window = isinstance(desk.turn.said, SubmitWindow)
        return show_check(desk) if in_window else arrive(desk, Spot(CHECK), echoes=(desk.words("filling.not_yet"),))
    answer = filled.value("reply")
    desk.note(chain(case), "panel_replied", reply=str(answer))
    desk.stand_at("", "")
    if answer == "asks_more":
        return _asks_more(desk, case)
    desk.put(replace(desk.at_hand, status="submitted", touched_at=desk.turn.at))
    meet_deadline(desk, case, DEADLINE)
    if answer == "disagrees":
        return _disagrees(desk, case)
    return _told(desk, case, desk.words("review.panel_agrees", reference=case.reference), ())


def _asks_more(desk: Desk, case: CaseRecord) -> None:
    """A new date; the reply stays open until every question is answered and the supplementary letter has gone."""
    due = _due(desk)
    if due is None:
        return
    set_deadline(desk, case, DEADLINE, due, desk.turn.at, owner=OWNER)
    text = desk.words("review.panel_asks", reference=case.reference, when=moment_text(due))
    _told(desk, case, text, ("panel_reply", "supplementary"))


def _due(desk: Desk) -> datetime | None:
    value = desk.filled().value("asked_by")
    earliest = value.get("earliest") if isinstance(value, dict) else None
    if not isinstance(earliest, str):
        return None
    return datetime.combine(date.fromisoformat(earliest), desk.kit.profile.clocks.due_at, LONDON)


def _disagrees(desk: Desk, case: CaseRecord) -> None:
    """The case goes back to the panel: a new version of the report beside the one that was sent, to be signed again."""
    if reviewing := move(case, "disagree"):
        desk.put(reviewing)
    sent = newest(desk.snapshot, REPORT)
    if sent is not None and is_sent(desk):
        _new_version(desk, case, sent)
    text = desk.words("review.panel_disagrees", reference=case.reference)
    _told(desk, case, text, ("write_review",))


def _new_version(desk: Desk, case: CaseRecord, sent: Written) -> None:
    begin(desk, case, REPORT)
    for path, answer in sent.answers.items():
        if not path.startswith(SIGN_OFF):
            desk.keep_answer(path, answer.state, answer.value, source=answer.source)


def _told(desk: Desk, case: CaseRecord, text: str, actions: tuple[str, ...]) -> None:
    """Say it where it was saved, and to the coordinators."""
    tell_coordinators(desk, case, Reply(text=text, preview=desk.words("filling.preview")))
    if isinstance(desk.turn.said, SubmitWindow):
        return answered(desk, text)
    blocks: tuple[Block, ...] = (Paragraph(text, Style.HEADING),)
    buttons: tuple[Button, ...] = tuple(case_button(desk, name, case, window=name != "supplementary") for name in actions)
    return desk.say(Reply(card=Card(blocks=blocks, buttons=buttons), preview=desk.words("filling.preview")))


def supplementary(desk: Desk, _said: Asked | None = None) -> None:
    """Make the supplementary letter. Refused while a question of the Panel has no reply."""
    case = case_for(desk, "run_meeting")
    if case is None:
        return None
    written = newest(desk.snapshot, PANEL_REPLY)
    if written is None or written.draft.status == "submitted":
        return desk.tell(desk.words("review.nothing_asked"))
    desk.take_up(written)
    rows = desk.filled().rows(QUESTIONS)
    open_rows = [row for row in rows if not desk.filled().value(f"{QUESTIONS}.{row}.reply")]
    if not rows or open_rows:
        return desk.tell(desk.words("review.questions_open", count=len(open_rows)))
    desk.make_document(case.id, _body(desk, case, written))
    desk.note(chain(case), "supplementary_made")
    text = desk.words("review.supplementary_made", reference=case.reference)
    if not desk.private or isinstance(desk.turn.said, OpenWindow | SubmitWindow):
        return desk.tell(text)
    buttons = (case_button(desk, "supplement_sent", case, primary=True), file_button(desk, case.id, "supplementary"))
    return desk.say(Reply(card=Card(blocks=(Paragraph(text),), buttons=buttons), preview=desk.words("filling.preview")))


def _body(desk: Desk, case: CaseRecord, written: Written) -> dict[str, JSON]:
    return {
        "form": "supplementary",
        "case": case.id,
        "reference": case.reference,
        "draft": written.draft.id,
        "at": desk.turn.at.isoformat(),
    }


def supplement_sent(desk: Desk, _said: Asked) -> None:
    """The supplementary letter went: the Panel's date is met, and the reply is closed."""
    case = case_for(desk, "run_meeting")
    if case is None:
        return None
    written = newest(desk.snapshot, PANEL_REPLY)
    if written is None or written.draft.status == "submitted":
        return desk.tell(desk.words("review.nothing_asked"))
    desk.put(replace(written.draft, status="submitted", touched_at=desk.turn.at))
    meet_deadline(desk, case, DEADLINE)
    desk.note(chain(case), "supplementary_sent")
    return answered(desk, desk.words("review.supplement_sent", reference=case.reference))
