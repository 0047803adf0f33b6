"""A nil return's answers as the data of its document: an organisation confirms in writing that it knows nobody."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from state.records import AnswerRecord
from templates.documents.answered import Stamp, everything
from templates.documents.data import DocumentData
from templates.documents.records import Record, record_data
from templates.documents.shape_records import NOT_FOR_THEM
from templates.forms.model import Form
from templates.wording import Words


class NilImprint(Stamp, frozen=True, kw_only=True):
    """What stands around a nil return. `issue` is the issue of the request that was searched: a later issue needs a new answer.

    `version` counts the organisation's nil returns, from 1. `references` are those of the case and of the request.
    """

    organisation: str
    issue: int
    version: int
    confirmed_at: str
    references: tuple[str, ...] = ()


def nil_return_data(
    form: Form,
    answers: Mapping[str, AnswerRecord],
    shown: Callable[[str], str],
    imprint: NilImprint,
    words: Words,
    printed: Callable[[str], bool] = everything,
) -> DocumentData:
    """The document from the newest answers by path; `shown` and `printed` as `Answered` has them."""
    record = Record(
        reference=imprint.reference,
        edition=imprint.edition,
        generated_at=imprint.generated_at,
        restricted=imprint.restricted,
        about={
            "references": ", ".join(imprint.references or (imprint.reference,)),
            "issue": str(imprint.issue),
            "version": str(imprint.version),
        },
        filled={"agency": imprint.organisation, "confirmed_at": imprint.confirmed_at},
        left_out=NOT_FOR_THEM,
    )
    return record_data(form, answers, shown, record, words, printed)
