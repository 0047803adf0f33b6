"""What will be sent to whom, before it is sent: how each organisation is asked, and what is still to be settled."""

from __future__ import annotations

import zlib
from collections.abc import Sequence

import msgspec
from msgspec.structs import replace

from dialogs.desk import Desk
from dialogs.reply import Block, Button, Facts, Paragraph, Style
from dialogs.scoping.common import organisation_name
from dialogs.scoping.pieces import plain, press, say_card
from state.records import CaseRecord
from state.scoping_records import RequestRecord

LARGEST_STAMP = 2**31 - 1
"""A button carries no larger number."""


def to_send(desk: Desk) -> list[RequestRecord]:
    """The requests that were chosen and not sent yet."""
    return [one for one in desk.snapshot.requests if one.state == "to_send"]


def stamp(requests: Sequence[RequestRecord]) -> int:
    """What requests say now, as a number that a button carries: a card that shows another one is stale."""
    said = msgspec.json.encode([replace(one, version=0) for one in sorted(requests, key=lambda one: one.id)])
    return zlib.crc32(said) & LARGEST_STAMP


def how(desk: Desk, request: RequestRecord) -> str:
    """How an organisation is asked: in its channel, privately and whom, or by secure email."""
    if request.delivery == "private":
        return desk.words("scoping.by_private", name=desk.name_of(request.senior))
    return desk.words(f"scoping.by_{request.delivery}")


def show_plan(desk: Desk, case: CaseRecord, requests: Sequence[RequestRecord], *, error: str = "") -> None:
    """One card with everything that was chosen, and the next step first."""
    rows = tuple((organisation_name(desk, one), _state(desk, one)) for one in requests)
    blocks: list[Block] = [plain(desk.words("scoping.plan_help", count=len(requests))), Facts(rows)]
    left = [one for one in requests if not one.vetted]
    if left:
        blocks.append(Paragraph(desk.words("scoping.plan_unvetted", count=len(left)), Style.WARNING))
    if case.restricted:
        blocks.append(plain(desk.words("scoping.plan_restricted")))
    title = desk.words("scoping.plan_title", reference=case.reference)
    say_card(desk, blocks, title=title, buttons=_buttons(desk, case, vetted=not left), error=error)


def _state(desk: Desk, request: RequestRecord) -> str:
    if request.vetted:
        return how(desk, request)
    return desk.words("scoping.not_vetted", how=how(desk, request))


def _buttons(desk: Desk, case: CaseRecord, *, vetted: bool) -> tuple[Button, ...]:
    vet = press(desk, "vet_organisations", case.id, primary=not vetted)
    send = press(desk, "confirm_requests", case.id, primary=True)
    rest = (press(desk, "what_is_told", case.id), press(desk, "choose_organisations", case.id))
    return (send, *rest, vet) if vetted else (vet, *rest)
