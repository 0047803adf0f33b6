"""Document 4 from its facts: the letter that takes the rapid review to the National Panel."""

from __future__ import annotations

from typing import Literal

from msgspec.structs import replace

from templates.documents.data import DocumentData
from templates.documents.letters import Letter, Person, contact_of, marking_of, values_of
from templates.documents.shape_4 import FORM
from templates.wording import Words

NUMBER = "4"


class PanelLetterFacts(Letter, frozen=True, kw_only=True):
    """What the letter says. Without a conclusion or a date the place stays empty, and `unfinished` names it.

    `contact` is somebody to ask beside who signs. `endorsed_by` is a name; without one there is no such sentence.
    """

    notification_received: str
    conclusion: Literal["national", "local", "none", ""]
    endorsed_by: str = ""
    endorsed_as: Literal["scrutineer", "chair"] = "scrutineer"
    contact: Person | None = None


def panel_letter_data(facts: PanelLetterFacts, words: Words) -> DocumentData:
    """The letter for `fill`. Only the chosen conclusion is in it, and it names no child."""
    enclosed = words.say("document_4.enclosed")
    values = values_of(facts)
    return DocumentData(
        form=FORM,
        number=NUMBER,
        reference=facts.reference,
        edition=facts.edition,
        generated_at=facts.generated_at,
        marking=marking_of(facts, words),
        values=values
        | {
            "notification_received": facts.notification_received,
            "conclusion": words.say(f"document_4.conclusion_{facts.conclusion}") if facts.conclusion else "",
            "endorsed_by": _endorsed(facts, words),
            "contact": _contact(facts, words),
            "enclosure": values["enclosure"] or enclosed,
        },
    )


def _endorsed(facts: PanelLetterFacts, words: Words) -> str:
    if not facts.endorsed_by.strip():
        return ""
    if facts.endorsed_as == "chair":
        return words.say("document_4.endorsed_chair", name=facts.endorsed_by)
    return words.say("document_4.endorsed_scrutineer", name=facts.endorsed_by)


def _contact(facts: PanelLetterFacts, words: Words) -> str:
    """Who can be asked: "me", how I am reached where I am the contact as well, or me and somebody else."""
    me, person = words.say("document_4.me"), facts.contact
    if person is None:
        return me
    if person.name.casefold() in {one.name.casefold() for one in facts.signed_by}:
        return contact_of(replace(person, name=me, role=""), words)
    return words.say("document_4.or_contact", contact=contact_of(person, words))
