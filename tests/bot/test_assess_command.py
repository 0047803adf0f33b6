"""`cspr assess` and `cspr due` as they are typed: what they print, and how they refuse."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SMALL_CLI = """
import argparse, sys
from bot.commands import assess, due
parser = argparse.ArgumentParser()
subcommands = parser.add_subparsers(required=True)
assess.add_to(subcommands)
due.add_to(subcommands)
options = parser.parse_args()
code = options.run(options)
heavy = {"aiohttp", "botbuilder", "transitions", "docx"} & set(sys.modules)
sys.exit(code or (f"imported {heavy}" if heavy else 0))
"""


def cspr(*arguments: str, given: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-c", SMALL_CLI, *arguments]
    return subprocess.run(command, input=given, capture_output=True, cwd=ROOT, timeout=60, check=False)


def test_an_object_gets_advice_and_an_array_an_array(tmp_path: Path) -> None:
    facts = tmp_path / "facts.json"
    facts.write_text('{"age_at_incident": 4, "outcome": "death", "abusive_event": "yes"}', encoding="utf-8")
    found = cspr("assess", str(facts))
    assert (found.returncode, found.stderr) == (0, b"")
    advice = json.loads(found.stdout)
    assert list(advice) == [
        "notify", "rapid_review", "route", "duties", "rules", "reasons", "considerations", "would_change", "guidance",
    ]  # fmt: skip
    assert (advice["notify"], advice["rapid_review"], advice["rules"]) == ("must", "yes", ["R4"])
    assert set(advice["reasons"][0]) == {"rule", "text", "source"}
    assert set(advice["would_change"][0]) == {"fact", "why"}
    several = cspr("assess", "-", given=b"[" + facts.read_bytes() + b', {"age_at_incident": 30}]')
    assert [one["notify"] for one in json.loads(several.stdout)] == ["must", "no"]
    assert json.loads(cspr("assess", "-", given=b"[]").stdout) == []


REFUSED = {
    "unknown fact": (b'{"colour": 1}', "colour: there is no such fact"),
    "unknown value": (b'{"outcome": "x"}', "Allowed: death, serious_harm, not_serious, not_known"),
    "wrong type": (b'{"age_at_incident": true}', "age_at_incident: true is not an allowed value"),
    "not a number": (b'{"age_at_incident": NaN}', "NaN is not a number"),
    "a long number": (b'{"age_at_incident": 1' + b"0" * 5000 + b"}", "too long"),
    "twice": (b'{"outcome": "death", "outcome": "death"}', "outcome: this stands here twice"),
    "one of several": (b'[{}, {"suicide": 1}]', "Item 2: suicide: 1 is not an allowed value"),
    "no object in the array": (b"[{}, []]", "Item 2 is not"),
    "neither": (b'"death"', "must be a JSON object"),
    "not JSON": (b"{outcome: death}", "line 1"),
    "deep": (b"[" * 100_000, "not readable JSON"),
    "nothing": (b"", "not readable JSON"),
    "bytes": (b"\xff\xfe", "UTF-8"),
    "half a character": (b'{"\\ud800": 1}', "no such fact"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_facts_that_cannot_be_used_are_refused(name: str) -> None:
    given, says = REFUSED[name]
    found = cspr("assess", "-", given=given)
    assert (found.returncode, found.stdout) == (2, b"")
    assert says in found.stderr.decode()
    assert b"Traceback" not in found.stderr


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    for path in (tmp_path / "none.json", tmp_path):
        found = cspr("assess", str(path))
        assert (found.returncode, found.stdout) == (2, b"")
        assert b"Check the name" in found.stderr
    assert cspr("assess", "-", "--profile", "atlantis", given=b"{}").returncode == 2


def test_due_prints_one_line() -> None:
    found = cspr("due", "rapid_review", "2025-12-29")
    assert found.stdout.decode() == (
        '{"clock": "rapid_review", "from": "2025-12-29", "due": "2026-01-20", "excluded": '
        '[{"date": "2026-01-01", "name": "New Year\'s Day"}], "source": "Document 2a; Working Together"}\n'
    )
    assert json.loads(cspr("due", "notification", "2026-06-30T23:30Z").stdout)["due"] == "2026-07-08"
    assert json.loads(cspr("due", "local_review", "2026-08-31").stdout)["warning"]


@pytest.mark.parametrize(
    ("clock", "start", "says"),
    [
        ("egg_timer", "2026-01-01", "The clocks are: notification"),
        ("notification_cumulative", "2026-01-01", "The clocks are: notification"),
        ("notification", "tomorrow", "not an ISO date"),
        ("notification", "2026-02-30", "not an ISO date"),
        ("notification", "9999-12-31", "between 1978 and 2099"),
        ("notification", "0001-01-01T00:00+14:00", "between 1978 and 2099"),
    ],
)
def test_dates_that_cannot_be_counted_from_are_refused(clock: str, start: str, says: str) -> None:
    found = cspr("due", clock, start)
    assert (found.returncode, found.stdout) == (2, b"")
    assert says in found.stderr.decode()
