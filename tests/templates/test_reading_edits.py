"""Forms that people edited in Word: typed beside and in place of controls, rows put in, copied and taken out, said twice."""

from __future__ import annotations

from copy import deepcopy

import pytest
from reading_edits import EVENT, LOST, control_titled, empty_row, given
from reading_examples import (
    FORMS,
    answers,
    cell_of,
    control_of,
    differing,
    expected,
    filled,
    opened,
    read,
    row_of,
    saved,
    table_of,
    typed,
    without_tags,
)

from templates.documents import controls


@LOST
@pytest.mark.parametrize("tag", ["scoping.reason", "scoping.children.2.voice", "scoping.prepared_by_name"])
def test_what_is_typed_beside_a_control_belongs_to_the_answer(lost, tag):
    document = opened(filled("scoping"))
    cell = cell_of(document, tag)
    cell.find(controls.P).append(typed(" and more, typed beside it"))
    more = deepcopy(cell.find(controls.P))
    for child in list(more):
        more.remove(child)
    more.append(typed("A paragraph below it."))
    cell.append(more)
    found = given(document, lost=lost)
    before = expected("scoping", labelled=lost)
    assert found.tags[tag] == f"{before[tag]} and more, typed beside it\nA paragraph below it."
    assert differing(found, before).keys() == {tag}


@LOST
def test_what_is_typed_in_place_of_a_control_is_the_answer(lost):
    document = opened(filled("scoping"))
    for tag in ("scoping.reason", "scoping.contacts.gp.contact", "scoping.key_events.2.event"):
        cell = cell_of(document, tag)
        control_of(document, tag).getparent().remove(control_of(document, tag))
        cell.find(controls.P).append(typed("Typed by hand"))
    found = given(document, lost=lost)
    changed = differing(found, expected("scoping", labelled=lost))
    assert {tag: new for tag, (new, _) in changed.items()} == dict.fromkeys(
        ("scoping.reason", "scoping.contacts.gp.contact", "scoping.key_events.2.event"), "Typed by hand"
    )
    assert (found.doubts, found.missing) == ({}, ())


@LOST
def test_a_row_without_controls_is_read_in_its_place_and_empty_ones_are_dropped(lost):
    document = opened(filled("scoping"))
    first = row_of(document, EVENT.format(1, "date"))
    first.addnext(empty_row(first))
    made = empty_row(first)
    for cell, text in zip(made.iter(controls.CELL), ("3 May 2026", "We met", "None", "Both"), strict=True):
        cell.find(controls.P).append(typed(text))
    first.addnext(made)
    found = given(document, lost=lost)
    before = expected("scoping", labelled=lost)
    names = ("date", "event", "impact", "children")
    assert [found.tags[EVENT.format(2, name)] for name in names] == ["3 May 2026", "We met", "None", "Both"]
    assert all(found.tags[EVENT.format(number + 1, "event")] == before[EVENT.format(number, "event")] for number in (2, 3))
    assert EVENT.format(5, "event") not in found.tags
    assert differing(found, before).keys() == {EVENT.format(number, name) for number in (2, 3, 4) for name in names}


@LOST
def test_copied_rows_with_the_same_tags_and_ids_are_rows(lost):
    document = opened(filled("scoping"))
    row = row_of(document, "scoping.professionals.2.role")
    row.addnext(deepcopy(row))
    row.addprevious(deepcopy(row))
    found = given(document, lost=lost)
    roles = [found.tags[f"scoping.professionals.{number}.role"] for number in range(1, 6)]
    before = [expected("scoping")[f"scoping.professionals.{number}.role"] for number in (1, 2, 2, 2, 3)]
    assert (roles, found.doubts, found.missing) == (before, {}, ())


@LOST
def test_rows_are_numbered_as_they_stand_when_they_were_moved_and_taken_out(lost):
    document = opened(filled("referral"))
    first, third = row_of(document, "referral.family.1.name"), row_of(document, "referral.family.3.name")
    third.addnext(first)
    second = row_of(document, "referral.family.2.name")
    second.getparent().remove(second)
    found = given(document, lost=lost)
    before = expected("referral")
    assert [found.tags.get(f"referral.family.{number}.address") for number in (1, 2, 3)] == [
        before["referral.family.3.address"],
        before["referral.family.1.address"],
        None,
    ]


@LOST
def test_a_table_inside_an_answer_is_part_of_it(lost):
    document = opened(filled("scoping"))
    inner = document.add_table(1, 2)
    inner.cell(0, 0).text, inner.cell(0, 1).text = "Monday", "Nobody came"
    cell_of(document, "scoping.reason").append(inner._tbl)
    found = given(document, lost=lost)
    before = expected("scoping", labelled=lost)
    assert found.tags["scoping.reason"] == f"{before['scoping.reason']}\nMonday\nNobody came"
    assert differing(found, before).keys() == {"scoping.reason"}


def test_the_same_tag_twice_with_other_texts_is_a_doubt():
    document = opened(filled("scoping"))
    copied = deepcopy(table_of(document, "scoping.reason"))
    for sdt in controls.find(copied):
        controls.fill_text(sdt, "Another text")
    document.element.body.insert(len(document.element.body) - 1, copied)
    before = expected("scoping")
    found = given(document, lost=False)
    assert found.doubts == {tag: (before[tag], "Another text") for tag in ("scoping.reason", "scoping.summary")}
    assert answers(found) == before


def test_a_title_and_a_label_that_do_not_agree_are_a_doubt():
    document = opened(without_tags(filled("scoping"), titles=True))
    titles = ("Reason for involvement (if applicable)", "Summary of involvement")
    reason, summary = (control_titled(document, title) for title in titles)
    for sdt, title in ((reason, titles[1]), (summary, titles[0])):
        sdt[0].find(controls.ALIAS).set(controls.VAL, title)
    found = read(saved(document))
    before = expected("scoping")
    reason_said, summary_said = before["scoping.reason"], before["scoping.summary"]
    assert found.doubts == {
        "scoping.reason": (summary_said, reason_said),
        "scoping.summary": (reason_said, summary_said),
    }


@LOST
def test_an_answer_may_read_like_a_label(lost):
    document = opened(filled("referral"))
    for tag in ("referral.referrer_name", "referral.family.1.relationship", "referral.agencies.2.name"):
        controls.fill_text(control_of(document, tag), "Email:" if tag.endswith("referrer_name") else "Name")
    found = given(document, lost=lost)
    changed = differing(found, expected("referral", labelled=lost))
    assert {tag: new for tag, (new, _) in changed.items()} == {
        "referral.referrer_name": "Email:",
        "referral.family.1.relationship": "Name",
        "referral.agencies.2.name": "Name",
    }


@LOST
def test_a_row_that_was_added_below_a_long_answer_belongs_to_it(lost):
    document = opened(filled("referral"))
    row = row_of(document, "referral.summary")
    added = empty_row(row)
    next(added.iter(controls.P)).append(typed("One thing more."))
    row.addnext(added)
    found = given(document, lost=lost)
    before = expected("referral", labelled=lost)
    assert found.tags["referral.summary"] == f"{before['referral.summary']}\nOne thing more."
    assert differing(found, before).keys() == {"referral.summary"}


def test_an_answer_behind_its_label_in_one_cell_is_read():
    document = opened(filled("scoping"))
    cells = list(row_of(document, "scoping.prepared_by_name").iter(controls.CELL))
    cells[2].find(controls.P).append(typed(" Named nurse"))
    cells[3].getparent().remove(cells[3])
    found = given(document, lost=True)
    assert found.tags["scoping.prepared_by_role"] == "Named nurse"
    assert (found.doubts, found.missing) == ({}, ())


@pytest.mark.parametrize("form", FORMS)
def test_a_form_without_any_control_is_read_by_its_labels(form):
    document = opened(filled(form))
    for root in controls.parts_of(document):
        for sdt in list(root.iter(controls.SDT)):
            for run in list(sdt[1]):
                sdt.addprevious(run)
            sdt.getparent().remove(sdt)
    found = given(document, lost=False)
    assert found.how == "labels"
    ours = {"referral.send_to"}  # Where the form goes is said by us, on one line.
    assert differing(found, expected(form, labelled=True)).keys() <= ours
    assert (found.doubts, found.missing) == ({}, ())
