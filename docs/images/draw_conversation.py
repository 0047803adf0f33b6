"""`python docs/images/draw_conversation.py`: has the conversation of the README in the Agents Playground and takes its picture.

The real assistant, on data of its own that is thrown away. Needs Node and Chromium, as the tests do.
"""

from __future__ import annotations

import asyncio
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).parent
CLIENTS = HERE.parents[1] / "tests" / "clients"
sys.path[:0] = [str(CLIENTS), str(HERE.parents[1])]

from echo_house import free_port  # noqa: E402 - after the folders are known
from playground import playground  # noqa: E402

PICTURE = HERE / "conversation.png"


async def draw() -> None:
    """Start the assistant and the Playground, talk, take the picture, and end both."""
    with tempfile.TemporaryDirectory() as folder:
        port = free_port()
        assistant = await _assistant(port, Path(folder))
        try:
            async with playground(f"http://127.0.0.1:{port}/api/messages", free_port()) as client:
                await asyncio.to_thread(
                    subprocess.run, ["node", HERE / "conversation.js", client.base, PICTURE], check=True, timeout=120
                )
        finally:
            assistant.terminate()
            await assistant.wait()


async def _assistant(port: int, folder: Path) -> asyncio.subprocess.Process:
    settings = {"CSPR_DATA": str(folder / "data"), "CSPR_LIBRARY": str(folder / "library"), "CSPR_PORT": str(port)}
    command = [sys.executable, "-m", "bot.cli", "run", "--playground"]
    started = await asyncio.create_subprocess_exec(*command, env=settings, cwd=HERE.parents[1], stdout=subprocess.PIPE)
    assert started.stdout is not None
    await asyncio.wait_for(started.stdout.readline(), 30)
    return started


if __name__ == "__main__":
    asyncio.run(draw())
