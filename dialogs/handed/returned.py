"""A filled-in Document 2 that somebody of the organisation hands in, or a coordinator for one that is asked by e-mail."""

from __future__ import annotations

from dialogs.desk import Desk
from dialogs.filling.machine import CHECK
from dialogs.filling.talk import arrive
from dialogs.handed.into import read_into
from dialogs.handed.naming import reference_of
from dialogs.handed.reading import Reading
from dialogs.handed.rows import folded
from dialogs.handed.saying import counted, echoes, say
from dialogs.returns.common import WRITABLE, belongs
from dialogs.returns.full import offer_author
from dialogs.scoping.cards import request_button
from dialogs.scoping.common import note_opening, organisation_name
from dialogs.scoping.machine import ANSWERED
from dialogs.turn import Dropped
from state.access import Access
from state.scoping_records import RequestRecord
from templates.forms.shape import Spot

NIL = "nil_return"


def returned(desk: Desk, said: Dropped) -> None:
    """It goes into the return of this person's organisation, which is checked, completed and signed off as usual."""
    request = _asked(desk, said)
    if request is None:
        return _nobody_asked(desk, said)
    if said.form == NIL:
        return say(desk, desk.words("files.nil_form"), request_button(desk, "not_known_to_us", request, primary=True))
    if request.state in WRITABLE:
        note_opening(desk, request)
    reading = read_into(desk, request, said)
    if reading.problem:
        return _not_now(desk, request, reading)
    if belongs(desk, request):
        offer_author(desk)
    if desk.private:
        return arrive(desk, Spot(CHECK), echoes=echoes(desk, reading))
    return say(desk, counted(desk, reading), request_button(desk, "open_request", request, primary=True))


def _not_now(desk: Desk, request: RequestRecord, reading: Reading) -> None:
    """The return is on its way already. One that was sent can be taken up again."""
    sent = request.state in (*ANSWERED, "accepted")
    buttons = (request_button(desk, "correct_return", request, primary=True),) if sent else ()
    return say(desk, desk.words(reading.problem), *buttons)


def _asked(desk: Desk, said: Dropped) -> RequestRecord | None:
    """The request that this person answers. The form names its organisation: another one's is nobody else's to hand in."""
    mine = [one for one in desk.snapshot.requests if desk.may_request("open_request", one) is Access.YES]
    named = folded(said.tags.get(f"{said.form}.agency", ""))
    known = {folded(one.name) for one in desk.snapshot.organisations}
    own = [one for one in mine if folded(organisation_name(desk, one)) == named]
    if own or named in known:
        return next(iter(own), None)
    return mine[0] if len(mine) == 1 else None


def _nobody_asked(desk: Desk, said: Dropped) -> None:
    """Nothing is told of a request that is not theirs, not even whether there is one."""
    desk.note("partnership", "refused", action="file")
    say(desk, desk.words("files.no_request" if reference_of(said) else "files.no_reference"))
