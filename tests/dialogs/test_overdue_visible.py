"""What the database gives of the open dates is what the one table of access allows, date by date, for anybody, anywhere."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

import pytest
from memory_house import TENANT, kit

from dialogs.desk import Desk
from dialogs.turn import Text, Turn
from state.access import Access
from state.changes import Changes
from state.crypto import KeyRing
from state.looking import BY_AGENCY, BY_CASE, Look
from state.records import CasePersonRecord, CaseRecord, DeadlineRecord, GrantRecord, PersonRecord, Record
from state.scoping_records import OrganisationRecord, RequestRecord
from state.snapshot import Snapshot, Wanted
from state.sqlite import open_store
from state.values import Channel, Place, PlaceKind, Who

NOW = datetime(2026, 11, 26, 9, 0, tzinfo=UTC)
PEOPLE = tuple(Who(tenant, f"p{n}", f"Test Person {n}") for n, tenant in enumerate((TENANT,) * 5 + ("elsewhere",) * 3))
ORGANISATIONS = ("police", "fire", "gp")
RELATIONS = ("named", "excluded", "partner", "panel_member", "lead_reviewer", "scrutineer", "action_owner")
ROLES = ("coordinator", "manager", "agency_lead", "deputy", "auditor")
STATES = ("to_send", "sent", "opened", "drafting", "awaiting_sign_off", "sent_back", "withdrawn")


class World:
    """Cases, people and requests as chance makes them."""

    def __init__(self, seed: int) -> None:
        self.chance = Random(seed)
        self.cases: list[CaseRecord] = []
        self.related: list[CasePersonRecord] = []
        self.requests: list[RequestRecord] = []
        self.dates: list[DeadlineRecord] = []
        self.grants = [grant for who in PEOPLE for grant in self._grants(who)]
        for number in range(5):
            self._case(number)

    def _maybe(self, *of: str) -> str:
        return self.chance.choice(("", "", *of))

    def _grants(self, who: Who) -> list[GrantRecord]:
        found = []
        for number in range(self.chance.choice((0, 0, 1, 1, 2))):
            role = self.chance.choice(ROLES)
            organisation = self.chance.choice(ORGANISATIONS) if role in ("agency_lead", "deputy") else ""
            found.append(
                GrantRecord(
                    id=f"{who.object}-{number}",
                    person=who.id,
                    role=role,
                    organisation=organisation,
                    granted_by="t/x",
                    granted_at=NOW,
                    confirmed_by=self.chance.choice(("", "t/x", "t/x")),
                    ended_at=self.chance.choice((None, None, None, NOW)),
                )
            )
        return found

    def _case(self, number: int) -> None:
        case = CaseRecord(
            id=f"case-{number}",
            reference=f"NS-2026-000{number}",
            status=self.chance.choice(("referred", "deciding", "notified", "reviewing", "not_notified")),
            restricted=self.chance.random() < 0.4,
            draft="d",
            referrer=self.chance.choice(PEOPLE).id,
            received_at=NOW - timedelta(days=20),
        )
        self.cases.append(case)
        for who in PEOPLE:
            for relation in {self._maybe(*RELATIONS), self._maybe(*RELATIONS)} - {""}:
                until = self.chance.choice((None, None, NOW - timedelta(days=1), NOW + timedelta(days=1)))
                self.related.append(CasePersonRecord(case=case.id, person=who.id, relation=relation, until=until))
        for kind in ("read_referral", "notification:1", "rapid_review", "panel_reply"):
            self._date(case, kind)
        for organisation in ORGANISATIONS:
            self._request(case, organisation)

    def _request(self, case: CaseRecord, organisation: str) -> None:
        request = RequestRecord(
            id=f"r-{case.id}-{organisation}",
            case=case.id,
            reference=case.reference,
            organisation=organisation,
            agency=organisation,
            state=self.chance.choice(STATES),
            delivery=self.chance.choice(("channel", "channel", "private", "email")),
            quiet=self.chance.random() < 0.2,
            senior=self._maybe(self.chance.choice(PEOPLE).id),
            delegate=self._maybe(self.chance.choice(PEOPLE).id),
        )
        self.requests.append(request)
        self._date(case, f"scoping_return:{request.id}", organisation)

    def _date(self, case: CaseRecord, name: str, owner: str = "coordinator") -> None:
        due = NOW + timedelta(days=self.chance.randint(-10, 10))
        kind = name.partition(":")[0]
        met = self.chance.choice((None, None, None, NOW))
        self.dates.append(
            DeadlineRecord(
                id=f"{case.id}:{name}",
                case=case.id,
                kind=kind,
                owner=owner,
                due=due,
                runs_from=NOW,
                met=met,
                restricted=case.restricted,
            )
        )

    def rows(self) -> tuple[Record, ...]:
        people = [PersonRecord(id=who.id, name=who.name) for who in PEOPLE]
        organisations = [OrganisationRecord(id=one, name=f"Test {one}", kind=one) for one in ORGANISATIONS]
        return (*people, *organisations, *self.grants, *self.cases, *self.related, *self.requests, *self.dates)

    def allowed(self, who: Who, place: Place) -> set[str]:
        """The dates that the table of access gives to this person in this place."""
        return {date.id for date in self.dates if date.met is None and self._may(date, who, place)}

    def _may(self, date: DeadlineRecord, who: Who, place: Place) -> bool:
        case = next(one for one in self.cases if one.id == date.case)
        related = tuple(one for one in self.related if one.case == case.id)
        own = tuple(grant for grant in self.grants if grant.person == who.id)
        snapshot = Snapshot(case=case, case_people=related, grants=own)
        desk = Desk(Turn(id="t", who=who, place=place, said=Text(""), at=NOW), snapshot, kit())
        request = next((one for one in self.requests if date.id.endswith(one.id)), None)
        put_to_one = request is not None and (request.quiet or request.delivery == "private")
        if desk.may("see_reference", case=case) is Access.YES:
            return desk.private or not put_to_one
        if request is not None:
            hidden = not desk.private and (case.restricted or put_to_one)
            asked = request.state not in ("to_send", "withdrawn") and not hidden
            return asked and desk.may_request("open_request", request) is Access.YES
        if date.kind == "read_referral":
            return case.referrer == who.id and desk.may("see_own_referral", case=case) is Access.YES
        reviewing = date.kind == "rapid_review" and case.status in ("notified", "reviewing")
        return reviewing and desk.may("read_case", case=case) is Access.YES


def look(who: Who, place: Place, **more: object) -> Look:
    public = place.kind is PlaceKind.CHANNEL
    return Look(**({"now": NOW, "listed": who.tenant == TENANT, "public": public, "rows": 1000} | more))  # type: ignore[arg-type]


@pytest.mark.parametrize("seed", range(30))
async def test_what_is_given_is_what_is_allowed(seed: int, tmp_path: Path) -> None:
    world = World(seed)
    store = open_store(tmp_path / "data" / "cspr.db", KeyRing({"k1": b"1" * 32}, "k1"), "local")
    try:
        await store.commit("rows", "digest", NOW, Changes(puts=world.rows()))
        for who in PEOPLE:
            for place in (Place(Channel.TEAMS, "own"), Place(Channel.TEAMS, "a-channel", PlaceKind.CHANNEL)):
                for by in (BY_CASE, BY_AGENCY):
                    asked = look(who, place, by=by)
                    read = await store.read(
                        Wanted(turn="", person=who.id, place=place.id, look=lambda talk, names, asked=asked: asked)
                    )
                    assert read.looked is not None
                    assert {line.id for line in read.looked.lines} == world.allowed(who, place)
                    assert read.looked.late == read.looked.listed == len(read.looked.lines)
    finally:
        store.close()


def test_chance_makes_worlds_where_something_is_allowed_and_something_is_not() -> None:
    worlds = [World(seed) for seed in range(30)]
    shares = [len(world.allowed(who, Place(Channel.TEAMS, "own"))) for world in worlds for who in PEOPLE]
    assert min(shares) == 0
    assert max(shares) > 20
    assert len(set(shares)) > 10
