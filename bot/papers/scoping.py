"""Documents 2a and 2: the letter and the form as they are sent, the return and the nil return as they came."""

from __future__ import annotations

from datetime import datetime

from bot.papers.paper import (
    REQUESTS,
    RETURNS,
    Body,
    Made,
    NothingToMake,
    Paper,
    draft_of,
    folder_of,
    instant,
    number,
    of_draft,
    reading,
    request_of,
)
from dialogs.kit import Kit
from state.snapshot import Snapshot
from state.values import london_day
from templates.days import day_text, moment_text
from templates.documents.fill import fill
from templates.documents.nil_return import NilImprint, nil_return_data
from templates.documents.request_letter import LetterFacts, letter_data
from templates.documents.scoping import ScopingImprint, return_route, scoping_data

EMAIL = "email"


def _at(body: Body) -> datetime:
    at = instant(body)
    if at is None:
        raise NothingToMake
    return at


def _called(snapshot: Snapshot, body: Body, kit: Kit) -> str:
    """The organisation's name; on a return that came by secure email, who entered it."""
    request = request_of(snapshot)
    name = next((one.name for one in snapshot.organisations if one.id == request.organisation), request.organisation)
    return kit.words.say("scoping.entered_for", organisation=name) if body.get("behalf") else name


def _issue_mark(body: Body) -> str:
    issue = number(body, "issue")
    return f" issue {issue}" if issue > 1 else ""


def _restricted(snapshot: Snapshot) -> bool:
    return bool(snapshot.case and snapshot.case.restricted)


def _route(snapshot: Snapshot, kit: Kit) -> str:
    return return_route(kit.words, kit.profile.file.send_to, channel=request_of(snapshot).delivery != EMAIL)


def _due(body: Body) -> str:
    due = instant(body, "due")
    return moment_text(due) if due else ""


def letter(snapshot: Snapshot, body: Body, kit: Kit) -> Made:
    """Document 2a for one organisation, as of the moment the request was issued."""
    request, at, file = request_of(snapshot), _at(body), kit.profile.file
    facts = LetterFacts(
        reference=request.reference,
        edition=file.edition,
        generated_at=moment_text(at),
        restricted=_restricted(snapshot),
        partnership=file.partnership,
        organisation=_called(snapshot, body, kit),
        date=day_text(london_day(at)),
        return_by=_due(body),
        return_to=_route(snapshot, kit),
        contact=kit.words.say("scoping.contact", name=file.coordinator.name, telephone=file.coordinator.telephone),
        signature="\n".join((file.coordinator.name, file.partnership)),
        issue=max(number(body, "issue"), 1),
    )
    content = fill(kit.profile.folder / "documents" / "scoping_letter.docx", letter_data(facts, kit.words))
    stem = f"{request.reference} 2a Letter{_issue_mark(body)} {request.organisation}"
    return Made((REQUESTS, folder_of(request, kit)), stem, ".docx", content)


def form(snapshot: Snapshot, body: Body, kit: Kit) -> Made:
    """Document 2: with section 1 filled in as it is sent, or the whole return. A body with a `version` is a return."""
    request, at, draft, version = request_of(snapshot), _at(body), draft_of(snapshot), number(body, "version")
    read = reading(snapshot, kit, at)
    imprint = ScopingImprint(
        reference=request.reference,
        edition=draft.edition,
        generated_at=moment_text(at),
        restricted=_restricted(snapshot),
        organisation=_called(snapshot, body, kit),
        agency=request.agency,
        return_by=_due(body),
        return_to=_route(snapshot, kit),
        issue=max(number(body, "issue"), 1),
        version=version,
        returned_at=moment_text(at) if version else "",
    )
    data = scoping_data(snapshot.answers, read.text, imprint, kit.words, read.form.printed)
    content = fill(kit.profile.folder / "documents" / "scoping.docx", data)
    if version:
        stem = f"{request.reference} 2 Return {version} {request.organisation}"
        return Made((RETURNS, folder_of(request, kit)), stem, ".docx", content)
    stem = f"{request.reference} 2 Form{_issue_mark(body)} {request.organisation}"
    return Made((REQUESTS, folder_of(request, kit)), stem, ".docx", content)


def nil_return(snapshot: Snapshot, body: Body, kit: Kit) -> Made:
    """The nil return as it was confirmed."""
    request, at, draft = request_of(snapshot), _at(body), draft_of(snapshot)
    read = reading(snapshot, kit, at)
    version = max(number(body, "version"), 1)
    imprint = NilImprint(
        reference=request.reference,
        edition=draft.edition,
        generated_at=moment_text(at),
        restricted=_restricted(snapshot),
        organisation=_called(snapshot, body, kit),
        issue=max(number(body, "issue"), 1),
        version=version,
        confirmed_at=moment_text(at),
    )
    data = nil_return_data(read.form.shape.form, snapshot.answers, read.text, imprint, kit.words, read.form.printed)
    content = fill(kit.profile.folder / "documents" / "nil_return.docx", data)
    stem = f"{request.reference} Nil return {version} {request.organisation}"
    return Made((RETURNS, folder_of(request, kit)), stem, ".docx", content)


SCOPING_LETTER = Paper(wanted=of_draft, make=letter)
SCOPING = Paper(wanted=of_draft, make=form)
NIL_RETURN = Paper(wanted=of_draft, make=nil_return)

