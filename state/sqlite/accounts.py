"""Other accounts of people: what linking and unlinking them look at."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Any

from state.accounts import Accounts
from state.records import AccountRecord, CaseRecord, CodeRecord, GrantRecord, PersonRecord, PlaceRecord
from state.scoping_records import RequestRecord
from state.snapshot import Wanted
from state.sqlite.predicates import LINKED

_OF = 'WHERE "id" IN ({some}) OR "person" IN ({some}) ORDER BY "asked_at", "id"'
_BY_ID = 'WHERE "id" IN ({some}) ORDER BY "id"'
_PLACES = """WHERE "person" IN ({some}) AND "person" <> '' AND "kind" = 'personal' ORDER BY "id" """
_ALONE = """WHERE ("author" = :one AND "signed_by" = :other) OR ("author" = :other AND "signed_by" = :one)
    ORDER BY "case", "id" """
_GIVEN_ALONE = """WHERE "ended_at" IS NULL AND (("person" IN (:one, :other) AND ("granted_by" IN (:one, :other)
    OR "confirmed_by" IN (:one, :other))) OR ("granted_by" IN (:one, :other) AND "confirmed_by" IN (:one, :other)
    AND "granted_by" <> "confirmed_by")) ORDER BY "granted_at", "id" """
# Somebody may have done something from an account that is theirs now.
_DID = f"""WHERE {LINKED} AND "id" IN (SELECT "who" FROM "history" WHERE "chain" = :chain) ORDER BY "id" """  # noqa: S608

Everything = Callable[..., tuple[Any, ...]]


def read(everything: Everything, wanted: Wanted, code: CodeRecord | None) -> Accounts:
    """The accounts that the turn may link or unlink, whose they are, and where each is spoken to."""
    known = {wanted.person, wanted.account, *((code.made_by, code.used_by) if code else ())} - {""}
    rows: tuple[AccountRecord, ...] = _some(everything, AccountRecord, _OF, known)
    people = known | {one.id for one in rows} | {one.person for one in rows}
    two = {"one": wanted.account, "other": next((one.person for one in rows if one.id == wanted.account), "")}
    alone: tuple[RequestRecord, ...] = everything(RequestRecord, _ALONE, **two) if two["other"] else ()
    return Accounts(
        rows=rows,
        people=_some(everything, PersonRecord, _BY_ID, people),
        places=_some(everything, PlaceRecord, _PLACES, people),
        signed_alone=alone,
        given_alone=everything(GrantRecord, _GIVEN_ALONE, **two) if two["other"] else (),
        cases=_some(everything, CaseRecord, _BY_ID, {one.case for one in alone}),
    )


def that_did(everything: Everything, chain: str) -> Accounts:
    """Accounts that are somebody's other one now, from which something in a chain was done."""
    return Accounts(rows=everything(AccountRecord, _DID, chain=chain))


def _some(everything: Everything, record: Any, query: str, ids: Collection[str]) -> tuple[Any, ...]:
    """Those of these ids: none where there are none, as an empty list is no SQL for every database."""
    if not ids:
        return ()
    named = {f"one{number}": one for number, one in enumerate(sorted(ids))}
    return everything(record, query.format(some=", ".join(f":{name}" for name in named)), **named)
