"""How an organisation is doing: numbers of its returns in a period, and a picture where there is more than one number."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from msgspec.structs import replace

from dialogs.answers.named import answers_for, meant, named_as, names_organisations
from dialogs.answers.record import OUTSTANDING, Tally, by_organisation, tally, year_before
from dialogs.answers.scope import answer, hidden_here, refuse
from dialogs.asking.meaning import Slots, Understood
from dialogs.desk import Desk
from dialogs.reply import Block, Card, Facts, Paragraph, Picture, Reply, Style
from dialogs.returns.common import closed
from dialogs.scoping.reach import MOST_NAMED
from dialogs.turn import Text, Turn
from state.access import Access
from state.requests_of import RequestsOf
from state.scoping_records import RequestRecord
from state.values import LONDON, PlaceKind, london_day, utc_text
from templates.days import short_day
from templates.pictures.data import Returns, ReturnsRow

MOST = 500
"""Requests that are counted; the store reads one more, so that it is known that there are more."""
MOST_ROWS = 10


def wanted(understood: Understood, turn: Turn) -> RequestsOf:
    """The requests of the organisations that were named, or of one's own, that were sent in the period."""
    slots, today = understood.slots, london_day(turn.at)
    first, last = _period(slots, today)
    return RequestsOf(
        organisations=(slots.organisation,) if slots.organisation else (),
        agencies=() if slots.organisation else slots.agency,
        own=not names_organisations(slots),
        else_everybody=not names_organisations(slots),
        since=_start(first),
        until=_start(last + timedelta(days=1)),
        in_channel=turn.place.kind is not PlaceKind.PERSONAL,
        now=utc_text(turn.at),
        typed=turn.said.text.casefold() if isinstance(turn.said, Text) else "",
    )


def still_asked(understood: Understood, turn: Turn) -> RequestsOf | None:
    """For "where is Police?" without a case: what it has still to answer."""
    if understood.slots.case:
        return None
    return replace(wanted(understood, turn), own=False, else_everybody=False, since="", until="", waiting=True)


def _start(day: date) -> str:
    return utc_text(datetime.combine(day, time(), LONDON))


def _period(slots: Slots, today: date) -> tuple[date, date]:
    """What was said; else the last year. An end that was not said is today."""
    last = date.fromisoformat(slots.to) if slots.to else today
    first = date.fromisoformat(slots.from_) if slots.from_ else year_before(last)
    return first, last


def how_is(desk: Desk) -> None:
    """Everybody's for those who run cases, of every organisation where none was named; for an organisation its own alone."""
    runs, own = desk.may("see_reference") is Access.YES, answers_for(desk)
    if not runs and not own:
        return refuse(desk, "see_reference", desk.words("access.nothing"))
    seen = seen_requests(desk)
    if not runs and not seen and names_organisations(desk.meant.slots) and not _names_own(desk, own):
        return refuse(desk, "see_reference", desk.words("answers_asked.own_only"))
    counted = seen[:MOST]
    return answer(desk, _reply(desk, counted, more=len(seen) > MOST), None, _organisations(desk, counted, own))


def seen_requests(desk: Desk) -> list[RequestRecord]:
    """The requests that were read, as far as this person may know of them, here.

    Of those who were named: an organisation's own name is known only now. What was put to somebody independent in an
    organisation is not told to whoever leads it.
    """
    slots, own = desk.meant.slots, answers_for(desk)
    runs = desk.may("see_reference") is Access.YES
    named = meant(slots, desk.snapshot.requests_of) if names_organisations(slots) else desk.snapshot.requests_of
    theirs = (one for one in named if runs or (one.organisation in own and not closed(one)))
    return [one for one in theirs if not hidden_here(desk, one)]


def _names_own(desk: Desk, own: frozenset[str]) -> bool:
    slots = desk.meant.slots
    return any(
        one.id in own and (one.id == slots.organisation or one.kind in slots.agency) for one in desk.snapshot.organisations
    )


def _organisations(desk: Desk, counted: Sequence[RequestRecord], own: frozenset[str]) -> set[str]:
    return {one.organisation for one in counted} or (
        {desk.meant.slots.organisation} if desk.meant.slots.organisation else set(own)
    )


def _reply(desk: Desk, counted: Sequence[RequestRecord], *, more: bool) -> Reply:
    first, last = _period(desk.meant.slots, london_day(desk.turn.at))
    title = desk.words("answers_asked.how_title", name=_named(desk, counted))
    scope = desk.words("answers_asked.how_scope", first=short_day(first), last=short_day(last))
    blocks: list[Block] = [Paragraph(scope)]
    if counted:
        blocks += _counted(desk, counted)
    else:
        blocks.append(Paragraph(desk.words("answers_asked.how_nothing")))
    if more:
        blocks.append(Paragraph(desk.words("answers_asked.how_more", count=MOST), Style.QUIET))
    return Reply(card=Card(title=title, blocks=tuple(blocks)), preview=desk.words("filling.preview"))


def _named(desk: Desk, counted: Sequence[RequestRecord]) -> str:
    """As it was asked for; else the organisations that were asked, where they are few."""
    if named := named_as(desk, desk.meant.slots):
        return named
    names = sorted(_name(desk, one) for one in by_organisation(counted))
    if 0 < len(names) <= MOST_NAMED:
        return ", ".join(names)
    return desk.words("answers_asked.your_organisation" if answers_for(desk) else "answers_asked.every_organisation")


def _counted(desk: Desk, counted: Sequence[RequestRecord]) -> list[Block]:
    """The numbers of all together, then of each where there are several, and the picture."""
    policy, now = desk.kit.profile.clocks, desk.turn.at
    groups = by_organisation(counted)
    tallies = [(_name(desk, one), tally(requests, now, policy)) for one, requests in groups.items()]
    tallies.sort(key=lambda row: (-row[1].overdue, -row[1].late, row[0]))
    whole = tally(counted, now, policy)
    return [Facts(tuple(_facts(desk, whole))), *_waiting(desk, counted), picture(desk, tallies[:MOST_ROWS])]


def _facts(desk: Desk, found: Tally) -> list[tuple[str, str]]:
    words = desk.words
    late = words("answers_asked.late_by", count=found.late, days=found.days_late) if found.late else "0"
    awaited = (
        words("answers_asked.awaited_late", count=found.awaited, late=found.overdue) if found.overdue else str(found.awaited)
    )
    rows = [
        (words("answers_asked.how_asked"), str(found.asked)),
        (words("answers_asked.how_in_time"), str(found.in_time)),
        (words("answers_asked.how_late"), late),
        (words("answers_asked.how_awaited"), awaited),
        (words("answers_asked.how_nil"), str(found.nil)),
        (words("answers_asked.how_extended"), str(found.extended)),
    ]
    if found.median is not None:
        rows.append((words("answers_asked.how_median"), str(found.median)))
    if found.withdrawn:
        rows.append((words("answers_asked.how_withdrawn"), str(found.withdrawn)))
    return rows


def _waiting(desk: Desk, counted: Sequence[RequestRecord]) -> list[Block]:
    """The references of what is awaited, so that it can be asked about."""
    names = sorted({one.reference for one in counted if one.state in OUTSTANDING})
    if not names:
        return []
    shown = ", ".join(names[:MOST_ROWS]) + ("…" if len(names) > MOST_ROWS else "")
    return [Paragraph(desk.words("answers_asked.how_waits", references=shown))]


def _name(desk: Desk, organisation: str) -> str:
    known = desk.organisation(organisation)
    return known.name if known else organisation


def picture(desk: Desk, tallies: Sequence[tuple[str, Tally]]) -> Picture:
    """Returns by organisation, and the same in words."""
    words = desk.words
    rows = tuple(
        ReturnsRow(
            label=name,
            said=words("answers_asked.row_said", in_time=one.in_time, late=one.late, awaited=one.awaited),
            in_time=one.in_time,
            late=one.late,
            awaited=one.awaited,
        )
        for name, one in tallies
    )
    key = (words("answers_asked.came_in_time"), words("answers_asked.came_late"), words("answers_asked.awaited"))
    said = " ".join(words("answers_asked.alt_row", name=one.label, said=one.said) for one in rows)
    return Picture(data=Returns(rows=rows, key=key), alt=words("answers_asked.alt_returns", rows=said))
