"""The dates that somebody asked about, as a workbook: what they may see, read when it is made, without restricted cases."""

from __future__ import annotations

from datetime import datetime

import msgspec

from bot.papers.paper import Body, Made, NothingToMake, Paper, instant, word
from dialogs.desk import Desk
from dialogs.kit import Kit
from dialogs.overdue.lines import blocked, first_told, state_text, what, whose
from dialogs.overdue.question import Question, question_carried
from dialogs.overdue.scope import narrowed, scope
from dialogs.turn import Text, Turn
from state.clocks import days_late
from state.looking import Line, Look, Looked
from state.snapshot import Snapshot, Wanted
from state.values import Channel, Place, Who, london_day
from templates.days import moment_text
from templates.documents.workbook import Table, Value, workbook


def _wanted(body: Body) -> Wanted:
    """Read as the person who asked, as far as everybody who can open the library may see it."""
    look = msgspec.convert(body.get("look"), Look)
    return Wanted(turn="", person=_who(body).id, place="", organisations=True, look=lambda talk, names: look)


def _who(body: Body) -> Who:
    return Who(word(body, "tenant"), word(body, "object"))


def make(snapshot: Snapshot, body: Body, kit: Kit) -> Made:
    """A sheet of the dates, one of what comes first where there is anything, and one that says what is in the file."""
    at, looked = instant(body), snapshot.looked
    if at is None or looked is None:
        raise NothingToMake
    place = Place(Channel.CONSOLE, "library")
    desk = Desk(Turn(id="", who=_who(body), place=place, said=Text(""), at=at), snapshot, kit)
    question = question_carried(kit, word(body, "question")) or Question()
    title = desk.words(f"overdue.title_{question.intent}")
    tables = [_dates(desk, looked), *_first(desk, looked), _about(desk, question, looked, at)]
    return Made((), word(body, "stem"), ".xlsx", workbook(title, tables, at))


def _dates(desk: Desk, looked: Looked) -> Table:
    heads = (
        "reference",
        "what",
        "organisation",
        "agency",
        "due",
        "late",
        "state",
        "whose",
        "asked",
        "chased",
        "review",
        "holds",
    )
    return Table(
        name=desk.words("overdue.sheet_dates"),
        heads=tuple(desk.words(f"overdue.column_{head}") for head in heads),
        rows=tuple(_row(desk, line) for line in looked.lines),
    )


def _row(desk: Desk, line: Line) -> tuple[Value, ...]:
    labels = {option.id: option.label for option in desk.kit.profile.lists["agencies"]}
    return (
        line.reference,
        what(desk, line),
        line.name,
        labels.get(line.agency, line.agency),
        london_day(line.due),
        days_late(line.due, desk.turn.at, desk.kit.profile.clocks),
        state_text(desk, line),
        whose(desk, line),
        desk.words("answers.yes") if line.more_time else "",
        _day(line.told_at),
        _day(line.review),
        blocked(desk, line),
    )


def _day(at: datetime | None) -> Value:
    return london_day(at) if at is not None else None


def _first(desk: Desk, looked: Looked) -> list[Table]:
    if not looked.first:
        return []
    heads = tuple(desk.words(f"overdue.column_{head}") for head in ("reference", "first"))
    rows = tuple((one.reference, first_told(desk, one)) for one in looked.first)
    return [Table(name=desk.words("overdue.sheet_first"), heads=heads, rows=rows)]


def _about(desk: Desk, question: Question, looked: Looked, at: datetime) -> Table:
    """Of what the file speaks: nobody should take its numbers for everything."""
    said = (scope(desk, looked), narrowed(desk, question), desk.words("overdue.not_in_files"))
    made = desk.words("overdue.made_on", moment=moment_text(at))
    return Table(
        name=desk.words("overdue.sheet_about"),
        heads=(desk.words("overdue.column_about"),),
        rows=tuple((text,) for text in (made, *said) if text),
    )


DATES = Paper(wanted=_wanted, make=make)
