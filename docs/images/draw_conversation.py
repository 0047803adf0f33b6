"""`python docs/images/draw_conversation.py`: has the conversation of the README in the Agents Playground and takes its picture.

The real assistant, on data of its own that is thrown away. Needs Node and Chromium, as the tests do.
"""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "clients")]

from echo_house import free_port  # noqa: E402 - after the folders are known
from playground import playground  # noqa: E402

from templates.profile import Profile, load_profile, profile_folder  # noqa: E402

PICTURE = HERE / "conversation.png"
READY = 30


def steps(profile: Profile) -> list[tuple[str, str]]:
    """What the person does. Labels and questions come from the profile, so new wording needs no change here."""
    say, asked = profile.words.say, profile.shapes["referral"].by_state
    return [
        ("say", "I need to refer a child"),
        ("see", say("referral.needed")),
        ("press", say("buttons.start_referral")),
        ("press", say("buttons.confirm")),
        ("see", asked["immediate_safety"].question.ask),
        ("choose", say("answers.yes")),
        ("press", say("buttons.answer")),
        ("see", asked["immediate_safety_action"].question.ask),
        ("press", say("buttons.skip")),
        ("see", asked["children.name"].question.ask),
        ("fill", "Test Child"),
        ("press", say("buttons.answer")),
        ("see", asked["children.date_of_birth"].question.ask),
        ("fill", "3/4/19"),
        ("press", say("buttons.answer")),
        ("see", asked["children.sex"].question.label),
    ]


async def draw(folder: Path) -> None:
    """Start the assistant and the Playground, talk, take the picture, and end both."""
    script, port = folder / "steps.json", free_port()
    script.write_text(json.dumps(steps(load_profile(profile_folder("north-somerset")))), encoding="utf-8")
    assistant = await _assistant(port, folder)
    try:
        async with playground(f"http://127.0.0.1:{port}/api/messages", free_port()) as client:
            page = ["node", str(HERE / "conversation.js"), client.base, str(PICTURE), str(script)]
            await asyncio.to_thread(subprocess.run, page, check=True, timeout=120)
    finally:
        assistant.terminate()
        await assistant.wait()


async def _assistant(port: int, folder: Path) -> asyncio.subprocess.Process:
    settings = {"CSPR_DATA": str(folder / "data"), "CSPR_LIBRARY": str(folder / "library"), "CSPR_PORT": str(port)}
    command = [sys.executable, "-m", "bot.cli", "run", "--playground"]
    started = await asyncio.create_subprocess_exec(*command, env=settings, cwd=ROOT, stdout=subprocess.PIPE)
    if started.stdout is None:
        raise RuntimeError("the assistant has no output to wait for")
    await asyncio.wait_for(started.stdout.readline(), READY)
    return started


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as made:
        asyncio.run(draw(Path(made)))
