"""Going on without an organisation's return: said by the coordinator with a reason. It stays outstanding in the pack."""

from __future__ import annotations

from msgspec.structs import replace

from dialogs.casework.common import case_for, chain
from dialogs.desk import Desk
from dialogs.reply import Choice, Input, InputKind, Paragraph
from dialogs.review.common import Asked, answered, inputs_of, is_sent, send_button, show
from dialogs.review.overview import sources
from dialogs.turn import Press, SubmitWindow
from state.records import CaseRecord


def without_return(desk: Desk, _said: Asked) -> None:
    """Ask which, and why."""
    case = _may(desk)
    if case is not None:
        _ask(desk, case, tried=False)


def _may(desk: Desk) -> CaseRecord | None:
    case = case_for(desk, "run_meeting")
    if case is None:
        return None
    if is_sent(desk) or not sources(desk).outstanding:
        desk.tell(desk.words("review.none_outstanding"))
        return None
    return case


def _ask(desk: Desk, case: CaseRecord, *, tried: bool) -> None:
    have, needed = sources(desk), desk.words("review.needed")
    choices = tuple(Choice(one.id, have.organisation(one)) for one in have.outstanding)
    error = needed if tried else ""
    inputs = (
        Input(
            id="requests",
            label=desk.words("review.without_whom"),
            kind=InputKind.CHOICES,
            choices=choices,
            required=True,
            required_error=needed,
            error=error,
        ),
        Input(
            id="reason",
            label=desk.words("review.without_why"),
            kind=InputKind.LONG_TEXT,
            required=True,
            required_error=needed,
            error=error,
        ),
    )
    blocks = (Paragraph(desk.words("review.without_help")),)
    title = desk.words("review.without_title", reference=case.reference)
    show(desk, title, blocks, inputs, send_button(desk, "go_without", case.id))


def go_without(desk: Desk, said: Press | SubmitWindow) -> None:
    """Keep it, for each of them."""
    case = _may(desk)
    if case is None:
        return None
    inputs = inputs_of(said)
    chosen = {one.strip() for one in inputs.get("requests", "").split(",")}
    requests = [one for one in sources(desk).outstanding if one.id in chosen]
    reason = inputs.get("reason", "").strip()
    if not requests or not reason:
        return _ask(desk, case, tried=True)
    for request in requests:
        desk.put(replace(request, without=reason))
        desk.note(chain(case), "without_return", request=request.id)
    return answered(desk, desk.words("review.without_kept"))
