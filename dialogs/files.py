"""A form that was filled in in Word and dropped here: read back by its tags, shown for checking. Nothing is sent by itself."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from dialogs.desk import Desk
from dialogs.filling.accept import accept
from dialogs.filling.asking import editable
from dialogs.filling.machine import CHECK
from dialogs.filling.pages import Asked, Page
from dialogs.filling.talk import arrive
from dialogs.referral.begin import new_draft, refuse
from dialogs.reply import Card, Paragraph, Reply
from dialogs.returns.common import WRITABLE, belongs, of_this_request
from dialogs.returns.full import offer_author
from dialogs.scoping.cards import request_button
from dialogs.scoping.common import note_opening, organisation_name, step
from dialogs.turn import Dropped
from state.access import Access
from state.scoping_records import RequestRecord
from state.values import london_day
from templates.forms.shape import NEVER_ASKED, Spot

REFERRAL, SCOPING = "referral", "scoping"
SOURCE = "file"
ITS_CASE, ITS_ISSUE, ITS_ORGANISATION = "document.reference", "document.issue", f"{SCOPING}.agency"
LEAST_NAMED = 6
"""Of the answers that were not read, so many are named."""
TICKED = "yes"


def dropped(desk: Desk, said: Dropped) -> None:
    """Read it into the form that it is, or say plainly why not."""
    if said.problem:
        return _say(desk, desk.words(f"files.{said.problem}"))
    if said.form == REFERRAL:
        return _referral(desk, said)
    if said.form == SCOPING:
        return _return(desk, said)
    return _say(desk, desk.words("files.not_to_fill" if said.form else "files.no_form"))


def _say(desk: Desk, text: str) -> None:
    desk.say(Reply(text=text, preview=desk.words("filling.preview")))


def _referral(desk: Desk, said: Dropped) -> None:
    """A filled-in Document 1a becomes a referral that is entered for its sender, or is the sender's own."""
    on_behalf = desk.may("enter_on_behalf") is Access.YES
    if not on_behalf and desk.may("raise_referral") is not Access.YES:
        return refuse(desk)
    if not desk.private:
        return _say(desk, desk.words("files.one_to_one"))
    new_draft(desk, on_behalf=on_behalf)
    desk.note(f"draft:{desk.at_hand.id}", "file_read", digest=said.digest)
    echoes = _read(desk, said)
    desk.stand_at(desk.at_hand.id, CHECK)
    return arrive(desk, Spot(CHECK), echoes=echoes)


def _return(desk: Desk, said: Dropped) -> None:
    """A filled-in Document 2 goes into the return of this person's organisation."""
    request = _asked(desk, said)
    own = of_this_request(desk, request.draft) if request is not None else None
    if request is None or own is None:
        desk.note("partnership", "refused", action="file")
        return _say(desk, desk.words("files.no_request"))
    if request.state not in WRITABLE:
        return _say(desk, desk.words("returns.answered_already"))
    note_opening(desk, request)
    taken_up = step(desk, request, "draft", opened_at=request.opened_at or desk.turn.at) or request
    desk.take_up(own)
    desk.note(f"case:{request.case}", "file_read", request=request.id, digest=said.digest)
    echoes = (*_older(desk, said, request), *_read(desk, said))
    if belongs(desk, request):
        offer_author(desk)
    if desk.private:
        return arrive(desk, Spot(CHECK), echoes=echoes)
    return _in_the_channel(desk, taken_up, echoes[-1] if len(echoes) == 1 else echoes[0])


def _asked(desk: Desk, said: Dropped) -> RequestRecord | None:
    """The request that this person answers. Who answers several is taken at the word of the form: it names its organisation."""
    mine = [one for one in desk.snapshot.requests if desk.may_request("open_request", one) is Access.YES]
    named = said.tags.get(ITS_ORGANISATION, "").strip().casefold()
    own = [one for one in mine if organisation_name(desk, one).casefold() == named]
    return next(iter(own if named else mine if len(mine) == 1 else ()), None)


def _older(desk: Desk, said: Dropped, request: RequestRecord) -> tuple[str, ...]:
    """Names may have been corrected since the form was sent out."""
    number = re.match(r"[0-9]{1,6}", said.tags.get(ITS_ISSUE, ""))
    older = number is not None and int(number[0]) < request.issue
    return (desk.words("files.older_issue"),) if older else ()


def _in_the_channel(desk: Desk, request: RequestRecord, text: str) -> None:
    """How many answers were read is all that may be said there; they are checked in a window."""
    card = Card(blocks=(Paragraph(text),), buttons=(request_button(desk, "open_request", request, primary=True),))
    desk.say(Reply(card=card, preview=desk.words("filling.preview")))


def _read(desk: Desk, said: Dropped) -> tuple[str, ...]:
    """Keep what can be read of the form at hand, and say how much that was and what was not clear."""
    inputs = dict(_inputs(desk, said.tags))
    unclear: list[str] = []
    count = 0
    for page, own in _pages(desk, inputs):
        taken = accept(desk, page, own, source=SOURCE)
        labels = {one.path: one.label for one in page.asked}
        unclear += [labels[path] for path in taken.errors if path in labels]
        count += sum(1 for path in own if path not in taken.errors)
    _settle_rows(desk, inputs)
    head = desk.words("files.read", count=count, unclear=len(unclear))
    named = ", ".join(dict.fromkeys(unclear[:LEAST_NAMED]))
    return (head, desk.words("files.unclear", labels=named)) if unclear else (head,)


def _inputs(desk: Desk, tags: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """What the document says for the questions of the form at hand, where nobody has given another answer yet."""
    form = f"{desk.at_hand.form}."
    for tag, text in _texts(desk, {tag.removeprefix(form): text for tag, text in tags.items() if tag.startswith(form)}):
        found = desk.filled().shape.find(tag)
        if text.strip() and found is not None and found[1].kind not in NEVER_ASKED and _is_new(desk, tag, text):
            yield tag, text


def _texts(desk: Desk, tags: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Each tag with its text. A box that is ticked is the option that its tag ends in."""
    for tag, text in tags.items():
        above, _, option = tag.rpartition(".")
        if desk.filled().shape.find(tag) is None and text == TICKED:
            yield above, option
        else:
            yield tag, text


def _is_new(desk: Desk, path: str, text: str) -> bool:
    """Whether it says more than what is there. What somebody answered here already is left as it is."""
    known = desk.answers.get(path)
    if known is None or known.state == "offered":
        return True
    found = desk.filled().shape.find(path)
    if known.source not in (REFERRAL, SOURCE) or found is None:
        return False
    there = editable(known, found[1], desk.filled(), desk.kit, london_day(desk.turn.at))
    return bool(there) and not text.casefold().startswith(there.casefold())


def _pages(desk: Desk, inputs: Mapping[str, str]) -> Iterator[tuple[Page, dict[str, str]]]:
    """A page for each row, and one for each other question: one that is not clear keeps nobody from the next."""
    for path in inputs:
        found = desk.filled().shape.find(path)
        if found is None:
            continue
        spot, question = found
        yield Page(spot=spot, asked=(Asked(path, question),)), {path: inputs[path]}


def _settle_rows(desk: Desk, inputs: Mapping[str, str]) -> None:
    """A list of which the document has rows is answered."""
    shape = desk.filled().shape
    states = {path.split(".")[0] for path in inputs if len(path.split(".")) == 3}
    for state in sorted(states):
        placed = shape.by_state.get(state)
        if placed is not None and placed.is_rows and desk.filled().status(state) != "given":
            desk.keep_answer(state, "given", "rows", source=SOURCE)


def reference_of(said: Dropped) -> str:
    """The case that a document says it is about, or else its file's name: ours are named by reference."""
    for text in (said.tags.get(ITS_CASE, ""), said.name):
        if match := re.search(r"[A-Z]{2,6}-\d{4}-\d{4}", text):
            return match[0]
    return ""
