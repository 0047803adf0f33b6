"""The nil return and the record of the decision (Document 1), laid out from their forms: the booklet has no page for either."""

from __future__ import annotations

from templates.documents import shape_form
from templates.documents.build import Builder
from templates.documents.shape_form import Look
from templates.forms.model import Form
from templates.wording import Words

NIL_RETURN, DECISION = "nil_return", "decision"
NOT_FOR_THEM = frozenset({"contradicted_by"})
"""What other organisations returned is not for this one to read."""


def nil_return(form: Form, words: Words) -> Builder:
    """What an organisation confirms in writing: which issue of the request it searched for, where, and under which names."""
    look = Look(
        title=words.say("documents_scoping.nil_return_title"),
        subtitle=words.say("documents_scoping.nil_return_subtitle"),
        intro=words.say("documents_scoping.nil_return_intro"),
        about=(
            ("references", words.say("documents.reference")),
            ("issue", words.say("documents_scoping.nil_return_issue")),
            ("version", words.say("documents_scoping.nil_return_version")),
        ),
        left_out=NOT_FOR_THEM,
    )
    return shape_form.write(form, words, look)


def decision(form: Form, words: Words) -> Builder:
    """The facts, the advice, and what the local authority decided and why."""
    look = Look(
        title=words.say("documents_scoping.decision_title"),
        subtitle=words.say("documents_scoping.decision_subtitle"),
        intro=words.say("documents_scoping.decision_intro"),
    )
    return shape_form.write(form, words, look)
