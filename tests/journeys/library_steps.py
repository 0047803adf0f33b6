"""Steps that the stories of libraries share: what people do to files there, and what is said of it."""

from __future__ import annotations

import asyncio
import io
import shutil
from collections.abc import Mapping, Sequence
from datetime import timedelta
from pathlib import Path

import docx
from scoping_steps import REFERENCE, asked
from story import Story, text_of

from templates.documents import controls

FORM = f"{REFERENCE} 2 Form police v1.docx"
ANSWERS = {
    "scoping.involvement": "Known",
    "scoping.summary": "Police were called to the home twice.",
    "scoping.children.1.voice": "She asked whether she had to go home.",
    "scoping.professionals.1.role": "Constable",
    "scoping.professionals.1.name": "Test Officer One",
}


def prepared(folder: Path, libraries: Sequence[str], *organisations: str) -> None:
    """A case about which these organisations were asked, told once for many stories. What it filed has been looked at."""

    async def tell() -> None:
        story = await Story(folder, libraries=libraries).open()
        await story.parts.watcher.look()
        await asked(story, *organisations)
        await seen(story)
        story.close()

    asyncio.run(tell())


async def goes_on(before: Path, folder: Path, libraries: Sequence[str]) -> Story:
    """A story that begins where `prepared` ended."""
    shutil.copytree(before, folder)
    story = Story(folder, first=1_000, libraries=libraries)
    story.clock.move(timedelta(hours=2))
    return await story.open()


def cases(story: Story) -> Path:
    """The case library."""
    return story.shelves[""].root


def own(story: Story, organisation: str = "police") -> Path:
    """The case's folder in an organisation's own library."""
    return story.shelves[organisation].root / REFERENCE


def filled_in(path: Path, values: Mapping[str, str] = ANSWERS) -> bytes:
    """A form of ours with some of its fields filled in, as somebody would in Word."""
    return filled_from(io.BytesIO(path.read_bytes()), values)


def filled_from(form: io.BytesIO, values: Mapping[str, str]) -> bytes:
    """The same with a form that lies in no folder."""
    document = docx.Document(form)
    for root in controls.parts_of(document):
        for field in controls.find(root):
            if (text := values.get(controls.tag_of(field))) is not None:
                controls.fill_text(field, text)
    made = io.BytesIO()
    document.save(made)
    return made.getvalue()


def write_in(path: Path, text: str) -> None:
    """Add a sentence at the end of a document, as somebody would in Word."""
    document = docx.Document(str(path))
    document.add_paragraph(text)
    document.save(str(path))


def heard(story: Story, place: str) -> str:
    """Everything that was said in a channel, or to somebody alone."""
    return "\n".join(text_of(reply) for reply in story.channel.said[place])


def last(story: Story, place: str = "channel:coordinators") -> str:
    """The newest thing that was said there."""
    return text_of(story.channel.said[place][-1])


def count(story: Story, place: str = "channel:coordinators") -> int:
    """How much was said there so far."""
    return len(story.channel.said[place])


async def seen(story: Story, minutes: int = 10) -> None:
    """Time goes by until what was done has been quiet for long enough."""
    await story.later(minutes=minutes)
