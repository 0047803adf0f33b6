"""Who was at the rapid review's meeting."""

from __future__ import annotations

from dialogs.casework.common import case_for, chain
from dialogs.desk import Desk
from dialogs.reply import Choice, Input, InputKind
from dialogs.review.common import REPORT, Asked, answered, inputs_of, is_sent, report_of, send_button, show, take_up
from dialogs.turn import Press, SubmitWindow


def attendance(desk: Desk, _said: Asked) -> None:
    """Ask who was there."""
    case = case_for(desk, "run_meeting")
    if case is None:
        return
    report = report_of(desk)
    rows = report.rows("participants")
    if not rows or is_sent(desk):
        return desk.tell(desk.words("review.nobody_named"))
    choices = tuple(Choice(str(row), str(report.value(f"participants.{row}.membership") or row)) for row in rows)
    there = ",".join(str(row) for row in rows if report.value(f"participants.{row}.attended") == "yes")
    asked = Input(id="attended", label=desk.words("review.who_was_there"), kind=InputKind.CHOICES, choices=choices, value=there)
    return show(desk, desk.words("review.attendance_title"), (), (asked,), send_button(desk, "keep_attendance", case.id))


def keep_attendance(desk: Desk, said: Press | SubmitWindow) -> None:
    """Keep who was there and who was not."""
    case = case_for(desk, "run_meeting")
    if case is None:
        return
    if is_sent(desk):
        return desk.tell(desk.words("review.nobody_named"))
    there = {one.strip() for one in inputs_of(said).get("attended", "").split(",")}
    take_up(desk, case, REPORT)
    for row in desk.filled().rows("participants"):
        value, path = "yes" if str(row) in there else "no", f"participants.{row}.attended"
        if desk.filled().value(path) != value:
            desk.keep_answer(path, "given", value, source="card")
    desk.note(chain(case), "attendance_recorded", count=str(len(there)))
    return answered(desk, desk.words("review.attendance_kept"))
