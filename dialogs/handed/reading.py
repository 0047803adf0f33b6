"""Reading a document into the form at hand: what is plain is kept, what is not waits beside it, nothing is written over."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from dialogs.desk import Desk
from dialogs.filling.asking import as_said, asking_for
from dialogs.filling.together import conflicts
from dialogs.filling.unclear import (
    DIFFERS,
    DOUBT,
    REFUSED,
    SOURCE,
    all_unclear,
    keep_unclear,
    label_at,
    settle_unclear,
)
from dialogs.handed.before import Before, before_of, keep_as_read
from dialogs.handed.lists import keep_whole, row_back, settle_rows
from dialogs.handed.placing import placed, without_whole
from dialogs.handed.same import same
from dialogs.handed.spoken import Spoken, spoken
from dialogs.turn import Dropped
from state.records import AnswerRecord
from state.values import london_day
from templates.answers import Refused, understand
from templates.forms.filled import ANSWERED, Filled
from templates.forms.model import Question
from templates.forms.shape import CHILDREN

REFERRAL = "referral"
Sent = Mapping[str, AnswerRecord]
"""What stood in a form when it was sent out, by path."""


class Reading(msgspec.Struct, frozen=True, kw_only=True):
    """What became of a file. Its labels name no child and nobody else, so they may be told anywhere."""

    count: int = 0
    """Answers that were read. What the form had already is not counted."""
    unclear: int = 0
    """How much waits for a person now, of this file or of one before it."""
    taken_out: tuple[str, ...] = ()
    """Labels of what an earlier file said and this one does not: that was left as it is."""
    more_children: bool = False
    """It tells of a child that the form cannot take: that was not read."""
    older: bool = False
    """It was sent out before the names were corrected."""
    notes: tuple[str, ...] = ()
    """What whoever checks it should know, such as that it has tracked changes: keys of `files.…`."""
    problem: str = ""
    """Why nothing was read, as the key of a sentence."""


class Against(msgspec.Struct, frozen=True, kw_only=True):
    """What a document is compared with: only what is new in it counts."""

    before: Before
    sent: Sent = {}
    older: bool = False
    """Names were corrected since it was sent out: what it repeats from then is not known any more."""


def read_answers(desk: Desk, said: Dropped, sent: Sent | None = None, *, older: bool = False) -> Reading:
    """Keep what a document says in the draft at hand."""
    against = Against(before=before_of(desk), sent=sent or {}, older=older)
    single, whole = without_whole(desk.filled().shape, spoken(desk, said))
    everything, places = placed(desk, single, against.before.places)
    texts = {path: readings for path, readings in everything.items() if _is_there(desk.filled(), path)}
    count = _read(desk, texts, against) + sum(keep_whole(desk, group, state) for group, state in whole.items())
    taken_out = _taken_out(desk, texts, against.before)
    settle_rows(desk, texts)
    keep_as_read(desk, said, texts, places)
    return Reading(
        count=count,
        unclear=len(all_unclear(desk)),
        taken_out=taken_out,
        more_children=len(texts) < len(everything),
        older=older,
        notes=said.notes,
    )


def _is_there(filled: Filled, path: str) -> bool:
    """Whether the form has that child, or takes another one."""
    group, _, rest = path.partition(".")
    if group != CHILDREN or any(section.adds for section in filled.shape.form.sections):
        return True
    return int(rest.partition(".")[0]) in filled.children()


def _read(desk: Desk, texts: Spoken, against: Against) -> int:
    """How many answers were kept. The children come first: they are what other questions choose from."""
    count = 0
    for of_children in (True, False):
        filled = desk.filled()
        for path, readings in texts.items():
            found = filled.shape.find(path)
            if found is not None and path.startswith(f"{CHILDREN}.") is of_children:
                count += _one(desk, filled, found[1], path, readings, against)
    return count


def _one(desk: Desk, filled: Filled, question: Question, path: str, readings: tuple[str, ...], against: Against) -> bool:
    """Whether an answer was kept."""
    if _was_said(desk, filled, question, path, readings, against):
        return False
    is_back = row_back(desk, filled, path)
    if _is_known(desk, filled, question, path, readings):
        return is_back
    why = _waits(desk, filled, question, path, readings, against)
    if why:
        keep_unclear(desk, path, readings, why)
    else:
        settle_unclear(desk, path)
    return not why


def _was_said(desk: Desk, filled: Filled, question: Question, path: str, readings: tuple[str, ...], against: Against) -> bool:
    """Whether the file before said the same, or the form was sent out with it and somebody put it right here since."""
    before, known, was = against.before, desk.answers.get(path), against.sent.get(path)
    if before.digest and before.said.get(path) == readings:
        return True
    if was is None or path in before.said or len(readings) > 1 or (known is not None and known.state == "offered"):
        return False
    return same(desk, filled, question, was, readings[0])


def _is_known(desk: Desk, filled: Filled, question: Question, path: str, readings: tuple[str, ...]) -> bool:
    """Whether it is kept already. What was only offered to be checked has been checked in Word."""
    known = desk.answers.get(path)
    if known is None or known.state not in (*ANSWERED, "offered"):
        return False
    if len(readings) > 1:
        return _by_others(desk, known) and any(same(desk, filled, question, known, text) for text in readings)
    if not same(desk, filled, question, known, readings[0]):
        return False
    if known.state == "offered":
        desk.keep_answer(path, "given", known.value, source=SOURCE)
    settle_unclear(desk, path)
    return True


def _waits(desk: Desk, filled: Filled, question: Question, path: str, readings: tuple[str, ...], against: Against) -> str:
    """Why it cannot be taken as it stands; nothing where it was kept."""
    known = desk.answers.get(path)
    if len(readings) > 1:
        return DOUBT
    if known is not None and (_by_others(desk, known) or (against.older and known.source == REFERRAL)):
        return DIFFERS
    asking = asking_for(question, filled, desk.kit, london_day(desk.turn.at))
    understood = understand(as_said(readings[0], question, desk.kit), asking, desk.kit.words)
    if isinstance(understood, Refused) or conflicts(desk, path, understood.value):
        return REFUSED
    desk.keep_answer(path, understood.state, understood.value, source=SOURCE)
    return ""


def _by_others(desk: Desk, known: AnswerRecord) -> bool:
    """Whether somebody gave that answer: here, or with a file of their own. What was only known beforehand nobody gave."""
    if known.state not in ANSWERED or known.source == REFERRAL:
        return False
    return known.source != SOURCE or known.by != desk.turn.who.id


def _taken_out(desk: Desk, texts: Spoken, before: Before) -> tuple[str, ...]:
    """What this person's file said last time, and does not say any more."""
    filled = desk.filled()
    gone = [path for path in before.said if path not in texts and _is_mine(desk, path) and filled.printed(path)]
    found = [one for path in gone if (one := filled.shape.find(path)) is not None]
    return tuple(dict.fromkeys(label_at(desk, spot, question) for spot, question in found))


def _is_mine(desk: Desk, path: str) -> bool:
    known = desk.answers.get(path)
    return known is not None and known.state in ANSWERED and (known.source, known.by) == (SOURCE, desk.turn.who.id)
