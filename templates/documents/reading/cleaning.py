"""Text out of a document: cleaned as an answer, and flattened so that labels can be compared."""

from __future__ import annotations

import re
import unicodedata

from templates.documents.text import clean

_UNSEEN = re.compile("[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff]")
"""Soft hyphens, spaces without width, marks of direction. A joiner (U+200D) holds an emoji together and stays."""
_SPACES = re.compile("[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")
_NO_WORD = re.compile(r"[\W_]+")
_BEHIND_A_LABEL = re.compile(r"[)\]*?.]*\s*:?\s*")
LONGEST_LABEL = 400
_TICKED = "☒☑✓✔✗✘🗹🗸xX×√"
_UNTICKED = "☐□◻▢"


def tidy(text: str) -> str:
    """A text as people see it: without what cannot be seen, every space a plain one, nothing around it."""
    return _SPACES.sub(" ", _UNSEEN.sub("", clean(text))).strip()


def normal(text: str) -> str:
    """A label by its letters and figures alone: case, spaces, quotes, colons and dots do not count. A long text is none."""
    if len(text) > LONGEST_LABEL:
        return ""
    plain = unicodedata.normalize("NFKC", tidy(text)).casefold().replace("'", "").replace("’", "")
    return _NO_WORD.sub(" ", plain).strip()


def after_label(text: str, label: str) -> str:
    """What stands after a label (a normal one) at the beginning of a text; the whole text where it does not begin so."""
    if not label:
        return text
    wanted = label.replace(" ", "")
    end = 0
    for place, letter in enumerate(text):
        same = normal(letter).replace(" ", "")
        if not wanted.startswith(same, end):
            return text
        end += len(same)
        if end == len(wanted):
            return _after(text, place + 1)
    return text


def _after(text: str, place: int) -> str:
    rest = text[place:]
    return text if rest[:1].isalnum() else _BEHIND_A_LABEL.sub("", rest, count=1)


def begins(text: str, label: str) -> bool:
    """Whether a normal text is a label, or begins with it."""
    return text == label or text.startswith(f"{label} ")


def is_mark(text: str) -> bool | None:
    """Whether a mark on its own says that a box is ticked; None where the text is no mark."""
    left = text.strip(" []()\t\n\ufe0e\ufe0f")
    letters = [letter for letter in left if not letter.isspace()]
    if any(letter not in _TICKED + _UNTICKED for letter in letters):
        return None
    return any(letter in _TICKED for letter in letters)


def without_box(text: str) -> str:
    """A text without the box drawn at its beginning or end, so that its label is left."""
    return text.strip(f"{_TICKED[:8]}{_UNTICKED}[] \t\n\ufe0e\ufe0f")
