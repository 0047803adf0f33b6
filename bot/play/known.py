"""What is known at a moment of a play: cases, deadlines, history and documents, read as they are kept."""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Collection
from pathlib import Path

import docx
import msgspec

from bot.play.organisations import named, plain
from bot.play.stage import Actor, Failed, Stage
from dialogs.filling.machine import PAUSED
from dialogs.referral.submit import counter_name
from state.clocks import is_overdue
from state.records import CaseRecord, DeadlineRecord, DraftRecord
from state.scoping_records import RequestRecord
from state.snapshot import Snapshot, Wanted
from state.values import london_day
from templates.documents import controls
from templates.documents.read import text_of

LATEST = "latest"
VERSION = re.compile(r" v(\d+)$")


class Made(msgspec.Struct, frozen=True):
    """A document of the library: the form it is of, and its text with single spaces."""

    path: Path
    form: str
    text: str


async def cases(stage: Stage) -> list[CaseRecord]:
    """Every case, ended ones too, oldest first."""
    found: list[CaseRecord] = []
    first = london_day(stage.start).year
    for year in range(first, london_day(stage.clock.now()).year + 1):
        counted = (await _read(stage, counter=counter_name(year))).counter
        for number in range(1, (counted.value if counted else 0) + 1):
            reference = f"{stage.profile.file.prefix}-{year}-{number:04d}"
            case = (await _read(stage, reference=reference)).case
            found += [case] if case else []
    return found


async def case_of(stage: Stage, reference: str) -> CaseRecord:
    """The case of a reference, or the latest one. Raises Failed."""
    known = await cases(stage)
    wanted = known[-1:] if reference == LATEST else [case for case in known if case.reference == reference]
    if not wanted:
        names = ", ".join(case.reference for case in known) or stage.profile.words.say("play.nothing")
        raise Failed(stage.profile.words.say("play.case_none", cases=names))
    return wanted[0]


async def targets(stage: Stage, reference: str) -> set[str]:
    """What a button about a case may be about: the case, its requests, and the drafts of both."""
    case = await case_of(stage, reference)
    asked = await requests(stage, case)
    return {case.id, case.draft, *(one.id for one in asked), *(name for one in asked for name in (one.draft, one.nil) if name)}


async def speaks_for(stage: Stage, reference: str, partner: str) -> set[str]:
    """Who speaks for a safeguarding partner on a case."""
    case = await case_of(stage, reference)
    people = (await _read(stage, case=case.id)).case_people
    return {one.person for one in people if one.relation == "partner" and one.reason == partner and one.until is None}


async def in_a_form(stage: Stage, actor: Actor) -> bool:
    """Whether somebody is in the middle of a form in that conversation."""
    standing = await stage.standing(actor)
    talk, draft = standing.talk, standing.draft
    return talk is not None and bool(talk.draft) and talk.state != PAUSED and draft is not None and draft.status == "open"


async def draft_of(stage: Stage, form: str, reference: str) -> DraftRecord | None:
    """The newest draft of a form of a case, or None."""
    found = await cases(stage) and await case_of(stage, reference or LATEST)
    if not found:
        return None
    written = (await stage.parts.store.read(Wanted(turn="", person="", place="", case=found.id, forms=(form,)))).written
    return written[-1].draft if written else None


async def deadlines(stage: Stage, case: CaseRecord) -> tuple[DeadlineRecord, ...]:
    """The deadlines of a case, met ones too."""
    return (await _read(stage, case=case.id)).deadlines


async def requests(stage: Stage, case: CaseRecord, organisation: str = "") -> list[RequestRecord]:
    """The requests of a case: of one organisation, of all of a kind of agency, or all of them."""
    read = Wanted(turn="", person="", place="", case=case.id, requests=True)
    found = list((await stage.parts.store.read(read)).requests)
    if not organisation:
        return found
    wanted = {plain(name) for name in (organisation, *named(stage.profile, organisation))}
    own = [one for one in found if plain(one.organisation) in wanted]
    return own or [one for one in found if plain(one.agency) in wanted]


async def overdue(stage: Stage) -> list[tuple[CaseRecord, DeadlineRecord]]:
    """Open deadlines past due by the clock of the play, of cases that are not at an end."""
    now = stage.clock.now()
    running = (await _read(stage, open_cases=True)).open_cases
    found = [(case, one) for case in running for one in await deadlines(stage, case)]
    late = [(case, one) for case, one in found if one.met is None and is_overdue(one.due, now)]
    return sorted(late, key=lambda pair: (pair[1].due, pair[0].reference, pair[1].kind, pair[1].child))


async def history(stage: Stage) -> Counter[str]:
    """How many lines of each kind the history has, over all chains."""
    store = stage.parts.store
    counted: Counter[str] = Counter()
    for chain in await store.chains():
        counted.update(row.kind for row in await store.history(chain))
    return counted


def documents(stage: Stage) -> list[Path]:
    """Every file of the library, by name."""
    return sorted(path for path in stage.library.rglob("*") if path.is_file())


def newest_document(stage: Stage, form: str, reference: str, organisations: Collection[str] | None = None) -> Made | None:
    """The newest version of a form's document in a case's folder, or in those of some organisations in it."""
    case = stage.library / reference
    found = [path for path in documents(stage) if path.suffix == ".docx" and path.is_relative_to(case)]
    if organisations is not None:
        wanted = {plain(name) for name in organisations}
        found = [path for path in found if wanted & _said_in(path.relative_to(case))]
    for path in sorted(found, key=_newest, reverse=True):
        made = _made(path)
        if made.form == form:
            return made
    return None


def _said_in(path: Path) -> set[str]:
    """What the folders and the name of a document could name: every run of its words."""
    found: set[str] = set()
    for part in (*path.parts[:-1], path.stem):
        words = plain(part).split("-")
        found |= {"-".join(words[a:b]) for a in range(len(words)) for b in range(a + 1, len(words) + 1)}
    return found


def _newest(path: Path) -> tuple[int, int]:
    """When it was filed, and its version where two were filed at once."""
    match = VERSION.search(path.stem)
    return path.stat().st_mtime_ns, int(match[1]) if match else 0


def _made(path: Path) -> Made:
    document = docx.Document(io.BytesIO(path.read_bytes()))
    text = " ".join(" ".join(text_of(root) for root in controls.parts_of(document)).split())
    return Made(path, document.core_properties.identifier.partition("/")[0], text)


async def _read(stage: Stage, *, case: str = "", reference: str = "", counter: str = "", open_cases: bool = False) -> Snapshot:
    return await stage.parts.store.read(
        Wanted(turn="", person="", place="", case=case, reference=reference, counter=counter, open_cases=open_cases)
    )
