"""`make soak`: the full counts, kept with seed and duration: kills, walks, years, lives in a troubled Slack, filing, forms,
and cases in a troubled SharePoint.

`python -m tests.soak slack` goes through one part alone and leaves what was found of the others.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

from tests.soak.kill_soak import soak

ROOT = Path(__file__).parents[2]
RESULTS = ROOT / "docs" / "soak-results.json"
PLAYED_WITH = (".", "tests", "tests/graph", "tests/bot")
"""Where the parts of the play in SharePoint are imported from."""
SEED, KILLS, WALKS, YEARS, LIVES, FOLDERS, FORMS = 20261122, 60, 600, 3, 100, 1000, 400


def main() -> int:
    """Everything, or the parts that are named; 1 where anything was wrong."""
    parts = {
        "kills": lambda: soak(SEED, KILLS),
        "walks": _walks,
        "years": _years,
        "slack": _slack,
        "filing": _filing,
        "forms": _forms,
        "sharepoint": _sharepoint,
    }
    named = sys.argv[1:] or list(parts)
    found = {name: parts[name]() for name in named}
    before = json.loads(RESULTS.read_text(encoding="utf-8")) if RESULTS.exists() else {}
    text = json.dumps({**before, "at": datetime.now(UTC).date().isoformat(), **found}, indent=2) + "\n"
    print(text)
    RESULTS.write_text(text, encoding="utf-8")
    return 1 if any(part.get("wrong") or part.get("failed") for part in found.values()) else 0


def _walks() -> dict[str, object]:
    """The properties of the form machines with many more examples than the tests take, from a seed of their own."""
    return _examples("tests/dialogs/test_form_machine_properties.py", WALKS)


def _forms() -> dict[str, object]:
    """Random texts in random fields of Word forms, read back with the tags kept and with the tags lost."""
    return _examples("tests/templates/test_reading_random.py", FORMS)


def _years() -> dict[str, object]:
    """Whole years of a busy partnership, with what was said in them."""
    with tempfile.TemporaryDirectory() as folder:
        counts = Path(folder) / "counts.json"
        found = _examples("tests/journeys/test_year.py", YEARS, CSPR_TEST_YEARS=str(counts))
        return {**found, "counts": json.loads(counts.read_text()) if counts.exists() else {}}


def _slack() -> dict[str, object]:
    """Many lives in a Slack where everything goes wrong that can, each from a seed of its own."""
    with tempfile.TemporaryDirectory() as folder:
        counts = Path(folder) / "counts.json"
        environment = {"CSPR_TEST_SLACK": str(counts), "CSPR_TEST_SLACK_SEEDS": f"{SEED} {LIVES}"}
        found = _examples("tests/bot/test_slack_reliability.py", LIVES, **environment)
        return {**found, "counts": json.loads(counts.read_text()) if counts.exists() else {}}


def _filing() -> dict[str, object]:
    """Many libraries in which everything happens while documents are filed, each from a seed of its own."""
    return _examples("tests/bot/test_filing_simulated.py", FOLDERS, CSPR_TEST_FILING_SEEDS=f"{SEED} {FOLDERS}")


def _sharepoint() -> dict[str, object]:
    """The demo with its libraries in SharePoint, once for each way in which a call can go wrong."""
    begun = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        counts = Path(folder) / "counts.json"
        known = {**os.environ, "PYTHONPATH": os.pathsep.join(str(ROOT / one) for one in PLAYED_WITH)}
        command = [sys.executable, "-m", "tests.soak.sharepoint_soak", str(counts)]
        done = subprocess.run(command, cwd=ROOT, env=known, check=False)
        found = json.loads(counts.read_text(encoding="utf-8")) if counts.exists() else {}
    return {"seconds": round(time.monotonic() - begun, 1), "failed": done.returncode != 0, "troubles": found}


def _examples(tests: str, number: int, **environment: str) -> dict[str, object]:
    begun = time.monotonic()
    command = [
        sys.executable,
        "-m",
        "pytest",
        tests,
        "-q",
        "--timeout=7000",
        "-p",
        "no:cacheprovider",
        f"--hypothesis-seed={SEED}",
    ]
    known = {**os.environ, "CSPR_TEST_EXAMPLES": str(number), **environment}
    done = subprocess.run(command, cwd=ROOT, env=known, check=False)
    seconds = round(time.monotonic() - begun, 1)
    return {"seed": SEED, "examples": number, "seconds": seconds, "failed": done.returncode != 0}


if __name__ == "__main__":
    sys.exit(main())
