"""Document 3 as texts: what the pack of a rapid review is filled with. Everything is as people read it."""

from __future__ import annotations

from typing import Literal

import msgspec

Partner = Literal["local_authority", "icb", "police"]
PARTNERS: tuple[Partner, ...] = ("local_authority", "icb", "police")
Agreed = Literal["yes", "no", ""]


class Attributed(msgspec.Struct, frozen=True):
    """A paragraph and whose it is. Without an organisation it is the panel's own."""

    organisation: str
    returned_on: str
    text: str


class Said(msgspec.Struct, frozen=True):
    """What one organisation says of a fact on which the returns differ."""

    organisation: str
    text: str


class Fact(msgspec.Struct, frozen=True):
    """A fact about a child: what stands, and what the returns say where they differ."""

    text: str = ""
    differs: tuple[Said, ...] = ()


class PackChild(msgspec.Struct, frozen=True, kw_only=True):
    """One subject child."""

    name: str
    sex: Fact = Fact()
    gender_identity: Fact = Fact()
    ethnicity: Fact = Fact()
    religion: Fact = Fact()
    disability: Fact = Fact()
    voice: tuple[Attributed, ...] = ()


class Participant(msgspec.Struct, frozen=True):
    """Somebody at the meeting: the agency, and name and role."""

    agency: str
    membership: str


class Received(msgspec.Struct, frozen=True):
    """An organisation's case summary that is here."""

    organisation: str
    returned_on: str
    signed_off_by: str = ""


class NilReturn(msgspec.Struct, frozen=True):
    """An organisation that searched and does not know the family."""

    organisation: str
    confirmed_on: str
    confirmed_by: str = ""


class Outstanding(msgspec.Struct, frozen=True):
    """An organisation that was asked and has not answered. Never a nil return."""

    organisation: str
    asked_on: str
    due: str
    state: str = ""


class NotAsked(msgspec.Struct, frozen=True):
    """A service that was not asked, and why. Neither outstanding nor a nil return."""

    organisation: str
    reason: str = ""


class Action(msgspec.Struct, frozen=True, kw_only=True):
    """A row of the one action plan, and the returns that suggested it."""

    theme: str
    action: str
    organisation: str = ""
    lead: str = ""
    deadline: str = ""
    suggested_by: str = ""


class SignOff(msgspec.Struct, frozen=True, kw_only=True):
    """A partner's sign-off."""

    partner: Partner
    name: str
    agreed: Agreed
    date: str
    dissent: str = ""


class Answer(msgspec.Struct, frozen=True):
    """A label and what was answered under it."""

    label: str
    text: str


class Grid(msgspec.Struct, frozen=True):
    """A table of a return: its heading, its columns, and rows of as many texts."""

    heading: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


class Section(msgspec.Struct, frozen=True):
    """A part of a return: answers first, then tables."""

    heading: str
    answers: tuple[Answer, ...] = ()
    tables: tuple[Grid, ...] = ()


class Appendix(msgspec.Struct, frozen=True, kw_only=True):
    """A return in full."""

    organisation: str
    returned_on: str
    version: str
    by: str
    signed_off_by: str
    sections: tuple[Section, ...] = ()


class PackData(msgspec.Struct, frozen=True, kw_only=True):
    """All of Document 3. It is a draft unless it is said to be final and nothing is missing."""

    reference: str
    edition: str
    generated_at: str
    restricted: bool = False
    final: bool = False
    missing: tuple[str, ...] = ()
    children: tuple[PackChild, ...] = ()
    date: str = ""
    participants: tuple[Participant, ...] = ()
    period_from: str = ""
    period_to: str = ""
    summary: tuple[Attributed, ...] = ()
    documentation: tuple[str, ...] = ()
    summaries_from: tuple[Received, ...] = ()
    nil_returns: tuple[NilReturn, ...] = ()
    outstanding: tuple[Outstanding, ...] = ()
    not_asked: tuple[NotAsked, ...] = ()
    voice_of_parents: tuple[Attributed, ...] = ()
    good_practice: tuple[Attributed, ...] = ()
    learning: tuple[Attributed, ...] = ()
    actions: tuple[Action, ...] = ()
    criterion_harm: str = ""
    criterion_agencies: str = ""
    criterion_safeguarding: str = ""
    opinion: Literal["meets", "does_not_meet", ""] = ""
    review_kind: Literal["national", "local", "none", ""] = ""
    rationale: str = ""
    references: str = ""
    facts: str = ""
    family: str = ""
    immediate_safety: str = ""
    identity: str = ""
    processes: str = ""
    why_no_review: str = ""
    sign_off: tuple[SignOff, ...] = ()
    returns: tuple[Appendix, ...] = ()

    @property
    def is_draft(self) -> bool:
        """Whether the pages are marked as a draft."""
        return bool(self.missing) or not self.final
