"""The documents of a case on one card: what there is, in which version, and how to open it or have a copy."""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from dialogs.answers.scope import own_requests, refuse, sees_case
from dialogs.casework.common import chain
from dialogs.desk import Desk
from dialogs.giving.listed import Asked, is_newest, narrowed, said_of, theirs, title_of
from dialogs.giving.lying import link_of
from dialogs.giving.offer import GET, file_name
from dialogs.giving.one_file import one_file_buttons
from dialogs.reply import Block, Button, Card, Facts, Link, Paragraph, Reply, Style
from dialogs.turn import Press, Text
from state.access import Access
from state.file_records import FileRecord
from state.records import CaseRecord

DOCUMENTS = "documents"
MOST = 6
"""Links and buttons together on one card."""
AROUND = 2
"""Of them, those that lead on: to the next page, and to copies."""
WORDS = re.compile(r"\w+")
LONGEST = 200
"""Characters that a button can carry."""


def documents(desk: Desk, press: Press | None = None) -> None:
    """Show them, one to one. That they were shown is recorded."""
    case, asked = desk.snapshot.case, _asked(desk, press)
    if case is None or not _knows(desk, case):
        may_not = case is not None and desk.may("see_reference", case=case) is Access.YES
        return refuse(desk, "read_case", desk.words("access.not_this_case") if may_not else "")
    if not desk.private:
        return desk.tell(desk.words("giving.documents_one_to_one"))
    desk.note(chain(case), "documents_read", reference=case.reference)
    files = theirs(desk)
    found = narrowed(desk, files, asked)
    if not files:
        return desk.tell(desk.words("giving.no_documents", reference=case.reference))
    if not found:
        return desk.say(_reply(desk, case, files, Asked(), desk.words("giving.none_of_those")))
    return desk.say(_reply(desk, case, found, asked, _no_pdf(desk)))


def _no_pdf(desk: Desk) -> str:
    """Where somebody typed for a PDF and none can be made, they are told why, and what to do."""
    said = desk.turn.said
    typed = isinstance(said, Text) and "pdf" in WORDS.findall(said.text.casefold())
    return desk.words("giving.no_office") if typed and not desk.kit.prints else ""


def _knows(desk: Desk, case: CaseRecord) -> bool:
    """Who reads the case, is asked about it, or sent its referral."""
    reads = desk.may("read_case", case=case) is Access.YES or (sees_case(desk, case) and bool(theirs(desk)))
    return reads or bool(own_requests(desk)) or desk.may("see_own_referral", case=case) is Access.YES


def _asked(desk: Desk, press: Press | None) -> Asked:
    if press is None:
        slots = desk.meant.slots
        return Asked(slots.kind, slots.organisation, slots.agency)
    try:
        return msgspec.json.decode(press.at, type=Asked) if press.at else Asked()
    except msgspec.DecodeError:
        return Asked()


def _reply(desk: Desk, case: CaseRecord, found: Sequence[FileRecord], asked: Asked, before: str) -> Reply:
    start = asked.skip if 0 <= asked.skip < len(found) else 0
    one_file = () if start or asked.copies else one_file_buttons(desk, case)
    most = MOST - AROUND - len(one_file)
    shown = list(enumerate(found, 1))[start : start + most]
    links = {} if asked.copies else {number: link for number, file in shown if (link := _link(desk, number, file))}
    copies = tuple(_copy(desk, case, number, file) for number, file in shown if number not in links and is_newest(desk, file))
    on = [_turned(desk, case, "copies_instead", asked, copies=True, skip=start)] if links else []
    if start + most < len(found):
        on.append(_turned(desk, case, "more_documents", asked, skip=start + most))
    lines = Facts(tuple((f"{number}. {title_of(desk, file)}", said_of(desk, file)) for number, file in shown))
    card = Card(
        title=desk.words("giving.documents_title", reference=case.reference),
        blocks=(*((Paragraph(before),) if before else ()), lines, *_about(desk, links)),
        links=tuple(links.values()),
        buttons=(*copies, *one_file, *on),
    )
    return Reply(card=card, preview=desk.words("filling.preview"))


def _about(desk: Desk, links: object) -> tuple[Block, ...]:
    return (Paragraph(desk.words("giving.link_means"), Style.QUIET),) if links else ()


def _numbered(desk: Desk, number: int, file: FileRecord) -> str:
    return desk.words("giving.numbered", number=number, file=file_name(desk, file.what))


def _link(desk: Desk, number: int, file: FileRecord) -> Link | None:
    return link_of(desk, file, _numbered(desk, number, file))


def _copy(desk: Desk, case: CaseRecord, number: int, file: FileRecord) -> Button:
    label = desk.words("buttons.get_file", file=_numbered(desk, number, file))
    return Button(action=GET, label=label, target=case.id, at=file.what)


def _turned(desk: Desk, case: CaseRecord, name: str, asked: Asked, **other: object) -> Button:
    """The same list from another place, or with copies. What is too long to be carried is left out: then it is all of it."""
    label, on = desk.words(f"buttons.{name}"), msgspec.structs.replace(asked, **other)
    at = msgspec.json.encode(on).decode()
    if len(at) > LONGEST:
        at = msgspec.json.encode(Asked(kind=on.kind, copies=on.copies, skip=on.skip)).decode()
    return Button(action=DOCUMENTS, label=label, target=case.id, at=at)
