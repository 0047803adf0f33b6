"""The request for initial information as the data of Document 2a. The letter names no child: the form beside it does."""

from __future__ import annotations

from templates.documents.answered import Stamp
from templates.documents.data import DocumentData
from templates.wording import Words

FORM, NUMBER = "scoping_letter", "2a"


class LetterFacts(Stamp, frozen=True, kw_only=True):
    """What the letter says, as it is read. `issue` counts the request, from 1: a later one replaces those before it.

    `return_by` is a day and time, `return_to` the end of a sentence ("by secure email to …"), `signature` may have lines.
    Without an addressee or enclosures it says what the booklet says.
    """

    partnership: str
    organisation: str
    date: str
    return_by: str
    return_to: str
    contact: str
    signature: str
    addressee: str = ""
    enclosures: tuple[str, ...] = ()
    references: tuple[str, ...] = ()
    issue: int = 1


def letter_data(facts: LetterFacts, words: Words) -> DocumentData:
    """Document 2a for one organisation."""
    return DocumentData(
        form=FORM,
        number=NUMBER,
        reference=facts.reference,
        edition=facts.edition,
        generated_at=facts.generated_at,
        marking=facts.marking(words),
        about={
            "partnership": facts.partnership,
            "references": ", ".join(facts.references or (facts.reference,)),
            "return_to": facts.return_to,
            "replaces": _replaces(facts, words),
        },
        values={
            "agency": facts.organisation,
            "date": facts.date,
            "addressee": facts.addressee or words.say("document_2a.addressee"),
            "return_by": facts.return_by,
            "contact": facts.contact,
            "signature": facts.signature,
            "enclosure": ", ".join(facts.enclosures or (words.say("document_2a.enclosure_form"),)),
        },
    )


def _replaces(facts: LetterFacts, words: Words) -> str:
    return words.say("documents_scoping.replaces", issue=facts.issue) if facts.issue > 1 else ""
