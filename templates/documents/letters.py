"""What the partnership's letters of this stage have in common: the head, the address, the closing and the signature."""

from __future__ import annotations

import msgspec
from docx.shared import Pt

from templates.documents.build import Builder
from templates.documents.slots import sentence, slot
from templates.wording import Words

ADDRESS = range(1, 6)
"""Lines of the National Panel's address."""
ALIASES = {
    "letterhead": "Letterhead",
    "date": "Date of the letter",
    "chair_name": "Name of the Panel's Chair",
    "case_reference": "Case reference",
    "contact": "Who to contact",
    "signature": "Name and role of who signs",
    "enclosure": "Enclosures",
}


class Person(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody who signs or can be asked."""

    name: str
    role: str = ""
    telephone: str = ""
    email: str = ""


class Letter(msgspec.Struct, frozen=True, kw_only=True):
    """What every letter needs. `letterhead` and `signed_by` may have several lines and people."""

    reference: str
    edition: str
    generated_at: str
    restricted: bool = False
    letterhead: tuple[str, ...]
    date: str
    chair_name: str
    signed_by: tuple[Person, ...]
    enclosures: tuple[str, ...] = ()


def begin(page: Builder, words: Words) -> None:
    """The letterhead, the date, the National Panel's address and the salutation."""
    page.furniture(words)
    page.line(page.control("letterhead", ALIASES["letterhead"]), "Subtitle")
    sentence(page, words.say("document_4.date", date=slot("date")), ALIASES)
    for number in ADDRESS:
        line = page.line(words.say(f"document_4.address_{number}"))
        line.paragraph_format.space_after = Pt(12 if number == ADDRESS[-1] else 0)
        line.paragraph_format.keep_with_next = True
    sentence(page, words.say("document_4.dear", name=slot("chair_name")), ALIASES)


def end(page: Builder, words: Words) -> None:
    """The closing, room to sign, who signs and what is enclosed."""
    closing = page.line(words.say("document_4.yours"))
    closing.paragraph_format.space_after = Pt(42)
    closing.paragraph_format.keep_with_next = True
    signature = page.line(page.control("signature", ALIASES["signature"]))
    signature.paragraph_format.keep_with_next = True
    signature.paragraph_format.space_after = Pt(12)
    sentence(page, words.say("document_4.enclosure", enclosures=slot("enclosure")), ALIASES)


def values_of(letter: Letter) -> dict[str, str]:
    """The texts of what every letter has."""
    signed = ["\n".join(filter(None, (one.name, one.role))) for one in letter.signed_by]
    return {
        "letterhead": "\n".join(letter.letterhead),
        "date": letter.date,
        "chair_name": letter.chair_name,
        "case_reference": letter.reference,
        "signature": "\n\n\n".join(signed),
        "enclosure": "; ".join(letter.enclosures),
    }


def marking_of(letter: Letter, words: Words) -> str:
    """The marking at the top of each page."""
    return words.say("documents.restricted" if letter.restricted else "documents.official")


def contact_of(person: Person, words: Words) -> str:
    """Who to ask, with what is known of how."""
    name = ", ".join(filter(None, (person.name, person.role)))
    if person.telephone and person.email:
        return words.say("documents_review.contact_line", name=name, telephone=person.telephone, email=person.email)
    return ", ".join(filter(None, (name, person.telephone, person.email)))
