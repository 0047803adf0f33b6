"""What people do in a play goes the real way, and what does not hold is said with its line and what was seen."""

from __future__ import annotations

from pathlib import Path

import pytest
from play_kit import COMPLETE, FIRST_STEP, HEAD, run

from templates.documents.read import read_tags

SENT = COMPLETE + "  - {as: practitioner, submit: referral}\n"
AFTER = FIRST_STEP + SENT.count("\n")
"""The line of the first step after SENT."""
MORE = """\
  - as: practitioner
    form: referral
    by: {by}
    answers:
      children:
        - {{first_language: Testish, school: Test Primary School}}
        - {{name: Test Child Two, date_of_birth: about June 2025, school: not known, deceased: no, seriously_harmed: yes,
           harm_description: A second test injury., abuse_or_neglect: known, looked_after: no}}
      processes: none
      family:
        - {{name: Test Mother, relationship: Mother, do_not_share: no}}
        - {{name: Test Aunt, date_of_birth: not_known}}
      agencies_concern: true
"""


def test_a_referral_is_played_to_its_document(tmp_path: Path, capsys) -> None:
    played = run(HEAD + SENT, tmp_path, capsys)

    assert (played.code, played.complaint) == (0, "")
    assert played.document().name == "NS-2026-0001 1a Referral v1.docx"
    assert "Step 2 of 2." in played.printed
    assert "Nothing is overdue." in played.printed
    assert "Every step held: 2." in played.printed
    assert (played.out / "conversation.txt").read_text(encoding="utf-8") == played.printed


def test_chat_and_windows_give_the_same_document(tmp_path: Path, capsys) -> None:
    texts = {}
    for by in ("talking", "window"):
        folder = tmp_path / by
        folder.mkdir()
        steps = COMPLETE.replace("by: talking", f"by: {by}") + MORE.format(by=by) + "  - {as: practitioner, submit: referral}\n"
        played = run(HEAD + steps, folder, capsys)
        assert played.code == 0, played.complaint
        texts[by] = {tag: text for tag, text in read_tags(played.document()).items() if tag != "document.generated_at"}
        assert "Home address: 1 Test Street" in played.printed
    assert texts["talking"] == texts["window"]
    shown = " ".join(str(text) for text in texts["window"].values())
    for wanted in ("Test Child Two", "About June 2025", "A second test injury.", "Test Aunt"):
        assert wanted in shown


def test_a_long_form_is_filled_in_by_windows_unless_the_step_says_otherwise(tmp_path: Path, capsys) -> None:
    played = run(HEAD + COMPLETE.replace("    by: talking\n", ""), tmp_path, capsys)

    assert played.code == 0, played.complaint
    assert "Test Practitioner fills in the form: Part" in played.printed
    assert "[Send" not in played.printed


def test_what_is_not_answered_stays_unanswered(tmp_path: Path, capsys) -> None:
    steps = """\
  - {as: practitioner, form: referral, by: talking, answers: {children: [{name: Test Child}], summary: A test summary.}}
  - {as: practitioner, says: check}
  - expect: {said_to: practitioner, contains: ["School or nursery: No answer yet"], lacks: Left out}
  - {as: practitioner, submit: referral, refused: true}
  - {as: practitioner, submit: referral}
"""
    played = run(HEAD + steps, tmp_path, capsys)

    assert played.code == 1
    assert f"{played.file}:{FIRST_STEP + 4}: this was refused." in played.complaint
    assert "Home address" in played.complaint
    assert "No document was made." in played.printed


@pytest.mark.parametrize("by", ["talking", "window"])
def test_an_answer_that_the_path_does_not_ask_is_an_error_at_its_line(by: str, tmp_path: Path, capsys) -> None:
    steps = f"""\
  - as: practitioner
    form: referral
    by: {by}
    answers:
      children:
        - name: Test Child
          date_of_birth: 3 April 2019
          expected_date_of_birth: March 2027
"""
    played = run(HEAD + steps, tmp_path, capsys)

    assert played.code == 1
    assert f"{played.file}:{FIRST_STEP + 7}: the path does not ask children.1.expected_date_of_birth" in played.complaint


@pytest.mark.parametrize("question", ["sudden_infant_death", "suicide"])
def test_nobody_is_asked_how_a_living_child_died(question: str, tmp_path: Path, capsys) -> None:
    """It was asked about every child whose advice a death could have changed, those in hospital included."""
    living = COMPLETE.replace("deceased: no,", f"deceased: no, {question}: no,")
    played = run(HEAD + living, tmp_path, capsys)

    assert played.code == 1
    assert f"the path does not ask children.1.{question} here" in played.complaint


def test_an_answer_that_is_not_taken_fails_the_play_with_what_was_said(tmp_path: Path, capsys) -> None:
    step = "  - {as: practitioner, form: referral, answers: {incident_date: 31/11/2026}"
    failed = run(f"{HEAD}{step}}}\n", tmp_path, capsys)
    held = run(f"{HEAD}{step}, refused: true}}\n", tmp_path, capsys)

    assert failed.code == 1
    assert f"{failed.file}:{FIRST_STEP}: this was refused." in failed.complaint
    assert "30 days" in failed.complaint
    assert held.code == 0, held.complaint


def test_a_refusal_that_does_not_come_fails_the_play(tmp_path: Path, capsys) -> None:
    played = run(HEAD + "  - {as: nurse, says: hello, refused: true}\n", tmp_path, capsys)

    assert played.code == 1
    assert f"{played.file}:{FIRST_STEP}: this was not refused" in played.complaint


def test_a_button_that_nobody_offers_fails_the_play_with_what_is_offered(tmp_path: Path, capsys) -> None:
    played = run(HEAD + "  - {as: nurse, says: hello}\n  - {as: nurse, press: open_case}\n", tmp_path, capsys)

    assert played.code == 1
    assert f"{played.file}:{FIRST_STEP + 1}: no card offers open_case to Test Nurse here." in played.complaint
    assert "CSPR Assistant" in played.complaint


def test_a_refused_press_is_really_made(tmp_path: Path, capsys) -> None:
    """The nurse was offered no such button: the play presses the coordinators' one in her name, and she is turned away."""
    steps = "  - {as: nurse, press: open_case, refused: true}\n  - expect: {history: {kind: refused, count: 1}}\n"
    played = run(HEAD + SENT + steps, tmp_path, capsys)

    assert played.code == 0, played.complaint


def test_a_card_that_was_answered_offers_nothing_any_more(tmp_path: Path, capsys) -> None:
    played = run(HEAD + SENT + "  - {as: practitioner, press: submit}\n", tmp_path, capsys)

    assert played.code == 1
    assert f"{played.file}:{AFTER}: no card offers submit" in played.complaint


def test_a_window_is_opened_and_sent_by_its_buttons(tmp_path: Path, capsys) -> None:
    steps = """\
  - {as: practitioner, says: refer a child}
  - {as: practitioner, press: start_referral}
  - {as: practitioner, press: window}
  - {as: practitioner, press: window_save, answers: {referrer_role: Test Manager}}
  - {as: practitioner, says: check}
  - expect: {said_to: practitioner, contains: "Role: Test Manager"}
"""
    played = run(HEAD + steps, tmp_path, capsys)

    assert played.code == 0, played.complaint
    assert "Test Practitioner opens the form: Part 1" in played.printed


def test_people_of_the_file_are_there_beside_the_invented_ones(tmp_path: Path, capsys) -> None:
    people = "people: [{id: second, name: Test Second Coordinator, role: coordinator}]\nsteps:\n"
    steps = """\
  - {as: second, says: open NS-2026-0001}
  - expect: {said_to: second, contains: Test Child One}
  - expect: {deadline: {kind: read_referral, met: yes}}
"""
    played = run(HEAD.replace("steps:\n", people) + SENT + steps, tmp_path, capsys)

    assert played.code == 0, played.complaint
    assert "Test Second Coordinator types:" in played.printed


def test_a_restricted_referral_is_for_the_people_named(tmp_path: Path, capsys) -> None:
    steps = """\
  - {as: practitioner, says: refer a child}
  - {as: practitioner, press: start_restricted}
  - {as: practitioner, press: name_people, answers: {named: [coordinator]}}
"""
    after = """\
  - expect: {said_to: coordinator, contains: NS-2026-0001}
  - expect: {said_to: manager, lacks: NS-2026-0001}
  - {as: coordinator, says: open NS-2026-0001}
  - expect: {said_to: coordinator, contains: Test Child One}
  - {as: manager, says: open NS-2026-0001, refused: true}
  - expect: {posted_in: coordinators, lacks: NS-2026-0001}
"""
    played = run(HEAD + steps + SENT + after, tmp_path, capsys)

    assert played.code == 0, played.complaint


def test_the_clock_moves_as_the_file_says_and_never_back(tmp_path: Path, capsys) -> None:
    steps = "  - {at: +7d}\n  - expect: {overdue: 2}\n  - {at: 2026-11-24T09:00}\n"
    played = run(HEAD + SENT + steps, tmp_path, capsys)

    assert played.code == 1
    assert "The clock moves to Monday 30 November 2026 at 09:" in played.printed
    assert f"{played.file}:{AFTER + 2}: the clock is at Monday 30 November 2026" in played.complaint
    assert "notification, Child 1, due Friday 27 November 2026 at 17:00" in played.printed


NOT_SO = {
    "{case: {status: notified}}": "the case NS-2026-0001 is referred, not notified",
    "{case: {reference: NS-2026-0009}}": "there is no such case. The cases are: NS-2026-0001",
    "{deadline: {kind: rapid_review}}": "no such deadline as rapid_review. It has: notification, read_referral",
    "{deadline: {kind: notification, due: 2026-11-30}}": "is due 2026-11-27T17:00, not 2026-11-30",
    "{deadline: {kind: notification, due: 2026-11-27T12:00}}": "is due 2026-11-27T17:00, not 2026-11-27T12:00",
    "{deadline: {kind: notification, met: yes}}": "is met: no",
    "{overdue: 2}": "0 are overdue, not 2",
    "{document: referral, contains: Test Nobody}": "“Test Nobody” is not in NS-2026-0001 1a Referral v1.docx",
    "{document: referral, lacks: Test Child One}": "“Test Child One” is in NS-2026-0001 1a Referral v1.docx",
    "{said_to: practitioner, contains: Test Nobody}": "“Test Nobody” is not in Test Practitioner. It says: Thank you.",
    "{said_to: practitioner, lacks: NS-2026-0001}": "“NS-2026-0001” is in Test Practitioner",
    "{posted_in: coordinators, contains: Test Child One}": "“Test Child One” is not in coordinators. It says: A new referral",
    "{posted_in: police, contains: NS-2026-0001}": "is not in police. It says: nothing",
    "{said_to: police-lead}": "nothing was said to or in Test Police Lead",
    "{history: {kind: case_read}}": "0 lines of case_read",
    "{history: {kind: referral_received, count: 2}}": "1 lines of referral_received",
}


ASKED = SENT + "  - {as: coordinator, does: send_requests, organisations: [police]}\n"
NOT_SO_OF_REQUESTS = {
    "{request: {organisation: police, state: returned}}": "the request to police stands otherwise: state sent, not returned",
    "{request: {organisation: police, issue: 2}}": "issue 1, not 2",
    "{request: {organisation: police, due: 2026-12-24}}": "due 2026-11-30T17:00, not 2026-12-24",
    "{request: {organisation: police, returned_by: nurse}}": "returned_by -, not nurse",
    "{request: {organisation: police, delivery: email}}": "delivery channel, not email",
    "{request: {organisation: fire}}": "NS-2026-0001 has no request to fire. Asked are: police",
    "{request: {state: sent, count: 2}}": "1 requests are so, not 2. They are: police sent",
    "{request: {organisation: police, case: NS-2026-0009}}": "there is no such case. The cases are: NS-2026-0001",
    "{deadline: {kind: scoping_return, organisation: fire}}": "no such deadline as scoping_return",
    "{case: {restricted: yes}}": "the case NS-2026-0001 is restricted: no",
    "{document: nil_return, organisation: police}": "no document nil_return was made",
}


def test_a_request_that_stands_otherwise_says_how(tmp_path: Path, capsys) -> None:
    for number, (expected, seen) in enumerate(NOT_SO_OF_REQUESTS.items()):
        folder = tmp_path / str(number)
        folder.mkdir()
        played = run(f"{HEAD}{ASKED}  - expect: {expected}\n", folder, capsys)
        assert played.code == 1, expected
        assert f"{played.file}:{AFTER + 1}: " in played.complaint, expected
        assert seen in played.complaint, expected


DOES_NOT = {
    "- {as: coordinator, does: send_requests, organisations: [police], colour: red}": "nothing asked for colour",
    "- {as: coordinator, does: meeting, date: 2026-12-08}": "this was refused. The assistant said: There can be no meeting",
    "- {as: nurse, does: open_request}": "this was refused",
    "- {as: coordinator, form: rapid_review, answers: {sign_off: [{partner: icb}]}}": "There can be no meeting",
    "- {as: nurse, submit: nil_return}": "there is no nil_return open here to send",
    "- {as: police-lead, in: police, submit: scoping}": "there is no scoping open here to send",
    "- {as: coordinator, says: decide, case: NS-2026-0009}": "there is no such case",
}


def test_a_command_that_cannot_be_done_says_why(tmp_path: Path, capsys) -> None:
    for number, (step, seen) in enumerate(DOES_NOT.items()):
        folder = tmp_path / str(number)
        folder.mkdir()
        played = run(f"{HEAD}{SENT}  {step}\n", folder, capsys)
        assert played.code == 1, step
        assert f"{played.file}:{AFTER}: " in played.complaint, step
        assert seen in played.complaint, step


def test_a_case_that_the_text_does_not_name_is_said_with_it(tmp_path: Path, capsys) -> None:
    steps = """\
  - {as: coordinator, says: open, case: latest}
  - expect: {said_to: coordinator, contains: Test Child One}
  - {case: latest, expect: {case: {status: deciding}}}
"""
    played = run(HEAD + SENT + steps, tmp_path, capsys)

    assert played.code == 0, played.complaint
    assert "Test Coordinator types: open NS-2026-0001" in played.printed


@pytest.mark.parametrize(
    "answers",
    [
        "{children.1.name: Test Child, family.1.name: Test Mother}",
        "{children: {1: {name: Test Child}}, family: {1: {name: Test Mother}}}",
        "{children: {name: Test Child}, family: [{name: Test Mother}]}",
    ],
)
def test_answers_may_be_nested_in_every_way_that_people_write_them(answers: str, tmp_path: Path, capsys) -> None:
    steps = f"""\
  - {{as: practitioner, form: referral, answers: {answers}}}
  - {{as: practitioner, says: check}}
  - expect: {{said_to: practitioner, contains: ["Name of child: Test Child", "Name: Test Mother"]}}
"""
    played = run(HEAD + steps, tmp_path, capsys)

    assert played.code == 0, played.complaint


def test_an_expectation_that_does_not_hold_says_what_was_seen(tmp_path: Path, capsys) -> None:
    """One play per expectation would tell the same story sixteen times; each is put to the same story in turn."""
    for number, (expected, seen) in enumerate(NOT_SO.items()):
        folder = tmp_path / str(number)
        folder.mkdir()
        played = run(f"{HEAD}{SENT}  - expect: {expected}\n", folder, capsys)
        assert played.code == 1, expected
        assert f"{played.file}:{AFTER}: " in played.complaint, expected
        assert seen in played.complaint, expected


def test_expectations_that_hold_are_told(tmp_path: Path, capsys) -> None:
    steps = """\
  - expect: {case: {reference: latest, status: referred}, overdue: 0}
  - expect: {deadline: {kind: notification, due: 2026-11-27T17:00, met: no, child: 1}}
  - expect: {posted_in: coordinators, contains: NS-2026-0001, lacks: [Test Child, Test Street]}
  - expect: {case: NS-2026-0001, document: referral, contains: Test Child One}
  - expect: {said_to: coordinator, contains: NS-2026-0001}
  - expect: {history: {kind: referral_received, count: 1}}
"""
    played = run(HEAD + SENT + steps, tmp_path, capsys)

    assert played.code == 0, played.complaint
    assert "This holds: deadline: kind notification, due 2026-11-27T17:00, not met, child 1" in played.printed


def test_a_play_is_the_same_on_every_machine(tmp_path: Path, capsys, monkeypatch: pytest.MonkeyPatch) -> None:
    first = run(HEAD + SENT, tmp_path, capsys)
    document = first.document().read_bytes()
    monkeypatch.setenv("CSPR_MODE", "production")
    monkeypatch.setenv("CSPR_KEY_FILE", str(tmp_path / "absent.json"))
    again = run(HEAD + SENT, tmp_path, capsys)

    assert again.code == 0, again.complaint
    assert again.printed == first.printed
    assert again.document().read_bytes() == document


def test_what_falls_due_while_the_clock_moves_is_said_on_the_way_each_at_its_own_time(tmp_path: Path, capsys) -> None:
    moves = """\
  - {at: 2026-11-26T08:59}
  - expect: {posted_in: police, contains: this request was sent to you}
  - expect: {history: {kind: chased, count: 2}}
  - {at: +12d}
  - expect: {posted_in: police, contains: we do not have your answer yet}
  - expect: {said_to: police-lead, contains: Can you help}
  - expect: {said_to: manager, contains: Test Police has not answered yet}
"""
    played = run(HEAD + ASKED + moves, tmp_path, capsys)

    assert played.code == 0, played.complaint
    said = [
        played.printed.index(text)
        for text in ("Please answer by", "we do not have your answer", "Can you help", "has not answered")
    ]
    assert said == sorted(said)
