"""What waits for me: requests to one's organisation, what was handed to me, rapid reviews, referrals begun, and open cases.

It is shown one to one, with references and dates alone: nothing in it identifies anybody.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import NamedTuple

from msgspec.structs import replace

from dialogs import home
from dialogs.casework.clocks import COORDINATOR
from dialogs.casework.common import case_button
from dialogs.casework.kinds import kind_text
from dialogs.desk import Desk
from dialogs.referral.mine import draft_text, my_referrals
from dialogs.referral.read import may_see
from dialogs.reply import Block, Button, Card, Facts, Paragraph, Reply, Style
from dialogs.scoping.cards import request_button
from dialogs.scoping.common import organisation_name
from dialogs.scoping.machine import WAITS
from dialogs.turn import Press
from state.clocks import is_overdue
from state.records import CaseRecord, DeadlineRecord
from state.scoping_records import RequestRecord
from state.values import london_day
from templates.days import moment_text

MOST = 6
MOST_ROWS = 12
"""Of one group: the most urgent. How many more there are is said."""
ALWAYS_THERE = ("begin_referral", "on_behalf")
"""What the own page offers beside what waits."""
ON_THE_PANEL = ("partner", "panel_member")
AT_REVIEW = ("notified", "reviewing")
RETURN = "scoping_return"
QUESTIONS = ("question", "more_time")
"""What organisations wait for; everything else that is not settled is counted together."""


class Row(NamedTuple):
    """A reference, what is to be done, the button that leads there, and by when."""

    label: str
    text: str
    button: Button
    due: datetime | None = None


def waiting(desk: Desk, _press: Press | None = None) -> None:
    """Everything that waits for this person on one card, each with a button that leads there."""
    if not desk.may_see_own():
        desk.note("partnership", "refused", action="see_own_referral")
        return desk.say(Reply(text=desk.words("access.nothing")))
    if not desk.private:
        return desk.say(Reply(text=desk.words("referral.only_one_to_one")))
    groups = _groups(desk)
    in_time = {name: [row for row in rows if in_period(desk, row)] for name, rows in groups.items()}
    if any(in_time.values()):
        return show(desk, desk.words("waiting.title"), in_time)
    if any(groups.values()):
        return desk.tell(desk.words("waiting.not_then"))
    return my_referrals(desk) if desk.snapshot.my_cases else home.nothing_waits(desk)


def page(desk: Desk) -> Card:
    """The same as a page that stands there whenever it is looked at: what waits, and where nothing does, what can be done."""
    groups = _groups(desk) if desk.may_see_own() else {}
    if not any(groups.values()):
        return home.page(desk, desk.words("waiting.nothing"))
    card = _card(desk, desk.words("waiting.title"), groups)
    more = tuple(button for button in home.buttons(desk) if button.action in ALWAYS_THERE)
    return replace(card, blocks=(*card.blocks, home.danger(desk)), buttons=(*card.buttons, *more))


def _groups(desk: Desk) -> dict[str, list[Row]]:
    return {
        "requests": list(_requests(desk)),
        "handed": list(handed_to(desk, desk.turn.who.id)),
        "reviews": list(_reviews(desk)),
        "drafts": list(_drafts(desk)),
        "cases": list(cases(desk)),
    }


def in_period(desk: Desk, row: Row) -> bool:
    """Whether it falls into the time that was asked about. What is late waits today; without a date it waits at any time."""
    slots = desk.meant.slots
    if not (slots.from_ or slots.to):
        return True
    if row.due is None:
        return False
    day = max(london_day(row.due), london_day(desk.turn.at))
    return (not slots.from_ or day >= date.fromisoformat(slots.from_)) and (not slots.to or day <= date.fromisoformat(slots.to))


def show(desk: Desk, title: str, groups: Mapping[str, Sequence[Row]], note: str = "") -> None:
    """The groups under their headings, each as long as people read; the buttons of the first rows."""
    desk.say(Reply(card=_card(desk, title, groups, note), preview=desk.words("filling.preview")))


def _card(desk: Desk, title: str, groups: Mapping[str, Sequence[Row]], note: str = "") -> Card:
    blocks: list[Block] = [Paragraph(note)] if note else []
    shown: list[Row] = []
    for name, rows in groups.items():
        if rows:
            listed = rows[:MOST_ROWS]
            shown += listed
            blocks.append(Paragraph(desk.words(f"waiting.{name}"), Style.HEADING))
            blocks.append(Facts(tuple((row.label, row.text) for row in listed)))
            if len(rows) > len(listed):
                blocks.append(Paragraph(desk.words("waiting.more_rows", count=len(rows) - len(listed)), Style.QUIET))
    buttons = list({(row.button.action, row.button.target): row.button for row in shown}.values())
    if len(buttons) > MOST:
        blocks.append(Paragraph(desk.words("waiting.more")))
    first = tuple(replace(button, primary=n == 0) for n, button in enumerate(buttons[:MOST]))
    return Card(title=title, blocks=tuple(blocks), buttons=first)


def _requests(desk: Desk) -> Iterator[Row]:
    for request in desk.snapshot.my_requests:
        if request.state in WAITS or request.confirm:
            button = request_button(desk, "open_request", request)
            named = desk.words("buttons.open_request_named", reference=request.reference)
            label = f"{request.reference}, {organisation_name(desk, request)}"
            yield Row(label, request_text(desk, request), replace(button, label=named), request.due)


def request_text(desk: Desk, request: RequestRecord) -> str:
    """What is to be done about a request, and by when."""
    state = desk.words("waiting.confirm" if request.confirm else f"scoping.state_{request.state}")
    if request.due is None or request.state not in WAITS:
        return state
    key = "waiting.answer_late" if is_overdue(request.due, desk.turn.at) else "waiting.answer_by"
    return f"{state} {desk.words(key, due=moment_text(request.due))}"


def handed_to(desk: Desk, person: str) -> Iterator[Row]:
    """Dates that the coordinator or a manager handed to somebody, where this case may be known to whoever asks."""
    open_dates = {one.id: one for one in desk.snapshot.open_deadlines}
    cases_ = {one.id: one for one in desk.snapshot.open_cases}
    for chase in desk.snapshot.handed:
        date_, case = open_dates.get(chase.id), cases_.get(chase.case)
        if chase.handed_to == person and date_ is not None and case is not None and _runs(desk, case):
            yield Row(case.reference, date_text(desk, date_), _case_button(desk, case), date_.due)


def _reviews(desk: Desk) -> Iterator[Row]:
    """Cases whose rapid review this person takes part in. Who runs cases has them in the list of cases."""
    mine = {one.case for one in desk.snapshot.open_case_people if _takes_part(desk, one.person, one.relation)}
    for case in desk.snapshot.open_cases:
        if case.id in mine and case.status in AT_REVIEW and may_see(desk, "read_case", case) and not _runs(desk, case):
            label = desk.words("buttons.review_named", reference=case.reference)
            yield Row(case.reference, desk.words("waiting.review"), replace(case_button(desk, "review", case), label=label))


def _takes_part(desk: Desk, person: str, relation: str) -> bool:
    return person == desk.turn.who.id and relation in ON_THE_PANEL


def _runs(desk: Desk, case: CaseRecord) -> bool:
    return may_see(desk, "see_reference", case)


def _drafts(desk: Desk) -> Iterator[Row]:
    for number, draft in enumerate(desk.snapshot.my_drafts, 1):
        label = desk.words("buttons.resume_number", number=number)
        button = Button(action="resume", label=label, target=draft.id)
        yield Row(desk.words("waiting.draft"), draft_text(desk, draft, number), button)


def cases(desk: Desk) -> list[Row]:
    """The open cases that this person may know of: the one with the nearest date of the coordinator's first."""
    rows = [_case(desk, case) for case in desk.snapshot.open_cases if _runs(desk, case)]
    return sorted(rows, key=lambda row: (row.due is None, row.due))


def _case(desk: Desk, case: CaseRecord) -> Row:
    dates = [one for one in desk.snapshot.open_deadlines if one.case == case.id]
    own = [one for one in dates if one.owner in ("", COORDINATOR) and one.kind != RETURN]
    nearest = min(own, key=lambda one: one.due) if own else None
    return Row(
        case.reference,
        " ".join(_undone(desk, case, dates, nearest)),
        _case_button(desk, case),
        nearest.due if nearest else None,
    )


def _case_button(desk: Desk, case: CaseRecord) -> Button:
    label = desk.words("buttons.show_case_named", reference=case.reference)
    return replace(case_button(desk, "show_case", case), label=label)


def _undone(desk: Desk, case: CaseRecord, dates: Sequence[DeadlineRecord], nearest: DeadlineRecord | None) -> Iterator[str]:
    """Where the case stands, the next date that is the coordinator's, the answers awaited, and what is to be settled."""
    yield desk.words(f"casework.status_{case.status}")
    if nearest is not None:
        yield date_text(desk, nearest)
    if awaited := sum(one.kind == RETURN for one in dates):
        yield desk.words("waiting.returns", count=awaited)
    kinds = [one.kind for one in desk.snapshot.open_notices if one.case == case.id]
    for kind in QUESTIONS:
        if count := kinds.count(kind):
            yield desk.words(f"waiting.settle_{kind}", count=count)
    if unsettled := sum(kind not in QUESTIONS for kind in kinds):
        yield desk.words("waiting.settle", count=unsettled)


def date_text(desk: Desk, date_: DeadlineRecord) -> str:
    """A date that is to be kept, or has passed."""
    key = "waiting.date_late" if is_overdue(date_.due, desk.turn.at) else "waiting.date"
    return desk.words(key, what=kind_text(desk, date_.kind, 0), due=moment_text(date_.due))
