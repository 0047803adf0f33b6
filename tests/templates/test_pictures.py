"""Pictures in answers: small, the same each time, and understood without their colours."""

from __future__ import annotations

import io
import re
from datetime import date, timedelta

import pytest
from msgspec.structs import replace
from picture_examples import RETURNS, TIMELINE, Texts
from PIL import Image

from templates.documents import contrast
from templates.documents.drawing import AMBER, BLUE, INK, PAPER
from templates.pictures.data import EventMark, PictureData, Returns, ReturnsRow, Timeline
from templates.pictures.drawn import draw_returns, draw_timeline
from templates.pictures.png import MOST, chat_png, picture_png

AXIS = re.compile(r"^\d{1,2} [A-Z][a-z]{2}$")
NUMBER = re.compile(r"^\d+(–\d+)?$")


def small(data: PictureData) -> Image.Image:
    """The picture as it goes into chat."""
    made = chat_png(data)
    assert made is not None
    return Image.open(io.BytesIO(made))


def said_on(data: PictureData) -> list[str]:
    """Every text of a picture; a line that was wrapped is put together again."""
    sheet = Texts()
    if isinstance(data, Timeline):
        draw_timeline(sheet, data)
    else:
        draw_returns(sheet, data)
    return sheet.texts


@pytest.mark.parametrize("data", [TIMELINE, RETURNS])
def test_a_picture_is_small_in_few_colours_and_the_same_each_time(data: PictureData) -> None:
    made = chat_png(data)
    assert made is not None
    assert made == chat_png(data)
    assert len(made) <= MOST
    picture = small(data)
    assert picture.mode == "P"
    assert len(picture.getcolors() or ()) <= 4
    assert 400 <= picture.width <= 700
    assert b"Matplotlib" not in made


def test_on_paper_it_is_sharp() -> None:
    assert Image.open(io.BytesIO(picture_png(TIMELINE))).width > 1_100


def test_everything_on_it_is_a_text_of_its_data_a_day_or_a_number() -> None:
    own = " ".join(
        [
            TIMELINE.today_said,
            TIMELINE.events_said,
            *TIMELINE.key,
            TIMELINE.met_said,
            *(f"{b.label}: {b.said}" for b in TIMELINE.bars),
        ]
    )
    assert [text for text in said_on(TIMELINE) if text not in own and not AXIS.match(text) and not NUMBER.match(text)] == []
    rows = " ".join([*RETURNS.key, *(f"{row.label}: {row.said}" for row in RETURNS.rows)])
    assert [text for text in said_on(RETURNS) if text not in rows] == []


def dark(picture: Image.Image) -> float:
    """How much of the only bar is dark, as somebody sees it who sees no colours, in per cent."""
    grey = picture.convert("L")
    bar = grey.crop((20, round(grey.height * 0.44), grey.width - 20, round(grey.height * 0.54)))
    return 100 * sum(bar.histogram()[:128]) / (bar.width * bar.height)


@pytest.mark.parametrize(
    ("row", "least", "most"),
    [
        (ReturnsRow(label="Test Police", said="x", in_time=1), 99, 100),
        (ReturnsRow(label="Test Police", said="x", late=1), 10, 60),
        (ReturnsRow(label="Test Police", said="x", awaited=1), 0, 1),
    ],
)
def test_without_colours_the_three_states_are_solid_hatched_and_hollow(row: ReturnsRow, least: int, most: int) -> None:
    assert least <= dark(small(Returns(rows=(row,), key=RETURNS.key))) <= most


def test_letters_and_patterns_can_be_seen() -> None:
    assert contrast.ratio(INK, PAPER) >= contrast.ENOUGH
    assert contrast.ratio(BLUE, AMBER) >= contrast.ENOUGH
    assert contrast.ratio(BLUE, PAPER) >= contrast.ENOUGH


def test_another_state_is_another_picture() -> None:
    bar = TIMELINE.bars[2]
    open_, ended = (replace(TIMELINE, bars=(one,)) for one in (bar, replace(bar, ended=date(2026, 11, 25))))
    assert chat_png(open_) != chat_png(ended)
    assert chat_png(replace(open_, today=date(2026, 11, 26))) != chat_png(open_)


def test_days_that_lie_close_together_share_one_mark() -> None:
    close = tuple(EventMark(number, TIMELINE.today + timedelta(days=number)) for number in range(1, 61))
    marks = [text for text in said_on(replace(TIMELINE, events=close)) if NUMBER.match(text)]
    assert len(marks) < 30
    assert marks[0].startswith("1")
    assert marks[-1].endswith("60")


@pytest.mark.parametrize(
    "data",
    [
        Timeline(today=date(2026, 12, 7), today_said="Today", events_said="Days", key=("a", "b", "c"), met_said="d"),
        Returns(rows=(), key=("a", "b", "c")),
        Returns(rows=(ReturnsRow(label="$x^2$ & <b> 漢字", said="שלום"),), key=("a", "b", "c")),
    ],
)
def test_little_or_strange_data_are_drawn_all_the_same(data: PictureData) -> None:
    assert small(data).width > 100


def test_a_picture_that_cannot_be_small_is_none() -> None:
    words = " ".join(f"Word{number}" for number in range(400))
    assert chat_png(Returns(rows=tuple(ReturnsRow(label=f"{n} {words}", said="x") for n in range(4)), key=RETURNS.key)) is None
