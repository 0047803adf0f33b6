"""One thing to settle as a card: what was asked or said, and by whom."""

from __future__ import annotations

from dialogs.desk import Desk
from dialogs.reply import Block, Button, Card, Paragraph, Reply, Style
from dialogs.scoping.common import organisation_name
from dialogs.scoping.notices import part, request_named
from dialogs.scoping.pieces import press
from dialogs.scoping.reach import kind_label
from state.scoping_records import NoticeRecord, RequestRecord
from templates.days import day_text

BUTTONS = {
    "more_time": ("grant_time", "refuse_time"),
    "question": ("answer_question",),
    "involvement": ("involved", "nobody_involved"),
    "propose_organisation": ("accept_proposal", "refuse_proposal"),
    "contradicted": ("notice_seen",),
}


def notice_card(desk: Desk, notice: NoticeRecord) -> Reply:
    """The card of an open notice. It is said one to one: what somebody wrote may identify a child."""
    request = next((one for one in desk.snapshot.requests if one.id == request_named(notice)), None)
    organisation = organisation_name(desk, request) if request else ""
    asked = desk.words(f"scoping.notice_{notice.kind}", organisation=organisation, name=desk.name_of(notice.by))
    blocks: list[Block] = [Paragraph(asked, Style.HEADING), *_said(desk, notice, request)]
    target = request.id if request else ""
    buttons: tuple[Button, ...] = tuple(
        press(desk, action, target, at=notice.id, primary=number == 0) for number, action in enumerate(BUTTONS[notice.kind])
    )
    return Reply(card=Card(blocks=tuple(blocks), buttons=buttons), preview=desk.words("filling.preview"))


def _said(desk: Desk, notice: NoticeRecord, request: RequestRecord | None) -> list[Block]:
    found: list[Block] = []
    waiting = [one for one in request.extensions if one.granted is None] if request else []
    if notice.kind == "more_time" and waiting:
        found.append(Paragraph(desk.words("scoping.time_until", day=day_text(waiting[-1].new_date))))
        found += [Paragraph(waiting[-1].reason)] if waiting[-1].reason else []
    if notice.kind in ("propose_organisation", "contradicted"):
        named = ": ".join(filter(None, (kind_label(desk, part(notice, "agency")), part(notice, "name"))))
        found.append(Paragraph(named))
    if text := part(notice, "question"):
        found.append(Paragraph(text))
    return found
