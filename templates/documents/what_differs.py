"""One page beside two versions of a document: which parts a person changed in the one, and what is new in the other."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
from docx.enum.text import WD_ALIGN_PARAGRAPH

from templates.documents.build import Builder
from templates.documents.fill import packed
from templates.documents.lists import BULLET, add_bullets
from templates.documents.outline import part_text
from templates.documents.text import clean
from templates.wording import Words

FORM, VERSION = "what_differs", 1


class Differing(msgspec.Struct, frozen=True, kw_only=True):
    """What the page says: parts by the names that `outline_of` gave them, and never what stands in them."""

    reference: str
    document: str
    before: int
    after: int
    by_hand: tuple[str, ...]
    new: tuple[str, ...]
    made: str


def what_differs(data: Differing, words: Words) -> bytes:
    """The page as a .docx file. The same versions make the same file."""
    title = clean(words.say("differing.page_title", document=data.document))
    page = Builder(FORM, VERSION, title)
    add_bullets(page.document)
    _furniture(page, data, words)
    page.line(title, "Title")
    page.line(words.say("differing.page_of", reference=data.reference), "Subtitle")
    page.line(words.say("differing.page_why", before=data.before, after=data.after))
    page.heading(words.say("differing.page_by_hand", before=data.before), 1)
    _listed(page, data.by_hand, words)
    page.heading(words.say("differing.page_new", after=data.after), 1)
    _listed(page, data.new, words)
    page.heading(words.say("differing.page_next"), 1)
    page.line(words.say("differing.page_do", before=data.before, after=data.after))
    return packed(page.document)


def _listed(page: Builder, parts: Sequence[str], words: Words) -> None:
    if not parts:
        page.line(words.say("differing.page_nothing_new"))
    for part in parts:
        page.line(clean(part_text(part, words)), BULLET)


def _furniture(page: Builder, data: Differing, words: Words) -> None:
    """The marking above, the reference and the day below."""
    section = page.document.sections[0]
    section.header.paragraphs[0].text = words.say("documents.official")
    section.header.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.CENTER
    footer = section.footer.paragraphs[0]
    footer.style = page.document.styles["Footer"]
    footer.text = f"{words.say('documents.reference')} {data.reference}. {words.say('documents.made')} {data.made}"
