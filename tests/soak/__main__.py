"""`make soak`: the full counts, kept with seed and duration: kills at random moments, random walks through the referral."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

from tests.soak.kill_soak import soak

ROOT = Path(__file__).parents[2]
RESULTS = ROOT / "docs" / "soak-results.json"
SEED, KILLS, WALKS = 20261122, 60, 600


def main() -> int:
    """Everything; 1 where anything was wrong."""
    kills = soak(SEED, KILLS)
    walks = _walks()
    found = {"at": datetime.now(UTC).date().isoformat(), "kills": kills, "walks": walks}
    text = json.dumps(found, indent=2) + "\n"
    print(text)
    RESULTS.write_text(text, encoding="utf-8")
    return 1 if kills["wrong"] or walks["failed"] else 0


def _walks() -> dict[str, object]:
    """The properties of the form machines with many more examples than the tests take, from a seed of their own."""
    begun = time.monotonic()
    command = [sys.executable, "-m", "pytest", "tests/dialogs/test_form_machine_properties.py", "-q", "--timeout=3000"]
    command += ["-p", "no:cacheprovider", f"--hypothesis-seed={SEED}"]
    done = subprocess.run(command, cwd=ROOT, env={**os.environ, "CSPR_TEST_EXAMPLES": str(WALKS)}, check=False)
    seconds = round(time.monotonic() - begun, 1)
    return {"seed": SEED, "examples": WALKS, "seconds": seconds, "failed": done.returncode != 0}


if __name__ == "__main__":
    sys.exit(main())
