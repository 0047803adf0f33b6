"""The typed model of a play file: people, steps and what is expected. Nothing in it is known of the profile yet."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from state.values import LONDON

VERBS = ("says", "press", "form", "submit", "does", "file")
"""What a person can do in a step."""
MAIN = ("case", "request", "deadline", "overdue", "document", "said_to", "posted_in", "history")
WITH_TEXT = ("document", "said_to", "posted_in")


def _moment(value: Any) -> datetime:
    """A date and time of England as an instant. YAML reads some of them as instants itself."""
    try:
        read = value if isinstance(value, datetime) else datetime.fromisoformat(str(value))
    except ValueError as wrong:
        raise ValueError("this is not a date and time such as 2026-11-23T09:00") from wrong
    if not isinstance(value, datetime) and len(str(value)) <= len("2026-11-23"):
        raise ValueError("this has no time. Write a date and time such as 2026-11-23T09:00")
    return (read if read.tzinfo else read.replace(tzinfo=LONDON)).astimezone(UTC)


def _texts(value: Any) -> Any:
    return [value] if isinstance(value, str | int | float) and not isinstance(value, bool) else value


def _text(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


Moment = Annotated[datetime, BeforeValidator(_moment)]
Texts = Annotated[list[Annotated[str, BeforeValidator(str)]], BeforeValidator(_texts)]
PlainDate = Annotated[str, BeforeValidator(_text)]


class Strict(BaseModel):
    """A part of a play: frozen, and nothing unknown in it."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class PlayPerson(Strict):
    """Somebody beside the profile's invented people, or a change of one of them."""

    id: str = Field(pattern=r"^[a-z0-9][a-z0-9-]*$")
    name: str = ""
    role: str = ""
    organisation: str = ""
    email: str = ""
    telephone: str = ""
    job: str = ""
    agency: str = ""


class CaseExpected(Strict):
    """How a case stands."""

    reference: str = "latest"
    status: str = ""


def _case(value: Any) -> Any:
    return {"reference": value} if isinstance(value, str) else value


class DeadlineExpected(Strict):
    """A date that somebody must keep. `due` is a day of England, or a date and time there; `child` is a number."""

    kind: str
    due: PlainDate = ""
    met: bool | None = None
    child: int = 0


class HistoryExpected(Strict):
    """Lines of history of one kind, over all chains. Without a count, one at least."""

    kind: str
    count: int | None = None


class Expect(Strict):
    """What must be true now. Several keys must all hold; `contains` and `lacks` go with the texts among them."""

    case: Annotated[CaseExpected | None, BeforeValidator(_case)] = None
    request: dict[str, Any] | None = None
    deadline: DeadlineExpected | None = None
    overdue: int | None = None
    document: str = ""
    said_to: str = ""
    posted_in: str = ""
    history: HistoryExpected | None = None
    contains: Texts = []
    lacks: Texts = []

    @model_validator(mode="after")
    def _says_what(self) -> Expect:
        if not any(key in self.model_fields_set for key in MAIN):
            raise ValueError(f"nothing is expected here. Name one of {', '.join(MAIN)}")
        if (self.contains or self.lacks) and not any(getattr(self, key) for key in WITH_TEXT):
            raise ValueError(f"contains and lacks go with one of {', '.join(WITH_TEXT)}")
        return self


class Step(Strict):
    """One step: somebody does one thing, or the clock moves, or something is expected."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)

    person: str = Field("", alias="as")
    place: str = Field("", alias="in")
    says: Annotated[str | None, BeforeValidator(_text)] = None
    press: str | None = None
    form: str | None = None
    submit: str | None = None
    does: str | None = None
    file: str | None = None
    answers: dict[str, Any] = {}
    by: Literal["", "talking", "window"] = ""
    case: str = ""
    organisations: Any = None
    refused: bool = False
    at: Annotated[str | None, BeforeValidator(_text)] = None
    expect: Expect | None = None

    @property
    def verb(self) -> str:
        """What this step is: one of VERBS, `at` or `expect`."""
        return next(name for name in (*VERBS, "at", "expect") if getattr(self, name) is not None)

    @model_validator(mode="after")
    def _does_one_thing(self) -> Step:
        given = [name for name in (*VERBS, "at", "expect") if getattr(self, name) is not None]
        if len(given) != 1:
            what = f"this does {len(given)} things ({', '.join(given)})" if given else "nothing is done here"
            raise ValueError(f"{what}. A step has exactly one of {', '.join((*VERBS, 'at', 'expect'))}")
        if given[0] in VERBS and not self.person:
            raise ValueError("nobody does this. Add `as` with a person's id")
        return self


class PlayFile(Strict):
    """A whole play."""

    play: Literal[1]
    profile: str
    start: Moment
    people: list[PlayPerson] = []
    steps: Annotated[list[Step], Field(min_length=1)]
