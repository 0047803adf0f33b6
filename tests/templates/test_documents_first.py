"""The first template: never over a file, with a tag for every field of the booklet's form, and its own text unchanged."""

import hashlib
import re

import docx
import pytest
from referral_examples import FOLDER, TEMPLATE, WORDS

from templates.documents import controls
from templates.documents.check import check_template
from templates.documents.first import NotWritten, groups_of, write_first
from templates.documents.read import read_tags
from templates.documents.text import Element

GROUPS = groups_of(
    [("white_british", "British", "(A) White"), ("other", "Another", "(E) Other"), ("not_declared", "No", "(F) None")]
)
SHARED = (
    "check_criteria",
    "send_to",
    *(f"referrer_{name}" for name in ("name", "email", "role", "telephone", "agency")),
    "date_submitted",
    "incident_date",
    "incident_location",
    "summary",
)
OF_CHILD = ("name", "date_of_birth", "address", "carer", "ethnicity_other", "religion", "disability", "harm_description")
ROWS = {
    "family": ("name", "relationship", "date_of_birth", "address", "ethnicity"),
    "agencies": ("name", "agency", "contact_details", "still_involved"),
    "processes": ("process", "current_status"),
}
PRINTED = (
    *SHARED,
    *(f"children.1.{name}" for name in OF_CHILD),
    *(f"{group}.1.{column}" for group, columns in ROWS.items() for column in columns),
)
TICKED = {
    "agencies_concern": ("yes", "no", "not_known"),
    "children.1.deceased": ("yes", "no", "not_known"),
    "children.1.seriously_harmed": ("yes", "no", "not_known"),
    "children.1.abuse_or_neglect": ("known", "suspected", "none", "not_known"),
}


def test_every_field_of_the_booklets_form_has_its_control_in_the_committed_template():
    found = read_tags(TEMPLATE)
    ticks = {f"{name}.{answer}" for name, answers in TICKED.items() for answer in answers}
    assert {f"referral.{name}" for name in (*PRINTED, *ticks)} <= set(found)
    rest = {tag for tag in found if not tag.startswith("referral.children.1.ethnicity.")}
    headings = {"referral.children.1.heading", "referral.children.1.criteria_heading"}
    furniture = {f"document.{name}" for name in ("reference", "marking", "edition", "generated_at")}
    assert rest == {f"referral.{name}" for name in (*PRINTED, *ticks)} | headings | furniture


def test_every_tag_fits_word():
    assert max(map(len, read_tags(TEMPLATE))) <= controls.LONGEST_TAG


def test_a_tag_that_does_not_fit_is_refused():
    with pytest.raises(ValueError, match="at most 64"):
        controls.make("x" * 65, "Title")


def test_a_new_template_passes_the_checker(tmp_path):
    target = tmp_path / "documents" / "referral.docx"
    write_first("referral", target, WORDS, GROUPS)
    wanted = [tag for tag in read_tags(target) if not tag.startswith("document.")]
    assert check_template(target, wanted) == []


def test_a_file_that_is_there_is_never_written_over(tmp_path):
    target = tmp_path / "referral.docx"
    target.write_bytes(b"restyled")
    with pytest.raises(NotWritten) as why:
        write_first("referral", target, WORDS, GROUPS)
    assert target.read_bytes() == b"restyled"
    assert "left as it is" in WORDS.say(why.value.key, **why.value.values)


def test_an_unknown_form_names_those_there_are(tmp_path):
    with pytest.raises(NotWritten) as why:
        write_first("chronology", tmp_path / "x.docx", WORDS, GROUPS)
    said = WORDS.say(why.value.key, **why.value.values)
    assert said.startswith("There is no first document for 'chronology'. There is one for: ")
    assert {"referral", "scoping", "scoping_letter", "nil_return", "decision"} <= set(re.findall("[a-z_]+", said))


def test_the_booklets_own_text_is_unchanged():
    folder = FOLDER / "booklet"
    lines = (folder / "SHA256SUMS").read_text(encoding="utf-8").split("\n")
    sums = {name: digest for digest, name in (line.split() for line in lines if line)}
    found = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.iterdir() if path.name != "SHA256SUMS"}
    assert found == sums


def test_only_inline_controls_are_used():
    body: Element = docx.Document(str(TEMPLATE)).element.body
    assert {sdt.getparent().tag for sdt in controls.find(body)} == {controls.P}
