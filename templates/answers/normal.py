"""Typed words made comparable: letter case, full-width and other digits, odd spaces and dashes, marks at the end."""

from __future__ import annotations

import re
import unicodedata

_SPACES = r"\s+"
_DASHES = "[\u2010-\u2015\u2212]"
_APOSTROPHES = "[\u2018\u2019\u02bc`\u00b4]"
_PUNCTUATION = r"[^\w\s]|_"
_WE = ("", "i ", "we ")
_NOT_KNOWN = frozenset(
    [f"{who}{what}" for who in _WE for what in ("don't know", "dont know", "do not know", "can't remember", "don't remember")]
    + [
        "not known",
        "unknown",
        "n/k",
        "nk",
        "n.k",
        "not sure",
        "i'm not sure",
        "im not sure",
        "unsure",
        "no idea",
        "dunno",
        "idk",
    ]
    + ["it is not known", "not yet known", "not known yet", "no clue", "haven't a clue", "not a clue"]
)


def normal(text: str) -> str:
    """Folded for comparison: `" ３ ＡＰＲＩＬ. "` is `"3 april"`. Only case, form and edges change."""
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text)
        text = "".join(_digit(character) for character in text)
        text = re.sub(_APOSTROPHES, "'", re.sub(_DASHES, "-", text))
    return re.sub(_SPACES, " ", text.casefold()).strip().strip("\"'").rstrip(".,;:! ").lstrip(".,;:! ")


def _digit(character: str) -> str:
    if "0" <= character <= "9" or unicodedata.category(character) != "Nd":
        return "" if unicodedata.category(character) == "Cf" else character
    return str(unicodedata.digit(character))


def bare(text: str) -> str:
    """Letters and digits only, one space between words: how labels are compared. "A&E" is "a e"."""
    return re.sub(_SPACES, " ", re.sub(_PUNCTUATION, " ", normal(text).replace("'", ""))).strip()


def says_not_known(typed: str) -> bool:
    """Whether a normal text says that the person does not know. "No" and an empty text do not."""
    return len(typed) < 24 and (typed.rstrip("? ") in _NOT_KNOWN or (typed != "" and not typed.strip("?")))


def slips(typed: str, meant: str) -> int:
    """How many letters are wrong, missing or too many; two that changed places count once. From difflib's edit steps."""
    if len(typed) == len(meant) and _swapped(typed, meant):
        return 1
    from difflib import SequenceMatcher  # noqa: PLC0415 (only for a mistyped word)

    steps = SequenceMatcher(None, typed, meant, autojunk=False).get_opcodes()
    return sum(max(i2 - i1, j2 - j1) for what, i1, i2, j1, j2 in steps if what != "equal")


def _swapped(typed: str, meant: str) -> bool:
    wrong = [place for place, (one, other) in enumerate(zip(typed, meant, strict=True)) if one != other]
    return (
        len(wrong) == 2
        and wrong[1] == wrong[0] + 1
        and typed[wrong[0]] == meant[wrong[1]]
        and typed[wrong[1]] == meant[wrong[0]]
    )


def _apart_at_least(typed: str, meant: str) -> int:
    """How many letters of the longer word the other one does not have, wherever they stand: never more than the slips."""
    shared = sum(min(typed.count(letter), meant.count(letter)) for letter in set(meant))
    return max(len(typed), len(meant)) - shared


def nearest(typed: str, words: list[str]) -> list[str]:
    """The words nearest to a mistyped one: one letter wrong in a word of four, two in a longer one. More than one is a tie."""
    allowed = 0 if len(typed) < 4 else 1 if len(typed) == 4 else 2
    alike = (word for word in words if abs(len(word) - len(typed)) <= allowed and _apart_at_least(typed, word) <= allowed)
    close = [(slips(typed, word), word) for word in alike]
    best = min((wrong for wrong, _ in close), default=allowed + 1)
    return [word for wrong, word in close if wrong == best] if best <= allowed else []
