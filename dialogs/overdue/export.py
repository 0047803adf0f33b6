"""The last answer as a workbook. It is made beside the chat and filed in the library; restricted cases are in no file."""

from __future__ import annotations

import msgspec
from msgspec.structs import replace

from dialogs.desk import Desk
from dialogs.giving.offer import dates_button, filed_as, tell_with_files
from dialogs.overdue.question import Question, carried, look_for, question_carried, question_kept
from dialogs.turn import Press
from state.values import JSON, to_london

FORM = "dates"
FOLDER = "Lists"
"""Where such files lie in the library, beside the folders of the cases."""
MOST = 20_000
"""Rows of a file."""
NAMES = {"overdue": "Overdue", "due": "Due", "not_replied": "Not replied", "chase": "Overdue"}


def pressed(desk: Desk, said: Press) -> None:
    """The answer whose button it is."""
    _make(desk, question_carried(desk.kit, said.at))


def typed(desk: Desk) -> None:
    """What was asked last here, with whatever is narrowed now."""
    _make(desk, _with_person(desk, question_kept(desk.talk.asked, desk.meant.slots)))


def _with_person(desk: Desk, question: Question | None) -> Question | None:
    """A name that was typed is not kept, but the one whom it meant is, with the answer that is shown here."""
    shown = question_carried(desk.kit, desk.talk.shown)
    if question is None or shown is None or shown.intent != question.intent or question.slots.person:
        return question
    return replace(question, slots=replace(question.slots, person=shown.slots.person))


def _make(desk: Desk, question: Question | None) -> None:
    if not desk.may_see_own():
        desk.note("partnership", "refused", action="see_own_referral")
        return desk.tell(desk.words("access.nothing"))
    if not desk.private:
        return desk.tell(desk.words("overdue.export_one_to_one"))
    if question is None:
        return desk.tell(desk.words("overdue.nothing_to_export"))
    stem = f"{NAMES[question.intent]} {to_london(desk.turn.at):%Y-%m-%d %H.%M.%S}"
    body = {"form": FORM, "reference": FOLDER, "stem": stem, **_what(desk, question)}
    desk.make_document("", body, what=filed_as(desk.turn.who.id, f"{FORM}:{stem}"))
    desk.note("partnership", "dates_exported", name=stem)
    return tell_with_files(desk, desk.words("overdue.export_made", folder=FOLDER, name=stem), dates_button(desk, stem))


def _what(desk: Desk, question: Question) -> dict[str, JSON]:
    """What the file is made from: who asked, what, and the look at the dates. Others may see the file: it is public."""
    who = desk.turn.who
    look = look_for(desk.kit, replace(question, skip=0), desk.turn.at, rows=MOST)
    look = replace(look, listed=desk.turn.listed(desk.kit.tenants), public=True)
    asked: dict[str, JSON] = {"tenant": who.tenant, "object": who.object, "question": carried(desk.kit, question)}
    return {**asked, "look": msgspec.to_builtins(look)}
