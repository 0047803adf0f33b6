"""Other accounts of people: what linking and unlinking them look at."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from state.records import AccountRecord, CaseRecord, CodeRecord, PersonRecord, PlaceRecord
from state.scoping_records import RequestRecord
from state.snapshot import Wanted
from state.sqlite.predicates import LINKED

_OF = 'WHERE "id" IN ({some}) OR "person" IN ({some}) ORDER BY "asked_at", "id"'
_BY_ID = 'WHERE "id" IN ({some}) ORDER BY "id"'
_PLACES = """WHERE "person" IN ({some}) AND "person" <> '' AND "kind" = 'personal' ORDER BY "id" """
_ALONE = """WHERE ("author" = :one AND "signed_by" = :other) OR ("author" = :other AND "signed_by" = :one)
    ORDER BY "case", "id" """
# Somebody may have done something from an account that is theirs now.
_DID = f"""WHERE {LINKED} AND "id" IN (SELECT "who" FROM "history" WHERE "chain" = :chain) ORDER BY "id" """  # noqa: S608

Everything = Callable[..., tuple[Any, ...]]


def parts(everything: Everything, wanted: Wanted, code: CodeRecord | None) -> dict[str, Any]:
    """The accounts that the turn may link or unlink, whose they are, and where each is spoken to."""
    if not wanted.accounts or not wanted.person:
        return {}
    known = {wanted.person, wanted.account, *((code.made_by, code.used_by) if code else ())} - {""}
    accounts: tuple[AccountRecord, ...] = _some(everything, AccountRecord, _OF, known)
    people = known | {one.id for one in accounts} | {one.person for one in accounts}
    return {
        "accounts": accounts,
        "account_people": _some(everything, PersonRecord, _BY_ID, people),
        "account_places": _some(everything, PlaceRecord, _PLACES, people),
        **_alone(everything, wanted.account, accounts),
    }


def that_did(everything: Everything, chain: str) -> tuple[AccountRecord, ...]:
    """Accounts that are somebody's other one now, from which something in a chain was done."""
    found: tuple[AccountRecord, ...] = everything(AccountRecord, _DID, chain=chain)
    return found


def _alone(everything: Everything, account: str, accounts: Iterable[AccountRecord]) -> dict[str, Any]:
    other = next((one.person for one in accounts if one.id == account), "")
    found: tuple[RequestRecord, ...] = everything(RequestRecord, _ALONE, one=account, other=other) if other else ()
    cases = _some(everything, CaseRecord, _BY_ID, {one.case for one in found})
    return {"signed_alone": found, "signed_alone_cases": cases}


def _some(everything: Everything, record: Any, query: str, ids: Iterable[str]) -> tuple[Any, ...]:
    named = {f"one{number}": one for number, one in enumerate(sorted(ids))}
    return everything(record, query.format(some=", ".join(f":{name}" for name in named)), **named)
