"""A file that is not a play is refused whole, by line, with what to do, before anything is played."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from play_kit import FIRST_STEP, HEAD, run, run_file

from bot.moments import Moved

WRONG = {
    "- {as: nobody, says: hello}": "nobody with the id nobody. Add them under `people`",
    "- {as: practitioner, in: nowhere, says: hello}": "no channel nowhere. There are: coordinators, police",
    "- {as: practitioner, form: no_such_form, answers: {}}": "no form no_such_form yet. There are: referral",
    "- {as: practitioner, submit: chronology}": "no form chronology yet",
    "- {as: practitioner, in: coordinators, submit: referral}": "one to one. Take `in` out",
    "- {as: coordinator, does: sing}": "there is no command sing. There are: refer",
    "- {as: nurse, file: returns/filled.docx}": "there is no file returns/filled.docx beside this play",
    "- {as: nurse, says: hello, organisations: all}": "organisations is not a word of play files",
    "- {as: nurse, in: police, form: referral, answers: {}}": "this form is filled in one to one",
    "- {as: nurse, does: help, says: hello}": "this does 2 things (says, does)",
    "- {as: nurse, says: hello, press: help}": "this does 2 things (says, press)",
    "- {as: nurse}": "nothing is done here",
    "- {says: hello}": "nobody does this. Add `as`",
    "- {as: nurse, shouts: hello}": "shouts is not a word of play files",
    "- {as: nurse, says: [hello]}": "says: this must be a text. Put it in quotation marks",
    "- {as: nurse, says: hello, by: window}": "`by` goes with `form`",
    "- {as: nurse, says: hello, answers: {a: b}}": "answers go with `form`",
    "- {at: tomorrow}": "neither +3d, +2h or +30m nor a date and time",
    "- {at: 2026-11-24}": "neither +3d",
    "- {at: +3d, refused: true}": "only what a person does can be refused",
    "- expect: {}": "nothing is expected here",
    "- expect: {overdue: 0, contains: x}": "contains and lacks go with",
    "- expect: {request: {organisation: moon}}": "there is no organisation moon. There are: gp",
    "- expect: {request: {state: sent}}": "which request? Add `organisation`",
    "- expect: {request: {organisation: police, returned_by: nobody}}": "nobody with the id nobody",
    "- expect: {request: {organisation: police, colour: red}}": "colour is not a word of play files",
    "- expect: {deadline: {kind: scoping_return, organisation: moon}}": "there is no organisation moon",
    "- expect: {document: referral, organisation: moon}": "there is no organisation moon",
    "- expect: {overdue: 0, organisation: police}": "organisation goes with `document` here",
    "- expect: nothing": "expect: this must be `name: value` pairs",
    "- expect: {overdue: many}": "overdue: this must be a whole number",
    "- {as: nurse, says: hello, refused: perhaps}": "refused: this must be true or false",
    "- {as: practitioner, form: referral, answers: {incident_date: 2026-13-40}}": "there is no such date as 2026-13-40",
    "- {as: coordinator, does: send_requests, organisations: [police, moon]}": "there is no organisation moon",
    "- expect: {document: chronology}": "no form chronology yet",
    "- expect: {said_to: nobody, contains: x}": "nobody with the id nobody",
    "- expect: {posted_in: nowhere, contains: x}": "no channel nowhere",
    "- {as: practitioner, form: referral, answers: {nme: x}}": "nme is no question of this form",
    "- {as: practitioner, form: referral, answers: {name: x}}": "Did you mean children.name?",
    "- {as: practitioner, form: referral, answers: {advice: x}}": "advice is not answered by people",
    "- {as: practitioner, form: referral, answers: {summary: {a: b}}}": "this is one answer",
    "- {as: practitioner, form: referral, answers: {children: x}}": "this is a list",
    "- {as: practitioner, form: referral, answers: {children: [x]}}": "each child is a list",
    "- {as: practitioner, form: referral, answers: {children: [{nme: x}]}}": "nme is no question about a child",
    "- {as: practitioner, form: referral, answers: {family: [x]}}": "each row of family",
    "- {as: practitioner, form: referral, answers: {family: [{nme: x}]}}": "nme is no column of family",
}


@pytest.mark.parametrize(("step", "says"), WRONG.items())
def test_a_wrong_step_is_refused_with_its_line_and_what_to_do(step: str, says: str, tmp_path: Path, capsys) -> None:
    played = run(f"{HEAD}  - {{as: nurse, says: hello}}\n  {step}\n", tmp_path, capsys)

    assert played.code == 2
    assert f"{played.file}:{FIRST_STEP + 1}: " in played.complaint
    assert says in played.complaint
    assert played.printed == ""
    assert not played.out.exists()


def test_every_mistake_is_named_at_once(tmp_path: Path, capsys) -> None:
    steps = "  - {as: nobody, says: hello}\n  - {at: tomorrow}\n"
    played = run(HEAD + steps, tmp_path, capsys)

    assert [line.split(":")[1] for line in played.complaint.splitlines()] == [str(FIRST_STEP), str(FIRST_STEP + 1)]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "this is not a play. Begin it with"),
        ("[1, 2]\n", "this is not a play"),
        ("play: [\n", "this is not readable YAML"),
        (HEAD.replace("play: 1", "play: 2") + "  - {at: +1h}\n", "play: Input should be 1"),
        (HEAD.replace("north-somerset", "nowhere") + "  - {at: +1h}\n", "There is no profile 'nowhere'"),
        (HEAD.replace("2026-11-23T09:00", "Monday") + "  - {at: +1h}\n", "this is not a date and time such as"),
        (HEAD.replace("2026-11-23T09:00", "2026-11-23") + "  - {at: +1h}\n", "this has no time"),
        (HEAD.replace("steps:", "steps: []"), "steps: List should have at least 1 item"),
        (HEAD.replace("start: 2026-11-23T09:00\n", "") + "  - {at: +1h}\n", "start is missing. Add it"),
        (HEAD + "  - {as: nurse, as: nurse, says: hello}\n", "stands here twice"),
    ],
)
def test_a_file_that_is_no_play_is_refused(text: str, says: str, tmp_path: Path, capsys) -> None:
    played = run(text, tmp_path, capsys)

    assert played.code == 2
    assert says in played.complaint
    assert played.complaint.startswith(f"{played.file}:")


def test_an_unknown_role_is_refused_at_its_line(tmp_path: Path, capsys) -> None:
    people = "people:\n  - {id: boss, name: Test Boss,\n     role: boss}\n"
    played = run(HEAD.replace("steps:\n", people + "steps:\n") + "  - {at: +1h}\n", tmp_path, capsys)

    assert played.code == 2
    assert f"{played.file}:6: there is no role boss. There are: coordinator" in played.complaint


def test_two_people_never_share_an_id(tmp_path: Path, capsys) -> None:
    people = "people:\n  - {id: boss, name: Test Boss}\n  - {id: boss, name: Test Other}\n"
    played = run(HEAD.replace("steps:\n", people + "steps:\n") + "  - {at: +1h}\n", tmp_path, capsys)

    assert played.code == 2
    assert f"{played.file}:6: boss stands here twice" in played.complaint


def test_a_file_that_is_not_there_is_refused(tmp_path: Path, capsys) -> None:
    played = run_file(tmp_path / "absent.yaml", tmp_path / "out", capsys)

    assert (played.code, "cannot be read" in played.complaint) == (2, True)


def test_a_folder_that_cannot_be_made_is_refused(tmp_path: Path, capsys) -> None:
    (tmp_path / "out").write_text("a file", encoding="utf-8")
    played = run(HEAD + "  - {at: +1h}\n", tmp_path, capsys)

    assert (played.code, "cannot be made" in played.complaint) == (2, True)


def test_days_keep_the_time_that_people_read_when_the_clocks_change() -> None:
    friday = datetime(2026, 10, 23, 8, 0, tzinfo=UTC)  # 9:00 in summer time
    days, hours = Moved.read("+3d"), Moved.read("+72h")

    assert days is not None
    assert days.after(friday) == datetime(2026, 10, 26, 9, 0, tzinfo=UTC)
    assert hours is not None
    assert hours.after(friday) == friday + timedelta(hours=72)


def test_a_time_in_a_play_is_one_of_england() -> None:
    summer = Moved.read("2026-07-01T09:00")

    assert summer is not None
    assert summer.to == datetime(2026, 7, 1, 8, 0, tzinfo=UTC)
