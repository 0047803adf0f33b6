"""How long the assistant takes from its start until it is ready to answer, and how much memory it has then.

The floor is a process that only imports what no bot on this SDK can do without (aiohttp, botbuilder, transitions, sqlite3).
Both are whole processes, in turn, in one run. Run: python -m tests.bench.bench_start
"""

from __future__ import annotations

import os
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

Row = tuple[str, float, float, float]
FLOOR = "import aiohttp.web, botbuilder.core, transitions, sqlite3; print('Ready', flush=True); input()"
RUNS = 5


def _started(command: list[str], environment: dict[str, str]) -> tuple[float, float]:
    """Seconds until it says that it is ready, and its resident memory in MB then."""
    begun = time.monotonic()
    with subprocess.Popen(command, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert "Ready" in process.stdout.readline()
        took = time.monotonic() - begun
        status = Path(f"/proc/{process.pid}/status").read_text()
        memory = next(int(line.split()[1]) / 1024 for line in status.splitlines() if line.startswith("VmRSS"))
        process.send_signal(signal.SIGTERM)
    return took, memory


def run(runs: int = RUNS) -> list[Row]:
    """What, ours, the floor's, and the median of the pairs' ratios. The first pair warms the disk and does not count."""
    pairs: list[tuple[tuple[float, float], tuple[float, float]]] = []
    with tempfile.TemporaryDirectory() as folder:
        settings = {"CSPR_DATA": f"{folder}/data", "CSPR_LIBRARY": f"{folder}/library", "CSPR_PORT": "39788"}
        ours = [str(Path(sys.executable).with_name("cspr")), "run"]
        for _ in range(runs + 1):
            pairs.append((_started(ours, os.environ | settings), _started([sys.executable, "-c", FLOOR], dict(os.environ))))
    counted = pairs[1:]
    return [_row("seconds until ready", counted, 0), _row("MB when ready (reach: under 100)", counted, 1)]


def _row(name: str, pairs: list[tuple[tuple[float, float], tuple[float, float]]], which: int) -> Row:
    mine, bare = [one[which] for one, _ in pairs], [other[which] for _, other in pairs]
    ratio = statistics.median(m / b for m, b in zip(mine, bare, strict=True))
    return name, statistics.median(mine), statistics.median(bare), ratio


if __name__ == "__main__":
    for what, mine, bare, ratio in run():
        print(f"{what:40} {mine:8.2f} {bare:8.2f} {ratio:6.2f}")
