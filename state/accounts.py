"""Other accounts of people, as a turn reads them: what linking and unlinking look at."""

from __future__ import annotations

import msgspec

from state.records import AccountRecord, CaseRecord, GrantRecord, PersonRecord, PlaceRecord
from state.scoping_records import RequestRecord


class Accounts(msgspec.Struct, frozen=True, kw_only=True):
    """Accounts that were asked for, linked or ended, and everybody they are about."""

    rows: tuple[AccountRecord, ...] = ()
    people: tuple[PersonRecord, ...] = ()
    """Whose they are, as person and as account."""
    places: tuple[PlaceRecord, ...] = ()
    """Their own conversations."""
    signed_alone: tuple[RequestRecord, ...] = ()
    """Requests that one of the two accounts wrote and the other signed off."""
    cases: tuple[CaseRecord, ...] = ()
    """The cases of these requests."""
    given_alone: tuple[GrantRecord, ...] = ()
    """Roles in which two of these three are the two accounts: who has it, who gave it, who confirmed it."""

    def whose(self, account: str) -> str:
        """Whose account did something, as history names it: somebody's other one, or a person's own."""
        return next((one.person for one in self.rows if one.id == account and one.linked), account)


class Speaker(msgspec.Struct, frozen=True):
    """From which account something was said, and by whom, as it was read. A commit refuses it where that has changed."""

    account: str
    person: str
