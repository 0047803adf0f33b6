"""What every conversation of an organisation about its request shares: who is in it, where its forms are, and its date."""

from __future__ import annotations

from datetime import datetime

from msgspec.structs import replace

from dialogs.casework.common import deadline, excluded, meet_deadline, named, tell_coordinators
from dialogs.desk import Desk
from dialogs.filling.machine import CHECK, START, Walker
from dialogs.filling.talk import arrive, machine, resume
from dialogs.filling.windowed import show as show_window
from dialogs.filling.windowed import show_check, window_page
from dialogs.reply import Button, Card, Paragraph, Reply
from dialogs.scoping.cards import request_button
from dialogs.scoping.common import organisation_name, request_for
from dialogs.scoping.machine import ASKED
from dialogs.turn import OpenWindow, Press, SubmitWindow
from state.access import Role, in_force
from state.records import CaseRecord
from state.scoping_records import RequestRecord
from state.snapshot import Written
from state.values import JSON
from templates.forms.shape import Spot

Said = Press | OpenWindow | SubmitWindow
RETURN_DUE = "scoping_return"
"""The kind of the deadline of a request; its key is the request's id."""
FULL, RETURN = "scoping", "scoping_return"
"""The form of a full return; and what the document of one that came is called, beside the empty form that was sent."""
WRITABLE = (*ASKED, "sent_back")
"""States in which the organisation still writes its answer."""
LEADS = (Role.AGENCY_LEAD.value, Role.DEPUTY.value)


def asked(desk: Desk, action: str) -> RequestRecord | None:
    """The request this turn is about, where this person may do that and it was not withdrawn. Else they are told why not."""
    request = request_for(desk, action)
    if request is None:
        return None
    if request.state in ("withdrawn", "to_send"):
        desk.note("partnership", "refused", action=action)
        desk.tell(desk.words("returns.withdrawn"))
        return None
    return request


def inputs_of(said: Said) -> dict[str, str]:
    """What was filled in: a window that is only opened has nothing."""
    return {} if isinstance(said, OpenWindow) else dict(said.inputs)


def stale(request: RequestRecord, said: Said) -> bool:
    """Whether a button was made for an earlier issue of the request: the names have changed since."""
    return not isinstance(said, OpenWindow) and bool(said.version) and said.version != request.issue


def of_this_request(desk: Desk, draft: str) -> Written | None:
    """One of the request's forms, by its id."""
    return next((one for one in desk.snapshot.written if draft and one.draft.id == draft), None)


def case_of(desk: Desk) -> CaseRecord:
    """The case of the request. LookupError where it was not read: whoever may do something with a request has its case."""
    if desk.snapshot.case is None:
        raise LookupError("a request is read with its case")
    return desk.snapshot.case


def colleagues(desk: Desk, request: RequestRecord, roles: tuple[str, ...] = LEADS) -> list[str]:
    """Who has one of these roles in the organisation and may have to do with this case. Needs `people` read."""
    holders = {
        grant.person
        for grant in desk.snapshot.all_grants
        if in_force(grant) and grant.organisation == request.organisation and grant.role in roles
    }
    return sorted(person for person in holders if fit(desk, person))


def fit(desk: Desk, person: str) -> bool:
    """Whether somebody is here still, is not excluded from the case, and is on its list where it has one."""
    removed = {one.id for one in desk.snapshot.all_people if one.removed_at is not None}
    case = desk.snapshot.case
    listed = case is None or not case.restricted or person in named(desk)
    return person not in removed and person not in excluded(desk) and listed


def closed(request: RequestRecord) -> bool:
    """Whether the organisation's own leads have nothing of it: it was put to somebody independent there."""
    return request.quiet or request.delivery == "private"


def belongs(desk: Desk, request: RequestRecord) -> bool:
    """Whether this person is of the organisation. A coordinator who enters what came by secure email is not."""
    me = desk.turn.who.id
    return me in (request.senior, request.delegate) or me in colleagues(desk, request)


def signers(desk: Desk, request: RequestRecord) -> list[str]:
    """Who could sign the return off, its author left out."""
    leads = colleagues(desk, request, (Role.AGENCY_LEAD.value,)) if not closed(request) else []
    senior = [request.senior] if request.senior and fit(desk, request.senior) else []
    return sorted({*leads, *senior} - {desk.turn.who.id})


def tell_one(desk: Desk, request: RequestRecord, person: str, text: str, *actions: str, files: tuple[Button, ...] = ()) -> bool:
    """Tell somebody of the organisation one to one, with buttons. False where they have no conversation with us yet."""
    place = desk.own_place(person)
    if place is None:
        return False
    buttons = tuple(request_button(desk, name, request, primary=n == 0) for n, name in enumerate(actions))
    card = Card(blocks=(Paragraph(text),), buttons=(*buttons, *files))
    desk.post(place, Reply(card=card, preview=desk.words("scoping.preview", reference=request.reference)), case=request.case)
    return True


def tell_those_who_ask(desk: Desk, request: RequestRecord, key: str) -> None:
    """Tell the coordinators something about a request: its reference and the organisation, nothing else."""
    text = desk.words(key, reference=request.reference, organisation=organisation_name(desk, request))
    tell_coordinators(desk, case_of(desk), Reply(text=text, preview=desk.words("filling.preview")))


def met(desk: Desk, request: RequestRecord) -> None:
    """The organisation has answered in time, or late: its date is kept."""
    meet_deadline(desk, case_of(desk), RETURN_DUE, request.id)


def due_again(desk: Desk, request: RequestRecord, due: datetime) -> None:
    """The organisation has to answer again, by a new date. Where its date was never written, nothing is."""
    known = deadline(desk, case_of(desk), RETURN_DUE, request.id)
    if known is not None:
        desk.put(replace(known, due=due, runs_from=desk.turn.at, met=None))


def document(desk: Desk, request: RequestRecord, form: str, draft: str, **more: JSON) -> None:
    """Have a document of this request made and filed."""
    body: dict[str, JSON] = {
        "form": form,
        "draft": draft,
        "case": request.case,
        "reference": request.reference,
        "request": request.id,
        "issue": request.issue,
        **more,
    }
    came = form == FULL and bool(more.get("version"))  # An empty form, also of a later issue, is no return.
    desk.make_document(request.case, body, what=f"{RETURN}:{request.id}" if came else "")


def into_form(desk: Desk, *, begins: bool = False) -> None:
    """Go on with the form at hand: in windows over a channel, in conversation elsewhere. One that begins is not carried on."""
    talks = desk.private and not isinstance(desk.turn.said, OpenWindow | SubmitWindow)
    if talks and not begins:
        return resume(desk)
    walker = Walker(desk.filled(), Spot(START))
    machine(desk).onward(walker)
    if talks:
        return arrive(desk, walker.spot)
    if walker.state == CHECK:
        return show_check(desk)
    return show_window(desk, window_page(desk, walker.spot))


def go_to(desk: Desk, spot: Spot, text: str) -> None:
    """Go to a question of the form at hand and say why: where somebody sends it and something is still wanted."""
    if isinstance(desk.turn.said, OpenWindow | SubmitWindow):
        path = desk.filled().shape.path(spot)
        page = window_page(desk, spot)
        at = next((one.path for one in page.asked if one.path == path), page.asked[0].path)
        return show_window(desk, page, errors={at: text})
    return arrive(desk, spot, echoes=(text,))
