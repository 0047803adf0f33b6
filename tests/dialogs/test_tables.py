"""A table in a form: one page for all of it, a page a row, every cell on its own, and nothing said by leaving it alone."""

from __future__ import annotations

from table_steps import CONTACT, MISSING, Table

from dialogs.reply import InputKind
from state.records import AnswerRecord


def test_the_whole_table_is_one_page_with_an_input_a_column() -> None:
    table = Table()
    kinds = [(one.id, one.kind) for one in table.card.inputs]
    assert kinds[:2] == [(CONTACT, InputKind.CHOICES), (MISSING, InputKind.CHOICES)]
    assert [path for path, _ in kinds[2:]] == [
        "contacts.hospital_trust.name",
        "contacts.other_local_authority.name",
        "contacts.other.name",
    ]
    assert [one.value for one in table.input(CONTACT).choices][:2] == ["gp", "midwifery"]
    assert len(table.input(CONTACT).choices) == 26
    assert table.input(CONTACT).choices[-1].label == "None of these"


def test_an_answered_page_says_yes_or_no_of_every_row() -> None:
    table = Table()
    table.ticks(contact="police,gp", missing="gp")
    assert len(table.kept()) == 50
    assert table.yes("contact") == {"police", "gp"}
    assert table.yes("missing") == {"gp"}
    assert table.kept()["contacts.housing.contact"] == ("given", "no")
    assert "missing_information" not in table.card.inputs, "an optional question is not asked"


def test_a_table_that_was_left_alone_is_left_out_and_says_no_to_nothing() -> None:
    table = Table()
    table.ticks(contact="", missing="")
    assert table.kept() == {"contacts": ("skipped", None)}


def test_none_of_these_is_an_answer() -> None:
    table = Table()
    table.ticks(contact="none", missing="")
    assert set(table.kept().values()) == {("given", "no")}
    table.says("change contacts")
    assert table.input(CONTACT).value == "none"
    table.ticks(contact="none,police", missing="none")
    assert table.yes("contact") == {"police"}, "a row that is ticked beside it counts"


def test_only_changed_cells_are_written() -> None:
    table = Table()
    table.ticks(contact="police,gp", missing="none")
    before = {key: len(versions) for key, versions in table.house.versions.items()}
    table.says("change contacts")
    assert table.input(CONTACT).value == "gp,police"
    table.ticks(contact="police,housing", missing="none")
    changed = {key[1] for key, versions in table.house.versions.items() if len(versions) != before.get(key, 0)}
    assert changed == {"contacts.gp.contact", "contacts.housing.contact"}


def test_what_is_typed_answers_the_first_open_column() -> None:
    table = Table()
    said = table.says("police, GP and housing")
    assert table.yes("contact") == {"police", "gp", "housing"}
    assert not table.yes("missing")
    assert "In contact with: we read this as GP, Police and Housing" in said
    table.says("none")
    assert {table.kept()[f"contacts.{row}.missing"] for row in ("gp", "other")} == {("given", "no")}
    assert len(table.kept()) == 50
    assert CONTACT not in {one.id for one in table.card.inputs}, "no row is left whose name is wanted, so the form goes on"


def test_a_row_that_is_ticked_is_asked_for_its_name() -> None:
    table = Table()
    table.says("hospital trust")
    table.says("none")
    assert [one.id for one in table.card.inputs][2:] == ["contacts.hospital_trust.name"]
    table.says("Test Hospital Trust")
    assert table.kept()["contacts.hospital_trust.name"] == ("given", "Test Hospital Trust")


def test_words_that_are_no_row_are_refused_at_their_column() -> None:
    table = Table()
    said = table.says("police and the moon")
    assert table.input(CONTACT).error
    assert not table.kept()
    assert "None of these" in said


def test_not_known_is_kept_for_every_row_and_becomes_no_no() -> None:
    table = Table()
    table.says("not known")
    assert set(table.kept().values()) == {("not_known", None)}
    assert len(table.kept()) == 25


def test_not_known_never_becomes_a_no_by_leaving_a_column_alone() -> None:
    table = Table()
    table.says("not known")
    table.says("change contacts")
    table.ticks(contact="", missing="gp")
    assert table.kept()["contacts.police.contact"] == ("not_known", None)
    assert table.yes("missing") == {"gp"}


def test_a_row_that_is_not_known_stays_so_when_other_rows_are_ticked() -> None:
    table = Table(at="contacts.fire")
    table.says("not known")
    table.says("change contacts")
    table.ticks(contact="police", missing="none")
    assert table.kept()["contacts.fire.contact"] == ("not_known", None)
    assert table.kept()["contacts.gp.contact"] == ("given", "no")
    table.says("change contacts")
    table.ticks(contact="police,fire", missing="none")
    assert table.yes("contact") == {"police", "fire"}


def test_a_column_begun_with_a_no_and_left_alone_says_nothing_more() -> None:
    table = Table(at="contacts.fire")
    table.says("no")
    table.says("change contacts")
    table.ticks(contact="", missing="")
    assert {path for path in table.kept() if path.endswith(".contact")} == {"contacts.fire.contact"}
    assert table.kept()["contacts"] == ("skipped", None), "it is left out, and not asked again and again"


def test_change_and_the_name_of_a_row_opens_that_row_alone() -> None:
    table = Table()
    for name in ("contacts.police", "police"):
        said = table.says(f"change {name}")
        assert [one.id for one in table.card.inputs] == ["contacts.police.contact", "contacts.police.missing"]
        assert "Contact with other agencies: Police" in said
    table.press("answer", **{"contacts.police.contact": "yes", "contacts.police.missing": ""})
    assert table.kept() == {"contacts.police.contact": ("given", "yes")}
    table.says("change hospital trust")
    assert [one.id for one in table.card.inputs][2:] == ["contacts.hospital_trust.name"]


def test_a_table_begun_by_a_row_is_still_asked_and_shows_what_there_is() -> None:
    table = Table(at="contacts.police")
    table.press("answer", **{"contacts.police.contact": "yes"})
    table.says("change contacts")
    assert table.input(CONTACT).value == "police"
    table.ticks(contact="police,gp", missing="none")
    assert table.yes("contact") == {"police", "gp"}


def test_a_row_can_be_left_out_or_not_known_by_itself() -> None:
    table = Table(at="contacts.police")
    table.press("skip")
    assert table.kept() == {
        "contacts.police.contact": ("skipped", None),
        "contacts.police.missing": ("skipped", None),
    }
    table.says("change contacts.gp")
    table.says("not known")
    assert table.kept()["contacts.gp.contact"] == ("not_known", None)


def test_a_skipped_table_that_gets_cells_again_is_not_left_out_any_more() -> None:
    table = Table()
    table.press("skip")
    assert table.kept() == {"contacts": ("skipped", None)}
    table.says("change contacts")
    table.ticks(contact="police", missing="none")
    assert table.kept()["contacts"] == ("removed", None)


def test_check_your_answers_shows_a_table_as_one_line() -> None:
    table = Table()
    table.press("answer", **{CONTACT: "police,hospital_trust", MISSING: "none", "contacts.hospital_trust.name": "Test Trust"})
    said = table.says("check")
    assert "In contact with: Police and Hospital Trust" in said
    assert "Information is missing in our notes: None" in said
    assert "Hospital Trust: Please name it: Test Trust" in said


def test_back_from_a_row_goes_to_the_question_before_its_table() -> None:
    table = Table(at="contacts.police")
    table.says("back")
    assert {one.id for one in table.card.inputs} & {"children.1.voice", "children.1.voice_missing_reason"}


def test_an_answer_known_already_is_offered_ticked_and_confirmed() -> None:
    table = Table()
    now = table.house.now
    table.house.add(
        AnswerRecord(
            draft="d", path="contacts.police.contact", state="offered", value="yes", source="referral", by="us", at=now
        )
    )
    said = table.says("change contacts")
    assert table.input(CONTACT).value == "police"
    assert "We took this from the referral." in said
    table.says("yes")
    assert table.yes("contact") == {"police"}
    assert table.kept()["contacts.gp.contact"] == ("given", "no")


def test_a_table_that_is_no_page_is_never_in_the_way() -> None:
    table = Table(form="decision", at="decision")
    for _ in range(20):
        table.says("back")
    assert {one.id for one in table.card.inputs} == {"change"}, "the advice, where a fact can be chosen, and no fact itself"
