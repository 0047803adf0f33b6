"""Returns as appendices: headings and tables written straight into the XML, in one pass, linear in rows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from docx.document import Document
from docx.oxml.ns import qn
from lxml import etree

from templates.documents.pack_data import Appendix, Grid, Section
from templates.documents.styles import HEAD_FILL, LABEL_FILL, WIDTH
from templates.documents.text import Element, by_direction, clean, direct_paragraph, runs
from templates.wording import Words

TWIPS = 1440 / 2.54
"""In a centimetre."""
LABELS = (4.5, 12.5)
SHORT = 600
"""A row with fewer letters stays on one page."""
FAIR, ROOM = 60, 9
"""Letters of a cell that count for the width of its column, and the room that every column gets."""
_VAL, _W = qn("w:val"), qn("w:w")


def append_returns(document: Document, returns: Sequence[Appendix], words: Words) -> None:
    """Put each return after the last page, with a heading of its own on a new page."""
    styles = {str(style.name): str(style.style_id) for style in document.styles}
    end = document.element.body[-1]
    for number, one in enumerate(returns, 1):
        for element in _Return(styles, words).of(one, number):
            end.addprevious(element)


class _Return:
    """One return while it is written."""

    def __init__(self, styles: Mapping[str, str], words: Words) -> None:
        self.styles, self.words, self.made = styles, words, list[Element]()

    def of(self, one: Appendix, number: int) -> list[Element]:
        """The elements of the whole return."""
        say = self.words.say
        heading = say("documents_review.return_heading", number=number, organisation=one.organisation)
        self._heading(heading, 1, new_page=True)
        nothing = say("documents_review.not_recorded")
        about = (
            (say("documents_review.returned_on"), one.returned_on or nothing),
            (say("documents_review.version"), one.version or nothing),
            (say("documents_review.prepared_by"), one.by or nothing),
            (say("documents_review.signed_off_by"), one.signed_off_by or nothing),
        )
        self._labelled(say("documents_review.table_return"), about)
        for section in one.sections:
            self._section(section, heading)
        return self.made

    def _section(self, section: Section, heading: str) -> None:
        if section.heading.strip():
            self._heading(section.heading, 2)
        name = section.heading.strip() or heading
        if section.answers:
            if not section.heading.strip():
                self._line(name, "Table Caption")
            about = self.words.say("documents_review.table_answers", heading=_one_line(name))
            self._labelled(about, [(answer.label, answer.text) for answer in section.answers])
        for grid in section.tables:
            self._grid(grid, grid.heading.strip() or name)

    def _grid(self, grid: Grid, heading: str) -> None:
        self._line(heading, "Table Caption")
        about = self.words.say("documents_review.table_rows", heading=_one_line(heading))
        table = self._table(about, _widths(grid), first_row=True)
        self._row(table, grid.columns, head=True)
        empty = (self.words.say("documents_review.no_rows"), *("" for _ in grid.columns[1:]))
        for row in grid.rows or (empty,):
            self._row(table, row)

    def _labelled(self, about: str, pairs: Iterable[tuple[str, str]]) -> None:
        table = self._table(about, LABELS, first_row=False)
        for pair in pairs:
            self._row(table, pair, label=True)

    def _heading(self, text: str, level: int, *, new_page: bool = False) -> None:
        properties = self._line(text, f"Heading {level}")
        if new_page:
            etree.SubElement(properties, qn("w:pageBreakBefore"))

    def _line(self, text: str, style: str) -> Element:
        paragraph = etree.Element(qn("w:p"))
        self.made.append(paragraph)
        properties = self._styled(paragraph, style)
        paragraph.extend(runs(_one_line(text), None))
        return properties

    def _styled(self, paragraph: Element, style: str) -> Element:
        properties = etree.SubElement(paragraph, qn("w:pPr"))
        if style in self.styles:
            etree.SubElement(properties, qn("w:pStyle")).set(_VAL, self.styles[style])
        return properties

    def _table(self, about: str, widths: Sequence[float], *, first_row: bool) -> Element:
        table = etree.Element(qn("w:tbl"))
        self.made.append(table)
        properties = etree.SubElement(table, qn("w:tblPr"))
        etree.SubElement(properties, qn("w:tblStyle")).set(_VAL, self.styles.get("Table Grid", "TableGrid"))
        _width(properties, "w:tblW", sum(widths))
        etree.SubElement(properties, qn("w:tblLayout")).set(qn("w:type"), "fixed")
        look = etree.SubElement(properties, qn("w:tblLook"))
        look.set(_VAL, "0620" if first_row else "0680")
        for name, on in (("firstRow", first_row), ("firstColumn", not first_row)):
            look.set(qn(f"w:{name}"), "1" if on else "0")
        etree.SubElement(properties, qn("w:tblDescription")).set(_VAL, about)
        grid = etree.SubElement(table, qn("w:tblGrid"))
        for width in widths:
            etree.SubElement(grid, qn("w:gridCol")).set(_W, _twips(width))
        return table

    def _row(self, table: Element, texts: Sequence[str], *, head: bool = False, label: bool = False) -> None:
        row = etree.SubElement(table, qn("w:tr"))
        properties = etree.SubElement(row, qn("w:trPr"))
        if head or sum(map(len, texts)) < SHORT:
            etree.SubElement(properties, qn("w:cantSplit"))
        if head:
            etree.SubElement(properties, qn("w:tblHeader"))
        widths = [column.get(_W) for column in table[1]]
        for place, (text, width) in enumerate(zip(texts, widths, strict=True)):
            fill = HEAD_FILL if head else LABEL_FILL if label and not place else ""
            self._cell(etree.SubElement(row, qn("w:tc")), text, str(width), fill)

    def _cell(self, cell: Element, text: str, width: str, fill: str) -> None:
        properties = etree.SubElement(cell, qn("w:tcPr"))
        size = etree.SubElement(properties, qn("w:tcW"))
        size.set(_W, width)
        size.set(qn("w:type"), "dxa")
        if fill:
            shade = etree.SubElement(properties, qn("w:shd"))
            for name, value in (("val", "clear"), ("color", "auto"), ("fill", fill)):
                shade.set(qn(f"w:{name}"), value)
        for piece in by_direction(clean(text)):
            paragraph = etree.SubElement(cell, qn("w:p"))
            self._styled(paragraph, "Table Label" if fill else "Table Answer")
            paragraph.extend(runs(piece, None))
            direct_paragraph(paragraph, piece)


def _one_line(text: str) -> str:
    return " ".join(clean(text).split())


def _twips(width: float) -> str:
    return str(round(width * TWIPS))


def _width(properties: Element, name: str, width: float) -> None:
    size = etree.SubElement(properties, qn(name))
    size.set(_W, _twips(width))
    size.set(qn("w:type"), "dxa")


def _widths(grid: Grid) -> list[float]:
    """Wider columns for longer texts, with room in each for its longest word."""
    shares = [_share([head, *(row[place] for row in grid.rows)]) for place, head in enumerate(grid.columns)]
    return [share * WIDTH / sum(shares) for share in shares]


def _share(texts: Sequence[str]) -> float:
    word = max((len(word) for text in texts for word in text[: FAIR * 4].split()), default=0)
    usual = sum(min(len(text), FAIR) for text in texts) / len(texts)
    return ROOM + max(usual, 1.3 * min(word, 20))
