"""The document library is away for six hours while organisations are asked: talk goes on, documents wait, all arrive."""

from __future__ import annotations

from collections import Counter
from collections.abc import AsyncIterator
from pathlib import Path

import docx
import pytest
from delivery_steps import did_it_reach, ledger
from referral_steps import ONE_CHILD, begin, fill_in
from scoping_steps import REFERENCE, asked, case_of, choose, filed, requests_of, send, vetted
from story import Story, profile, text_of

from bot.library.document import CASES
from bot.library.folder import FolderStorage
from bot.library.storage import Begun, Held, Item, LibraryAway
from bot.wiring import assemble
from dialogs.turn import Press
from state.changes import Kind, OutboxRow
from state.snapshot import Wanted
from state.values import Channel

AGAIN_AFTER = 1200.0
"""Seconds for which the library wants to be left alone: more than the longest pause that the courier makes by itself."""


class AwayAtTimes(FolderStorage):
    """A library that does not answer while it is away."""

    def __init__(self, root: Path) -> None:
        super().__init__(root)
        self.away: float | None = None
        self.held = False
        self.late = ""
        """A word in the name of a file that comes later than others."""
        self.asked = 0

    async def find(self, path: str) -> Item | None:
        self._answers()
        return await super().find(path)

    async def create(self, path: str, content: bytes, *, resume: str = "", begun: Begun | None = None) -> Item:
        self._answers()
        if self.late and self.late in path:
            self.late = ""
            raise LibraryAway("this once")
        return await super().create(path, content, resume=resume, begun=begun)

    async def read(self, path: str) -> bytes:
        self._answers()
        return await super().read(path)

    def _answers(self) -> None:
        self.asked += 1
        if self.away is not None:
            raise LibraryAway("it does not answer", again_after=self.away)
        if self.held:
            raise Held


class AwayStory(Story):
    """A story whose library can be away."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.library = AwayAtTimes(self.settings.library)

    async def open(self) -> AwayStory:
        doors = {Channel.CONSOLE: self.channel, Channel.TEAMS: self.channel}
        self.parts = await assemble(self.settings, self.clock, doors, profile=profile(), shelves={CASES: self.library})
        await self.parts.courier.start()
        return self


@pytest.fixture
async def story(tmp_path: Path) -> AsyncIterator[AwayStory]:
    told = await AwayStory(tmp_path).open()
    yield told
    told.close()


async def documents(story: Story) -> list[OutboxRow]:
    return [row for row in await ledger(story) if row.send.kind is Kind.DOCUMENT]


def files(story: Story) -> list[str]:
    """Every file of the library, by its name."""
    return sorted(path.name for path in story.settings.library.rglob("*") if path.is_file())


async def test_a_scoping_round_goes_on_while_the_library_is_away_and_everything_arrives_once(story: AwayStory) -> None:
    story.library.away = AGAIN_AFTER
    requests = await asked(story, "police", "test-hospital-trust", "fire")
    assert {one.state for one in requests.values()} == {"sent"}
    assert story.channel.said["channel:police"], "the request itself is in the channel"
    waiting = await documents(story)
    assert len(waiting) >= 7
    assert {(row.status.value, row.reason) for row in waiting} == {("queued", "delivery.library_away")}
    assert files(story) == []

    await story.without_the_bell(hours=2)
    said = await did_it_reach(story)
    assert "The document library could not be reached. We will try again soon." in said
    assert "Next try: Monday 23 November 2026 at 11:" in said
    await story.restart()
    await story.without_the_bell(hours=2)
    await choose(story, "probation")
    await vetted(story)
    await send(story)
    assert "probation" in await requests_of(story)
    await story.without_the_bell(hours=2)
    assert files(story) == []
    assert {row.status.value for row in await documents(story)} == {"queued"}

    story.library.away = None
    await story.without_the_bell(minutes=30)
    rows = await documents(story)
    assert {row.status.value for row in rows} == {"sent"}
    assert Counter(files(story)) == Counter(row.remote_id.rpartition("/")[2] for row in rows), "each is there, and once"
    assert all(name.startswith(REFERENCE) and " v1." in name for name in files(story))
    assert len(filed(story, "03 Requests")) == 8
    assert "could not be reached" not in await did_it_reach(story)
    assert not [row for row in await ledger(story) if row.status.value in ("dead", "uncertain")]


async def test_the_library_is_left_alone_for_as_long_as_it_says(story: AwayStory) -> None:
    story.library.away = AGAIN_AFTER
    await asked(story, "police")
    before = story.library.asked
    await story.without_the_bell(minutes=19)
    assert story.library.asked == before
    await story.without_the_bell(minutes=12)
    assert story.library.asked == before + len(await documents(story)), "once for each document, a quarter later at most"


async def test_versions_of_one_document_arrive_in_their_order(story: AwayStory) -> None:
    await asked(story, "police")
    case = await case_of(story)
    story.library.away = 60.0
    await story.says(f"build the pack for {REFERENCE}")
    first = [row for row in await documents(story) if row.status.value == "queued"]
    await story.without_the_bell(hours=1)
    await story.says(f"build the pack for {REFERENCE}")
    story.library.away = None
    await story.without_the_bell(hours=1)
    lanes: dict[str, list[str]] = {row.send.lane: [] for row in first}
    for row in await documents(story):
        if row.send.lane in lanes:
            lanes[row.send.lane].append(row.remote_id)
    assert first, text_of(story.newest)
    assert all(f":{case.id}:" in lane for lane in lanes)
    assert all(paths == sorted(paths) and len(paths) == len(set(paths)) == 2 for paths in lanes.values()), lanes


async def test_a_copy_waits_until_the_document_is_there(story: AwayStory) -> None:
    story.library.away = 60.0
    await begin(story)
    await fill_in(story, ONE_CHILD)
    await story.press("submit")
    case = await case_of(story)
    for action in ("get_file", "send_file"):
        await story.take(Press(action=action, target=case.id, at="referral"))
    copy = [row for row in await ledger(story) if row.send.kind is Kind.FILE][-1]
    assert (copy.status.value, copy.reason) == ("queued", "delivery.file_being_made")
    assert "practitioner" in await told(story), "the conversation goes on"
    await story.without_the_bell(hours=1)
    story.library.away = None
    await story.without_the_bell(minutes=30)
    await story.without_the_bell(minutes=30)
    given = [reply.parcel.name for reply in story.channel.said["practitioner"] if reply.parcel is not None]
    assert given == [f"{REFERENCE} 1a Referral v1.docx"]


async def told(story: Story) -> list[str]:
    """Who is answered when they speak now."""
    heard = len(story.heard)
    await story.says("my referrals")
    return [story.me.id] if len(story.heard) > heard else []


async def test_that_a_document_waits_for_somebody_is_told_once_for_each(story: AwayStory) -> None:
    story.library.away = 60.0
    await asked(story, "police")
    rows = await documents(story)
    assert not any([await was_said(story, f"file-waits:{row.id}") for row in rows]), "a library that is away is another matter"
    story.library.away, story.library.held = None, True
    await story.without_the_bell(hours=1)
    case = await case_of(story)
    noted = len([row for row in await story.parts.store.history(f"case:{case.id}") if row.kind == "library"])
    assert all([await was_said(story, f"file-waits:{row.id}") for row in rows])
    await story.without_the_bell(hours=1)
    after = [row for row in await story.parts.store.history(f"case:{case.id}") if row.kind == "library"]
    assert len(after) == noted
    assert {row.reason for row in await documents(story)} == {"delivery.file_held"}


async def was_said(story: Story, turn: str) -> bool:
    return (await story.parts.store.read(Wanted(turn=turn, person="", place=""))).seen


async def test_a_pack_that_somebody_changed_gets_the_next_version_and_a_page_beside_it(story: AwayStory) -> None:
    await asked(story, "police")
    await story.says(f"build the pack for {REFERENCE}")
    made = next(path for path in story.library.root.rglob("*3 Rapid review draft v1.docx"))
    changed = docx.Document(str(made))
    changed.add_paragraph("By hand, before the meeting.")
    changed.save(str(made))
    by_hand = made.read_bytes()
    await story.without_the_bell(hours=1)
    await story.says(f"build the pack for {REFERENCE}")
    assert made.read_bytes() == by_hand
    beside = made.with_name(made.name.replace("v1", "v2"))
    assert beside.is_file()
    assert made.with_name(beside.name.replace("v2", "v2 what differs")).is_file()
    case = await case_of(story)
    files = (await story.parts.store.read(Wanted(turn="", person="", place="", case=case.id, files=True))).files
    [record] = [one for one in files if one.path.endswith(beside.name)]
    assert record.beside.number == 0, "it was told"
    assert await was_said(story, f"beside:{record.id}:{record.digest[:12]}")


async def test_the_card_of_a_pack_counts_its_documents_in_whatever_order_they_come(story: AwayStory) -> None:
    await asked(story, "police")
    story.library.late = "Rapid review"
    await story.says(f"build the pack for {REFERENCE}")
    await story.without_the_bell(minutes=5)
    cards = [text_of(reply) for _, reply in story.channel.updates]
    counted = [line for card in cards for line in card.splitlines() if line.startswith("Documents: ")]
    assert counted == ["Documents: 1 of 2 are made", "Documents: 2 of 2 are made"]
    filed_last = max(await documents(story), key=lambda row: (row.sent_at or row.made_at, -row.id))
    assert "Rapid review" in filed_last.remote_id, "the first one came last"
