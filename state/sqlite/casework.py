"""What a turn about a case or a request reads: requests, returns, the meeting, notices, and the forms of the case."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from typing import Any

from state.records import AnswerRecord, CaseRecord, DraftRecord, PlaceRecord
from state.scoping_records import (
    AttendanceRecord,
    FurtherRecord,
    MeetingRecord,
    NoticeRecord,
    OpeningRecord,
    OrganisationRecord,
    PairRecord,
    RequestRecord,
)
from state.snapshot import Wanted, Written
from state.sqlite.predicates import OPEN_NOTICE, OPEN_REQUEST
from state.sqlite.rows import table

OF_A_REQUEST = "request:"
"""What the owner of a draft begins with that an organisation writes."""

_NEWEST = """WHERE "draft" IN (SELECT "id" FROM "drafts" WHERE "case" = :case AND "case" <> '' AND "form" = :form)
    AND NOT EXISTS
    (SELECT 1 FROM "answers" AS n WHERE n."draft" = "answers"."draft" AND n."path" = "answers"."path"
    AND n."version" = "answers"."version" + 1) ORDER BY "draft", "path" """
_DRAFTS = """WHERE "case" = :case AND "case" <> '' AND "form" = :form ORDER BY "begun_at", "id" """
_RETURNS = 'WHERE "owner" = :owner ORDER BY "begun_at", "id"'
_OF_DRAFT = """WHERE "draft" = :draft AND NOT EXISTS (SELECT 1 FROM "answers" AS n WHERE n."draft" = :draft
    AND n."path" = "answers"."path" AND n."version" = "answers"."version" + 1) ORDER BY "path" """
# Where the card of a request stands, so that it follows whatever turn changes the request.
_CARD_AT = f"""WHERE "tied_to" = :organisation UNION SELECT {table(PlaceRecord).listed} FROM "places"
    WHERE "person" = :senior AND "person" <> '' AND "kind" = 'personal' ORDER BY "id" """  # noqa: S608 - our own columns
_LEADS = """SELECT "organisation" FROM "grants" WHERE "person" = :person AND "ended_at" IS NULL
    AND "role" IN ('agency_lead', 'deputy')"""
# An excluded person has nothing of a case, whatever else they are to it; a restricted one is there for its list alone.
_MINE = f"""WHERE {OPEN_REQUEST} AND "state" <> 'to_send' AND (("delivery" <> 'private' AND NOT "quiet"
    AND "organisation" IN ({_LEADS}))
    OR "senior" = :person OR "delegate" = :person) AND NOT EXISTS (SELECT 1 FROM "case_people" AS p
    WHERE p."case" = "requests"."case" AND p."person" = :person AND p."relation" = 'excluded')
    AND NOT EXISTS (SELECT 1 FROM "cases" AS c WHERE c."id" = "requests"."case" AND c."restricted" AND NOT EXISTS
    (SELECT 1 FROM "case_people" AS p WHERE p."case" = c."id" AND p."person" = :person AND p."relation" = 'named'
    AND p."until" IS NULL)) ORDER BY "due", "id" """  # noqa: S608


class Casework:
    """Reads beside the turn's own. `everything` gives the records of a type that a condition picks."""

    def __init__(self, everything: Callable[..., tuple[Any, ...]], wanted: Wanted) -> None:
        self._all, self._wanted = everything, wanted
        self._request = self._named_with_its_case() if wanted.request else None

    def _named_with_its_case(self) -> RequestRecord | None:
        """The request that is wanted; nothing where another case was named beside it: who may see one may not see the other."""
        request: RequestRecord | None = self._one(RequestRecord, id=self._wanted.request)
        return request if request is None or self._wanted.case in ("", request.case) else None

    def case_of_request(self) -> str:
        """The case of the request that is wanted, or nothing."""
        return self._request.case if self._request else ""

    def parts(self, case: CaseRecord | None, draft: DraftRecord | None) -> dict[str, Any]:
        """Everything of a snapshot that belongs to a case or to requests."""
        found: dict[str, Any] = {}
        if self._wanted.my_requests:
            found["my_requests"] = self._all(RequestRecord, _MINE, person=self._wanted.person)
        if self._wanted.organisations:
            found["organisations"] = self._all(OrganisationRecord, 'ORDER BY "name", "id"')
        if case is None:
            return found
        found |= self._of_case(case) | self._of_request(draft) | self._requests(case)
        found["written"] = tuple(self._with_returns(found["written"]))
        return found

    def _of_case(self, case: CaseRecord) -> dict[str, Any]:
        return {
            "meeting": self._one(MeetingRecord, case=case.id),
            "attendances": self._all(AttendanceRecord, 'WHERE "case" = :case ORDER BY "person"', case=case.id),
            "notices": self._all(NoticeRecord, f'WHERE "case" = :case AND {OPEN_NOTICE} ORDER BY "at", "id"', case=case.id),
            "further": self._all(FurtherRecord, 'WHERE "case" = :case ORDER BY "asked_at", "id"', case=case.id),
            "pairs": self._all(PairRecord, 'WHERE "case" = :case ORDER BY "one", "other"', case=case.id),
            "joined": self._all(
                CaseRecord, """WHERE "joined_to" = :case AND "joined_to" <> '' ORDER BY "reference" """, case=case.id
            ),
            "written": self.written(case, self._wanted.forms),
        }

    def written(self, case: CaseRecord, forms: Sequence[str]) -> tuple[Written, ...]:
        """The drafts of a case of these forms, each with its answers."""
        return tuple(one for form in forms for one in self._written(case, form))

    def _written(self, case: CaseRecord, form: str) -> list[Written]:
        answers: dict[str, dict[str, AnswerRecord]] = defaultdict(dict)
        for answer in self._all(AnswerRecord, _NEWEST, case=case.id, form=form):
            answers[answer.draft][answer.path] = answer
        drafts = self._all(DraftRecord, _DRAFTS, case=case.id, form=form)
        return [Written(draft=draft, answers=answers[draft.id]) for draft in drafts]

    def _of_request(self, draft: DraftRecord | None) -> dict[str, Any]:
        """The request that is wanted, or whose return is at hand, with its organisation and who has opened it."""
        request = self._request
        if request is None and draft is not None and draft.owner.startswith(OF_A_REQUEST):
            request = self._one(RequestRecord, id=draft.owner.removeprefix(OF_A_REQUEST))
        if request is None:
            return {}
        found: dict[str, Any] = {
            "request": request,
            "openings": self._all(OpeningRecord, 'WHERE "request" = :request ORDER BY "person"', request=request.id),
        }
        if not self._wanted.organisations:
            found["organisations"] = self._all(OrganisationRecord, 'WHERE "id" = :id', id=request.organisation)
        if not self._wanted.people:
            found["tied_places"] = self._all(PlaceRecord, _CARD_AT, organisation=request.organisation, senior=request.senior)
        return found

    def _with_returns(self, written: tuple[Written, ...]) -> list[Written]:
        """The forms that are wanted, and both returns of the request that is wanted."""
        request = self._request
        if request is None:
            return list(written)
        known = {one.draft.id for one in written}
        more = self._all(DraftRecord, _RETURNS, owner=f"{OF_A_REQUEST}{request.id}")
        return [*written, *(self._answered(draft) for draft in more if draft.id not in known)]

    def _answered(self, draft: DraftRecord) -> Written:
        return Written(draft=draft, answers={one.path: one for one in self._all(AnswerRecord, _OF_DRAFT, draft=draft.id)})

    def _requests(self, case: CaseRecord) -> dict[str, Any]:
        if not self._wanted.requests:
            return {}
        openings = 'WHERE "request" IN (SELECT "id" FROM "requests" WHERE "case" = :case) ORDER BY "request", "person"'
        return {
            "requests": self._all(RequestRecord, 'WHERE "case" = :case ORDER BY "agency", "organisation", "id"', case=case.id),
            "openings": self._all(OpeningRecord, openings, case=case.id),
        }

    def _one(self, record: type[Any], **key: str) -> Any:
        where = " AND ".join(f'"{name}" = :{name}' for name in key)
        found = self._all(record, f"WHERE {where}", **key)
        return found[0] if found else None
