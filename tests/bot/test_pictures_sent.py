"""A picture on its way out: drawn when it is delivered, in the card itself, and in words where that cannot be."""

from __future__ import annotations

import base64
import subprocess
import sys

import msgspec
from picture_examples import RETURNS, TIMELINE
from teams_kit import WORDS
from teams_sending import sending
from test_teams_cards import VALIDATOR, without_teams

from bot.console.render import lines_of
from bot.pictures import with_pictures
from bot.teams.cards import LARGEST, Renderer, utf16_size
from dialogs.reply import Block, Card, Facts, Picture, Reply, as_json, reply_from
from templates.pictures.data import Returns, ReturnsRow
from templates.pictures.png import MOST

ALT = "The dates of NS-2026-0007 as bars. " + "Rapid review held and sent: from 27 November 2026, due 18 December 2026. " * 8
FACTS = Facts(tuple((f"{number}. Monday 23 November 2026", "The referral came. Asked: Test Police.") for number in range(30)))
REPLY = Reply(card=Card(title="NS-2026-0007: timeline", blocks=(FACTS, Picture(data=TIMELINE, alt=ALT))), preview="An answer.")
RENDERER = Renderer(WORDS, windows=True)


def picture_of(reply: Reply) -> Picture:
    assert reply.card is not None
    return next(block for block in reply.card.blocks if isinstance(block, Picture))


def test_a_picture_is_kept_as_data() -> None:
    kept = as_json(REPLY)
    assert reply_from(kept) == REPLY
    assert "png" not in msgspec.json.encode(kept).decode()


async def test_the_largest_picture_and_its_words_fit_a_card() -> None:
    largest = base64.b64encode(bytes(MOST)).decode()
    card = Card(title="A title", blocks=(FACTS, Picture(data=TIMELINE, alt=ALT, png=largest)))
    cards = RENDERER.cards(Reply(card=card))
    assert [utf16_size(one) <= LARGEST for one in cards] == [True] * len(cards)
    images = [element for one in cards for element in one["body"] if element["type"] == "Image"]  # type: ignore[attr-defined]
    assert [image["altText"] for image in images] == [ALT]
    assert [list(VALIDATOR.iter_errors(without_teams(one))) for one in cards] == [[]] * len(cards)
    assert ALT.strip() in "".join(str(one["fallbackText"]) for one in cards)


async def test_a_picture_that_leaves_no_room_is_left_to_its_words() -> None:
    large = base64.b64encode(bytes(9_000)).decode()
    blocks: tuple[Block, ...] = (Picture(data=TIMELINE, alt=ALT, png=large),)
    [card] = RENDERER.cards(Reply(card=Card(title="A title", blocks=blocks)))
    assert "Image" not in str(card["body"])
    assert "Rapid review held and sent" in str(card["body"])


async def test_one_that_cannot_be_small_is_left_to_its_words() -> None:
    words = " ".join(f"Word{number}" for number in range(400))
    data = Returns(rows=tuple(ReturnsRow(label=f"{n} {words}", said="x") for n in range(4)), key=RETURNS.key)
    drawn = await with_pictures(Reply(card=Card(blocks=(Picture(data=data, alt="Test Police: 1 in time."),))))
    assert picture_of(drawn).png == ""
    [card] = RENDERER.cards(drawn)
    assert "Test Police: 1 in time." in str(card["body"])


async def test_teams_gets_the_picture_in_the_card() -> None:
    async with sending() as door:
        await door.send(REPLY)
        cards = [body["attachments"][0]["content"] for _, _, body in door.connector.log]
        images = [element for card in cards for element in card["body"] if element["type"] == "Image"]
        [image] = images
        png = base64.b64decode(image["url"].removeprefix("data:image/png;base64,"))
        assert png.startswith(b"\x89PNG")
        assert image["altText"] == ALT


async def test_a_message_without_one_goes_as_it_is() -> None:
    plain = Reply(card=Card(blocks=(FACTS,)))
    assert await with_pictures(plain) is plain
    text = Reply(text="Thank you.")
    assert await with_pictures(text) is text


def test_the_console_says_it_in_words() -> None:
    said = " ".join(" ".join(lines_of(REPLY)).split())
    assert ALT.strip() in said


def test_nothing_heavy_is_read_in_before_a_picture_is_drawn() -> None:
    code = "import sys, bot.pictures, bot.teams.deliver, dialogs.decide\nprint({'matplotlib', 'PIL'} & set(sys.modules))"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "set()"
