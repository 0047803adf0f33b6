"""Reading lines: from a terminal without its 4,096-character limit, or from a pipe."""

from __future__ import annotations

import asyncio
import sys

from bot.console.session import Read


def terminal() -> Read:
    """A reader for the present standard input.

    A terminal in its ordinary mode silently cuts a line at 4,096 characters; prompt_toolkit reads key by key and does not.
    """
    return _typed() if sys.stdin.isatty() else _piped()


def _typed() -> Read:
    from prompt_toolkit import PromptSession  # noqa: PLC0415 - only where there is a terminal

    session: PromptSession[str] = PromptSession()

    async def read(prompt: str) -> str | None:
        try:
            return str(await session.prompt_async(prompt))
        except (EOFError, KeyboardInterrupt):
            return None

    return read


def _piped() -> Read:
    async def read(prompt: str) -> str | None:
        line: str = await asyncio.to_thread(sys.stdin.readline)
        if not line:
            return None
        print(f"{prompt}{line.rstrip()}")
        return line.rstrip("\r\n")

    return read
