"""A filled form, read: which one it is, what it says, and what a person has to look at."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from templates.documents.reading.answers import said_in_line
from templates.documents.reading.collecting import Collected
from templates.documents.reading.grid import Pages, pages_of
from templates.documents.reading.inline import Text, boxes_in, tracked_in
from templates.documents.reading.layout import Layout
from templates.documents.reading.lines import read_lines
from templates.documents.reading.matching import sheets_of
from templates.documents.reading.package import Opened, open_word
from templates.documents.reading.result import FormRead
from templates.documents.reading.sheets import read_sheets
from templates.documents.text import Element

ITSELF = "document."
LEAST_LABELS = 4
SHARE_OF_LABELS = 0.3
"""So many of a form's labels have to be there, and this share of them, before a document without tags is taken for it."""


def read_form(content: bytes, layouts: Mapping[str, Layout]) -> FormRead:
    """What a document says, whatever happened to it in Word or elsewhere.

    Raises NotReadable for what is no Word document, is broken, or is more than a form can be.
    """
    opened = open_word(content)
    body, furniture = pages_of([opened.body]), pages_of(opened.furniture)
    tags = [control.tag for text in _texts(body, furniture) for control in text.controls if control.tag]
    form, version = _which(opened.identifier, tags, body, layouts)
    collected = Collected()
    if form in layouts:
        read_sheets(sheets_of(body.tables, layouts[form]), layouts[form], collected)
        read_lines(body, furniture, layouts[form], collected)
    _strays(_texts(body, furniture), layouts.get(form), collected)
    return FormRead(
        form=form,
        version=version,
        tags=collected.tags,
        how="tags" if tags else "labels",
        doubts=collected.settled(),
        missing=tuple(collected.missing),
        tracked=any(tracked_in(root) for root in _roots(opened)),
        comments=opened.comments,
        boxes=any(boxes_in(root) for root in _roots(opened)),
    )


def _roots(opened: Opened) -> tuple[Element, ...]:
    return (opened.body, *opened.furniture)


def _texts(*pages: Pages) -> Iterator[Text]:
    for page in pages:
        yield from page.lines
        yield from (cell.text for table in page.tables for row in table.rows for cell in row.cells)


def _which(identifier: str, tags: Iterable[str], body: Pages, layouts: Mapping[str, Layout]) -> tuple[str, int]:
    """The form that the document says it is, else that of most tags, else that of most labels."""
    form, _, version = identifier.partition("/")
    if form in layouts:
        return form, int(version) if version.isdecimal() and len(version) < 6 else 0
    counted = Counter(tag.partition(".")[0] for tag in tags if not tag.startswith(ITSELF))
    named = next((form for form, _ in counted.most_common() if form in layouts), "")
    return named or _by_labels(body, layouts), 0


def _by_labels(body: Pages, layouts: Mapping[str, Layout]) -> str:
    there = {cell.label for table in body.tables for row in table.rows for cell in row.cells}
    there.update(line for table in body.tables for line in table.above)
    found = {form: len(layout.labels & there) for form, layout in layouts.items()}
    shares = {form: hits / len(layouts[form].labels) for form, hits in found.items() if hits >= LEAST_LABELS}
    best = max(shares, key=lambda form: (shares[form], found[form]), default="")
    return best if best and shares[best] >= SHARE_OF_LABELS else ""


def _strays(texts: Iterable[Text], layout: Layout | None, collected: Collected) -> None:
    """Controls with a tag that stand where nobody looks for them."""
    for text in texts:
        for control in text.controls:
            if control.tag and id(control) not in collected.read:
                place = layout.find(control.tag) if layout is not None else None
                collected.stray(control, place, said_in_line(control, place.slot if place else None))
