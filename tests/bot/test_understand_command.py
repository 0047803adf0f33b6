"""`cspr understand` as it is typed: what it prints, and how it refuses."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
CLI = """
import sys
from bot.cli import main
code = main()
heavy = {"aiohttp", "botbuilder", "transitions", "docx", "matplotlib", "holidays"} & set(sys.modules)
sys.exit(code or (f"imported {heavy}" if heavy else 0))
"""
WEDNESDAY = "2026-11-25"


def cspr(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", CLI, "understand", *arguments]
    return subprocess.run(command, capture_output=True, cwd=ROOT, timeout=60, check=False, text=True)


def said(*arguments: str) -> dict[str, Any]:
    found = cspr(*arguments, "--today", WEDNESDAY)
    assert (found.returncode, found.stderr) == (0, "")
    assert found.stdout.count("\n") == 1
    line: dict[str, Any] = json.loads(found.stdout)
    return line


def test_one_line_with_intent_slots_and_sure() -> None:
    assert said("what's overdue for police?") == {"intent": "overdue", "slots": {"agency": "police"}, "sure": True}


def test_several_agencies_are_a_list() -> None:
    found = said("who hasn't replied from police and housing on NS 7")
    assert found["slots"] == {"case": "NS-2026-0007", "agency": ["police", "housing"]}


def test_what_was_typed_before_is_kept_oldest_first() -> None:
    found = said("and housing?", "--after", "what's due this week", "--after", "and for police")
    assert found["intent"] == "due"
    assert found["slots"] == {"agency": "housing", "from": "2026-11-23", "to": "2026-11-29"}


def test_danger_a_second_request_and_suggestions_are_added_where_they_apply() -> None:
    assert said("what's overdue, and a child is in danger")["emergency"] is True
    assert said("what's overdue and who hasn't replied")["also"] == "not_replied"
    assert "chase" in said("don't chase police")["suggestions"]
    assert said("") == {"intent": "help", "slots": {}, "sure": True}


@pytest.mark.parametrize("role", ["practitioner", "agency_lead", "coordinator", "manager", "action_owner"])
def test_who_asks_changes_nothing(role: str) -> None:
    assert said("chase Test Surgery", "--as", role) == {"intent": "chase", "slots": {"organisation": "gp"}, "sure": True}


def test_an_organisations_own_name_is_no_agency() -> None:
    assert said("how is Test Hospital Trust doing")["slots"] == {"organisation": "test-hospital-trust"}


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (("--as", "wizard"), "there is no such role"),
        (("--today", "soon"), "not an ISO date"),
        (("--today", "2026-02-30"), "not an ISO date"),
        (("--profile", "nowhere"), "no profile"),
    ],
)
def test_what_there_is_not_is_refused(arguments: tuple[str, str], why: str) -> None:
    found = cspr("what's overdue", *arguments)
    assert (found.returncode, found.stdout) == (2, "")
    assert why in found.stderr


def test_without_a_day_it_is_today() -> None:
    found = cspr("what's overdue")
    assert json.loads(found.stdout) == {"intent": "overdue", "slots": {}, "sure": True}
