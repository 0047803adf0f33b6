"""What can be done about requests that did not get through: send again, by e-mail, or look at the case."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from dialogs.casework.common import case_button
from dialogs.desk import Desk
from dialogs.reply import Button, Input
from dialogs.scoping.common import organisation_name
from dialogs.scoping.pieces import choice, press
from state.records import CaseRecord
from state.scoping_records import RequestRecord


def ways_on(
    desk: Desk, case: CaseRecord, again: Sequence[RequestRecord], *, alone: bool, emails: bool
) -> tuple[tuple[Input, ...], tuple[Button, ...]]:
    """Inputs and buttons. Several are chosen from a list, which is shown where nobody reads along (`alone`)."""
    show = case_button(desk, "show_case", case)
    if not again:
        return (), (show,)
    if len(again) == 1:
        return (), (*_buttons(desk, case, again, at=again[0].id, emails=emails), show)
    if not alone:
        return (), (case_button(desk, "see_delivery", case, primary=True), show)
    options = ((one.id, organisation_name(desk, one)) for one in again)
    asked = choice(desk, "requests", desk.words("delivered.which"), options, several=True)
    return (asked,), (*_buttons(desk, case, again, at="", emails=emails), show)


def _buttons(desk: Desk, case: CaseRecord, again: Sequence[RequestRecord], *, at: str, emails: bool) -> list[Button]:
    names = ["send_again"]
    if emails and any(one.delivery != "email" for one in again):
        names.append("use_email")
    buttons = [press(desk, name, case.id, at=at, primary=n == 0, inputs=not at) for n, name in enumerate(names)]
    return [_named(desk, one, again[0]) for one in buttons] if at else buttons


def _named(desk: Desk, button: Button, request: RequestRecord) -> Button:
    """It says to whom."""
    name = organisation_name(desk, request)
    if button.action == "send_again":
        return replace(button, label=desk.words("buttons.send_again_to", organisation=name))
    return replace(button, label=desk.words("buttons.use_email_for", organisation=name))
