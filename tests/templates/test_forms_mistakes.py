"""A mistake in a form's definition is reported with file, line and what to do; no name in it is looked up elsewhere."""

from __future__ import annotations

from pathlib import Path

import pytest

from dialogs.filling.machine import FormMachine
from templates.forms.load import load_form
from templates.forms.model import Option
from templates.forms.shape import Shape
from templates.forms.yaml_lines import Mistake

LISTS = {
    "colours": [Option(id="red", label="Red"), Option(id="blue", label="Blue")],
    "facts": [Option(id="suicide", label="Suicide")],
    "wordless": [Option(id="outcome", label="Outcome")],
}
TABLE = "{{id: x, label: X, ask: X?, kind: table, {more} rows: {rows}, columns: [{{id: a, label: A, {column}}}]}}"
FACTS = "kind: choice, options: fact"
HEAD = """form: test
document: "0"
title: Test
sections:
  - id: one
    title: One
    repeats: true
    adds: true
    questions:
      - {id: name, label: Name, ask: "Name?"}
      - {id: eyes, label: Eyes, ask: "Eyes?", kind: choice, options: colours}
  - id: two
    title: Two
    questions:
      - {id: seen, label: Seen, ask: "Seen?", kind: yes_no}
"""
LAST = 15
"""The line of the question `seen`; what a test adds begins on the next one."""


def load(folder: Path, text: str | bytes) -> Shape:
    path = folder / "test.yaml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return load_form(path, LISTS)


def mistakes(folder: Path, text: str | bytes) -> list[str]:
    with pytest.raises(Mistake) as found:
        load(folder, text)
    assert all(line.startswith(f"{folder / 'test.yaml'}:") for line in found.value.lines)
    return [line.removeprefix(f"{folder / 'test.yaml'}:") for line in found.value.lines]


def test_the_head_is_sound_and_has_a_machine(tmp_path: Path) -> None:
    assert FormMachine(load(tmp_path, HEAD)).table


ADDED = {
    "unknown key": ("{id: x, label: X, ask: X?, colour: red}", "colour is not a known name"),
    "dotted id": ("{id: a.b, label: X, ask: X?}", "pattern"),
    "dunder id": ("{id: __class__, label: X, ask: X?}", "pattern"),
    "capital id": ("{id: Name, label: X, ask: X?}", "pattern"),
    "long id": ("{id: " + "a" * 61 + ", label: X, ask: X?}", "60"),
    "unknown kind": ("{id: x, label: X, ask: X?, kind: colour}", "kind"),
    "no label": ("{id: x, ask: X?}", "label is missing"),
    "no ask": ("{id: x, label: X}", "has no `ask`"),
    "unknown condition": ("{id: x, label: X, ask: X?, only_if: {wind: high}}", "only_if names wind"),
    "dotted condition": ("{id: x, label: X, ask: X?, only_if: {os.system: ls}}", "only_if names os.system"),
    "condition on a column of nothing": ("{id: x, label: X, ask: X?, not_needed_if: {wind: high}}", "not_needed_if names wind"),
    "no options": ("{id: x, label: X, ask: X?, kind: choice}", "choice without options"),
    "unknown list": ("{id: x, label: X, ask: X?, kind: choice, options: winds}", "there is no list winds"),
    "options of a text": ("{id: x, label: X, ask: X?, options: colours}", "is not a choice"),
    "itself": ("{id: x, label: X, ask: X?, only_if: {x: answered}}", "depends on itself"),
    "stands twice": ("{id: seen, label: X, ask: X?}", "seen stands twice"),
    "options twice": (
        "{id: x, label: X, ask: X?, kind: choice, options: [{id: a, label: A}, {id: a, label: B}]}",
        "a stands twice",
    ),
    "columns twice": (
        "{id: x, label: X, ask: X?, kind: rows, columns: [{id: a, label: A}, {id: a, label: B}]}",
        "a stands twice",
    ),
    "rows without columns": ("{id: x, label: X, ask: X?, kind: rows}", "rows need columns"),
    "a child's question": ("{id: x, label: X, ask: X?, only_if: {eyes: red}}", "asked for each child"),
    "impossible answer": ("{id: x, label: X, ask: X?, only_if: {seen: perhaps}}", "seen is never perhaps"),
    "truth value": ("{id: x, label: X, ask: X?, only_if: {seen: true}}", "seen is never True"),
    "reserved": ("{id: check_answers, label: X, ask: X?}", "name of ours"),
    "advice without a fact": ("{id: x, label: X, ask: X?, advice: true}", "no `fact`"),
    "unknown source": ("{id: x, label: X, ask: X?, known_from: [somewhere]}", "not a known source"),
    "unknown show": ("{id: x, label: X, shows: fireworks}", "shows"),
    "a table without rows": ("{id: x, label: X, ask: X?, kind: table, columns: [{id: a, label: A}]}", "a table needs rows"),
    "rows of no table": ("{id: x, label: X, ask: X?, rows: colours}", "rows belong to kind: table"),
    "a table without columns": ("{id: x, label: X, ask: X?, kind: table, rows: colours}", "a table or rows need columns"),
    "unknown rows": (TABLE.format(rows="winds", more="", column="kind: yes_no"), "there is no list winds"),
    "rows twice": (
        TABLE.format(rows="[{id: a, label: A}, {id: a, label: B}]", more="", column="kind: yes_no"),
        "the row a stands twice",
    ),
    "unknown only_rows": (TABLE.format(rows="colours", more="", column="only_rows: [green]"), "x has no row green"),
    "a text for every row": (TABLE.format(rows="colours", more="", column="kind: text"), "asked for every row at once"),
    "facts on one page": (TABLE.format(rows="facts", more="", column=FACTS), "options of its own"),
    "rows that are no facts": (TABLE.format(rows="colours", more="bulk: false,", column=FACTS), "red is no fact"),
    "a fact without words": (TABLE.format(rows="wordless", more="bulk: false,", column=FACTS), "no words for death"),
    "options: fact of a question": ("{id: x, label: X, ask: X?, kind: choice, options: fact}", "there is no list fact"),
    "a condition on no column": (
        TABLE.format(rows="colours", more="", column="kind: yes_no, only_if: {b: yes}"),
        "only_if names b",
    ),
    "only_rows of rows": (
        "{id: x, label: X, ask: X?, kind: rows, columns: [{id: a, label: A, only_rows: [red]}]}",
        "x is no table",
    ),
    "hide_own of a text": ("{id: x, label: X, ask: X?, hide_own: true}", "x is no table"),
    "bulk of a text": ("{id: x, label: X, ask: X?, bulk: false}", "x is no table"),
    "unknown group": ("{id: x, label: X, ask: X?, group: nobody}", "group nobody"),
}


@pytest.mark.parametrize("name", sorted(ADDED))
def test_a_mistake_in_a_question_is_reported_at_its_line(tmp_path: Path, name: str) -> None:
    added, said = ADDED[name]
    found = mistakes(tmp_path, f"{HEAD}      - {added}\n")
    told = [line for line in found if said in line]
    assert told, found
    if "group" not in name:
        assert told[0].startswith(f"{LAST + 1}: "), told
    assert told[0].rstrip().endswith(".")


def test_a_table_has_a_question_for_each_cell(tmp_path: Path) -> None:
    column = "kind: yes_no}, {id: b, label: B, only_rows: [blue]"
    shape = load(tmp_path, f"{HEAD}      - {TABLE.format(rows='colours', more='', column=column)}\n")
    found = {path: shape.find(path) for path in ("x", "x.red", "x.red.a", "x.*.a", "x.blue.b")}
    assert {path: spot and str(spot[0]) for path, spot in found.items()} == {
        "x": "x:0",
        "x.red": "x.red:0",
        "x.red.a": "x.red:0",
        "x.*.a": "x:0",
        "x.blue.b": "x.blue:0",
    }
    nowhere = (
        "x.green",
        "x.red.b",
        "x.*.b",
        "x.*",
        "x.red.a.b",
        "x.*.a.b",
        "x.",
        "x..a",
        "children.1.x.red",
        "children.1.name.a",
    )
    assert [path for path in nowhere if shape.find(path)] == []
    assert [placed.row for placed in shape.table_rows("x")] == ["red", "blue"]


def test_a_table_in_a_section_that_repeats_has_cells_for_each_child(tmp_path: Path) -> None:
    column = "kind: choice, options: fact, not_known: false"
    added = TABLE.format(rows="facts", more="bulk: false,", column=column).replace("id: x", "id: facts")
    text = HEAD.replace("  - id: two\n", f"      - {added}\n  - id: two\n")
    shape = load(tmp_path, text)
    spot, question = shape.find("children.3.facts.suicide.a") or (None, None)
    assert spot is not None
    assert question is not None
    assert (str(spot), shape.path(spot, "a")) == ("children.facts.suicide:3", "children.3.facts.suicide.a")
    assert (question.kind.value, question.not_known) == ("yes_no", True), "the fact says what can be answered, not the column"
    assert str(shape.walked(spot)) == "children.facts:3"
    assert FormMachine(shape).table, "the machine has a state for the table and none for its rows"
    assert "children.facts.suicide" not in {row.dest for row in FormMachine(shape).table}


def test_two_mistakes_are_both_reported(tmp_path: Path) -> None:
    found = mistakes(tmp_path, HEAD + "      - {id: x, label: X}\n      - {id: seen, label: X, ask: X?}\n")
    assert [line.split(":")[0] for line in sorted(found)] == [str(LAST + 1), str(LAST + 2)]


def test_a_circle_of_two_is_reported(tmp_path: Path) -> None:
    added = (
        "      - {id: a, label: A, ask: A?, only_if: {b: answered}}\n"
        "      - {id: b, label: B, ask: B?, only_if: {a: answered}}\n"
    )
    assert [line for line in mistakes(tmp_path, HEAD + added) if "depends on itself" in line]


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("form: [1, 2\n", 2, "not readable YAML"),
        ("form: a\n\tdocument: b\n", 2, "not readable YAML"),
        ("form: a\nform: b\n", 2, "stands here twice"),
        ("form: a\n? [x, y]\n: b\n", 2, "must be plain text"),
        ("form: !!python/object/apply:os.system [ls]\n", 1, "not readable YAML"),
        ("form: &a [*a]\n", 1, ""),
        ("form: a\x00b\n", 1, "not readable YAML"),
        (b"form: a\ntitle: \xff\xfe\n", 2, "UTF-8"),
        ("", 1, ""),
        ("just words\n", 1, ""),
        ("- a\n- b\n", 1, ""),
        ("[" * 3_000 + "]" * 3_000, 1, ""),
    ],
)
def test_what_is_no_yaml_or_no_form_is_reported(tmp_path: Path, text: str | bytes, line: int, said: str) -> None:
    found = mistakes(tmp_path, text)
    assert found[0].startswith(f"{line}: "), found
    assert said in found[0]


def test_a_file_that_is_not_there_is_reported(tmp_path: Path) -> None:
    with pytest.raises(Mistake, match="cannot be read"):
        load_form(tmp_path / "none.yaml", LISTS)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("    repeats: true\n", "", "does not repeat"),
        ("id: two", "id: one", "one stands twice"),
        ("    title: Two\n", "    title: Two\n    only_if: {eyes: red}\n", "asked for each child"),
        ("    title: Two\n", "    title: Two\n    repeats: true\n    adds: true\n", "only one section"),
        (
            '{id: name, label: Name, ask: "Name?"}',
            '{id: name, label: Name, ask: "Name?", kind: rows, columns: [{id: a, label: A}]}',
            "rows in a section that repeats",
        ),
        ("kind: yes_no", "kind: fixed", ""),
    ],
)
def test_mistakes_of_sections(tmp_path: Path, old: str, new: str, said: str) -> None:
    text = HEAD.replace(old, new)
    assert text != HEAD
    if said:
        assert [line for line in mistakes(tmp_path, text) if said in line]
    else:
        assert FormMachine(load(tmp_path, text)).table, "a section that asks nothing is gone past"


def test_yes_and_no_are_words(tmp_path: Path) -> None:
    shape = load(tmp_path, HEAD + "      - {id: x, label: X, ask: X?, only_if: {seen: yes}}\n")
    assert shape.by_state["x"].question.only_if == {"seen": "yes"}
