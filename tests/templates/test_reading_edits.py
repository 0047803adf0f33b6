"""Forms that people edited in Word: typed beside controls, rows put in, copied and moved, columns and tables moved about."""

from __future__ import annotations

from copy import deepcopy

import pytest
from docx.oxml.ns import qn
from reading_examples import (
    FORMS,
    answers,
    cell_of,
    control_of,
    data_of,
    differing,
    expected,
    filled,
    opened,
    read,
    row_of,
    saved,
    table_of,
    typed,
    wanted,
    without_tags,
)

from templates.documents import controls
from templates.documents.fill import fill_in
from templates.documents.reading import read_form
from templates.documents.reading.surveying import layout_of

EVENT = "scoping.key_events.{}.{}"
LOST = pytest.mark.parametrize("lost", [False, True], ids=["tags kept", "tags lost"])


def given(document, *, lost: bool):
    """What is read of the edited document."""
    content = saved(document)
    return read(without_tags(content) if lost else content)


def without(said, prefix: str):
    """Answers without those under a tag."""
    return {tag: text for tag, text in said.items() if not tag.startswith(prefix)}


def empty_row(row):
    """A row as Word puts one in: cells without controls."""
    made = controls.clone(row)
    for sdt in list(made.iter(controls.SDT)):
        sdt.getparent().remove(sdt)
    return made


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


def of_child(section) -> bool:
    return any(".children." in controls.tag_of(sdt) for block in section for sdt in controls.find(block))


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


def rename(cell, text):
    """Put another text into a label."""
    texts = list(cell.iter(controls.TEXT))
    texts[0].text = text
    for other in texts[1:]:
        other.text = ""


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


def control_in(element, tag):
    return next(sdt for sdt in controls.find(element) if controls.tag_of(sdt) == tag)


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


def control_titled(document, title):
    return next(sdt for sdt in document.element.body.iter(controls.SDT) if controls.alias_of(sdt) == title)


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
