"""A case at a glance: its reference and state, its dates with whose move it is, its requests, what waits, and the next steps.

Nothing on it identifies anybody. It is shown one to one all the same: what can be pressed on it does.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from msgspec.structs import replace

from dialogs.casework.aside import say_alone
from dialogs.casework.clocks import COORDINATOR, Date, dates
from dialogs.casework.common import absent, case_button
from dialogs.casework.facts import Known
from dialogs.casework.kinds import kind_text
from dialogs.casework.matches import match_cards
from dialogs.casework.steps_on import next_steps
from dialogs.desk import Desk
from dialogs.referral.mine import my_referrals
from dialogs.reply import Block, Button, Card, Facts, Paragraph, Reply, Style
from dialogs.scoping.machine import ANSWERED, WAITS
from dialogs.scoping.noticed import BUTTONS as ABOUT_REQUESTS
from dialogs.scoping.noticed import notice_card
from dialogs.turn import Press
from state.access import Access
from state.clocks import days_late
from state.records import CaseRecord, DeadlineRecord
from state.scoping_records import NoticeRecord
from state.values import london_day
from templates.days import day_text, moment_text

NOTICES = ("withdrawal", "hand_over")
"""Kinds of notice that have words of their own."""
RETURN = "scoping_return"
GROUPS = (("to_send", ("to_send",)), ("waiting", WAITS), ("returned", (*ANSWERED, "accepted")), ("withdrawn", ("withdrawn",)))
MOST_NOTICES = 6


def show_case(desk: Desk, _press: Press | None = None) -> None:
    """The case at a glance, for whoever may know of it or read it; a referrer is shown where their own referrals stand."""
    case = desk.snapshot.case
    access = desk.may("see_reference", case=case) if case is not None else desk.may("see_reference")
    if case is not None and Access.YES in (access, desk.may("read_case", case=case)):
        return _show(desk, case)
    if case is not None and access is Access.NO and case.referrer == desk.turn.who.id and desk.private:
        return my_referrals(desk)
    desk.note("partnership", "refused", action="see_reference")
    return desk.tell(absent(desk))


def or_glance(read: Callable[[Desk], None]) -> Callable[[Desk], None]:
    """What is typed to read a case: whoever may know of it and not read it is told so, and shown where it stands."""

    def asked(desk: Desk) -> None:
        case = desk.snapshot.case
        knows = case is not None and desk.may("see_reference", case=case) is Access.YES
        if case is None or not knows or desk.may("read_case", case=case) is Access.YES:
            return read(desk)
        desk.note("partnership", "refused", action="read_case")
        desk.tell(desk.words("casework.not_read", reference=case.reference))
        return _show(desk, case)

    return asked


def _show(desk: Desk, case: CaseRecord) -> None:
    card = Card(
        title=desk.words("casework.title", reference=case.reference),
        blocks=tuple(_blocks(desk, case)),
        buttons=next_steps(desk, case),
    )
    say_alone(desk, Reply(card=card, preview=desk.words("casework.preview", reference=case.reference)), case.id)
    if desk.may("record_decision", case=case) is not Access.YES or not desk.private:
        return
    for waiting in (*_waiting(desk, case), *match_cards(desk, case)):
        desk.say(waiting)


def _blocks(desk: Desk, case: CaseRecord) -> Iterator[Block]:
    yield Paragraph(desk.words(f"casework.status_{case.status}"), Style.HEADING)
    if case.restricted:
        yield Paragraph(desk.words("casework.restricted"), Style.WARNING)
    if lines := date_facts(desk):
        yield Facts(tuple(lines))
    if desk.snapshot.requests:
        yield Paragraph(desk.words("casework.requests"), Style.HEADING)
        yield Facts(tuple(_requests(desk)))
    for other in desk.snapshot.joined:
        yield Paragraph(desk.words("casework.joined_here", reference=other.reference))


def date_facts(desk: Desk) -> list[tuple[str, str]]:
    """The dates of the case that was read: open ones first, those that were kept after them."""
    return _lines(desk, desk.snapshot.deadlines)


def counted_facts(desk: Desk, one: Known) -> list[tuple[str, str]]:
    """The dates of a case as they are counted now."""
    return _lines(desk, list(dates(desk.kit, one, desk.turn.at)))


def _lines(desk: Desk, found: Sequence[DeadlineRecord | Date]) -> list[tuple[str, str]]:
    """Open dates first, by when they are due. A child is a number, and named only where there are several."""
    rows = sorted(found, key=lambda date: (date.met is not None, date.due))
    several = len({row.child for row in rows if row.child}) > 1
    return [(_kind(desk, group, several=several), _date_text(desk, group)) for group in _grouped(rows)]


def _grouped(rows: Sequence[DeadlineRecord | Date]) -> list[list[DeadlineRecord | Date]]:
    """Each date by itself, but the returns that are due on one day together. Returns that came are only counted."""
    groups: dict[tuple[str, ...], list[DeadlineRecord | Date]] = {}
    for number, row in enumerate(rows):
        if row.kind != RETURN:
            groups[str(number),] = [row]
        elif row.met is None:
            groups.setdefault((RETURN, row.due.isoformat()), []).append(row)
    return list(groups.values())


def _kind(desk: Desk, group: Sequence[DeadlineRecord | Date], *, several: bool) -> str:
    first = group[0]
    if len(group) > 1:
        return desk.words("casework.returns", count=len(group))
    return kind_text(desk, first.kind, first.child if several else 0)


def _date_text(desk: Desk, group: Sequence[DeadlineRecord | Date]) -> str:
    date = group[0]
    day = day_text(london_day(date.due))
    if date.met is not None:
        return desk.words("casework.date_kept", due=day, met=day_text(london_day(date.met)))
    late = days_late(date.due, desk.turn.at, desk.kit.profile.clocks)
    key = "casework.date_late" if late else "casework.date_provisional" if date.provisional else "casework.date_open"
    owner = _owner(desk, date.owner) if len(group) == 1 else desk.words("casework.the_agencies")
    return desk.words(key, due=moment_text(date.due), owner=owner, days=late)


def _owner(desk: Desk, owner: str) -> str:
    """Whose move it is: the coordinator's, an organisation's, or that of somebody who was named."""
    if owner in ("", COORDINATOR):
        return desk.words("casework.the_coordinator")
    organisation = desk.organisation(owner)
    return organisation.name if organisation else desk.name_of(owner)


def _requests(desk: Desk) -> Iterator[tuple[str, str]]:
    for name, states in GROUPS:
        count = sum(request.state in states for request in desk.snapshot.requests)
        if count:
            yield desk.words(f"casework.requests_{name}"), str(count)


def _waiting(desk: Desk, case: CaseRecord) -> list[Reply]:
    """What the coordinator has still to settle, with its buttons: what is about a request on a card of its own."""
    ours = [one for one in desk.snapshot.notices if one.kind not in ABOUT_REQUESTS]
    theirs = [one for one in desk.snapshot.notices if one.kind in ABOUT_REQUESTS]
    parts = [ours[start : start + MOST_NOTICES] for start in range(0, len(ours), MOST_NOTICES)]
    return [*(_notices(desk, case, part) for part in parts), *(notice_card(desk, one) for one in theirs[:MOST_NOTICES])]


def _notices(desk: Desk, case: CaseRecord, notices: Sequence[NoticeRecord]) -> Reply:
    lines = tuple((day_text(london_day(one.at)), _notice_text(desk, one)) for one in notices)
    buttons = tuple(button for one in notices if (button := _notice_button(desk, case, one)) is not None)
    card = Card(title=desk.words("casework.waiting"), blocks=(Facts(lines),), buttons=buttons)
    return Reply(card=card, preview=desk.words("casework.preview", reference=case.reference))


def _notice_text(desk: Desk, notice: NoticeRecord) -> str:
    kind = notice.kind if notice.kind in NOTICES else "other"
    return desk.words(f"casework.notice_{kind}")


def _notice_button(desk: Desk, case: CaseRecord, notice: NoticeRecord) -> Button | None:
    """`see_<kind>`, where somebody has made that: the button names the case and the notice."""
    action = f"see_{notice.kind}"
    if action not in desk.kit.actions or not desk.kit.words.has(f"buttons.{action}"):
        return None
    return replace(case_button(desk, action, case), at=notice.id)
