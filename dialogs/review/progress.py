"""The card that shows how far a pack is: replaced in place each time one of its documents is filed."""

from __future__ import annotations

from dialogs.casework.common import case_button
from dialogs.desk import Desk
from dialogs.giving.lying import address
from dialogs.giving.offer import file_button
from dialogs.giving.one_file import PDF, WITH_RETURNS, offered_as
from dialogs.reply import Block, Button, Card, Facts, Link, Paragraph, Reply, Style
from dialogs.review.common import DOCUMENTS
from dialogs.review.gaps import Gap, gaps
from dialogs.review.overview import gap_blocks, sources
from dialogs.turn import Built
from state.access import Access, allowed, asker, relations
from state.records import CaseRecord, PlaceRecord


def building(desk: Desk, case: CaseRecord, step: int, of: int, found: list[Gap], links: tuple[Link, ...] = ()) -> Reply:
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
    if done and links:
        blocks = (*blocks, Paragraph(desk.words("giving.link_means"), Style.QUIET))
    title = desk.words("review.pack_title", reference=case.reference)
    card = Card(title=title, blocks=blocks, links=links if done else (), buttons=_ways(desk, case, links) if done else ())
    return Reply(card=card, preview=desk.words("filling.preview"))


def _ways(desk: Desk, case: CaseRecord, links: tuple[Link, ...]) -> tuple[Button, ...]:
    """Copies where nothing can be opened, the pack as one file, and where everything else is."""
    copies = () if links else tuple(file_button(desk, case.id, name) for name in DOCUMENTS)
    one_file = tuple(offered_as(desk, case, what) for what in (PDF, WITH_RETURNS) if what != PDF or desk.kit.prints)
    return (*copies, *one_file, case_button(desk, "documents", case))


def built(desk: Desk, said: Built) -> None:
    """One more document is filed."""
    case = desk.snapshot.case
    place = next((one for one in desk.snapshot.tied_places if one.id == said.place), None)
    if case is None or place is None:
        return
    reply = building(desk, case, said.step, said.of, gaps(sources(desk)), _links(desk, case, place))
    desk.update_card(place, reply, case=case.id, card=said.card)


def _links(desk: Desk, case: CaseRecord, place: PlaceRecord) -> tuple[Link, ...]:
    """For the one whose conversation it is, if they may still read the case."""
    grants = [one for one in desk.snapshot.all_grants if one.person == place.person]
    related = relations(place.person, desk.snapshot.case_people, owner="", now=desk.turn.at)
    who = asker(place.person, grants, listed=False, removed=False)
    if allowed("read_case", who, related, restricted=case.restricted) is not Access.YES:
        return ()
    found = (address(desk, name) for name in DOCUMENTS)
    return tuple(one for one in found if one is not None)
