"""Start the assistant in local mode and open it in the Agents Playground. Ends both when told to stop (Ctrl-C)."""

from __future__ import annotations

import asyncio
import contextlib
import os
import sys
import webbrowser
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from node_tools import missing, set_up
from playground import playground

PORT, PAGE = 3978, 56150
SAYS_READY = 60


async def main() -> None:
    """Both, until stopped."""
    command = [str(Path(sys.executable).with_name("cspr")), "run", "--playground"]
    environment = os.environ | {"CSPR_MODE": "local", "CSPR_PORT": str(PORT)}
    assistant = await asyncio.create_subprocess_exec(*command, env=environment, stdout=asyncio.subprocess.PIPE)
    try:
        assert assistant.stdout is not None
        first = await asyncio.wait_for(assistant.stdout.readline(), SAYS_READY)
        if not first:
            sys.exit("The assistant did not start. What it said is above.")
        async with playground(f"http://127.0.0.1:{PORT}/api/messages", PAGE) as client:
            print(f"Open {client.base} and say hello. Press Ctrl-C to stop.", flush=True)
            webbrowser.open(client.base)
            await assistant.wait()
    finally:
        with contextlib.suppress(ProcessLookupError):
            assistant.terminate()
        await assistant.wait()


if __name__ == "__main__":
    if missing():
        sys.exit(f"{missing()} is not installed. The Agents Playground needs Node 20 or newer.")
    set_up()
    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(main())
