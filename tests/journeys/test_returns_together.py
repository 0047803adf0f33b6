"""Two people of one organisation answer one return, in any order and from windows that may be behind: nothing is lost."""

from __future__ import annotations

import asyncio
import tempfile
from collections import defaultdict
from pathlib import Path

from asked import ask, form_of, member, opens, referred, sends
from hypothesis import given, settings
from hypothesis import strategies as st
from story import Story

from dialogs.reply import Window, window_from
from dialogs.turn import OpenWindow

QUESTIONS = ("worked_well", "learning_within", "learning_across")
PEOPLE = ("police-lead", "police-deputy")
MOVES = st.lists(
    st.tuples(st.sampled_from(PEOPLE), st.sampled_from(("opens", "sends")), st.sampled_from(QUESTIONS)),
    min_size=2,
    max_size=12,
)


class Both:
    """Two people, each with a window of the same section open, or none."""

    def __init__(self, story: Story) -> None:
        self.story = story
        self.windows: dict[str, Window] = {}
        self.accepted: dict[str, list[str]] = defaultdict(list)
        self.shown: dict[str, str] = {}
        self.count = 0

    async def opens(self, person: str) -> None:
        self.story.as_(person, in_channel="police")
        await self.story.take(OpenWindow(action="window", target="return-police", at="worked_well:0"))
        self.windows[person] = window_from(self.story.answer)

    async def sends(self, person: str, question: str) -> None:
        """Fill in one box and leave the others as the window shows them."""
        if person not in self.windows:
            return await self.opens(person)
        self.count += 1
        text = f"{person} wrote number {self.count}"
        before = await kept(self.story)
        self.story.as_(person, in_channel="police")
        self.story.window = self.windows.pop(person)
        behind = {one.id: one.value for one in self.story.window.inputs if one.id in QUESTIONS}
        answer = await sends(self.story, "window_save", {question: text})
        after = await kept(self.story)
        if after.get(question) == text:
            assert before.get(question, "") == behind.get(question, ""), "nobody's words are overwritten unseen"
        else:
            assert after.get(question) == before.get(question), "what was kept stays"
            assert text in " ".join(f"{one.error} {one.value}" for one in answer.inputs), "and what was sent is shown"
            self.windows[person] = answer
        others = [name for name in QUESTIONS if name != question]
        assert {n: after.get(n) for n in others} == {n: before.get(n) for n in others}, "and no other box is touched"
        return None


async def kept(story: Story) -> dict[str, str]:
    answers = (await form_of(story, "return-police")).answers
    return {name: str(answers[name].value) for name in QUESTIONS if name in answers and answers[name].state == "given"}


async def begun(folder: Path) -> Story:
    story = await Story(folder).open()
    await referred(story)
    request = await ask(story, "police", "police")
    await member(story, "police-deputy", "police", "deputy")
    for person in PEOPLE:
        story.as_(person, in_channel="police")
        await opens(story, "open_request", request)
        await sends(story, "begin_return")
    return story


async def told(moves: list[tuple[str, str, str]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        story = await begun(Path(folder))
        try:
            both = Both(story)
            for person, move, question in moves:
                await (both.opens(person) if move == "opens" else both.sends(person, question))
            written = (await form_of(story, "return-police")).answers
            assert all(one.version for one in written.values())
        finally:
            story.close()


@settings(max_examples=15, deadline=None)
@given(MOVES)
def test_in_any_order_nothing_is_lost(moves: list[tuple[str, str, str]]) -> None:
    asyncio.run(told(moves))
