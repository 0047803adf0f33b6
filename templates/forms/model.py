"""The typed model of a form definition, and the JSON Schema that editors use.

Ids are lower-case words joined by underscores: a dotted name is refused, because dots are only ever put in by us (paths).
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from templates.answers import Kind

Id = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$", max_length=60)]
Expected = bool | int | str | list[str]
By = Literal["", "coordinator", "partner", "panel_member", "agency_lead", "senior_agency_lead"]


class Strict(BaseModel):
    """A part of a definition: frozen, and nothing unknown in it."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Option(Strict):
    """One option of a choice: the id that is kept and the words that are read."""

    id: Id
    label: str
    heading: str = Field(default="", description="The group the option stands under in the booklet's form")


class Question(Strict):
    """One question of a form, or one column of a question with rows or of a table."""

    id: Id
    ask: str = Field(default="", description="The question in plain words, as it is asked in chat")
    label: str = Field(description="The short name: in windows, in check your answers, for `change …`")
    why: str = Field(default="", description="The answer to 'why do you ask?'")
    help: str = Field(default="", description="Shown under the question")
    kind: Kind = Kind.TEXT
    options: list[Option] | str = Field(default_factory=list, description="The options, or the name of a list of lists.yaml")
    need: Literal["required", "recommended", "optional"] = "required"
    identifies: bool = Field(default=False, description="Never in a channel post, a log, a file name or a preview")
    inexact: bool = Field(default=False, description="A month, a year or about will do")
    unborn: bool = False
    latest: Literal["", "today"] = ""
    minimum: int | None = None
    maximum: int | None = None
    not_known: bool = Field(default=True, description="'Not known' is a possible answer")
    only_if: dict[str, Expected] = Field(default_factory=dict, description="Named conditions that must all hold")
    urgent_if: list[str] = Field(default_factory=list, description="Answers after which the emergency words are said at once")
    not_needed_if: dict[str, Expected] = Field(default_factory=dict, description="Still asked, but may then be left out")
    skip: str = Field(default="", description="What the skip button says, where leaving it out means something")
    known_from: list[str] = Field(default_factory=list, description="Where the answer may be known from")
    fact: str = Field(default="", description="The fact of the decision model that the answer sets")
    advice: bool = Field(default=False, description="Asked only while its fact could change the advice or a duty")
    group: str = Field(default="", description="Neighbours of one group are asked on one card")
    common: bool = Field(default=False, description="Copied when another child is added")
    beyond: bool = Field(default=False, description="Beyond the booklet, not printed in its document")
    shows: Literal["", "advice", "decision_advice"] = Field(default="", description="Nothing is asked: something is shown here")
    columns: list[Question] = Field(default_factory=list)
    rows: list[Option] | str = Field(default_factory=list, description="The rows of a table, or the name of their list")
    bulk: bool = Field(default=True, description="The whole table is one page; without, each row is a page of its own")
    hide_own: bool = Field(default=False, description="The row of the organisation that answers is not asked")
    only_rows: list[str] = Field(default_factory=list, description="A column of a table that only these rows have")

    @model_validator(mode="after")
    def _columns_belong_to_rows(self) -> Question:
        if bool(self.columns) != (self.kind in (Kind.ROWS, Kind.TABLE)):
            raise ValueError("columns belong to kind: rows or table, and a table or rows need columns")
        if bool(self.rows) != (self.kind is Kind.TABLE):
            raise ValueError("rows belong to kind: table, and a table needs rows")
        return self


class Section(Strict):
    """A part of a form, asked in order; with `repeats`, once for each subject child."""

    id: Id
    title: str
    intro: str = Field(default="", description="Said before the section begins, where it warns or explains")
    repeats: bool = False
    adds: bool = Field(default=False, description="After the last child, offers to add another")
    window: bool = True
    by: By = Field(default="", description="Who writes it, where not everybody does who may open the form")
    only_if: dict[str, Expected] = Field(default_factory=dict)
    groups: dict[Id, str] = Field(default_factory=dict, description="What is said above the questions of a group")
    questions: list[Question]


class Form(Strict):
    """A whole form."""

    form: Id
    document: str
    version: int = 1
    title: str
    send: str = Field(default="", description="What the button says that sends it, where it does not send a referral")
    cancel: str = Field(default="", description="What the button says that cancels it")
    word: bool = Field(default=True, description="It is printed as a Word document, from a template of its name")
    ours: bool = Field(default=False, description="The booklet has no such form: what is printed is for us to say")
    sections: list[Section]


class Lists(Strict):
    """Options that several questions share, by name: configurable data of the partnership."""

    lists: dict[Id, list[Option]]
