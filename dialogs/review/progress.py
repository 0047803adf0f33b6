"""The card that shows how far a pack is: replaced in place each time one of its documents is filed."""

from __future__ import annotations

from dialogs.desk import Desk
from dialogs.giving.offer import file_button
from dialogs.reply import Block, Card, Facts, Paragraph, Reply, Style
from dialogs.review.common import DOCUMENTS
from dialogs.review.gaps import Gap, gaps
from dialogs.review.overview import gap_blocks, sources
from dialogs.turn import Built
from state.records import CaseRecord


def building(desk: Desk, case: CaseRecord, step: int, of: int, found: list[Gap]) -> Reply:
    """The card after so many of its documents. The last time it says what is missing."""
    have = sources(desk)
    answered, asked = len(have.returns) + len(have.nil), len(have.asked)
    facts = Facts(
        (
            (desk.words("review.fact_returns"), desk.words("review.returns_of", answered=answered, asked=asked)),
            (desk.words("review.fact_documents"), desk.words("review.documents_of", done=step, count=of)),
        )
    )
    done = step >= of
    heading = Paragraph(desk.words("review.pack_built" if done else "review.pack_building"), Style.HEADING)
    blocks: tuple[Block, ...] = (heading, facts, *(gap_blocks(desk, found) if done else ()))
    if done and found:
        blocks = (*blocks, Paragraph(desk.words("review.pack_is_draft")))
    title = desk.words("review.pack_title", reference=case.reference)
    files = tuple(file_button(desk, case.id, name) for name in DOCUMENTS) if done else ()
    return Reply(card=Card(title=title, blocks=blocks, buttons=files), preview=desk.words("filling.preview"))


def built(desk: Desk, said: Built) -> None:
    """One more document is filed."""
    case = desk.snapshot.case
    place = next((one for one in desk.snapshot.tied_places if one.id == said.place), None)
    if case is None or place is None:
        return
    desk.update_card(place, building(desk, case, said.step, said.of, gaps(sources(desk))), case=case.id, card=said.card)
