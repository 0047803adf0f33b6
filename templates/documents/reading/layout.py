"""Where each answer of a form stands: slots in the tables and lines of its template, and the tags that they go by."""

from __future__ import annotations

import enum
import re
from typing import NamedTuple

import msgspec

from templates.documents.controls import Kind
from templates.documents.data import CHILDREN, is_heading
from templates.documents.reading.cleaning import normal

_NUMBER = re.compile(r"(?<![\w.])\d+(?![\w.])")
_CHILD = re.compile(rf"([a-z_]+)\.{CHILDREN}\.(\d{{1,4}})\.(.+)")
_ROW = re.compile(r"(.+)\.(\d{1,5})\.([a-z_]+)")


class Way(enum.StrEnum):
    """How an answer is found without its tag: by the label beside it, by those of its row and column, and so on."""

    OWN = "own"
    LEFT = "left"
    GRID = "grid"
    ROWS = "rows"
    HEAD = "head"
    ABOVE = "above"
    NONE = "none"


class Slot(msgspec.Struct, frozen=True, kw_only=True):
    """A place for an answer. `tag` is that of the first child and the first row; labels are normal ones."""

    tag: str
    alias: str
    kind: Kind
    prompt: str
    row: int = 0
    column: int = 0
    own: str = ""
    left: str = ""
    left_open: bool = False
    """The label to the left has an answer of its own behind it."""
    head: str = ""
    above: str = ""
    way: Way = Way.NONE

    @property
    def field(self) -> str:
        """The last part of the tag."""
        return self.tag.rpartition(".")[2]

    @property
    def is_heading(self) -> bool:
        """A heading says nothing that anybody answered."""
        return is_heading(self.field)


class Plan(msgspec.Struct, frozen=True, kw_only=True):
    """A table of the template. `group` is what its rows are of (`scoping.key_events`), if they grow."""

    number: int
    above: tuple[str, ...]
    heads: tuple[str, ...]
    slots: tuple[Slot, ...]
    group: str = ""
    of_child: bool = False

    @property
    def lefts(self) -> frozenset[str]:
        """The labels to the left of answers."""
        return frozenset(slot.left for slot in self.slots if slot.left)


class Layout(msgspec.Struct, frozen=True, kw_only=True):
    """What is needed to read a form, with its tags and without them."""

    form: str
    version: int
    plans: tuple[Plan, ...]
    lines: tuple[Slot, ...]
    by_tag: dict[str, tuple[int, Slot]]
    """Number of its plan, and the slot, by the tag of the first child and row."""
    by_alias: dict[str, str]
    """Tags by title, as far as a title stands only once."""
    labels: frozenset[str]

    def find(self, tag: str) -> Place | None:
        """Where a tag stands. A shared answer in the block of a later child has a tag of that child."""
        base, child, row = base_of(tag)
        found = self.by_tag.get(base) or self.by_tag.get(base.replace(f".{CHILDREN}.1.", ".", 1))
        return None if found is None else Place(found[0], found[1], child, row)


class Place(NamedTuple):
    """A slot, the number of its plan (-1 for a line), the child's number and the row's, 0 where there is none."""

    plan: int
    slot: Slot
    child: int
    row: int


def tag_for(slot: Slot, child: int, row: int) -> str:
    """The tag of a slot for a child and a row. What is shared stands under each child after the first one."""
    tag = slot.tag
    if match := _CHILD.fullmatch(tag):
        tag = f"{match[1]}.{CHILDREN}.{child}.{match[3]}"
    elif child > 1:
        form, _, rest = tag.partition(".")
        tag = f"{form}.{CHILDREN}.{child}.{rest}"
    return _ROW.sub(rf"\g<1>.{row}.\g<3>", tag) if row else tag


def base_of(tag: str) -> tuple[str, int, int]:
    """The tag as the template has it, the child's number and the row's, 0 where there is none."""
    form, child, rest = tag, 0, ""
    if match := _CHILD.fullmatch(tag):
        form, child, rest = match[1], int(match[2]), match[3]
        prefix = f"{form}.{CHILDREN}.1."
    else:
        prefix, rest = "", tag
    if row := _ROW.fullmatch(rest):
        return f"{prefix}{row[1]}.1.{row[3]}", child, int(row[2])
    return prefix + rest, child, 0


def is_of_child(tag: str) -> bool:
    """Whether a tag stands once a child."""
    return _CHILD.fullmatch(tag) is not None


def base_alias(alias: str) -> str:
    """A title as the template has it: numbers of children and rows are 1 there."""
    return normal(_NUMBER.sub("1", alias.replace(":", " : ")))
