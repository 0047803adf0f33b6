"""`make bench`: every benchmark, one after another, as ratios to a floor measured in the same run."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from tests.bench import (
    bench_chasing,
    bench_documents,
    bench_overdue,
    bench_slack,
    bench_start,
    bench_store,
    bench_teams_turn,
    bench_turn,
)

Row = tuple[str, float, float, float]
BENCHES: tuple[tuple[str, Callable[[], list[Row]]], ...] = (
    ("Turn, CPU ms: the whole turn against bare aiohttp", bench_turn.run),
    ("Door, CPU ms: the Teams door alone against bare aiohttp", bench_teams_turn.run),
    ("Slack, CPU ms: the whole turn against an HMAC by hand and bolt", bench_slack.run),
    ("Store, CPU ms: against bare sqlite3 with group commit", bench_store.run),
    ("Chasing, CPU ms: a look for what is due against bare SQL", bench_chasing.run),
    ("Overdue, CPU ms: against bare SQL over the same 100,000 cases", bench_overdue.run),
    ("Documents, ms: against bare lxml, and bare python-docx with cloned rows", bench_documents.run),
    ("Start, seconds and MB: against the imports it cannot do without", bench_start.run),
)
RESULTS = Path(__file__).parents[2] / "docs" / "bench-results.json"


def main() -> int:
    """Measure, print and write everything."""
    found: dict[str, object] = {"at": datetime.now(UTC).date().isoformat()}
    for title, run in BENCHES:
        print(f"\n{title}\n{'':50} {'ours':>9} {'floor':>9} {'ratio':>7}", flush=True)
        rows = run()
        for name, ours, floor, ratio in rows:
            print(f"{name:50} {ours:9.3f} {floor:9.3f} {ratio:7.2f}", flush=True)
        found[title] = [{"what": n, "ours": round(o, 3), "floor": round(f, 3), "ratio": round(r, 2)} for n, o, f, r in rows]
    RESULTS.write_text(json.dumps(found, indent=2) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
