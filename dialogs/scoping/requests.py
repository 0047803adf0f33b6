"""The coordinator's view of a case's requests: how each stands, what waits to be settled, and what can be done about one."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from dialogs.casework.common import case_for
from dialogs.desk import Desk
from dialogs.giving.offer import offered, request_file
from dialogs.reply import Block, Facts, Paragraph, Style
from dialogs.scoping.common import organisation_name
from dialogs.scoping.machine import ANSWERED, WAITS
from dialogs.scoping.noticed import notice_card
from dialogs.scoping.notices import open_notices
from dialogs.scoping.pieces import choice, plain, press, say_card
from dialogs.scoping.plan import how, to_send
from dialogs.scoping.send import not_marked, to_email
from dialogs.turn import Press
from state.clocks import is_overdue
from state.records import CaseRecord
from state.scoping_records import RequestRecord
from templates.days import moment_text

ENTER = "open_request"
"""Opening the request as its organisation does: what came by secure email is entered there by the coordinator."""
PAPERS = ("scoping_letter", "scoping")
"""What goes by secure email."""
MOST = 6
MOST_NOTICES = 6
"""How many things to settle are shown at once; the rest follow when these are settled."""


def requests(desk: Desk, _said: Press | None = None) -> None:
    """Every request of the case in one table, then what waits for the coordinator."""
    case = case_for(desk, "send_requests")
    if case is None:
        return None
    sent = _sent(desk)
    if not sent:
        return desk.tell(desk.words("scoping.none_sent", reference=case.reference))
    _table(desk, case, sent)
    for notice in open_notices(desk)[:MOST_NOTICES]:
        desk.say(notice_card(desk, notice))
    return None


def _sent(desk: Desk) -> list[RequestRecord]:
    return [one for one in desk.snapshot.requests if one.sent_at is not None and one.state != "to_send"]


def _table(desk: Desk, case: CaseRecord, sent: Sequence[RequestRecord]) -> None:
    rows = tuple((organisation_name(desk, one), standing(desk, one)) for one in sent)
    blocks: list[Block] = [plain(desk.words("scoping.requests_help", count=len(sent))), Facts(rows)]
    if waiting := len(open_notices(desk)):
        blocks.append(Paragraph(desk.words("scoping.to_settle", count=waiting), Style.WARNING))
    inputs = (
        choice(desk, "request", desk.words("scoping.which_request"), ((one.id, organisation_name(desk, one)) for one in sent)),
    )
    buttons = [press(desk, "show_request", case.id, primary=True, inputs=True), press(desk, "choose_organisations", case.id)]
    if to_send(desk):
        buttons.append(press(desk, "send_requests", case.id))
    if not_marked(desk):
        buttons.append(press(desk, "show_emails", case.id))
    buttons += [press(desk, name, case.id) for name in ("disagreements", "correct_case")]
    title = desk.words("scoping.requests_title", reference=case.reference)
    say_card(desk, blocks, title=title, inputs=inputs, buttons=buttons)


def standing(desk: Desk, request: RequestRecord) -> str:
    """How one stands, in a line: state, due date, who answered, and what is not done yet."""
    parts = [desk.words(f"scoping.is_{request.state}"), how(desk, request)]
    if request.state in WAITS and request.due is not None:
        late = is_overdue(request.due, desk.turn.at)
        parts.append(desk.words("scoping.was_due" if late else "scoping.is_due", due=moment_text(request.due)))
    if request.state in (*ANSWERED, "accepted", "awaiting_sign_off") and request.author:
        parts.append(desk.words("scoping.answered_by", name=desk.name_of(request.author)))
    if request.delivery == "email" and request.emailed_at is None and request.state in WAITS:
        parts.append(desk.words("scoping.not_marked"))
    return "; ".join(parts)


def show_emails(desk: Desk, _said: Press) -> None:
    """Which requests have still to go by secure email."""
    case = case_for(desk, "send_requests")
    if case is not None and not_marked(desk):
        return to_email(desk, case, not_marked(desk))
    return desk.tell(desk.words("scoping.settled_already")) if case is not None else None


def show_request(desk: Desk, said: Press) -> None:
    """One request, chosen in the table. One that waits to be sent again has nothing to show yet."""
    case = case_for(desk, "send_requests")
    request = next((one for one in _sent(desk) if one.id == said.inputs.get("request", "")), None)
    if case is None:
        return None
    return show_one(desk, request) if request is not None else requests(desk)


def show_one(desk: Desk, request: RequestRecord, *, error: str = "") -> None:
    """Where one request stands, and everything that can be done about it now."""
    rows = [(desk.words("scoping.stands"), standing(desk, request))]
    if request.opened_at is not None:
        rows.append((desk.words("scoping.opened_on"), moment_text(request.opened_at)))
    if request.sent_at is not None:
        rows.append((desk.words("scoping.sent_on"), moment_text(request.sent_at)))
    blocks: list[Block] = [Facts(tuple(rows))]
    if request.reason and request.state in ("sent_back", "withdrawn"):
        blocks.append(plain(desk.words("scoping.reason_given", reason=request.reason)))
    title = desk.words("scoping.request_title", reference=request.reference, organisation=organisation_name(desk, request))
    buttons = [press(desk, name, request.id, primary=n == 0) for n, name in enumerate(can_be_done(request))]
    if request.delivery == "email":
        own = desk.words("buttons.enter_return")
        buttons = [replace(one, label=own, version=request.issue) if one.action == ENTER else one for one in buttons]
        if request.state in WAITS:
            buttons += offered(desk, *(request_file(desk, request, form) for form in PAPERS))[: MOST - len(buttons)]
    say_card(desk, blocks, title=title, buttons=buttons, error=error)


def can_be_done(request: RequestRecord) -> tuple[str, ...]:
    """What the coordinator can do about a request in its state: at most six things."""
    if request.state in WAITS:
        asking = (ENTER,) if request.delivery == "email" else ("post_again",)
        read = ("read_return",) if request.state == "sent_back" and request.returned_at is not None else ()
        return (*asking, *read, "give_time", "involved", "withdraw_request")[:6]
    if request.state in ANSWERED:
        return ("read_return", "accept_return", "send_back", "withdraw_request")
    if request.state == "accepted":
        return ("read_return", "send_back")
    return ("ask_again",) if request.state == "withdrawn" else ()
