"""A further question of the rapid review to an organisation, in the thread of its request, and the answer to it.

In the channel stands a reference only. The question itself is read in a window, or one to one, by who may open the request.
"""

from __future__ import annotations

from collections.abc import Mapping

from msgspec.structs import replace

from dialogs.casework.common import case_for, chain, tell_coordinators
from dialogs.desk import Desk
from dialogs.reply import Block, Button, Card, Choice, Input, InputKind, Paragraph, Reply, Style
from dialogs.review.common import Asked, answered, inputs_of, is_sent, send_button, show
from dialogs.review.further import further_questions
from dialogs.review.overview import sources
from dialogs.scoping.common import card_name, card_places, organisation_name, request_for
from dialogs.turn import Press, SubmitWindow
from state.access import Access
from state.records import CaseRecord
from state.scoping_records import FurtherRecord, RequestRecord

EMAIL = "email"


def ask_organisation(desk: Desk, _said: Asked | None = None) -> None:
    """Ask which organisation, and what."""
    case = case_for(desk, "run_meeting")
    if case is None:
        return
    if is_sent(desk) or not sources(desk).asked:
        return desk.tell(desk.words("review.nobody_to_ask"))
    return _ask(desk, case, {})


def _ask(desk: Desk, case: CaseRecord, typed: Mapping[str, str]) -> None:
    have = sources(desk)
    choices = tuple(Choice(one.id, have.organisation(one)) for one in have.asked)
    needed = desk.words("review.needed")
    inputs = (
        Input(
            id="request",
            label=desk.words("review.which_organisation"),
            kind=InputKind.CHOICE,
            choices=choices,
            value=typed.get("request", ""),
            required=True,
            required_error=needed,
            error=needed if typed and not typed.get("request") else "",
        ),
        Input(
            id="question",
            label=desk.words("review.which_question"),
            kind=InputKind.LONG_TEXT,
            value=typed.get("question", ""),
            required=True,
            required_error=needed,
            error=needed if typed and not typed.get("question", "").strip() else "",
        ),
    )
    blocks = (Paragraph(desk.words("review.question_help"), Style.QUIET),)
    show(desk, desk.words("review.question_title"), blocks, inputs, send_button(desk, "send_further", case.id))


def send_further(desk: Desk, said: Press | SubmitWindow) -> None:
    """Put the question: it is kept, and the thread of the request says that there is one."""
    case = case_for(desk, "run_meeting")
    if case is None:
        return
    inputs = inputs_of(said)
    request = next((one for one in sources(desk).asked if one.id == inputs.get("request")), None)
    text = inputs.get("question", "").strip()
    if request is None or not text:
        return _ask(desk, case, {"request": "", **inputs})
    desk.put(
        FurtherRecord(
            id=desk.turn.fresh("further"),
            case=case.id,
            request=request.id,
            question=text,
            asked_by=desk.turn.who.id,
            asked_at=desk.turn.at,
        )
    )
    desk.note(chain(case), "further_question", request=request.id)
    name = organisation_name(desk, request)
    if not follow_request(desk, request, _asked(desk, request)):
        _by_email(desk, case, request, name)
    key = "review.question_by_email" if request.delivery == EMAIL else "review.question_sent"
    return answered(desk, desk.words(key, organisation=name))


def follow_request(desk: Desk, request: RequestRecord, reply: Reply) -> bool:
    """Say something in the thread of a request's card. False where the organisation has none: it is asked by e-mail."""
    places = card_places(desk, request)
    for place in places:
        desk.follow(place, reply, case=request.case, card=card_name(request))
    return bool(places)


def _asked(desk: Desk, request: RequestRecord) -> Reply:
    text = Paragraph(desk.words("review.question_waits", reference=request.reference))
    card = Card(blocks=(text,), buttons=(question_button(desk, request),))
    return Reply(card=card, preview=desk.words("scoping.preview", reference=request.reference))


def _by_email(desk: Desk, case: CaseRecord, request: RequestRecord, name: str) -> None:
    """The coordinators send it, and enter the answer when it comes."""
    text = Paragraph(desk.words("review.send_question_yourself", reference=case.reference, organisation=name))
    card = Card(blocks=(text,), buttons=(question_button(desk, request),))
    tell_coordinators(desk, case, Reply(card=card, preview=desk.words("scoping.preview", reference=case.reference)))


def question_button(desk: Desk, request: RequestRecord) -> Button:
    """The button that opens the further questions of a request."""
    return Button(
        action="further_questions",
        label=desk.words("buttons.further_questions"),
        target=request.id,
        window=True,
        press_too=True,
        primary=True,
    )


def _request(desk: Desk) -> RequestRecord | None:
    """The request, for its organisation; for one that is asked by e-mail, for the coordinator too."""
    request, case = desk.snapshot.request, desk.snapshot.case
    by_hand = request is not None and request.delivery == EMAIL and case is not None
    if by_hand and desk.may("run_meeting", case=case) is Access.YES:
        return request
    return request_for(desk, "open_request")


def open_questions(desk: Desk, _said: Asked) -> None:
    """Show the questions to who may open the request, each with a field for its answer."""
    request = _request(desk)
    if request is None:
        return
    if not further_questions(desk.snapshot, request.id):
        return desk.tell(desk.words("review.no_question"))
    desk.note(chain(request.case), "further_question_read", request=request.id)
    if desk.unseen:
        return _ask_answers(desk, request)
    return _one_to_one(desk, request)


def _one_to_one(desk: Desk, request: RequestRecord) -> None:
    """Pressed in a channel: the questions are sent to this person alone."""
    place = desk.own_place(desk.turn.who.id)
    if place is None:
        return desk.tell(desk.words("review.write_first"))
    title, blocks, inputs, send = _sheet(desk, request)
    card = Card(title=title, blocks=tuple(blocks), inputs=tuple(inputs), buttons=(send,))
    desk.post(place, Reply(card=card, preview=desk.words("filling.preview")))
    return desk.tell(desk.words("review.sent_one_to_one"))


def _ask_answers(desk: Desk, request: RequestRecord, note: str = "") -> None:
    title, blocks, inputs, send = _sheet(desk, request)
    warned = [Paragraph(note, Style.WARNING)] if note else []
    show(desk, title, (*warned, *blocks), inputs, send)


def _sheet(desk: Desk, request: RequestRecord) -> tuple[str, list[Block], list[Input], Button]:
    questions = further_questions(desk.snapshot, request.id)
    blocks: list[Block] = []
    for one in questions:
        blocks.append(Paragraph(one.question, Style.HEADING))
        if one.answer:
            blocks.append(Paragraph(one.answer))
    inputs = [_field(desk, one, number, len(questions)) for number, one in enumerate(questions, 1)]
    send = send_button(desk, "answer_further", request.id, version=sum(1 for one in questions if one.answer))
    return desk.words("review.questions_title", reference=request.reference), blocks, inputs, send


def _field(desk: Desk, one: FurtherRecord, number: int, count: int) -> Input:
    label = desk.words("review.your_answer") if count == 1 else desk.words("review.answer_number", number=number)
    return Input(id=one.id, label=label, kind=InputKind.LONG_TEXT, value=one.answer)


def answer_further(desk: Desk, said: Press | SubmitWindow) -> None:
    """Keep what was answered. Where a colleague answered meanwhile, both are shown before anything is written over."""
    request = _request(desk)
    if request is None:
        return
    questions = further_questions(desk.snapshot, request.id)
    inputs = inputs_of(said)
    changed = [one for one in questions if inputs.get(one.id, "").strip() not in ("", one.answer)]
    if not changed:
        return _ask_answers(desk, request, desk.words("review.nothing_answered"))
    if any(one.answer for one in changed) and said.version != sum(1 for one in questions if one.answer):
        return _ask_answers(desk, request, desk.words("review.answered_meanwhile"))
    for one in changed:
        answer = inputs[one.id].strip()
        desk.put(replace(one, answer=answer, answered_by=desk.turn.who.id, answered_at=desk.turn.at))
    desk.note(chain(request.case), "further_answer", request=request.id)
    _tell(desk, request)
    return answered(desk, desk.words("review.answer_kept"))


def _tell(desk: Desk, request: RequestRecord) -> None:
    case = desk.snapshot.case
    if case is not None:
        name = organisation_name(desk, request)
        text = desk.words("review.was_answered", reference=request.reference, organisation=name)
        tell_coordinators(desk, case, Reply(text=text, preview=desk.words("filling.preview")))
