"""The coordinator's list of what returns and the referral say differently."""

from __future__ import annotations

from dialogs.casework.common import case_for, chain
from dialogs.completed import filled
from dialogs.desk import Desk
from dialogs.reply import Block, Facts, Paragraph, Style
from dialogs.returns.compare import Disagreement, disagreements
from dialogs.returns.sheet import Sheet, show
from dialogs.scoping.common import organisation_name, referral_of
from state.scoping_records import RequestRecord
from state.values import london_day
from templates.forms.filled import Filled


def show_disagreements(desk: Desk, _said: object = None) -> None:
    """Each question with who says what. Nothing is decided here."""
    case = case_for(desk, "send_requests")
    if case is None:
        return None
    desk.note(chain(case), "disagreements_read", reference=case.reference)
    found = found_in(desk)
    blocks: list[Block] = [Paragraph(desk.words("returns.differ_help" if found else "returns.differ_none"))]
    for one in found:
        blocks += [Paragraph(_heading(one), Style.HEADING), Facts(tuple((says.who, says.text) for says in one.says))]
    title = desk.words("returns.differ_title", reference=case.reference)
    return show(desk, Sheet(title=title, blocks=tuple(blocks)))


def _heading(one: Disagreement) -> str:
    return f"{one.label} ({one.child})" if one.child else one.label


def found_in(desk: Desk) -> tuple[Disagreement, ...]:
    """The disagreements of the case that was read, with its requests, organisations, referral and returns."""
    referral = referral_of(desk)
    named = (desk.words("returns.the_referral"), referral) if referral is not None else None
    return disagreements(desk.kit, london_day(desk.turn.at), named, sent(desk))


def sent(desk: Desk) -> list[tuple[str, Filled]]:
    """The returns that were sent, by the organisation's name. One that is being written says nothing yet."""
    return [(organisation_name(desk, request), form) for request, form in sent_by(desk)]


def sent_by(desk: Desk) -> list[tuple[RequestRecord, Filled]]:
    """The requests whose full return has come, each with it."""
    drafts = {one.draft.id: one for one in desk.snapshot.written}
    returned = [one for one in desk.snapshot.requests if one.state in ("returned", "accepted") and one.returns]
    found = [(one, drafts[one.draft]) for one in returned if one.draft in drafts]
    return [(request, filled(desk.kit, one.draft, one.answers)) for request, one in found]
