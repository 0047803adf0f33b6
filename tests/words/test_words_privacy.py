"""What identifies stays where it was given: it is not in posts, previews, answered cards, file names, logs or plain columns.

Every identifying answer of the walk holds a word that stands nowhere else; here it is looked for where it must not be.
"""

from __future__ import annotations

import logging
import sqlite3
from pathlib import Path

import pytest
from walks import BORN, MARK, Heard, Watched, answers, child, marked, rows, texts, walk

from dialogs.reply import Reply
from templates.forms.model import Question
from templates.profile import load_profile, profile_folder


async def told(story: Watched, *, children: int = 2, start: str = "start_referral") -> None:
    """A whole referral, sent, and read by the coordinator."""
    await story.says("I need to refer a child")
    await story.press(start)
    if start == "start_restricted":
        await story.press("name_people", {"named": ",".join(c.value for c in story.card.inputs[0].choices)})
    await walk(story, answers(children), children=children)
    await story.press("submit")
    story.as_("coordinator")
    await story.says("open NS-2026-0001")


def elsewhere(story: Watched) -> list[Heard]:
    """What was said where nobody had spoken: posts to channels and to other people."""
    return [heard for heard in story.everything if not heard.here]


async def test_the_walk_gives_every_answer_that_identifies() -> None:
    """Otherwise the searches below would look for less than they should."""
    given = {path.split(".")[-1] for path, value in answers().items() if marked(value)}
    given |= {
        f"{state}.{name}" for state, found in rows().items() for row in found for name, value in row.items() if marked(value)
    }
    form = load_profile(profile_folder("north-somerset")).shapes["referral"].form
    optional = {"expected_date_of_birth", "gender_identity", "first_language", "legal_status", "immigration_status"}
    needed = {q.id for section in form.sections for q in section.questions if _identifies(q)} - optional
    needed |= {f"{q.id}.{c.id}" for section in form.sections for q in section.questions for c in q.columns if c.identifies}
    assert needed - given <= {"family.aliases", "family.do_not_share_reason"}
    assert len(needed) > 20


def _identifies(question: Question) -> bool:
    return question.identifies and not question.columns


@pytest.mark.parametrize("start", ["start_referral", "start_restricted"])
async def test_a_post_holds_a_reference_and_nothing_that_identifies(watched: Watched, start: str) -> None:
    await told(watched, start=start)
    posted = elsewhere(watched)
    assert posted
    assert any("NS-2026-0001" in text for heard in posted for text in texts(heard.reply))
    assert [text for heard in posted for text in texts(heard.reply) if marked(text)] == []
    in_channels = {heard.conversation for heard in posted if not heard.private}
    assert in_channels == (set() if start == "start_restricted" else {"channel:coordinators"})


async def test_previews_and_answered_cards_do_not_identify(watched: Watched) -> None:
    await told(watched)
    await watched.as_("practitioner").says("my referrals")
    shown = [text for heard in watched.everything for text in texts(heard.reply)]
    assert sum(map(marked, shown)) > 20
    assert [reply.preview for reply in watched.replies() if marked(reply.preview)] == []
    replaced = [reply for _, reply in watched.channel.updates]
    assert len(replaced) > 20
    assert [text for reply in replaced for text in texts(reply) if marked(text)] == []


async def test_a_list_of_references_does_not_identify(watched: Watched) -> None:
    await told(watched)
    for who, typed in (("coordinator", "open referrals"), ("practitioner", "my referrals")):
        reply = await watched.as_(who).says(typed)
        assert any("NS-2026-0001" in text for text in texts(reply))
        assert [text for text in texts(reply) if marked(text)] == []


async def test_the_logs_do_not_identify(watched: Watched, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    await told(watched)
    logging.getLogger("cspr.test").debug("the log is being kept")
    written = [record.getMessage() for record in caplog.records] + [str(record.__dict__) for record in caplog.records]
    assert any("the log is being kept" in line for line in written)
    assert [line for line in written if marked(line)] == []
    assert [record.getMessage() for record in caplog.records if record.levelno >= logging.ERROR] == []


async def test_a_fault_names_its_place_and_no_answer(watched: Watched, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    await told(watched)
    await watched.as_("practitioner").says(f"refer {MARK} " + "x" * 5_000)
    assert [record.getMessage() for record in caplog.records if marked(str(record.__dict__))] == []


async def test_no_file_name_identifies(watched: Watched) -> None:
    await told(watched)
    names = [str(path) for folder in (watched.settings.data, watched.settings.library) for path in folder.rglob("*")]
    assert any(name.endswith(".docx") for name in names)
    assert [name for name in names if marked(name)] == []


async def test_nothing_that_identifies_lies_plain_on_the_disk(watched: Watched) -> None:
    """Outbox rows, history, answers and everything else, byte by byte: the database, its journal and what lies beside it."""
    await told(watched)
    files = [path for path in watched.settings.data.rglob("*") if path.is_file()]
    raw = {path.name: path.read_bytes() for path in files}
    assert sum(map(len, raw.values())) > 50_000
    assert b"NS-2026-0001" in b"".join(raw.values())
    looked_for = [MARK.encode(), MARK.encode("utf-16-le"), *(born.encode() for born in BORN)]
    assert [name for name, content in raw.items() if any(one in content for one in looked_for)] == []


async def test_plain_columns_hold_no_answer(watched: Watched) -> None:
    """The same through the database's own eyes: every column of every row, with ids of rows and history's own notes."""
    await told(watched)
    database = next(path for path in watched.settings.data.rglob("*") if path.read_bytes()[:15] == b"SQLite format 3")
    tables, cells = _cells(database)
    assert {"outbox", "history", "answers"} <= set(tables)
    assert len(cells) > 500
    assert [cell for cell in cells if marked(str(cell))] == []


def _cells(database: Path) -> tuple[list[str], list[object]]:
    with sqlite3.connect(f"file:{database}?mode=ro", uri=True) as reading:
        tables = [row[0] for row in reading.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        cells = [cell for table in tables for row in reading.execute(f'SELECT * FROM "{table}"') for cell in row]
    return tables, cells


async def test_buttons_and_inputs_carry_ids_not_answers(watched: Watched) -> None:
    """What a channel keeps of a card beside its text: action names, targets and input ids."""
    await told(watched)
    carried = [part for card in watched.cards() for b in card.buttons for part in (b.action, b.target, b.at)]
    carried += [asked.id for card in watched.cards() for asked in card.inputs]
    assert len(carried) > 300
    assert [part for part in carried if marked(part)] == []


def test_the_search_sees_what_it_should() -> None:
    assert marked(child(1)["children.1.name"])
    assert marked("born on 7 March 2011")
    assert not marked("NS-2026-0001")
    assert list(texts(Reply(text="a"))) == ["a"]
