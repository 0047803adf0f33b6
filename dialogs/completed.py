"""A draft's form with its answers, its conditions tied to the decision model."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from dialogs.kit import Kit
from state.records import AnswerRecord, DraftRecord
from templates.forms.filled import Filled
from templates.forms.model import Section
from templates.rules import worth_asking
from templates.rules.from_answers import facts_for


def filled(
    kit: Kit,
    draft: DraftRecord,
    answers: Mapping[str, AnswerRecord],
    writes: Callable[[Section], bool] = lambda section: True,
) -> Filled:
    """A draft's form with its answers, its conditions tied to the decision model."""
    rules = kit.profile.rules

    def worth(child: int, fact: str) -> bool:
        return worth_asking(facts_for(answers, child), fact, rules)

    def age(child: int) -> int | None:
        known = facts_for(answers, child).get("age_at_incident")
        return known if isinstance(known, int) else None

    behaviour = kit.behaviours.get(draft.form)
    flags = {**behaviour.flags(draft), **behaviour.signs(kit, answers)} if behaviour else {}
    shape = kit.profile.shapes[draft.form]
    return Filled(shape, answers, flags=flags, worth=worth, age=age, own=draft.about, writes=writes)
