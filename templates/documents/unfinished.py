"""What is left of a template in a document that is to be sent: instructions, alternatives, places without an answer."""

from __future__ import annotations

import io
import re
from collections.abc import Collection, Iterator

import docx
from docx.document import Document

from templates.documents import controls
from templates.documents.read import read_tags, text_of

_SPACES = re.compile(r"\s+")
_ANYWHERE = (
    re.compile(r"\[[^\]\n]{0,120}?\b(?:insert|delete)\b[^\]\n]{0,160}\]?", re.IGNORECASE),
    re.compile(r"\bINSERT NAME\b"),
    re.compile(r"\bdelete as appropriate\b", re.IGNORECASE),
    re.compile(r"\bdelete this instruction\b", re.IGNORECASE),
    re.compile(r"\badd appropriate signature\b", re.IGNORECASE),
    re.compile(r"\bdoes\s?/\s?does not\b", re.IGNORECASE),
    re.compile(r"\bmeets the criteria for [^./\n]{0,90} / (?:meets|does not meet)\b[^./\n]{0,90}", re.IGNORECASE),
    re.compile(r"\bIndependent Scrutineer\s?/\s?Chair\b", re.IGNORECASE),
)
_IN_A_LETTER = re.compile(r"\[[^\]\n]{1,200}\]?")
"""A letter has no square brackets of its own; a return may quote some."""
LETTERS = frozenset({"panel_letter", "supplementary_letter"})
NEEDED = {
    "panel_letter": (
        "date",
        "chair_name",
        "case_reference",
        "notification_received",
        "conclusion",
        "contact",
        "signature",
        "enclosure",
    ),
    "supplementary_letter": (
        "date",
        "chair_name",
        "case_reference",
        "asked_on",
        "contact",
        "signature",
        "replies.1.question",
        "replies.1.reply",
    ),
    "rapid_review": (
        "reference",
        "date",
        "participants.1.agency",
        "children.1.name",
        "period_from",
        "period_to",
        "summary",
        "children.1.voice",
        "criterion_harm",
        "criterion_agencies",
        "criterion_safeguarding",
        "opinion",
        "review_kind",
        "rationale",
        *(f"sign_off.{number}.{name}" for number in (1, 2, 3) for name in ("name", "date")),
    ),
}
"""What has to be there before a document is sent, by form."""


def unfinished(document: bytes | str) -> list[str]:
    """What is unfinished, each once, in order: the words that are left over, then the titles of places without an answer.

    A text on its own is read as a letter's. Nothing found means that the document may be sent.
    """
    if isinstance(document, str):
        return list(dict.fromkeys(_left_over(document, letter=True)))
    opened = docx.Document(io.BytesIO(document))
    form = opened.core_properties.identifier.partition("/")[0]
    text = "\n".join(text_of(root) for root in controls.parts_of(opened))
    return list(dict.fromkeys([*_left_over(text, letter=form in LETTERS), *_empty(opened, document, form)]))


def _left_over(text: str, *, letter: bool) -> Iterator[str]:
    """Every match in the order of the text, without those that lie inside a longer one."""
    patterns = (*_ANYWHERE, *((_IN_A_LETTER,) if letter else ()))
    found = [match.span() for pattern in patterns for match in pattern.finditer(text)]
    end = 0
    for start, stop in sorted(found, key=lambda span: (span[0], -span[1])):
        if stop > end:
            yield _SPACES.sub(" ", text[start:stop]).strip()
            end = stop


def _empty(document: Document, content: bytes, form: str) -> Iterator[str]:
    titles = {controls.tag_of(sdt): controls.alias_of(sdt) for sdt in controls.find(document.element.body)}
    found = read_tags(content)
    if draft := str(found.get(f"{form}.draft", "")).strip():
        yield draft
    for tag in _needed(form, titles):
        if not str(found.get(tag, "")).strip():
            yield titles.get(tag) or _plain(tag)


def _plain(tag: str) -> str:
    """A place whose line was empty and is not there any more, by the last part of its tag."""
    return tag.rpartition(".")[2].replace("_", " ").capitalize()


def _needed(form: str, tags: Collection[str]) -> Iterator[str]:
    """The tags that need an answer: those of the first child for every child."""
    for name in NEEDED.get(form, ()):
        yield f"{form}.{name}"
        if name.startswith("children.1."):
            pattern = re.compile(rf"{form}\.children\.(?:[2-9]|\d\d+)\.{name.rpartition('.')[2]}")
            yield from (tag for tag in tags if pattern.fullmatch(tag))
