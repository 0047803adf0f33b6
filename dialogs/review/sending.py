"""The rapid review is sent to the National Panel: recorded, its date met, what went is frozen, and everybody is told."""

from __future__ import annotations

from datetime import datetime

from msgspec.structs import replace

from dialogs.casework.common import case_button, case_for, chain, meet_deadline, tell_coordinators, tell_person
from dialogs.desk import Desk
from dialogs.reply import Card, Input, Paragraph, Reply
from dialogs.review.asking import follow_request
from dialogs.review.common import (
    LETTER,
    REPORT,
    Asked,
    answered,
    inputs_of,
    is_sent,
    newest,
    on_panel,
    send_button,
    show,
)
from dialogs.review.gaps import gaps
from dialogs.review.letter import is_made
from dialogs.review.overview import sources
from dialogs.turn import Press, SubmitWindow
from state.records import CaseRecord
from state.snapshot import Written
from state.values import london_day
from templates.answers import Asking, Kind, Refused, understand
from templates.days import moment_text


def mark_sent(desk: Desk, _said: Asked | None = None) -> None:
    """Ask when it was sent."""
    case = _may_send(desk)
    if case is not None:
        _ask(desk, case, "", "")


def _may_send(desk: Desk) -> CaseRecord | None:
    """The case, where everything is ready. Otherwise what is not is said."""
    case = case_for(desk, "run_meeting")
    if case is None:
        return None
    if is_sent(desk):
        desk.tell(desk.words("review.sent_already"))
    elif found := gaps(sources(desk)):
        desk.tell("\n".join((desk.words("review.not_ready"), *(gap.text for gap in found))))
    elif not is_made(desk):
        desk.tell(desk.words("review.no_letter"))
    else:
        return case
    return None


def _ask(desk: Desk, case: CaseRecord, error: str, typed: str) -> None:
    label = desk.words("review.when_sent")
    needed = desk.words("review.needed")
    value = typed or moment_text(desk.turn.at)
    asked = Input(id="sent", label=label, value=value, required=True, required_error=needed, error=error)
    blocks = (Paragraph(desk.words("review.sending_freezes")),)
    title = desk.words("review.letter_title", reference=case.reference)
    show(desk, title, blocks, (asked,), send_button(desk, "keep_sent", case.id))


def keep_sent(desk: Desk, said: Press | SubmitWindow) -> None:
    """Record it."""
    case = _may_send(desk)
    if case is None:
        return None
    text = inputs_of(said).get("sent", "")
    at = _moment(desk, text)
    return _ask(desk, case, at, text) if isinstance(at, str) else _sent(desk, case, at)


def _moment(desk: Desk, text: str) -> datetime | str:
    today = london_day(desk.turn.at)
    understood = understand(text, Asking(kind=Kind.DATETIME, today=today, latest=today, not_known_ok=False), desk.kit.words)
    if isinstance(understood, Refused):
        return understood.message
    instant = understood.value.get("instant") if isinstance(understood.value, dict) else None
    at = datetime.fromisoformat(instant) if isinstance(instant, str) else None
    if at is None or at > desk.turn.at:
        return desk.words("review.time_needed")
    return at


def _sent(desk: Desk, case: CaseRecord, at: datetime) -> None:
    desk.put(replace(case, sent_at=at))
    meet_deadline(desk, case, "rapid_review", at=at)
    for form in (LETTER, REPORT):
        if written := newest(desk.snapshot, form):
            _freeze(desk, written)
    desk.note(chain(case), "sent_to_panel", at=at.isoformat(), reference=case.reference)
    tell_outcome(desk, case)
    answered(desk, desk.words("review.sent", reference=case.reference, when=moment_text(at)))
    _next(desk, case)


def _freeze(desk: Desk, written: Written) -> None:
    """What went stays as it is: whatever is written later is a new version beside it."""
    desk.put(replace(written.draft, status="submitted", touched_at=desk.turn.at))


def _next(desk: Desk, case: CaseRecord) -> None:
    if not desk.private:
        return
    buttons = (case_button(desk, "panel_reply", case, window=True, primary=True),)
    card = Card(blocks=(Paragraph(desk.words("review.reply_next")),), buttons=buttons)
    desk.say(Reply(card=card, preview=desk.words("filling.preview")))


def tell_outcome(desk: Desk, case: CaseRecord) -> None:
    """Everybody who took part and every organisation that was asked: the reference, the outcome, and thanks."""
    kind = sources(desk).report.value("review_kind")
    text = desk.words("review.outcome", reference=case.reference, outcome=desk.words(f"review.outcome_{kind}"))
    reply = Reply(text=text, preview=desk.words("filling.preview"))
    unreached = [desk.name_of(one) for one in sorted(on_panel(desk)) if not tell_person(desk, case, one, reply)]
    have = sources(desk)
    unreached += [have.organisation(one) for one in have.asked if not follow_request(desk, one, reply)]
    unreached += _others(desk)
    if unreached:
        told = desk.words("review.tell_them_yourself", reference=case.reference, names=", ".join(unreached))
        tell_coordinators(desk, case, Reply(text=told, preview=desk.words("filling.preview")))


def _others(desk: Desk) -> list[str]:
    """Participants who are not known here."""
    report = sources(desk).report
    rows = report.rows("participants")
    typed = [row for row in rows if not report.answers[f"participants.{row}.agency"].source.startswith("person:")]
    return [str(report.value(f"participants.{row}.membership") or "") for row in typed]
