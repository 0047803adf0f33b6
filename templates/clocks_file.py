"""The clocks of a profile (`clocks.yaml`): every length and starting event, with its source, as data that can be changed."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from state.policy import ClockPolicy, ClockRule, StartsFrom, Unit
from templates.forms.yaml_lines import Mistake, Source

ClockTime = Annotated[str, Field(pattern=r"^([01]\d|2[0-3]):[0-5]\d$")]


class Part(BaseModel):
    """A part of the file: frozen, and nothing unknown in it."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class ClockRow(Part):
    """One clock: how long, from what, and where that is written."""

    length: int = Field(ge=1, le=250)
    unit: Unit = Unit.WORKING_DAYS
    runs_from: StartsFrom
    source: str = Field(min_length=1)
    back: bool = False
    at_once: bool = False
    extendable: bool = False


class HolidayRow(Part):
    """A day off that the calendar of bank holidays does not know."""

    date: dt.date
    name: str = Field(min_length=1)


class ClocksFile(Part):
    """The whole file. A time of day is written in quotes, as "17:00"."""

    due_at: ClockTime
    roll_forward: bool = False
    clocks: dict[str, ClockRow]
    holiday_names: dict[str, str] = {}
    extra_holidays: list[HolidayRow] = []
    not_a_working_day: str = Field(min_length=1)


def load_clocks(path: Path) -> ClockPolicy:
    """The clocks of one profile. Raises Mistake, which names file, line and what to do; OSError where it cannot be read."""
    source = Source(path)
    file = source.load(ClocksFile)
    _check_names(source, file)
    return ClockPolicy(
        clocks={name: ClockRule(**dict(row)) for name, row in file.clocks.items()},
        due_at=dt.time.fromisoformat(file.due_at),
        roll_forward=file.roll_forward,
        extra_holidays={row.date: row.name for row in file.extra_holidays},
        holiday_names=file.holiday_names,
        not_a_working_day=file.not_a_working_day,
    )


def _check_names(source: Source, file: ClocksFile) -> None:
    known = ClockPolicy().clocks
    lines = [
        source.mistake(("clocks", name), f"{name} is not a clock. Remove it.") for name in file.clocks if name not in known
    ]
    lines += [source.mistake(("clocks",), f"The clock {name} is missing. Add it.") for name in known if name not in file.clocks]
    if lines:
        raise Mistake(lines)
