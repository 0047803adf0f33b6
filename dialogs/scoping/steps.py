"""Other steps of one request: withdrawing it, asking again, its card once more, and entering a return for an organisation."""

from __future__ import annotations

from msgspec.structs import replace

from dialogs.casework.common import chain, deadline, tell_person
from dialogs.desk import Desk
from dialogs.reply import Reply
from dialogs.scoping.at_hand import request_at_hand, waiting_request
from dialogs.scoping.choose import asking_about, choose_one
from dialogs.scoping.common import keep, organisation_name
from dialogs.scoping.machine import ANSWERED, REQUEST, WAITS
from dialogs.scoping.pieces import LONGEST, done, field, heading, plain, press, say_card, written
from dialogs.scoping.plan import show_plan, to_send
from dialogs.scoping.post import post_card
from dialogs.scoping.send import CLOCK
from dialogs.turn import Press

CAN_GO = (*WAITS, *ANSWERED)


def withdraw_request(desk: Desk, _said: Press, *, error: str = "") -> None:
    """Ask why before a request is withdrawn."""
    found = request_at_hand(desk, CAN_GO)
    if found is None:
        return None
    request = found[1]
    title = desk.words("scoping.request_title", reference=request.reference, organisation=organisation_name(desk, request))
    inputs = (field(desk, "reason", desk.words("scoping.why_withdrawn"), long=True),)
    buttons = (press(desk, "do_withdraw", request.id, primary=True, inputs=True),)
    blocks = (heading(desk.words("scoping.withdraw_heading")), plain(desk.words("scoping.withdraw_help")))
    return say_card(desk, blocks, title=title, inputs=inputs, buttons=buttons, error=error)


def do_withdraw(desk: Desk, said: Press) -> None:
    """The request ends: its card says so, its deadline goes, and whoever was writing is told."""
    found = request_at_hand(desk, CAN_GO)
    if found is None:
        return None
    case, request = found
    reason = written(said.inputs, "reason")
    if not 0 < len(reason) <= LONGEST:
        return withdraw_request(desk, said, error=desk.words("scoping.write_something"))
    state = REQUEST.after(request.state, "withdraw") or request.state
    keep(desk, replace(request, state=state, reason=reason))
    due = deadline(desk, case, CLOCK, request.id)
    if due is not None and due.met is None:
        desk.put(replace(due, met=desk.turn.at))
    desk.note(chain(case), "request_withdrawn", request=request.id, content={"reason": reason})
    news = Reply(text=desk.words("scoping.withdrawn_news", reference=request.reference), preview=desk.words("filling.preview"))
    for person in sorted({request.delegate, request.author, request.senior} - {"", desk.turn.who.id}):
        tell_person(desk, case, person, news)
    done(desk)
    return desk.tell(desk.words("scoping.is_withdrawn_now", organisation=organisation_name(desk, request)))


def ask_again(desk: Desk, _said: Press) -> None:
    """A withdrawn request is chosen once more: vetted, looked at and sent like a new one, as its next issue."""
    found = request_at_hand(desk, ("withdrawn",))
    about = asking_about(desk) if found is not None else None
    if found is None or about is None:
        return None
    (case, request), referral = found, about[1]
    organisation = desk.organisation(request.organisation)
    if organisation is None or organisation.ended_at is not None:
        return desk.tell(desk.words("scoping.organisation_is_ended", name=organisation_name(desk, request)))
    made = choose_one(desk, case, organisation, referral)
    desk.note(chain(case), "organisations_chosen", organisations=organisation.id)
    return show_plan(desk, case, [*to_send(desk), made])


def post_again(desk: Desk, _said: Press) -> None:
    """Post the card once more: it may have scrolled away, or a channel was tied since. From now on the newest one follows."""
    found = waiting_request(desk)
    if found is None:
        return None
    case, request = found
    if not post_card(desk, request):
        return desk.tell(desk.words("scoping.nowhere_to_post", organisation=organisation_name(desk, request)))
    desk.note(chain(case), "request_posted_again", request=request.id)
    return desk.tell(desk.words("scoping.posted_again", organisation=organisation_name(desk, request)))
