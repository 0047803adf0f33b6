"""Steps that stories about a case share: a referral that is sent, a coordinator's decision, and what is kept of both."""

from __future__ import annotations

from collections.abc import Mapping

from referral_steps import ONE_CHILD, begin, fill_in
from story import Story, text_of

from bot.console.places import who_is
from state.records import CaseRecord, DeadlineRecord, GrantRecord
from state.snapshot import Snapshot, Wanted
from templates.profile import InventedPerson

COORDINATORS = "channel:coordinators"
DECIDED = {"decision": "notify", "reasons": "The injury is serious, and abuse is suspected."}
SECOND = InventedPerson(
    id="second",
    tenant="7e570000-0000-4000-8000-000000000001",
    object="7e570000-0000-4000-8000-0000000000f1",
    name="Test Second Coordinator",
    email="test.second@example.org",
    role="coordinator",
)


async def refer(story: Story, answers: Mapping[str, str] | None = None, *, who: str = "practitioner") -> CaseRecord:
    """A referral, sent. The case is read back."""
    story.as_(who)
    await begin(story)
    await fill_in(story, ONE_CHILD | (answers or {}))
    await story.press("submit")
    assert "is sent" in text_of(story.newest), text_of(story.newest)
    return (await story.cases())[-1]


async def read(story: Story, case: CaseRecord, *, person: str = "") -> Snapshot:
    """Everything that is kept of a case."""
    return await story.parts.store.read(
        Wanted(
            turn="",
            person=person,
            place="",
            case=case.id,
            forms=("referral", "decision"),
            requests=True,
            organisations=True,
            people=True,
            matching=True,
        )
    )


async def by_reference(story: Story, reference: str) -> CaseRecord:
    """The case of that reference."""
    found = (await story.parts.store.read(Wanted(turn="", person="", place="", reference=reference))).case
    assert found is not None
    return found


async def now(story: Story, case: CaseRecord) -> CaseRecord:
    """The case as it is kept now."""
    found = (await read(story, case)).case
    assert found is not None
    return found


async def deadlines(story: Story, case: CaseRecord) -> dict[str, DeadlineRecord]:
    """The dates of a case by kind, with the child's number after it where there is one."""
    rows = (await read(story, case)).deadlines
    return {f"{row.kind}:{row.child}" if row.child else row.kind: row for row in rows}


async def begin_decision(story: Story, case: CaseRecord, who: str = "coordinator") -> None:
    """The coordinator begins, or opens again, the decision of a case."""
    story.as_(who)
    await story.press_raw("decide", case.id)


async def decide(story: Story, case: CaseRecord, answers: Mapping[str, str] | None = None, who: str = "coordinator") -> str:
    """A whole decision, recorded. Returns what is said then."""
    await begin_decision(story, case, who)
    await fill_in(story, DECIDED | (answers or {}))
    return text_of(await story.press("submit"))


async def change(story: Story, path: str, value: str) -> None:
    """Change one answer of the form at hand by typing."""
    await story.says(f"change {path}")
    await story.press("answer" if story.has("answer") else "confirm", {story.card.inputs[0].id: value})


async def second_coordinator(story: Story) -> None:
    """Another coordinator, whose role is confirmed."""
    story.know(SECOND)
    grant = GrantRecord(
        id="grant-second",
        person=who_is(SECOND).id,
        role="coordinator",
        granted_by="test",
        granted_at=story.clock.now(),
        confirmed_by="test",
    )
    await story.write(grant)
    story.as_("second")
    await story.says("hello")


async def kinds(story: Story, case: CaseRecord) -> list[str]:
    """The kinds of history of a case, in order."""
    return [row.kind for row in await story.parts.store.history(f"case:{case.id}")]


def said_in(story: Story, conversation: str) -> str:
    """Everything that was said in a conversation."""
    return "\n".join(text_of(reply) for reply in story.channel.said[conversation])


def told(story: Story, person: str) -> str:
    """Everything that a person was told one to one."""
    story.as_(person)
    return "\n".join(text_of(reply) for reply in story.heard)
