"""Saying what is due: an organisation's line under its card; everything else of a case in one message for each place."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence

from msgspec.structs import replace

from dialogs.casework.common import case_button
from dialogs.chasing.lines import Line
from dialogs.desk import Desk
from dialogs.reply import Block, Bullets, Button, Card, Paragraph, Reply, Style, as_json, reply_from
from dialogs.scoping.cards import request_button
from dialogs.scoping.common import card_name
from state.access import Role, in_force
from state.changes import Send
from state.policy import Says, To
from state.records import CaseRecord, PlaceRecord
from state.scoping_records import RequestRecord

OF_AN_ORGANISATION = (To.ORGANISATION, To.SENIOR)
ABOUT_REQUESTS = (Says.NOT_EMAILED, Says.WAITS)


def say_lines(desk: Desk, case: CaseRecord, lines: Sequence[Line]) -> None:
    """Say every line where it belongs. All of it is a reminder: never sent twice, at night, or when it was done meanwhile."""
    together: dict[str, list[Line]] = defaultdict(list)
    for line in lines:
        if line.text and line.to in OF_AN_ORGANISATION and line.request is not None:
            _under_card(desk, line, line.request)
        elif line.text:
            together[line.place.id].append(line)
    for found in together.values():
        _in_one(desk, case, found)


def _under_card(desk: Desk, line: Line, request: RequestRecord) -> None:
    signs = request.state == "awaiting_sign_off"
    names = ("sign_off", "open_request") if signs else ("open_request", "more_time")
    buttons = tuple(request_button(desk, name, request, primary=n == 0) for n, name in enumerate(names))
    card = Card(blocks=(Paragraph(line.text),), buttons=buttons)
    reply = Reply(card=card, preview=_preview(desk, request.reference))
    if line.to is To.SENIOR and request.delivery != "private":
        return desk.post(line.place, reply, case=request.case, reminder=True, about=line.about)
    return desk.follow(line.place, reply, case=request.case, card=card_name(request), reminder=True, about=line.about)


def _in_one(desk: Desk, case: CaseRecord, lines: Sequence[Line]) -> None:
    """Everything of one case for one place at once. It goes as long as one of the things is still to be done."""
    place = lines[0].place
    said = tuple(dict.fromkeys((line.text, line.about) for line in lines))
    texts = tuple(text for text, _ in said)
    only_manager = all(line.to is To.MANAGER for line in lines)
    heading = desk.words("chasing.heading_manager" if only_manager else "chasing.heading", reference=case.reference)
    body: Block = Bullets(texts) if len(texts) > 1 else Paragraph(texts[0])
    card = Card(blocks=(Paragraph(heading, Style.HEADING), body), buttons=_buttons(desk, case, place, lines))
    reply = Reply(card=card, preview=_preview(desk, case.reference))
    about = " ".join(one for _, one in said)
    desk.post(place, reply, case=case.id, reminder=True, about=about)


def only(send: Send, left: Collection[str]) -> Send:
    """A reminder with what is still to be done alone. `about` names one thing for each sentence of its list."""
    about = send.about.split()
    kept = [one for one in about if one in left]
    if kept == about:
        return send
    reply = reply_from(send.body)
    if reply.card is None:
        return send
    blocks = tuple(_only(block, about, left) if isinstance(block, Bullets) else block for block in reply.card.blocks)
    body = as_json(replace(reply, card=replace(reply.card, blocks=blocks)))
    return replace(send, body=body, about=" ".join(kept))


def _only(block: Bullets, about: Sequence[str], left: Collection[str]) -> Bullets:
    return Bullets(tuple(text for text, one in zip(block.items, about, strict=True) if one in left))


def _buttons(desk: Desk, case: CaseRecord, place: PlaceRecord, lines: Sequence[Line]) -> tuple[Button, ...]:
    """Only what this place's people may press: a manager reads no referral and answers no organisation."""
    made = []
    if _coordinates(desk, place):
        if any(line.says is Says.UNREAD for line in lines):
            made.append(case_button(desk, "open_case", case, window=True))
        if any(line.says in ABOUT_REQUESTS for line in lines):
            made.append(case_button(desk, "requests", case, window=True))
    made.append(case_button(desk, "case_dates", case, window=True))
    made.append(case_button(desk, "show_case", case))
    return tuple(made)


def _coordinates(desk: Desk, place: PlaceRecord) -> bool:
    grants = [g for g in desk.snapshot.all_grants if g.role == Role.COORDINATOR.value and in_force(g)]
    return not place.person or any(grant.person == place.person for grant in grants)


def _preview(desk: Desk, reference: str) -> str:
    return desk.words("chasing.preview", reference=reference)
