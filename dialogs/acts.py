"""What people can do, as data: each button, window and request names what it is about and what has to be read for it."""

from __future__ import annotations

import enum
from collections.abc import Callable
from typing import Any

import msgspec

from dialogs.asking.meaning import Understood
from dialogs.turn import Turn
from state.requests_of import RequestsOf


class About(enum.Enum):
    """What the target of a button or window is."""

    NOTHING = "nothing"
    DRAFT = "draft"
    CASE = "case"
    REQUEST = "request"
    DATE = "date"
    """A deadline's id: the target, or what was chosen in the input `date`. Its case and request are read."""


class Act(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that can be done. `do` takes the desk and what was said: a press, a window opened, a window sent.

    The other fields say what is read beside the person, the place and the target: see `state.snapshot.Wanted`.
    """

    do: Callable[[Any, Any], None]
    about: About = About.NOTHING
    forms: tuple[str, ...] = ()
    """Forms of the case whose drafts are read."""
    requests: bool = False
    organisations: bool = False
    my_requests: bool = False
    people: bool = False
    open_cases: bool = False
    counter: bool = False
    chases: bool = False
    """How far the dates of the case were chased."""
    ledger: bool = False
    """What was sent about the case."""
    history: bool = False
    """Who did or read what in the case."""
    handed: bool = False
    """Dates that were handed to somebody."""
    accounts: bool = False
    """Accounts of this person, and the one that the button names."""
    files: bool = False
    """Every file of the case in the document library."""
    unlisted: bool = False
    """Can be done with a restricted draft that has no list yet."""
    case_draft: bool = False
    """The referral of the case becomes the draft at hand."""
    matching: bool = False
    """Other cases that may be about a same child are read."""
    other: str = ""
    """The input that names another case that this is about as well; without it, what the button says it is about."""
    look: Callable[[Any, Any, Any], Any] | None = None
    """From what was said, the turn and the kit: what to look for among the open dates."""
    then: Callable[[Any, Any], Any] | None = None
    """From what was said and the turn: what to read for the dates that are found."""
    filed: Callable[[Any, Any], str] | None = None
    """From what was said and the turn: which document is read, as it is filed (`state.changes.Send.what`)."""
    again: bool = False
    """Afterwards an answer about dates that stands there is brought up to date."""


class Intent(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that can be asked for in ordinary words. Where a case is named in the text, it is read too."""

    do: Callable[[Any], None]
    forms: tuple[str, ...] = ()
    requests: bool = False
    organisations: bool = False
    my_requests: bool = False
    people: bool = False
    open_cases: bool = False
    case_draft: bool = False
    matching: bool = False
    only_draft: bool = False
    chases: bool = False
    ledger: bool = False
    history: bool = False
    """Who did or read what in the case."""
    handed: bool = False
    """Dates that were handed to somebody."""
    accounts: bool = False
    """Accounts of this person."""
    files: bool = False
    """Every file of the case in the document library."""
    requests_of: Callable[[Understood, Turn], RequestsOf | None] | None = None
    """Requests over all cases, by what was asked."""
    look: Callable[[Any, Any, Any], Any] | None = None
    """From what is understood with the organisations' names, the turn and the kit: what to look for among the open dates."""
    then: Callable[[Any, Any], Any] | None = None
    """From what was understood and the turn: what to read for the dates that are found."""
    missed: bool = False
    """What did not get through of all cases, where none is named; then `ledger` reads nothing."""
    sent: bool = False
    """What was sent in the period that was said, else this year."""
