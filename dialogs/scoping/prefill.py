"""The return that an organisation fills in, begun when it is asked: section 1 from the referral, without what is withheld."""

from __future__ import annotations

from dialogs.casework.common import begin_draft
from dialogs.desk import Desk
from dialogs.scoping.told import prefilled
from state.records import AnswerRecord, CaseRecord, DraftRecord
from state.scoping_records import RequestRecord
from state.values import london_day
from templates.forms.filled import Filled

FORM = "scoping"
SOURCE = "referral"


def begin_return(desk: Desk, case: CaseRecord, request: RequestRecord, referral: Filled) -> DraftRecord:
    """A new draft of the return with what is known already. The answers say where they come from."""
    draft = begin_draft(desk, FORM, f"request:{request.id}", case, about=request.agency)
    for path, (state, value) in prefilled(referral, london_day(desk.turn.at), desk.kit, request.withheld).items():
        desk.put(
            AnswerRecord(
                draft=draft.id, path=path, state=state, value=value, source=SOURCE, by=desk.turn.who.id, at=desk.turn.at
            )
        )
    return draft
