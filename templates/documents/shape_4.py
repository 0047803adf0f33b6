"""Document 4: Letter – Submitting the Rapid Review to the National Panel, with its defects put right.

Put right: only the chosen conclusion is in it, the endorsement is a whole sentence or nothing, and no instruction is left.
"""

from __future__ import annotations

from collections.abc import Sequence

from templates.documents.build import Builder
from templates.documents.letters import ALIASES, begin, end
from templates.documents.shape_1a import Group
from templates.documents.slots import sentence, slot
from templates.wording import Words

FORM, VERSION = "panel_letter", 1
OWN = {
    "notification_received": "Date of the notification",
    "conclusion": "Conclusion",
    "endorsed_by": "Endorsement, a whole sentence",
}


def write(words: Words, _groups: Sequence[Group]) -> Builder:
    """The whole letter."""
    page = Builder(FORM, VERSION, words.say("document_4.title"))
    aliases = ALIASES | OWN
    begin(page, words)
    sentence(page, words.say("document_4.subject", reference=slot("case_reference")), aliases, "Heading 1")
    sentence(page, words.say("document_4.received", date=slot("notification_received")), aliases)
    sentence(page, words.say("document_4.concluded", conclusion=slot("conclusion")), aliases)
    sentence(page, f"{words.say('document_4.attached')} {slot('endorsed_by')}", aliases)
    sentence(page, words.say("document_4.contact", contact=slot("contact")), aliases)
    end(page, words)
    return page
