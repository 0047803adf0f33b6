"""What reading a form gives."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec


class NotReadable(Exception):
    """A file that is no Word document, is broken, or is built to keep a reader busy. Holds nothing of its text."""


class FormRead(msgspec.Struct, frozen=True, kw_only=True):
    """A form as it was read. `form` is an id (`referral`), or nothing where it is none of ours; `version` 0 is not known.

    `tags` are whole tags (`scoping.key_events.2.date`), rows renumbered by their position. `how` is "tags", or "labels" where
    the document has lost its tags. `doubts` has, by tag, the texts between which a person has to choose; the first one is in
    `tags`. A doubt about boxes stands at the question's tag with the ids of the options, nothing for no box, and none of the
    boxes counts as ticked. `missing` are the template's tags that were not found at all.
    """

    form: str
    version: int = 0
    tags: Mapping[str, str | bool] = {}
    how: str = "tags"
    doubts: Mapping[str, tuple[str, ...]] = {}
    missing: tuple[str, ...] = ()
    tracked: bool = False
    """It has tracked changes, which are read as if they were accepted."""
    comments: bool = False
    boxes: bool = False
    """It has text boxes, which are not read."""
