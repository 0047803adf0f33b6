"""A request is issued again once what it says of the family was corrected: nobody may rely on a search under a wrong name."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from msgspec.structs import replace

from dialogs.casework.common import chain
from dialogs.desk import Desk
from dialogs.filling.asking import shown
from dialogs.reply import Card, Paragraph, Reply
from dialogs.returns.common import document, due_again, of_this_request, tell_one
from dialogs.scoping.cards import request_button
from dialogs.scoping.common import card_name, card_places, keep
from dialogs.scoping.machine import ASKED, REQUEST, WAITS
from dialogs.scoping.told import addresses, names, prefilled
from state.clocks import due
from state.records import CaseRecord
from state.scoping_records import RequestRecord
from state.values import london_day
from templates.forms.filled import Filled

NEVER_SENT = ("to_send", "withdrawn")
ISSUED_BY = "referral"
"""The source of what section 1 was filled in with: as long as it is still that, it follows the referral."""


def reissue(desk: Desk, case: CaseRecord, before: Filled, after: Filled, changed: Collection[str]) -> int:
    """Issue every request again that these paths of the referral concern. Says how many there were."""
    concerned = [one for one in desk.snapshot.requests if _told_of(one, changed)]
    issued = [one for one in concerned if one.state not in NEVER_SENT]
    for request in concerned:
        _prefill(desk, request, after)
    for request in issued:
        _again(desk, case, request, _news(desk, request, before, after, changed))
    return len(issued)


def _told_of(request: RequestRecord, changed: Collection[str]) -> bool:
    """Whether an organisation is told any of this: what is withheld from it concerns it neither."""
    return any(not {path, path.rsplit(".", 1)[0]} & set(request.withheld) for path in changed)


def _news(desk: Desk, request: RequestRecord, before: Filled, after: Filled, changed: Collection[str]) -> tuple[str, ...]:
    """What is to be searched under that was not there before."""
    today = london_day(desk.turn.at)
    old = {text for _, text in names(before, today, request.withheld)}
    found = [text for _, text in names(after, today, request.withheld) if text not in old]
    lived = {text for _, text, _ in addresses(before, today, request.withheld)}
    found += [text for _, text, _ in addresses(after, today, request.withheld) if text not in lived]
    born = [path for path in changed if path.endswith(".date_of_birth") and _told_of(request, [path])]
    return (*found, *(_born(desk, after, path) for path in born))


def _born(desk: Desk, after: Filled, path: str) -> str:
    found, answer = after.shape.find(path), after.answers[path]
    name = after.value(f"{path.rsplit('.', 1)[0]}.name")
    day = shown(answer, found[1], after, desk.kit, london_day(desk.turn.at)) if found else ""
    return desk.words("returns.born", name=name or "", day=day)


def _again(desk: Desk, case: CaseRecord, request: RequestRecord, news: Sequence[str]) -> None:
    """The next issue of one request: its state, its date, its documents, its card and a line under it."""
    nil = request.state == "nil_return" or (request.state == "accepted" and bool(request.nil))
    state = (
        (REQUEST.after(request.state, "search_again") or request.state) if nil or request.state in ASKED[:2] else request.state
    )
    waits = state in WAITS
    falls_due = due("scoping_return", desk.turn.at, desk.kit.profile.clocks).instant
    unread = request.changed if request.state == "sent" else ()
    issued = replace(
        request,
        state=state,
        issue=request.issue + 1,
        nil="",
        due=falls_due if waits else request.due,
        returned_at=None if nil else request.returned_at,
        emailed_at=None,
        emailed_by="",
        confirm=state in ("awaiting_sign_off", "returned", "accepted"),
        changed=tuple(dict.fromkeys((*unread, *news))),
    )
    keep(desk, issued)
    if waits:
        due_again(desk, issued, falls_due)
    desk.note(chain(case), "request_reissued", request=request.id, issue=str(issued.issue))
    document(desk, issued, "scoping_letter", issued.draft)
    document(desk, issued, "scoping", issued.draft, version=0)
    _say(desk, issued)


def _say(desk: Desk, request: RequestRecord) -> None:
    """In the thread of the card, by reference only; to the author of a return, whether it still stands."""
    values = {"reference": request.reference, "issue": request.issue}
    opens = (request_button(desk, "open_request", request, primary=True),)
    said = Card(blocks=(Paragraph(desk.words("returns.issued_again", **values)),), buttons=opens)
    line = Reply(card=said, preview=desk.words("filling.preview"))
    for place in card_places(desk, request):
        desk.follow(place, line, case=request.case, card=card_name(request))
    if request.confirm and request.author:
        text = desk.words("returns.does_it_stand", reference=request.reference)
        tell_one(desk, request, request.author, text, "open_request", "still_stands", "correct_return")


def _prefill(desk: Desk, request: RequestRecord, after: Filled) -> None:
    """Section 1 as it would be sent now, wherever nobody of the organisation has answered."""
    own = of_this_request(desk, request.draft)
    if own is None:
        return
    desk.take_up(own)
    for path, (state, value) in prefilled(after, london_day(desk.turn.at), desk.kit, request.withheld).items():
        known = own.answers.get(path)
        if known is None or (known.source == ISSUED_BY and known.value != value):
            desk.keep_answer(path, state, value, source=ISSUED_BY)
