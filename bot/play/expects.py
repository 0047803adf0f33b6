"""What a play expects: one small function for each key, in one table. Each says what was seen where it does not hold."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime

from pydantic import BaseModel

from bot.console.places import CHANNEL
from bot.play import known
from bot.play.model import DeadlineExpected, Expect
from bot.play.stage import Failed, Stage
from bot.play.telling import shortened
from dialogs.telling import COORDINATORS
from state.records import CaseRecord, DeadlineRecord
from state.values import LONDON, london_day, to_london
from templates.days import moment_text

Check = Callable[[Stage, Expect], Awaitable[None]]


async def check(stage: Stage, expect: Expect) -> str:
    """Hold the play to everything it expects here, and say what was checked. Raises Failed."""
    given = [key for key in EXPECTS if key in expect.model_fields_set]
    for key in given:
        await EXPECTS[key](stage, expect)
    return "; ".join(_told(expect, key) for key in (*given, "contains", "lacks") if key in expect.model_fields_set)


def _told(expect: Expect, key: str) -> str:
    value = getattr(expect, key)
    if isinstance(value, BaseModel):
        value = [_part(name, part) for name, part in value.model_dump(exclude_unset=True).items()]
    shown = ", ".join(value) if isinstance(value, list) else str(value)
    return f"{key.replace('_', ' ')}: {shown}"


def _part(name: str, value: object) -> str:
    return name if value is True else f"not {name}" if value is False else f"{name} {value}"


async def _case(stage: Stage, expect: Expect) -> None:
    if expect.case is None:
        return
    case = await known.case_of(stage, expect.case.reference)
    if expect.case.status and case.status != expect.case.status:
        said = {"reference": case.reference, "status": case.status, "expected": expect.case.status}
        raise Failed(stage.profile.words.say("play.case_status", **said))


async def _deadline(stage: Stage, expect: Expect) -> None:
    wanted = expect.deadline
    if wanted is None:
        return
    case = await known.case_of(stage, _reference(expect))
    everything = await known.deadlines(stage, case)
    found = [one for one in everything if one.kind == wanted.kind and wanted.child in (0, one.child)]
    if not found:
        kinds = ", ".join(sorted({one.kind for one in everything})) or stage.profile.words.say("play.nothing")
        raise Failed(stage.profile.words.say("play.deadline_none", reference=case.reference, kind=wanted.kind, kinds=kinds))
    for one in found:
        _one_deadline(stage, case, one, wanted)


def _one_deadline(stage: Stage, case: CaseRecord, one: DeadlineRecord, wanted: DeadlineExpected) -> None:
    named = {"reference": case.reference, "kind": one.kind}
    if wanted.due and not _is_due(one.due, wanted.due):
        raise Failed(stage.profile.words.say("play.deadline_due", due=_local(one.due), expected=wanted.due, **named))
    if wanted.met is not None and wanted.met != (one.met is not None):
        met = "yes" if one.met is not None else "no"
        expected = "yes" if wanted.met else "no"
        raise Failed(stage.profile.words.say("play.deadline_met", met=met, expected=expected, **named))


def _is_due(due: datetime, wanted: str) -> bool:
    if len(wanted) <= len("2026-11-24"):
        return london_day(due).isoformat() == wanted
    read = datetime.fromisoformat(wanted)
    return due == (read if read.tzinfo else read.replace(tzinfo=LONDON))


def _local(instant: datetime) -> str:
    return to_london(instant).strftime("%Y-%m-%dT%H:%M")


def _reference(expect: Expect) -> str:
    return expect.case.reference if expect.case else known.LATEST


async def _overdue(stage: Stage, expect: Expect) -> None:
    found = await known.overdue(stage)
    if len(found) != expect.overdue:
        which = " ".join(f"{case.reference} {one.kind}, due {moment_text(one.due)}." for case, one in found)
        said = stage.profile.words.say("play.overdue_count", count=len(found), expected=expect.overdue, which=which)
        raise Failed(said.strip())


async def _document(stage: Stage, expect: Expect) -> None:
    case = await known.case_of(stage, _reference(expect))
    made = known.newest_document(stage, expect.document, case.reference)
    if made is None:
        names = ", ".join(path.name for path in known.documents(stage)) or stage.profile.words.say("play.nothing")
        raise Failed(stage.profile.words.say("play.document_none", form=expect.document, names=names))
    _texts(stage, expect, [made.text], made.path.name)


async def _said_to(stage: Stage, expect: Expect) -> None:
    """What a person reads: their own conversation, and the channels that are theirs."""
    person = stage.people[expect.said_to]
    own = [COORDINATORS] if person.role == COORDINATORS.removesuffix("s") else []
    names = [person.id, *(CHANNEL + name for name in (*own, person.organisation) if name)]
    _texts(stage, expect, [text for name in names for text in stage.channel.texts(name)], person.name)


async def _posted_in(stage: Stage, expect: Expect) -> None:
    _texts(stage, expect, stage.channel.texts(CHANNEL + expect.posted_in), expect.posted_in)


def _texts(stage: Stage, expect: Expect, texts: list[str], where: str) -> None:
    newest = shortened(texts[-1]) if texts else stage.profile.words.say("play.nothing")
    for wanted in expect.contains:
        if not any(_plain(wanted) in text for text in texts):
            raise Failed(stage.profile.words.say("play.lacks_text", text=wanted, where=where, seen=newest))
    for unwanted in expect.lacks:
        found = next((text for text in texts if _plain(unwanted) in text), "")
        if found:
            raise Failed(stage.profile.words.say("play.has_text", text=unwanted, where=where, seen=_around(found, unwanted)))
    if not texts and not expect.lacks:
        raise Failed(stage.profile.words.say("play.nothing_said", where=where))


def _plain(text: str) -> str:
    return " ".join(text.split())


def _around(text: str, part: str) -> str:
    at = text.find(_plain(part))
    return text[max(0, at - 80) : at + len(part) + 80]


async def _history(stage: Stage, expect: Expect) -> None:
    wanted = expect.history
    if wanted is None:
        return
    counted = await known.history(stage)
    count = counted[wanted.kind]
    if count == wanted.count or (wanted.count is None and count):
        return
    said = {"count": count, "kind": wanted.kind, "expected": wanted.count or 1, "kinds": ", ".join(sorted(counted))}
    raise Failed(stage.profile.words.say("play.history_count", **said))


EXPECTS: Mapping[str, Check] = {
    "case": _case,
    "deadline": _deadline,
    "overdue": _overdue,
    "document": _document,
    "said_to": _said_to,
    "posted_in": _posted_in,
    "history": _history,
}
