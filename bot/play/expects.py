"""What a play expects: one small function for each key, in one table. Each says what was seen where it does not hold."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from datetime import date

from pydantic import BaseModel

from bot.console.places import CHANNEL
from bot.play import known
from bot.play.expected import DeadlineExpected, Expect
from bot.play.organisations import channel_named, named
from bot.play.requests import check_request, is_due, local
from bot.play.stage import Failed, Stage
from bot.play.telling import shortened
from dialogs.telling import COORDINATORS
from state.records import CaseRecord, DeadlineRecord
from state.scoping_records import RequestRecord
from templates.days import moment_text

KINDS: Mapping[str, str] = {
    "scoping": "scoping_return",
    "scoping_letter": "scoping_return",
    "panel_letter": "rapid_review",
    "referral": "read_referral",
}
"""Other names that plays have for kinds of deadlines."""
Check = Callable[[Stage, Expect], Awaitable[None]]


async def check(stage: Stage, expect: Expect) -> str:
    """Hold the play to everything it expects here, and say what was checked. Raises Failed."""
    given = [key for key in EXPECTS if key in expect.model_fields_set]
    for key in given:
        await EXPECTS[key](stage, expect)
    return "; ".join(
        _told(expect, key) for key in (*given, "organisation", "contains", "lacks") if key in expect.model_fields_set
    )


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
    if expect.case.restricted is not None and case.restricted != expect.case.restricted:
        raise Failed(stage.profile.words.say("play.case_restricted", reference=case.reference, seen=_yes(case.restricted)))


async def _request(stage: Stage, expect: Expect) -> None:
    if expect.request is not None:
        await check_request(stage, expect.request, expect.request.case or _reference(expect))


async def _deadline(stage: Stage, expect: Expect) -> None:
    wanted = expect.deadline
    if wanted is None:
        return
    case = await known.case_of(stage, wanted.case or _reference(expect))
    everything = await known.deadlines(stage, case)
    kind = KINDS.get(wanted.kind, wanted.kind)
    found = [one for one in everything if one.kind == kind and wanted.child in (0, one.child)]
    if wanted.organisation:
        asked = await known.requests(stage, case, wanted.organisation)
        found = [one for one in found if any(belongs(one, request) for request in asked)]
    if not found:
        kinds = ", ".join(sorted({one.kind for one in everything})) or stage.profile.words.say("play.nothing")
        raise Failed(stage.profile.words.say("play.deadline_none", reference=case.reference, kind=kind, kinds=kinds))
    for one in found:
        _one_deadline(stage, case, one, wanted)


def belongs(deadline: DeadlineRecord, request: RequestRecord) -> bool:
    """Whether a deadline is the one of a request: it is made with the organisation's or the request's id."""
    key = deadline.id.rpartition(":")[2]
    return key in (request.organisation, request.id)


def _one_deadline(stage: Stage, case: CaseRecord, one: DeadlineRecord, wanted: DeadlineExpected) -> None:
    named = {"reference": case.reference, "kind": one.kind}
    if wanted.due and not is_due(one.due, wanted.due):
        raise Failed(stage.profile.words.say("play.deadline_due", due=local(one.due), expected=wanted.due, **named))
    if wanted.met is not None and wanted.met != (one.met is not None):
        said = {"met": _yes(one.met is not None), "expected": _yes(wanted.met)}
        raise Failed(stage.profile.words.say("play.deadline_met", **said, **named))


def _yes(value: bool) -> str:
    return "yes" if value else "no"


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
    asked = await known.requests(stage, case, expect.organisation) if expect.organisation else []
    folders = {request.organisation for request in asked} or named(stage.profile, expect.organisation)
    made = known.newest_document(stage, expect.document, case.reference, folders if expect.organisation else None)
    if made is None:
        names = ", ".join(path.name for path in known.documents(stage)) or stage.profile.words.say("play.nothing")
        raise Failed(stage.profile.words.say("play.document_none", form=expect.document, names=names))
    _texts(stage, expect, [made.text], made.path.name)


async def _said_to(stage: Stage, expect: Expect) -> None:
    """What a person reads: their own conversation, and the channels that are theirs."""
    person = stage.people[expect.said_to]
    own = [COORDINATORS] if person.role == COORDINATORS.removesuffix("s") else []
    names = [person.id, *(CHANNEL + name for name in (*own, person.organisation) if name)]
    texts = [text for name in names for text in stage.channel.texts(name)]
    _texts(stage, expect, texts + stage.channel.windows[person.id], person.name)


async def _posted_in(stage: Stage, expect: Expect) -> None:
    name = channel_named(stage.profile, expect.posted_in)
    _texts(stage, expect, stage.channel.texts(CHANNEL + name), name)


def _texts(stage: Stage, expect: Expect, texts: list[str], where: str) -> None:
    newest = shortened(texts[-1]) if texts else stage.profile.words.say("play.nothing")
    for wanted in expect.contains:
        if not any(reads(wanted, text) for text in texts):
            raise Failed(stage.profile.words.say("play.lacks_text", text=wanted, where=where, seen=newest))
    for unwanted in expect.lacks:
        found = next((text for text in texts if _plain(unwanted) in text), "")
        if found:
            raise Failed(stage.profile.words.say("play.has_text", text=unwanted, where=where, seen=_around(found, unwanted)))
    if not texts and not expect.lacks:
        raise Failed(stage.profile.words.say("play.nothing_said", where=where))


def reads(wanted: str, text: str) -> bool:
    """Whether a text says it, in capitals or not; a date may be written by its numbers or in words."""
    typed = _plain(wanted)
    ways = {typed, _in_words(typed)}
    return any(way.casefold() in _plain(text).casefold() for way in ways)


def _in_words(text: str) -> str:
    """A day of numbers alone, such as 2026-11-23, as documents and messages write it."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return text
    return f"{day.day} {day:%B %Y}"


def _plain(text: str) -> str:
    return " ".join(text.replace("\u2019", "'").split())


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
    said = {
        "count": count,
        "kind": wanted.kind,
        "expected": 1 if wanted.count is None else wanted.count,
        "kinds": ", ".join(sorted(counted)),
    }
    raise Failed(stage.profile.words.say("play.history_count", **said))


EXPECTS: Mapping[str, Check] = {
    "case": _case,
    "request": _request,
    "deadline": _deadline,
    "overdue": _overdue,
    "document": _document,
    "said_to": _said_to,
    "posted_in": _posted_in,
    "history": _history,
}
