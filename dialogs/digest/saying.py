"""The digest of one person as a card: of the cases they may see, with references, organisations, states and dates alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta

from msgspec.structs import replace

from dialogs.absence.standing_in import away, present
from dialogs.answers.offers import ASKED_FOR
from dialogs.casework.common import RUNS
from dialogs.delivered.everywhere import line as missed_line
from dialogs.delivered.everywhere import missed
from dialogs.delivered.narrow import Narrow
from dialogs.desk import Desk
from dialogs.digest.look import MOST_DUE, MOST_FIRST, MOST_LATE, this_week
from dialogs.overdue.lines import first_told, lateness, named, whose
from dialogs.overdue.question import carried
from dialogs.overdue.scope import scope
from dialogs.reply import Block, Button, Card, Facts, Paragraph, Reply, Style
from dialogs.waiting import QUESTIONS
from state.access import in_force
from state.changes import OutboxRow
from state.ledger import request_of
from state.looking import Line, Looked, Waits
from state.values import london_day
from templates.days import day_text

MOST_WAITS, MOST_MISSED = 6, 4
A_WEEK = timedelta(days=7)
"""News that did not get through is told for so long; what an organisation has to answer, for as long as it waits."""
Row = tuple[str, str]


def digest_of(desk: Desk) -> Reply | None:
    """The digest of whoever this desk is of, or None where there is nothing to say."""
    looked = desk.snapshot.looked
    if looked is None:
        return None
    lost = _lost(desk)
    due = looked.beside or Looked()
    if not (looked.first_count or looked.late or due.late or looked.waits or lost):
        return None
    blocks = (*_counts(desk, looked, due, lost), *_parts(desk, looked, due, lost))
    card = Card(title=desk.words("digest.title"), blocks=blocks, buttons=_buttons(desk, looked, due, lost))
    return Reply(card=card, preview=desk.words("digest.preview"))


def _lost(desk: Desk) -> list[OutboxRow]:
    since = desk.turn.at - A_WEEK
    return [row for row in missed(desk, Narrow()) if request_of(row.send) or row.made_at >= since]


def _counts(desk: Desk, looked: Looked, due: Looked, lost: Sequence[OutboxRow]) -> Iterator[Block]:
    """How many there are of each, and of whose cases; and for whom this person stands in."""
    said = [desk.words(f"overdue.late_{_number(looked.late)}", scope=scope(desk, looked), count=looked.late)]
    if looked.first_count:
        said.append(desk.words(f"overdue.needs_{_number(looked.first_count)}", count=looked.first_count))
    settle = sum(sum(one.kinds.values()) for one in looked.waits)
    counts = {"due": due.late, "waits": settle, "missed": len(lost)}
    said += [desk.words(f"digest.{part}_{_number(count)}", count=count) for part, count in counts.items() if count]
    yield Paragraph(" ".join(said))
    for text in _stands_in(desk):
        yield Paragraph(text, Style.QUIET)


def _number(count: int) -> str:
    return {0: "none", 1: "one"}.get(count, "many")


def _stands_in(desk: Desk) -> Iterator[str]:
    """Who runs cases and is away has no digest: whoever stands in has theirs, and is told so."""
    runs = {grant.person for grant in desk.snapshot.all_grants if grant.role in RUNS and in_force(grant)}
    day = london_day(desk.turn.at)
    for person in sorted(runs - {desk.turn.who.id}):
        gone = away(desk.snapshot.absences, person, day)
        if gone is not None and desk.turn.who.id in present(desk, person):
            yield desk.words("digest.stands_in", name=desk.name_of(person), last=day_text(gone.last))


def _parts(desk: Desk, looked: Looked, due: Looked, lost: Sequence[OutboxRow]) -> Iterator[Block]:
    first = [(_marked(desk, one.reference, one.restricted), first_told(desk, one)) for one in looked.first[:MOST_FIRST]]
    waits = [(_marked(desk, one.reference, one.restricted), _settle(desk, one)) for one in looked.waits[:MOST_WAITS]]
    yield from _part(desk, "overdue.first", first, looked.first_count)
    yield from _part(desk, "digest.late", _dates(desk, looked.lines[:MOST_LATE]), looked.listed)
    yield from _part(desk, "digest.due", _dates(desk, due.lines[:MOST_DUE]), due.listed)
    yield from _part(desk, "digest.waits", waits, len(looked.waits))
    yield from _part(desk, "digest.missed", [missed_line(desk, row) for row in lost[:MOST_MISSED]], len(lost))


def _part(desk: Desk, heading: str, rows: Sequence[Row], total: int) -> Iterator[Block]:
    if rows:
        yield Paragraph(desk.words(heading), Style.HEADING)
        yield Facts(tuple(rows))
        if total > len(rows):
            yield Paragraph(desk.words("digest.more", count=total - len(rows)), Style.QUIET)


def _dates(desk: Desk, lines: Sequence[Line]) -> list[Row]:
    """Each date by its case and what it is; how late it is, and whose move."""
    return [(_marked(desk, named(desk, one), one.restricted), _told(desk, one)) for one in lines]


def _told(desk: Desk, line: Line) -> str:
    return f"{lateness(desk, line)} {desk.words('overdue.whose', who=whose(desk, line))}"


def _marked(desk: Desk, reference: str, restricted: bool) -> str:
    return desk.words("overdue.restricted", reference=reference) if restricted else reference


def _settle(desk: Desk, waits: Waits) -> str:
    said = [desk.words(f"waiting.settle_{kind}", count=waits.kinds[kind]) for kind in QUESTIONS if kind in waits.kinds]
    if others := sum(count for kind, count in waits.kinds.items() if kind not in QUESTIONS):
        said.append(desk.words("digest.settle", count=others))
    return " ".join(said)


def _buttons(desk: Desk, looked: Looked, due: Looked, lost: Sequence[OutboxRow]) -> tuple[Button, ...]:
    """The whole of each part that there is."""
    shows = Button(action="overdue", label=desk.words("buttons.overdue"))
    week = Button(action="overdue", label=desk.words("buttons.asked_due"), at=carried(desk.kit, this_week(desk.turn.at)))
    mine = Button(action="mine", label=desk.words("buttons.mine"))
    reached = Button(action=ASKED_FOR, label=desk.words("buttons.asked_delivered"), target="delivered")
    parts = ((shows, looked.first_count + looked.late), (week, due.late), (mine, len(looked.waits)), (reached, len(lost)))
    return tuple(replace(button, primary=n == 0) for n, button in enumerate(button for button, count in parts if count))
