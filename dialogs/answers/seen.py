"""Who has seen a case: who read or opened what of it, and when. From the history, which holds no content here."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

import msgspec

from dialogs.answers.scope import refuse
from dialogs.casework.common import case_button, chain
from dialogs.desk import Desk
from dialogs.numbers import small
from dialogs.reply import Block, Button, Card, Facts, Paragraph, Reply, Style
from dialogs.scoping.common import organisation_name
from dialogs.turn import Press
from state.access import Access
from state.chains import HistoryRow
from state.records import CaseRecord
from templates.days import moment_text

READ = (
    "case_read",
    "request_opened",
    "return_read",
    "pack_read",
    "review_read",
    "disagreements_read",
    "further_question_read",
    "seen_asked",
    "file_sent",
    "documents_read",
)
"""Kinds of history that say that somebody had something of the case before them."""
MOST = 15


class Sight(msgspec.Struct, frozen=True, kw_only=True):
    """One person and what they had before them: how often, first and last."""

    person: str
    kind: str
    request: str
    first: datetime
    last: datetime
    count: int = 1


def who_has_seen(desk: Desk, press: Press | None = None) -> None:
    """One to one alone, and asking is recorded itself."""
    case = desk.snapshot.case
    access = desk.may("who_has_seen", case=case) if case is not None else desk.may("who_has_seen")
    if case is None or access is not Access.YES:
        may_not = desk.may("who_has_seen") is not Access.YES
        return refuse(desk, "who_has_seen", desk.words("answers_asked.seen_not_yours") if may_not else _no_case(desk))
    if not desk.private:
        return desk.tell(desk.words("referral.read_one_to_one"))
    desk.note(chain(case), "seen_asked", reference=case.reference)
    return desk.say(_reply(desk, case, sights(desk.snapshot.history, desk.snapshot.accounts.whose), press.at if press else ""))


def _no_case(desk: Desk) -> str:
    """Whoever may ask is told how; the same of a case that is not there as of one they may not know of."""
    slots = desk.meant.slots
    if slots.case:
        return desk.words("access.no_such_case")
    reference = f"{desk.kit.profile.file.prefix}-{desk.turn.at.year}-0001"
    return desk.words("answers_asked.seen_which", reference=reference)


def sights(rows: Sequence[HistoryRow], whose: Callable[[str], str] = str) -> list[Sight]:
    """Each person with each thing once, the newest first. `whose` account each row was done from."""
    found: dict[tuple[str, str, str], Sight] = {}
    for row in rows:
        if row.kind in READ:
            request = row.what.get("request", "")
            key = (whose(row.who), row.kind, request)
            before = found.get(key)
            seen = Sight(person=key[0], kind=row.kind, request=request, first=row.at, last=row.at)
            found[key] = msgspec.structs.replace(before, last=row.at, count=before.count + 1) if before else seen
    return sorted(found.values(), key=lambda one: one.last, reverse=True)


def _reply(desk: Desk, case: CaseRecord, found: Sequence[Sight], at: str) -> Reply:
    start = small(at) if small(at) < len(found) else 0
    shown = found[start : start + MOST]
    people = len({one.person for one in found})
    key = ("answers_asked.seen_by_nobody", "answers_asked.seen_by_one", "answers_asked.seen_intro")[min(people, 2)]
    blocks: list[Block] = [Paragraph(desk.words(key, people=people))]
    if shown:
        blocks.append(Facts(tuple((desk.name_of(one.person), _said(desk, one)) for one in shown)))
    buttons: tuple[Button, ...] = ()
    if start + MOST < len(found):
        blocks.append(Paragraph(desk.words("answers_asked.seen_more", count=len(found) - start - MOST), Style.QUIET))
        buttons = (case_button(desk, "who_has_seen", case, at=str(start + MOST)),)
    title = desk.words("answers_asked.seen_title", reference=case.reference)
    return Reply(card=Card(title=title, blocks=tuple(blocks), buttons=buttons), preview=desk.words("filling.preview"))


def _said(desk: Desk, one: Sight) -> str:
    request = next((each for each in desk.snapshot.requests if each.id == one.request), None)
    what = desk.words(f"answers_asked.seen_{one.kind}")
    if request is not None:
        what = desk.words("answers_asked.seen_of", what=what, organisation=organisation_name(desk, request))
    if one.count == 1:
        return desk.words("answers_asked.seen_once", what=what, at=moment_text(one.last))
    return desk.words(
        "answers_asked.seen_often", what=what, count=one.count, first=moment_text(one.first), last=moment_text(one.last)
    )
