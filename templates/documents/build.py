"""What a first template is built of: headings, lines, label-and-answer tables, tables with rows, a header and a footer."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

import docx
from docx.document import Document
from docx.oxml.ns import qn
from docx.oxml.text.paragraph import CT_P
from docx.shared import Cm
from docx.table import Table, _Cell, _Row
from docx.text.paragraph import Paragraph
from lxml import etree

from templates.documents import controls
from templates.documents.controls import Kind
from templates.documents.styles import HEAD_FILL, LABEL_FILL, WIDTH, set_up
from templates.documents.text import Element
from templates.wording import Words

Control = Element
Part = str | Control
Row = Sequence["Part | tuple[Part, ...]"]
"""The cells of a row: each a text, a control, or several of them on one line."""


class Builder:
    """Writes one document from top to bottom."""

    def __init__(self, form: str, version: int, title: str) -> None:
        self.form = form
        self.document: Document = docx.Document()
        for element in list(self.document.element.body)[:-1]:
            self.document.element.body.remove(element)
        set_up(self.document)
        self._describe(title, f"{form}/{version}")

    def _describe(self, title: str, identifier: str) -> None:
        about = self.document.core_properties
        about.title, about.identifier, about.author, about.comments = title, identifier, "CSPR Assistant", ""
        about.last_modified_by = "CSPR Assistant"
        for date in ("created", "modified"):
            for element in about._element.findall(f"{{http://purl.org/dc/terms/}}{date}"):
                about._element.remove(element)

    def control(self, name: str, alias: str, kind: Kind = Kind.RICH, options: Sequence[str] = (), prompt: str = "") -> Control:
        """A control of this form. `name` is the part of the tag after the form's id; `prompt` shows while it is empty."""
        return controls.make(f"{self.form}.{name}", alias, kind, options, prompt)

    def about(self, name: str, alias: str, prompt: str = "") -> Control:
        """A control for what the document says of itself, such as the issue of a request."""
        return controls.make("document." + name, alias.rstrip(":"), prompt=prompt)

    def line(self, text: str | Control, style: str = "Normal", then: Control | None = None) -> Paragraph:
        """A paragraph: a text or a control, and a control after it."""
        paragraph = self.document.add_paragraph(style=style)
        _put(paragraph, text)
        if then is not None:
            paragraph.add_run(" ")
            paragraph._p.append(then)
        return paragraph

    def heading(self, text: str | Control, level: int) -> None:
        """A real heading."""
        self.line(text, f"Heading {level}")

    def answers(self, about: str, rows: Sequence[Row], widths: Sequence[float], *, splits: bool = False) -> None:
        """Labels on the left of each answer: texts are labels, controls are answers; `splits` as for `rows`."""
        table = self._table(about, widths, first_row=False)
        for cells in rows:
            self._row(table, cells, splits=splits)
        if not splits:
            keep_together(table)

    def rows(
        self, about: str, head: Sequence[str], rows: Sequence[Row], widths: Sequence[float], *, splits: bool = False
    ) -> Table:
        """A table with a header row that is marked as one and repeated on each page; `splits` lets a row go over two pages."""
        table = self._table(about, widths, first_row=True)
        self._head(table, head)
        for cells in rows:
            self._row(table, cells, splits=splits, labels=False)
        return table

    def _table(self, about: str, widths: Sequence[float], *, first_row: bool) -> Table:
        table: Table = self.document.add_table(rows=0, cols=len(widths), style="Table Grid")
        table.autofit = False
        for column, width in zip(table.columns, _scaled(widths), strict=True):
            column.width = Cm(width)
        properties = table._tbl.tblPr
        look = properties.find(qn("w:tblLook"))
        if look is None:
            look = etree.SubElement(properties, qn("w:tblLook"))
        look.attrib.clear()
        look.set(qn("w:val"), "0620" if first_row else "0680")
        for name, on in (("firstRow", first_row), ("firstColumn", not first_row)):
            look.set(qn(f"w:{name}"), "1" if on else "0")
        etree.SubElement(properties, qn("w:tblDescription")).set(qn("w:val"), about)
        return table

    def _head(self, table: Table, head: Sequence[str]) -> None:
        row: _Row = table.add_row()  # type: ignore[no-untyped-call]
        _row_flags(row, "cantSplit", "tblHeader")
        for cell, text in zip(row.cells, head, strict=True):
            shade(cell, HEAD_FILL)
            paragraph = _style(cell, "Table Label")
            paragraph.paragraph_format.keep_with_next = True
            paragraph.add_run(text)

    def _row(self, table: Table, cells: Row, *, splits: bool = False, labels: bool = True) -> None:
        row: _Row = table.add_row()  # type: ignore[no-untyped-call]
        if not splits:
            _row_flags(row, "cantSplit")
        for cell, what in zip(row.cells, cells, strict=True):
            label = labels and isinstance(what, str)
            if label and what:
                shade(cell, LABEL_FILL)
            paragraph = _style(cell, "Table Label" if label else "Table Answer")
            _put(paragraph, what)

    def furniture(self, words: Words) -> None:
        """The marking above, the reference, edition and page number below."""
        section = self.document.sections[0]
        header = section.header.paragraphs[0]
        header.alignment = 1
        header._p.append(controls.make("document.marking", "Marking"))
        first, second = section.footer.paragraphs[0], section.footer.add_paragraph()
        for paragraph in (first, second):
            paragraph.style = self.document.styles["Footer"]
            paragraph.paragraph_format.tab_stops.add_tab_stop(Cm(WIDTH), 2)
        _labelled(first, words.say("documents.reference"), "document.reference", "Reference")
        first.add_run("\t" + words.say("documents.page") + " ")
        _field(first, "PAGE")
        first.add_run(" " + words.say("documents.of") + " ")
        _field(first, "NUMPAGES")
        _labelled(second, words.say("documents.edition"), "document.edition", "Guidance")
        second.add_run("\t")
        _labelled(second, words.say("documents.made"), "document.generated_at", "Made")


def keep_together(table: Table) -> None:
    """Keep a short table on one page: every row with the next one."""
    for row in table.rows[:-1]:
        for paragraph in row._tr.iter(qn("w:p")):
            Paragraph(cast("CT_P", paragraph), table).paragraph_format.keep_with_next = True


def shade(cell: _Cell, fill: str) -> None:
    """Give a cell a background."""
    properties = cell._tc.get_or_add_tcPr()
    made = etree.SubElement(properties, qn("w:shd"))
    for name, value in (("val", "clear"), ("color", "auto"), ("fill", fill)):
        made.set(qn(f"w:{name}"), value)


def _scaled(widths: Sequence[float]) -> list[float]:
    return [width * WIDTH / sum(widths) for width in widths]


def _put(paragraph: Paragraph, what: Part | tuple[Part, ...]) -> None:
    for number, part in enumerate(what if isinstance(what, tuple) else (what,)):
        if not isinstance(part, str):
            if number:
                paragraph.add_run(" ")
            paragraph._p.append(part)
        elif part:
            paragraph.add_run(f" {part}" if number else part)


def _style(cell: _Cell, name: str) -> Paragraph:
    paragraph: Paragraph = cell.paragraphs[0]
    paragraph.style = name
    return paragraph


def _row_flags(row: _Row, *names: str) -> None:
    properties = row._tr.get_or_add_trPr()
    for name in names:
        etree.SubElement(properties, qn(f"w:{name}"))


def _labelled(paragraph: Paragraph, label: str, tag: str, alias: str) -> None:
    paragraph.add_run(label + " ")
    paragraph._p.append(controls.make(tag, alias))


def _field(paragraph: Paragraph, code: str) -> None:
    field = etree.SubElement(paragraph._p, qn("w:fldSimple"))
    field.set(qn("w:instr"), code)
    etree.SubElement(etree.SubElement(field, qn("w:r")), qn("w:t")).text = "1"
