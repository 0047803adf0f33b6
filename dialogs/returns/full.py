"""The full return (Document 2): written by several people of one organisation in several sittings, and signed off."""

from __future__ import annotations

from datetime import datetime

from msgspec.structs import replace

from dialogs.desk import Desk
from dialogs.filling.machine import CHECK
from dialogs.filling.talk import arrive
from dialogs.filling.unclear import SOURCE as FILE
from dialogs.filling.windowed import show_check
from dialogs.reply import Card, Paragraph, Reply
from dialogs.returns.common import (
    WRITABLE,
    Said,
    asked,
    belongs,
    due_again,
    go_to,
    into_form,
    of_this_request,
    signers,
    stale,
    tell_one,
    tell_those_who_ask,
)
from dialogs.returns.lacking import lacks
from dialogs.returns.nil import signed_in
from dialogs.returns.opening import NIL_FIRST, keep_acknowledged, show_names
from dialogs.returns.received import has_come, received
from dialogs.returns.sheet import answer, can_show
from dialogs.scoping.cards import request_button
from dialogs.scoping.common import has_opened, keep, organisation_name, step
from dialogs.scoping.machine import REQUEST
from dialogs.turn import OpenWindow, Press, SubmitWindow
from state.access import Access
from state.clocks import add_working_days
from state.scoping_records import RequestRecord
from templates.forms.shape import CHILDREN, Spot

FORM = "scoping"
BY_PEOPLE = frozenset({"typed", "card", "window", "confirmed"})
"""Where answers come from that somebody gave: what was known beforehand begins no return."""
WORKING_DAYS_TO_CORRECT = 2
INVOLVEMENT, SIGNED = "involvement", "signed_off_by"


def begin_return(desk: Desk, said: Said) -> None:
    """Begin the return, or carry on with it: the same button, whoever of the organisation presses it."""
    request = asked(desk, "open_request")
    if request is None or not can_show(desk):
        return
    own = of_this_request(desk, request.draft)
    if request.state not in WRITABLE or own is None or stale(request, said) or not has_opened(desk, request):
        return show_names(desk, request, said)
    keep_acknowledged(desk, request, said)
    offer_known(desk, author=belongs(desk, request))
    return into_form(desk, begins=not any(one.source in (*BY_PEOPLE, FILE) for one in desk.answers.values()))


def offer_known(desk: Desk, *, author: bool) -> None:
    """What the referral says of the child is offered, to be checked against their records; and who speaks, as its author."""
    for path, known in list(desk.answers.items()):
        if path.startswith(f"{CHILDREN}.") and (known.state, known.source) == ("given", "referral"):
            desk.keep_answer(path, "offered", known.value, source=known.source)
    if author:
        offer_author(desk)


def offer_author(desk: Desk) -> None:
    """Who speaks, as the author of the return, where nobody has said otherwise."""
    person = signed_in(desk)
    for path, part, source in (("prepared_by_name", "name", "sign-in"), ("prepared_by_role", "role", "directory")):
        if part in person and path not in desk.answers:
            desk.keep_answer(path, "offered", person[part], source=source)


def may_change(desk: Desk) -> bool:
    """Whoever answers for the organisation, while it is still to be written."""
    return refusal(desk) == ""


def refusal(desk: Desk) -> str:
    """Why the return cannot be changed now, or nothing."""
    request = desk.snapshot.request
    if request is None or request.draft != desk.at_hand.id or desk.may_request("open_request", request) is not Access.YES:
        return "access.not_this_request"
    if request.state == "withdrawn":
        return "returns.withdrawn"
    if request.state not in WRITABLE:
        return "returns.waits_for_sign_off" if request.state == "awaiting_sign_off" else "returns.answered_already"
    return "" if desk.unseen else "returns.only_one_to_one"


def written(desk: Desk) -> None:
    """The first answer that somebody gives begins the return; "nobody is known" leads to the nil return."""
    request = desk.snapshot.request
    given = [one for one in desk.written() if one.source in BY_PEOPLE]
    if request is None or request.draft != desk.at_hand.id or not given:
        return
    if request.state in ("sent", "opened", "sent_back"):
        step(desk, request, "draft")
    said = isinstance(desk.turn.said, OpenWindow | SubmitWindow)
    if not said and any(one.path == INVOLVEMENT and one.value == "not_known" for one in given):
        button = request_button(desk, "not_known_to_us", request, primary=True)
        card = Card(blocks=(Paragraph(desk.words("returns.nil_is_enough")),), buttons=(button,))
        desk.say(Reply(card=card, preview=desk.words("filling.preview")))


def submit(desk: Desk, press: Press) -> None:
    """Send it: to whoever signs it off, or straight on where the form names the senior who has."""
    request = desk.snapshot.request
    if request is None:
        return None
    if not has_opened(desk, request):
        return show_names(desk, request, press, note=desk.words("returns.look_again"))
    filled = desk.filled()
    if filled.missing():
        in_window = isinstance(desk.turn.said, OpenWindow | SubmitWindow)
        return show_check(desk) if in_window else arrive(desk, Spot(CHECK), echoes=(desk.words("filling.not_yet"),))
    if filled.value(INVOLVEMENT) == "not_known":
        return show_names(desk, request, press, ways=NIL_FIRST, note=desk.words("returns.nil_is_enough"))
    if left := lacks(desk):
        return go_to(desk, left[0].spot, left[0].text)
    others = signers(desk, request) if belongs(desk, request) else []
    return _ask(desk, request, others) if others else _signed_outside(desk, request)


def _drafting(request: RequestRecord) -> RequestRecord:
    """A return that was sent back and is sent again unchanged was taken up, too."""
    return replace(request, state=REQUEST.after(request.state, "draft") or request.state)


def _ask(desk: Desk, request: RequestRecord, others: list[str]) -> None:
    """Somebody else of the organisation signs it off: they are asked one to one, and by the card in the channel."""
    sent = step(desk, _drafting(request), "submit", author=desk.turn.who.id, reason="")
    if sent is None:
        return desk.tell(desk.words("returns.answered_already"))
    desk.note(f"case:{request.case}", "return_to_sign", request=request.id)
    values = {"reference": request.reference, "name": desk.name_of(desk.turn.who.id)}
    reached = [one for one in others if tell_one(desk, sent, one, desk.words("returns.please_sign", **values), "sign_off")]
    named = ", ".join(desk.name_of(one) for one in others)
    key = "returns.waits_for" if reached else "returns.waits_for_unreached"
    desk.stand_at("", "")
    return desk.tell(desk.words(key, names=named))


def _signed_outside(desk: Desk, request: RequestRecord) -> None:
    """Nobody else can sign here: the form must name the senior who did, and it is never the author."""
    named = desk.filled().value(SIGNED)
    name = str(named.get("name", "")) if isinstance(named, dict) else ""
    if not name:
        return go_to(desk, Spot(SIGNED), desk.words("returns.name_who_signed"))
    if _same(name, desk.turn.who.name) or _same(name, str(desk.filled().value("prepared_by_name") or "")):
        return go_to(desk, Spot(SIGNED), desk.words("returns.not_its_author"))
    sent = step(desk, _drafting(request), "submit_signed", author=desk.turn.who.id, **has_come(desk, request))
    if sent is None:
        return desk.tell(desk.words("returns.answered_already"))
    received(desk, sent)
    desk.stand_at("", "")
    values = {"reference": request.reference, "organisation": organisation_name(desk, request)}
    return desk.tell(desk.words("returns.thanks", **values))


def _same(one: str, other: str) -> bool:
    return bool(other) and " ".join(one.casefold().split()) == " ".join(other.casefold().split())


def correct_return(desk: Desk, said: Said) -> None:
    """Take a return that was sent up again. What was sent stays as it was, and so does its document."""
    request = asked(desk, "open_request")
    if request is None or not can_show(desk):
        return
    again = REQUEST.after(request.state, "correct")
    if again is None:
        return show_names(desk, request, said)
    desk.note(f"case:{request.case}", "return_reopened", request=request.id, version=str(request.returns))
    due = _due_once_more(desk, request)
    due_again(desk, request, due)
    reopened = keep(desk, replace(request, state=again, nil="", due=due))
    return show_names(desk, reopened, None, note=desk.words("returns.reopened"))


def _due_once_more(desk: Desk, request: RequestRecord) -> datetime:
    """A return that is written again has its old date, or two working days where that is too near or has passed."""
    soonest = add_working_days(desk.turn.at, WORKING_DAYS_TO_CORRECT, desk.kit.profile.clocks)
    return max(request.due or soonest, soonest)


def still_stands(desk: Desk, _said: Said) -> None:
    """Names were changed after the return: its author says that it still stands."""
    request = asked(desk, "open_request")
    if request is None:
        return None
    if request.confirm:
        keep(desk, replace(request, confirm=False))
        desk.note(f"case:{request.case}", "return_stands", request=request.id, issue=str(request.issue))
        tell_those_who_ask(desk, request, "returns.told_stands")
    return answer(desk, desk.words("returns.stands"))
