"""Whether a request to an organisation stands as a play expects."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from bot.console.places import who_is
from bot.play import known
from bot.play.expected import RequestExpected
from bot.play.stage import Failed, Stage
from dialogs.scoping.machine import WAITS
from state.scoping_records import RequestRecord
from state.values import LONDON, london_day, to_london

STATES: Mapping[str, tuple[str, ...]] = {"outstanding": ("to_send", *WAITS), "nil": ("nil_return",), "asked": ("sent",)}
"""Names of several states, and other names of one."""
PEOPLE: Mapping[str, str] = {
    "returned_by": "author",
    "signed_off_by": "signed_by",
    "delegated_to": "delegate",
    "senior": "senior",
}
"""Where a request keeps the people that a play names."""


async def check_request(stage: Stage, wanted: RequestExpected, reference: str) -> None:
    """Hold the requests of an organisation to what is expected of them. Raises Failed."""
    words = stage.profile.words
    case = await known.case_of(stage, reference)
    everything = await known.requests(stage, case, wanted.organisation)
    if wanted.count is not None:
        return _counted(stage, wanted, everything)
    if not everything:
        asked = ", ".join(one.organisation for one in await known.requests(stage, case)) or words.say("play.nothing")
        said = {"reference": case.reference, "organisation": wanted.organisation, "asked": asked}
        raise Failed(words.say("play.request_none", **said))
    for one in everything:
        wrong = _wrong(stage, wanted, one)
        if wrong:
            raise Failed(words.say("play.request_so", organisation=one.organisation, seen=wrong))
    return None


def _counted(stage: Stage, wanted: RequestExpected, everything: list[RequestRecord]) -> None:
    so = [one for one in everything if not _wrong(stage, wanted, one)]
    if len(so) != wanted.count:
        seen = ", ".join(f"{one.organisation} {one.state}" for one in everything) or stage.profile.words.say("play.nothing")
        said = {"count": len(so), "expected": wanted.count, "seen": seen}
        raise Failed(stage.profile.words.say("play.request_count", **said))


def _wrong(stage: Stage, wanted: RequestExpected, one: RequestRecord) -> str:
    """What is otherwise than expected, or nothing."""
    if wanted.state and one.state not in STATES.get(wanted.state, (wanted.state,)):
        return _seen("state", one.state, wanted.state)
    if wanted.due and (one.due is None or not is_due(one.due, wanted.due)):
        return _seen("due", local(one.due) if one.due else "", wanted.due)
    for key in ("issue", "returns", "delivery"):
        expected = getattr(wanted, key)
        if expected not in (None, "") and getattr(one, key) != expected:
            return _seen(key, getattr(one, key), expected)
    return _wrong_people(stage, wanted, one)


def _wrong_people(stage: Stage, wanted: RequestExpected, one: RequestRecord) -> str:
    ids = {who_is(person).id: name for name, person in stage.people.items()}
    for key, field in PEOPLE.items():
        expected = getattr(wanted, key)
        seen = ids.get(getattr(one, field), getattr(one, field))
        if expected and seen != expected:
            return _seen(key, seen, expected)
    return ""


def _seen(key: str, seen: object, expected: object) -> str:
    return f"{key} {seen or '-'}, not {expected}"


def is_due(due: datetime, wanted: str) -> bool:
    """Whether an instant is that day of England, or that date and time there."""
    if len(wanted) <= len("2026-11-24"):
        return london_day(due).isoformat() == wanted
    read = datetime.fromisoformat(wanted)
    return due == (read if read.tzinfo else read.replace(tzinfo=LONDON))


def local(instant: datetime) -> str:
    """An instant as a date and time of England."""
    return to_london(instant).strftime("%Y-%m-%dT%H:%M")
