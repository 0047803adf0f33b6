"""Every document that is made is on the list of who may have a copy, and has a name; nothing else is."""

from __future__ import annotations

from memory_house import kit

from bot.papers.table import PAPERS
from bot.papers.together import TOGETHER
from dialogs.casework.hand_over import FORM as HAND_OVER
from dialogs.delivered.rows import FILES
from dialogs.giving.listed import KINDS, ORDER
from dialogs.giving.may import OF_A_CASE, OF_A_REQUEST
from dialogs.giving.offer import DATES, filed_as
from dialogs.returns.common import RETURN
from state.access import TABLE

LISTED = {*OF_A_CASE, *OF_A_REQUEST}


def test_nothing_is_made_of_which_nobody_has_said_who_may_have_it() -> None:
    assert {*LISTED, DATES} == {*PAPERS, *TOGETHER, HAND_OVER, RETURN}
    assert not set(OF_A_CASE) & set(OF_A_REQUEST)


def test_each_needs_something_that_is_in_the_table_of_access() -> None:
    assert {*OF_A_CASE.values(), *OF_A_REQUEST.values()} <= set(TABLE)


def test_each_has_a_name_in_a_sentence() -> None:
    words = kit().words
    for form in (*LISTED, DATES):
        assert f"file_{form}" in FILES, form
        assert words.say(f"delivered.file_{form}").startswith("the "), form


def test_each_document_of_a_case_has_its_place_in_the_list_and_says_there_what_it_is() -> None:
    words = kit().words
    assert set(ORDER) == LISTED
    assert {form for forms in KINDS.values() for form in forms} <= LISTED
    assert set(KINDS) <= set(kit().profile.phrases.kinds)
    assert all(words.say(f"library.document_{form}") for form in ORDER)


def test_a_list_of_dates_is_filed_for_one_person() -> None:
    mine, yours = filed_as("tenant/me", "dates:Overdue 1"), filed_as("tenant/you", "dates:Overdue 1")
    assert mine != yours
    assert mine == filed_as("tenant/me", "dates:Overdue 1")
    assert filed_as("tenant/me", "scoping:request") == "scoping:request"
