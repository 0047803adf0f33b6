"""Passing a request on: to a colleague who writes the return, or away from somebody who is involved themselves."""

from __future__ import annotations

from msgspec.structs import replace

from dialogs.desk import Desk
from dialogs.reply import Choice, Input, InputKind, Paragraph
from dialogs.returns.common import (
    WRITABLE,
    Said,
    asked,
    belongs,
    closed,
    colleagues,
    fit,
    inputs_of,
    tell_one,
    tell_those_who_ask,
)
from dialogs.returns.opening import keep_acknowledged
from dialogs.returns.received import notice, put_to_coordinators
from dialogs.returns.sheet import Sheet, answer, can_show, show, way
from dialogs.scoping.common import keep, organisation_name
from dialogs.scoping.pieces import done as close_card
from state.records import CasePersonRecord
from state.scoping_records import RequestRecord

INVOLVEMENT = "involvement"
"""The kind of the notice that asks the coordinator to name an independent senior."""


def pass_on(desk: Desk, said: Said) -> None:
    """Ask to which colleague."""
    request = asked(desk, "open_request")
    if request is not None and can_show(desk):
        keep_acknowledged(desk, request, said)
        _sheet(desk, request, "")


def others(desk: Desk, request: RequestRecord) -> list[tuple[str, str]]:
    """Everybody of the organisation who is known here and may have to do with the case, with their names."""
    members = {one.id for one in desk.snapshot.all_people if one.organisation == request.organisation}
    people = {person for person in members | set(colleagues(desk, request)) if fit(desk, person)} - {desk.turn.who.id}
    return sorted(((person, desk.name_of(person)) for person in people), key=lambda one: one[1])


def _sheet(desk: Desk, request: RequestRecord, error: str) -> None:
    people = others(desk, request)
    if not people:
        return answer(desk, desk.words("returns.nobody_to_pass_to"))
    choice = Input(
        id="colleague",
        label=desk.words("returns.which_colleague"),
        kind=InputKind.CHOICE,
        choices=tuple(Choice(person, name) for person, name in people),
        required=True,
        required_error=desk.words("returns.which_colleague_needed"),
        error=error,
    )
    title = desk.words("returns.pass_title", reference=request.reference)
    blocks = (Paragraph(desk.words("returns.pass_help")),)
    return show(
        desk, Sheet(title=title, blocks=blocks, inputs=(choice,), buttons=(way(desk, "do_pass_on", request, primary=True),))
    )


def do_pass_on(desk: Desk, said: Said) -> None:
    """That colleague may write the return from now on, and is told one to one."""
    request = asked(desk, "open_request")
    if request is None or not can_show(desk):
        return None
    chosen = inputs_of(said).get("colleague", "")
    name = dict(others(desk, request)).get(chosen)
    if name is None:
        return _sheet(desk, request, desk.words("returns.which_colleague_needed"))
    passed = keep(desk, replace(request, delegate=chosen))
    desk.note(f"case:{request.case}", "request_passed_on", request=request.id, to=chosen)
    text = desk.words("returns.passed_to_you", reference=request.reference, name=desk.name_of(desk.turn.who.id))
    told = tell_one(desk, passed, chosen, text, "open_request")
    close_card(desk)
    return answer(desk, desk.words("returns.passed_on" if told else "returns.passed_on_unreached", name=name))


def declare_involvement(desk: Desk, _said: Said) -> None:
    """One press: this person has nothing of the case from now on, and the request passes on."""
    request = asked(desk, "open_request")
    if request is None:
        return None
    if not belongs(desk, request):
        return answer(desk, desk.words("returns.not_of_it"))
    me = desk.turn.who.id
    desk.put(CasePersonRecord(case=request.case, person=me, relation="excluded", reason=INVOLVEMENT))
    left = replace(
        request,
        delegate="" if request.delegate == me else request.delegate,
        senior="" if request.senior == me else request.senior,
    )
    keep(desk, left)
    desk.note(f"case:{request.case}", "involvement_declared", request=request.id)
    if desk.talk.draft in (request.draft, request.nil):
        desk.stand_at("", "")
    _hand_over(desk, left)
    return answer(desk, desk.words("returns.involvement_kept"))


def _hand_over(desk: Desk, request: RequestRecord) -> None:
    """To whoever leads the organisation beside them; where nobody does, the coordinator names an independent senior."""
    waits = request.state in (*WRITABLE, "awaiting_sign_off")
    remaining = [one for one in _who_remains(desk, request) if one != desk.turn.who.id]
    if remaining:
        for person in remaining if waits else ():
            tell_one(desk, request, person, desk.words("returns.yours_now", reference=request.reference), "open_request")
        return tell_those_who_ask(desk, request, "returns.told_involved")
    kept = notice(desk, request, INVOLVEMENT, request.id, {"request": request.id, "person": desk.turn.who.id})
    values = {"reference": request.reference, "organisation": organisation_name(desk, request)}
    return put_to_coordinators(desk, request, kept, desk.words("returns.told_nobody_left", **values))


def _who_remains(desk: Desk, request: RequestRecord) -> list[str]:
    if not closed(request):
        return colleagues(desk, request)
    return [one for one in (request.senior,) if one and fit(desk, one)]
