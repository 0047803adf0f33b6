"""Pictures of an invented case and of invented organisations, and a sheet that keeps what is drawn on it."""

from __future__ import annotations

from datetime import date

from templates.pictures.data import ClockBar, EventMark, Returns, ReturnsRow, Timeline

NOVEMBER = [date(2026, 11, day) for day in range(1, 31)]
DAYS = (*(NOVEMBER[n] for n in (19, 22, 23, 24)), date(2026, 12, 1), date(2026, 12, 4))
TIMELINE = Timeline(
    today=date(2026, 12, 7),
    today_said="Today, 7 December 2026",
    events_said="Days on which something happened, by their number in the list",
    events=tuple(EventMark(number, day) for number, day in enumerate(DAYS, 1)),
    bars=(
        ClockBar(
            label="Reading the referral",
            said="due 25 November 2026, ended 24 November 2026",
            start=date(2026, 11, 23),
            due=date(2026, 11, 25),
            ended=date(2026, 11, 24),
        ),
        ClockBar(
            label="Notification to the National Panel",
            said="due 27 November 2026, ended 1 December 2026, 2 working days late",
            start=date(2026, 11, 20),
            due=date(2026, 11, 27),
            ended=date(2026, 12, 1),
        ),
        ClockBar(
            label="Returns of agencies, 3 of 4 have come",
            said="due 30 November 2026, 5 working days late",
            start=date(2026, 11, 23),
            due=date(2026, 11, 30),
        ),
        ClockBar(
            label="Rapid review held and sent",
            said="due 18 December 2026, provisional",
            start=date(2026, 11, 27),
            due=date(2026, 12, 18),
        ),
    ),
    key=("time used", "late", "time left"),
    met_said="ended",
)
RETURNS = Returns(
    rows=(
        ReturnsRow(label="Test Police", said="12 in time, 2 late, 1 not come yet", in_time=12, late=2, awaited=1),
        ReturnsRow(label="Test Hospital Trust", said="3 in time, 0 late, 0 not come yet", in_time=3),
        ReturnsRow(label="Test Housing", said="0 in time, 4 late, 2 not come yet", late=4, awaited=2),
    ),
    key=("came in time", "came late", "not come yet"),
)


class Texts:
    """A sheet that draws nothing and keeps the texts."""

    def __init__(self) -> None:
        self.texts: list[str] = []

    def text(self, x: float, y: float, said: str, size: float, ink: str = "", **how: object) -> None:
        self.texts.append(said)

    def line(
        self, xs: tuple[float, float], ys: tuple[float, float], ink: str = "", width: float = 0.0, style: str = ""
    ) -> None:
        pass

    def box(self, x: float, y: float, width: float, height: float, ground: str, *, frame: float = 0.0, hatch: str = "") -> None:
        pass

    def marker(self, x: float, y: float, shape: str, size: float, *, filled: bool) -> None:
        pass
