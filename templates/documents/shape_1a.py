"""Document 1a: Referral Form, laid out as in the booklet, with its defects put right.

Put right: the criteria are in the appendix that the form names; it goes to the partnership's mailbox; "SCR" is out; Known and
Suspected have a box each; Not known has a column; ethnic origin has the groups that were missing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import zip_longest

import msgspec

from templates.documents.build import Builder, Control, keep_together
from templates.documents.controls import Kind, P
from templates.wording import Words

FORM, VERSION = "referral", 1
CHILD = "children.1"
ACROSS = 3
"""Groups of ethnic origin side by side."""


class Group(msgspec.Struct, frozen=True):
    """One column of the ethnic origin grid: its heading, and its options as (id, label)."""

    heading: str
    options: tuple[tuple[str, str], ...]


def write(words: Words, groups: Sequence[Group]) -> Builder:
    """The whole document. `words` holds the booklet's own text too; `groups` are the profile's, (A) to (F)."""
    title = f"{_booklet(words, 'title')} – {_booklet(words, 'subtitle')}"
    page = Builder(FORM, VERSION, title)
    page.furniture(words)
    page.line(_booklet(words, "title"), "Title")
    page.line(_booklet(words, "subtitle"), "Subtitle")
    page.line(page.control("check_criteria", "Check the criteria"))
    page.line(_booklet(words, "send_to"), then=page.control("send_to", "Where to send it"))
    for section in (_referrer, _child):
        section(page, words)
    _ethnicity(page, words, groups)
    for section in (_faith, _family, _criteria, _events, _other, _appendix):
        section(page, words)
    return page


def _booklet(words: Words, name: str) -> str:
    return words.say(f"document_1a.{name}")


def _referrer(page: Builder, words: Words) -> None:
    page.heading(_booklet(words, "section_1"), 1)
    pairs = (("name", "email"), ("role", "telephone"), ("agency", "date_submitted"))
    rows = []
    for pair in pairs:
        cells: list[str | Control] = []
        for name in pair:
            label = _booklet(words, name)
            tag = name if name == "date_submitted" else f"referrer_{name}"
            cells += [label, page.control(tag, f"Referrer: {label.rstrip(':')}")]
        rows.append(cells)
    page.answers(words.say("documents.table_referrer"), rows, (2.2, 5.5, 3.2, 6.1))


def _child(page: Builder, words: Words) -> None:
    page.heading(_booklet(words, "section_2"), 1)
    page.heading(page.control(f"{CHILD}.heading", "Child 1: heading"), 2)
    pairs = (
        (("child_name", f"{CHILD}.name"), ("date_of_birth", f"{CHILD}.date_of_birth")),
        (("address", f"{CHILD}.address"), ("incident_date", "incident_date")),
        (("carer", f"{CHILD}.carer"), ("incident_location", "incident_location")),
    )
    rows = [[cell for pair in row for cell in _answer(page, words, *pair)] for row in pairs]
    page.answers(words.say("documents.table_child"), rows, (2.6, 5.4, 3.6, 5.4))


def _answer(page: Builder, words: Words, label: str, tag: str) -> tuple[str, Control]:
    text = _booklet(words, label)
    prefix = "Child 1: " if tag.startswith(CHILD) else "For child 1: "
    return text, page.control(tag, prefix + text.rstrip(":"))


def _ethnicity(page: Builder, words: Words, groups: Sequence[Group]) -> None:
    for start in range(0, len(groups), ACROSS):
        three = groups[start : start + ACROSS]
        page.line(words.say("documents.continued") if start else _booklet(words, "ethnic_origin"), "Table Caption")
        rows = list(zip_longest(*(list(_boxes(page, words, group)) for group in three), fillvalue=""))
        headings = [group.heading for group in three]
        keep_together(page.rows(words.say("documents.table_ethnicity"), headings, rows, (1,) * len(three)))


def _boxes(page: Builder, words: Words, group: Group) -> Iterator[str | Control | tuple[Control, str]]:
    for name, label in group.options:
        yield page.control(f"{CHILD}.ethnicity.{name}", f"Child 1: ethnic origin, {label}"[:64], Kind.TICK), label
    if any(name == "other" for name, _ in group.options):
        yield words.say("documents.specify")
        yield page.control(f"{CHILD}.ethnicity_other", "Child 1: ethnic origin, please specify")
    if any(name == "not_declared" for name, _ in group.options):
        tick = page.control(f"{CHILD}.ethnicity.not_known", "Child 1: ethnic origin, not known", Kind.TICK)
        yield tick, words.say("documents.not_known")


def _faith(page: Builder, words: Words) -> None:
    page.line(f"{_booklet(words, 'faith')[:-1]} and {_booklet(words, 'disability').lower()}", "Table Caption")
    row = [cell for name in ("faith", "disability") for cell in _faith_cell(page, words, name)]
    page.answers(words.say("documents.table_faith"), [row], (2.6, 5.4, 2.6, 6.4))


def _faith_cell(page: Builder, words: Words, name: str) -> tuple[str, Control]:
    label = _booklet(words, name)
    tag = "religion" if name == "faith" else name
    return label, page.control(f"{CHILD}.{tag}", f"Child 1: {label[:-1]}")


def _family(page: Builder, words: Words) -> None:
    page.heading(_booklet(words, "section_3"), 1)
    columns = ("name", "relationship", "date_of_birth", "address", "ethnicity")
    _grow(page, words, "family", columns, (3.4, 2.9, 2.8, 4.5, 3.4))


def _grow(page: Builder, words: Words, group: str, columns: Sequence[str], widths: Sequence[float]) -> None:
    """A table of which one row is cloned for each answer."""
    labels = [_booklet(words, f"{group}_{column}") for column in columns]
    row = [_cell(page, words, group, column, label) for column, label in zip(columns, labels, strict=True)]
    page.rows(words.say(f"documents.table_{group}"), labels, [row], widths)


def _cell(page: Builder, words: Words, group: str, column: str, label: str) -> Control:
    options = [*(_booklet(words, name) for name in ("yes", "no")), words.say("documents.not_known")]
    yes_no = column == "still_involved"
    alias = f"{group.capitalize()} row 1: {label}"
    return page.control(f"{group}.1.{column}", alias, Kind.DROPDOWN if yes_no else Kind.RICH, options if yes_no else ())


def _criteria(page: Builder, words: Words) -> None:
    page.heading(_booklet(words, "section_4"), 1)
    page.line(_booklet(words, "criteria"), "Table Lead")
    page.heading(page.control(f"{CHILD}.criteria_heading", "Child 1: heading of the criteria"), 2)
    head = [*(_booklet(words, name) for name in ("criterion", "yes", "no")), words.say("documents.not_known")]
    harm = page.control(f"{CHILD}.harm_description", f"Child 1: {words.say('documents.harm').lower()}", Kind.RICH)
    rows: list[Sequence[str | Control | tuple[Control, str]]] = [
        _yes_no(page, words, f"{CHILD}.deceased", "deceased"),
        _yes_no(page, words, f"{CHILD}.seriously_harmed", "seriously_harmed"),
        [harm, "", "", ""],
        *_abuse(page, words),
        _yes_no(page, words, "agencies_concern", "agencies_concern"),
    ]
    table = page.rows(words.say("documents.table_criteria"), head, rows, (9.6, 2.9, 1.9, 2.6), splits=True)
    table.cell(3, 0).merge(table.cell(3, 3))
    for column in (0, 2, 3):
        table.cell(4, column).merge(table.cell(5, column))
    for row in table.rows:
        for cell in row._tr.tc_lst:
            _drop_spare_paragraphs(cell)
    keep_together(table)


def _drop_spare_paragraphs(cell: Control) -> None:
    """Merging leaves the paragraphs of the cells that went."""
    for spare in list(cell.iterchildren(P))[1:]:
        cell.remove(spare)


def _yes_no(page: Builder, words: Words, tag: str, label: str) -> list[str | Control]:
    text = _booklet(words, label)
    return [text, *(_tick(page, tag, answer) for answer in ("yes", "no", "not_known"))]


def _tick(page: Builder, tag: str, answer: str) -> Control:
    prefix = "Child 1: " if tag.startswith(CHILD) else "For child 1: "
    what = f"{tag.rpartition('.')[2]}, {answer}".replace("_", " ")
    return page.control(f"{tag}.{answer}", prefix + what, Kind.TICK)


def _abuse(page: Builder, words: Words) -> Iterator[Sequence[str | Control | tuple[Control, str]]]:
    tag = f"{CHILD}.abuse_or_neglect"
    known, suspected = (_tick(page, tag, answer) for answer in ("known", "suspected"))
    text = _booklet(words, "abuse_or_neglect")
    yield text, (known, words.say("documents.known")), _tick(page, tag, "none"), _tick(page, tag, "not_known")
    yield "", (suspected, words.say("documents.suspected")), "", ""


def _events(page: Builder, words: Words) -> None:
    heading = _booklet(words, "section_5")
    page.heading(heading, 1)
    page.line(words.say("documents.events"), "Table Lead")
    summary = page.control("summary", "Summary of events", Kind.RICH)
    page.rows(words.say("documents.table_events"), [heading.partition(" ")[2]], [[summary]], (1,), splits=True)


def _other(page: Builder, words: Words) -> None:
    page.heading(_booklet(words, "section_6"), 1)
    page.line(_booklet(words, "agencies"), "Table Lead")
    columns = ("name", "agency", "contact_details", "still_involved")
    _grow(page, words, "agencies", columns, (4.2, 4.4, 5.2, 3.2))
    page.line(words.say("documents.processes"), "Table Lead")
    _grow(page, words, "processes", ("process", "current_status"), (7, 10))


def _appendix(page: Builder, words: Words) -> None:
    page.heading(words.say("documents.appendix"), 1)
    page.line(words.say("documents.appendix_source"))
    for part, count in (("when", 2), ("what", 3)):
        page.heading(words.say(f"document_1_criteria.{part}_heading"), 2)
        for number in range(1, count + 1):
            page.line(words.say(f"document_1_criteria.{part}_{number}"))
