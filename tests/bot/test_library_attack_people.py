"""People who may not know of a case, or may not answer for an organisation, and who can write into its library."""

from __future__ import annotations

import io
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import pytest
from form_reader import forms
from library_steps import ANSWERS, FORM, count, filled_from, goes_on, last, own, prepared, seen
from msgspec.structs import replace
from scoping_steps import REFERENCE, case_of, id_of, requests_of
from story import Story, text_of
from watched_library import WatchedLibrary

from bot.library.filing import Filing
from bot.library.watching import Watcher
from state.records import AccountRecord, CasePersonRecord
from state.scoping_records import RequestRecord

POLICE, COORDINATORS = "channel:police", "channel:coordinators"
UNKNOWN = "NS-2026-0099"


@pytest.fixture(scope="module")
def before(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("before") / "story"
    prepared(folder, ("police",), "police")
    return folder


@pytest.fixture
async def shelved(before: Path, tmp_path: Path) -> AsyncIterator[Story]:
    """The police were asked, and have a library of their own."""
    told = await goes_on(before, tmp_path / "story", ("police",))
    yield told
    told.close()


async def police(story: Story) -> RequestRecord:
    return (await requests_of(story))["police"]


async def given(story: Story) -> dict[str, object]:
    return {path: one.value for path, one in (await story.answers_of((await police(story)).draft)).items()}


def form(story: Story, reference: str = REFERENCE, summary: str = ANSWERS["scoping.summary"]) -> bytes:
    """The form of the police, filled in, about a case of that reference."""
    values = {**ANSWERS, "scoping.summary": summary, "document.reference": reference}
    return filled_from(io.BytesIO((own(story) / FORM).read_bytes()), values)


def new_in(story: Story, place: str, before: int) -> list[str]:
    """What was said there since, without the reference that whoever asked has typed themselves."""
    return [text_of(one) for one in story.channel.said[place][before:]]


async def leaves(story: Story, name: str, content: bytes) -> list[str]:
    """Leave a file at the top of the police's library. Returns what the police's channel hears of it."""
    before = count(story, POLICE)
    (story.shelves["police"].root / name).write_bytes(content)
    await seen(story)
    return new_in(story, POLICE, before)


async def restrict(story: Story) -> None:
    await story.write(replace(await case_of(story), restricted=True))
    await story.write(CasePersonRecord(case=(await case_of(story)).id, person=id_of(story, "coordinator"), relation="named"))


async def ask_privately(story: Story) -> None:
    senior = id_of(story, "police-lead")
    await story.write(replace(await police(story), delivery="private", senior=senior, quiet=True))


async def withdraw_unsent(story: Story) -> None:
    await story.write(replace(await police(story), state="to_send"))


@pytest.mark.parametrize("hide", [restrict, ask_privately, withdraw_unsent])
async def test_a_form_left_to_find_out_whether_there_is_a_case_finds_nothing_out(
    shelved: Story, hide: Callable[[Story], Awaitable[None]]
) -> None:
    about, unknown = form(shelved), form(shelved, UNKNOWN)
    await hide(shelved)
    held = await given(shelved)
    of_one_that_is_not_there = await leaves(shelved, "guess.docx", unknown)
    of_one_that_is = await leaves(shelved, "another guess.docx", about)
    assert of_one_that_is_not_there
    assert of_one_that_is == of_one_that_is_not_there
    assert await given(shelved) == held, "and nobody writes into a return that they may not know of"


async def test_those_on_the_list_of_a_restricted_case_hear_that_a_form_of_it_was_left(shelved: Story) -> None:
    about = form(shelved)
    await restrict(shelved)
    channel, alone = count(shelved, COORDINATORS), count(shelved, "coordinator")
    await leaves(shelved, "guess.docx", about)
    assert count(shelved, COORDINATORS) == channel
    assert [text for text in new_in(shelved, "coordinator", alone) if REFERENCE in text]


class Bench:
    """The police's library as SharePoint has it: it says who did something."""

    def __init__(self, story: Story) -> None:
        self.story, self.library = story, WatchedLibrary()
        parts = story.parts
        filing = Filing(parts.store, {"police": self.library}, story.clock)
        self.watcher = Watcher(parts.store, filing, parts.house, story.clock, forms().taken)

    async def leaves(self, name: str, content: bytes, by: str) -> str:
        """Somebody saves a file. Returns what the police's channel hears of it."""
        before = count(self.story, POLICE)
        self.library.writes(name, content, by)
        await self.watcher.look()
        await self.story.without_the_bell(minutes=6)
        await self.watcher.look()
        await self.story.settle()
        return "\n".join(new_in(self.story, POLICE, before))


@pytest.fixture
async def bench(shelved: Story) -> Bench:
    mark = await shelved.parts.store.mark_of("police")
    assert mark is not None
    await shelved.parts.store.keep(replace(mark, mark="0"))
    return Bench(shelved)


async def exclude(story: Story, person: str = "police-lead") -> str:
    """Somebody turns out to be involved in the case."""
    who = id_of(story, person)
    await story.write(CasePersonRecord(case=(await case_of(story)).id, person=who, relation="excluded"))
    return who


async def remove(story: Story) -> str:
    await story.remove("police-lead")
    return id_of(story, "police-lead")


async def exclude_with_another_account(story: Story) -> str:
    """SharePoint knows them by the account that they have in Teams, and the case by the one in Slack."""
    who, now = await exclude(story), story.clock.now()
    await story.write(AccountRecord(id="tenant-9/other", person=who, asked_at=now, confirmed_at=now, agreed=("a", "b")))
    return "tenant-9/other"


@pytest.mark.parametrize("barred", [exclude, remove, exclude_with_another_account])
async def test_what_somebody_left_who_may_not_answer_is_not_read(
    bench: Bench, barred: Callable[[Story], Awaitable[str]]
) -> None:
    story = bench.story
    who, before = await barred(story), await given(story)
    told = await bench.leaves("answers.docx", form(story), who)
    assert "Please ask the coordinator" in told
    assert "answers read" not in told
    assert await given(story) == before
    assert "may not work on this case" in last(story, COORDINATORS)
    assert "Test Police Lead" not in told + last(story, COORDINATORS)
    again = await bench.leaves("answers again.docx", form(story, summary="Another one of us wrote this."), "tenant-1/unknown")
    assert "5 answers read" in again, "a colleague's file is"


async def test_whoever_left_a_form_is_neither_its_author_nor_its_signer_by_that(bench: Bench) -> None:
    story = bench.story
    lead = id_of(story, "police-lead")
    values = {"scoping.prepared_by_name": "Test Police Lead", "scoping.signed_off_by": "Test Police Lead"}
    content = filled_from(io.BytesIO((own(story) / FORM).read_bytes()), {**ANSWERS, **values})
    await bench.leaves("answers.docx", content, lead)
    request = await police(story)
    assert (request.state, request.author, request.signed_by, request.returns) == ("drafting", "", "", 0)
    story.as_("police-lead")
    await story.press_raw("sign_off", request.id)
    await story.press_raw("sign_return", request.id)
    await story.press_raw("submit", request.id)
    request = await police(story)
    assert (request.state, request.signed_by, request.returns) == ("drafting", "", 0)
