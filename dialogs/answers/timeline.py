"""A case's timeline: what happened day by day, and its clocks as bars. Shown one to one, as a list and as a picture."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import msgspec

from dialogs.answers.bars import bars
from dialogs.answers.events import by_day, events
from dialogs.answers.named import meant, names_organisations
from dialogs.answers.scope import own_requests, refuse, sees_case
from dialogs.casework.aside import say_alone
from dialogs.casework.common import case_button, case_for
from dialogs.desk import Desk
from dialogs.giving.offer import file_button, tell_with_files
from dialogs.numbers import small
from dialogs.reply import Block, Button, Card, Facts, Paragraph, Picture, Reply, Style
from dialogs.turn import Press
from state.access import Access
from state.records import CaseRecord
from state.values import JSON, london_day
from templates.days import day_text, short_day
from templates.pictures.data import ClockBar, EventMark, Timeline

MOST_DAYS = 30
"""Days on one card. The newest are shown; the others are a button away."""


def timeline(desk: Desk, press: Press | None = None) -> None:
    """The whole case for those who run or read it; for an organisation what it was asked and answered."""
    case = desk.snapshot.case
    if case is None:
        return refuse(desk, "see_reference")
    whole, own = sees_case(desk, case), own_requests(desk)
    if not whole and not own:
        return refuse(desk, "see_reference")
    shown = list(desk.snapshot.requests) if whole else own
    if names_organisations(desk.meant.slots):
        whole, shown = False, meant(desk.meant.slots, shown)
    days = by_day(desk, events(desk, case, shown, whole=whole))
    found = bars(desk, None if whole else {one.id for one in shown})
    say_alone(desk, _reply(desk, case, days, found, press.at if press else ""), case.id)


def _reply(desk: Desk, case: CaseRecord, days: Sequence[tuple[date, str]], found: Sequence[ClockBar], at: str) -> Reply:
    last = small(at) if 0 < small(at) < len(days) else len(days)
    first = max(last - MOST_DAYS, 0)
    numbered = list(enumerate(days, 1))[first:last]
    blocks: list[Block] = [
        Paragraph(desk.words("answers_asked.timeline_intro", state=desk.words(f"casework.status_{case.status}")))
    ]
    if not numbered:
        blocks.append(Paragraph(desk.words("answers_asked.timeline_none")))
    if numbered:
        blocks.append(Facts(tuple((f"{number}. {day_text(day)}", said) for number, (day, said) in numbered)))
    if found:
        blocks.append(Paragraph(desk.words("answers_asked.timeline_clocks"), Style.HEADING))
        blocks.append(picture(desk, case, [EventMark(number, day) for number, (day, _) in numbered], found))
    buttons = tuple(_buttons(desk, case, first))
    title = desk.words("answers_asked.timeline_title", reference=case.reference)
    return Reply(card=Card(title=title, blocks=tuple(blocks), buttons=buttons), preview=desk.words("filling.preview"))


def _buttons(desk: Desk, case: CaseRecord, first: int) -> list[Button]:
    names = [*(["keep_timeline"] if _may_keep(desk, case) else [])]
    names += ["show_case"] if desk.may("see_reference", case=case) is Access.YES else []
    earlier = [case_button(desk, "timeline", case, at=str(first))] if first else []
    return [*earlier, *(case_button(desk, name, case) for name in names)]


def _may_keep(desk: Desk, case: CaseRecord) -> bool:
    """Whoever has papers of the case made may have this one made."""
    return desk.may("run_meeting", case=case) is Access.YES


def keep_timeline(desk: Desk, _press: Press) -> None:
    """File the picture as it is now, sharp enough for paper, in the folder of the case."""
    case = case_for(desk, "run_meeting")
    if case is None:
        return
    days = by_day(desk, events(desk, case, list(desk.snapshot.requests)))
    marks = [EventMark(number, day) for number, (day, _) in enumerate(days, 1)]
    body: dict[str, JSON] = {"form": "timeline", "reference": case.reference, "case": case.id}
    drawn = picture(desk, case, marks, bars(desk))
    desk.make_document(case.id, {**body, "picture": msgspec.to_builtins(drawn.data)})
    tell_with_files(desk, desk.words("answers_asked.kept_picture"), file_button(desk, case.id, "timeline"))


def picture(desk: Desk, case: CaseRecord, marks: Sequence[EventMark], found: Sequence[ClockBar]) -> Picture:
    """The picture, and the same in words."""
    today = london_day(desk.turn.at)
    words = desk.words
    data = Timeline(
        today=today,
        today_said=words("answers_asked.today", day=short_day(today)),
        events_said=words("answers_asked.picture_days"),
        events=tuple(marks),
        bars=tuple(found),
        key=(words("answers_asked.time_used"), words("answers_asked.time_late"), words("answers_asked.time_left")),
        met_said=words("answers_asked.time_ended"),
    )
    return Picture(data=data, alt=_alt(desk, case, data))


def _alt(desk: Desk, case: CaseRecord, data: Timeline) -> str:
    """Everything that the picture says."""
    clocks = [
        desk.words("answers_asked.alt_clock", what=one.label, start=short_day(one.start), said=one.said) for one in data.bars
    ]
    intro = desk.words("answers_asked.alt_timeline", reference=case.reference, today=data.today_said)
    days = ", ".join(desk.words("answers_asked.alt_day", number=one.number, day=short_day(one.day)) for one in data.events)
    listed = [desk.words("answers_asked.alt_days", title=data.events_said, days=days)] if days else []
    return " ".join([intro, *listed, *clocks])
