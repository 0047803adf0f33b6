"""What is looked for among the open dates, and what was found: the late ones, those that fall due, and what comes first.

Nothing in it identifies anybody: references, organisations, states and dates.
"""

from __future__ import annotations

from datetime import datetime

import msgspec

BY_CASE, BY_AGENCY = "case", "agency"


class Waits(msgspec.Struct, frozen=True, kw_only=True):
    """A case about which somebody has to be answered, or something is to be settled: how many things of each kind."""

    reference: str
    restricted: bool
    kinds: dict[str, int]


class Look(msgspec.Struct, frozen=True, kw_only=True):
    """One look at the open dates, for the person who asks: the store leaves out what they may not see. Empty: not narrowed."""

    now: datetime
    listed: bool = False
    """The person comes from a tenant whose people are practitioners."""
    public: bool = False
    """Others read along: restricted cases are not there, and in an organisation's channel there is nothing but its own."""
    since: datetime | None = None
    """Due at this instant or later."""
    before: datetime | None = None
    """Due before this instant."""
    reference: str = ""
    kinds: tuple[str, ...] = ()
    agencies: tuple[str, ...] = ()
    organisation: str = ""
    person: str = ""
    """A name as it was typed, or a person's id: the dates whose move it is theirs to make."""
    first: tuple[str, ...] = ()
    """What comes before every date: some of `unread`, `unaware`, `undecided`, `unowned`, `unmailed`."""
    by: str = BY_CASE
    skip: int = 0
    """Lines of the pages before."""
    rows: int = 10
    waits: bool = False
    """For those who run cases: also what is not settled yet."""
    beside: Look | None = None
    """Another look of the same person at the same moment."""


class Line(msgspec.Struct, frozen=True, kw_only=True):
    """One open date with what is shown beside it."""

    id: str
    case: str
    reference: str
    status: str
    restricted: bool
    kind: str
    child: int
    owner: str
    due: datetime
    provisional: bool
    review: datetime | None = None
    """When the rapid review of the case is due, while it is open."""
    request: str = ""
    organisation: str = ""
    name: str = ""
    """What the organisation is called."""
    agency: str = ""
    state: str = ""
    delivery: str = ""
    mailed: bool = False
    """Somebody has said that its e-mail went."""
    more_time: bool = False
    """More time was asked for, and nobody has answered yet."""
    told_at: datetime | None = None
    snoozed_until: datetime | None = None
    left_to: str = ""
    """What they are called who keep it to themselves."""
    handed_to: str = ""
    """What they are called whose move it is now."""


class First(msgspec.Struct, frozen=True, kw_only=True):
    """A case with something that has no date yet, or nobody to do it."""

    case: str
    reference: str
    restricted: bool
    received_at: datetime
    unread: bool = False
    unaware: bool = False
    undecided: bool = False
    unowned: tuple[Line, ...] = ()
    """Notices that nobody was named for."""
    unmailed: tuple[str, ...] = ()
    """Organisations whose e-mail nobody has marked as sent, by name."""
    read_by: datetime | None = None
    date: str = ""
    """The case's first open date that is no organisation's, where it has one."""


class Looked(msgspec.Struct, frozen=True, kw_only=True):
    """What was found. Numbers count what this person may see, and nothing else."""

    runs: bool = False
    """They see every case but those they are kept from."""
    organisations: tuple[str, ...] = ()
    """Organisations that they answer for, by name."""
    tied: str = ""
    """The organisation whose channel it is asked in, by name."""
    late: int = 0
    """Dates found, those of `first` among them."""
    listed: int = 0
    """Dates found that are not part of `first`."""
    lines: tuple[Line, ...] = ()
    earlier: int = 0
    """Open dates before those bounds, where they begin somewhere."""
    first_count: int = 0
    first: tuple[First, ...] = ()
    next: Line | None = None
    """Where nothing was found before an instant: the next date after it."""
    person: str = ""
    """The id of the person who was named, where it is one."""
    nobody: bool = False
    """A person was named whom nobody knows here."""
    waits: tuple[Waits, ...] = ()
    """What is not settled yet, case by case, the longest waiting first."""
    beside: Looked | None = None
    """What the look beside it found."""
