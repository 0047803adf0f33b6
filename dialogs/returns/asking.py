"""What an organisation asks the coordinator: more time, or a question. The channel says only that it was asked."""

from __future__ import annotations

from datetime import date

from msgspec.structs import replace

from dialogs.desk import Desk
from dialogs.reply import Input, InputKind, Paragraph
from dialogs.returns.common import WRITABLE, Said, asked, inputs_of
from dialogs.returns.opening import keep_acknowledged
from dialogs.returns.received import notice, put_to_coordinators
from dialogs.returns.sheet import Sheet, answer, can_show, show, way
from dialogs.scoping.common import keep, organisation_name
from dialogs.scoping.pieces import done as close_card
from state.scoping_records import Extension, NoticeRecord, RequestRecord
from state.values import JSON, london_day
from templates.answers import Asking, Kind, Refused, understand
from templates.days import day_text, moment_text

MORE_TIME, QUESTION = "more_time", "question"
"""Kinds of notice."""


def more_time(desk: Desk, said: Said) -> None:
    """Ask until when, and why."""
    request = asked(desk, "open_request")
    if request is not None and _waits(desk, request) and can_show(desk):
        keep_acknowledged(desk, request, said)
        _time_sheet(desk, request, inputs_of(said), {})


def _waits(desk: Desk, request: RequestRecord) -> bool:
    if request.state in (*WRITABLE, "awaiting_sign_off"):
        return True
    answer(desk, desk.words("returns.answered_already"))
    return False


def _time_sheet(desk: Desk, request: RequestRecord, typed: dict[str, str], errors: dict[str, str]) -> None:
    due = moment_text(request.due) if request.due else ""
    blocks = (Paragraph(desk.words("returns.time_help", due=due)),) if due else ()
    new_date = Input(
        id="new_date",
        label=desk.words("returns.new_date"),
        value=typed.get("new_date", ""),
        required=True,
        required_error=desk.words("returns.new_date_needed"),
        error=errors.get("new_date", ""),
    )
    reason = Input(
        id="reason",
        label=desk.words("returns.time_reason"),
        kind=InputKind.LONG_TEXT,
        value=typed.get("reason", ""),
        required=True,
        required_error=desk.words("returns.time_reason_needed"),
        error=errors.get("reason", ""),
    )
    title = desk.words("returns.time_title", reference=request.reference)
    buttons = (way(desk, "ask_time", request, primary=True),)
    show(desk, Sheet(title=title, blocks=blocks, inputs=(new_date, reason), buttons=buttons))


def ask_time(desk: Desk, said: Said) -> None:
    """Keep what was asked, and put it to the coordinator. A date that is not later is refused."""
    request = asked(desk, "open_request")
    if request is None or not _waits(desk, request) or not can_show(desk):
        return
    typed = inputs_of(said)
    day, errors = _day(desk, request, typed)
    reason = typed.get("reason", "").strip()
    if not reason:
        errors["reason"] = desk.words("returns.time_reason_needed")
    if errors or day is None:
        return _time_sheet(desk, request, typed, errors)
    made = Extension(asked_by=desk.turn.who.id, asked_at=desk.turn.at, new_date=day, reason=reason)
    keep(desk, replace(request, extensions=(*(e for e in request.extensions if e.granted is not None), made)))
    desk.note(f"case:{request.case}", "time_asked", request=request.id, new_date=day.isoformat(), content=reason)
    content: JSON = {"request": request.id, "new_date": day.isoformat(), "reason": reason}
    kept = notice(desk, request, MORE_TIME, request.id, content)
    _tell(desk, request, kept, day_text(day))
    close_card(desk)
    return answer(desk, desk.words("returns.time_asked", day=day_text(day)))


def _day(desk: Desk, request: RequestRecord, typed: dict[str, str]) -> tuple[date | None, dict[str, str]]:
    said = typed.get("new_date", "")
    if not said.strip():
        return None, {"new_date": desk.words("returns.new_date_needed")}
    asking = Asking(kind=Kind.DATE, today=london_day(desk.turn.at), not_known_ok=False)
    meant = understand(said, asking, desk.kit.words)
    if isinstance(meant, Refused):
        return None, {"new_date": meant.message}
    earliest = meant.value.get("earliest") if isinstance(meant.value, dict) else None
    day = date.fromisoformat(str(earliest)) if earliest else None
    due = london_day(request.due) if request.due else london_day(desk.turn.at)
    if day is None or day <= due:
        return None, {"new_date": desk.words("returns.not_later", due=day_text(due))}
    return day, {}


def _tell(desk: Desk, request: RequestRecord, kept: NoticeRecord, day: str = "") -> None:
    """By reference only: why it was asked, and what, is read one to one."""
    values = {"reference": request.reference, "organisation": organisation_name(desk, request)}
    text = desk.words("returns.told_more_time", day=day, **values) if day else desk.words("returns.told_question", **values)
    put_to_coordinators(desk, request, kept, text)


def ask_question(desk: Desk, said: Said) -> None:
    """Ask what the question is."""
    request = asked(desk, "open_request")
    if request is not None and can_show(desk):
        keep_acknowledged(desk, request, said)
        _question_sheet(desk, request, "")


def _question_sheet(desk: Desk, request: RequestRecord, error: str) -> None:
    file = desk.kit.profile.file.coordinator
    asks = Input(
        id="question",
        label=desk.words("returns.your_question"),
        kind=InputKind.LONG_TEXT,
        required=True,
        required_error=desk.words("returns.question_needed"),
        error=error,
    )
    blocks = (Paragraph(desk.words("returns.question_help", name=file.name, telephone=file.telephone)),)
    title = desk.words("returns.question_title", reference=request.reference)
    show(desk, Sheet(title=title, blocks=blocks, inputs=(asks,), buttons=(way(desk, "send_question", request, primary=True),)))


def send_question(desk: Desk, said: Said) -> None:
    """Keep the question, encrypted, and tell the coordinators that there is one."""
    request = asked(desk, "open_request")
    if request is None or not can_show(desk):
        return None
    text = inputs_of(said).get("question", "").strip()
    if not text:
        return _question_sheet(desk, request, desk.words("returns.question_needed"))
    content: JSON = {"request": request.id, "question": text}
    kept = notice(desk, request, QUESTION, f"{request.id}:{desk.turn.fresh('question')}", content)
    desk.note(f"case:{request.case}", "question_asked", request=request.id, content=text)
    _tell(desk, request, kept)
    close_card(desk)
    return answer(desk, desk.words("returns.question_sent"))
