"""Two cases with everything in them, a word of its own in each part, and what a person saw and wrote: for attacks."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from contextlib import closing
from datetime import timedelta

import msgspec
from asked import CASE, ONE, ask, grant, member, person, referred, request_of, who
from msgspec.structs import replace
from story import Story

from dialogs.reply import Reply, as_json
from dialogs.turn import Said
from state.records import AnswerRecord, CasePersonRecord, CaseRecord, DraftRecord, Record
from state.scoping_records import FurtherRecord, MeetingRecord, NoticeRecord, RequestRecord
from state.values import JSON
from templates.profile import InventedPerson

CHILD, HOME, WITHHELD = "Quibblefen", "Zanzifold", "Tolvennik"
POLICE, TRUST, PANEL, FURTHER, NOTICE = "Plodvark", "Hospwendle", "Panelgrue", "Furthquill", "Noticebrand"
RESTRICTED, RESTRICTED_RETURN = "Restrixa", "Secretrill"
OF_ONE = frozenset({CHILD, HOME, WITHHELD, POLICE, TRUST, PANEL, FURTHER, NOTICE})
OF_RESTRICTED = frozenset({RESTRICTED, RESTRICTED_RETURN})
EVERYTHING = OF_ONE | OF_RESTRICTED
OTHER, OTHER_REFERENCE = "case-2", "NS-2026-0002"
STRANGER = InventedPerson(
    id="stranger", tenant="another-tenant", object="stranger", name="Test Stranger", email="s@example.org"
)
FILLED: dict[str, JSON] = {
    **ONE,
    "children.1.name": f"Test Child {CHILD}",
    "children.1.aliases": f"Test {CHILD}",
    "children.1.address": f"1 {HOME} Street, Testtown",
    "children.1.harm_description": f"{CHILD} was hurt.",
    "family.1.name": f"Test Mother {CHILD}",
    "family.1.address": f"1 {HOME} Street, Testtown",
    "family.2.name": f"Test Father {WITHHELD}",
    "family.2.address": f"2 {WITHHELD} Lane, Testtown",
    "summary": f"{CHILD} was taken to hospital.",
}
ORGANISATIONS = {"police": ("police", POLICE, "drafting"), "test-hospital-trust": ("hospital_trust", TRUST, "returned")}
NOT_CONTENT = frozenset(
    {"history", "history_contents", "history_heads", "turns", "outbox", "people", "places", "talks", "meta"}
)
"""Tables that any turn writes: that it happened, who spoke and where, what was answered."""


async def world(story: Story) -> None:
    """One case with two organisations, a panel and a report; and a restricted one, put to a senior of the police alone."""
    await _one(story)
    await _restricted(story)
    await _people(story)


async def _one(story: Story) -> None:
    await referred(story, FILLED)
    for key, (agency, word, state) in ORGANISATIONS.items():
        known = {"returned_at": story.clock.now(), "author": "test/author", "returns": 1} if state == "returned" else {}
        await ask(story, key, agency, state=state, withheld=("family.2",), **known)
        await story.write(*_return(story, f"return-{key}", word))
    at = story.clock.now()
    await story.write(
        *_form(story, "report-1", "rapid_review", "case", {"rationale": f"{PANEL} wrote this.", "criterion_harm": PANEL}),
        *_form(story, "letter-1", "panel_letter", "case", {"summary": PANEL}),
        MeetingRecord(case=CASE, uid="meeting@example.org", starts_at=at + timedelta(days=5), ends_at=at + timedelta(days=6)),
        FurtherRecord(
            id="further-1", case=CASE, request="request-police", question=f"{FURTHER}?", asked_by="test/c", asked_at=at
        ),
        NoticeRecord(
            id="notice-1",
            case=CASE,
            kind="question",
            about="request-police",
            by="test/x",
            at=at,
            content={"question": f"{NOTICE}?"},
        ),
    )


def _form(story: Story, draft: str, form: str, owner: str, values: Mapping[str, JSON], case: str = CASE) -> list[Record]:
    at = story.clock.now()
    record = DraftRecord(id=draft, form=form, owner=f"{owner}:{case}", case=case, begun_at=at, touched_at=at)
    return [record, *_answers(story, draft, values)]


def _answers(story: Story, draft: str, values: Mapping[str, JSON]) -> list[AnswerRecord]:
    at = story.clock.now()
    return [AnswerRecord(draft=draft, path=path, state="given", value=v, by="test/x", at=at) for path, v in values.items()]


def _return(story: Story, draft: str, word: str) -> list[AnswerRecord]:
    values: dict[str, JSON] = {
        "involvement": "known",
        "prepared_by_name": f"Test {word}",
        "summary": f"{word} saw him.",
        "key_events.1.event": f"{word} went there.",
        "learning_within": f"{word} learns.",
        "actions.1.action": f"{word} acts.",
    }
    return _answers(story, draft, values)


async def _restricted(story: Story) -> None:
    at = story.clock.now()
    values = {
        "children.1.name": f"Test Child {RESTRICTED}",
        "children.1.address": f"3 {RESTRICTED} Road",
        "summary": RESTRICTED,
    }
    draft = DraftRecord(
        id="referral-2",
        form="referral",
        owner="test/referrer",
        status="submitted",
        restricted=True,
        case=OTHER,
        begun_at=at,
        touched_at=at,
    )
    case = CaseRecord(
        id=OTHER, reference=OTHER_REFERENCE, restricted=True, draft=draft.id, referrer="test/referrer", received_at=at
    )
    request = RequestRecord(
        id="request-secret",
        case=OTHER,
        reference=OTHER_REFERENCE,
        organisation="police",
        agency="police",
        state="drafting",
        draft="return-secret",
        delivery="private",
        senior="test/senior",
        sent_at=at,
        due=at + timedelta(days=5),
    )
    back = DraftRecord(
        id="return-secret",
        form="scoping",
        owner="request:request-secret",
        restricted=True,
        case=OTHER,
        about="police",
        begun_at=at,
        touched_at=at,
    )
    await story.write(draft, case, *_answers(story, draft.id, values), request, back)
    await story.write(*_return(story, back.id, RESTRICTED_RETURN))


async def _people(story: Story) -> None:
    story.know(STRANGER)
    for name, organisation, role in (
        ("police-deputy", "police", "deputy"),
        ("gone-lead", "police", "agency_lead"),
        ("trust-delegate", "test-hospital-trust", ""),
        ("old-coordinator", "", "coordinator"),
        ("excluded-coordinator", "", "coordinator"),
        ("excluded-lead", "police", "agency_lead"),
        ("excluded-partner", "", ""),
        ("partner", "", ""),
        ("panel-member", "", ""),
        ("auditor", "", "auditor"),
    ):
        made = await member(story, name, organisation)
        if role:
            await story.write(grant(story, made, role, organisation))
    case_people = [
        ("excluded-coordinator", "excluded", ""),
        ("excluded-lead", "excluded", ""),
        ("excluded-partner", "partner", "police"),
        ("excluded-partner", "excluded", ""),
        ("partner", "partner", "local_authority"),
        ("panel-member", "panel_member", ""),
    ]
    rows = [CasePersonRecord(case=CASE, person=who(person(story, n)), relation=r, reason=why) for n, r, why in case_people]
    trust = await request_of(story, "request-test-hospital-trust")
    await story.write(*rows, replace(trust, delegate=who(person(story, "trust-delegate"))))
    await story.end_role("old-coordinator")
    await story.remove("gone-lead")


def kept(story: Story) -> dict[str, list[tuple[object, ...]]]:
    """Every row of content, by table."""
    with closing(sqlite3.connect(story.settings.data / "cspr.sqlite")) as database:
        tables = [name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {
            name: sorted(database.execute(f'SELECT * FROM "{name}"'), key=repr) for name in tables if name not in NOT_CONTENT
        }


def noted(story: Story, kind: str) -> int:
    """How many lines of the history of the partnership are of a kind, without reading the whole chain."""
    with closing(sqlite3.connect(story.settings.data / "cspr.sqlite")) as database:
        wanted = "SELECT COUNT(*) FROM history WHERE chain = 'partnership' AND kind = ?"
        return int(database.execute(wanted, (kind,)).fetchone()[0])


class Watched:
    """What turns make anybody see, wherever: texts, cards with all their choices, previews, windows."""

    def __init__(self, story: Story) -> None:
        self.story = story

    async def take(self, said: Said) -> str:
        """One turn. Returns everything that it made anybody see."""
        channel = self.story.channel
        heard, updates = {place: len(said) for place, said in channel.said.items()}, len(channel.updates)
        await self.story.take(said)
        replies: list[Reply] = [reply for _, reply in channel.updates[updates:]]
        for place, all_said in channel.said.items():
            replies += all_said[heard.get(place, 0) :]
        return "\n".join(msgspec.json.encode(one).decode() for one in (*map(as_json, replies), self.story.answer))


def words_of(seen: str, words: frozenset[str]) -> set[str]:
    """Which of the words stand in what was seen."""
    return {word for word in words if word in seen}
