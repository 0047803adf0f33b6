"""The agenda of a rapid review meeting. Document 3 is called one and has none of its own: the items are ours."""

from __future__ import annotations

from collections.abc import Sequence

from templates.documents.build import Builder, Row
from templates.documents.lists import BULLET, add_bullets
from templates.documents.shape_1a import Group
from templates.wording import Words

FORM, VERSION = "agenda", 1


def write(words: Words, _groups: Sequence[Group]) -> Builder:
    """The whole document."""
    page = Builder(FORM, VERSION, _ours(words, "agenda_title"))
    add_bullets(page.document)
    page.furniture(words)
    page.line(_ours(words, "agenda_title"), "Title")
    page.line(page.control("note", "Where the pack is"), "Table Lead")
    labels = ("case_reference", "agenda_when", "agenda_where", "agenda_chair")
    tags = ("case_reference", "when", "place", "chair")
    rows: list[Row] = [
        [_ours(words, label), page.control(tag, tag.replace("_", " ").capitalize())]
        for label, tag in zip(labels, tags, strict=True)
    ]
    page.answers(_ours(words, "table_meeting"), rows, (5, 12))
    page.heading(words.say("document_3.purpose_heading"), 1)
    page.line(words.say("document_3.purpose"))
    for number in range(1, 5):
        page.line(words.say(f"document_3.purpose_{number}"), BULLET)
    page.heading(_ours(words, "agenda_participants"), 1)
    head = [words.say("document_3.participants_agency"), words.say("document_3.participants_membership")]
    _grow(page, words, "participants", ("agency", "membership", "partner"), [*head, _ours(words, "represents")])
    page.heading(_ours(words, "agenda_items"), 1)
    head = [_ours(words, name) for name in ("agenda_number", "agenda_item", "agenda_who")]
    _grow(page, words, "items", ("number", "item", "who"), head)
    return page


def _ours(words: Words, name: str) -> str:
    return words.say(f"documents_review.{name}")


def _grow(page: Builder, words: Words, group: str, columns: Sequence[str], head: Sequence[str]) -> None:
    about, widths = {"participants": ("table_invited", (5.5, 7.5, 4)), "items": ("table_items", (1.5, 11, 4.5))}[group]
    row = [page.control(f"{group}.1.{name}", f"{group} row 1: {name}".capitalize()) for name in columns]
    page.rows(_ours(words, about), head, [row], widths)
