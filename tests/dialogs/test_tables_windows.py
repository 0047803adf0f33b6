"""A table in windows, and several people or devices at one: no cell is lost, and nothing is said by leaving it alone."""

from __future__ import annotations

from table_steps import CONTACT, MISSING, Table

from dialogs.turn import OpenWindow, SubmitWindow
from state.values import Channel, Place, PlaceKind


def test_two_people_at_one_table_lose_nothing() -> None:
    table = Table()
    older = table.card
    table.ticks(contact="police", missing="none")
    said = table.ticks(older, contact="gp", missing="")
    assert table.yes("contact") == {"police"}, "nothing that is kept is written over"
    assert "send it again: GP" in said
    assert table.input(CONTACT).value == "police", "what is kept is shown beside what was sent"
    table.ticks(contact="police,gp", missing="none")
    assert table.yes("contact") == {"police", "gp"}


def test_a_stale_card_still_fills_cells_that_nobody_answered() -> None:
    table = Table()
    older = table.card
    table.says("change contacts.police")
    table.press("answer", **{"contacts.police.contact": "yes"})
    table.ticks(older, contact="gp,police", missing="none")
    assert table.yes("contact") == {"police", "gp"}
    assert len(table.kept()) == 50


def test_the_window_of_the_section_has_the_whole_table() -> None:
    table = Table()
    window = table.window()
    assert [one.id for one in window.inputs][:2] == [CONTACT, MISSING]
    assert window.inputs[-1].id == "missing_information"
    table.submit(window, **{CONTACT: "police", MISSING: "", "missing_information": "Notes of a visit."})
    assert table.yes("contact") == {"police"}
    assert len(table.kept()) == 50


def test_a_window_in_which_the_table_was_left_alone_says_nothing_of_it() -> None:
    table = Table()
    table.submit(table.window(), **{CONTACT: "", MISSING: "", "missing_information": "Notes of a visit."})
    assert table.kept() == {"contacts": ("skipped", None)}


def test_a_row_has_a_window_of_its_own() -> None:
    table = Table(at="contacts.police")
    window = table.window("contacts.police:0")
    assert [one.id for one in window.inputs] == ["contacts.police.contact", "contacts.police.missing"]
    table.submit(window, **{"contacts.police.contact": "yes", "contacts.police.missing": "no"})
    assert table.kept() == {"contacts.police.contact": ("given", "yes"), "contacts.police.missing": ("given", "no")}


def test_over_a_channel_a_row_in_a_window_leads_on_to_the_next_window() -> None:
    table = Table(at="contacts.police")
    channel = Place(Channel.TEAMS, "a-channel", PlaceKind.CHANNEL)
    table.house.take(OpenWindow(action="window", target="d", at="contacts.police:0"), place=channel)
    send = table.house.window and table.house.window.submit
    assert send is not None
    inputs = {"contacts.police.contact": "yes", "contacts.police.missing": "no"}
    said = SubmitWindow(action=send.action, target="d", version=send.version, at=send.at, inputs=inputs)
    table.house.take(said, place=channel)
    assert table.yes("contact") == {"police"}
    assert table.house.window is not None
    assert "worked_well" in {one.id for one in table.house.window.inputs}, "what comes after the table"


def test_facts_are_corrected_row_by_row_each_with_its_own_values() -> None:
    table = Table(form="decision", at="facts.neglect".replace("facts.", ""))
    assert [one.id for one in table.card.inputs] == [
        "children.1.facts.neglect.answer",
        "children.1.facts.neglect.why_changed",
    ]
    values = [one.value for one in table.card.inputs[0].choices]
    assert values == ["none", "pattern", "single_incident", "cumulative", "not_known"]
    table.press("answer", **{"children.1.facts.neglect.answer": "pattern", "children.1.facts.neglect.why_changed": "Test why."})
    answers = {one.path: one.value for one in table.house.rows["answers"].values()}
    assert answers["children.1.facts.neglect.answer"] == "pattern"
    table.says("change children.1.facts.age_at_incident")
    table.says("unborn")
    table.says("change children.1.facts.enquiries")
    table.says("section 47 and care proceedings")
    answers = {one.path: one.value for one in table.house.rows["answers"].values()}
    assert answers["children.1.facts.age_at_incident.answer"] == "unborn"
    assert answers["children.1.facts.enquiries.answer"] == ["section_47", "care_proceedings"]
    said = table.says("check")
    assert "What is true: Yes, over a long time" in said
    assert "Neglect: What is true" not in said
