"""Document 2a: Request for Initial Information, in the booklet's wording.

Put right: "the address included on the form" is now the way to return it, because the form has no address. Added: a letter
that replaces an earlier one says so.
"""

from __future__ import annotations

from docx.shared import Pt

from templates.documents.build import Builder
from templates.documents.letter_parts import NUMBERED, Strong, Titled, add_numbers, sentence, strong
from templates.documents.request_letter import FORM
from templates.wording import Words

VERSION = 1
ROOM_TO_SIGN = Pt(30)


def write(words: Words) -> Builder:
    """The whole letter. `words` holds the booklet's own text too."""
    page = Builder(FORM, VERSION, _booklet(words, "title"))
    add_numbers(page.document)
    page.furniture(words)
    for part in (_head, _opening, _requests, _return, _closing):
        part(page, words)
    return page


def _booklet(words: Words, name: str) -> str:
    return words.say(f"document_2a.{name}")


def _head(page: Builder, words: Words) -> None:
    page.line(page.about("partnership", "Partnership"), "Title").paragraph_format.space_after = Pt(14)
    page.line(page.control("agency", "Organisation"))
    page.line(_booklet(words, "date"), then=page.control("date", "Date of the letter"))
    page.line(words.say("documents_scoping.our_reference"), then=page.about("references", "Our reference"))
    dear = sentence(page, f"{_booklet(words, 'dear')} ", page.control("addressee", "Whom it is written to"), ",")
    dear.paragraph_format.space_before = Pt(14)


def _opening(page: Builder, words: Words) -> None:
    page.heading(_booklet(words, "subject"), 1)
    page.line(page.about("replaces", "That it replaces an earlier letter"))
    page.line(_booklet(words, "opening"))
    page.line(_booklet(words, "purpose"))


def _requests(page: Builder, words: Words) -> None:
    page.line(_booklet(words, "asking")).paragraph_format.keep_with_next = True
    first, title, rest = (_booklet(words, f"request_form_{number}") for number in (1, 2, 3))
    sentence(page, _booklet(words, "request_clarify"), style=NUMBERED)
    sentence(page, f"{first} ", Titled(title), f" {rest}", style=NUMBERED)
    sentence(page, _booklet(words, "request_secure"), style=NUMBERED)
    sentence(page, _booklet(words, "request_separate"), style=NUMBERED)
    before, known, after = (_booklet(words, f"not_known_{number}") for number in (1, 2, 3))
    sentence(page, f"{before} ", Strong(known), f" {after}").paragraph_format.space_before = Pt(8)


def _return(page: Builder, words: Words) -> None:
    before, form, back, within, by = (_booklet(words, f"return_{number}") for number in range(1, 6))
    to, day = page.about("return_to", "Where to return it"), strong(page.control("return_by", "Return by"))
    sentence(page, f"{before} ", Titled(form), f" {back} ", to, " ", Strong(within), f". {by} ", day, ".")
    sentence(page, f"{_booklet(words, 'contact')} ", page.control("contact", "Whom to contact"), ".")


def _closing(page: Builder, words: Words) -> None:
    closing = page.line(_booklet(words, "closing")).paragraph_format
    closing.space_before, closing.space_after, closing.keep_with_next = Pt(8), ROOM_TO_SIGN, True
    page.line(page.control("signature", "Signature")).paragraph_format.keep_with_next = True
    page.line(_booklet(words, "enclosure"), then=page.control("enclosure", "What is enclosed"))
