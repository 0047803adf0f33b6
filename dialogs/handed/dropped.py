"""A file that somebody dropped into their conversation: read into the form that it is, or a plain sentence why not."""

from __future__ import annotations

from dialogs.desk import Desk
from dialogs.handed.into import FORM
from dialogs.handed.referral import referral
from dialogs.handed.returned import NIL, returned
from dialogs.handed.saying import say
from dialogs.turn import Dropped

OTHERS = {"scoping_letter": "files.the_letter", "rapid_review": "files.the_pack"}
"""Documents of ours that nobody fills in, and what is said of them. Of the others it is said in general."""


def dropped(desk: Desk, said: Dropped) -> None:
    """Read it, or say why not and what to do."""
    if said.problem:
        return say(desk, desk.words(f"files.{said.problem}"))
    if said.form == "referral":
        return referral(desk, said)
    if said.form in (FORM, NIL):
        return returned(desk, said)
    return say(desk, desk.words(OTHERS.get(said.form, "files.not_to_fill" if said.form else "files.no_form")))
