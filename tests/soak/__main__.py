"""`make soak`: the full counts, kept with seed and duration: kills at random moments, random walks, whole years of chasing."""

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
SEED, KILLS, WALKS, YEARS = 20261122, 60, 600, 3


def main() -> int:
    """Everything; 1 where anything was wrong."""
    kills = soak(SEED, KILLS)
    walks, years = _walks(), _years()
    found = {"at": datetime.now(UTC).date().isoformat(), "kills": kills, "walks": walks, "years": years}
    text = json.dumps(found, indent=2) + "\n"
    print(text)
    RESULTS.write_text(text, encoding="utf-8")
    return 1 if kills["wrong"] or walks["failed"] or years["failed"] else 0


def _walks() -> dict[str, object]:
    """The properties of the form machines with many more examples than the tests take, from a seed of their own."""
    return _examples("tests/dialogs/test_form_machine_properties.py", WALKS)


def _years() -> dict[str, object]:
    """Whole years of a busy partnership, with what was said in them."""
    with tempfile.TemporaryDirectory() as folder:
        counts = Path(folder) / "counts.json"
        found = _examples("tests/journeys/test_year.py", YEARS, CSPR_TEST_YEARS=str(counts))
        return {**found, "counts": json.loads(counts.read_text()) if counts.exists() else {}}


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
