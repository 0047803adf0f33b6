"""Kill the writing process at random moments: nothing acknowledged is lost, nothing is half there, no rule is broken.

Run: python -m tests.soak.kill_soak --seed 1 --kills 20 --out soak.json
"""

from __future__ import annotations

import argparse
import asyncio
import json
import random
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from pathlib import Path
from typing import IO, Any

from state.crypto import load_key
from state.sqlite import open_store
from tests.soak.kill_writer import ANSWERS, HISTORY, SENDS

ROOT = Path(__file__).parents[2]
LONGEST = 0.6
"""Seconds a process lives at most after it is ready."""


class Said:
    """What all lives together said."""

    def __init__(self) -> None:
        self.acknowledged: set[str] = set()
        self.sent: list[tuple[int, str]] = []
        self.uncertain: Counter[int] = Counter()

    def hear(self, line: str) -> None:
        """One whole line of a writer."""
        kind, *rest = line.split()
        if kind == "A":
            self.acknowledged.add(rest[0])
        elif kind == "S":
            self.sent.append((int(rest[0]), rest[1]))
        elif kind == "U":
            self.uncertain[int(rest[0])] += 1


def one_life(folder: Path, life: int, lives_for: float, said: Said) -> None:
    """Start a writer, kill it after a while, and hear everything it had said until then."""
    command = [sys.executable, "-m", "tests.soak.kill_writer", str(folder), str(life)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT) as child:
        assert child.stdout is not None
        ready = threading.Event()
        listener = threading.Thread(target=_listen, args=(child.stdout, ready, said))
        listener.start()
        if not ready.wait(60):
            child.kill()
            raise RuntimeError("The writer did not become ready.")
        time.sleep(lives_for)
        child.kill()
        listener.join()


def _listen(stream: IO[str], ready: threading.Event, said: Said) -> None:
    for line in stream:
        if line.endswith("\n"):
            said.hear(line)
        if line.strip() == "ready":
            ready.set()


def check(folder: Path, said: Said) -> list[str]:
    """Everything that is wrong after a kill, as sentences."""
    path = folder / "data" / "cspr.db"
    connection = sqlite3.connect(path)
    try:
        wrong = [*_whole(connection, said), *_delivery(connection, said)]
        if connection.execute("PRAGMA integrity_check").fetchone() != ("ok",):
            wrong.append("The file is damaged.")
    finally:
        connection.close()
    return wrong + [f"History: {problem}" for problem in asyncio.run(_history(folder, path))]


async def _history(folder: Path, path: Path) -> list[Any]:
    store = open_store(path, load_key(folder / "cspr.key"), "local")
    try:
        return list(await store.verify_history())
    finally:
        store.close()


def _whole(connection: sqlite3.Connection, said: Said) -> list[str]:
    turns = {turn for (turn,) in connection.execute("SELECT id FROM turns")}
    wrong = [f"Turn {turn} was acknowledged and is not there." for turn in said.acknowledged - turns]
    for table, column, each in (("answers", "source", ANSWERS), ("history", "turn", HISTORY), ("outbox", "turn", SENDS)):
        counted = dict(connection.execute(f"SELECT {column}, count(*) FROM {table} GROUP BY 1").fetchall())
        if counted != dict.fromkeys(turns, each):
            wrong.append(f"There are turns that are half there in {table}.")
    counters = dict(connection.execute("SELECT name, value FROM counters").fetchall())
    if sum(counters.values()) != len(turns):
        wrong.append("The counters do not add up to the turns.")
    return wrong


def _delivery(connection: sqlite3.Connection, said: Said) -> list[str]:
    times = Counter(row for row, _ in said.sent)
    rows = {row: (lane, status) for row, lane, status in connection.execute("SELECT id, lane, status FROM outbox")}
    wrong = [
        f"Row {row} was sent {n} times and uncertain {said.uncertain[row]}." for row, n in times.items() if _often(n, row, said)
    ]
    wrong += [f"Row {row} was sent and is not there." for row in times if row not in rows]
    wrong += [f"Row {row} is sent and never was." for row, (_, status) in rows.items() if status == "sent" and row not in times]
    return wrong + _order(said)


def _often(times: int, row: int, said: Said) -> bool:
    return times > 1 + said.uncertain[row]


def _order(said: Said) -> list[str]:
    last: dict[str, int] = {}
    seen: set[int] = set()
    wrong = []
    for row, lane in said.sent:
        if row not in seen and row < last.get(lane, 0) and not said.uncertain[row]:
            wrong.append(f"Row {row} was sent after row {last[lane]} of its lane.")
        if not said.uncertain[row]:
            last[lane] = max(row, last.get(lane, 0))
        seen.add(row)
    return wrong


def soak(seed: int, kills: int) -> dict[str, Any]:
    """Kill so many times; stops at the first wrong thing. Returns what was counted, and what was wrong."""
    moments, said, begun = random.Random(seed), Said(), time.monotonic()
    wrong: list[str] = []
    done = 0
    with tempfile.TemporaryDirectory() as folder:
        while done < kills and not wrong:
            one_life(Path(folder), done, moments.uniform(0, LONGEST), said)
            done += 1
            wrong = check(Path(folder), said)
    return {
        "seed": seed,
        "kills": done,
        "seconds": round(time.monotonic() - begun, 1),
        "acknowledged": len(said.acknowledged),
        "sent": len(said.sent),
        "uncertain": sum(said.uncertain.values()),
        "sent_twice": sum(times > 1 for times in Counter(row for row, _ in said.sent).values()),
        "wrong": wrong[:20],
    }


def main() -> int:
    """Soak, write what was found, and fail when anything is wrong."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--out", type=Path)
    given = parser.parse_args()
    found = soak(given.seed, given.kills)
    text = json.dumps(found, indent=2)
    print(text)
    if given.out:
        given.out.write_text(text + "\n", encoding="utf-8")
    return 1 if found["wrong"] else 0


if __name__ == "__main__":
    sys.exit(main())
