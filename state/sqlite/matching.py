"""Cases that may be about a same child, and another case that a turn is about beside the first."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from state.records import CasePersonRecord, CaseRecord, ChildDigestRecord, DeadlineRecord, DraftRecord
from state.scoping_records import RequestRecord
from state.snapshot import Other, Wanted, Written

JOINS_LOOK_AT = ("referral", "decision")
"""Forms of the other case that joining looks at."""

_OF_CASE = 'WHERE "case" = :case'
_JOINED = """WHERE "joined_to" = :case AND "joined_to" <> '' ORDER BY "reference" """
_SHARED = """SELECT o."case" FROM "child_digests" AS m JOIN "child_digests" AS o ON o."digest" = m."digest"
    WHERE m."case" IN (:case, :draft) AND m."case" <> '' AND m."digest" <> '' AND o."case" NOT IN (:case, :draft)"""
# A restricted case or draft takes part in no duplicate check, except for the people named on it; an excluded person has none.
_FOR_THIS_PERSON = """(NOT {table}."restricted" OR EXISTS (SELECT 1 FROM "case_people" AS p WHERE p."case" = {table}."id"
    AND p."person" = :person AND p."relation" = 'named')) AND NOT EXISTS (SELECT 1 FROM "case_people" AS p
    WHERE p."case" = {table}."id" AND p."person" = :person AND p."relation" = 'excluded')"""
# Somebody has said that they are not the same child.
_NOT_PARTED = """NOT EXISTS (SELECT 1 FROM "notices" AS n WHERE n."settled_at" IS NOT NULL
    AND n."id" = 'match:' || min(:case, {table}."id") || ':' || max(:case, {table}."id"))"""


def _alike(table: str, rest: str) -> str:
    named = f'"{table}"'
    conditions = (f'{named}."id" IN ({_SHARED})', _FOR_THIS_PERSON.format(table=named), _NOT_PARTED.format(table=named), rest)
    return "WHERE " + " AND ".join(conditions) + ' ORDER BY "id"'


_CASES = _alike("cases", """("joined_to" = '' OR "joined_to" <> :case) AND "id" <> :joined_to""")
_DRAFTS = _alike("drafts", """"status" IN ('open', 'paused')""")


class Matching:
    """Reads beside the turn's own. `everything` gives the records of a type that a condition picks."""

    def __init__(self, everything: Callable[..., tuple[Any, ...]], wanted: Wanted) -> None:
        self._all, self._wanted = everything, wanted

    def parts(
        self,
        case: CaseRecord | None,
        draft: DraftRecord | None,
        written: Callable[[CaseRecord, Sequence[str]], tuple[Written, ...]],
    ) -> dict[str, Any]:
        """What of a snapshot belongs to other cases. `written` reads the forms of one."""
        unsent = draft.id if case is None and draft is not None else ""
        found: dict[str, Any] = {"digests": self._digests(unsent or (case.id if case else ""))}
        if self._wanted.matching:
            mine = {"case": case.id if case else "", "draft": unsent, "person": self._wanted.person}
            joined_to = case.joined_to if case else ""
            found["alike"] = self._all(CaseRecord, _CASES, joined_to=joined_to, **mine)
            found["alike_drafts"] = self._all(DraftRecord, _DRAFTS, **mine)
        other = self._other(case)
        return found | {"other": self._whole(other, written)} if other is not None else found

    def _digests(self, name: str) -> tuple[ChildDigestRecord, ...]:
        return self._all(ChildDigestRecord, f'{_OF_CASE} ORDER BY "child"', case=name) if name else ()

    def _other(self, case: CaseRecord | None) -> CaseRecord | None:
        wanted = self._wanted.other or (case.joined_to if case is not None and self._wanted.matching else "")
        if not wanted:
            return None
        found = self._all(CaseRecord, 'WHERE "id" = :wanted OR "reference" = :wanted', wanted=wanted)
        return found[0] if found else None

    def _whole(self, case: CaseRecord, written: Callable[[CaseRecord, Sequence[str]], tuple[Written, ...]]) -> Other:
        return Other(
            case=case,
            people=self._all(CasePersonRecord, f'{_OF_CASE} ORDER BY "person", "relation"', case=case.id),
            deadlines=self._all(DeadlineRecord, f'{_OF_CASE} ORDER BY "due", "id"', case=case.id),
            requests=self._all(RequestRecord, f'{_OF_CASE} ORDER BY "id"', case=case.id),
            written=written(case, JOINS_LOOK_AT),
            digests=self._digests(case.id),
            joined=self._all(CaseRecord, _JOINED, case=case.id),
        )
