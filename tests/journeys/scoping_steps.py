"""Steps that the stories of scoping share: a referral with a family, choosing, vetting and sending."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from contextlib import closing
from pathlib import Path

import msgspec
from referral_steps import ONE_CHILD, begin, fill_in
from story import Story, text_of

from bot.console.places import who_is
from dialogs.reply import Choice, Input
from state.chains import SALT_BYTES, content_cell
from state.records import AnswerRecord, CaseRecord
from state.scoping_records import OrganisationRecord, RequestRecord
from state.snapshot import Snapshot, Wanted
from state.values import JSON

REFERENCE = "NS-2026-0001"
SECRET = "9 Hidden Lane, Testtown"
FAMILY: Mapping[str, object] = {
    "family": "rows",
    "family.1.name": "Test Mother Zephyrine",
    "family.1.relationship": "mother",
    "family.1.address": "1 Test Street, Testtown",
    "family.1.aliases": "Test Zeph",
    "family.2.name": "Test Father Quillon",
    "family.2.relationship": "father",
    "family.2.address": SECRET,
    "family.2.do_not_share": "yes",
    "family.2.do_not_share_reason": "He fled from violence.",
    "family.3.name": "Test Brother Oswin",
    "family.3.relationship": "brother",
    "agencies": "rows",
    "agencies.1.agency": "police",
    "agencies.2.agency": "hospital_trust",
}
IDENTIFIES = ("Child One", "Zephyrine", "Quillon", "Oswin", "Zeph", "Hidden Lane", "1 Test Street")
"""Words that stand in no post to a channel."""


async def case_of(story: Story) -> CaseRecord:
    """The story's case."""
    case = (await story.parts.store.read(Wanted(turn="", person="", place="", reference=REFERENCE))).case
    assert case is not None
    return case


async def referred(story: Story, *, restricted: bool = False) -> CaseRecord:
    """A referral of one child with a family, sent; the coordinator speaks next."""
    story.as_("practitioner")
    await begin(story, restricted=restricted)
    if restricted:
        people = {choice.label: choice.value for choice in story.card.inputs[0].choices}
        await story.press("name_people", {"named": next(v for k, v in people.items() if "Test Coordinator" in k)})
    await fill_in(story, ONE_CHILD)
    await story.press("submit")
    case = await case_of(story)
    known = await story.answers_of(case.draft)
    answers = [
        AnswerRecord(
            draft=case.draft,
            path=path,
            state="given",
            value=value,
            by="test",
            at=story.clock.now(),
            version=known[path].version if path in known else 0,
        )
        for path, value in FAMILY.items()
    ]
    await story.write(*answers)
    story.as_("coordinator")
    return case


def field(story: Story, name: str) -> Input:
    """An input of the newest card."""
    return next(asked for asked in story.card.inputs if asked.id == name)


def offered(story: Story, name: str) -> Mapping[str, Choice]:
    """What can be chosen there, by value."""
    return {one.value: one for one in field(story, name).choices}


async def choose(story: Story, *organisations: str) -> None:
    """From the words to a kept choice. Nobody named: what is ticked already."""
    await story.says(f"send requests {REFERENCE}")
    ticked = field(story, "organisations").value
    await story.press("keep_choice", {"organisations": ",".join(organisations) or ticked})


async def vetted(story: Story, *involved: str) -> None:
    """Nobody is involved, or somebody in these organisations."""
    await story.press("vet_organisations")
    requests = {one.organisation: one.id for one in (await seen(story)).requests}
    await story.press("keep_vetted", {"involved": ",".join(requests[one] for one in involved)})


PURPOSE = {"purpose": "To prepare the rapid review", "basis": "The duty to work together"}


async def send(story: Story) -> None:
    """Confirm why, and send."""
    await story.press("confirm_requests")
    await story.press("send_now", PURPOSE)


async def asked(story: Story, *organisations: str) -> dict[str, RequestRecord]:
    """A case about which these organisations were asked. Returns the requests by organisation."""
    await referred(story)
    await choose(story, *organisations)
    await vetted(story)
    await send(story)
    return await requests_of(story)


async def seen(story: Story) -> Snapshot:
    """Everything that is kept about the case."""
    case = await case_of(story)
    wanted = Wanted(
        turn="",
        person="nobody",
        place="",
        case=case.id,
        requests=True,
        organisations=True,
        people=True,
        forms=("scoping", "nil_return", "referral"),
    )
    return await story.parts.store.read(wanted)


async def requests_of(story: Story) -> dict[str, RequestRecord]:
    """The requests by organisation."""
    return {one.organisation: one for one in (await seen(story)).requests}


def id_of(story: Story, person: str) -> str:
    """The id of an invented person."""
    return who_is(next(one for one in story.people if one.id == person)).id


async def organisation(story: Story, key: str, kind: str, name: str) -> None:
    """Another organisation that can be asked."""
    await story.write(OrganisationRecord(id=key, name=name, kind=kind))


async def contents(story: Story, kind: str) -> list[JSON]:
    """What the case's rows of history of a kind hold, opened with the story's own keys."""
    chain = f"case:{(await case_of(story)).id}"
    rows = {row.seq for row in await story.parts.store.history(chain) if row.kind == kind}
    with closing(sqlite3.connect(story.settings.data / "cspr.sqlite")) as database:
        kept = database.execute('SELECT "seq", "sealed" FROM "history_contents" WHERE "chain" = ?', (chain,)).fetchall()
    opened = {seq: story.parts.keys.open(sealed, content_cell(chain, seq)) for seq, sealed in kept if seq in rows}
    return [msgspec.json.decode(opened[seq][SALT_BYTES:]) for seq in sorted(opened)]


def posted(story: Story, place: str) -> str:
    """Everything that was posted in a channel, updates included."""
    return "\n".join(text_of(reply) for reply in story.channel.said[f"channel:{place}"])


def everything_in_channels(story: Story) -> str:
    """What any channel ever showed."""
    said = [text_of(r) for place, replies in story.channel.said.items() if place.startswith("channel:") for r in replies]
    return "\n".join([*said, *(text_of(reply) for _, reply in story.channel.updates)])


def filed(story: Story, under: str = "") -> Sequence[Path]:
    """The files of the case's folder, in order."""
    root = story.settings.library / REFERENCE / under
    return sorted(path for path in root.rglob("*") if path.is_file())


async def history(story: Story) -> Iterable[str]:
    """The kinds of the case's history."""
    case = await case_of(story)
    return [row.kind for row in await story.parts.store.history(f"case:{case.id}")]
