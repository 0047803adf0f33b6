"""Which request a file is for that lies in an organisation's own library, and why it is for none."""

from __future__ import annotations

import re

from dialogs.desk import Desk
from dialogs.handed.naming import own_reference
from dialogs.handed.rows import folded
from dialogs.returns.common import FULL, closed, fit
from dialogs.scoping.common import organisation_name
from dialogs.turn import HandedIn
from state.scoping_records import RequestRecord

REFERENCE = re.compile(r"(?<![A-Z])[A-Z]{2,6}-\d{4}-\d{4,5}(?!\d)")
REFERRAL = "referral"
NOT_TO_FILL = {"nil_return": "files.nil_form", "scoping_letter": "files.the_letter", "rapid_review": "files.the_pack"}
"""What is said of documents of ours that nobody fills in."""


BARRED = "library.ask_why"
"""Whoever left the file is excluded from the case or has gone: the answers of others are never theirs to write."""


def reference_of(said: HandedIn) -> str:
    """The case that the form says it is about, or else the folder that it lies in, or its name."""
    return own_reference(said.file) or _of_place(said)


def _of_place(said: HandedIn) -> str:
    found = REFERENCE.search(said.path)
    return found[0] if found else ""


def request_of(desk: Desk, said: HandedIn) -> RequestRecord | None:
    """The request of that organisation about that case: the one that is open, where there are several.

    One of which not everybody there may know is none: what is said of a file that is left must not tell whether there is one.
    """
    own = [one for one in requests_to(desk, said) if not is_hidden(desk, one)]
    return min(own, key=lambda one: one.state == "withdrawn", default=None)


def requests_to(desk: Desk, said: HandedIn) -> list[RequestRecord]:
    """Every request of that organisation about that case that was sent."""
    return [one for one in desk.snapshot.requests if one.organisation == said.organisation and one.state != "to_send"]


def is_hidden(desk: Desk, request: RequestRecord) -> bool:
    """Whether it is of a restricted case, or was asked in private: nothing of that lies in a library that others see."""
    case = desk.snapshot.case
    return closed(request) or (case is not None and case.restricted)


def problem_of(desk: Desk, said: HandedIn, request: RequestRecord | None) -> str:
    """Why it is not theirs to read into a return, as a key of words; nothing where it is."""
    if said.file.problem:
        return f"files.{said.file.problem}"
    if said.file.form == REFERRAL:
        return "files.one_to_one"
    if said.file.form != FULL:
        return NOT_TO_FILL.get(said.file.form, "files.not_to_fill") if said.file.form else "files.no_form"
    if not reference_of(said):
        return "files.no_reference"
    if request is None or _of_another(desk, said, request):
        return "files.no_request"
    return BARRED if said.by and not fit(desk, said.by) else ""


def _of_another(desk: Desk, said: HandedIn, request: RequestRecord) -> bool:
    """Whether the form is another organisation's, or lies in the folder of another case."""
    own, place = own_reference(said.file), _of_place(said)
    if own and place and own != place:
        return True
    named, known = folded(said.file.tags.get(f"{FULL}.agency", "")), {folded(one.name) for one in desk.snapshot.organisations}
    return named in known and named != folded(organisation_name(desk, request))
