"""Two people, or two devices, at one answer: what is kept and what was sent are both shown, and the person chooses."""

from __future__ import annotations

from collections.abc import Mapping

from dialogs.desk import Desk
from dialogs.filling.asking import asking_for, editable, options_of
from dialogs.filling.cards import page_version
from dialogs.filling.pages import Asked, Page
from dialogs.filling.tables import Spread, spread
from state.records import AnswerRecord
from state.values import JSON, london_day
from templates.answers import Refused, understand
from templates.answers.choices import joined


def collided(desk: Desk, page: Page, version: int, inputs: Mapping[str, str]) -> tuple[dict[str, str], dict[str, str]]:
    """A sentence for each field that was answered since the card was made and is sent otherwise now; and the other inputs.

    On a card that is behind, a field left empty says nothing: it was empty when the card was made.
    """
    if version == page_version(desk, page):
        return {}, dict(inputs)
    sent = {path: value for path, value in inputs.items() if value.strip()}
    apart = spread(desk, page, sent)
    differ = {
        asked.path: desk.words("filling.sent_now", value=_as_sent(desk, apart, asked, sent))
        for asked in apart.page.asked
        if asked.path in apart.inputs and _differs(desk, asked, apart.inputs[asked.path])
    }
    left = {path: value for path, value in apart.inputs.items() if path not in differ}
    wrong = {path: sent[path] for path in apart.errors}
    return apart.shown_at(differ), {**left, **wrong}


def _as_sent(desk: Desk, apart: Spread, asked: Asked, sent: Mapping[str, str]) -> str:
    """What was sent at the input of the page, as it is said back: of a column of a table, the rows that were ticked."""
    column = apart.columns.get(asked.path)
    if column is None:
        return sent[asked.path]
    labels = dict(options_of(column.question, desk.filled(), desk.kit))
    ticked = [labels.get(part.strip(), part.strip()) for part in sent.get(column.path, "").split(",")]
    return joined(ticked)


def _differs(desk: Desk, asked: Asked, sent: str) -> bool:
    """Whether another answer is kept than the one sent now, however either of them was written."""
    filled, today = desk.filled(), london_day(desk.turn.at)
    kept = filled.answers.get(asked.path)
    shown = editable(kept, asked.question, filled, desk.kit, today)
    if kept is None or not shown or shown.strip() == sent.strip():
        return False
    meant = understand(sent, asking_for(asked.question, filled, desk.kit, today), desk.kit.words)
    return isinstance(meant, Refused) or (meant.state, plain(meant.value)) != (state_of(kept), plain(kept.value))


def state_of(kept: AnswerRecord) -> str:
    """The state of an answer once it is confirmed as it stands."""
    return "given" if kept.state == "offered" else kept.state


def plain(value: JSON) -> JSON:
    """A date without the words it was said in."""
    return {name: part for name, part in value.items() if name != "said"} if isinstance(value, dict) else value
