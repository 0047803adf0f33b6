"""Sending: why it is shared and on what lawful basis is confirmed, then every organisation is asked in one step."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from msgspec.structs import replace

from dialogs.casework.common import chain, deadline, read_now, set_deadline
from dialogs.desk import Desk
from dialogs.reply import Block, Bullets, Button, Facts, Paragraph
from dialogs.scoping.choose import asking_about, asking_case
from dialogs.scoping.common import organisation_name
from dialogs.scoping.listed import put_on_list
from dialogs.scoping.machine import REQUEST
from dialogs.scoping.pieces import LONGEST, choice, done, field, heading, plain, press, say_card, written
from dialogs.scoping.plan import how, show_plan, stamp, to_send
from dialogs.scoping.post import order_papers, post_card
from dialogs.scoping.prefill import begin_return
from dialogs.scoping.reach import folder_of, usual_delivery
from dialogs.turn import Press
from state.clocks import due
from state.records import CaseRecord
from state.scoping_records import RequestRecord
from templates.days import moment_text
from templates.forms.filled import Filled

CLOCK = "scoping_return"


def confirm_requests(desk: Desk, _said: Press, *, error: str = "", typed: Press | None = None) -> None:
    """Ask for the purpose and the lawful basis, beside what will be sent and when it falls due."""
    case, asked = asking_case(desk), to_send(desk)
    if case is None:
        return None
    if not asked or any(not one.vetted for one in asked):
        return _not_ready(desk, case, asked)
    by = moment_text(due(CLOCK, desk.turn.at, desk.kit.profile.clocks).instant)
    blocks: list[Block] = [
        heading(desk.words("scoping.confirm_heading_one" if len(asked) == 1 else "scoping.confirm_heading", count=len(asked))),
        plain(desk.words("scoping.confirm_due", due=by)),
    ]
    blocks.append(Facts(tuple((organisation_name(desk, one), how(desk, _as_now(desk, one))) for one in asked)))
    before = typed.inputs if typed else {}
    inputs = (
        field(
            desk,
            "purpose",
            desk.words("scoping.purpose"),
            value=before.get("purpose", ""),
            long=True,
            hint=desk.words("scoping.purpose_help"),
        ),
        field(
            desk,
            "basis",
            desk.words("scoping.lawful_basis"),
            value=before.get("basis", ""),
            long=True,
            hint=desk.words("scoping.lawful_basis_help"),
        ),
    )
    buttons = (
        press(desk, "send_now", case.id, version=stamp(asked), primary=True, inputs=True),
        press(desk, "what_is_told", case.id),
        press(desk, "send_requests", case.id),
    )
    title = desk.words("scoping.plan_title", reference=case.reference)
    return say_card(desk, blocks, title=title, inputs=inputs, buttons=buttons, error=error)


def _not_ready(desk: Desk, case: CaseRecord, asked: Sequence[RequestRecord]) -> None:
    if not asked:
        return desk.tell(desk.words("scoping.nothing_to_send"))
    return show_plan(desk, case, asked)


def _as_now(desk: Desk, request: RequestRecord) -> RequestRecord:
    """How it goes at this moment: a channel may have been tied, or let go, since it was chosen."""
    if request.delivery == "private":
        return request if desk.own_place(request.senior) is not None else replace(request, delivery="email", senior="")
    return request if request.quiet else replace(request, delivery=usual_delivery(desk, request.organisation))


def send_now(desk: Desk, said: Press) -> None:
    """Ask them all: card, papers, deadline and the return to be filled in, or nothing at all."""
    found, asked = asking_about(desk), to_send(desk)
    if found is None:
        return None
    case, referral = found
    if not asked or any(not one.vetted for one in asked):
        return _not_ready(desk, case, asked)
    if stamp(asked) != said.version:
        return confirm_requests(desk, said, error=desk.words("scoping.changed_meanwhile"), typed=said)
    purpose, basis = written(said.inputs, "purpose"), written(said.inputs, "basis")
    if not (0 < len(purpose) <= LONGEST and 0 < len(basis) <= LONGEST):
        error = desk.words("scoping.purpose_and_basis", most=f"{LONGEST:,}")
        return confirm_requests(desk, said, error=error, typed=said)
    sent = [_send(desk, case, one, referral) for one in asked]
    read_now(desk, case)
    which = ",".join(one.id for one in sent)
    desk.note(chain(case), "requests_sent", requests=which, content={"purpose": purpose, "lawful_basis": basis})
    done(desk)
    return _tell(desk, case, sent)


def _send(desk: Desk, case: CaseRecord, chosen: RequestRecord, referral: Filled) -> RequestRecord:
    """One organisation is asked."""
    falls = due(CLOCK, desk.turn.at, desk.kit.profile.clocks).instant
    request = replace(
        _as_now(desk, chosen),
        state=REQUEST.after(chosen.state, "send") or chosen.state,
        issue=chosen.issue + 1 if chosen.sent_at else chosen.issue,
        due=falls,
        sent_at=desk.turn.at,
        sent_by=desk.turn.who.id,
        emailed_at=None,
        emailed_by="",
        opened_at=None,
        returned_at=None,
        author="",
        signed_by="",
        confirm=False,
        changed=(),
    )
    draft = begin_return(desk, case, request, referral)
    request = replace(request, draft=draft.id, nil="")
    desk.put(request)
    put_on_list(desk, request)
    _due_by(desk, case, request, falls)
    desk.note(chain(case), "request_sent", request=request.id, organisation=request.organisation, delivery=request.delivery)
    order_papers(desk, request)
    post_card(desk, request)
    return request


def _due_by(desk: Desk, case: CaseRecord, request: RequestRecord, falls: datetime) -> None:
    """Its deadline runs from now; one that ended when the request was withdrawn runs again."""
    before = deadline(desk, case, CLOCK, request.id)
    if before is not None:
        return desk.put(replace(before, due=falls, runs_from=desk.turn.at, met=None))
    set_deadline(desk, case, CLOCK, falls, desk.turn.at, owner=request.organisation, key=request.id)
    return None


def _tell(desk: Desk, case: CaseRecord, sent: Sequence[RequestRecord]) -> None:
    """What was sent, and what has to go by secure email: the coordinator says which of those have gone."""
    by = moment_text(sent[0].due) if sent[0].due else ""
    key = "scoping.sent_one" if len(sent) == 1 else "scoping.sent"
    told = desk.words(key, reference=case.reference, count=len(sent), due=by)
    by_email = [one for one in sent if one.delivery == "email"]
    if by_email:
        return to_email(desk, case, by_email, told=told)
    return say_card(desk, (Paragraph(told),), buttons=(_requests_button(desk, case),))


def to_email(desk: Desk, case: CaseRecord, requests: Sequence[RequestRecord], *, told: str = "") -> None:
    """Where each letter and form lies and what address it goes to; ticking says that it went."""
    lines = tuple(_address_line(desk, one) for one in requests)
    options = [(one.id, organisation_name(desk, one)) for one in requests]
    inputs = (choice(desk, "sent", desk.words("scoping.which_emailed"), options, several=True),)
    buttons = (press(desk, "emailed", case.id, primary=True, inputs=True), _requests_button(desk, case))
    above = (Paragraph(told),) if told else ()
    blocks = (*above, heading(desk.words("scoping.to_email")), plain(desk.words("scoping.to_email_help")), Bullets(lines))
    title = desk.words("scoping.plan_title", reference=case.reference)
    say_card(desk, blocks, title=title, inputs=inputs, buttons=buttons)


def _requests_button(desk: Desk, case: CaseRecord) -> Button:
    return press(desk, "requests", case.id)


def _address_line(desk: Desk, request: RequestRecord) -> str:
    known = desk.organisation(request.organisation)
    email = known.email if known and known.email else desk.words("scoping.no_address")
    folder = folder_of(desk.kit, request)
    return desk.words("scoping.to_email_line", name=organisation_name(desk, request), email=email, folder=folder)


def emailed(desk: Desk, said: Press) -> None:
    """The coordinator says which emails went: until then the request counts as not marked as sent."""
    case = asking_case(desk)
    if case is None:
        return None
    waiting = not_marked(desk)
    gone = [one for one in waiting if one.id in written(said.inputs, "sent").split(",")]
    if not gone:
        return to_email(desk, case, waiting) if waiting else desk.tell(desk.words("scoping.settled_already"))
    for request in gone:
        desk.put(replace(request, emailed_at=desk.turn.at, emailed_by=desk.turn.who.id))
        desk.note(chain(case), "request_emailed", request=request.id, organisation=request.organisation)
    done(desk)
    told = desk.words("scoping.emailed", count=len(gone))
    left = [one for one in waiting if one not in gone]
    return to_email(desk, case, left, told=told) if left else desk.tell(told)


def not_marked(desk: Desk) -> list[RequestRecord]:
    """Requests by secure email of which nobody has said yet that they went."""
    return [
        one
        for one in desk.snapshot.requests
        if one.delivery == "email" and one.emailed_at is None and one.state not in ("to_send", "withdrawn")
    ]
