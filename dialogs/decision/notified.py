"""Recording that the notification was sent: when, under which reference, and why it was late if it was."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec.structs import replace

from dialogs.casework.after_review import late_returns
from dialogs.casework.announce import moved_blocks, tell
from dialogs.casework.clocks import notified_at, recompute
from dialogs.casework.common import case_button, case_for, chain
from dialogs.casework.facts import given, known
from dialogs.casework.glance import counted_facts
from dialogs.decision.submit import file_decision, why_moved
from dialogs.desk import Desk
from dialogs.filling.accept import accept
from dialogs.filling.asking import input_for
from dialogs.filling.pages import Asked, Page
from dialogs.reply import Card, Facts, Paragraph, Reply, Style
from dialogs.turn import Press
from state.records import CaseRecord
from state.snapshot import Written
from state.values import london_day, to_london
from templates.days import moment_text
from templates.forms.shape import Spot

ASKED = ("notified_at", "notification_reference", "late_reason")


def notified(desk: Desk, _press: Press | None = None) -> None:
    """Ask when it was sent, under which reference, and why it was late if it was."""
    case = case_for(desk, "record_decision")
    if case is not None and _take_up(desk, case):
        _ask(desk, case, {}, {})


def _take_up(desk: Desk, case: CaseRecord) -> bool:
    """Make the decision to notify the draft at hand: the first whose notification is not recorded, else the newest."""
    sends = [one for one in known(desk).decisions if given(one, "decision") == "notify" and one.draft.status == "submitted"]
    if "notify" not in case.decisions.values() or not sends:
        card = Card(blocks=(Paragraph(desk.words("decision.notify_first")),), buttons=(case_button(desk, "decide", case),))
        desk.say(Reply(card=card, preview=desk.words("filling.preview")))
        return False
    desk.take_up(next((one for one in sends if not _is_recorded(one)), sends[-1]))
    return True


def _is_recorded(one: Written) -> bool:
    return given(one, "notified_at") is not None


def _ask(desk: Desk, case: CaseRecord, errors: Mapping[str, str], typed: Mapping[str, str]) -> None:
    filled, today = desk.filled(), london_day(desk.turn.at)
    fields = [
        input_for(
            one.path,
            one.question,
            filled,
            desk.kit,
            today,
            error=errors.get(one.path, ""),
            typed=typed.get(one.path) if errors else None,
        )
        for one in _page(desk).asked
    ]
    if not fields[0].value:
        fields[0] = replace(fields[0], value=to_london(desk.turn.at).strftime("%-d %B %Y at %H:%M"))
    save = replace(case_button(desk, "save_notified", case, primary=True), takes_inputs=True)
    blocks = (Paragraph(desk.words("decision.when_sent", reference=case.reference)),)
    card = Card(blocks=blocks, inputs=tuple(fields), buttons=(save,))
    desk.say(Reply(card=card, preview=desk.words("filling.preview")))


def _page(desk: Desk) -> Page:
    by_state = desk.filled().shape.by_state
    return Page(spot=Spot(ASKED[0]), asked=tuple(Asked(name, by_state[name].question) for name in ASKED))


def save_notified(desk: Desk, press: Press) -> None:
    """Keep it: the notification's date is met, and the rapid review's is counted from it."""
    case = case_for(desk, "record_decision")
    if case is None or not _take_up(desk, case):
        return
    inputs = {name: press.inputs.get(name, "") for name in ASKED}
    errors = dict(accept(desk, _page(desk), inputs, source="card").errors)
    if desk.filled().value("notified_at") is None and not errors:
        errors["notified_at"] = desk.words("casework.needed")
    if desk.filled().printed("late_reason") and not inputs["late_reason"].strip():
        errors["late_reason"] = desk.words("decision.late")
    if errors:
        return _ask(desk, case, errors, inputs)
    return _record(desk, case)


def _record(desk: Desk, case: CaseRecord) -> None:
    one = known(desk)
    after = replace(case, notified_at=notified_at(one))
    desk.put(after)
    one = replace(one, case=after)
    moved = recompute(desk, one)
    desk.note(chain(case), "notification_sent", reference=str(desk.filled().value("notification_reference") or ""))
    file_decision(desk, after)
    sent = moment_text(after.notified_at or desk.turn.at)
    said = desk.words("decision.sent_recorded", reference=case.reference, day=sent)
    late = late_returns(desk, one)
    tell(desk, after, said, [*moved_blocks(desk, moved, why_moved(desk, case, after)), *(late if moved else [])])
    blocks = (Paragraph(said, Style.HEADING), Facts(tuple(counted_facts(desk, one))), *late)
    card = Card(blocks=blocks, buttons=(case_button(desk, "show_case", after, primary=True),))
    desk.say(Reply(card=card, preview=desk.words("filling.preview")))
