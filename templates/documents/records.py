"""Any form's answers as the data of the document that `shape_form` lays out: a nil return, the record of the decision."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import chain

from state.records import AnswerRecord
from templates.answers import Kind
from templates.documents.answered import Answered, Row, Stamp, everything
from templates.documents.data import CHILDREN, Block, DocumentData
from templates.documents.shape_form import NOT_LAID_OUT, ROW, heading_of
from templates.forms.model import Form, Question, Section
from templates.wording import Words


class Record(Stamp, frozen=True, kw_only=True):
    """What stands around a record: `about` by name (`organisation`, `issue`, `version`), and what the assistant fills in.

    `filled` has the answers that nobody is asked, by path: `confirmed_at`, `children.1.advice`, `children.1.name` for a
    child's heading, `duties.inform_home_authority.applies`. `left_out` has the ids of questions that stay out.
    """

    about: Mapping[str, str] = {}
    filled: Mapping[str, str] = {}
    left_out: frozenset[str] = frozenset()


def record_data(
    form: Form,
    answers: Mapping[str, AnswerRecord],
    shown: Callable[[str], str],
    record: Record,
    words: Words,
    printed: Callable[[str], bool] = everything,
) -> DocumentData:
    """The document of a form from the newest answers by path; `shown` and `printed` as `Answered` has them."""
    made = _Record(form, record, answers, shown, words, printed)
    shared = [section for section in form.sections if not section.repeats]
    return DocumentData(
        form=form.form,
        number=form.document,
        reference=record.reference,
        edition=record.edition,
        generated_at=record.generated_at,
        marking=record.marking(words),
        about=record.about,
        answered_only=True,
        values={name: text for section in shared for name, text in made.values(section, "")},
        rows={name: rows for section in shared for name, rows in made.groups(section, "")},
        children=tuple(made.children()),
    )


class _Record(Answered):
    """The answers of one form while its document is put together."""

    def __init__(
        self,
        form: Form,
        record: Record,
        answers: Mapping[str, AnswerRecord],
        shown: Callable[[str], str],
        words: Words,
        printed: Callable[[str], bool],
    ) -> None:
        super().__init__(answers, shown, words, printed)
        self.form, self.record = form, record

    def text(self, path: str) -> str:
        """What the assistant filled in, or the answer as it is read."""
        return self.record.filled.get(path, "") or super().text(path)

    def _paths(self) -> Iterable[str]:
        return chain(self.answers, self.record.filled)

    def _questions(self, section: Section) -> Iterator[Question]:
        for question in section.questions:
            if question.kind not in NOT_LAID_OUT and question.id not in self.record.left_out:
                yield question

    def values(self, section: Section, prefix: str) -> Iterator[tuple[str, str]]:
        """The answers of a section that are no rows, by id."""
        for question in self._questions(section):
            if not question.columns:
                yield question.id, self.text(f"{prefix}{question.id}")

    def groups(self, section: Section, prefix: str) -> Iterator[tuple[str, tuple[Row, ...]]]:
        """The rows of a section, by the id of their question."""
        for question in self._questions(section):
            if question.kind is Kind.TABLE:
                yield question.id, self._table(question, f"{prefix}{question.id}")
            elif question.columns:
                yield question.id, self._rows(question, f"{prefix}{question.id}")

    def _rows(self, question: Question, path: str) -> tuple[Row, ...]:
        """The rows; where there should be some and are none, the record says so."""
        columns = [column.id for column in question.columns]
        rows = self.rows(path, columns)
        if rows or question.need == "optional" or not self.printed(path):
            return rows
        return ({columns[0]: self.words.say("documents_scoping.none_recorded")},)

    def _table(self, question: Question, path: str) -> tuple[Row, ...]:
        """The rows of a table in which something was answered, each with its name."""
        found = []
        for option in question.rows if isinstance(question.rows, list) else ():
            cells = {column.id: self.text(f"{path}.{option.id}.{column.id}") for column in question.columns}
            if any(cells.values()):
                found.append({ROW: option.label, **cells})
        return tuple(found)

    def children(self) -> Iterator[Block]:
        """A block a child, in order."""
        sections = [section for section in self.form.sections if section.repeats]
        numbers = self.numbers(CHILDREN) if sections else []
        for place, number in enumerate(numbers, 1):
            name = self.text(f"{CHILDREN}.{number}.name")
            heading = self.heading(name, place, len(numbers)) or name
            prefix = f"{CHILDREN}.{number}."
            values = {name: text for section in sections for name, text in self.values(section, prefix)}
            rows = {name: rows for section in sections for name, rows in self.groups(section, prefix)}
            yield Block(values={**values, **{heading_of(section): heading for section in sections}}, rows=rows)
