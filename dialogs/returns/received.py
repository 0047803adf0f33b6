"""A return has come: its date is kept, its document is made, the coordinators are told, and what it names is looked at."""

from __future__ import annotations

from typing import Any

from msgspec.structs import replace

from dialogs.casework.common import tell_coordinators
from dialogs.desk import Desk
from dialogs.reply import Button, Card, Paragraph, Reply
from dialogs.returns.common import case_of, document, met, tell_those_who_ask
from dialogs.scoping.common import organisation_name
from dialogs.scoping.notices import notice_card
from state.scoping_records import NoticeRecord, RequestRecord
from state.values import JSON, derived_id

CONTACTS = "contacts"
SETTLES = {
    "more_time": ("grant_time", "refuse_time"),
    "question": ("answer_question",),
    "involvement": ("involved", "nobody_involved"),
    "propose_organisation": ("accept_proposal", "refuse_proposal"),
    "contradicted": ("notice_seen",),
}
"""What settles a notice: buttons of the coordinator's side about the request, at the notice."""
PROPOSE, CONTRADICTS = "propose_organisation", "contradicted"


def has_come(desk: Desk, request: RequestRecord) -> dict[str, Any]:
    """What a request says once its return has come."""
    return {"returns": request.returns + 1, "returned_at": desk.turn.at, "confirm": False, "reason": "", "nil": ""}


def received(desk: Desk, request: RequestRecord) -> None:
    """Everything that follows from a return; the return is the form at hand."""
    desk.note(f"case:{request.case}", "return_received", request=request.id, version=str(request.returns))
    met(desk, request)
    document(desk, request, "scoping", request.draft, version=request.returns)
    tell_those_who_ask(desk, request, "returns.told_returned" if request.returns == 1 else "returns.told_corrected")
    _propose(desk, request)


def contacts(desk: Desk) -> list[str]:
    """The kinds of agency that the return at hand names a contact with, in the order of the table."""
    filled = desk.filled()
    rows = [placed.row for placed in filled.shape.table_rows(CONTACTS)]
    paths = {row: f"{CONTACTS}.{row}.contact" for row in rows if row != desk.at_hand.about}
    return [row for row, path in paths.items() if filled.value(path) == "yes" and filled.printed(path)]


def _propose(desk: Desk, request: RequestRecord) -> None:
    """An agency that nobody has asked yet is put to the coordinator; one that said it knows nobody is pointed out."""
    in_force = [one for one in desk.snapshot.requests if one.state != "withdrawn"]
    known = {(one.kind, one.about) for one in desk.snapshot.notices}
    for agency in contacts(desk):
        asked = [one for one in in_force if one.agency == agency and _is_meant(desk, one, _named(desk, agency))]
        kind = PROPOSE if not asked else CONTRADICTS
        silent = bool(asked) and not any(one.state == "nil_return" for one in asked)
        if not silent and (kind, agency) not in known:
            _notice(desk, request, kind, agency)


def _named(desk: Desk, agency: str) -> str:
    """Which organisation of a kind the return names, where there may be several of it."""
    named = desk.filled().value(f"{CONTACTS}.{agency}.name")
    return named if isinstance(named, str) else ""


def _is_meant(desk: Desk, request: RequestRecord, named: str) -> bool:
    """Whether an organisation that was asked is the one that is named: one of another name was not asked by asking this."""
    name = organisation_name(desk, request).casefold()
    return not named or name in named.casefold() or named.casefold() in name


def _notice(desk: Desk, request: RequestRecord, kind: str, agency: str) -> None:
    content: JSON = {"agency": agency, "request": request.id, "name": _named(desk, agency)}
    label = next((one.label for one in desk.kit.profile.lists["agencies"] if one.id == agency), agency)
    text = desk.words(f"returns.told_{kind}", reference=request.reference, agency=label)
    put_to_coordinators(desk, request, notice(desk, request, kind, agency, content), text)


def notice(desk: Desk, request: RequestRecord, kind: str, about: str, content: JSON) -> NoticeRecord:
    """Something the coordinator has to settle; one that still waits about the same is replaced."""
    waits = next((one for one in desk.snapshot.notices if (one.kind, one.about) == (kind, about)), None)
    made = NoticeRecord(
        id=derived_id(desk.turn.id, f"{kind}:{about}"),
        case=request.case,
        kind=kind,
        about=about,
        by=desk.turn.who.id,
        at=desk.turn.at,
        content=content,
    )
    if waits is not None:
        made = replace(waits, by=desk.turn.who.id, at=desk.turn.at, content=content)
    desk.put(made)
    return made


def put_to_coordinators(desk: Desk, request: RequestRecord, kept: NoticeRecord, text: str) -> None:
    """Tell them by reference that there is something to settle, with the buttons that settle it."""
    names = [name for name in SETTLES[kept.kind] if desk.kit.words.has(f"buttons.{name}")]
    buttons = tuple(
        Button(
            action=name,
            label=desk.words(f"buttons.{name}"),
            target=request.id,
            at=kept.id,
            window=True,
            press_too=True,
            primary=n == 0,
        )
        for n, name in enumerate(names)
    )
    card = Card(blocks=(Paragraph(text),), buttons=buttons)
    reply = Reply(card=card, preview=desk.words("filling.preview"))
    tell_coordinators(desk, case_of(desk), reply, card=notice_card(kept))
