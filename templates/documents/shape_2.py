"""Document 2: Initial Scoping and Information Sharing, laid out as in the booklet.

Put right: the form says where to return it. Added: who lived at an address, relationships, and a last part on how records
were kept safe. The form serves twice: with section 1 filled in, when it is sent, and whole, when it comes back.
"""

from __future__ import annotations

from collections.abc import Sequence

from templates.documents import controls
from templates.documents.build import Builder, Control, Part, Row
from templates.documents.controls import Kind
from templates.documents.scoping import AGENCIES, FORM, NAMED, ROWS
from templates.wording import Words

VERSION = 1
CHILD = "children.1"
LABELLED = (5.2, 11.8)
ALIAS = controls.LONGEST_TAG


def write(words: Words) -> Builder:
    """The whole document. `words` holds the booklet's own text too."""
    return _Document2(words).write()


class _Document2:
    """The document while it is laid out."""

    def __init__(self, words: Words) -> None:
        self.words = words
        self.page = Builder(FORM, VERSION, f"{self._booklet('title')}: {self._booklet('subtitle')}")
        self.yes_no = (*(words.say(f"answers.{name}") for name in ("yes", "no")), words.say("answers.not_known"))

    def write(self) -> Builder:
        """Every part in order."""
        self.page.furniture(self.words)
        self.page.line(self._booklet("title"), "Title")
        self.page.line(self._booklet("subtitle"), "Subtitle")
        self._request()
        for section in (self._family, self._involvement, self._interagency, self._analysis, self._assurance):
            section()
        return self.page

    def _booklet(self, name: str) -> str:
        return self.words.say(f"document_2.{name}")

    def _own(self, name: str) -> str:
        return self.words.say(f"documents_scoping.{name}")

    def _rich(self, name: str, alias: str) -> Control:
        return self.page.control(name, alias.rstrip(":")[:ALIAS], prompt=self._own("type_here"))

    def _choice(self, name: str, alias: str) -> Control:
        prompt = self._own("choose")
        return self.page.control(name, alias.rstrip(":")[:ALIAS], Kind.DROPDOWN, self.yes_no, prompt)

    def _about(self, name: str, alias: str) -> Control:
        return self.page.about(name, alias, self._own("filled_in"))

    def _request(self) -> None:
        organisation, issue, by, to = (self._own(name) for name in ("organisation", "issue", "return_by", "return_to"))
        rows: list[Row] = [
            [organisation, self.page.control("agency", organisation.rstrip(":"))],
            [by, self._about("return_by", by)],
            [to, self._about("return_to", to)],
            [issue, self._about("issue", issue)],
        ]
        self.page.answers(self._own("table_request"), rows, LABELLED)

    def _family(self) -> None:
        self.page.heading(self._booklet("section_1"), 1)
        self.page.heading(self.page.control(f"{CHILD}.heading", "Child 1: heading"), 2)
        pairs = (("child_name", "date_of_birth"), ("ethnicity", "religion"), ("sex", "disability"))
        rows = [[cell for name in pair for cell in self._of_child(name)] for pair in pairs]
        self.page.answers(self._own("table_child"), rows, (3.4, 5.5, 2.6, 5.5))
        self._grow("addresses", self._booklet("addresses"), {"address": 11, "who": 6})
        self.page.heading(self._booklet("family_details"), 2)
        for group in ("related_adults", "related_children"):
            self._grow(group, self._booklet(group), {"name": 4.2, "relationship": 3.2, "date_of_birth": 3.6, "address": 6})
        self.page.line(self._booklet("prepared_by"), "Table Caption")
        names = ("prepared_by_name", "prepared_by_role")
        row = [cell for name in names for cell in (self._booklet(name), self._rich(name, f"Prepared by: {name[12:]}"))]
        self.page.answers(self._own("table_prepared_by"), [row], (1.8, 6.7, 1.6, 6.9))

    def _of_child(self, name: str) -> tuple[str, Control]:
        label = self._booklet(name)
        return label, self._rich(f"{CHILD}.{name.removeprefix('child_')}", f"Child 1: {label}")

    def _grow(self, group: str, caption: str, widths: dict[str, float]) -> None:
        self.page.line(caption, "Table Caption")
        heads = [self._head(group, column) for column in widths]
        row = [self._rich(f"{group}.1.{c}", f"{_named(group)} row 1: {h}") for c, h in zip(widths, heads, strict=True)]
        if set(widths) != set(ROWS[group]):
            raise LookupError(f"Document 2 lays out other columns of {group} than it is filled with.")
        self.page.rows(
            self.words.say(f"documents_scoping.table_{group}"),
            heads,
            [row],
            tuple(widths.values()),
            splits=group == "key_events",
        )

    def _head(self, group: str, column: str) -> str:
        """The booklet's words above a column, or ours where the booklet has none."""
        for key in (f"{group}_{column}", f"family_{column}", column):
            for file in ("document_2", "documents_scoping"):
                if self.words.has(f"{file}.{key}"):
                    return self.words.say(f"{file}.{key}")
        raise LookupError(f"Document 2 has no words for {group}.{column}.")

    def _labelled(self, about: str, rows: Sequence[tuple[str, str]], *, splits: bool = True) -> None:
        """Long answers, each beside its question."""
        cells = [(label, self._rich(name, label)) for name, label in rows]
        self.page.answers(self._own(about), cells, LABELLED, splits=splits)

    def _involvement(self) -> None:
        self.page.heading(self._booklet("section_2"), 1)
        self._labelled("table_involvement", [("involvement", self._own("involvement"))], splits=False)
        widths = {"role": 3.2, "name": 3.3, "started": 2.7, "ended": 2.7, "email": 5.1}
        self._grow("professionals", self._own("professionals"), widths)
        self.page.line(self._own("involvement_told"), "Table Caption")
        self._labelled("table_summary", [(name, self._booklet(name)) for name in ("reason", "summary")])
        widths = {"date": 2.7, "event": 6, "impact": 5.3, "children": 3}
        self._grow("key_events", self._booklet("key_events"), widths)
        self.page.line(self._booklet("voice"), "Table Caption")
        self.page.heading(self.page.control(f"{CHILD}.voice_heading", "Child 1: heading of the voice"), 2)
        label = self._own("voice")
        row: Row = [label, self._rich(f"{CHILD}.voice", f"Child 1: {label}")]
        self.page.answers(self._own("table_voice"), [row], LABELLED, splits=True)

    def _interagency(self) -> None:
        self.page.heading(self._booklet("section_3"), 1)
        self.page.line(self._own("contacts"), "Table Lead")
        heads = [self._booklet(f"contacts_{name}") for name in ("agency", "contact", "missing")]
        self.page.rows(self._own("table_contacts"), heads, [self._agency(name) for name in AGENCIES], (8.2, 4.4, 4.4))
        self.page.line(self._booklet("missing_information"), "Table Caption")
        self._labelled("table_missing", [("missing_information", self._own("missing_information"))])

    def _agency(self, name: str) -> list[Part | tuple[Part, ...]]:
        label = self._booklet(name)
        cells = (self._choice(f"contacts.{name}.{what}", f"{what.capitalize()}: {label}") for what in ("contact", "missing"))
        return [self._named_agency(name, label), *cells]

    def _named_agency(self, name: str, label: str) -> Part | tuple[Part, ...]:
        if name not in NAMED:
            return label
        prompt = self._own("type_here")
        return f"{label}:", self.page.control(f"contacts.{name}.name", f"Name: {label}"[:ALIAS], Kind.TEXT, prompt=prompt)

    def _analysis(self) -> None:
        self.page.heading(self._booklet("section_4"), 1)
        names = ("worked_well", "learning_within", "learning_across")
        self._labelled("table_analysis", [(name, self._booklet(name)) for name in names])
        self.page.line(self._booklet("actions"), "Table Lead")
        widths = {"action": 6.1, "lead": 2.9, "deadline": 2.7, "progress": 2.7, "scope": 2.6}
        self._grow("actions", self._own("actions"), widths)

    def _assurance(self) -> None:
        self.page.heading(self._own("section_5").upper(), 1)
        self.page.line(self._own("assurance"), "Table Lead")
        rows: list[Row] = []
        for name in ("records_secured", "kept_separate", "conflict_of_interest"):
            rows.append([self._own(name), self._choice(name, self._own(name))])
        rows.append([self._own("conflict_detail"), self._rich("conflict_detail", self._own("conflict_detail"))])
        rows.append([self._own("author_independent"), self._choice("author_independent", self._own("author_independent"))])
        rows.append([self._own("signed_off_by"), self._rich("signed_off_by", self._own("signed_off_by"))])
        returned, version = self._own("returned_at"), self._own("return_version")
        rows.append([returned, self.page.control("returned_at", returned, prompt=self._own("filled_in"))])
        rows.append([version, self._about("version", version)])
        self.page.answers(self._own("table_assurance"), rows, (7.2, 9.8))


def _named(group: str) -> str:
    return group.replace("_", " ").capitalize()
