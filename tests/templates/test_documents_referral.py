"""A referral's answers as the data of Document 1a."""

import msgspec
from referral_examples import CHILD, IMPRINT, TEMPLATE, WORDS, answers, data_of, record, shown_of

from templates.documents.fill import fill
from templates.documents.read import read_tags
from templates.documents.referral import referral_data


def test_not_known_is_ticked_as_such_and_unanswered_ticks_nothing():
    child = {"name": "Test Child", "deceased": "not_known", "abuse_or_neglect": "not_known", "ethnicity": "not_known"}
    ticks = data_of(answers(child)).children[0].ticks
    assert {name for name, on in ticks.items() if on} == {
        "deceased.not_known",
        "abuse_or_neglect.not_known",
        "ethnicity.not_known",
    }


def test_known_and_suspected_have_a_box_each():
    for answer in ("known", "suspected", "none"):
        ticks = data_of(answers(CHILD | {"abuse_or_neglect": answer})).children[0].ticks
        assert [name for name, on in ticks.items() if on and name.startswith("abuse")] == [f"abuse_or_neglect.{answer}"]


def test_yes_and_no_may_be_kept_as_booleans():
    said = answers() | {"agencies_concern": msgspec.structs.replace(record("agencies_concern", ""), value=False)}
    assert [name for name, on in data_of(said).ticks.items() if on] == ["agencies_concern.no"]


def test_what_does_not_apply_any_more_is_not_printed():
    said = answers()
    data = referral_data(said, shown_of(said), IMPRINT, WORDS, printed=lambda path: path != "children.1.harm_description")
    assert data.children[0].values["harm_description"] == ""


def test_skipped_and_offered_answers_are_not_printed():
    said = answers()
    for path, state in (("referrer_role", "offered"), ("incident_location", "skipped")):
        said[path] = record(path, "Test", state)
    data = data_of(said)
    assert (data.values["referrer_role"], data.values["incident_location"]) == ("", "")


def test_a_row_that_was_taken_out_is_gone_and_the_rest_is_numbered_anew():
    said = answers(family=3)
    said["family.2"] = record("family.2", "", "removed")
    assert [row["name"] for row in data_of(said).rows["family"]] == ["Test Relative 1", "Test Relative 3"]


def test_a_child_that_was_taken_out_is_gone_and_the_one_left_has_no_heading():
    said = answers(CHILD, CHILD | {"name": "Test Child Two"})
    said["children.1"] = record("children.1", "", "removed")
    (child,) = data_of(said).children
    assert child.values["name"] == "Test Child Two"
    assert "heading" not in child.values


def test_several_children_have_headings_and_their_own_criteria():
    second = CHILD | {"name": "Test Child Two", "deceased": "yes"}
    found = read_tags(fill(TEMPLATE, data_of(answers(CHILD, second))))
    assert found["referral.children.1.heading"] == "Child 1 of 2: Test Child One"
    assert found["referral.children.2.criteria_heading"] == "Child 2 of 2: Test Child Two"
    assert found["referral.children.1.deceased.yes"] is False
    assert found["referral.children.2.deceased.yes"] is True
    assert found["referral.children.2.incident_location"] == "Test Park, Testtown"


def test_a_later_death_is_shown_beside_the_incident_for_that_child_alone():
    first = CHILD | {"deceased": "yes", "date_of_death": "Wednesday 18 November 2026"}
    found = read_tags(fill(TEMPLATE, data_of(answers(first, CHILD))))
    assert found["referral.incident_date"] == "Tuesday 17 November 2026 (child died on Wednesday 18 November 2026)"
    assert found["referral.children.2.incident_date"] == "Tuesday 17 November 2026"


def test_a_private_address_says_so():
    said = answers(CHILD | {"do_not_share": "yes"}) | {"family.1.do_not_share": record("family.1.do_not_share", "yes")}
    data = data_of(said)
    assert data.children[0].values["address"].endswith("\nKeep this address private.")
    assert data.rows["family"][0]["address"].endswith("\nKeep this address private.")
    assert "private" not in data.rows["family"][1]["address"]


def test_a_process_without_a_name_is_named_by_its_kind():
    said = answers()
    del said["processes.1.process"]
    said["processes.1.type"] = record("processes.1.type", "Strategy discussion")
    assert data_of(said).rows["processes"][0]["process"] == "Strategy discussion"


def test_no_family_known_says_so_in_the_first_cell():
    said = answers(family=0) | {"family": record("family", "not_known")}
    assert data_of(said).rows["family"] == ({"name": "Not known"},)


def test_a_restricted_case_is_marked():
    plain = data_of(answers())
    restricted = data_of(answers(), msgspec.structs.replace(IMPRINT, restricted=True))
    assert plain.marking == "OFFICIAL-SENSITIVE"
    assert "only the people named" in restricted.marking
    assert read_tags(fill(TEMPLATE, restricted))["document.marking"] == restricted.marking


def test_a_draft_without_a_single_answer_can_be_printed():
    found = read_tags(fill(TEMPLATE, data_of({})))
    assert found["referral.summary"] == ""
    assert found["document.reference"] == "NS-2026-0007"
