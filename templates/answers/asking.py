"""What is asked and what comes of it: the values of the checker of answers."""

from __future__ import annotations

import enum
from datetime import date

import msgspec

from state.values import JSON


class Kind(enum.StrEnum):
    """The kinds of question. The last five are never typed as one answer: we fill them in, or they have parts."""

    TEXT = "text"
    LONG_TEXT = "long_text"
    DATE = "date"
    DATETIME = "datetime"
    TIME = "time"
    YES_NO = "yes_no"
    CHOICE = "choice"
    CHOICES = "choices"
    NUMBER = "number"
    EMAIL = "email"
    TELEPHONE = "telephone"
    ORGANISATION = "organisation"
    PERSON = "person"
    FILE = "file"
    AUTO = "auto"
    FIXED = "fixed"
    ROWS = "rows"
    TABLE = "table"


class Asking(msgspec.Struct, frozen=True, kw_only=True):
    """What an answer must be. `options` are pairs of id and label. `today` is the day in England when it is asked.

    `latest` and `earliest` bound dates, both included; `latest=today` is "not in the future", None is no bound. `inexact`
    allows a month, a year or "about"; `unborn_ok` allows "unborn" and "due in March 2027". Lengths are in characters.
    """

    kind: Kind
    today: date
    options: tuple[tuple[str, str], ...] = ()
    inexact: bool = False
    unborn_ok: bool = False
    latest: date | None = None
    earliest: date | None = None
    max_length: int | None = None
    minimum: float | None = None
    maximum: float | None = None
    region: str = "GB"
    not_known_ok: bool = True


class Understood(msgspec.Struct, frozen=True):
    """A checked answer. `state` is `given` or `not_known` (then `value` is None).

    `echo` is how it was understood, where that must be shown; it is empty for plain text, which needs none.
    """

    value: JSON
    state: str = "given"
    echo: str = ""


class Refused(msgspec.Struct, frozen=True):
    """Why an answer cannot be kept, and what to do: sentences for people."""

    message: str


class Refusal(Exception):
    """Raised inside the checker and turned into `Refused` at its edge. `key` is a sentence of `answers.yaml`."""

    def __init__(self, key: str, **values: object) -> None:
        super().__init__(key)
        self.key = key
        self.values = values
