"""How one open date reads: how late it is, where it stands, whose move it is, and what waits for it."""

from __future__ import annotations

from collections.abc import Iterator

from dialogs.casework.clocks import COORDINATOR
from dialogs.casework.kinds import kind_text
from dialogs.desk import Desk
from dialogs.telling import among_us
from state.clocks import days_late, is_overdue
from state.looking import First, Line
from state.values import london_day
from templates.days import day_text

RETURN = "scoping_return"


def what(desk: Desk, line: Line) -> str:
    """What is to be done by that date. A child is a number, and the first one goes without it."""
    return kind_text(desk, line.kind, line.child if line.child > 1 else 0)


def named(desk: Desk, line: Line) -> str:
    """A date by its case, and whose return or what it is: how it is chosen from a list."""
    return f"{line.reference}, {line.name or what(desk, line)}"


def told(desk: Desk, line: Line) -> str:
    """Everything about one date, in short sentences."""
    return " ".join(_parts(desk, line))


def _parts(desk: Desk, line: Line) -> Iterator[str]:
    yield lateness(desk, line)
    if line.provisional:
        yield desk.words("overdue.provisional")
    if line.state:
        yield state_text(desk, line)
    if line.more_time:
        yield desk.words("overdue.more_time_asked")
    yield desk.words("overdue.whose", who=whose(desk, line))
    if line.told_at is not None:
        yield desk.words("overdue.chased", day=day_text(london_day(line.told_at)))
    if line.snoozed_until is not None and line.snoozed_until > desk.turn.at:
        yield desk.words("overdue.snoozed", day=day_text(london_day(line.snoozed_until)))
    if held := blocked(desk, line):
        yield held


def not_mailed(line: Line) -> bool:
    """Whether it goes by secure e-mail and nobody has said that it went: then it is the coordinator's move."""
    return line.delivery == "email" and line.state == "sent" and not line.mailed


def state_text(desk: Desk, line: Line) -> str:
    """Where a request stands; nothing where the date is no request's."""
    if line.delivery == "email" and line.state == "sent":
        return desk.words("overdue.mailed" if line.mailed else "overdue.not_mailed")
    return desk.words(f"overdue.state_{line.state}") if line.state else ""


def lateness(desk: Desk, line: Line) -> str:
    """How many working days late it is, or when it is due."""
    due = day_text(london_day(line.due))
    if not is_overdue(line.due, desk.turn.at):
        return desk.words("overdue.due_on", due=due)
    late = days_late(line.due, desk.turn.at, desk.kit.profile.clocks)
    key = {0: "overdue.days_none", 1: "overdue.days_one"}.get(late, "overdue.days_many")
    return desk.words(key, days=late, due=due)


def whose(desk: Desk, line: Line) -> str:
    """Whose move it is: that of somebody it was handed to, an organisation's, the coordinator's, or of whoever was named."""
    if (line.handed_to or line.left_to) and not among_us(desk):
        return desk.words("overdue.somebody_named")
    if line.handed_to:
        return line.handed_to
    if line.left_to:
        return desk.words("overdue.kept_by", name=line.left_to)
    if line.name and not not_mailed(line):
        return line.name
    if line.owner in ("", COORDINATOR) or line.request:
        return desk.words("casework.the_coordinator")
    return line.owner if desk.private else desk.words("overdue.somebody_named")


def blocked(desk: Desk, line: Line) -> str:
    """What cannot go on before it, where there is such a thing."""
    if line.kind == RETURN and line.review is not None:
        return desk.words("overdue.blocks_pack_by", review=day_text(london_day(line.review)))
    return desk.words(f"overdue.blocks_{line.kind}") if desk.kit.words.has(f"overdue.blocks_{line.kind}") else ""


def first_told(desk: Desk, first: First) -> str:
    """What a case needs before anything else."""
    return " ".join(_first_parts(desk, first))


def _first_parts(desk: Desk, first: First) -> Iterator[str]:
    if first.unread:
        yield desk.words("overdue.unread", day=day_text(london_day(first.received_at)))
        if first.read_by is not None and is_overdue(first.read_by, desk.turn.at):
            late = days_late(first.read_by, desk.turn.at, desk.kit.profile.clocks)
            key = {0: "overdue.read_none", 1: "overdue.read_one"}.get(late, "overdue.read_many")
            yield desk.words(key, days=late, due=day_text(london_day(first.read_by)))
    if first.unaware:
        yield desk.words("overdue.unaware")
    if first.undecided:
        yield desk.words("overdue.undecided")
    for line in first.unowned:
        yield desk.words("overdue.unowned", what=what(desk, line))
        yield lateness(desk, line)
    if first.unmailed:
        yield desk.words("overdue.unmailed", names=", ".join(first.unmailed))
