"""A file that somebody drops: read at the door, refused there where it must be, and read back into the form that it is."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import docx
import pytest
from form_reader import forms
from play_kit import COMPLETE, HEAD, run

from bot.dropped import LARGEST
from templates.documents import controls

FORMS = Path(__file__).parents[2] / "templates" / "north-somerset" / "documents"


def filled(form: str, values: dict[str, str]) -> bytes:
    """A form of ours with some of its controls filled in, as somebody would in Word."""
    document = docx.Document(str(FORMS / f"{form}.docx"))
    for root in controls.parts_of(document):
        for sdt in controls.find(root):
            if (text := values.get(controls.tag_of(sdt))) is not None:
                controls.fill_text(sdt, text)
    made = io.BytesIO()
    document.save(made)
    return made.getvalue()


def packed(*names: str, size: int = 10) -> bytes:
    """A zip file with parts of these names."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in names:
            archive.writestr(name, b"0" * size)
    return made.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "problem"),
    [
        ("photo.jpg", b"\xff\xd8\xff", "not_word"),
        ("huge.docx", b"0" * (LARGEST + 1), "too_large"),
        ("bomb.docx", packed("word/document.xml", size=61 * 2**20), "too_large"),
        ("parts.docx", packed("word/document.xml", *(f"word/{n}.xml" for n in range(1_001))), "too_large"),
        ("macros.docm", packed("word/document.xml"), "macros"),
        ("renamed.docx", packed("word/document.xml", "word/vbaProject.bin"), "macros"),
        ("sheet.docx", packed("xl/workbook.xml"), "not_word"),
        ("broken.docx", packed("[Content_Types].xml", "word/document.xml"), "broken"),
        ("cut.docx", packed("word/document.xml")[:-30], "cut_short"),
    ],
)
def test_what_is_no_form_is_refused_at_the_door(name: str, content: bytes, problem: str) -> None:
    read = forms().read(name, content)

    assert (read.problem, read.tags, read.form) == (problem, {}, "")


def test_a_name_with_a_path_in_it_is_cut_to_the_name() -> None:
    assert forms().read("C:\\Users\\Test\\..\\form.docx", b"").name == "form.docx"


def test_a_form_is_read_by_its_tags() -> None:
    read = forms().read("form.docx", filled("scoping", {"scoping.summary": "A test\x00 summary."}))

    assert (read.form, read.problem) == ("scoping", "")
    assert read.tags["scoping.summary"] == "A test summary."
    assert len(read.digest) == 64


WRONG = {
    "letter.docx": ("the letter that asks for a return", filled("scoping_letter", {})),
    "photo.docx": ("not a Word file", b"\xff\xd8\xff"),
    "lost.docx": ("No request to you belongs to this form", filled("scoping", {"document.reference": "NS-2026-0099"})),
}


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_file_is_answered_with_what_to_do(name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    says, content = WRONG[name]
    (tmp_path / name).write_bytes(content)
    steps = f'  - {{as: nurse, file: {name}, refused: true}}\n  - expect: {{said_to: nurse, contains: "{says}"}}\n'
    played = run(HEAD + steps, tmp_path, capsys)

    assert played.code == 0, played.complaint
    assert f"Test Nurse drops a file: {name}" in played.printed


def test_a_filled_in_referral_form_becomes_a_referral_on_behalf(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    values = {
        "referral.referrer_name": "Test Sender",
        "referral.children.1.name": "Test Child",
        "referral.children.1.date_of_birth": "3 April 2019",
        "referral.incident_date": "some time ago, perhaps",
        "referral.family.1.name": "Test Mother",
        "referral.family.1.relationship": "Mother",
        "referral.summary": "A test summary.",
    }
    (tmp_path / "referral.docx").write_bytes(filled("referral", values))
    steps = """\
  - {as: coordinator, file: referral.docx}
  - expect: {said_to: coordinator, contains: ["6 answers read, 1 unclear.", Test Sender, Test Mother]}
  - expect: {said_to: coordinator, contains: Look at what is unclear}
  - {as: coordinator, submit: referral, refused: true}
  - {as: coordinator, in: coordinators, file: referral.docx, refused: true}
"""
    played = run(HEAD + steps, tmp_path, capsys)

    assert played.code == 0, played.complaint


RETURN = {
    "document.reference": "NS-2026-0001",
    "document.issue": "1",
    "scoping.agency": "Test Hospital Trust",
    "scoping.involvement": "Known",
    "scoping.children.1.name": "Test Child One",
    "scoping.children.1.voice": "She asked whether she had to go home.",
    "scoping.summary": "She was admitted once.",
    "scoping.professionals.1.role": "Nurse",
    "scoping.professionals.1.name": "Test Ward Nurse",
    "scoping.contacts.police.contact": "Yes",
    "scoping.contacts.gp.contact": "perhaps",
    "scoping.records_secured": "Yes",
    "scoping.kept_separate": "Yes",
}
ASKED = """\
  - {as: practitioner, submit: referral}
  - {as: coordinator, does: send_requests, organisations: [test-hospital-trust, police]}
"""


def test_a_filled_in_return_goes_into_the_request_and_is_not_sent(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "return.docx").write_bytes(filled("scoping", RETURN))
    steps = """\
  - {as: nurse, file: return.docx}
  - expect: {said_to: nurse, contains: ["8 answers read, 1 unclear.", Test Ward Nurse, She was admitted once]}
  - expect: {request: {organisation: test-hospital-trust, state: drafting}}
  - {as: nurse, submit: scoping, case: latest, refused: true}
  - expect: {request: {organisation: police, state: sent}}
"""
    played = run(HEAD + COMPLETE + ASKED + steps, tmp_path, capsys)

    assert played.code == 0, played.complaint


def test_in_the_channel_only_how_much_was_read_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "return.docx").write_bytes(filled("scoping", RETURN))
    steps = """\
  - {as: nurse, in: test-hospital-trust, file: return.docx}
  - expect: {posted_in: test-hospital-trust, contains: "8 answers read, 1 unclear", lacks: [Test Child, She was]}
  - {as: nurse, in: test-hospital-trust, press: open_request}
"""
    played = run(HEAD + COMPLETE + ASKED + steps, tmp_path, capsys)

    assert played.code == 0, played.complaint


def test_what_somebody_has_answered_already_stays_and_both_are_shown(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "return.docx").write_bytes(filled("scoping", RETURN))
    steps = """\
  - {as: nurse, form: scoping, answers: {involvement: partly, summary: She was seen twice.}}
  - {as: nurse, file: return.docx}
  - expect: {said_to: nurse, contains: ["6 answers read, 3 unclear", She was seen twice, She was admitted once]}
  - {as: nurse, says: look at what is unclear}
  - expect: {said_to: nurse, contains: [In the file, Known, Here, In part]}
"""
    played = run(HEAD + COMPLETE + ASKED + steps, tmp_path, capsys)

    assert played.code == 0, played.complaint


def test_a_form_of_another_organisation_is_not_taken(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "return.docx").write_bytes(filled("scoping", RETURN))
    steps = """\
  - {as: police-lead, file: return.docx, refused: true}
  - expect: {request: {organisation: police, state: sent}}
"""
    played = run(HEAD + COMPLETE + ASKED + steps, tmp_path, capsys)

    assert played.code == 0, played.complaint


def test_a_document_that_no_longer_says_what_it_is_is_known_by_its_fields() -> None:
    document = docx.Document(io.BytesIO(filled("scoping", {"scoping.summary": "A test summary."})))
    document.core_properties.identifier = ""
    made = io.BytesIO()
    document.save(made)

    read = forms().read("return.docx", made.getvalue())

    assert (read.form, read.tags["scoping.summary"]) == ("scoping", "A test summary.")
