"""Document 3: Rapid Review Template, laid out as in the booklet, with a place for what it has none for.

Added: what is outstanding and what was not asked, apart from nil returns; facts, family, safety, identity, processes; the
reasons for no review; one action plan with lead and deadline; the sign-off of each partner.
"""

from __future__ import annotations

from collections.abc import Sequence

from docx.oxml.ns import qn
from docx.shared import Pt
from lxml import etree

from templates.documents.build import Builder, Control, Row
from templates.documents.controls import R_PR, VAL
from templates.documents.lists import BULLET, add_bullets
from templates.documents.shape_1a import Group
from templates.documents.styles import RED
from templates.wording import Words

FORM, VERSION = "rapid_review", 1
CHILD = "children.1"
FURTHER = ("facts", "family", "immediate_safety", "identity", "processes", "why_no_review")
CRITERIA = ("criterion_harm", "criterion_agencies", "criterion_safeguarding")
FACTS = ("sex", "gender_identity", "ethnicity", "religion", "disability")


def write(words: Words, _groups: Sequence[Group]) -> Builder:
    """The whole document without the returns, which are appended when it is filled."""
    page = Builder(FORM, VERSION, _booklet(words, "title"))
    add_bullets(page.document)
    page.furniture(words)
    for section in (_opening, _participants, _background, _services, _discussion, _plan, _recommendation, _further, _sign_off):
        section(page, words)
    return page


def _booklet(words: Words, name: str) -> str:
    return words.say(f"document_3.{name}")


def _ours(words: Words, name: str) -> str:
    return words.say(f"documents_review.{name}")


def _title(name: str) -> str:
    """A control's title as Word shows it."""
    return name.replace("_", " ").capitalize()


def _opening(page: Builder, words: Words) -> None:
    page.line(_booklet(words, "title"), "Title")
    page.line(_booklet(words, "report"), "Subtitle")
    page.heading(_in_red(page.control("draft", "Draft: what is missing")), 1)
    page.heading(_ours(words, "about"), 1)
    rows: list[Row] = [
        [_ours(words, "case_reference"), page.control("reference", "Case reference")],
        [_booklet(words, "date"), page.control("date", "Date of rapid review")],
        [_ours(words, "state"), page.control("state", "State of this document")],
    ]
    page.answers(_ours(words, "table_about"), rows, (5, 12))
    page.heading(_booklet(words, "purpose_heading"), 1)
    page.line(_booklet(words, "purpose"))
    for number in range(1, 5):
        page.line(_booklet(words, f"purpose_{number}"), BULLET)


def _participants(page: Builder, words: Words) -> None:
    page.heading(_booklet(words, "participants"), 1)
    head = [_booklet(words, "participants_agency"), _booklet(words, "participants_membership")]
    _grow(
        page,
        _ours(words, "table_participants"),
        "participants",
        dict(zip(("agency", "membership"), head, strict=True)),
        (7, 10),
    )


def _background(page: Builder, words: Words) -> None:
    page.heading(_booklet(words, "background"), 1)
    page.heading(page.control(f"{CHILD}.heading", "Child 1: heading"), 2)
    rows: list[Row] = [[_booklet(words, "child_name"), page.control(f"{CHILD}.name", "Child 1: name")]]
    for name in FACTS:
        label = _booklet(words, name)
        rows.append([label, page.control(f"{CHILD}.{name}", f"Child 1: {name.replace('_', ' ')}")])
    page.answers(_ours(words, "table_child"), rows, (6, 11))
    page.heading(_booklet(words, "period"), 2)
    period = [part for name in ("period_from", "period_to") for part in (_ours(words, name), page.control(name, _title(name)))]
    page.answers(_ours(words, "table_period"), [period], (2, 6.5, 2, 6.5))
    page.line(_ours(words, "summary"), "Table Caption")
    _long(page, words, "summary", "summary", "by_organisation")


def _long(page: Builder, words: Words, name: str, tag: str, head: str = "") -> None:
    """A long text in a cell of its own that may go over several pages."""
    alias = f"Child 1: {name}" if tag.startswith(CHILD) else _title(name)
    cell = page.control(tag, alias)
    table = page.rows(words.say(f"documents_review.table_{name}"), [_ours(words, head or name)], [[cell]], (1,), splits=True)
    table.rows[1].cells[0].paragraphs[0].paragraph_format.space_after = Pt(6)


def _in_red(control: Control) -> Control:
    style = etree.Element(R_PR)
    etree.SubElement(style, qn("w:color")).set(VAL, RED)
    control[0].insert(0, style)
    return control


def _grow(
    page: Builder, about: str, group: str, columns: dict[str, str], widths: Sequence[float], *, splits: bool = False
) -> None:
    """A table of which one row is cloned for each row of the answers."""
    row = [page.control(f"{group}.1.{name}", _title(f"{group} row 1: {name}")) for name in columns]
    page.rows(about, list(columns.values()), [row], widths, splits=splits)


def _columns(words: Words, *names: str) -> dict[str, str]:
    return {name: _ours(words, name) for name in names}


def _services(page: Builder, words: Words) -> None:
    page.heading(_booklet(words, "documentation"), 2)
    _long(page, words, "documentation", "documentation", "document")
    page.heading(_booklet(words, "summaries_from"), 2)
    columns = _columns(words, "organisation", "returned_on", "signed_off_by", "appendix")
    _grow(page, _ours(words, "table_summaries"), "summaries_from", columns, (5.5, 4.5, 4.5, 2.5))
    page.heading(_ours(words, "nil_heading"), 2)
    page.line(_booklet(words, "nil_returns"), "Table Lead")
    columns = _columns(words, "organisation", "confirmed_on", "confirmed_by")
    _grow(page, _ours(words, "table_nil"), "nil_returns", columns, (6.5, 5, 5.5))
    page.heading(_ours(words, "outstanding_heading"), 2)
    page.line(_ours(words, "outstanding_lead"), "Table Lead")
    columns = _columns(words, "organisation", "asked_on", "due", "state_of_request")
    _grow(page, _ours(words, "table_outstanding"), "outstanding", columns, (4.2, 4.7, 4.4, 3.7))
    page.heading(_ours(words, "not_asked_heading"), 2)
    page.line(_ours(words, "not_asked_lead"), "Table Lead")
    _grow(page, _ours(words, "table_not_asked"), "not_asked", _columns(words, "service", "why"), (7, 10))


def _discussion(page: Builder, words: Words) -> None:
    page.heading(_booklet(words, "discussion"), 1)
    page.heading(_booklet(words, "voice"), 2)
    page.heading(page.control(f"{CHILD}.voice_heading", "Child 1: heading of the voice"), 3)
    _long(page, words, "voice", f"{CHILD}.voice")
    page.heading(_booklet(words, "voice_of_parents"), 2)
    _long(page, words, "parents", "voice_of_parents")
    page.heading(_booklet(words, "good_practice"), 2)
    _long(page, words, "good_practice", "good_practice")


def _plan(page: Builder, words: Words) -> None:
    page.heading(_booklet(words, "learning"), 2)
    _long(page, words, "learning", "learning_themes")
    page.line(_ours(words, "plan"), "Table Caption")
    columns = _columns(words, "theme", "action", "organisation", "lead", "deadline", "suggested_by")
    _grow(page, _ours(words, "table_actions"), "learning", columns, (2.8, 4.6, 2.5, 2.2, 2.4, 2.5), splits=True)


def _recommendation(page: Builder, words: Words) -> None:
    page.heading(_booklet(words, "recommendation"), 1)
    page.line(_booklet(words, "criteria"), "Table Lead")
    rows = [(_booklet(words, name), page.control(name, _title(name))) for name in CRITERIA]
    _pairs(page, words, "table_criteria", ("criterion", "panel_view"), rows)
    page.heading(_booklet(words, "decision"), 2)
    chosen: list[Row] = [
        [_ours(words, "opinion"), page.control("opinion", "Opinion of the review")],
        [_ours(words, "recommended"), page.control("review_kind", "Kind of review recommended")],
    ]
    page.answers(_ours(words, "table_opinion"), chosen, (5, 12))
    page.heading(_booklet(words, "rationale"), 2)
    _long(page, words, "rationale", "rationale")
    page.heading(_booklet(words, "references"), 2)
    _long(page, words, "references", "references")


def _pairs(page: Builder, words: Words, about: str, head: tuple[str, str], rows: Sequence[tuple[str, Control]]) -> None:
    """A label and a long text a row."""
    page.rows(_ours(words, about), [_ours(words, name) for name in head], [list(row) for row in rows], (4.5, 12.5), splits=True)


def _further(page: Builder, words: Words) -> None:
    page.heading(_ours(words, "further_heading"), 1)
    page.line(_ours(words, "further_lead"), "Table Lead")
    rows = [(_ours(words, name), page.control(name, _title(name))) for name in FURTHER]
    _pairs(page, words, "table_further", ("subject", "known"), rows)


def _sign_off(page: Builder, words: Words) -> None:
    page.heading(_ours(words, "sign_off_heading"), 1)
    columns = _columns(words, "partner", "name", "agreed", "date", "dissent")
    _grow(page, _ours(words, "table_sign_off"), "sign_off", columns, (3.2, 4, 2.8, 3, 4))
