"""Signing a return off: a senior colleague reads all of it, and signs, or says what to change. Never its author."""

from __future__ import annotations

from msgspec.structs import replace

from dialogs.desk import Desk
from dialogs.giving.offer import request_file, tell_with_files
from dialogs.numbers import small
from dialogs.reply import Button, Input, InputKind, Paragraph, Style
from dialogs.returns.common import RETURN, Said, asked, inputs_of, of_this_request, tell_one
from dialogs.returns.nil import signed_in
from dialogs.returns.reading import pages
from dialogs.returns.received import has_come, received
from dialogs.returns.sheet import Sheet, answer, can_show, show, way
from dialogs.scoping.common import organisation_name, step
from dialogs.scoping.pieces import done as close_card
from dialogs.turn import OpenWindow
from state.scoping_records import RequestRecord

REASON = "reason"


def sign_off(desk: Desk, said: Said) -> None:
    """Show the return, a page at a time. The last page has the two ways on."""
    request = _to_sign(desk)
    if request is not None and can_show(desk):
        desk.note(f"case:{request.case}", "return_read", request=request.id)
        _page(desk, request, 0 if isinstance(said, OpenWindow) else small(said.at))


def _to_sign(desk: Desk) -> RequestRecord | None:
    """The request whose return this person may sign now; the return is then the form at hand."""
    request = asked(desk, "sign_off_return")
    if request is None:
        return None
    if desk.turn.who.id == request.author:
        desk.note("partnership", "refused", action="sign_off_return")
        answer(desk, desk.words("returns.own_return"))
        return None
    own = of_this_request(desk, request.draft)
    if request.state != "awaiting_sign_off" or own is None:
        answer(desk, desk.words("returns.nothing_to_sign"))
        return None
    desk.take_up(own)
    return request


def _version(desk: Desk) -> int:
    """What was read: another number once any answer was changed."""
    return sum(one.version for one in desk.answers.values())


def _page(desk: Desk, request: RequestRecord, number: int, *, note: str = "", error: str = "") -> None:
    everything = pages(desk)
    number = min(number, len(everything) - 1)
    last = number == len(everything) - 1
    head = desk.words("returns.page", number=number + 1, count=len(everything))
    notes = (Paragraph(note, Style.WARNING),) if note else ()
    blocks = (*notes, Paragraph(head, Style.QUIET), *everything[number])
    title = desk.words("returns.sign_title", reference=request.reference)
    asks = (_reason(desk, error),) if last else ()
    show(desk, Sheet(title=title, blocks=blocks, inputs=asks, buttons=_ways(desk, request, number, last=last)))


def _reason(desk: Desk, error: str) -> Input:
    return Input(id=REASON, label=desk.words("returns.what_to_change"), kind=InputKind.LONG_TEXT, error=error)


def _ways(desk: Desk, request: RequestRecord, number: int, *, last: bool) -> tuple[Button, ...]:
    if not last:
        on = way(desk, "sign_off", request, at=str(number + 1), primary=True)
        return (replace(on, label=desk.words("buttons.next_page")),)
    sign = way(desk, "sign_return", request, at=str(number), version=_version(desk), primary=True)
    return (sign, way(desk, "refuse_sign_off", request, at=str(number), version=_version(desk)))


def sign_return(desk: Desk, said: Said) -> None:
    """It is signed off, and goes to the coordinator. What was read must be what is signed."""
    request = _read(desk, said)
    if request is None:
        return None
    desk.keep_answer("signed_off_by", "given", signed_in(desk), source="sign-off")
    done = step(desk, request, "sign_off", signed_by=desk.turn.who.id, **has_come(desk, request) | {"confirm": request.confirm})
    if done is None:
        return answer(desk, desk.words("returns.nothing_to_sign"))
    desk.note(f"case:{request.case}", "return_signed", request=request.id)
    received(desk, done)
    values = {"reference": request.reference, "organisation": organisation_name(desk, request)}
    copy = request_file(desk, done, RETURN)
    tell_one(desk, done, request.author, desk.words("returns.thanks_signed", **values), files=(copy,))
    close_card(desk)
    text = desk.words("returns.signed", **values)
    return tell_with_files(desk, text, copy) if desk.private else answer(desk, text)


def refuse_sign_off(desk: Desk, said: Said) -> None:
    """It goes back to its author, with what to change."""
    request = _read(desk, said)
    if request is None:
        return None
    reason = inputs_of(said).get(REASON, "").strip()
    if not reason:
        at = "" if isinstance(said, OpenWindow) else said.at
        return _page(desk, request, small(at), error=desk.words("returns.say_what_to_change"))
    back = step(desk, request, "refuse_sign_off", reason=reason)
    if back is None:
        return answer(desk, desk.words("returns.nothing_to_sign"))
    desk.note(f"case:{request.case}", "sign_off_refused", request=request.id, content=reason)
    text = desk.words("returns.sign_off_refused", reference=request.reference, reason=reason)
    told = tell_one(desk, back, request.author, text, "begin_return")
    close_card(desk)
    return answer(desk, desk.words("returns.author_told" if told else "returns.author_not_told"))


def _read(desk: Desk, said: Said) -> RequestRecord | None:
    """The request to sign, where the return was not changed since it was read."""
    request = _to_sign(desk)
    if request is None or not can_show(desk):
        return None
    if isinstance(said, OpenWindow) or said.version != _version(desk):
        _page(desk, request, 0, note=desk.words("returns.read_again"))
        return None
    return request
