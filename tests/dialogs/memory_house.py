"""A house in memory: turns are decided by the real `decide`, and its puts applied with version checks, as the store does."""

from __future__ import annotations

import hashlib
import itertools
from collections import defaultdict
from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec
from owned_forms import owned

from dialogs.decide import decide
from dialogs.kit import Kit
from dialogs.making import make_kit
from dialogs.reads import wanted
from dialogs.reply import Reply, Window, reply_from, window_from
from dialogs.turn import Said, Turn
from state.changes import Changes, Entry, Kind, Send
from state.ledger import SentOut
from state.looking import Looked
from state.records import AnswerRecord, GrantRecord, PersonRecord, PlaceRecord, Record, TalkRecord
from state.snapshot import Conflict, Snapshot, Wanted
from state.values import Channel, Place, Who
from templates.profile import Profile, load_profile, profile_folder

START = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
TENANT = "test-tenant"
ME = Who(TENANT, "me", "Test Practitioner", "test.practitioner@example.org")
_loaded: list[Kit] = []


def kit() -> Kit:
    """The shipped profile's kit, built once for all tests."""
    if not _loaded:
        profile: Profile = load_profile(profile_folder("north-somerset"))
        _loaded.append(make_kit(profile, _digest, frozenset({TENANT})))
    return _loaded[0]


def engine_kit() -> Kit:
    """The same with every form that belongs to a case written by its owner: for tests of how forms are filled in."""
    return owned(kit())


def _digest(purpose: str, text: str) -> str:
    return hashlib.sha256(f"test key {purpose} {text}".encode()).hexdigest()


def home_of(who: Who) -> Place:
    """The person's own conversation."""
    return Place(Channel.TEAMS, who.object)


class MemoryHouse:
    """Rows by table and key, every version of every answer, and what was said where."""

    def __init__(self, kit_: Kit | None = None) -> None:
        self.kit = kit_ or kit()
        self.rows: dict[str, dict[tuple[str, ...], Any]] = defaultdict(dict)
        self.versions: dict[tuple[str, ...], list[AnswerRecord]] = defaultdict(list)
        self.said: dict[str, list[Reply]] = defaultdict(list)
        self.sends: list[Send] = []
        self.history: list[Entry] = []
        self.window: Window | None = None
        self.now = START
        self._turns = itertools.count(1)

    def add(self, record: Record) -> None:
        """Write a row that is not there yet."""
        self._put(record)

    def grant(self, who: Who, role: str, organisation: str = "") -> None:
        """A person with a confirmed role and a conversation of their own."""
        place = home_of(who)
        self.rows["grants"][(f"{role}-{who.object}",)] = GrantRecord(
            id=f"{role}-{who.object}",
            person=who.id,
            role=role,
            organisation=organisation,
            granted_by="test",
            granted_at=self.now,
            confirmed_by="test",
            version=1,
        )
        self.rows["people"].setdefault((who.id,), PersonRecord(id=who.id, name=who.name, version=1))
        self.rows["places"].setdefault(
            (place.id,),
            PlaceRecord(
                id=place.id,
                channel=place.channel.value,
                conversation=place.conversation,
                kind=place.kind.value,
                person=who.id,
                version=1,
            ),
        )

    def take(self, said: Said, who: Who = ME, place: Place | None = None) -> list[Reply]:
        """One turn. Returns what was said back in that place; a window is left in `window`."""
        self.now += timedelta(seconds=5)
        spoken = place or home_of(who)
        turn = Turn(id=f"t{next(self._turns)}", who=who, place=spoken, said=said, at=self.now)
        snapshot = self.read(wanted(turn, self.kit))
        changes = decide(turn, snapshot, self.kit)
        assert decide(turn, snapshot, self.kit) == changes, "deciding twice gives the same"
        return self._apply(changes, spoken)

    def _apply(self, changes: Changes, place: Place) -> list[Reply]:
        for record in changes.puts:
            self._put(record)
        self.history += changes.history
        self.sends += changes.sends
        self.window = None if changes.answer is None else window_from(changes.answer)
        replies = [reply_from(s.body) for s in changes.sends if s.kind is Kind.REPLY]
        self.said[place.id] += replies
        return replies

    def _put(self, record: Record) -> None:
        key = tuple(str(getattr(record, name)) for name in record.KEY)
        known = self.rows[record.TABLE].get(key)
        if record.version != (known.version if known else 0):
            raise Conflict(f"{record.TABLE} {key}")
        written = msgspec.structs.replace(record, version=record.version + 1)
        self.rows[record.TABLE][key] = written
        if isinstance(written, AnswerRecord):
            self.versions[key].append(written)

    def read(self, asked: Wanted) -> Snapshot:
        """The picture that the store would give."""
        talk = self.rows["talks"].get((asked.person, asked.place))
        found: dict[str, Any] = {"talk": talk, "person": self.rows["people"].get((asked.person,))}
        found["place"] = self.rows["places"].get((asked.place,))
        found["grants"] = self._where("grants", person=asked.person)
        found["last_card"] = "card" if asked.last_card else ""
        drafts = [d for d in self._where("drafts", owner=asked.person) if d.status == "open"]
        found["my_drafts"] = tuple(sorted(drafts, key=lambda d: d.touched_at, reverse=True))
        found["my_cases"] = tuple(reversed(self._where("cases", referrer=asked.person)))
        found["code"] = self.rows["codes"].get((asked.code,))
        found["counter"] = self.rows["counters"].get((asked.counter,))
        found |= self._case(asked)
        draft = asked.draft or (talk.draft if talk else "")
        if not draft and asked.only_draft and len(drafts) == 1:
            draft = drafts[0].id
        if asked.case_draft:
            draft = found["case"].draft if found.get("case") else ""
        return Snapshot(**found, looked=self._looked(asked, talk), **self._draft(draft), **self._wide(asked))

    def _looked(self, asked: Wanted, talk: TalkRecord | None) -> Looked | None:
        """Nothing is ever late here: what is found is for the tests of the store."""
        look = asked.look(talk, {}) if asked.look else None
        runs = any(grant.role in ("coordinator", "manager") for grant in self._where("grants", person=asked.person))
        return Looked(runs=runs) if look is not None else None

    def _where(self, table: str, **fields: object) -> tuple[Any, ...]:
        return tuple(r for r in self.rows[table].values() if all(getattr(r, n) == v for n, v in fields.items()))

    def _draft(self, draft: str) -> dict[str, Any]:
        return {
            "draft": self.rows["drafts"].get((draft,)),
            "answers": {a.path: a for a in self._where("answers", draft=draft)},
            "draft_people": self._where("case_people", case=draft),
            "digests": self._where("child_digests", case=draft),
        }

    def _case(self, asked: Wanted) -> dict[str, Any]:
        cases = self.rows["cases"].values()
        case = next((c for c in cases if c.id == asked.case or (asked.reference and c.reference == asked.reference)), None)
        if case is None:
            return {}
        return {
            "case": case,
            "case_people": self._where("case_people", case=case.id),
            "deadlines": self._where("deadlines", case=case.id),
        }

    def _wide(self, asked: Wanted) -> dict[str, Any]:
        found: dict[str, Any] = {}
        if asked.open_cases:
            found["open_cases"] = tuple(self.rows["cases"].values())
            found["open_case_people"] = tuple(self.rows["case_people"].values())
            found["open_deadlines"] = self._where("deadlines", met=None)
            found["open_notices"] = self._where("notices", settled_at=None)
        if asked.sent is not None:
            found["sent"] = SentOut(start=asked.sent[0], end=asked.sent[1])
        if asked.people:
            found["all_grants"] = self._where("grants", ended_at=None)
            standing = {g.person for g in found["all_grants"]}
            found["all_people"] = tuple(p for p in self.rows["people"].values() if p.id in standing)
            found["tied_places"] = tuple(p for p in self.rows["places"].values() if p.tied_to or p.person in standing)
        return found
