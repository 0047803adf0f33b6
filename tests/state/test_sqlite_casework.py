"""What a turn about a case or a request reads: its requests, returns, openings and notices, and who waits for whom."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from store_kit import NOW, answer, draft, later, opened, raw

from state.changes import Changes
from state.records import CasePersonRecord, CaseRecord, GrantRecord, PersonRecord, PlaceRecord, Record
from state.scoping_records import (
    AttendanceRecord,
    Extension,
    MeetingRecord,
    NoticeRecord,
    OpeningRecord,
    OrganisationRecord,
    RequestRecord,
)
from state.snapshot import Snapshot, Wanted
from state.sqlite import SqliteStore


def case(name: str = "case", **fields: Any) -> CaseRecord:
    given = {"id": name, "reference": f"NS-{name}", "draft": f"draft-{name}", "referrer": "t/referrer", "received_at": NOW}
    return CaseRecord(**(given | fields))


def request(name: str, **fields: Any) -> RequestRecord:
    given = {"id": name, "case": "case", "reference": "NS-case", "organisation": name, "agency": "police", "state": "sent"}
    return RequestRecord(**(given | fields))


def grant(person: str, organisation: str, role: str = "agency_lead", **fields: Any) -> GrantRecord:
    given = {"id": f"{person}-{organisation}", "person": person, "role": role, "organisation": organisation}
    return GrantRecord(**(given | {"granted_by": "t/x", "granted_at": NOW, "confirmed_by": "t/x"} | fields))


async def put(store: SqliteStore, *records: Record) -> None:
    await store.commit("turn", "digest", NOW, Changes(puts=records))


async def read(store: SqliteStore, **wanted: Any) -> Snapshot:
    return await store.read(Wanted(**({"turn": "", "person": "", "place": ""} | wanted)))


async def test_a_request_is_read_with_its_case_organisation_and_openings(tmp_path: Path) -> None:
    async with opened(tmp_path) as store:
        asked = request("police", extensions=(Extension(asked_by="t/p", asked_at=NOW, new_date=date(2026, 3, 9)),))
        opening = OpeningRecord(request="police", person="t/p", issue=1, at=NOW)
        await put(store, case(), asked, opening, OrganisationRecord(id="police", name="Test Police", kind="police"))
        found = await read(store, request="police")
    assert found.request is not None
    assert found.request.extensions == asked.extensions
    assert found.case is not None
    assert [one.name for one in found.organisations] == ["Test Police"]
    assert [(one.person, one.issue) for one in found.openings] == [("t/p", 1)]
    assert found.requests == ()


async def test_the_request_of_a_return_is_read_with_its_draft(tmp_path: Path) -> None:
    async with opened(tmp_path) as store:
        returned = draft(form="scoping", owner="request:police", case="case", about="police")
        await put(store, case(), request("police", draft="d"), returned)
        found = await read(store, draft="d")
    assert (found.request and found.request.id, found.case and found.case.id) == ("police", "case")


async def test_a_referrers_own_draft_brings_no_case(tmp_path: Path) -> None:
    async with opened(tmp_path) as store:
        await put(store, case(), draft(form="referral", case="case"))
        assert (await read(store, draft="d")).case is None


async def test_forms_of_a_case_come_with_the_newest_of_each_answer(tmp_path: Path) -> None:
    async with opened(tmp_path) as store:
        one = draft(id="one", form="scoping", owner="request:a", case="case")
        other = draft(id="other", form="scoping", owner="request:b", case="case", begun_at=later(hours=1))
        elsewhere = draft(id="elsewhere", form="scoping", owner="request:c", case="another")
        first = answer(draft="one", path="summary", value="First")
        await put(store, case(), one, other, elsewhere, draft(id="n", form="nil_return", case="case"), first)
        await store.commit("t2", "d", NOW, Changes(puts=(answer(1, draft="one", path="summary", value="Second"),)))
        found = await read(store, case="case", forms=("scoping",))
    assert [written.draft.id for written in found.written] == ["one", "other"]
    assert found.written[0].answers["summary"].value == "Second"
    assert found.written[1].answers == {}


async def test_all_requests_of_a_case_with_meeting_notices_and_joined_referrals(tmp_path: Path) -> None:
    async with opened(tmp_path) as store:
        meeting = MeetingRecord(case="case", uid="u", starts_at=NOW, ends_at=later(hours=2), delay_reason="Test words")
        notice = NoticeRecord(id="n", case="case", kind="question", by="t/p", at=NOW, content={"text": "Test words"})
        settled = NoticeRecord(id="s", case="case", kind="question", by="t/p", at=NOW, settled_at=NOW)
        await put(
            store,
            *(case(), case("joined", joined_to="case"), request("a"), request("b", case="another"), meeting, notice, settled),
            AttendanceRecord(case="case", person="t/p", reply="attending"),
        )
        found = await read(store, case="case", requests=True)
    assert [one.id for one in found.requests] == ["a"]
    assert found.meeting is not None
    assert found.meeting.delay_reason == "Test words"
    assert [(one.id, one.content) for one in found.notices] == [("n", {"text": "Test words"})]
    assert [one.reference for one in found.joined] == ["NS-joined"]
    assert [one.reply for one in found.attendances] == ["attending"]


async def test_what_waits_for_a_person(tmp_path: Path) -> None:
    async with opened(tmp_path) as store:
        await put(
            store,
            *(case(), case("shut"), grant("t/lead", "police"), grant("t/former", "police", ended_at=NOW)),
            request("police"),
            request("secret", organisation="police", delivery="private", senior="t/senior"),
            request("passed", organisation="fire", delegate="t/lead"),
            request("done", organisation="police", state="accepted"),
            request("unsent", organisation="police", state="to_send"),
            request("excluded", organisation="police", case="shut"),
            CasePersonRecord(case="shut", person="t/lead", relation="excluded"),
        )
        waits = {
            person: {one.id for one in (await read(store, person=person, my_requests=True)).my_requests}
            for person in ("t/lead", "t/former", "t/senior", "t/stranger")
        }
    assert waits == {"t/lead": {"police", "passed"}, "t/former": set(), "t/senior": {"secret"}, "t/stranger": set()}


async def test_people_concerned_in_the_case_can_be_told_things(tmp_path: Path) -> None:
    """The referrer has no role, and the senior may have none: both are reached because they have a part in this case."""
    async with opened(tmp_path) as store:
        people = ("t/referrer", "t/senior", "t/panel", "t/stranger", "t/other-referrer")
        places = [PlaceRecord(id=p, channel="console", conversation=p, kind="personal", person=p) for p in people]
        await put(
            store,
            *(case(), case("joined", joined_to="case", referrer="t/other-referrer"), *places),
            *(PersonRecord(id=p, name=p) for p in people),
            request("police", delivery="private", senior="t/senior"),
            CasePersonRecord(case="case", person="t/panel", relation="panel_member"),
        )
        found = await read(store, case="case", people=True)
    assert {one.person for one in found.tied_places} == {"t/referrer", "t/senior", "t/panel", "t/other-referrer"}
    assert {one.id for one in found.all_people} == {"t/referrer", "t/senior", "t/panel", "t/other-referrer"}


async def test_reasons_and_questions_are_not_in_the_file_in_clear(tmp_path: Path) -> None:
    async with opened(tmp_path) as store:
        why = Extension(asked_by="t/p", asked_at=NOW, new_date=date(2026, 3, 9), reason="Zorvane is in hospital")
        notice = NoticeRecord(id="n", case="case", kind="question", by="t/p", at=NOW, content="Zorvane")
        await put(store, request("a", extensions=(why,), reason="Zorvane", changed=("Zorvane",)), notice)
        with raw(tmp_path) as connection:
            kept = "\n".join(connection.iterdump())
    assert b"Zorvane".hex().upper() not in kept.upper()
    assert "Zorvane" not in kept


async def test_a_request_comes_with_both_its_returns_and_nobody_elses(tmp_path: Path) -> None:
    async with opened(tmp_path) as store:
        forms = [
            draft(id="full", form="scoping", owner="request:police", case="case"),
            draft(id="nil", form="nil_return", owner="request:police", case="case"),
            draft(id="other", form="scoping", owner="request:school", case="case"),
        ]
        answers = [
            answer(path="summary", value="theirs", draft="full"),
            answer(path="summary", value="not theirs", draft="other"),
        ]
        await put(store, case(), request("police"), request("school"), *forms, *answers)
        found = await read(store, request="police")
        with_all = await read(store, request="police", forms=("scoping",))
    assert {one.draft.id for one in found.written} == {"full", "nil"}
    assert [one.answers["summary"].value for one in found.written if one.answers] == ["theirs"]
    assert sorted(one.draft.id for one in with_all.written) == ["full", "nil", "other"], "each once"


async def test_where_a_card_stands_is_read_with_its_request_though_nobody_else_is(tmp_path: Path) -> None:
    async with opened(tmp_path) as store:
        places = [
            PlaceRecord(
                id="c:police", channel="console", conversation="p", kind="channel", tied_to="police", confirmed_by="t/x"
            ),
            PlaceRecord(
                id="c:school", channel="console", conversation="s", kind="channel", tied_to="school", confirmed_by="t/x"
            ),
            PlaceRecord(id="c:senior", channel="console", conversation="i", kind="personal", person="t/senior"),
            PlaceRecord(id="c:other", channel="console", conversation="o", kind="personal", person="t/other"),
        ]
        form = draft(id="full", form="scoping", owner="request:police", case="case")
        await put(store, case(), request("police", senior="t/senior"), request("school"), form, *places)
        by_request = await read(store, request="police")
        by_draft = await read(store, draft="full")
        no_senior = await read(store, request="school")
    assert [one.id for one in by_request.tied_places] == ["c:police", "c:senior"]
    assert by_draft.tied_places == by_request.tied_places
    assert [one.id for one in no_senior.tied_places] == ["c:school"], "an empty senior is nobody"


async def test_people_of_the_organisation_without_a_role_are_read_with_its_request(tmp_path: Path) -> None:
    async with opened(tmp_path) as store:
        people = [
            PersonRecord(id="t/member", name="Test Member", organisation="police"),
            PersonRecord(id="t/elsewhere", name="Test Elsewhere", organisation="school"),
        ]
        await put(store, case(), request("police"), *people)
        found = await read(store, request="police", people=True)
        without = await read(store, case="case", people=True)
    assert [one.id for one in found.all_people] == ["t/member"]
    assert without.all_people == ()
