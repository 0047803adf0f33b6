"""The same through the page that a person sees, in Chromium."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path

import pytest
from echo_house import echoing
from node_tools import needed, run_js

from dialogs.turn import Press

pytestmark = [pytest.mark.needs_node, pytest.mark.needs_browser]
SHOTS = Path(__file__).parents[2] / "out" / "playground"


async def test_a_person_types_answers_and_sees_the_card_change(tmp_path: Path) -> None:
    needed(browser=True)
    steps = [
        {"say": "I need to refer a child"},
        {"see": "You said: I need to refer a child"},
        {"press": "Save the answer"},
        {"see": "Please give a name."},
        {"fill": {"What is the child's name?": "Test Child"}},
        {"shot": "echo-filled"},
        {"press": "Save the answer"},
        {"see": "What you said"},
        {"shot": "echo-answered"},
    ]
    script = tmp_path / "steps.json"
    script.write_text(json.dumps(steps))
    async with echoing() as (client, house):
        seen = json.loads(await asyncio.to_thread(run_js, "page.js", client.base, str(script), str(SHOTS)))
        assert "name: Test Child" in seen[-1]
        assert "Open as a window" not in seen[1]
        [pressed] = [turn.said for turn in house.turns if isinstance(turn.said, Press)]
        assert pressed.inputs == {"name": "Test Child"}, "a field left empty is absent, so it is unchanged"
