"""Two ways of doing a thing, measured in turn in one process: CPU milliseconds of each, and the ratio."""

from __future__ import annotations

import statistics
import time
from collections.abc import Awaitable, Callable

Row = tuple[str, float, float, float]
"""A name, our CPU milliseconds, the floor's, and the median of the ratios of each round."""
Task = Callable[[], Awaitable[object]]


async def cpu_ms(task: Task, times: int) -> float:
    """CPU milliseconds of one."""
    begun = time.process_time()
    for _ in range(times):
        await task()
    return (time.process_time() - begun) * 1000 / times


async def compare(name: str, ours: Task, floor: Task, times: int, rounds: int) -> Row:
    """Both in turn, and the median of the rounds' ratios."""
    await ours()
    await floor()
    pairs = [(await cpu_ms(ours, times), await cpu_ms(floor, times)) for _ in range(rounds)]
    ratio = statistics.median(mine / other for mine, other in pairs)
    return name, statistics.median(mine for mine, _ in pairs), statistics.median(other for _, other in pairs), ratio
