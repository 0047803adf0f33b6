"""Forms that were rearranged: columns, tables, labels and blocks moved, renamed, cut, joined, copied, taken out."""

from __future__ import annotations

from copy import deepcopy

import pytest
from docx.oxml.ns import qn
from reading_edits import EVENT, LOST, control_in, empty_row, given, of_child, rename
from reading_examples import (
    FORMS,
    control_of,
    data_of,
    differing,
    expected,
    filled,
    opened,
    row_of,
    saved,
    table_of,
    wanted,
    without_tags,
)

from templates.documents import controls
from templates.documents.fill import fill_in
from templates.documents.reading import read_form
from templates.documents.reading.surveying import layout_of


@LOST
@pytest.mark.parametrize("tag", ["scoping.actions.1.action", "scoping.contacts.gp.contact", "referral.agencies.1.name"])
def test_columns_that_were_moved_are_read_by_tag_or_header(lost, tag):
    form = tag.partition(".")[0]
    document = opened(filled(form))
    for row in table_of(document, tag).iter(controls.ROW):
        cells = list(row.iter(controls.CELL))
        cells[0].addprevious(cells[-1])
    found = given(document, lost=lost)
    assert differing(found, expected(form, labelled=lost)) == {}
    assert (found.doubts, found.missing) == ({}, ())


@LOST
@pytest.mark.parametrize("form", FORMS)
def test_tables_in_another_order_are_read_as_they_were(lost, form):
    document = opened(filled(form))
    body = document.element.body
    blocks = [block for block in body if block.tag != qn("w:sectPr")]
    sections: list[list] = [[]]
    for block in blocks:
        sections[-1].append(block)
        if block.tag == qn("w:tbl"):
            sections.append([])
    children_first = [one for one in sections if one and of_child(one)]
    others = [one for one in reversed(sections) if one and not of_child(one)]
    for section in (*others, *children_first):
        for block in section:
            body.insert(len(body) - 1, block)
    found = given(document, lost=lost)
    assert differing(found, expected(form, labelled=lost)) == {}


@LOST
def test_rows_of_labels_in_another_order_and_beside_each_other(lost):
    document = opened(filled("referral"))
    rows = list(table_of(document, "referral.referrer_name").iter(controls.ROW))
    rows[0].addprevious(rows[-1])
    cells = list(rows[1].iter(controls.CELL))
    cells[0].addprevious(cells[2])
    cells[0].addprevious(cells[3])
    found = given(document, lost=lost)
    assert differing(found, expected("referral", labelled=lost)) == {}


@LOST
@pytest.mark.parametrize(("label", "unsure"), [("Summary of  Involvements", False), ("What we did", True)])
def test_a_label_that_was_renamed(lost, label, unsure):
    document = opened(filled("scoping"))
    rename(next(row_of(document, "scoping.summary").iter(controls.CELL)), label)
    found = given(document, lost=lost)
    before = expected("scoping", labelled=lost)
    assert differing(found, before) == {}
    assert found.doubts == ({"scoping.summary": (before["scoping.summary"], "")} if lost and unsure else {})


@LOST
def test_a_column_that_was_renamed_is_read_and_is_a_doubt_without_tags(lost):
    document = opened(filled("scoping"))
    head = next(table_of(document, EVENT.format(1, "date")).iter(controls.ROW))
    rename(list(head.iter(controls.CELL))[2], "Consequences")
    found = given(document, lost=lost)
    before = expected("scoping", labelled=lost)
    assert differing(found, before) == {}
    impacts = [EVENT.format(number, "impact") for number in (1, 2, 3)]
    assert found.doubts == ({tag: (before[tag], "") for tag in impacts} if lost else {})


@LOST
@pytest.mark.parametrize(
    "tag",
    [
        "scoping.key_events.1.date",
        "scoping.children.1.name",
        "scoping.children.2.name",
        "scoping.records_secured",
        "scoping.contacts.gp.contact",
        "referral.children.1.deceased.yes",
        "referral.referrer_name",
    ],
)
def test_a_table_that_was_cut_in_two(lost, tag):
    form = tag.partition(".")[0]
    document = opened(filled(form))
    table = table_of(document, tag)
    other = deepcopy(table)
    rows = list(table.iter(controls.ROW))
    for row in rows[2:]:
        table.remove(row)
    for row in list(other.iter(controls.ROW))[:2]:
        other.remove(row)
    table.addnext(other)
    found = given(document, lost=lost)
    assert {tag: new for tag, (new, _) in differing(found, expected(form, labelled=lost)).items() if new} == {}
    assert [texts for texts in found.doubts.values() if len([text for text in texts if text]) > 1] == []


@LOST
@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("related_adults.1.name", "related_children.1.name"),
        ("professionals.1.role", "reason"),
        ("children.1.name", "addresses.1.who"),
        ("children.1.name", "children.2.name"),
        ("reason", "worked_well"),
    ],
)
def test_two_tables_that_became_one(lost, first, second):
    document = opened(filled("scoping"))
    table, other = (table_of(document, f"scoping.{tag}") for tag in (first, second))
    for row in list(other.iter(controls.ROW)):
        table.append(row)
    other.getparent().remove(other)
    found = given(document, lost=lost)
    assert differing(found, expected("scoping", labelled=lost)) == {}


@LOST
def test_a_childs_block_that_was_copied_is_another_child(lost):
    document = opened(filled("scoping"))
    table = table_of(document, "scoping.children.3.name")
    copied = deepcopy(table)
    rename(control_in(copied, "scoping.children.3.name"), "Test Child Four")
    table.addnext(copied)
    copied.addprevious(copied.makeelement(controls.P))
    found = given(document, lost=lost)
    assert found.tags["scoping.children.4.name"] == "Test Child Four"
    assert found.tags["scoping.children.4.sex"] == found.tags["scoping.children.3.sex"]
    assert differing(found, expected("scoping", labelled=lost)).keys() == {
        f"scoping.children.4.{name}" for name in ("name", "date_of_birth", "ethnicity", "religion", "sex", "disability")
    }


@LOST
def test_a_form_inside_a_table_is_read(lost):
    document = opened(filled("referral"))
    body = document.element.body
    around = deepcopy(table_of(document, "referral.summary"))
    rows = list(around.iter(controls.ROW))
    around.remove(rows[0])
    cell = next(rows[1].iter(controls.CELL))
    for paragraph in list(cell.iter(controls.P)):
        cell.remove(paragraph)
    for block in list(body)[:-1]:
        cell.append(block)
    body.insert(0, around)
    assert differing(given(document, lost=lost), expected("referral", labelled=lost)) == {}


@LOST
def test_a_table_that_was_taken_out_is_missing_and_nothing_else(lost):
    document = opened(filled("scoping"))
    table = table_of(document, "scoping.worked_well")
    table.getparent().remove(table)
    found = given(document, lost=lost)
    gone = {f"scoping.{name}" for name in ("worked_well", "learning_within", "learning_across")}
    assert set(found.missing) == gone
    assert differing(found, expected("scoping", labelled=lost)).keys() == gone


@LOST
def test_a_template_that_somebody_restyled_is_read_by_its_own_labels(lost):
    template = opened(FORMS["scoping"].read_bytes())
    rename(next(row_of(template, "scoping.reason").iter(controls.CELL)), "Why you were involved")
    head = list(next(table_of(template, EVENT.format(1, "date")).iter(controls.ROW)).iter(controls.CELL))
    rename(head[1], "What happened")
    for row in table_of(template, "scoping.contacts.gp.contact").iter(controls.ROW):
        cells = list(row.iter(controls.CELL))
        cells[1].addprevious(cells[2])
    layouts, data = {"scoping": layout_of(saved(template))}, data_of("scoping")
    fill_in(template, data, "scoping.docx")
    content = saved(template)
    found = read_form(without_tags(content) if lost else content, layouts)
    assert differing(found, wanted(content, data, labelled=lost)) == {}
    assert (found.doubts, found.missing) == ({}, ())


def test_a_control_that_was_pasted_into_another_table_is_read_where_it_is():
    document = opened(filled("scoping"))
    moved = control_of(document, "scoping.children.1.ethnicity")
    added = empty_row(row_of(document, EVENT.format(3, "date")))
    row_of(document, EVENT.format(3, "date")).addnext(added)
    next(added.iter(controls.P)).append(moved)
    found = given(document, lost=False)
    assert found.tags["scoping.children.1.ethnicity"] == expected("scoping")["scoping.children.1.ethnicity"]
    assert found.missing == ()
