"""What holds for any text whatever: nothing raises, nothing is lost but what is said, refusals are short and help."""

from __future__ import annotations

import re
import unicodedata
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from templates.answers import Asking, Kind, Refused, Understood, clean, show, understand
from templates.wording import load_words

WORDS = load_words()
TODAY = date(2026, 11, 23)
OPTIONS = (("a", "White British"), ("b", "Mixed White and Asian"), ("c", "Not given"))
ASKINGS = [Asking(kind=kind, today=TODAY, options=OPTIONS, inexact=True, unborn_ok=True) for kind in Kind]
ASKINGS += [Asking(kind=kind, today=TODAY, latest=TODAY, inexact=True, unborn_ok=True) for kind in (Kind.DATE, Kind.DATETIME)]
BITS = """
3 4 31 29 13 2019 19 84 00 / . - , : ' ( ) and or to at about early late April Feb juen Tuesday last next this day week months
year ago before yesterday unborn due winter 2pm half past noon midnight 1430 bst gmt all none not known @ example.org +44 ext 12
white seven fortnight a couple 3rd
"""
ODD = ["\u0663", "\uff14", "\u00a0", "\u200f", "\ud800", "\x00", "\U0001f469\u200d\U0001f467", "\u00bd", "\u00b2", "\u0130"]
PIECES = [*BITS.split(), *ODD]
ANY = st.one_of(
    st.text(st.characters(codec=None, exclude_categories=()), max_size=60),
    st.lists(st.sampled_from(PIECES), max_size=9).map(" ".join),
    st.lists(st.sampled_from(PIECES), max_size=9).map("".join),
)
GONE = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069\ufdd0-\ufdef]")


@settings(max_examples=400, derandomize=True, deadline=None)
@given(ANY)
def test_no_text_whatever_raises_and_what_is_shown_is_understood_again(text: str) -> None:
    for asking in ASKINGS:
        answer = understand(text, asking, WORDS)
        if isinstance(answer, Refused):
            _check_refusal(answer.message)
        else:
            _check_again(answer, asking)


def _check_refusal(message: str) -> None:
    sentences = [sentence for sentence in re.split(r"(?<=[.?:])\s+|\n", message) if sentence]
    assert all(len(sentence.split()) <= 25 for sentence in sentences), message
    assert re.search(r"\b([Tt]ype|[Cc]heck|[Aa]dd|send|use|save|Answer)\b", message), message


def _check_again(answer: Understood, asking: Asking) -> None:
    if asking.kind is Kind.LONG_TEXT and answer.state == "given":
        assert show(answer.value, answer.state, asking, WORDS) == answer.value
        return
    again = understand(show(answer.value, answer.state, asking, WORDS), asking, WORDS)
    assert isinstance(again, Understood), (answer, again)
    assert (_unsaid(again.value), again.state) == (_unsaid(answer.value), answer.state)


def _unsaid(value: object) -> object:
    return {**value, "said": ""} if isinstance(value, dict) and "said" in value else value


@settings(max_examples=300, derandomize=True, deadline=None)
@given(st.text(st.characters(codec=None, exclude_categories=()), max_size=80))
def test_cleaning_twice_is_cleaning_once_and_loses_only_what_it_says(text: str) -> None:
    once = clean(text)
    assert clean(once) == once
    assert once.encode("utf-8").decode("utf-8") == once
    kept = [character for character in text if not GONE.match(character) and ord(character) & 0xFFFE != 0xFFFE]
    assert once == re.sub("\r\n|[\r\x0b\x0c\x85\u2028\u2029]", "\n", "".join(kept))


def test_what_people_write_is_kept() -> None:
    for text in ("a\tb\nc", "👩‍👩‍👧‍👦 ❤️", "שלום \u200f!", "مرحبا", "e\u0301", "Zażółć", "漢字", "\u200b", "क्षि", "\u00a0 x  "):
        assert clean(text) == text
        assert unicodedata.normalize("NFC", clean(text)) == unicodedata.normalize("NFC", text)


def test_line_ends_become_one_and_hidden_controls_go() -> None:
    assert clean("a\r\nb\rc\x0bd\u2028e\x85f") == "a\nb\nc\nd\ne\nf"
    assert clean("a\x00b\x1b[31mc\x7f\ud83dd\ufffe\ufdd0e\U0010ffff") == "ab[31mcde"
    assert clean("Test \u202eyma\u202c") == "Test yma"
    assert clean("a\r\x00\nb") == "a\nb"


def test_every_sentence_of_the_file_is_short() -> None:
    sentences = [text for key, text in WORDS.items() if key.startswith("answers.")]
    assert len(sentences) > 50
    for text in sentences:
        assert all(len(sentence.split()) <= 25 for sentence in re.split(r"(?<=[.?:])\s", text)), text
