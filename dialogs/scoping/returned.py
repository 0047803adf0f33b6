"""A return that came: read page by page, accepted, or sent back with a question."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from msgspec.structs import replace

from dialogs.casework.common import case_for, chain, deadline, tell_person
from dialogs.desk import Desk
from dialogs.filling.check import LINES_A_CARD, blocks, lines, long_answers
from dialogs.giving.offer import offered, request_file
from dialogs.reply import Block, Button, Card, Paragraph, Reply
from dialogs.scoping.at_hand import request_at_hand
from dialogs.scoping.cards import request_button
from dialogs.scoping.common import card_name, card_places, organisation_name, step
from dialogs.scoping.machine import ANSWERED
from dialogs.scoping.pieces import LONGEST, done, field, heading, press, say_card, written
from dialogs.scoping.send import CLOCK
from dialogs.scoping.time import read_day
from dialogs.turn import Press
from state.access import Access
from state.clocks import add_working_days
from state.records import CaseRecord
from state.scoping_records import RequestRecord
from state.snapshot import Written
from state.values import LONDON, london_day
from templates.days import day_text, moment_text

READABLE = (*ANSWERED, "accepted", "sent_back")
PART = 3_000
"""Characters of a long answer that stand together."""
ANSWER_WITHIN = 2
"""Working days that are proposed for answering a question about a return."""


def read_return(desk: Desk, said: Press) -> None:
    """Read a return, a page at a time; reading is recorded. Only what was handed in is shown, never a draft at work."""
    case, request = case_for(desk, "send_requests"), desk.snapshot.request
    if case is None or request is None:
        return None
    kept = handed_in(desk, request)
    if kept is None or desk.may_request("read_return", request) is not Access.YES:
        return desk.tell(desk.words("scoping.nothing_to_read"))
    desk.take_up(kept)
    pages = _pages(desk)
    number = next((one for one in range(len(pages)) if str(one) == said.at), 0)
    desk.note(chain(case), "return_read", request=request.id, returns=str(request.returns), page=str(number + 1))
    return _show(desk, request, pages, number)


def handed_in(desk: Desk, request: RequestRecord) -> Written | None:
    """The draft of what the organisation handed in: the nil return where there is one, else the full return."""
    if request.returned_at is None or request.state not in READABLE:
        return None
    wanted = request.nil or request.draft
    return next((one for one in desk.snapshot.written if one.draft.id == wanted), None)


def _pages(desk: Desk) -> list[list[Block]]:
    everything = lines(desk)
    made = [blocks(everything[start : start + LINES_A_CARD]) for start in range(0, len(everything), LINES_A_CARD)]
    for label, text in long_answers(desk):
        parts = [text[start : start + PART] for start in range(0, len(text), PART)]
        made += [[Paragraph(label), Paragraph(part)] for part in parts]
    return [list(page) for page in made]


def _show(desk: Desk, request: RequestRecord, pages: Sequence[Sequence[Block]], number: int) -> None:
    title = desk.words("scoping.read_title", reference=request.reference, organisation=organisation_name(desk, request))
    where = Paragraph(desk.words("scoping.page", number=number + 1, count=len(pages)))
    shown = (where, *pages[number])
    on = [press(desk, "read_return", request.id, at=str(number + 1))] if number + 1 < len(pages) else []
    copy = offered(desk, request_file(desk, request, "nil_return" if request.nil else "scoping_return"))
    return say_card(desk, shown, title=title, buttons=(*on, *_after(desk, request), *copy))


def _after(desk: Desk, request: RequestRecord) -> tuple[Button, ...]:
    names = ("accept_return", "send_back") if request.state in ANSWERED else ()
    return tuple(press(desk, name, request.id) for name in names)


def accept_return(desk: Desk, _said: Press) -> None:
    """The return is taken as it is."""
    found = request_at_hand(desk, ANSWERED)
    if found is None:
        return None
    case, request = found
    step(desk, request, "accept")
    desk.note(chain(case), "return_accepted", request=request.id, returns=str(request.returns))
    done(desk)
    return desk.tell(desk.words("scoping.accepted", organisation=organisation_name(desk, request)))


def send_back(desk: Desk, said: Press, *, error: str = "") -> None:
    """Ask what is to be answered or mended, and until when."""
    found = request_at_hand(desk, (*ANSWERED, "accepted", "awaiting_sign_off"))
    if found is None:
        return None
    request = found[1]
    day = day_text(london_day(add_working_days(desk.turn.at, ANSWER_WITHIN, desk.kit.profile.clocks)))
    inputs = (
        field(desk, "question", desk.words("scoping.question_back"), value=said.inputs.get("question", ""), long=True),
        field(desk, "until", desk.words("scoping.answer_until"), value=said.inputs.get("until", day)),
    )
    title = desk.words("scoping.request_title", reference=request.reference, organisation=organisation_name(desk, request))
    buttons = (press(desk, "keep_send_back", request.id, primary=True, inputs=True),)
    return say_card(
        desk, (heading(desk.words("scoping.send_back_heading")),), title=title, inputs=inputs, buttons=buttons, error=error
    )


def keep_send_back(desk: Desk, said: Press) -> None:
    """The return goes back with the question: its card says so, its form is open again, and it is outstanding."""
    found = request_at_hand(desk, (*ANSWERED, "accepted", "awaiting_sign_off"))
    if found is None:
        return None
    case, request = found
    question, day = written(said.inputs, "question"), read_day(desk, said.inputs.get("until", ""))
    if isinstance(day, str) or not 0 < len(question) <= LONGEST:
        error = day if isinstance(day, str) else desk.words("scoping.write_something")
        return send_back(desk, said, error=error)
    falls = datetime.combine(day, desk.kit.profile.clocks.due_at, LONDON)
    kept = handed_in(desk, request)
    if kept is not None and kept.draft.status != "open":
        desk.put(replace(kept.draft, status="open", touched_at=desk.turn.at))
    before = deadline(desk, case, CLOCK, request.id)
    if before is not None:
        desk.put(replace(before, met=None, due=falls))
    back = step(desk, request, "send_back", reason=question, due=falls)
    desk.note(chain(case), "return_sent_back", request=request.id, content={"question": question})
    if back is not None:
        _announce(desk, case, back, moment_text(falls))
    done(desk)
    return desk.tell(desk.words("scoping.is_back", organisation=organisation_name(desk, request)))


def _announce(desk: Desk, case: CaseRecord, request: RequestRecord, due: str) -> None:
    """A card that is updated calls nobody: its author is told one to one; where that cannot be, it is said under the card."""
    text, preview = desk.words("scoping.came_back", reference=request.reference, due=due), desk.words("filling.preview")
    opens = request_button(desk, "open_request", request, primary=True)
    told = Reply(card=Card(blocks=(Paragraph(text),), buttons=(opens,)), preview=preview)
    if _still_theirs(desk, request.author) and tell_person(desk, case, request.author, told):
        return
    for place in card_places(desk, request):
        desk.follow(place, Reply(text=text, preview=preview), case=case.id, card=card_name(request))


def _still_theirs(desk: Desk, author: str) -> bool:
    """Whether the author can be told: somebody else than who asks, and not taken out of the case since."""
    out = {one.person for one in desk.snapshot.case_people if one.relation == "excluded"}
    return author not in ("", desk.turn.who.id, *out)
