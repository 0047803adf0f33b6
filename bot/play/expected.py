"""What a play can expect, typed. Nothing in it is known of the profile yet."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, model_validator

MAIN = ("case", "request", "deadline", "overdue", "document", "said_to", "posted_in", "history")
WITH_TEXT = ("document", "said_to", "posted_in")
LATEST = "latest"
CASE_WORDS: Mapping[str, str] = {"state": "status", "case": "reference"}
"""Words of other parts that plays use for a case too."""


def as_text(value: Any) -> Any:
    """A date that YAML read as one, as it was written."""
    return value.isoformat() if isinstance(value, date) else value


def _texts(value: Any) -> Any:
    return [value] if isinstance(value, str | int | float | date) and not isinstance(value, bool) else value


def _word(value: Any) -> Any:
    """A state or kind as it is kept, however it is written: `nil return`, `nil-return`, `Nil_return`."""
    return "_".join(value.replace("-", " ").replace("_", " ").casefold().split()) if isinstance(value, str) else value


def _told(value: Any) -> str:
    return str(as_text(value))


Texts = Annotated[list[Annotated[str, BeforeValidator(_told)]], BeforeValidator(_texts)]
PlainDate = Annotated[str, BeforeValidator(as_text)]
Word = Annotated[str, BeforeValidator(_word)]


class Part(BaseModel):
    """A part of what is expected: frozen, and nothing unknown in it."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class CaseExpected(Part):
    """How a case stands."""

    reference: str = LATEST
    status: Word = ""
    restricted: bool | None = None


def _case(value: Any) -> Any:
    """A reference alone, or what a case is; what requests call `state` is the `status` of a case."""
    if isinstance(value, str):
        return {"reference": value}
    if not isinstance(value, dict):
        return value
    return {CASE_WORDS.get(key, key) if CASE_WORDS.get(key) not in value else key: one for key, one in value.items()}


class RequestExpected(Part):
    """How the request to an organisation stands; a kind of agency means all of that kind. People are ids of the play.

    With `count` that many requests must be so; without it all of the organisation's, and at least one.
    """

    organisation: str = ""
    case: str = ""
    state: Word = ""
    issue: int | None = None
    due: PlainDate = ""
    delivery: Word = ""
    returned_by: str = ""
    signed_off_by: str = ""
    delegated_to: str = ""
    senior: str = ""
    returns: int | None = None
    count: int | None = None

    @model_validator(mode="after")
    def _says_which(self) -> RequestExpected:
        if not self.organisation and self.count is None:
            raise ValueError("which request? Add `organisation`, or a `count` of them")
        return self


def _request(value: Any) -> Any:
    return {"organisation": value} if isinstance(value, str) else value


class DeadlineExpected(Part):
    """A date that somebody must keep. `due` is a day of England, or a date and time there; `child` is a number."""

    kind: Word
    case: str = ""
    organisation: str = ""
    due: PlainDate = ""
    met: bool | None = None
    child: int = 0


class HistoryExpected(Part):
    """Lines of history of one kind, over all chains. Without a count, one at least."""

    kind: Word
    count: int | None = None


def _kind(value: Any) -> Any:
    return {"kind": value} if isinstance(value, str) else value


PARTS: Mapping[str, type[Part]] = {
    "case": CaseExpected,
    "request": RequestExpected,
    "deadline": DeadlineExpected,
    "history": HistoryExpected,
}
OUTSIDE: Mapping[str, str] = {"case": "reference", "request": "organisation", "deadline": "kind", "history": "kind"}
"""What a part is named by, where only its name stands at the key: the rest then stands beside it."""


def _gathered(value: Any) -> Any:
    """`{request: police, state: returned}` is `{request: {organisation: police, state: returned}}`."""
    if not isinstance(value, dict):
        return value
    named = [key for key in PARTS if isinstance(value.get(key), str)]
    main = [key for key in MAIN if key in value]
    last = next((key for key in reversed(named) if key in main), "")
    if not last or (len(main) > 1 and main != ["case", last]):
        return value
    fields = {*PARTS[last].model_fields, *(CASE_WORDS if last == "case" else ())} - {"case"}
    beside = {key: one for key, one in value.items() if key in fields and key not in main}
    rest = {key: one for key, one in value.items() if key not in beside}
    return {**rest, last: {OUTSIDE[last]: value[last], **beside}} if beside else value


class Expect(Part):
    """What must be true now. Several keys must all hold; `contains` and `lacks` go with the texts among them."""

    case: Annotated[CaseExpected | None, BeforeValidator(_case)] = None
    request: Annotated[RequestExpected | None, BeforeValidator(_request)] = None
    deadline: Annotated[DeadlineExpected | None, BeforeValidator(_kind)] = None
    overdue: int | None = None
    document: Word = ""
    organisation: str = ""
    said_to: str = ""
    posted_in: str = ""
    history: Annotated[HistoryExpected | None, BeforeValidator(_kind)] = None
    contains: Texts = []
    lacks: Texts = []

    @model_validator(mode="before")
    @classmethod
    def _gather(cls, value: Any) -> Any:
        return _gathered(value)

    @model_validator(mode="after")
    def _says_what(self) -> Expect:
        if not any(key in self.model_fields_set for key in MAIN):
            raise ValueError(f"nothing is expected here. Name one of {', '.join(MAIN)}")
        if (self.contains or self.lacks) and not any(getattr(self, key) for key in WITH_TEXT):
            raise ValueError(f"contains and lacks go with one of {', '.join(WITH_TEXT)}")
        if self.organisation and not self.document:
            raise ValueError("organisation goes with `document` here. Write it inside `request` or `deadline`")
        return self
