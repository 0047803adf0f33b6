"""A form that an organisation left in its own library: read into its return, shown to it for checking, never sent by itself."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from dialogs.casework.common import chain
from dialogs.desk import Desk
from dialogs.handed.into import read_into
from dialogs.handed.reading import Reading
from dialogs.handed.saying import counted, to_know
from dialogs.library.naming import called_organisation
from dialogs.library.noticed import tell
from dialogs.library.them import tell_organisation, tell_them
from dialogs.library.which import BARRED, problem_of, request_of, requests_to
from dialogs.reply import Card, Paragraph, Reply
from dialogs.telling import coordinators
from dialogs.turn import HandedIn
from state.scoping_records import RequestRecord

ACTIONS = {BARRED: "", "returns.withdrawn": "", "files.returned_already": "correct_return", "files.nil_form": "not_known_to_us"}
"""The button that a sentence speaks of, where it is not the one that opens the request; or none."""
OPEN = "open_request"


def handed_in(desk: Desk, said: HandedIn) -> None:
    """Read it where it is theirs, or say why not. It stays where it is. A copy of what we put there says nothing new."""
    if any(one.digest == said.file.digest for one in desk.snapshot.files):
        return None
    request = request_of(desk, said)
    problem = problem_of(desk, said, request)
    if request is None:
        return _of_no_request(desk, said, problem)
    reading = Reading(problem=problem) if problem else read_into(desk, request, said.file)
    if reading.problem:
        return _not_read(desk, said, request, reading.problem)
    return _read(desk, said, request, reading)


def _read(desk: Desk, said: HandedIn, request: RequestRecord, reading: Reading) -> None:
    """How many answers were read is all that is told; they are looked at where the request is opened."""
    _note_changed(desk, said)
    desk.note(chain(request.case), "form_left", request=request.id, by=said.by)
    reached = tell_them(desk, request, said.by, tuple(_lines(desk, request, reading)), OPEN)
    organisation = called_organisation(desk, said.organisation)
    text = desk.words("library.told_read", reference=request.reference, organisation=organisation)
    _tell_those_who_ask(desk, f"{text} {_counted(desk, reading)}", reached=reached)


def _lines(desk: Desk, request: RequestRecord, reading: Reading) -> Iterator[str]:
    """It may be told where others read along: no answer is among it."""
    yield desk.words("library.form_read", reference=request.reference)
    yield _counted(desk, reading)
    yield from to_know(desk, reading)
    yield desk.words("library.open_it")
    if reading.unclear:
        yield desk.words("library.settle_it")


def _counted(desk: Desk, reading: Reading) -> str:
    return counted(desk, reading) if reading.count or reading.unclear else desk.words("library.nothing_new")


def _not_read(desk: Desk, said: HandedIn, request: RequestRecord, problem: str) -> None:
    _note_changed(desk, said)
    desk.note(chain(request.case), "file_not_read", request=request.id, shelf=said.organisation, why=problem, by=said.by)
    why, organisation = desk.words(problem), called_organisation(desk, said.organisation)
    lines = (desk.words("library.form_not_read", reference=request.reference), why, desk.words("library.stays"))
    reached = tell_them(desk, request, said.by, lines, ACTIONS.get(problem, OPEN))
    key = "library.told_barred" if problem == BARRED else "library.told_not_read"
    text = desk.words(key, reference=request.reference, organisation=organisation)
    _tell_those_who_ask(desk, text, reached=reached)


def _of_no_request(desk: Desk, said: HandedIn, problem: str) -> None:
    """Nobody asked them about it, or nothing in the file says what it is about: no case is named to them."""
    desk.note("partnership", "file_not_read", shelf=said.organisation, why=problem, by=said.by)
    lines = (desk.words("library.file_not_read"), desk.words(problem), desk.words("library.stays"))
    reached = tell_organisation(desk, said.organisation, lines)
    organisation, case = called_organisation(desk, said.organisation), desk.snapshot.case
    text = desk.words("library.told_of_no_request", organisation=organisation)
    if case is not None:
        key = "library.told_of_hidden" if requests_to(desk, said) else "library.told_of_no_request_for"
        text = desk.words(key, organisation=organisation, reference=case.reference)
    _tell_those_who_ask(desk, text, reached=reached)


def _tell_those_who_ask(desk: Desk, text: str, *, reached: bool) -> None:
    """The coordinators hear of it by reference; where nobody of the organisation could be told, that they should."""
    after = desk.words("library.they_know" if reached else "library.please_tell_them")
    card, case = Card(blocks=(Paragraph(text), Paragraph(after))), desk.snapshot.case
    if case is not None:
        return tell(desk, case, card)
    for place in coordinators(desk):
        desk.post(place, Reply(card=card, preview=desk.words("filling.preview")))
    return None


def _note_changed(desk: Desk, said: HandedIn) -> None:
    """It may be the blank form that we had put there, filled in in its place."""
    ours = next((one for one in desk.snapshot.files if (one.shelf, one.path) == (said.organisation, said.path)), None)
    if ours is not None:
        desk.put(replace(ours, changed_at=desk.turn.at))
