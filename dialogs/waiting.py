"""What waits for me: requests to one's organisation, rapid reviews, referrals begun, and what is undone in each case.

It is shown one to one, with references and dates alone: nothing in it identifies anybody.
"""

from __future__ import annotations

from collections.abc import Iterator

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
from templates.days import moment_text

MOST = 6
ON_THE_PANEL = ("partner", "panel_member")
AT_REVIEW = ("notified", "reviewing")
RETURN = "scoping_return"
Row = tuple[str, str, Button]
"""A reference, what is to be done, and the button that leads there."""


def waiting(desk: Desk, _press: Press | None = None) -> None:
    """Everything that waits for this person on one card, each with a button that leads there."""
    if not desk.may_see_own():
        desk.note("partnership", "refused", action="see_own_referral")
        return desk.say(Reply(text=desk.words("access.nothing")))
    if not desk.private:
        return desk.say(Reply(text=desk.words("referral.only_one_to_one")))
    groups = {
        "requests": list(_requests(desk)),
        "reviews": list(_reviews(desk)),
        "drafts": list(_drafts(desk)),
        "cases": list(_cases(desk)),
    }
    if any(groups.values()):
        return _show(desk, groups)
    return my_referrals(desk) if desk.snapshot.my_cases else home.nothing_waits(desk)


def _show(desk: Desk, groups: dict[str, list[Row]]) -> None:
    blocks: list[Block] = []
    for name, rows in groups.items():
        if rows:
            blocks.append(Paragraph(desk.words(f"waiting.{name}"), Style.HEADING))
            blocks.append(Facts(tuple((label, text) for label, text, _ in rows)))
    found = [button for rows in groups.values() for _, _, button in rows]
    if len(found) > MOST:
        blocks.append(Paragraph(desk.words("waiting.more")))
    buttons = tuple(replace(button, primary=n == 0) for n, button in enumerate(found[:MOST]))
    card = Card(title=desk.words("waiting.title"), blocks=tuple(blocks), buttons=buttons)
    desk.say(Reply(card=card, preview=desk.words("filling.preview")))


def _requests(desk: Desk) -> Iterator[Row]:
    for request in desk.snapshot.my_requests:
        if request.state in WAITS or request.confirm:
            label = f"{request.reference}, {organisation_name(desk, request)}"
            button = request_button(desk, "open_request", request)
            named = desk.words("buttons.open_request_named", reference=request.reference)
            yield label, _request_text(desk, request), replace(button, label=named)


def _request_text(desk: Desk, request: RequestRecord) -> str:
    state = desk.words("waiting.confirm" if request.confirm else f"scoping.state_{request.state}")
    if request.due is None or request.state not in WAITS:
        return state
    key = "waiting.answer_late" if is_overdue(request.due, desk.turn.at) else "waiting.answer_by"
    return f"{state} {desk.words(key, due=moment_text(request.due))}"


def _reviews(desk: Desk) -> Iterator[Row]:
    """Cases whose rapid review this person takes part in. Who runs cases has them in the list of cases."""
    mine = {one.case for one in desk.snapshot.open_case_people if _takes_part(desk, one.person, one.relation)}
    for case in desk.snapshot.open_cases:
        if case.id in mine and case.status in AT_REVIEW and may_see(desk, "read_case", case) and not _runs(desk, case):
            label = desk.words("buttons.review_named", reference=case.reference)
            yield case.reference, desk.words("waiting.review"), replace(case_button(desk, "review", case), label=label)


def _takes_part(desk: Desk, person: str, relation: str) -> bool:
    return person == desk.turn.who.id and relation in ON_THE_PANEL


def _runs(desk: Desk, case: CaseRecord) -> bool:
    return may_see(desk, "see_reference", case)


def _drafts(desk: Desk) -> Iterator[Row]:
    for number, draft in enumerate(desk.snapshot.my_drafts, 1):
        label = desk.words("buttons.resume_number", number=number)
        button = Button(action="resume", label=label, target=draft.id)
        yield desk.words("waiting.draft"), draft_text(desk, draft, number), button


def _cases(desk: Desk) -> Iterator[Row]:
    for case in desk.snapshot.open_cases:
        if _runs(desk, case):
            label = desk.words("buttons.show_case_named", reference=case.reference)
            button = replace(case_button(desk, "show_case", case), label=label)
            yield case.reference, " ".join(_undone(desk, case)), button


def _undone(desk: Desk, case: CaseRecord) -> Iterator[str]:
    """Where the case stands, the next date that is the coordinator's, the answers awaited, and what is to be settled."""
    yield desk.words(f"casework.status_{case.status}")
    dates = [one for one in desk.snapshot.open_deadlines if one.case == case.id]
    own = [one for one in dates if one.owner in ("", COORDINATOR) and one.kind != RETURN]
    if own:
        yield _date(desk, min(own, key=lambda one: one.due))
    if awaited := sum(one.kind == RETURN for one in dates):
        yield desk.words("waiting.returns", count=awaited)
    if unsettled := sum(one.case == case.id for one in desk.snapshot.open_notices):
        yield desk.words("waiting.settle", count=unsettled)


def _date(desk: Desk, date: DeadlineRecord) -> str:
    key = "waiting.date_late" if is_overdue(date.due, desk.turn.at) else "waiting.date"
    return desk.words(key, what=kind_text(desk, date.kind, 0), due=moment_text(date.due))
