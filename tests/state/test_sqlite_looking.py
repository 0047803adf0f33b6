"""Looking through the open dates: what comes first, narrowing, pages, channels, and that closed cases cost nothing."""

from __future__ import annotations

import contextlib
from pathlib import Path
from typing import Any

from store_kit import KEYS, NOW, database, later, opened

from state.changes import Changes
from state.chasing_records import ChaseRecord
from state.looking import BY_AGENCY, Look, Looked
from state.records import CasePersonRecord, CaseRecord, DeadlineRecord, GrantRecord, PersonRecord, PlaceRecord, Record
from state.scoping_records import NoticeRecord, OrganisationRecord, RequestRecord
from state.snapshot import Wanted
from state.sqlite import SqliteStore
from state.sqlite.files import connect
from state.sqlite.looking import Looking
from state.sqlite.rows import table

PARTS = ("unread", "unaware", "undecided", "unowned", "unmailed")
ME = "t/coordinator"


def grant(person: str, role: str, organisation: str = "") -> GrantRecord:
    return GrantRecord(
        id=f"{person}-{role}",
        person=person,
        role=role,
        organisation=organisation,
        granted_by="t",
        granted_at=NOW,
        confirmed_by="t",
    )


def case(number: int, **fields: Any) -> CaseRecord:
    given: dict[str, Any] = {"status": "reviewing", "la_aware_at": NOW, "received_at": later(days=-30 + number)}
    return CaseRecord(
        **({"id": f"c{number}", "reference": f"NS-2026-000{number}", "draft": "d", "referrer": "t/r"} | given | fields)
    )


def date(of: int, name: str, days: float, owner: str = "coordinator", **fields: Any) -> DeadlineRecord:
    kind = name.partition(":")[0]
    return DeadlineRecord(
        id=f"c{of}:{name}", case=f"c{of}", kind=kind, owner=owner, due=later(days=days), runs_from=NOW, **fields
    )


def request(of: int, organisation: str, **fields: Any) -> RequestRecord:
    given: dict[str, Any] = {"state": "sent", "sent_at": NOW, "agency": organisation, "organisation": organisation}
    given |= {"id": f"r{of}{organisation}", "case": f"c{of}", "reference": f"NS-2026-000{of}"}
    return RequestRecord(**(given | fields))


def asked(of: int, organisation: str, days: float, **fields: Any) -> tuple[Record, ...]:
    made = request(of, organisation, **fields)
    return made, date(of, f"scoping_return:{made.id}", days, owner=organisation)


BASE: tuple[Record, ...] = (
    *(PersonRecord(id=one, name=f"Test {one[2:].title()}") for one in (ME, "t/lead", "t/twin", "t/other")),
    PersonRecord(id="t/twin2", name="Test Twin"),
    grant(ME, "coordinator"),
    grant("t/lead", "agency_lead", "police"),
    *(
        OrganisationRecord(id=one, name=f"Test {one.title()}", kind=kind)
        for one, kind in (("police", "police"), ("gp-a", "gp"), ("gp-b", "gp"))
    ),
)


def notice(of: int, kind: str, number: int = 0, **fields: Any) -> NoticeRecord:
    given = {"at": later(days=-of), "by": "t/p"} | fields
    return NoticeRecord(id=f"n{of}{kind}{number}", case=f"c{of}", kind=kind, **given)


async def look(store: SqliteStore, who: str = ME, place: str = "", **fields: Any) -> Looked:
    made = Look(**({"now": NOW, "listed": True, "before": NOW} | fields))
    read = await store.read(Wanted(turn="", person=who, place=place, look=lambda talk, names: made))
    assert read.looked is not None
    return read.looked


async def kept(store: SqliteStore, *rows: Record) -> None:
    await store.commit(f"turn-{id(rows)}", "digest", NOW, Changes(puts=(*BASE, *rows)))


def ids(found: Looked) -> list[str]:
    return [line.id for line in found.lines]


async def test_a_case_comes_with_all_its_dates_where_its_first_one_does(tmp_path: Path) -> None:
    async with opened(tmp_path) as store:
        await kept(
            store, case(1), case(2), date(1, "rapid_review", -1), date(2, "rapid_review", -3), date(1, "panel_reply", -9)
        )
        found = await look(store)
        assert ids(found) == ["c1:panel_reply", "c1:rapid_review", "c2:rapid_review"]
        assert (found.late, found.listed, found.runs) == (3, 3, True)
        assert ids(await look(store, rows=2)) == ["c1:panel_reply", "c1:rapid_review"]
        assert ids(await look(store, rows=2, skip=1)) == ["c1:rapid_review", "c2:rapid_review"]
        assert ids(await look(store, rows=2, skip=3)) == []


async def test_pages_by_agency_come_to_the_same_dates(tmp_path: Path) -> None:
    rows = [
        row
        for n in range(1, 5)
        for row in (case(n), *asked(n, "police", -n), *asked(n, "gp-a", n - 6), date(n, "rapid_review", -n))
    ]
    async with opened(tmp_path) as store:
        await kept(store, *rows)
        whole = ids(await look(store, by=BY_AGENCY, rows=100))
        paged = [one for skip in range(0, 12, 5) for one in ids(await look(store, by=BY_AGENCY, rows=5, skip=skip))]
        assert paged == whole
        assert len(whole) == 12
        owners = [one.organisation for one in (await look(store, by=BY_AGENCY, rows=100)).lines]
        assert owners == ["gp-a"] * 4 + [""] * 4 + ["police"] * 4


async def test_a_line_says_what_stands_beside_the_date(tmp_path: Path) -> None:
    made, due = asked(1, "police", -2, delivery="email", emailed_at=NOW)
    async with opened(tmp_path) as store:
        await kept(
            store,
            case(1),
            made,
            due,
            date(1, "rapid_review", 9),
            ChaseRecord(id=due.id, case="c1", due=NOW, told_at=NOW, left_to="t/other", handed_to=ME),
            NoticeRecord(id="n", case="c1", kind="more_time", about=made.id, by="t/lead", at=NOW),
        )
        [line] = (await look(store)).lines
        assert (line.reference, line.status, line.name, line.agency, line.state) == (
            "NS-2026-0001",
            "reviewing",
            "Test Police",
            "police",
            "sent",
        )
        assert (line.delivery, line.mailed, line.more_time, line.review) == ("email", True, True, later(days=9))
        assert (line.told_at, line.left_to, line.handed_to) == (NOW, "Test Other", "Test Coordinator")


async def test_what_comes_first(tmp_path: Path) -> None:
    unread = (case(1, status="referred", la_aware_at=None), date(1, "read_referral", -1), date(1, "notification:1", -1))
    read = (case(2, status="referred", la_aware_at=None), date(2, "read_referral", -1, met=NOW))
    undecided = (case(3, status="deciding"),)
    unowned = (case(4), date(4, "child_death_review:1", 3), date(4, "inform_home_authority:1", -3, owner="Test Somebody"))
    unmailed = (case(5), *asked(5, "gp-a", 3, delivery="email"), *asked(5, "gp-b", 3, delivery="email", emailed_at=NOW))
    settled = (case(6), *asked(6, "police", 3, delivery="email", state="withdrawn"))
    ended = (case(7, status="withdrawn", la_aware_at=None), case(8, status="closed", la_aware_at=None))
    async with opened(tmp_path) as store:
        await kept(store, *unread, *read, *undecided, *unowned, *unmailed, *settled, *ended)
        found = await look(store, first=PARTS, rows=100)
        assert [one.reference[-1] for one in found.first] == ["1", "2", "3", "4", "5"]
        assert found.first_count == 5
        one, two, three, four, five = found.first
        assert (one.unread, one.unaware, one.undecided, one.read_by) == (True, False, False, later(days=-1))
        assert (two.unread, two.unaware, two.undecided) == (False, True, True)
        assert (three.unaware, three.undecided) == (False, True)
        assert [line.kind for line in four.unowned] == ["child_death_review"]
        assert five.unmailed == ("Test Gp-A",)
        assert ids(found) == ["c4:inform_home_authority:1", "c1:notification:1"]
        assert (found.late, found.listed) == (3, 2)
        assert [one.reference[-1] for one in (await look(store, first=("unmailed",), organisation="gp-a")).first] == ["5"]
        assert (await look(store, first=PARTS, organisation="police")).first == ()
        assert (await look(store, "t/lead", first=PARTS)).first == ()


async def test_what_comes_first_takes_its_lines_of_the_page(tmp_path: Path) -> None:
    rows = [row for n in range(1, 5) for row in (case(n, status="deciding"), date(n, "rapid_review", -n))]
    async with opened(tmp_path) as store:
        await kept(store, *rows)
        pages = [await look(store, first=PARTS, rows=3, skip=skip) for skip in (0, 3, 6)]
        assert [(len(one.first), len(one.lines)) for one in pages] == [(3, 0), (1, 2), (0, 2)]
        assert [line for one in pages for line in ids(one)] == ids(await look(store))


async def test_narrowed_by_case_kind_agency_organisation_and_time(tmp_path: Path) -> None:
    async with opened(tmp_path) as store:
        rows = [
            row
            for n in (1, 2)
            for row in (
                case(n),
                *asked(n, "police", -1),
                *asked(n, "gp-a", -2),
                *asked(n, "gp-b", -3),
                date(n, "rapid_review", -4),
            )
        ]
        await kept(store, *rows)
        assert (await look(store)).late == 8
        assert (await look(store, reference="NS-2026-0002")).late == 4
        assert (await look(store, reference="NS-2026-0009")).late == 0
        assert (await look(store, kinds=("rapid_review",))).late == 2
        assert (await look(store, agencies=("gp",))).late == 4
        assert (await look(store, agencies=("camhs",))).late == 0
        assert (await look(store, organisation="gp-b")).late == 2
        assert (await look(store, agencies=("police",), organisation="gp-b")).late == 0
        assert (await look(store, since=later(days=-2))).late == 4
        assert (await look(store, since=later(days=-2))).earlier == 4
        assert (await look(store, before=None)).late == 8


async def test_narrowed_to_whose_move_it_is(tmp_path: Path) -> None:
    async with opened(tmp_path) as store:
        await kept(
            store,
            case(1),
            *asked(1, "police", -1),
            *asked(1, "gp-a", -2, senior="t/other"),
            date(1, "rapid_review", -3),
            date(1, "child_death_review:1", -4, owner="Test Twin"),
            ChaseRecord(id="c1:rapid_review", case="c1", due=NOW, handed_to="t/other"),
        )
        assert ids(await look(store, person="lead")) == ["c1:scoping_return:r1police"]
        assert ids(await look(store, person="Test Other")) == ["c1:rapid_review", "c1:scoping_return:r1gp-a"]
        assert (await look(store, person="t/other")).person == "t/other"
        twins = await look(store, person="twin")
        assert (ids(twins), twins.person, twins.nobody) == (["c1:child_death_review:1"], "", False)
        nobody = await look(store, person="nobody at all")
        assert (ids(nobody), nobody.nobody) == ([], True)


async def test_in_a_channel_that_is_tied_only_what_is_its_own(tmp_path: Path) -> None:
    places = [
        PlaceRecord(id=f"teams:{to}", channel="teams", conversation=to, kind="channel", tied_to=to, confirmed_by=by)
        for to, by in (("police", "t"), ("gp-a", ""), ("coordinators", "t"))
    ]
    async with opened(tmp_path) as store:
        await kept(store, case(1), case(2, restricted=True), *asked(1, "police", -1), *asked(1, "gp-a", -2), *places)
        own = await look(store, place="teams:police", public=True)
        assert (ids(own), own.tied) == (["c1:scoping_return:r1police"], "Test Police")
        assert (await look(store, place="teams:gp-a", public=True)).late == 2
        assert (await look(store, place="teams:coordinators", public=True)).late == 2
        assert (await look(store, "t/other", place="teams:police", public=True)).late == 0


async def test_where_nothing_is_late_the_next_date_is_there(tmp_path: Path) -> None:
    async with opened(tmp_path) as store:
        await kept(store, case(1), date(1, "rapid_review", 5), *asked(1, "police", 2), *asked(1, "gp-a", 1))
        found = await look(store, "t/lead")
        assert (found.late, found.runs, found.organisations) == (0, False, ("Test Police",))
        assert found.next is not None
        assert found.next.id == "c1:scoping_return:r1police"
        assert (await look(store, "t/other")).next is None
        assert (await look(store, before=later(days=9))).next is None


def steps(path: Path, made: Look) -> int:
    """How many steps the database takes to answer, in hundreds."""
    counted = 0

    def step() -> None:
        nonlocal counted
        counted += 1

    with contextlib.closing(connect(path)) as connection:
        known = table(GrantRecord)
        grants = [known.read(row, KEYS) for row in connection.execute(f'{known.select} WHERE "person" = ?', (ME,))]
        connection.set_progress_handler(step, 100)
        Looking(connection, Wanted(turn="", person=ME, place=""), made, grants).looked()
    return counted


async def test_what_waits_is_counted_by_case_and_kind_for_those_who_run_the_case(tmp_path: Path) -> None:
    rows = (
        *(case(n) for n in (1, 2)),
        case(3, restricted=True),
        case(4, status="closed"),
        case(5),
        CasePersonRecord(case="c5", person=ME, relation="excluded"),
        *(notice(n, "question") for n in range(1, 6)),
        notice(1, "question", 2),
        notice(1, "more_time", settled_at=NOW),
        notice(2, "withdrawal"),
    )
    async with opened(tmp_path) as store:
        await kept(store, *rows)
        found = await look(store, waits=True)
        assert [(one.reference, one.kinds) for one in found.waits] == [
            ("NS-2026-0002", {"question": 1, "withdrawal": 1}),
            ("NS-2026-0001", {"question": 2}),
        ]
        assert (await look(store)).waits == ()
        assert (await look(store, "t/lead", waits=True)).waits == ()
        await store.commit("on", "d", NOW, Changes(puts=(CasePersonRecord(case="c3", person=ME, relation="named"),)))
        listed = (await look(store, waits=True)).waits[0]
        assert (listed.reference, listed.restricted) == ("NS-2026-0003", True)
        assert [one.reference for one in (await look(store, waits=True, public=True)).waits] == ["NS-2026-0002", "NS-2026-0001"]


async def test_a_look_beside_another_is_of_the_same_person(tmp_path: Path) -> None:
    async with opened(tmp_path) as store:
        await kept(store, case(1), *asked(1, "police", 3), *asked(1, "gp-a", 3), date(1, "rapid_review", -2))
        soon = Look(now=NOW, since=NOW, before=later(days=7))
        found = await look(store, beside=soon)
        assert ids(found) == ["c1:rapid_review"]
        assert found.beside is not None
        assert found.beside.late == 2
        led = await look(store, "t/lead", beside=soon)
        assert led.beside is not None
        assert ids(led.beside) == ["c1:scoping_return:r1police"]


def closed(count: int) -> list[Record]:
    """Cases that are at an end, with everything that stands beside them."""
    rows: list[Record] = []
    for number in range(100, 100 + count):
        made, due = asked(number, "police", -20, state="accepted", delivery="email", emailed_at=NOW)
        rows += [
            case(number, status="closed", reference=f"NS-2025-{number:05d}"),
            made,
            _met(due),
            _met(date(number, "rapid_review", -9)),
            notice(number, "question"),
        ]
    return rows


def _met(row: Any) -> DeadlineRecord:
    return DeadlineRecord(
        id=row.id, case=row.case, kind=row.kind, owner=row.owner, due=row.due, runs_from=row.runs_from, met=NOW
    )


async def test_closed_cases_cost_nothing(tmp_path: Path) -> None:
    open_ones = [
        row for n in range(1, 8) for row in (case(n, status="deciding"), *asked(n, "police", -n), date(n, "rapid_review", -n))
    ]
    costs = []
    for name, count in (("few", 0), ("many", 600)):
        async with opened(tmp_path / name) as store:
            await kept(store, *open_ones, *closed(count))
        looks = [Look(now=NOW, before=NOW, first=PARTS, by=by, waits=True) for by in ("case", "agency")]
        costs.append([steps(database(tmp_path / name), one) for one in looks])
    few, many = costs
    assert [more <= less + 3 for less, more in zip(few, many, strict=True)] == [True, True], costs
    assert min(few) > 5
