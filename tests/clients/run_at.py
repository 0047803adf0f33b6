"""`python run_at.py 2026-12-14T10:00`: what `cspr run --playground` starts, by a clock that stands at that moment in England.

It has no switch of its own in the product: an assistant that believes another day would write it into people's records.
"""

from __future__ import annotations

import asyncio
import sys
from datetime import datetime

from bot.clock import MovableClock
from bot.commands.run import serve
from bot.settings import load_settings
from state.values import LONDON


def main(moment: str) -> int:
    """Answer until told to stop."""
    clock = MovableClock()
    clock.set(datetime.fromisoformat(moment).replace(tzinfo=LONDON))
    return asyncio.run(serve(load_settings(), clock, windows=False))


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
