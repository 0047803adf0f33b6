"""Documents 2a and 2: the letter and the form as they are sent, the return and the nil return as they came."""

from __future__ import annotations

from datetime import datetime

from msgspec.structs import replace

from bot.papers.paper import (
    REQUESTS,
    RETURNS,
    Body,
    Made,
    NothingToMake,
    Paper,
    draft_of,
    instant,
    number,
    of_draft,
    reading,
    request_of,
)
from dialogs.kit import Kit
from dialogs.returns.common import closed
from dialogs.scoping.reach import folder_of
from state.snapshot import Snapshot, Wanted
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


def _called(snapshot: Snapshot, kit: Kit, *, returned: bool = False) -> str:
    """The organisation's name; on a return that came by secure email, that the coordinator entered it."""
    request = request_of(snapshot)
    name = next((one.name for one in snapshot.organisations if one.id == request.organisation), request.organisation)
    return kit.words.say("scoping.entered_for", organisation=name) if returned and _on_behalf(snapshot) else name


def _on_behalf(snapshot: Snapshot) -> bool:
    """Whether a coordinator entered the return: nobody with a role in the organisation did."""
    request = request_of(snapshot)
    own = {grant.person for grant in snapshot.all_grants if grant.organisation == request.organisation}
    return request.delivery == EMAIL and request.author not in (own | {request.delegate, request.senior})


def _issue_mark(body: Body) -> str:
    issue = number(body, "issue")
    return f" issue {issue}" if issue > 1 else ""


def _own(snapshot: Snapshot) -> str:
    """The organisation whose library a letter and its form go to. Where somebody there is involved, they could read them."""
    request = request_of(snapshot)
    return "" if closed(request) or _restricted(snapshot) else request.organisation


def _restricted(snapshot: Snapshot) -> bool:
    return bool(snapshot.case and snapshot.case.restricted)


def _route(snapshot: Snapshot, kit: Kit) -> str:
    return return_route(kit.words, kit.profile.file.send_to, request_of(snapshot).delivery)


def _due(snapshot: Snapshot, body: Body) -> str:
    due = instant(body, "due") or request_of(snapshot).due
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
        organisation=_called(snapshot, kit),
        date=day_text(london_day(at)),
        return_by=_due(snapshot, body),
        return_to=_route(snapshot, kit),
        contact=kit.words.say("scoping.contact", name=file.coordinator.name, telephone=file.coordinator.telephone),
        signature="\n".join((file.coordinator.name, file.partnership)),
        issue=max(number(body, "issue"), 1),
    )
    content = fill(kit.profile.folder / "documents" / "scoping_letter.docx", letter_data(facts, kit.words))
    stem = f"{request.reference} 2a Letter{_issue_mark(body)} {request.organisation}"
    folders = (REQUESTS, folder_of(kit, request))
    return Made(folders, stem, ".docx", content, own=_own(snapshot), organisation=request.organisation)


def form(snapshot: Snapshot, body: Body, kit: Kit) -> Made:
    """Document 2: with section 1 filled in as it is sent, or the whole return. A body with a `version` is a return."""
    request, at, draft, version = request_of(snapshot), _at(body), draft_of(snapshot), number(body, "version")
    read = reading(snapshot, kit, at)
    imprint = ScopingImprint(
        reference=request.reference,
        edition=draft.edition,
        generated_at=moment_text(at),
        restricted=_restricted(snapshot),
        organisation=_called(snapshot, kit, returned=bool(version)),
        agency=request.agency,
        return_by=_due(snapshot, body),
        return_to=_route(snapshot, kit),
        issue=max(number(body, "issue"), 1),
        changes=", ".join(request.changed) if number(body, "issue") == request.issue and not version else "",
        version=version,
        returned_at=moment_text(at) if version else "",
    )
    data = scoping_data(snapshot.answers, read.text, imprint, kit.words, read.form.printed)
    content = fill(kit.profile.folder / "documents" / "scoping.docx", data)
    if version:
        stem = f"{request.reference} 2 Return {version} {request.organisation}"
        return Made((RETURNS, folder_of(kit, request)), stem, ".docx", content, organisation=request.organisation)
    stem = f"{request.reference} 2 Form{_issue_mark(body)} {request.organisation}"
    folders, own = (REQUESTS, folder_of(kit, request)), _own(snapshot)
    return Made(folders, stem, ".docx", content, own=own, organisation=request.organisation, state="form")


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
        organisation=_called(snapshot, kit, returned=True),
        issue=max(number(body, "issue"), 1),
        version=version,
        confirmed_at=moment_text(at),
    )
    data = nil_return_data(read.form.shape.form, snapshot.answers, read.text, imprint, kit.words, read.form.printed)
    content = fill(kit.profile.folder / "documents" / "nil_return.docx", data)
    stem = f"{request.reference} Nil return {version} {request.organisation}"
    return Made((RETURNS, folder_of(kit, request)), stem, ".docx", content, organisation=request.organisation)


def _wanted(body: Body) -> Wanted:
    return replace(of_draft(body), people=True)


SCOPING_LETTER = Paper(wanted=of_draft, make=letter)
SCOPING = Paper(wanted=_wanted, make=form)
NIL_RETURN = Paper(wanted=_wanted, make=nil_return)
