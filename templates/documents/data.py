"""What a document is filled with, and the tags it goes to."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import chain

import msgspec

CHILDREN = "children"
_HEADING = re.compile(r"(?:[a-z_]+_)?heading")


def is_heading(name: str) -> bool:
    """Whether an id is that of one of a child's own headings; a heading whose control stays empty is taken out."""
    return _HEADING.fullmatch(name) is not None


ABOUT = ("partnership", "organisation", "references", "issue", "version", "replaces", "return_by", "return_to")
FURNITURE = frozenset("document." + name for name in ("reference", "marking", "edition", "generated_at", *ABOUT))
"""Tags that say something of the document itself: those of the header and footer, and what some documents say besides."""


class Block(msgspec.Struct, frozen=True, kw_only=True):
    """Answers as people read them. `values` and `ticks` are by id (`summary`, `deceased.yes`), `rows` by group, in order.

    An answer that is missing prints as an empty cell; where it should read "Not known", the caller says so.
    """

    values: Mapping[str, str] = {}
    ticks: Mapping[str, bool] = {}
    rows: Mapping[str, tuple[Mapping[str, str], ...]] = {}


class DocumentData(Block, frozen=True, kw_only=True):
    """One document. `number` is the booklet's ("1a"), `edition` the guidance's, `generated_at` a text; a block a child.

    `about` says more of the document itself (`issue`, `return_by`). One `to_complete` by hand keeps its prompts where
    there is no answer yet; a record of `answered_only` leaves out what has no answer.
    """

    form: str
    number: str
    reference: str
    edition: str
    marking: str
    generated_at: str
    about: Mapping[str, str] = {}
    to_complete: bool = False
    answered_only: bool = False
    children: tuple[Block, ...] = ()


def tagged(data: DocumentData) -> dict[str, str | bool]:
    """Everything to be filled in, by tag: `form.id`, `form.group.N.column`, `form.children.N.id`, N from 1.

    A child's block may show shared answers, and a child may have its own in their place. The first child's block has the
    shared tag itself.
    """
    found = dict(_furniture(data))
    for prefix, block in _blocks(data):
        found.update(_of_block(prefix, block))
    _first_child_in_place_of_shared(found, data)
    return found


def shared_tag(tag: str) -> str:
    """The tag of the shared answer that a child's block shows where the child has none of its own, or nothing."""
    parts = tag.split(".")
    return ".".join((parts[0], *parts[3:])) if len(parts) > 3 and parts[1] == CHILDREN else ""


def _first_child_in_place_of_shared(found: dict[str, str | bool], data: DocumentData) -> None:
    children = f"{data.form}.{CHILDREN}"
    for name in data.children[0].values if data.children else ():
        if name in data.values:
            found[f"{data.form}.{name}"] = found.pop(f"{children}.1.{name}")
            for number in range(2, len(data.children) + 1):
                found.setdefault(f"{children}.{number}.{name}", data.values[name])


def _furniture(data: DocumentData) -> Iterator[tuple[str, str | bool]]:
    yield "document.reference", data.reference
    yield "document.marking", data.marking
    yield "document.edition", data.edition
    yield "document.generated_at", data.generated_at
    for name, text in data.about.items():
        yield f"document.{name}", text


def _blocks(data: DocumentData) -> Iterator[tuple[str, Block]]:
    yield data.form, data
    for number, child in enumerate(data.children, 1):
        yield f"{data.form}.{CHILDREN}.{number}", child


def _of_block(prefix: str, block: Block) -> Iterator[tuple[str, str | bool]]:
    for name, value in chain[tuple[str, str | bool]](block.values.items(), block.ticks.items()):
        yield f"{prefix}.{name}", value
    for group, rows in block.rows.items():
        for number, row in enumerate(rows, 1):
            for column, text in row.items():
                yield f"{prefix}.{group}.{number}.{column}", text
