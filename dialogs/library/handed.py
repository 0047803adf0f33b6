"""A form that an organisation left in its own library: read into its return, shown to it for checking, never sent by itself."""

from __future__ import annotations

from msgspec.structs import replace

from dialogs.casework.common import chain
from dialogs.desk import Desk
from dialogs.library.into import Reading, read_into
from dialogs.library.naming import called_organisation
from dialogs.library.noticed import tell
from dialogs.library.them import tell_organisation, tell_them
from dialogs.library.which import problem_of, request_of
from dialogs.reply import Card, Paragraph, Reply
from dialogs.telling import coordinators
from dialogs.turn import HandedIn
from state.scoping_records import RequestRecord

WITHDRAWN = "returns.withdrawn"


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
    values = {"reference": request.reference, "count": reading.count, "unclear": len(reading.unclear)}
    notes = [f"files.{name}" for name in (*(["older_issue"] if reading.older else []), *reading.notes)]
    lines = (desk.words("library.form_read", **values), *(desk.words(one) for one in notes), desk.words("library.check_it"))
    reached = tell_them(desk, request, said.by, lines)
    organisation = called_organisation(desk, said.organisation)
    _tell_those_who_ask(desk, desk.words("library.told_read", organisation=organisation, **values), reached=reached)


def _not_read(desk: Desk, said: HandedIn, request: RequestRecord, problem: str) -> None:
    _note_changed(desk, said)
    desk.note(chain(request.case), "file_not_read", request=request.id, shelf=said.organisation, why=problem, by=said.by)
    why, organisation = desk.words(problem), called_organisation(desk, said.organisation)
    lines = (desk.words("library.form_not_read", reference=request.reference), why, desk.words("library.stays"))
    reached = tell_them(desk, request, said.by, lines, opens=problem != WITHDRAWN)
    text = desk.words("library.told_not_read", reference=request.reference, organisation=organisation)
    _tell_those_who_ask(desk, text, reached=reached)


def _of_no_request(desk: Desk, said: HandedIn, problem: str) -> None:
    """Nobody asked them about it, or nothing in the file says what it is about: no case is named to them."""
    desk.note("partnership", "file_not_read", shelf=said.organisation, why=problem, by=said.by)
    lines = (desk.words("library.file_not_read"), desk.words(problem), desk.words("library.stays"))
    reached = tell_organisation(desk, said.organisation, lines)
    organisation, case = called_organisation(desk, said.organisation), desk.snapshot.case
    text = desk.words("library.told_of_no_request", organisation=organisation)
    if case is not None:
        text = desk.words("library.told_of_no_request_for", organisation=organisation, reference=case.reference)
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
