"""Our own letter: replies to questions that the National Panel asked after it read the rapid review."""

from __future__ import annotations

from collections.abc import Sequence

from templates.documents.build import Builder
from templates.documents.letters import ALIASES, begin, end
from templates.documents.shape_1a import Group
from templates.documents.slots import sentence, slot
from templates.wording import Words

FORM, VERSION = "supplementary_letter", 1


def write(words: Words, _groups: Sequence[Group]) -> Builder:
    """The whole letter."""
    page = Builder(FORM, VERSION, words.say("documents_review.supplementary_title"))
    aliases = ALIASES | {"asked_on": "Date of the Panel's letter"}
    begin(page, words)
    sentence(page, words.say("documents_review.supplementary_subject", reference=slot("case_reference")), aliases, "Heading 1")
    sentence(page, words.say("documents_review.supplementary_thanks", date=slot("asked_on")), aliases)
    head = [words.say(f"documents_review.supplementary_{name}") for name in ("question", "reply")]
    row = [page.control("replies.1.question", "Reply row 1: question"), page.control("replies.1.reply", "Reply row 1: reply")]
    page.rows(words.say("documents_review.table_replies"), head, [row], (6, 11), splits=True)
    close = sentence(page, words.say("documents_review.supplementary_close", contact=slot("contact")), aliases, "Table Lead")
    close.paragraph_format.keep_with_next = None
    end(page, words)
    return page
