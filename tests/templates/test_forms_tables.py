"""What the answers of a table say together: which rows are asked and printed, what is missing, what is dealt with."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from state.records import AnswerRecord
from templates.forms.filled import Filled
from templates.forms.load import load_form
from templates.forms.shape import Shape, Spot
from templates.profile import load_profile, profile_folder

PROFILE = load_profile(profile_folder("north-somerset"))
SCOPING, DECISION = PROFILE.shapes["scoping"], PROFILE.shapes["decision"]
TICKS = "contacts.*.contact"
AT = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


def filled(shape: Shape, *, own: str = "", **answers: object) -> Filled:
    """A form with answers by path (`__` for a dot): a value is given, None is not known, a pair is state and value."""
    kept = {}
    for name, said in answers.items():
        path = name.replace("__", ".")
        state, value = said if isinstance(said, tuple) else ("not_known" if said is None else "given", said)
        kept[path] = AnswerRecord(draft="d", path=path, state=state, value=value, by="us", at=AT)  # type: ignore[arg-type]
    return Filled(shape, kept, own=own)


def every_contact(value: str, *, but: str = "") -> dict[str, object]:
    rows = [placed.row for placed in SCOPING.table_rows("contacts") if placed.row != but]
    return {f"contacts__{row}__contact": value for row in rows}


def test_the_own_row_is_not_asked_not_waited_for_and_not_printed() -> None:
    form = filled(SCOPING, own="police", **every_contact("no", but="police"), contacts__police__name="Test")
    assert "contacts.police" not in {str(row.state) for row in form.table_rows(Spot("contacts"))}
    assert form.status(TICKS) == "given"
    assert form.printed("contacts.gp.contact")
    assert not form.printed("contacts.police.contact")
    assert not form.printed("contacts.police")
    others = filled(SCOPING, own="gp", **every_contact("no", but="police"))
    assert others.status(TICKS) == "begun", "for everybody else the row is asked"
    assert others.printed("contacts.police.contact")


def test_another_table_does_not_hide_its_rows() -> None:
    form = filled(DECISION, own="neglect")
    assert "children.facts.neglect" in {row.state for row in form.table_rows(Spot("children.facts", 1))}


@pytest.mark.parametrize(
    ("answers", "state", "value"),
    [
        ({}, "unanswered", None),
        ({"contacts__gp__contact": "yes"}, "begun", None),
        ({"contacts__gp__contact": ("skipped", None)}, "unanswered", None),
        ({"contacts__gp__contact": ("offered", "yes")}, "offered", None),
        (every_contact("no"), "given", []),
        (every_contact("no") | {"contacts__gp__contact": "yes", "contacts__fire__contact": None}, "given", ["gp"]),
        (dict.fromkeys(every_contact("no")), "not_known", None),
    ],
)
def test_a_column_says_what_its_cells_say_together(answers: dict[str, object], state: str, value: object) -> None:
    form = filled(SCOPING, **answers)
    assert (form.status(TICKS), form.value(TICKS)) == (state, value)


def test_what_a_begun_column_holds_is_there_to_be_shown() -> None:
    answer = filled(SCOPING, contacts__gp__contact="yes", contacts__fire__contact="no").answer(TICKS)
    assert answer is not None
    assert answer.value == ["gp"]


def test_a_table_is_dealt_with_once_every_column_is_or_it_was_left_out() -> None:
    table = Spot("contacts")
    assert not filled(SCOPING).touched(table)
    assert not filled(SCOPING, **every_contact("no")).touched(table), "the second column is still open"
    both = every_contact("no") | {name.replace("__contact", "__missing"): "no" for name in every_contact("no")}
    assert filled(SCOPING, **both).touched(table)
    assert filled(SCOPING, contacts=("skipped", None)).touched(table)
    assert filled(SCOPING, contacts__gp__contact="yes").touched(Spot("contacts.gp"))
    assert not filled(SCOPING, contacts__gp__contact="yes").touched(Spot("contacts.fire"))


def test_a_table_off_the_path_is_kept_and_not_printed() -> None:
    form = filled(SCOPING, involvement="not_known", contacts__gp__contact="yes")
    assert not form.on_path(Spot("contacts"))
    assert not form.printed("contacts.gp.contact")
    assert form.value("contacts.gp.contact") == "yes"


def test_a_table_that_is_only_gone_to_by_name_never_stops_and_never_blocks() -> None:
    form = filled(DECISION)
    facts = Spot("children.facts", 1)
    assert not form.stops(facts)
    assert not form.asks(facts)
    assert facts not in form.missing(), "no cell of it is required"


TABLE = """form: test
document: "0"
title: Test
sections:
  - id: one
    title: One
    questions:
      - id: met
        label: Met
        ask: Met?
        kind: table
        bulk: false
        rows: [{id: short, label: Short}, {id: clear, label: Clear}]
        columns:
          - {id: answer, label: Answer, kind: yes_no}
          - {id: where, label: Where, only_if: {answer: yes}}
"""


def test_a_required_table_is_missing_until_each_row_has_what_it_needs(tmp_path) -> None:  # type: ignore[no-untyped-def]
    path = tmp_path / "test.yaml"
    path.write_text(TABLE, encoding="utf-8")
    shape = load_form(path, {})
    table = Spot("met")
    assert filled(shape).missing() == [table]
    half = filled(shape, met__short__answer="no", met__clear__answer="yes")
    assert half.missing() == [table]
    assert half.lacking(table) == [Spot("met.clear")], "where it is met, the form asks for the place"
    assert filled(shape, met__short__answer="no", met__clear__answer="yes", met__clear__where="Page 3").missing() == []
    assert filled(shape, met=None).missing() == []
    assert not half.printed("met.short.where")
    assert half.printed("met.clear.where")


def test_an_option_called_not_known_is_an_answer_like_any_other() -> None:
    known = filled(SCOPING, involvement="known")
    unknown = filled(SCOPING, involvement="not_known")
    assert known.on_path(Spot("summary"))
    assert not unknown.on_path(Spot("summary"))
    assert Spot("involvement") not in unknown.missing()
    assert filled(SCOPING).on_path(Spot("summary")), "until it is answered, the rest is asked"


def test_the_voice_of_the_child_is_given_or_there_is_a_reason() -> None:
    reason = Spot("children.voice_missing_reason", 1)
    for answers in ({}, {"children__1__voice": ("skipped", None)}, {"children__1__voice": None}):
        assert reason in filled(SCOPING, **answers).missing()
    assert reason not in filled(SCOPING, children__1__voice="The child drew a house.").missing()
    assert reason not in filled(SCOPING, children__1__voice_missing_reason="We never met the child.").missing()
