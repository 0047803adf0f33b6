"""`cspr doctor` at the command line: a line for each check, what to do under each failure, and nothing that is secret."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path

import pytest
from doctor_kit import NOW, NOWHERE
from story import Story
from teams_kit import StillClock

from bot.cli import main
from bot.doctor.examining import Result, examined
from bot.doctor.finding import Finding, Status, failed, not_checked, ok, refused, warning
from bot.doctor.saying import as_json, as_text
from bot.doctor.subject import Subject
from bot.doctor.table import CHECKS, Check
from bot.http import pooled_session

STATUSES = {"ok", "warning", "failed", "not checked"}


@pytest.fixture(autouse=True)
def fresh(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A folder with nothing in it, settings of nobody, and no LibreOffice: that takes seconds."""
    import os

    for name in [name for name in os.environ if name.startswith("CSPR_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("CSPR_OFFICE", "no-such-office")
    monkeypatch.setenv("CSPR_PORT", "47113")
    monkeypatch.chdir(tmp_path)


def test_local_mode_out_of_the_box_has_no_failure(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["doctor"]) == 0
    lines = capsys.readouterr().out.splitlines()
    named = [line for line in lines if not line.startswith(" ")]
    checked = [name for line in named for name in line[13:].partition(":")[0].split(", ") if ": " in line[13:]]
    assert checked == [check.name for check in CHECKS]
    assert "failed" not in {line[:13].strip() for line in named}
    assert lines[-1].startswith(f"{len(CHECKS)} checks: ")
    assert list(tmp_path.iterdir()) == [], "it makes nothing"


def test_json_for_machines(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["doctor", "--json"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert said.keys() == {"failed", "checks"}
    assert said["failed"] is False
    assert [one["name"] for one in said["checks"]] == [check.name for check in CHECKS]
    for one in said["checks"]:
        assert one.keys() == {"name", "group", "status", "found"}
        assert {each["status"] for each in one["found"]} <= STATUSES
        assert one["found"]
        for each in one["found"]:
            assert each.keys() == {"status", "said", "do"}
            assert each["do"] or each["status"] in ("ok", "not checked")


def test_wrong_settings_are_all_named_at_once(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("CSPR_PROT", "80")
    monkeypatch.setenv("CSPR_HOST", "0.0.0.0")
    monkeypatch.setenv("CSPR_LIBRARY", "data/library")
    assert main(["doctor"]) == 1
    said = capsys.readouterr().out
    assert all(name in said for name in ("CSPR_PROT is not a setting.", "CSPR_HOST: local mode", "CSPR_LIBRARY: the library"))
    assert "failed       settings: " in said
    assert "not checked  files, folders, port, keys, " in said
    assert said.count("The settings have to be put right first.") == 1, "what is wrong is not lost among what waits for it"
    assert "What to do: docs/settings.md lists them all." in said
    assert "What to do: Set CSPR_MODE=production to listen elsewhere." in said


def test_asked_wrongly() -> None:
    with pytest.raises(SystemExit) as ended:
        main(["doctor", "--everything"])
    assert ended.value.code == 2


async def test_it_looks_while_the_assistant_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    story = await Story(tmp_path).open()
    monkeypatch.setenv("CSPR_DATA", str(story.settings.data))
    monkeypatch.setenv("CSPR_LIBRARY", str(story.settings.library))
    story.settings.library.mkdir(mode=0o700)
    try:
        assert await asyncio.to_thread(main, ["doctor", "--write"]) == 0
        await story.says("hello")
    finally:
        story.close()
    said = capsys.readouterr().out
    assert "ok           database: The keys open it" in said
    assert "a file was written, read and deleted." in said


async def test_no_secret_is_said(tmp_path: Path) -> None:
    secrets = {
        "teams_secret_file": "a secret of Teams",
        "slack_tokens_file": "T0TEST xoxb-secret",
        "slack_app_token_file": "xapp-secret",
    }
    for name, text in secrets.items():
        (tmp_path / name).write_text(text)
    given = {f"CSPR_{name.upper()}": str(tmp_path / name) for name in secrets}
    given |= {"CSPR_TEAMS_APP_ID": "app", "CSPR_TEAMS_TENANT_ID": "tenant", "CSPR_TENANTS": "T0TEST"}
    with pytest.MonkeyPatch.context() as environment:
        for name, text in given.items():
            environment.setenv(name, text)
        async with pooled_session() as session:
            results = await examined(given, StillClock(NOW), session, sites=NOWHERE)
    said = as_text(results) + as_json(results)
    assert {"files", "reachability", "teams", "slack"} <= {one.check.name for one in results if one.status is Status.FAILED}
    assert not [text for text in ("secret of", "xoxb", "xapp") if text in said]


async def test_a_check_that_breaks_keeps_no_other_from_being_done() -> None:
    async def breaks(subject: Subject) -> list[Finding]:
        raise ZeroDivisionError(str(subject.settings.data))

    async def holds(subject: Subject) -> list[Finding]:
        return [ok(f"It is {subject.settings.mode}.")]

    checks = (Check("one", "settings", "breaks", breaks), Check("two", "settings", "holds", holds))
    async with pooled_session() as session:
        results = await examined({}, StillClock(NOW), session, checks=checks)
    assert [one.status for one in results] == [Status.FAILED, Status.OK]
    assert results[0].found[0].said == "This check itself broke (ZeroDivisionError)."


def test_a_line_a_check_and_under_each_failure_what_to_do() -> None:
    check = CHECKS[0]
    found = [
        ok("One is right."),
        warning("Two is old.", "Renew two."),
        failed("Three is gone.", "Make three."),
        not_checked("Four."),
    ]
    said = as_text([Result(check=check, found=found), Result(check=CHECKS[1], found=[ok("All is right.")])])
    assert said.splitlines() == [
        "failed       settings: Three is gone.",
        "               What to do: Make three.",
        "             warning: Two is old.",
        "               What to do: Renew two.",
        "ok           files: All is right.",
        "",
        "2 checks: 1 failed, 1 ok.",
    ]


def test_checks_that_wait_for_the_same_thing_stand_on_one_line() -> None:
    first, second, third, fourth = CHECKS[:4]
    waits, looks = not_checked("There is no database yet."), not_checked("It does not show that.", "Look there.")
    results = [Result(check=one, found=[waits]) for one in (first, second)]
    results += [Result(check=one, found=[looks]) for one in (third, fourth)]
    assert as_text(results).splitlines() == [
        f"not checked  {first.name}, {second.name}: There is no database yet.",
        f"not checked  {third.name}: It does not show that.",
        "               What to do: Look there.",
        f"not checked  {fourth.name}: It does not show that.",
        "               What to do: Look there.",
        "",
        "4 checks: 4 not checked.",
    ]


def test_a_sentence_is_parted_from_what_to_do() -> None:
    one = refused("The database x.sqlite has schema 4 (of 5). Stop the assistant. Run: cspr migrate")
    assert (one.said, one.do) == ("The database x.sqlite has schema 4 (of 5).", "Stop the assistant. Run: cspr migrate")
    assert refused("No more than this.").do


def test_the_page_lists_every_check() -> None:
    text = (Path(__file__).parents[2] / "docs" / "doctor.md").read_text(encoding="utf-8")
    for check in CHECKS:
        assert f"| `{check.name}` | {check.group} | {check.about} |" in text
    assert len({check.name for check in CHECKS}) == len(CHECKS)
