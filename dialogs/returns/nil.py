"""The nil return: which names were searched in which records, by whom, when. Said by a person, never inferred from silence."""

from __future__ import annotations

from collections import defaultdict

from msgspec.structs import replace

from dialogs.casework.common import begin_draft
from dialogs.desk import Desk
from dialogs.filling.machine import CHECK
from dialogs.filling.talk import arrive
from dialogs.filling.windowed import show_check
from dialogs.giving.offer import request_file, tell_with_files
from dialogs.reply import Card, Paragraph, Reply
from dialogs.returns.common import (
    WRITABLE,
    Said,
    asked,
    case_of,
    document,
    go_to,
    into_form,
    met,
    of_this_request,
    stale,
    tell_those_who_ask,
)
from dialogs.returns.opening import NIL_FIRST, keep_acknowledged, show_names
from dialogs.returns.sheet import can_show
from dialogs.scoping.cards import request_button
from dialogs.scoping.common import has_opened, organisation_name, referral_of, step
from dialogs.scoping.told import names
from dialogs.turn import OpenWindow, Press, SubmitWindow
from state.access import Access
from state.scoping_records import RequestRecord
from state.values import JSON, london_day
from templates.forms.filled import ANSWERED as KEPT
from templates.forms.shape import Spot

FORM = "nil_return"
SEARCHED = ("names_checked", "records_searched")


def begin_nil(desk: Desk, said: Said) -> None:
    """From the names to the questions. Were they of an earlier issue, the names come again."""
    request = asked(desk, "answer_nil_return")
    if request is None or not can_show(desk):
        return
    if request.state not in WRITABLE or stale(request, said) or not has_opened(desk, request):
        return show_names(desk, request, said, ways=NIL_FIRST)
    keep_acknowledged(desk, request, said)
    known = of_this_request(desk, request.nil)
    if known is not None:
        desk.take_up(known)
    else:
        _new(desk, request)
    return into_form(desk, begins=known is None)


def _new(desk: Desk, request: RequestRecord) -> None:
    """A nil return of this issue: the names it can tick are those that this organisation was told."""
    draft = begin_draft(desk, FORM, f"request:{request.id}", case_of(desk), about=request.agency)
    desk.put(replace(request, nil=draft.id))
    for path, name in _told(desk, request).items():
        desk.keep_answer(f"{path}.name", "given", name, source="referral")
    # They pressed "we do not know them" with all these names before them: both are offered, to be confirmed or put right.
    desk.keep_answer("not_known", "offered", "yes", source="request")
    desk.keep_answer("names_checked", "offered", list(_told(desk, request)), source="referral")
    desk.keep_answer("confirmed_by", "offered", signed_in(desk), source="sign-in")


def _told(desk: Desk, request: RequestRecord) -> dict[str, str]:
    """Each person with all their names, by their place in the referral."""
    referral = referral_of(desk)
    found: dict[str, list[str]] = defaultdict(list)
    if referral is not None:
        for path, name in names(referral, london_day(desk.turn.at), request.withheld):
            found[path.rsplit(".", 1)[0]].append(name)
    return {path: "; ".join(texts) for path, texts in found.items()}


def signed_in(desk: Desk) -> dict[str, JSON]:
    """Who speaks, as an answer that names a person."""
    person = desk.snapshot.person
    parts = {"name": desk.turn.who.name or desk.turn.who.id, "role": person.job if person else "", "email": desk.turn.who.email}
    return {name: text for name, text in parts.items() if text}


def may_change(desk: Desk) -> bool:
    """Whoever answers for the organisation, while this nil return is the one of the present issue."""
    return refusal(desk) == ""


def refusal(desk: Desk) -> str:
    """Why this nil return cannot be changed now, or nothing."""
    request = desk.snapshot.request
    if request is None or desk.may_request("answer_nil_return", request) is not Access.YES:
        return "access.not_this_request"
    if request.state == "withdrawn":
        return "returns.withdrawn"
    if request.nil != desk.at_hand.id:
        return "returns.nil_replaced"
    if request.state not in WRITABLE:
        return "returns.answered_already"
    return "" if desk.unseen else "returns.only_one_to_one"


def submit(desk: Desk, _press: Press) -> None:
    """Confirm it in writing. Only somebody who has opened the names of this very issue may."""
    request = desk.snapshot.request
    if request is None:
        return
    in_window = isinstance(desk.turn.said, OpenWindow | SubmitWindow)
    if not has_opened(desk, request):
        return _refused(desk, request, "returns.open_names_first", "not_known_to_us")
    if desk.filled().missing():
        return show_check(desk) if in_window else arrive(desk, Spot(CHECK), echoes=(desk.words("filling.not_yet"),))
    if desk.filled().value("not_known") == "no":
        return _refused(desk, request, "returns.somebody_known", "open_request")
    for name in SEARCHED:
        if desk.filled().status(name) not in KEPT:
            return go_to(desk, Spot(name), desk.words(f"returns.{name}_needed"))
    return _confirmed(desk, request)


def _refused(desk: Desk, request: RequestRecord, key: str, action: str) -> None:
    """Say why not, with the button that leads on; a window can only close."""
    desk.note("partnership", "refused", action="nil_return")
    if isinstance(desk.turn.said, OpenWindow | SubmitWindow):
        return desk.tell(desk.words(key))
    card = Card(blocks=(Paragraph(desk.words(key)),), buttons=(request_button(desk, action, request, primary=True),))
    return desk.say(Reply(card=card, preview=desk.words("filling.preview")))


def _confirmed(desk: Desk, request: RequestRecord) -> None:
    done = step(desk, request, "nil", author=desk.turn.who.id, returned_at=desk.turn.at, confirm=False, reason="")
    if done is None:
        return desk.tell(desk.words("returns.answered_already"))
    desk.note(f"case:{request.case}", "nil_return", request=request.id, issue=str(request.issue))
    met(desk, done)
    document(desk, done, FORM, desk.at_hand.id, version=done.issue)
    desk.stand_at("", "")
    tell_those_who_ask(desk, done, "returns.told_nil")
    values = {"reference": request.reference, "organisation": organisation_name(desk, request)}
    return tell_with_files(desk, desk.words("returns.nil_thanks", **values), request_file(desk, done, FORM))
