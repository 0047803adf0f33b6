"""What the one-page overview shows: numbers, dates, clocks, and who says they were in contact with whom. It names no child."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from dialogs.review.collate import incident
from dialogs.review.sources import Return, Sources, plain_day
from state.scoping_records import RequestRecord
from state.values import london_day
from templates.days import moment_text
from templates.documents.overview import Counts, OverviewData
from templates.documents.picture_data import AgencyColumn, Contact, Point, Span

CLOCKS = ("notification", "rapid_review", "panel_reply")


def overview_data(sources: Sources) -> OverviewData:
    """The overview as it stands."""
    points = tuple(Point(sources.say(f"review.date_{name}"), day, happened) for name, day, happened in _dates(sources))
    agencies = [(option.id, option.label) for option in sources.kit.profile.lists["agencies"]]
    asked = {one.agency for one in sources.asked}
    answered = {one.request.id: one for one in sources.returns}
    shown = [one for one in sources.asked if one.id in answered or one in sources.outstanding]
    return OverviewData(
        reference=sources.case.reference,
        edition=sources.kit.profile.file.edition,
        generated_at=moment_text(sources.now),
        restricted=sources.case.restricted,
        counts=_counts(sources),
        dates=tuple((sources.say(f"review.date_{name}"), plain_day(day)) for name, day, _ in _dates(sources)),
        points=points,
        clocks=tuple(_clocks(sources)),
        organisations=tuple(sources.organisation(one) for one in shown),
        agencies=tuple(AgencyColumn(label, kind in asked) for kind, label in agencies),
        cells=tuple(_row(one, answered.get(one.id), [kind for kind, _ in agencies]) for one in shown),
    )


def _counts(sources: Sources) -> Counts:
    kinds = {option.id for option in sources.kit.profile.lists["agencies"]}
    return Counts(
        asked=len(sources.asked),
        returned=len(sources.returns),
        nil=len(sources.nil),
        outstanding=len(sources.outstanding),
        withdrawn=sum(1 for one in sources.requests if one.state == "withdrawn"),
        not_asked=len(kinds - {one.agency for one in sources.asked}),
    )


def _dates(sources: Sources) -> Iterator[tuple[str, date, bool]]:
    """The case's dates that are known: name, day, and whether it has happened."""
    case, meeting = sources.case, sources.snapshot.meeting
    sent = [one.sent_at for one in sources.asked if one.sent_at is not None]
    due = next((one.due for one in sources.snapshot.deadlines if one.kind == "rapid_review"), None)
    known: tuple[tuple[str, date | datetime | None], ...] = (
        ("incident", incident(sources)),
        ("aware", case.la_aware_at),
        ("referred", case.received_at),
        ("notified", case.notified_at),
        ("asked", min(sent, default=None)),
        ("meeting", meeting.starts_at if meeting else None),
        ("due", due),
        ("sent", case.sent_at),
    )
    for name, when in known:
        if when is not None:
            day = london_day(when) if isinstance(when, datetime) else when
            yield name, day, day <= sources.today and name != "due"


def _clocks(sources: Sources) -> Iterator[Span]:
    for one in sources.snapshot.deadlines:
        if one.kind in CLOCKS and one.child <= 1:
            yield Span(sources.say(f"review.clock_{one.kind}"), london_day(one.runs_from), london_day(one.due))


def _row(request: RequestRecord, answer: Return | None, kinds: list[str]) -> tuple[Contact, ...]:
    """What one organisation says of each service; nothing where it has not answered."""
    return tuple(_cell(request, answer, kind) for kind in kinds)


def _cell(request: RequestRecord, answer: Return | None, kind: str) -> Contact:
    if kind == request.agency:
        return "own"
    if answer is None:
        return ""
    if answer.filled.value(f"contacts.{kind}.missing") == "yes":
        return "missing"
    path = f"contacts.{kind}.contact"
    if answer.filled.status(path) == "not_known":
        return "not_known"
    said: tuple[Contact, ...] = ("yes", "no", "not_known")
    return next((one for one in said if one == answer.filled.value(path)), "")
