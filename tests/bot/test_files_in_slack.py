"""Files in Slack from end to end: dropped by a person before our own door, and shown by our own deliverer."""

from __future__ import annotations

from pathlib import Path

from our_slack import our_slack
from picture_examples import TIMELINE
from test_slack_delivery import sending

from dialogs.reply import Card, FileRef, Parcel, Picture, Reply
from dialogs.turn import Dropped, Text, Turn
from state.changes import Kind
from state.values import JSON, PlaceKind
from templates.profile import profile_folder

FORM = (profile_folder("north-somerset") / "documents" / "scoping.docx").read_bytes()


class House:
    """Keeps turns."""

    def __init__(self) -> None:
        self.turns: list[Turn] = []

    async def take(self, turn: Turn) -> JSON:
        self.turns.append(turn)
        return None


async def test_a_form_that_is_dropped_is_a_turn_after_what_was_typed(tmp_path: Path) -> None:
    house = House()
    async with our_slack(tmp_path, house=house) as slack:
        person = slack.person("practitioner")
        await person.shares("return.docx", FORM, "here it is")
        await person.shares("return.docx", FORM)
    text, form, again = house.turns
    assert text.said == Text("here it is")
    for turn in (form, again):
        assert isinstance(turn.said, Dropped)
        assert (turn.said.form, turn.place.kind) == ("scoping", PlaceKind.PERSONAL)
    assert form.id == f"{text.id}:file:1"
    assert again.id != form.id


async def test_a_copy_comes_with_its_words_in_one_message(tmp_path: Path) -> None:
    reply = Reply(
        text="A copy <of> the pack.",
        file=FileRef(what="rapid_review", case="case-1"),
        parcel=Parcel("NS-2026-0001 3 Rapid review v1.docx", FORM),
    )
    async with sending(tmp_path) as slack:
        number = await slack.send(reply, kind=Kind.FILE)
        [message] = slack.sees(slack.chat)
        assert (message.words, message.files) == ("A copy <of> the pack.", (number,))
        assert slack.fake.book.files[number].content == FORM


async def test_a_picture_follows_its_message_with_its_words(tmp_path: Path) -> None:
    card = Card(title="Timeline", blocks=(Picture(data=TIMELINE, alt="One clock, late by two days."),))
    async with sending(tmp_path) as slack:
        await slack.send(Reply(card=card))
        words, picture = slack.sees(slack.chat)
        assert "One clock, late by two days." in words.words
        [number] = picture.files
        stored = slack.fake.book.files[number]
        assert stored.content is not None
        assert stored.content.startswith(b"\x89PNG")
        assert stored.alt_text == "One clock, late by two days."
        assert len(slack.sees(slack.chat)) == 2
