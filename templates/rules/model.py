"""The rules file of a partnership as a typed model. What a condition says is read in `conditions`, with its own mistakes."""

from __future__ import annotations

import string
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from templates.rules.facts import FACTS, domain

Route = Literal[
    "notify_then_rapid_review",
    "partners_decide",
    "looked_after_notice_only",
    "care_leaver_notice_only",
    "child_death_review",
    "other_authority",
    "outside_criteria",
]


def _bare_no(value: Any) -> Any:
    """YAML reads a bare `no` as false; here it can only mean the word."""
    return "no" if value is False else value


def _fact(name: str) -> str:
    if name not in FACTS:
        raise ValueError(f"{name} is not a fact")
    return name


def _placeholders(*names: str) -> AfterValidator:
    def checked(sentence: str) -> str:
        for _, name, spec, conversion in string.Formatter().parse(sentence):
            if name is not None and (name not in names or spec or conversion):
                raise ValueError(f"only these placeholders can stand here: {', '.join(f'{{{n}}}' for n in names)}")
        return sentence

    return AfterValidator(checked)


Notify = Annotated[Literal["must", "consider", "no"], BeforeValidator(_bare_no)]
Sentence = Annotated[str, Field(min_length=1)]
Fact = Annotated[str, AfterValidator(_fact)]
WhenData = dict[Any, Any]


class Part(BaseModel):
    """A part of the file: frozen, and nothing unknown in it."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Because(Part):
    """Answers that make another answer read differently, and the words that say so."""

    when: WhenData
    text: Sentence
    source: Sentence


class ReadFirst(Part):
    """A fact whose answer, one of `instead_of`, is read as `read_as` where any of `because` holds."""

    fact: Fact
    instead_of: list[str] = Field(min_length=1)
    read_as: str
    because: list[Because]

    @model_validator(mode="after")
    def _known_values(self) -> ReadFirst:
        if not {*self.instead_of, self.read_as} <= set(domain(self.fact)):
            raise ValueError(f"instead_of and read_as take values of {self.fact}")
        return self


class RouteChoice(Part):
    """One line of a named route: the first line whose condition holds gives the route."""

    when: WhenData = {}
    route: Route


class RuleRow(Part):
    """A rule. `route` is a route, or the name of one of `routes`. Without `when` it is always met."""

    id: Annotated[str, Field(pattern=r"^R\d+[a-z]?$")]
    when: WhenData = {}
    notify: Notify
    route: str
    text: Sentence
    source: Sentence
    considerations: list[Sentence] = []
    only_when_reached: bool = Field(default=False, description="What is left over: listed only where it decides")


class Caution(Part):
    """What is advised where answers that are missing could turn a `no` into something else."""

    id: Annotated[str, Field(pattern=r"^R\d+[a-z]?$")]
    notify: Notify
    route: Route
    text: Annotated[Sentence, _placeholders("facts")]
    source: Sentence
    considerations: list[Sentence] = []


class Considerations(Part):
    """What people think about: always, and beside every `no`."""

    always: list[Sentence]
    no: list[Sentence] = Field(alias="no")

    @model_validator(mode="before")
    @classmethod
    def _bare_key(cls, data: Any) -> Any:
        return {_bare_no(key): value for key, value in data.items()} if isinstance(data, dict) else data


class Advised(Part):
    """What the advice must be for a duty; an empty list asks nothing."""

    notify: list[Notify] = []
    route: list[Route] = []


class DutyRow(Part):
    """A duty that stands beside the route."""

    id: Annotated[str, Field(pattern=r"^[a-z][a-z_]*$")]
    when: WhenData = {}
    advised: Advised = Advised()
    text: Sentence
    source: Sentence


class ChangeWords(Part):
    """The sentences around what is not known."""

    also_met: Sentence
    overruled: Sentence
    alone: Annotated[Sentence, _placeholders("fact", "advice")]
    together: Annotated[Sentence, _placeholders("fact", "others", "advice")]
    next_step: Sentence
    must: Sentence
    consider: Sentence
    no: Sentence

    @model_validator(mode="before")
    @classmethod
    def _bare_key(cls, data: Any) -> Any:
        return {_bare_no(key): value for key, value in data.items()} if isinstance(data, dict) else data


class RulesFile(Part):
    """The whole file, in the order in which people read it."""

    conditions: dict[str, WhenData] = {}
    read_first: ReadFirst
    routes: dict[str, Annotated[list[RouteChoice], Field(min_length=1)]] = {}
    rules: list[RuleRow] = Field(min_length=1)
    caution: Caution
    considerations: Considerations
    duties: list[DutyRow]
    facts: dict[Fact, Sentence]
    words: ChangeWords
