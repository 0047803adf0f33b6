"""The answer to a question about the dates, as one card: what comes first, then the worst, grouped, and what can be done."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from dialogs.desk import Desk
from dialogs.overdue.doing import buttons, inputs
from dialogs.overdue.lines import RETURN, first_told, lateness, named, not_mailed, state_text, told, what
from dialogs.overdue.question import DUE, NO_DATES_YET, NOT_REPLIED, Question, bounds
from dialogs.overdue.scope import narrowed, scope
from dialogs.overdue.since import since_then
from dialogs.reply import Block, Card, Facts, Paragraph, Reply, Style
from dialogs.scoping.machine import WAITS
from state.looking import BY_AGENCY, Line, Looked

CARD = "dates"
"""The name of the card, so that it can be brought up to date wherever it stands."""


def card_name(place: str) -> str:
    """The name of the answer that stands in a place."""
    return f"{CARD}:{place}"


def answer(desk: Desk, question: Question, looked: Looked) -> Reply:
    """The answer as it stands at the end of this turn."""
    looked = since_then(desk, looked, bounds(question, desk.turn.at, desk.kit.profile.clocks)[1])
    card = Card(
        title=desk.words(f"overdue.title_{question.intent}"),
        blocks=tuple(_blocks(desk, question, looked)),
        inputs=inputs(desk, looked),
        buttons=buttons(desk, question, looked),
    )
    return Reply(card=card, preview=desk.words("overdue.preview"))


def _blocks(desk: Desk, question: Question, looked: Looked) -> Iterator[Block]:
    yield Paragraph(" ".join((_count(desk, question, looked), *_needs(desk, looked))))
    if said := narrowed(desk, question):
        yield Paragraph(said, Style.QUIET)
    if looked.nobody:
        yield Paragraph(desk.words("overdue.nobody"))
    if question.slots.kind in NO_DATES_YET:
        yield Paragraph(desk.words("overdue.no_dates_yet"))
    if looked.first:
        yield Paragraph(desk.words("overdue.first"), Style.HEADING)
        yield Facts(tuple((_marked(desk, one.reference, one.restricted), first_told(desk, one)) for one in looked.first))
    yield from _groups(desk, question, looked)
    yield from _next(desk, question, looked)
    if page := _page(desk, question, looked):
        yield Paragraph(page, Style.QUIET)


def _count(desk: Desk, question: Question, looked: Looked) -> str:
    """How many there are, and of whose cases."""
    kind = question.intent if question.intent in (DUE, NOT_REPLIED) else "late"
    number = {0: "none", 1: "one"}.get(looked.late, "many")
    return desk.words(f"overdue.{kind}_{number}", scope=scope(desk, looked), count=looked.late)


def _needs(desk: Desk, looked: Looked) -> Iterator[str]:
    if looked.first_count:
        yield desk.words("overdue.needs_one" if looked.first_count == 1 else "overdue.needs_many", count=looked.first_count)


def _groups(desk: Desk, question: Question, looked: Looked) -> Iterator[Block]:
    if question.intent == NOT_REPLIED and question.slots.case:
        yield from _by_state(desk, looked)
        return
    agencies = question.by == BY_AGENCY
    for _, some in groupby(looked.lines, key=lambda line: line.organisation if agencies else line.case):
        lines = tuple(some)
        yield Paragraph(_heading(desk, lines[0], agencies=agencies), Style.HEADING)
        yield Facts(tuple((_label(desk, line, agencies=agencies), told(desk, line)) for line in lines))


def _by_state(desk: Desk, looked: Looked) -> Iterator[Block]:
    """Who has not answered about one case, by how far they are."""
    lines = sorted(looked.lines, key=lambda line: WAITS.index(line.state) if line.state in WAITS else len(WAITS))
    for state, some in groupby(sorted(lines, key=not_mailed, reverse=True), key=lambda line: state_text(desk, line)):
        yield Paragraph(state, Style.HEADING)
        yield Facts(tuple((line.name, _until(desk, line)) for line in some))


def _until(desk: Desk, line: Line) -> str:
    asked = [desk.words("overdue.more_time_asked")] if line.more_time else []
    return " ".join([lateness(desk, line), *asked])


def _heading(desk: Desk, line: Line, *, agencies: bool) -> str:
    if not agencies:
        return _marked(desk, line.reference, line.restricted)
    return line.name or desk.words("overdue.others")


def _marked(desk: Desk, reference: str, restricted: bool) -> str:
    return desk.words("overdue.restricted", reference=reference) if restricted else reference


def _label(desk: Desk, line: Line, *, agencies: bool) -> str:
    if agencies:
        return _marked(desk, line.reference if line.name else named(desk, line), line.restricted)
    return line.name if line.kind == RETURN and line.name else what(desk, line)


def _next(desk: Desk, question: Question, looked: Looked) -> Iterator[Block]:
    """What has passed already, where the question was of later; and where nothing was found, what is due next."""
    if question.intent == DUE and looked.earlier:
        yield Paragraph(desk.words("overdue.earlier_one" if looked.earlier == 1 else "overdue.earlier", count=looked.earlier))
    if looked.late or looked.first or looked.nobody or question.slots.kind in NO_DATES_YET:
        return
    if looked.next is not None:
        yield Paragraph(desk.words("overdue.next", what=named(desk, looked.next), due=lateness(desk, looked.next)))
    elif question.intent != NOT_REPLIED:
        yield Paragraph(desk.words("overdue.nothing_open"))


def _page(desk: Desk, question: Question, looked: Looked) -> str:
    """Which lines these are of how many, where they are not all."""
    shown, total = len(looked.first) + len(looked.lines), looked.first_count + looked.listed
    if shown == total or not shown:
        return ""
    return desk.words("overdue.page", first=question.skip + 1, last=question.skip + shown, total=total)
