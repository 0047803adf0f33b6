"""Requests to organisations over all cases: how an organisation is doing, and what it has still to answer."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from state.requests_of import RequestsOf
from state.sqlite.predicates import OPEN_REQUEST

MOST = 500
"""Newest first. One more is read than is counted, so that it is known that there are more."""
_LEADS = """SELECT "organisation" FROM "grants" WHERE "person" = :person AND "ended_at" IS NULL
    AND "role" IN ('agency_lead', 'deputy')"""
# A restricted case is there for the people on its list alone, and an excluded person has nothing of a case.
_FOR_THIS_PERSON = """NOT EXISTS (SELECT 1 FROM "case_people" AS p WHERE p."case" = "requests"."case"
    AND p."person" = :person AND p."relation" = 'excluded')
    AND NOT EXISTS (SELECT 1 FROM "cases" AS c WHERE c."id" = "requests"."case" AND c."restricted" AND (:in_channel
    OR NOT EXISTS (SELECT 1 FROM "case_people" AS p WHERE p."case" = c."id" AND p."person" = :person
    AND p."relation" = 'named' AND (p."until" IS NULL OR p."until" > :now))))"""
_LATEST = "9999"
"""After every instant."""


def requests_of(wanted: RequestsOf, person: str) -> tuple[str, dict[str, Any]]:
    """The condition that picks them, and its values."""
    organisations, params = _named("o", wanted.organisations)
    kinds, more = _named("k", wanted.agencies)
    named = f""""id" IN ({organisations}) OR "kind" IN ({kinds}) OR :typed LIKE '%' || lower("name") || '%'"""
    parts = [f'SELECT "id" FROM "organisations" WHERE {named}']  # noqa: S608 - our own placeholders
    if wanted.everybody:
        parts = ['SELECT "id" FROM "organisations"']
    if wanted.own:
        parts.append(_LEADS)
    if wanted.else_everybody:
        parts.append(f'SELECT "id" FROM "organisations" WHERE NOT EXISTS ({_LEADS})')  # noqa: S608 - our own words
    conditions = [
        f'"organisation" IN ({" UNION ".join(parts)})',
        '"sent_at" IS NOT NULL AND "sent_at" >= :since AND "sent_at" < :until',
        "\"state\" <> 'to_send'",
        _FOR_THIS_PERSON,
    ]
    if wanted.waiting:
        conditions.append(OPEN_REQUEST)
    bounds = {
        "since": wanted.since,
        "until": wanted.until or _LATEST,
        "in_channel": wanted.in_channel,
        "now": wanted.now,
        "typed": wanted.typed,
    }
    where = f'WHERE {" AND ".join(conditions)} ORDER BY "sent_at" DESC, "id" LIMIT {MOST + 1}'
    return where, {**params, **more, **bounds, "person": person}


def _named(letter: str, values: Sequence[str]) -> tuple[str, dict[str, str]]:
    """Placeholders for a list, and their values; nothing at all for an empty one."""
    params = {f"{letter}{number}": value for number, value in enumerate(values)}
    return ", ".join(f":{name}" for name in params) or "NULL", params
