"""The pack: built as documents beside the chat, read in the chat by those on the panel."""

from __future__ import annotations

from collections.abc import Iterator

from dialogs.casework.common import case_button, case_for, chain
from dialogs.desk import Desk
from dialogs.giving.offer import file_button, offered
from dialogs.giving.one_file import one_file_buttons
from dialogs.reply import Block, Button, Card, Facts, Paragraph, Reply, Style
from dialogs.review.collate import collate
from dialogs.review.common import DOCUMENTS, REPORT, Asked, newest
from dialogs.review.gaps import Gap, gaps
from dialogs.review.overview import gap_blocks, sources
from dialogs.review.progress import building
from state.records import CaseRecord
from state.values import JSON
from templates.documents.pack_data import Attributed, PackData

PART = 3_000
"""Characters of a long paragraph that stand together on a card."""


def pack(desk: Desk, _said: Asked | None = None) -> None:
    """Build it as it stands, and say what is missing. The card follows while it is built."""
    case = case_for(desk, "run_meeting")
    if case is None:
        return
    found = gaps(sources(desk))
    desk.note(chain(case), "pack_ordered", missing=str(len(found)))
    order(desk, case, found)


def order(desk: Desk, case: CaseRecord, found: list[Gap]) -> None:
    """Have the pack made. Without a conversation of their own, the person is only told that it is being built."""
    place = desk.own_place(desk.turn.who.id)
    name = f"pack:{desk.turn.fresh('pack')}"
    if place is not None:
        desk.post(place, building(desk, case, 0, len(DOCUMENTS), found), case=case.id, card=name)
    for number, form in enumerate(DOCUMENTS, 1):
        body = _body(desk, case, form)
        if place is not None:
            body["progress"] = {"place": place.id, "card": name, "step": number, "of": len(DOCUMENTS)}
        desk.make_document(case.id, body)
    desk.tell(desk.words("review.pack_ordered"))


def _body(desk: Desk, case: CaseRecord, form: str) -> dict[str, JSON]:
    written = newest(desk.snapshot, REPORT)
    draft = written.draft.id if written else ""
    return {"form": form, "case": case.id, "reference": case.reference, "draft": draft, "at": desk.turn.at.isoformat()}


def read_pack(desk: Desk, _said: Asked | None = None) -> None:
    """Show the pack one to one, as it stands. Reading it is recorded."""
    case = case_for(desk, "read_case")
    if case is None:
        return
    desk.note(chain(case), "pack_read", reference=case.reference)
    data = collate(sources(desk))
    title = desk.words("review.pack_title", reference=case.reference)
    for heading, blocks in _parts(desk, data):
        _say(desk, heading, blocks)
    files = offered(desk, *(file_button(desk, case.id, name) for name in (*DOCUMENTS, "agenda")))
    more = (*one_file_buttons(desk, case), *offered(desk, case_button(desk, "documents", case)))
    _say(desk, title, (*_services(desk, data), *gap_blocks(desk, gaps(sources(desk)))), (*files, *more))


def _say(desk: Desk, title: str, blocks: tuple[Block, ...], buttons: tuple[Button, ...] = ()) -> None:
    desk.say(Reply(card=Card(title=title, blocks=blocks, buttons=buttons), preview=desk.words("filling.preview")))


def _parts(desk: Desk, data: PackData) -> Iterator[tuple[str, tuple[Block, ...]]]:
    texts = {
        "summary": data.summary,
        **{f"voice:{child.name}": child.voice for child in data.children},
        "parents": data.voice_of_parents,
        "good_practice": data.good_practice,
        "learning": data.learning,
    }
    for name, said in texts.items():
        key, _, child = name.partition(":")
        heading = desk.words(f"review.part_{key}") + (f": {child}" if child else "")
        if said:
            yield heading, tuple(block for one in said for block in _attributed(desk, one))
    if data.actions:
        lines = tuple(
            (one.suggested_by, " · ".join(filter(None, (one.action, one.lead, one.deadline)))) for one in data.actions
        )
        yield desk.words("review.part_actions"), (Facts(lines),)


def _attributed(desk: Desk, one: Attributed) -> Iterator[Block]:
    if one.organisation:
        yield Paragraph(desk.words("review.says", organisation=one.organisation, date=one.returned_on), Style.QUIET)
    for start in range(0, len(one.text), PART):
        yield Paragraph(one.text[start : start + PART])


def _services(desk: Desk, data: PackData) -> tuple[Block, ...]:
    """Case summaries, nil returns, outstanding and not asked, each for itself."""
    groups = {
        "summaries": [one.organisation for one in data.summaries_from],
        "nil": [one.organisation for one in data.nil_returns],
        "outstanding": [one.organisation for one in data.outstanding],
        "not_asked": [one.organisation for one in data.not_asked],
    }
    none = desk.words("filling.none")
    return (Facts(tuple((desk.words(f"review.list_{name}"), ", ".join(names) or none) for name, names in groups.items())),)
