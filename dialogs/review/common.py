"""What every conversation about a rapid review shares: its report, who is on its panel, and how it asks for things."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from dialogs.casework.common import OF_THE_CASE, begin_draft, case_for
from dialogs.completed import filled
from dialogs.desk import Desk
from dialogs.filling.cards import answered_card
from dialogs.reply import Block, Button, Card, Input, Reply, Window
from dialogs.turn import OpenWindow, Press, SubmitWindow
from state.records import CasePersonRecord, CaseRecord, DraftRecord, PersonRecord
from state.snapshot import Snapshot, Written
from templates.documents.pack_data import PARTNERS, Partner
from templates.forms.filled import Filled

REPORT, LETTER, PANEL_REPLY = "rapid_review", "panel_letter", "panel_reply"
DOCUMENTS = (REPORT, "overview")
"""What a pack is built of, in this order. The agenda is filed when the meeting or its people change."""
ON_THE_PANEL = ("partner", "panel_member")
"""Relations to a case of those who write and read its rapid review."""
Asked = Press | OpenWindow | SubmitWindow


def newest(snapshot: Snapshot, form: str) -> Written | None:
    """The newest draft of the case of that form that was not given up: what went to the Panel is older, and stays."""
    return next((one for one in reversed(snapshot.written) if one.draft.form == form and one.draft.status != "cancelled"), None)


def begin(desk: Desk, case: CaseRecord, form: str) -> DraftRecord:
    """A new draft of a form of the case, at hand from now on."""
    number = 1 + sum(1 for one in desk.snapshot.written if one.draft.form == form)
    return begin_draft(desk, form, f"{OF_THE_CASE}{case.id}", case, number=number)


def take_up(desk: Desk, case: CaseRecord, form: str) -> bool:
    """Make the newest draft of a form the one at hand, or begin one. True where it was begun now."""
    written = newest(desk.snapshot, form)
    if written is None:
        begin(desk, case, form)
        return True
    desk.take_up(written)
    return False


def report_of(desk: Desk) -> Filled:
    """The report as it is kept, or an empty one."""
    written = newest(desk.snapshot, REPORT)
    if written is None:
        return Filled(desk.kit.profile.shapes[REPORT], {})
    return filled(desk.kit, written.draft, written.answers)


def is_sent(desk: Desk) -> bool:
    """Whether the newest version of the report went to the Panel: then it is frozen."""
    written = newest(desk.snapshot, REPORT)
    return written is not None and written.draft.status == "submitted"


def signed(report: Filled) -> dict[str, int]:
    """The partners who have signed the report off, with their rows."""
    rows = ((report.value(f"sign_off.{row}.partner"), row) for row in report.rows("sign_off"))
    return {partner: row for partner, row in rows if isinstance(partner, str)}


def partner_of(desk: Desk) -> Partner | None:
    """The partner that this person speaks for on this case."""
    mine = (one for one in desk.snapshot.case_people if one.person == desk.turn.who.id and one.relation == "partner")
    reasons = [one.reason for one in mine if one.until is None or one.until > desk.turn.at]
    return next((partner for partner in PARTNERS if partner in reasons), None)


def partner_label(desk: Desk, partner: str) -> str:
    """What a partner is called in a sentence."""
    return desk.words(f"review.partner_{partner}")


def on_panel(desk: Desk) -> dict[str, str]:
    """Who is on the panel now, with the partner each speaks for, or nothing."""
    found: dict[str, str] = {}
    for one in desk.snapshot.case_people:
        if one.relation in ON_THE_PANEL and (one.until is None or one.until > desk.turn.at):
            found[one.person] = one.reason if one.relation == "partner" else found.get(one.person, "")
    return found


def can_be_asked(desk: Desk) -> list[PersonRecord]:
    """Who can be named to the panel: everybody who is known here and not excluded from the case."""
    excluded = {one.person for one in desk.snapshot.case_people if one.relation == "excluded"}
    return [one for one in desk.snapshot.all_people if one.id not in excluded and one.removed_at is None]


def relation(desk: Desk, case: CaseRecord, person: str, kind: str) -> CasePersonRecord:
    """The row of a person's relation to the case, as it is kept or new."""
    known = (one for one in desk.snapshot.case_people if one.person == person and one.relation == kind)
    return next(known, CasePersonRecord(case=case.id, person=person, relation=kind))


def inputs_of(said: Asked | None) -> Mapping[str, str]:
    """What was filled in on the card or in the window."""
    return said.inputs if isinstance(said, Press | SubmitWindow) else {}


def show(desk: Desk, title: str, blocks: Sequence[Block], inputs: Sequence[Input], send: Button, *more: Button) -> None:
    """Ask for something: in a window where the person is in one, else on a card, one to one."""
    if isinstance(desk.turn.said, OpenWindow | SubmitWindow):
        desk.window = Window(title=title, blocks=tuple(blocks), inputs=tuple(inputs), submit=send, buttons=more)
        return
    card = Card(title=title, blocks=tuple(blocks), inputs=tuple(inputs), buttons=(send, *more))
    desk.say(Reply(card=card, preview=desk.words("filling.preview")))


def send_button(desk: Desk, action: str, target: str, *, version: int = 0, at: str = "") -> Button:
    """The button that sends what was filled in. Its words are `buttons.<action>`."""
    label = desk.words(f"buttons.{action}")
    return Button(action=action, label=label, target=target, version=version, at=at, primary=True, takes_inputs=True)


def close_card(desk: Desk) -> None:
    """The card that was pressed shows nothing more. A window closes by itself."""
    if isinstance(desk.turn.said, Press):
        desk.replace_card(answered_card(desk, []))


def answered(desk: Desk, text: str) -> None:
    """It is done: the card that asked shows nothing more, and this is said."""
    close_card(desk)
    desk.tell(text)


def unsigned_case(desk: Desk) -> CaseRecord | None:
    """The case whose review the coordinator may still change: not signed, not sent. Otherwise it says why not."""
    case = case_for(desk, "run_meeting")
    if case is None:
        return None
    if is_sent(desk) or signed(report_of(desk)):
        desk.tell(desk.words("review.signed_no_meeting"))
        return None
    return case
