"""What a file said and nobody could take as it stands: kept whole beside the form, until a person has settled it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import msgspec

from dialogs.desk import Desk
from dialogs.filling.asking import asking_for, options_of, shown
from dialogs.filling.together import conflicts
from dialogs.reply import Block, Facts, Paragraph, Style
from state.values import JSON, london_day
from templates.answers import Kind, Refused, understand
from templates.forms.filled import ANSWERED
from templates.forms.model import Question
from templates.forms.shape import CHILDREN, Placed, Spot

SOURCE = "file"
AREA = f"{SOURCE}/"
"""What stands before the path of an answer that is no answer yet: no question of a form has such a path."""
OPEN, SETTLED = "unclear", "removed"
DOUBT, REFUSED, DIFFERS = "doubt", "refused", "differs"
"""Why: it can be read in several ways, it cannot be taken, or somebody answered otherwise here meanwhile."""
SHOWN, MOST_LISTED = 300, 10
"""Characters of a text that a list shows, and how many it lists."""
TEXTS = (Kind.CHOICE, Kind.CHOICES, Kind.YES_NO)


class Unclear(msgspec.Struct, frozen=True, kw_only=True):
    """One answer of a file that waits. `texts` are its readings, the first one first."""

    path: str
    spot: Spot
    question: Question
    texts: tuple[str, ...]
    why: str

    @property
    def correctable(self) -> str:
        """The text to correct in the question's own field; nothing where there is a choice to make."""
        return self.texts[0] if self.why == REFUSED and self.question.kind not in TEXTS else ""


def keep_unclear(desk: Desk, path: str, texts: Sequence[str], why: str) -> None:
    """Keep what a file says at a path beside the form. The row or child it is about is there from now on."""
    desk.keep_answer(f"{AREA}{path}", OPEN, {"texts": list(texts), "why": why}, source=SOURCE)
    row = path.rpartition(".")[0]
    group, _, number = row.partition(".")
    placed = desk.kit.profile.shapes[desk.at_hand.form].by_state.get(group)
    is_row = number.isdigit() and (group == CHILDREN or (placed is not None and placed.is_rows))
    if is_row and not _says_something(desk, row, placed):
        desk.keep_answer(row, "given", "added", source=SOURCE)


def _says_something(desk: Desk, row: str, placed: Placed | None) -> bool:
    """Whether anything is kept of a row or child. A list may be long, and this is asked for each of its rows."""
    if placed is None:
        return any(one.startswith(f"{row}.") for one in desk.answers)
    return any(f"{row}.{column.id}" in desk.answers for column in placed.question.columns)


def settle_unclear(desk: Desk, path: str) -> None:
    """A person has settled it, or a newer file says otherwise: what was said stays in the versions before."""
    waiting = desk.answers.get(f"{AREA}{path}")
    if waiting is not None and waiting.state == OPEN:
        desk.keep_answer(f"{AREA}{path}", SETTLED, source=SOURCE)


def unclear_at(desk: Desk, path: str) -> Unclear | None:
    """What waits at that path, where its question applies and nobody has answered it since."""
    waiting, filled = desk.answers.get(f"{AREA}{path}"), desk.filled()
    found = filled.shape.find(path)
    if waiting is None or waiting.state != OPEN or found is None or not filled.printed(path):
        return None
    texts, why = _kept(waiting.value)
    return None if _answered(desk, path, waiting.at) or not texts else _unclear(path, found, texts, why)


def _unclear(path: str, found: tuple[Spot, Question], texts: tuple[str, ...], why: str) -> Unclear:
    return Unclear(path=path, spot=found[0], question=found[1], texts=texts, why=why)


def _kept(value: JSON) -> tuple[tuple[str, ...], str]:
    kept = value if isinstance(value, dict) else {}
    texts = kept.get("texts")
    return tuple(str(text) for text in texts) if isinstance(texts, list) else (), str(kept.get("why", ""))


def _answered(desk: Desk, path: str, since: datetime) -> bool:
    known = desk.answers.get(path)
    return known is not None and known.state in ANSWERED and known.at > since


def all_unclear(desk: Desk) -> list[Unclear]:
    """Everything that waits in the draft at hand, in the order of its form."""
    paths = [path.removeprefix(AREA) for path, one in desk.answers.items() if path.startswith(AREA) and one.state == OPEN]
    found = [one for path in paths if (one := unclear_at(desk, path)) is not None]
    by_state = desk.filled().shape.by_state
    return sorted(found, key=lambda one: (by_state[one.spot.state].index, one.spot.row, one.path))


def label_of(desk: Desk, one: Unclear) -> str:
    """What is asked there, without a name in it: it may be told anywhere."""
    return label_at(desk, one.spot, one.question)


def label_at(desk: Desk, spot: Spot, question: Question) -> str:
    """What a question is called, with the number of its row or child."""
    filled = desk.filled()
    placed, label = filled.shape.by_state[spot.state], question.label.rstrip("?: ")
    if placed.is_rows and spot.row in (rows := filled.rows(spot.state)):
        number = rows.index(spot.row) + 1
        return desk.words("files.label_row", list=placed.question.label, number=number, label=label)
    if placed.repeats and len(filled.children()) > 1 and spot.row in filled.children():
        return desk.words("files.label_child", number=filled.children().index(spot.row) + 1, label=label)
    return label


def readings(desk: Desk, one: Unclear) -> tuple[str, ...]:
    """Its texts as they are shown: an option by its words, no tick as none, and of a long text the beginning."""
    labels = dict(options_of(one.question, desk.filled(), desk.kit)) if one.question.kind in TEXTS else {}
    labels["not_known"] = desk.words("answers.not_known")
    return tuple(labels.get(text) or _opening(desk, text) for text in one.texts)


def _opening(desk: Desk, text: str) -> str:
    if not text.strip():
        return desk.words("files.nothing")
    if len(text) <= SHOWN:
        return text
    return desk.words("files.opening", opening=text[:SHOWN], count=f"{len(text):,}")


def reason(desk: Desk, one: Unclear) -> str:
    """Why it waits, and what to do, as it stands at its field."""
    said = readings(desk, one)
    if one.why == DOUBT:
        return desk.words("files.at_field_doubt", texts="; ".join(said))
    if one.why == DIFFERS:
        return desk.words("files.at_field_differs", text=said[0], here=here(desk, one))
    return desk.words("files.at_field", text=said[0], reason=_refusal(desk, one))


def here(desk: Desk, one: Unclear) -> str:
    """What is kept here now for the same question."""
    known = desk.filled().answers.get(one.path)
    return "" if known is None else shown(known, one.question, desk.filled(), desk.kit, london_day(desk.turn.at))


def _refusal(desk: Desk, one: Unclear) -> str:
    asking = asking_for(one.question, desk.filled(), desk.kit, london_day(desk.turn.at))
    understood = understand(one.texts[0], asking, desk.kit.words)
    return understood.message if isinstance(understood, Refused) else conflicts(desk, one.path, understood.value)


def listed(desk: Desk) -> list[Block]:
    """What is unclear, for check your answers: each with what the file says there."""
    waiting = all_unclear(desk)
    if not waiting:
        return []
    rows = tuple((label_of(desk, one), "\n".join(readings(desk, one))) for one in waiting[:MOST_LISTED])
    more = len(waiting) - len(rows)
    head = Paragraph(desk.words("files.unclear_heading", count=len(waiting)), Style.WARNING)
    return [head, Facts(rows), *([Paragraph(desk.words("files.unclear_more", count=more))] if more else [])]
