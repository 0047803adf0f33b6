"""Which request a file is for that lies in an organisation's own library, and why it is for none."""

from __future__ import annotations

import re

from dialogs.desk import Desk
from dialogs.returns.common import FULL
from dialogs.scoping.common import organisation_name
from dialogs.turn import HandedIn
from state.scoping_records import RequestRecord

ITS_CASE, ITS_ORGANISATION = "document.reference", f"{FULL}.agency"
REFERENCE = re.compile(r"[A-Z]{2,6}-\d{4}-\d{4,5}")
REFERRAL = "referral"


def reference_of(said: HandedIn) -> str:
    """The case that the form says it is about, or else the folder that it lies in, or its name."""
    return _own(said) or _of_place(said)


def _own(said: HandedIn) -> str:
    found = REFERENCE.search(said.file.tags.get(ITS_CASE, ""))
    return found[0] if found else ""


def _of_place(said: HandedIn) -> str:
    found = REFERENCE.search(said.path)
    return found[0] if found else ""


def request_of(desk: Desk, said: HandedIn) -> RequestRecord | None:
    """The request of that organisation about that case: the one that is open, where there are several."""
    own = [one for one in desk.snapshot.requests if one.organisation == said.organisation and one.state != "to_send"]
    return min(own, key=lambda one: one.state == "withdrawn", default=None)


def problem_of(desk: Desk, said: HandedIn, request: RequestRecord | None) -> str:
    """Why it is not theirs to read into a return, as a key of words; nothing where it is."""
    if said.file.problem:
        return f"files.{said.file.problem}"
    if said.file.form == REFERRAL:
        return "files.one_to_one"
    if said.file.form != FULL:
        return "files.not_to_fill" if said.file.form else "files.no_form"
    return "files.no_request" if request is None or _of_another(desk, said, request) else ""


def _of_another(desk: Desk, said: HandedIn, request: RequestRecord) -> bool:
    """Whether the form is another organisation's, or lies in the folder of another case."""
    named = said.file.tags.get(ITS_ORGANISATION, "").strip().casefold()
    elsewhere = _own(said) and _of_place(said) and _own(said) != _of_place(said)
    return bool(elsewhere) or (bool(named) and named != organisation_name(desk, request).casefold())
