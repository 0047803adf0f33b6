"""Hostile Word files at the door: each is a clear sentence or a form that is read, in bounded time and memory."""

from __future__ import annotations

import asyncio
import subprocess
import sys
import time
from pathlib import Path

import pytest
from form_reader import forms
from hostile_files import Hostile, every
from word_parts import FORMS

from bot.dropped import AT_ONCE
from templates.wording import load_words

FILES = dict(every())
WORDS = load_words()
SLOWEST = 10.0
MEMORY, SECONDS = 1_200 * 2**20, 90
"""What all of them together may take of a process of their own."""
ALL = """
import resource, sys
sys.path[:0] = sys.argv[1:]
from form_reader import forms
from hostile_files import every
reader = forms()
reader.read("warm.docx", b"")
files = [(one.name, one.make()) for _, one in every()]
resource.setrlimit(resource.RLIMIT_AS, ({memory}, {memory}))
resource.setrlimit(resource.RLIMIT_CPU, ({seconds}, {seconds}))
print(sum(bool(reader.read(name, content).name) for name, content in files))
"""


def test_there_are_more_than_fifty() -> None:
    assert len(FILES) > 70


@pytest.mark.parametrize("name", FILES)
def test_each_is_refused_or_read(name: str) -> None:
    file: Hostile = FILES[name]
    content = file.make()
    begun = time.monotonic()
    read = forms().read(file.name, content)
    assert time.monotonic() - begun < SLOWEST
    assert (read.problem, read.notes) == (file.problem, file.notes)
    assert len(read.name) <= 120
    assert not set(read.name) & set("/\\\n\r\0\u202e")
    if file.problem:
        assert WORDS.has(f"files.{file.problem}")
        assert not read.tags
    else:
        assert read.form == "scoping"
        assert read.tags["scoping.summary"] == file.says


def test_all_of_them_are_read_in_bounded_time_and_memory() -> None:
    here = Path(__file__).parent
    code = ALL.format(memory=MEMORY, seconds=SECONDS)
    done = subprocess.run(
        [sys.executable, "-c", code, str(here.parents[1]), str(here.parent), str(here)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2_000:]
    assert int(done.stdout) == len(FILES)


@pytest.mark.parametrize("path", sorted(FORMS.glob("*.docx")), ids=lambda path: path.stem)
def test_every_document_of_ours_says_which_it_is(path: Path) -> None:
    assert forms().read(path.name, path.read_bytes()).form == path.stem


async def test_files_are_read_beside_the_loop_and_never_many_at_once() -> None:
    reader, content = forms(), FILES["written: a letter of 150,000"].make()
    reading = [asyncio.create_task(reader.taken(f"{number}.docx", content)) for number in range(4)]
    await asyncio.sleep(0)
    assert not any(task.done() for task in reading), "the loop goes on meanwhile"
    done, waiting = await asyncio.wait(reading, return_when=asyncio.FIRST_COMPLETED)
    assert len(done) <= AT_ONCE
    assert len(waiting) >= len(reading) - AT_ONCE
    assert {one.form for one in await asyncio.gather(*reading)} == {"scoping"}
