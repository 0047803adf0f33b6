"""A first template for any form, laid out from its definition: for records that the booklet has no page for.

A heading a section, the answers beside their labels, then a table for each question that has rows. What is asked once a
child stands under the child's own heading.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from templates.answers import Kind
from templates.documents import controls
from templates.documents.build import Builder, Control, Row
from templates.documents.data import CHILDREN
from templates.forms.model import Form, Question, Section
from templates.wording import Words

WIDTHS = {
    Kind.LONG_TEXT: 6.0,
    Kind.TEXT: 4.0,
    Kind.PERSON: 4.2,
    Kind.ORGANISATION: 3.6,
    Kind.DATE: 3.0,
    Kind.DATETIME: 3.2,
    Kind.YES_NO: 2.0,
}
WIDTH = 3.0
"""The share of a column whose kind is not listed."""
LABELLED = (5.6, 11.4)
NOT_LAID_OUT = (Kind.FIXED, Kind.FILE)
ROW = "row"
"""The column that names the rows of a table, such as the fact or the duty."""


class Look(msgspec.Struct, frozen=True, kw_only=True):
    """What a form's document says around its questions, as it is read.

    `about` has the answers of the document itself, as (name, label), in a table above the first section; `left_out` the ids
    of questions that stay out of it.
    """

    title: str
    subtitle: str = ""
    intro: str = ""
    about: tuple[tuple[str, str], ...] = ()
    left_out: frozenset[str] = frozenset()


def write(form: Form, words: Words, look: Look) -> Builder:
    """The whole document of a form."""
    made = _OfForm(form, words, look)
    made.front()
    for section in form.sections:
        made.section(section)
    return made.page


class _OfForm:
    """One document while it is laid out."""

    def __init__(self, form: Form, words: Words, look: Look) -> None:
        self.words, self.look = words, look
        self.page = Builder(form.form, form.version, look.title)

    def front(self) -> None:
        """The title, and what is said of the document itself."""
        self.page.furniture(self.words)
        self.page.line(self.look.title, "Title")
        if self.look.subtitle:
            self.page.line(self.look.subtitle, "Subtitle")
        about = self.words.say("documents_scoping.table_about")
        rows = [(label, self.page.about(name, label)) for name, label in self.look.about]
        if rows:
            self.page.answers(about, rows, LABELLED)
        if self.look.intro:
            self.page.line(self.look.intro, "Table Lead")

    def section(self, section: Section) -> None:
        """A heading, then the answers beside their labels, then a table for each question that has rows."""
        questions = [one for one in section.questions if self._is_printed(one)]
        if not questions:
            return
        self.page.heading(section.title, 1)
        if section.repeats:
            name = f"{CHILDREN}.1.{heading_of(section)}"
            self.page.heading(self.page.control(name, f"Child 1: heading of {section.title}"[: controls.LONGEST_TAG]), 2)
        plain = [one for one in questions if not one.columns]
        if plain:
            self._answers(section, plain)
        for number, question in enumerate([one for one in questions if one.columns]):
            if plain or number:
                # Two tables without a paragraph between them would be one table in Word.
                self.page.line(question.label, "Table Caption")
            self._rows(section, question)

    def _is_printed(self, question: Question) -> bool:
        return question.kind not in NOT_LAID_OUT and question.id not in self.look.left_out

    def _answers(self, section: Section, questions: Sequence[Question]) -> None:
        about = self.words.say("documents_scoping.table_of_answers", title=section.title)
        rows: list[Row] = [(one.label, self._control(section, one.id, one.label)) for one in questions]
        self.page.answers(about, rows, LABELLED, splits=any(one.kind is Kind.LONG_TEXT for one in questions))

    def _rows(self, section: Section, question: Question) -> None:
        columns = [*_named(question), *((one.id, one.label, WIDTHS.get(one.kind, WIDTH)) for one in question.columns)]
        short = question.label[:20].rstrip()
        row = [self._control(section, f"{question.id}.1.{name}", f"{short} row 1: {label}") for name, label, _ in columns]
        about = self.words.say("documents_scoping.table_of_rows", label=question.label)
        self.page.rows(about, [label for _, label, _ in columns], [row], [width for _, _, width in columns], splits=True)

    def _control(self, section: Section, name: str, alias: str) -> Control:
        prefix, of_child = (f"{CHILDREN}.1.", "Child 1: ") if section.repeats else ("", "")
        return self.page.control(f"{prefix}{name}", f"{of_child}{alias}"[: controls.LONGEST_TAG].rstrip())


def heading_of(section: Section) -> str:
    """The id of a child's heading in a section that is answered for each child."""
    return f"{section.id}_heading"


def _named(question: Question) -> Iterator[tuple[str, str, float]]:
    if question.kind is Kind.TABLE:
        yield ROW, question.label, WIDTHS[Kind.PERSON]
