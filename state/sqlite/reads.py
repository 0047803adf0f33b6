"""What one turn reads: only what it wants, each by an indexed query, all in one read transaction."""

from __future__ import annotations

import sqlite3
from typing import Any, TypeVar

from msgspec.structs import replace

from state.chasing_records import AbsenceRecord, ChaseRecord, RoundRecord
from state.crypto import KeyRing
from state.looking import Look, Looked
from state.records import (
    AnswerRecord,
    CasePersonRecord,
    CaseRecord,
    CodeRecord,
    CounterRecord,
    DeadlineRecord,
    DraftRecord,
    GrantRecord,
    PersonRecord,
    PlaceRecord,
    Record,
    TalkRecord,
)
from state.scoping_records import NoticeRecord, RequestRecord
from state.snapshot import Snapshot, Wanted
from state.sqlite import accounts, filing, history, outbox, turns
from state.sqlite.casework import Casework
from state.sqlite.looking import Looking
from state.sqlite.matching import Matching
from state.sqlite.opener import Opener
from state.sqlite.predicates import HANDED, LINKED, OPEN_CASE, OPEN_NOTICE
from state.sqlite.requests_of import requests_of
from state.sqlite.rows import instant_text, table
from state.sqlite.sending import Sending
from state.sqlite.side_by_side import SideBySide

R = TypeVar("R", bound=Record)
LEDGER_ROWS, NEWEST_ROWS = 5_000, 500
"""Of one case: more than one ever has, or a card that came early would seem never to have been posted. And of all cases."""
REFERRAL = "referral"

_OPEN = f'SELECT "id" FROM "cases" WHERE {OPEN_CASE}'  # noqa: S608 - our own condition
_OPEN_PEOPLE = f"""WHERE "case" IN ({_OPEN}) AND ("person" = :person OR ("relation" = 'named' AND "case" IN ({_OPEN} AND
    "restricted"))) ORDER BY "case", "person", "relation" """
_OPEN_DATES = f"""WHERE "case" IN ({_OPEN}) AND "met" IS NULL ORDER BY "case", "due", "id" """
_OPEN_NOTICES = f"""WHERE "case" IN ({_OPEN}) AND {OPEN_NOTICE} ORDER BY "case", "at", "id" """
# An excluded person has nothing of a case, whatever else they are to it.
_MY_CASES = """WHERE "referrer" = :person AND NOT EXISTS (SELECT 1 FROM "case_people" AS p WHERE p."case" = "cases"."id"
    AND p."person" = :person AND p."relation" = 'excluded') ORDER BY "received_at" DESC"""
# By the index alone, however often an answer was changed: each older version looked up a row of its own otherwise.
_NEWEST = """WHERE "draft" = :draft AND ("path", "version") IN (SELECT "path", max("version") FROM "answers"
    WHERE "draft" = :draft GROUP BY "path") ORDER BY "path" """
_NEWEST_THEN = """WHERE "draft" = :draft AND "at" <= :until AND NOT EXISTS (SELECT 1 FROM "answers" AS n
    WHERE n."draft" = :draft AND n."path" = "answers"."path" AND n."version" = "answers"."version" + 1
    AND n."at" <= :until) ORDER BY "path" """
# Everybody with a standing role, who has a part in the case that is read, or who owns the draft that was asked for.
_CONCERNED = f"""SELECT "person" FROM "grants" WHERE "ended_at" IS NULL
    UNION SELECT "person" FROM "case_people" WHERE "case" = :case
    UNION SELECT "referrer" FROM "cases" WHERE "id" = :case OR ("joined_to" = :case AND "joined_to" <> '')
    UNION SELECT "senior" FROM "requests" WHERE "case" = :case UNION SELECT "delegate" FROM "requests" WHERE "case" = :case
    UNION SELECT "author" FROM "requests" WHERE "case" = :case
    UNION SELECT "owner" FROM "drafts" WHERE "id" = :draft AND "id" <> ''
    UNION SELECT p."id" FROM "people" AS p JOIN "requests" AS r
    ON r."organisation" = p."organisation" WHERE r."id" = :request
    UNION SELECT coalesce(a."person", h."who") FROM "history" AS h LEFT JOIN (SELECT "id", "person" FROM "accounts"
    WHERE {LINKED}) AS a ON a."id" = h."who" WHERE h."chain" = :chain"""  # noqa: S608 - our own condition
_STANDING = f"""WHERE "id" IN ({_CONCERNED}) ORDER BY "id" """
_TIED = f"""WHERE "tied_to" <> '' UNION SELECT {{listed}} FROM "places" WHERE "person" <> '' AND "kind" = 'personal'
    AND "person" IN ({_CONCERNED}) ORDER BY "id" """  # noqa: S608 - our own condition
# Whom rows of the ledger were for: somebody may have no part in the case any more.
_WRITTEN_TO = """WHERE "id" IN (SELECT "to_person" FROM "outbox" WHERE "case" = :case AND "case" <> ''
    UNION SELECT p."person" FROM "outbox" AS o JOIN "places" AS p ON p."id" = o."place" WHERE o."id" = :row) ORDER BY "id" """
_WRITTEN_AT = """WHERE "id" IN (SELECT "place" FROM "outbox" WHERE "case" = :case AND "case" <> ''
    UNION SELECT "place" FROM "outbox" WHERE "id" = :row) ORDER BY "id" """

# What nearly every turn reads, whatever it is about.
_AT_HAND = SideBySide(
    (TalkRecord, ("person", "place")),
    (PersonRecord, ("person",)),
    (PlaceRecord, ("place",)),
    (DraftRecord, ("draft",)),
    first=turns.ANSWERED,
)
_AWAY = 'WHERE "last" >= :today AND "ended_at" IS NULL ORDER BY "first", "id"'

# A date that was met is nobody's move any more.
_HANDED = f"""WHERE {HANDED} AND EXISTS (SELECT 1 FROM "deadlines" AS d WHERE d."id" = "chases"."id" AND d."met" IS NULL)
    ORDER BY "due", "id" """  # noqa: S608 - our own condition


_NAMES = 'SELECT "name", "id" FROM "organisations" ORDER BY "name", "id"'


class Reading:
    """One read transaction of one turn."""

    def __init__(self, connection: sqlite3.Connection, keys: KeyRing, opener: Opener, wanted: Wanted) -> None:
        self._connection, self._keys, self._opener, self._wanted = connection, keys, opener, wanted

    def snapshot(self) -> Snapshot:
        """Everything wanted; for a turn that was committed before, only what was answered then."""
        wanted = self._wanted
        own = {"turn": wanted.turn, "person": wanted.person, "place": wanted.place, "draft": wanted.draft}
        seen, talk, person, place, named = _AT_HAND.read(self._connection, self._opener, own)
        if seen:
            return Snapshot(seen=True, seen_answer=turns.opened(self._keys, wanted.turn, *seen))
        casework = Casework(self._all, self._wanted)
        case = self._case(casework.case_of_request())
        draft = self._draft(talk, case.get("case"), named)
        case = case or self._case(_case_of(draft.get("draft")))
        parts = {
            **self._own(),
            **draft,
            **case,
            **casework.parts(case.get("case"), draft.get("draft")),
            **Matching(self._all, self._wanted).parts(case.get("case"), draft.get("draft"), casework.written),
            **self._open_cases(),
            **self._everybody(case.get("case")),
            **self._chasing(case.get("case")),
            **self._ledger(case.get("case")),
            **Sending(self._connection, self._all, self._wanted).parts(),
            **self._rest(case.get("case")),
        }
        looked = self._looked(talk, parts.get("grants", ()))
        return Snapshot(talk=talk, person=person, place=place, looked=looked, then=self._then(looked), **parts)

    def _all(self, record: type[R], rest: str, **params: Any) -> tuple[R, ...]:
        rows = table(record)
        found = self._connection.execute(rows.query(rest), params)
        return self._opener.read_all(rows, found.fetchall())

    def _one(self, record: type[R], rest: str, **params: Any) -> R | None:
        found = self._all(record, rest, **params)
        return found[0] if found else None

    def _own(self) -> dict[str, Any]:
        person = self._wanted.person
        if not person:
            return {}
        grants = self._all(GrantRecord, 'WHERE "person" = :person ORDER BY "granted_at", "id"', person=person)
        return {"grants": grants} | (self._mine(person) if self._wanted.mine else {})

    def _mine(self, person: str) -> dict[str, Any]:
        drafts = """WHERE "owner" = :owner AND "status" IN ('open', 'paused') ORDER BY "touched_at" DESC"""
        return {
            "my_drafts": self._all(DraftRecord, drafts, owner=person),
            "my_cases": self._all(CaseRecord, _MY_CASES, person=person),
        }

    def _draft(self, talk: TalkRecord | None, case: CaseRecord | None, named: DraftRecord | None) -> dict[str, Any]:
        """The draft at hand with its answers. `named` is the one that the turn names."""
        draft = self._wanted.draft or (talk.draft if talk else "")
        if not draft and self._wanted.only_draft:
            mine = self._mine(self._wanted.person)["my_drafts"]
            draft = mine[0].id if len(mine) == 1 else ""
        if self._wanted.case_draft:
            draft = case.draft if case else ""
        if not draft:
            return {}
        answers = self._answers(draft)
        return {
            "draft": named if named and named.id == draft else self._one(DraftRecord, 'WHERE "id" = :id', id=draft),
            "answers": {answer.path: answer for answer in answers},
            "draft_people": self._people(draft),
        }

    def _answers(self, draft: str) -> tuple[AnswerRecord, ...]:
        until = self._wanted.until
        if until is None:
            return self._all(AnswerRecord, _NEWEST, draft=draft)
        return self._all(AnswerRecord, _NEWEST_THEN, draft=draft, until=instant_text(until))

    def _people(self, case: str) -> tuple[CasePersonRecord, ...]:
        return self._all(CasePersonRecord, 'WHERE "case" = :case ORDER BY "person", "relation"', case=case)

    def _case(self, other: str) -> dict[str, Any]:
        """The case that is wanted, else the `other`: that of a request, or of the draft at hand."""
        case: CaseRecord | None = None
        if self._wanted.case or other:
            case = self._one(CaseRecord, 'WHERE "id" = :id', id=self._wanted.case or other)
        elif self._wanted.reference:
            case = self._one(CaseRecord, 'WHERE "reference" = :reference', reference=self._wanted.reference)
        if case is None:
            return {}
        deadlines = self._all(DeadlineRecord, 'WHERE "case" = :case ORDER BY "due", "id"', case=case.id)
        return {"case": case, "case_people": self._people(case.id), "deadlines": deadlines}

    def _open_cases(self) -> dict[str, Any]:
        if not self._wanted.open_cases:
            return {}
        return {
            "open_cases": self._all(CaseRecord, f'WHERE {OPEN_CASE} ORDER BY "received_at", "id"'),
            "open_case_people": self._all(CasePersonRecord, _OPEN_PEOPLE, person=self._wanted.person),
            "open_deadlines": self._all(DeadlineRecord, _OPEN_DATES),
            "open_notices": self._all(NoticeRecord, _OPEN_NOTICES),
        }

    def _everybody(self, case: CaseRecord | None) -> dict[str, Any]:
        if not self._wanted.people:
            return {}
        chain = f"case:{case.id}" if case and self._wanted.history else ""
        concerned = {
            "case": case.id if case else "",
            "request": self._wanted.request,
            "draft": self._wanted.draft,
            "chain": chain,
        }
        return {
            "all_grants": self._all(GrantRecord, 'WHERE "ended_at" IS NULL ORDER BY "granted_at", "id"'),
            "all_people": self._all(PersonRecord, _STANDING, **concerned),
            "tied_places": self._all(PlaceRecord, _TIED.format(listed=table(PlaceRecord).listed), **concerned),
            "absences": self._all(AbsenceRecord, _AWAY, today=self._wanted.today),
        }

    def _chasing(self, case: CaseRecord | None) -> dict[str, Any]:
        """How far dates were chased, what comes round again, and what was sent."""
        wanted, found = self._wanted, dict[str, Any]()
        if wanted.chases and case is not None:
            found["chases"] = self._all(ChaseRecord, """WHERE "case" = :case AND "case" <> '' ORDER BY "id" """, case=case.id)
        if wanted.chase:
            found["chases"] = (*found.get("chases", ()), *self._all(ChaseRecord, 'WHERE "id" = :id', id=wanted.chase))
        if wanted.handed:
            found["handed"] = self._all(ChaseRecord, _HANDED)
        if wanted.round:
            found["round"] = self._one(RoundRecord, 'WHERE "id" = :id', id=wanted.round)
        if wanted.history and case is not None:
            found["history"] = tuple(history.listed(self._connection, f"case:{case.id}"))
            found["accounts"] = accounts.that_did(self._all, f"case:{case.id}")
        if wanted.requests_of is not None:
            where, params = requests_of(wanted.requests_of, wanted.person)
            found["requests_of"] = self._all(RequestRecord, where, **params)
        return found

    def _looked(self, talk: TalkRecord | None, grants: tuple[GrantRecord, ...]) -> Looked | None:
        if self._wanted.look is None:
            return None
        look = self._wanted.look(talk, dict(self._connection.execute(_NAMES).fetchall()))
        return self._look(look, grants) if look else None

    def _look(self, look: Look, grants: tuple[GrantRecord, ...]) -> Looked:
        found = Looking(self._connection, self._wanted, look, grants).looked()
        return replace(found, beside=self._look(look.beside, grants)) if look.beside else found

    def _then(self, looked: Looked | None) -> tuple[Snapshot, ...]:
        wanted = self._wanted.then(looked) if self._wanted.then and looked else ()
        return tuple(Reading(self._connection, self._keys, self._opener, one).snapshot() for one in wanted)

    def _ledger(self, case: CaseRecord | None) -> dict[str, Any]:
        """What was sent about the case, and whom it was for."""
        wanted, of = self._wanted, case.id if case else ""
        if not (wanted.ledger or wanted.row):
            return {}
        most = LEDGER_ROWS if of else NEWEST_ROWS
        return {
            "ledger": tuple(outbox.ledger(self._connection, of, most)) if wanted.ledger else (),
            "row": outbox.one(self._connection, wanted.row) if wanted.row else None,
            "written_to": self._all(PersonRecord, _WRITTEN_TO, case=of, row=wanted.row),
            "written_at": self._all(PlaceRecord, _WRITTEN_AT, case=of, row=wanted.row),
        }

    def _rest(self, case: CaseRecord | None) -> dict[str, Any]:
        found: dict[str, Any] = {}
        if self._wanted.code:
            found["code"] = self._one(CodeRecord, 'WHERE "digest" = :digest', digest=self._wanted.code)
        if self._wanted.counter:
            found["counter"] = self._one(CounterRecord, 'WHERE "name" = :name', name=self._wanted.counter)
        if self._wanted.filed:
            found["filed"] = outbox.filed(self._connection, self._wanted.case, self._wanted.filed)
        if self._wanted.files:
            found["files"] = filing.files_of_case(self._all, case.id if case else "")
        if self._wanted.last_card:
            row = self._connection.execute(outbox.LAST_CARD, {"lane": self._wanted.place}).fetchone()
            found["last_card"] = row[0] if row else ""
        if self._wanted.accounts:
            found["accounts"] = accounts.read(self._all, self._wanted, found.get("code"))
        return found


def _case_of(draft: DraftRecord | None) -> str:
    """The case of a draft that a case's people write together. A referrer's own is read without."""
    return draft.case if draft is not None and draft.form != REFERRAL else ""
