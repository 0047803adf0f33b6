"""Collating: every return that stands is in the pack once and under its own name; whatever else there is never counts."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st
from memory_house import kit

from dialogs.review.collate import collate
from dialogs.review.glance import overview_data
from dialogs.review.sources import Sources
from dialogs.scoping.machine import STATES, WAITS
from state.records import AnswerRecord, CaseRecord, DraftRecord
from state.scoping_records import OrganisationRecord, RequestRecord
from state.snapshot import Snapshot, Written
from state.values import JSON

AT = datetime(2026, 11, 26, 9, 0, tzinfo=UTC)
KINDS = [option.id for option in kit().profile.lists["agencies"]]
CASE = CaseRecord(id="case", reference="NS-2026-0001", draft="referral", referrer="r", received_at=AT, notified_at=AT)
SAID = ("summary", "worked_well", "learning_within", "learning_across", "children.1.voice")


def written(draft: str, form: str, owner: str, answers: Mapping[str, JSON], at: datetime = AT, status: str = "open") -> Written:
    record = DraftRecord(id=draft, form=form, owner=owner, case="case", status=status, begun_at=at, touched_at=at)
    rows = {path: AnswerRecord(draft=draft, path=path, state="given", value=v, by="x", at=at) for path, v in answers.items()}
    return Written(draft=record, answers=rows)


@st.composite
def asked(draw: st.DrawFn) -> Snapshot:
    """Up to twelve organisations, each with a request in any state and, for some, drafts of both returns."""
    count = draw(st.integers(0, 12))
    requests, drafts, organisations = [], [written("referral", "referral", "r", {"children.1.name": "Test Child"})], []
    for number in range(count):
        state = draw(st.sampled_from(STATES))
        knows = draw(st.booleans()) if state == "accepted" else state != "nil_return"
        name = f"o{number}"
        organisations.append(OrganisationRecord(id=name, name=f"Test Organisation {number}", kind=KINDS[number]))
        requests.append(
            RequestRecord(
                id=f"r{number}",
                case="case",
                reference="NS-2026-0001",
                organisation=name,
                agency=draw(st.sampled_from(KINDS)),
                state=state,
                draft=f"full{number}",
                nil=f"nil{number}" if not knows else "",
                returns=1,
                sent_at=AT,
                due=AT,
                returned_at=AT,
            )
        )
        said: dict[str, JSON] = {path: f"{path} of {number}." for path in SAID}
        known = written(f"full{number}", "scoping", f"request:r{number}", {"involvement": "known", **said})
        drafts.append(known)
        if not knows or draw(st.booleans()):
            later = AT + timedelta(hours=1 if not knows else -1)
            drafts.append(written(f"nil{number}", "nil_return", f"request:r{number}", {"not_known": "yes"}, later))
    return Snapshot(case=CASE, requests=tuple(requests), written=tuple(drafts), organisations=tuple(organisations))


def of(snapshot: Snapshot) -> Sources:
    return Sources(snapshot, kit(), AT)


@settings(max_examples=60, deadline=None)
@given(asked())
def test_every_return_that_stands_is_there_once_under_its_own_name(snapshot: Snapshot) -> None:
    sources = of(snapshot)
    data = collate(sources)
    stand = {one.organisation: one.request.organisation.removeprefix("o") for one in sources.returns}
    groups = {"summary": data.summary, "worked_well": data.good_practice, "children.1.voice": data.children[0].voice}
    for path, said in groups.items():
        assert {one.organisation: one.text for one in said} == {name: f"{path} of {n}." for name, n in stand.items()}
        assert len(said) == len(stand)
        assert all(one.returned_on == "26 November 2026" for one in said)
    assert len(data.learning) == 2 * len(stand)
    assert [one.organisation for one in data.returns] == [one.organisation for one in data.summaries_from]


@settings(max_examples=60, deadline=None)
@given(asked())
def test_each_request_is_in_exactly_one_list_and_each_service_is_somewhere(snapshot: Snapshot) -> None:
    data = collate(of(snapshot))
    lists = [data.summaries_from, data.nil_returns, data.outstanding, data.not_asked]
    for request in snapshot.requests:
        name = f"Test Organisation {request.organisation.removeprefix('o')}"
        places = [any(one.organisation == name for one in found) for found in lists]
        assert places.count(True) == 1, (request.state, places)
        assert places[2] is (request.state in WAITS)
        assert places[3] is (request.state in ("to_send", "withdrawn"))
        if request.state in ("returned", "nil_return"):
            assert places[0] is (request.state == "returned")
    never = {one.organisation for one in data.not_asked} & {o.label for o in kit().profile.lists["agencies"]}
    assert len(never) == len(set(KINDS) - {one.agency for one in snapshot.requests})


@settings(max_examples=40, deadline=None)
@given(asked())
def test_the_overview_counts_what_the_pack_lists(snapshot: Snapshot) -> None:
    data, glance = collate(of(snapshot)), overview_data(of(snapshot))
    counts = (glance.counts.returned, glance.counts.nil, glance.counts.outstanding)
    assert counts == (len(data.summaries_from), len(data.nil_returns), len(data.outstanding))
    assert glance.counts.asked == sum(counts)
    assert len(glance.cells) == len(glance.organisations) == glance.counts.returned + glance.counts.outstanding
    assert all(len(row) == len(KINDS) for row in glance.cells)


def test_a_nil_return_that_was_entered_for_an_organisation_says_so() -> None:
    asked = {"id": "r", "case": "case", "reference": "NS-2026-0001", "organisation": "o", "agency": KINDS[0]}
    request = RequestRecord(**asked, state="nil_return", nil="nil", delivery="email", author="t/c", sent_at=AT, returned_at=AT)
    nil = written("nil", "nil_return", "request:r", {"not_known": "yes", "confirmed_by": {"name": "Test Coordinator"}})
    snapshot = Snapshot(case=CASE, requests=(request,), written=(written("referral", "referral", "r", {}), nil))
    assert collate(of(snapshot)).nil_returns[0].confirmed_by == "Test Coordinator, on behalf of this agency"
