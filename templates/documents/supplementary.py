"""The supplementary letter from its facts."""

from __future__ import annotations

import msgspec

from templates.documents.data import DocumentData
from templates.documents.letters import Letter, Person, contact_of, marking_of, values_of
from templates.documents.shape_supplementary import FORM
from templates.wording import Words


class Reply(msgspec.Struct, frozen=True):
    """A question of the Panel and what we say to it."""

    question: str
    reply: str


class SupplementaryFacts(Letter, frozen=True, kw_only=True):
    """What the letter says. It names no child: the replies are the partners' own words."""

    asked_on: str
    replies: tuple[Reply, ...]
    contact: Person


def supplementary_letter_data(facts: SupplementaryFacts, words: Words) -> DocumentData:
    """The letter for `fill`."""
    values = values_of(facts)
    return DocumentData(
        form=FORM,
        number="",
        reference=facts.reference,
        edition=facts.edition,
        generated_at=facts.generated_at,
        marking=marking_of(facts, words),
        values=values
        | {
            "asked_on": facts.asked_on,
            "contact": contact_of(facts.contact, words),
            "enclosure": values["enclosure"] or words.say("documents_review.no_enclosure"),
        },
        rows={"replies": tuple({"question": one.question, "reply": one.reply} for one in facts.replies)},
    )
