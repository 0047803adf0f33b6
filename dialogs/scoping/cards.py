"""The card of a request, as it stands in the organisation's channel: a reference, a task, a date, and what can be pressed.

It follows the request's state in place. Nothing of the child is on it.
"""

from __future__ import annotations

from dialogs.desk import Desk
from dialogs.reply import Block, Button, Card, Facts, Paragraph, Reply, Style
from dialogs.scoping.machine import ANSWERED, ASKED, WAITS
from state.scoping_records import RequestRecord
from templates.days import day_text, moment_text

ASKING_BUTTONS = ("open_request", "not_known_to_us", "more_time", "ask_question", "pass_on", "declare_involvement")
IN_A_WINDOW = frozenset(ASKING_BUTTONS)


def request_card(desk: Desk, request: RequestRecord) -> Reply:
    """The card as the request stands now."""
    blocks: list[Block] = [Paragraph(desk.words("scoping.card_asked", reference=request.reference), Style.HEADING)]
    blocks.append(Paragraph(desk.words(f"scoping.state_{request.state}")))
    blocks.append(Facts(tuple(_facts(desk, request))))
    if request.issue > 1 and request.state in WAITS:
        blocks.append(Paragraph(desk.words("scoping.card_issue", issue=request.issue), Style.WARNING))
    return Reply(
        card=Card(title=desk.words("scoping.card_title"), blocks=tuple(blocks), buttons=_buttons(desk, request)),
        preview=desk.words("scoping.preview", reference=request.reference),
    )


def _facts(desk: Desk, request: RequestRecord) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    if request.due is not None and request.state in WAITS:
        found.append((desk.words("scoping.due"), moment_text(request.due)))
    if request.returned_at is not None and request.state in (*ANSWERED, "accepted"):
        found.append((desk.words("scoping.returned_on"), moment_text(request.returned_at)))
        found.append((desk.words("scoping.returned_by"), desk.name_of(request.author)))
    waiting = [one for one in request.extensions if one.granted is None]
    if waiting and request.state in WAITS:
        found.append((desk.words("scoping.time_asked"), day_text(waiting[-1].new_date)))
    return found


def _buttons(desk: Desk, request: RequestRecord) -> tuple[Button, ...]:
    if request.state in (*ASKED, "sent_back"):
        names: tuple[str, ...] = ASKING_BUTTONS
    elif request.state == "awaiting_sign_off":
        names = ("sign_off", "open_request", "ask_question")
    elif request.state in ANSWERED:
        names = (*(["still_stands"] if request.confirm else []), "correct_return", "ask_question")
    else:
        names = ()
    return tuple(request_button(desk, name, request, primary=number == 0) for number, name in enumerate(names))


def request_button(desk: Desk, action: str, request: RequestRecord, *, primary: bool = False) -> Button:
    """A button about a request. Its words are `buttons.<action>`; what it opens is a window, or is said one to one."""
    label = desk.words(f"buttons.{action}")
    return Button(
        action=action, label=label, target=request.id, version=request.issue, window=True, press_too=True, primary=primary
    )
