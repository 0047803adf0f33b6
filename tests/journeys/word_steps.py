"""Steps that the stories of Word forms share: filling in a form as somebody would in Word, and dropping it."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path

from form_reader import forms
from scoping_steps import asked, filed, requests_of, seen
from story import Story, text_of
from word_parts import filled_in

from state.scoping_records import RequestRecord
from state.snapshot import Written

READ = forms()
TRUST = "test-hospital-trust"
RETURN: Mapping[str, str] = {
    "scoping.involvement": "Known",
    "scoping.summary": "She was admitted once.",
    "scoping.professionals.1.role": "Nurse",
    "scoping.professionals.1.name": "Test Ward Nurse",
    "scoping.records_secured": "Yes",
    "scoping.kept_separate": "Yes",
}
"""Six answers."""


def prepared(folder: Path) -> None:
    """A case about which two organisations were asked, told once for many stories."""

    async def tell() -> None:
        story = await Story(folder).open()
        await asked(story, TRUST, "police")
        story.close()

    asyncio.run(tell())


async def goes_on(before: Path, folder: Path) -> Story:
    """A story that begins where `prepared` ended."""
    shutil.copytree(before, folder)
    story = Story(folder, first=1_000)
    story.clock.move(timedelta(hours=1))
    return await story.open()


async def drops(story: Story, content: bytes, name: str = "form.docx") -> str:
    """Drop a file into the conversation. Returns everything that was said then."""
    before = len(story.heard)
    await story.take(READ.read(name, content))
    return "\n".join(map(text_of, story.heard[before:]))


def sent_form(story: Story, organisation: str, issue: str = "") -> bytes:
    """Document 2 as it was sent to an organisation."""
    return next(path for path in filed(story) if f"2 Form{issue} {organisation} v" in path.name).read_bytes()


def completed(story: Story, organisation: str, values: Mapping[str, str] = RETURN, issue: str = "") -> bytes:
    """The same, completed in Word."""
    return filled_in(sent_form(story, organisation, issue), values)


async def return_of(story: Story, organisation: str) -> Written:
    """The return of an organisation as it is kept now."""
    request: RequestRecord = (await requests_of(story))[organisation]
    return next(one for one in (await seen(story)).written if one.draft.id == request.draft)


async def value_of(story: Story, organisation: str, path: str) -> object:
    """What is kept at a path of the return."""
    answer = (await return_of(story, organisation)).answers.get(path)
    return answer.value if answer is not None and answer.state == "given" else None


async def settle(story: Story) -> str:
    """Go to what is unclear."""
    return text_of(await story.press("settle_unclear"))
