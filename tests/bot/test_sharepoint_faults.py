"""What goes wrong at any call while a document is filed: afterwards it is there once, and nothing was written over."""

from __future__ import annotations

import logging
import traceback
from collections.abc import AsyncIterator, Awaitable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from graph_faults import TROUBLES, Trouble
from graph_judge import nothing_overwritten, written_twice
from graph_person import Person
from sharepoint_kit import CASE, LABEL, PATH, Ours, document, opened, ours, storage_of

from bot.library.document import CASES
from bot.library.filing import Filing
from bot.library.storage import Held, LibraryAway, LibraryDenied, LibraryProblem
from bot.sharepoint.describing import NAMES
from bot.sharepoint.faults import Answer, Doing, NotTaken, OutOfStep, TooOld, codes_in, problem_of, rest_of
from state.sqlite.store import SqliteStore

NOW = datetime(2026, 11, 26, 9, tzinfo=UTC)
DIFFERS = " what differs.docx"
AGAIN = (LibraryAway, LibraryDenied, Held)
"""What the courier tries again; anything else is given up, and no fault of the library may end so."""


@pytest.fixture
async def here() -> AsyncIterator[Ours]:
    async with ours(answers_in=0.15, moves_in=0.15, retention_label=LABEL) as made:
        yield made


class Try:
    """One document, in a library that nothing was filed in before: so every call there is to make is made."""

    def __init__(self, here: Ours, store: SqliteStore, number: int) -> None:
        name = f"Cases {number}"
        self.library = here.graph.site("sites/cspr").library(name, tuple(NAMES))
        self.person = Person(here.graph, "Test Editor")
        self._here, self._stem = here, f"{CASE} {number} Referral"
        self._filing = Filing(store, {CASES: storage_of(here.calls, library=name)}, here.clock)

    async def put(self, content: bytes) -> str:
        """Once, where nothing goes wrong."""
        return await self._filing.put(document(content, self._stem))

    async def in_the_end(self, content: bytes) -> str:
        """As the courier does: again, later, whenever the library is away, denied or held."""
        for _ in range(20):
            try:
                return await self.put(content)
            except AGAIN as away:
                rest = away.again_after if isinstance(away, LibraryAway | Held) else None
                self._here.clock.move(timedelta(seconds=max(rest or 0.0, 60.0)))
        raise AssertionError("it was never filed")

    @property
    def there(self) -> dict[str, bytes]:
        """Every file of the library."""
        return self._here.graph.files(self.library)

    async def settled(self, content: bytes, path: str) -> None:
        """The same again is the same file, and no content of ours is there twice."""
        self._here.graph.faults.clear()
        assert await self.in_the_end(content) == path
        assert not written_twice(self.library)


@pytest.fixture
def store(tmp_path: Path, here: Ours) -> Iterator[SqliteStore]:
    made, _ = opened(tmp_path, here.clock, here.storage)
    yield made
    made.close()


async def new(one: Try) -> None:
    """A document that is filed for the first time."""
    path = await one.in_the_end(b"one")
    assert one.there == {path: b"one"}
    await one.settled(b"one", path)


async def rebuilt(one: Try, first: str) -> None:
    """Another content, over a file that nobody changed, or beside it where the library said that somebody did."""
    path = await one.in_the_end(b"two")
    assert one.there in ({first: b"two"}, {first: b"one", path: b"two"})
    await one.settled(b"two", path)


async def edited(one: Try, first: str) -> None:
    """Another content, beside a file that a person changed, with a page that says what differs."""
    path = await one.in_the_end(b"two")
    pages = [name for name in one.there if name.endswith(DIFFERS)]
    assert {name: content for name, content in one.there.items() if name not in pages} == {first: b"theirs", path: b"two"}
    assert len(pages) == 1
    await one.settled(b"two", path)


async def made(one: Try) -> str:
    """A document of ours."""
    return await one.in_the_end(b"one")


async def made_and_edited(one: Try) -> str:
    """A document of ours that a person changed."""
    first = await made(one)
    one.person.save(one.library, first, b"theirs")
    return first


async def steps(here: Ours, act: Awaitable[object]) -> int:
    """How many calls something makes where nothing goes wrong."""
    before = len(here.graph.log)
    await act
    return len(here.graph.log) - before


@pytest.mark.parametrize("trouble", TROUBLES)
async def test_a_new_document_is_there_once_whatever_goes_wrong(here: Ours, store: SqliteStore, trouble: str) -> None:
    most = await steps(here, Try(here, store, 0).put(b"one"))
    for number in range(1, most + 1):
        here.graph.faults.at("", trouble, nth=number)
        await new(Try(here, store, number))
    assert len(here.graph.faults.made) == most >= 8


@pytest.mark.parametrize("trouble", TROUBLES)
async def test_a_rebuilt_document_is_there_once_and_nothing_is_written_over(
    here: Ours, store: SqliteStore, trouble: str
) -> None:
    await made(zero := Try(here, store, 0))
    most = await steps(here, zero.put(b"two"))
    for number in range(1, most + 1):
        first = await made(one := Try(here, store, number))
        here.graph.faults.at("", trouble, nth=number)
        await rebuilt(one, first)
    assert len(here.graph.faults.made) == most >= 6


@pytest.mark.parametrize("turn", range(2))
async def test_what_a_person_wrote_stands_whatever_goes_wrong(here: Ours, store: SqliteStore, turn: int) -> None:
    """Every call, with another trouble each time."""
    await made_and_edited(zero := Try(here, store, 0))
    most = await steps(here, zero.put(b"two"))
    for number in range(1, most + 1):
        first = await made_and_edited(one := Try(here, store, number))
        here.graph.faults.at("", list(TROUBLES)[(5 * turn + number) % len(TROUBLES)], nth=number)
        await edited(one, first)
    assert len(here.graph.faults.made) == most >= 10
    assert not nothing_overwritten(here.graph)


async def test_a_library_that_is_away_for_hours_gets_everything_in_the_end(here: Ours, store: SqliteStore) -> None:
    filing = Filing(store, {CASES: here.storage}, here.clock)
    here.graph.faults.always("", "503")
    for _ in range(5):
        with pytest.raises(LibraryAway) as away:
            await filing.put(document(b"one"))
        assert away.value.again_after == 3.0
        here.clock.move(timedelta(hours=1))
    here.graph.faults.clear()
    assert await filing.put(document(b"one")) == PATH
    assert here.graph.files(here.library) == {PATH: b"one"}


async def test_a_held_file_waits_and_is_replaced_when_it_is_let_go(here: Ours, store: SqliteStore) -> None:
    filing = Filing(store, {CASES: here.storage}, here.clock)
    await filing.put(document(b"one"))
    person = Person(here.graph, "Test Editor")
    person.open(here.library, PATH)
    with pytest.raises(Held):
        await filing.put(document(b"two"))
    assert here.graph.files(here.library) == {PATH: b"one"}
    person.close(here.library, PATH)
    assert await filing.put(document(b"two")) == PATH
    assert here.graph.files(here.library) == {PATH: b"two"}


async def test_nothing_of_a_fault_names_a_file_a_token_or_an_address(here: Ours, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    for log in ("httpx", "httpcore", "azure", "cspr"):
        logging.getLogger(log).setLevel(logging.DEBUG)
    said = []
    for trouble in TROUBLES:
        here.graph.faults.clear()
        here.graph.faults.always("", trouble)
        for ask in (
            here.storage.create(PATH, b"x"),
            here.storage.find(PATH),
            here.storage.read(PATH),
            here.storage.changes(""),
        ):
            with pytest.raises(LibraryProblem) as problem:
                await ask
            said += ["".join(traceback.format_exception(problem.value)), repr(problem.value)]
        here.clock.move(timedelta(minutes=5))
    logged = [record.getMessage() for record in caplog.records if not record.name.startswith(("asyncio", "aiohttp"))]
    assert any("401" in line for line in logged)
    for text in (*said, *logged):
        assert not [word for word in (CASE, "Bearer", "test-token", "127.0.0.1", "council") if word in text]


@pytest.mark.parametrize(
    ("answer", "doing", "means"),
    [
        (Answer(401), Doing.LOOKING, LibraryDenied),
        (Answer(403, ("accessDenied",)), Doing.CREATING, LibraryDenied),
        (Answer(403, ("notAllowed", "resourceLocked")), Doing.REPLACING, Held),
        (Answer(409, ("notAllowed", "itemCheckedOut")), Doing.REPLACING, Held),
        (Answer(423, ("accessDenied",)), Doing.LOOKING, Held),
        (Answer(410, ("resyncRequired",)), Doing.LOOKING, TooOld),
        (Answer(416), Doing.CREATING, OutOfStep),
        (Answer(400, ("invalidRequest",)), Doing.LOOKING, NotTaken),
        (Answer(409, ("nameAlreadyExists",)), Doing.LOOKING, LibraryAway),
        (Answer(409, ("resourceModified",)), Doing.CREATING, LibraryAway),
        (Answer(507), Doing.CREATING, LibraryAway),
        (Answer(408), Doing.LOOKING, LibraryAway),
    ],
)
def test_an_answer_means_what_it_says_of_that_call(answer: Answer, doing: Doing, means: type[LibraryProblem]) -> None:
    assert type(problem_of(answer, doing, NOW)) is means


@pytest.mark.parametrize(
    ("said", "seconds"),
    [
        ("7", 7.0),
        ("0", 1.0),
        ("999999", 3600.0),
        ("Thu, 26 Nov 2026 09:02:00 GMT", 120.0),
        ("Thu, 26 Nov 2026 08:00:00 GMT", 1.0),
        ("", None),
        ("soon", None),
        ("\u0661", None),
        ("-5", None),
    ],
)
def test_how_long_to_wait_is_a_number_or_a_date(said: str, seconds: float | None) -> None:
    assert rest_of(said, NOW) == seconds


def test_codes_are_read_however_deep_and_nonsense_is_none() -> None:
    inner = {"code": "notAllowed", "innerError": {"code": "a", "innererror": {"code": "b"}}}
    assert codes_in({"error": inner}) == ("notAllowed", "a", "b")
    for nonsense in (None, [], "x", {"error": 1}, {"error": {"code": 1}}):
        assert codes_in(nonsense) == ()


async def test_a_gateways_page_is_no_answer_of_the_library(here: Ours) -> None:
    here.graph.faults.at("", Trouble(how="cut_body"))
    with pytest.raises(LibraryAway):
        await here.storage.find(PATH)
