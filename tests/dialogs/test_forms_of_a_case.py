"""What is particular about the forms after the referral: names to search under, a choice of not known, fixed children."""

from __future__ import annotations

from table_steps import Table

from state.records import AnswerRecord


def names(table: Table) -> None:
    """Two children and two relatives, one of them taken out again."""
    said = {
        "children.1.name": ("given", "Test Child One"),
        "children.2.name": ("given", "Test Child Two"),
        "family.1.name": ("given", "Test Mother"),
        "family.2.name": ("given", "Test Aunt"),
        "family.2": ("removed", None),
    }
    for path, (state, value) in said.items():
        table.house.add(AnswerRecord(draft="d", path=path, state=state, value=value, by="us", at=table.house.now))


def test_a_nil_return_asks_under_which_of_the_names_was_searched() -> None:
    table = Table(form="nil_return", at="names_checked")
    names(table)
    table.says("change names_checked")
    assert [choice.label for choice in table.card.inputs[0].choices] == ["Test Child One", "Test Child Two", "Test Mother"]
    table.says("Test Child One and Test Mother")
    kept = {one.path: one.value for one in table.house.rows["answers"].values()}
    assert kept["names_checked"] == ["children.1", "family.1"]
    table.says("change names_checked")
    table.says("all")
    kept = {one.path: one.value for one in table.house.rows["answers"].values()}
    assert kept["names_checked"] == ["children.1", "children.2", "family.1"]


def test_not_known_to_us_can_be_typed_and_chosen() -> None:
    for said in ("not known", "Not known to us", "not_known"):
        table = Table(at="involvement")
        table.says(said)
        kept = {one.path: (one.state, one.value) for one in table.house.rows["answers"].values()}
        assert kept["involvement"] == ("given", "not_known"), said
    table = Table(at="involvement")
    assert [choice.value for choice in table.card.inputs[0].choices] == ["known", "partly", "not_known"]
    table.press("answer", involvement="not_known")
    kept = {one.path: (one.state, one.value) for one in table.house.rows["answers"].values()}
    assert kept["involvement"] == ("given", "not_known")


def test_the_children_of_a_case_are_not_changed_in_its_other_forms() -> None:
    table = Table(at="involvement")
    for typed in ("add another child", "remove child 1"):
        said = table.says(typed)
        assert "The children come from the case. Please ask the coordinator" in said
    assert "add_child" not in {button.action for button in table.card.buttons}
    table.says("check")
    assert "add_child" not in {button.action for button in table.card.buttons}


def test_a_form_has_the_words_of_its_own_buttons() -> None:
    table = Table(form="panel_reply", at="reply")
    table.says("agrees")
    table.says("today")
    table.says("skip")
    labels = {button.action: button.label for button in table.card.buttons}
    assert (labels["submit"], labels["cancel"]) == ("Save the reply", "Cancel this reply")
    assert "Do you want to cancel this form?" in table.press("cancel")


def test_more_is_asked_for_by_a_day_only_where_the_panel_asks_for_more() -> None:
    table = Table(form="panel_reply", at="reply")
    table.says("asks for more")
    table.says("today")
    assert [one.id for one in table.card.inputs] == ["asked_by"]
