"""A copy of a document in the terminal: it is written into a folder of its own, and the message says where."""

from __future__ import annotations

from pathlib import Path

from bot.console.places import ConsoleDeliverer
from dialogs.reply import Parcel, Reply, as_json
from state.changes import Kind, Send
from state.values import Channel, Place
from templates.wording import load_words

HERE = Place(Channel.CONSOLE, "practitioner")


async def given(folder: Path, name: str) -> list[Reply]:
    shown: list[Reply] = []
    deliverer = ConsoleDeliverer(lambda _, reply: shown.append(reply), folder / "copies", load_words())
    deliverer.current = HERE.conversation
    reply = Reply(text="This is a copy.", parcel=Parcel(name, b"PK"))
    await deliverer.deliver(HERE, Send(kind=Kind.FILE, lane=HERE.id, body=as_json(reply)))
    return shown


async def test_it_is_written_for_its_owner_alone_and_the_message_says_where(tmp_path: Path) -> None:
    [reply] = await given(tmp_path, "NS-2026-0001 1a Referral v1.docx")
    path = tmp_path / "copies" / "NS-2026-0001 1a Referral v1.docx"
    assert reply == Reply(text=f"This is a copy.\nThe copy is here: {path}")
    assert path.read_bytes() == b"PK"
    assert (path.stat().st_mode & 0o777, path.parent.stat().st_mode & 0o777) == (0o600, 0o700)


async def test_a_name_leads_nowhere_else(tmp_path: Path) -> None:
    await given(tmp_path, "../../outside.docx")
    assert [path.name for path in (tmp_path / "copies").iterdir()] == ["outside.docx"]
