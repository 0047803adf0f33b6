"""A profile's Word templates beside its forms: what is missing or unknown in them is named."""

import shutil

import docx
import pytest
import yaml
from referral_examples import FOLDER

from templates.checking import problems
from templates.documents import controls

DOCUMENTS = ("referral", "scoping", "nil_return", "decision")


@pytest.fixture
def folder(tmp_path):
    """A copy of the profile with the forms whose documents are tried here."""
    copied = shutil.copytree(FOLDER, tmp_path / "profile")
    file = copied / "profile.yaml"
    profile = yaml.safe_load(file.read_text(encoding="utf-8"))
    file.write_text(yaml.safe_dump(profile | {"forms": list(DOCUMENTS)}), encoding="utf-8")
    return copied


def change(folder, form, of):
    """Change one template: `of(control)` says what its tag becomes."""
    path = folder / "documents" / f"{form}.docx"
    document = docx.Document(str(path))
    for sdt in list(controls.find(document.element.body)):
        controls.retag(sdt, of(controls.tag_of(sdt)), controls.alias_of(sdt))
    document.save(str(path))


def test_the_templates_that_we_ship_have_no_problem(folder):
    assert list(problems(folder)) == []


@pytest.mark.parametrize(
    "tag",
    [
        "scoping.contacts.gp.contact",
        "scoping.actions.1.scope",
        "scoping.signed_off_by",
        "nil_return.names_checked",
        "decision.reasons",
        "decision.children.1.facts.1.answer",
        "decision.children.1.facts_heading",
    ],
)
def test_a_control_that_is_gone_is_named(folder, tag):
    change(folder, tag.partition(".")[0], lambda there: "document.issue" if there == tag else there)
    found = [problem for problem in problems(folder) if f"control {tag}: it is missing" in problem]
    assert len(found) == 1


def test_a_tag_that_no_question_has_is_named(folder):
    change(folder, "decision", lambda there: "decision.reson" if there == "decision.reasons" else there)
    assert any("control decision.reson: no question has this tag" in problem for problem in problems(folder))


def test_a_question_that_was_added_to_a_form_needs_a_control(folder):
    path = folder / "forms" / "scoping.yaml"
    added = '      - {id: weather, label: "Weather", ask: "What was the weather?"}\n      - {id: worked_well,'
    path.write_text(path.read_text(encoding="utf-8").replace("      - {id: worked_well,", added), encoding="utf-8")
    found = list(problems(folder))
    assert ["control scoping.weather: it is missing" in problem for problem in found] == [True]


def test_a_document_that_is_not_there_is_named_with_the_command_that_makes_it(folder):
    (folder / "documents" / "nil_return.docx").unlink()
    (found,) = problems(folder)
    assert found.endswith("there is no Word template for nil_return. Make one with: cspr template new nil_return")
