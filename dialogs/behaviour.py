"""What one form does that forms do not have in common: who may change it, and what happens when it is sent."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

import msgspec

from state.records import AnswerRecord, DraftRecord
from state.values import JSON

if TYPE_CHECKING:
    from dialogs.desk import Desk
    from dialogs.kit import Kit
    from dialogs.turn import Press
    from templates.forms.model import Section


def _no_flags(_draft: DraftRecord) -> Mapping[str, bool]:
    return {}


def _no_signs(_kit: Kit, _answers: Mapping[str, AnswerRecord]) -> Mapping[str, bool]:
    return {}


def _always(_desk: Desk) -> bool:
    return True


def _nothing(_desk: Desk) -> Sequence[str]:
    return ()


def _any_section(_desk: Desk, _section: Section) -> bool:
    return True


def _no_conflict(_desk: Desk, _path: str, _value: JSON) -> str:
    return ""


def _not_theirs(_desk: Desk) -> str:
    return "filling.not_theirs"


class Behaviour(msgspec.Struct, frozen=True, kw_only=True):
    """One form's. The `…_key` fields are sentences or button words of `templates/words`."""

    may_change: Callable[[Desk], bool]
    """Whether this person may change the draft at hand, here."""
    submit: Callable[[Desk, Press], None]
    cancelled: Callable[[Desk, Press], None] | None = None
    """What giving the draft up does. None: it cannot be given up, only left and carried on later."""
    listed: Callable[[Desk], bool] = _always
    """Whether a restricted draft has its list: nothing else can be done before."""
    flags: Callable[[DraftRecord], Mapping[str, bool]] = _no_flags
    signs: Callable[[Kit, Mapping[str, AnswerRecord]], Mapping[str, bool]] = _no_signs
    """What the answers together say that its conditions may name."""
    may_write: Callable[[Desk, Section], bool] = _any_section
    """Whether this person may write a section of it. What they may not write is passed over in their conversation."""
    conflicts: Callable[[Desk, str, JSON], str] = _no_conflict
    """Why a value cannot stand beside the other answers, or nothing."""
    read_only: Callable[[Desk], str] = _not_theirs
    """The sentence for somebody who would change what they may only read."""
    refusal: Callable[[Desk], str] | None = None
    """Why it cannot be changed now, as the key of a sentence, where one sentence (`refused_key`) would say too little."""
    written: Callable[[Desk], None] | None = None
    """What follows when answers of it were written in this turn."""
    notes: Callable[[Desk], Sequence[str]] = _nothing
    """Sentences that check your answers says beside what is missing: what should be looked at, though it can be sent."""
    refused_key: str = "access.no_such_draft"
    sent_key: str = "filling.form_sent"
    opening: str = ""
    """The action of the button that begins it, for whoever has to find it (`cspr play`)."""
