"""The typed model of a play file: people and steps. Nothing in it is known of the profile yet."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from bot.play.expected import Expect, as_text
from bot.play.moment import Moment

VERBS = ("says", "press", "form", "submit", "does", "file")
"""What a person can do in a step."""


class Strict(BaseModel):
    """A part of a play: frozen, and nothing unknown in it."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class PlayPerson(Strict):
    """Somebody beside the profile's invented people, or a change of one of them."""

    id: str = Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9_.-]*$")
    name: str = ""
    role: str = ""
    organisation: str = ""
    email: str = ""
    telephone: Annotated[str, BeforeValidator(str)] = ""
    job: str = ""
    agency: str = ""


Name = Annotated[str | None, BeforeValidator(as_text)]


class Step(BaseModel):
    """One step: somebody does one thing, or the clock moves, or something is expected.

    Beside `does` any further key is an input of the command; everywhere else it is a mistake (`bot.play.script`).
    """

    model_config = ConfigDict(extra="allow", frozen=True, populate_by_name=True)

    person: str = Field("", alias="as")
    place: str = Field("", alias="in")
    says: Name = None
    press: str | None = None
    form: str | None = None
    submit: str | None = None
    does: str | None = None
    file: str | None = None
    answers: dict[Any, Any] = {}
    by: Literal["", "talking", "window"] = ""
    case: str = ""
    organisation: str = ""
    """Whose return a coordinator fills in, who enters it for them."""
    refused: bool = False
    at: Name = None
    expect: Expect | None = None

    @property
    def verb(self) -> str:
        """What this step is: one of VERBS, `at` or `expect`."""
        return next(name for name in (*VERBS, "at", "expect") if getattr(self, name) is not None)

    @model_validator(mode="after")
    def _does_one_thing(self) -> Step:
        given = [name for name in (*VERBS, "at", "expect") if getattr(self, name) is not None]
        if self.does is not None and "at" in given:
            given.remove("at")
        if len(given) != 1:
            what = f"this does {len(given)} things ({', '.join(given)})" if given else "nothing is done here"
            raise ValueError(f"{what}. A step has exactly one of {', '.join((*VERBS, 'at', 'expect'))}")
        if given[0] in VERBS and not self.person:
            raise ValueError("nobody does this. Add `as` with a person's id")
        return self


STEP_KEYS = frozenset(field.alias or name for name, field in Step.model_fields.items())


class PlayFile(Strict):
    """A whole play."""

    play: Literal[1]
    profile: str
    start: Moment
    people: list[PlayPerson] = []
    steps: Annotated[list[Step], Field(min_length=1)]
