"""A first template for a form, to be restyled in Word. Afterwards the .docx is the source, not this."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from templates.documents import (
    controls,
    request_letter,
    scoping,
    shape_1a,
    shape_2,
    shape_2a,
    shape_3,
    shape_4,
    shape_agenda,
    shape_records,
    shape_supplementary,
)
from templates.documents.build import Builder
from templates.documents.shape_1a import Group
from templates.forms.model import Form
from templates.wording import Words

SHAPES: Mapping[str, Callable[[Words, Sequence[Group]], Builder]] = {
    shape_1a.FORM: shape_1a.write,
    scoping.FORM: lambda words, groups: shape_2.write(words),
    request_letter.FORM: lambda words, groups: shape_2a.write(words),
    shape_3.FORM: shape_3.write,
    shape_4.FORM: shape_4.write,
    shape_agenda.FORM: shape_agenda.write,
    shape_supplementary.FORM: shape_supplementary.write,
}
"""Forms that the booklet has a page for."""
LAID_OUT: Mapping[str, Callable[[Form, Words], Builder]] = {
    shape_records.NIL_RETURN: shape_records.nil_return,
    shape_records.DECISION: shape_records.decision,
}
"""Forms that are laid out from their definition."""


class NotWritten(Exception):
    """A first template that was not written: `key` names the sentence of templates/words that says why."""

    def __init__(self, key: str, **values: str) -> None:
        super().__init__(key)
        self.key = key
        self.values = values


def write_first(form: str, target: Path, words: Words, groups: Sequence[Group], definition: Form | None = None) -> None:
    """Write a first template at `target`. Raises NotWritten for an unknown form, and where there is a file already.

    `definition` is the form's own, for those that are laid out from it.
    """
    built = _built(form, words, groups, definition)
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        # O_EXCL: not even a file that appears at this very moment is written over.
        handle = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o644)
    except FileExistsError as there:
        raise NotWritten("documents.template_exists", path=str(target)) from there
    with os.fdopen(handle, "wb") as file:
        built.document.save(file)


def first_tags(form: str, words: Words, groups: Sequence[Group], definition: Form | None = None) -> frozenset[str]:
    """The tags of a form's first template: what its documents are filled with. None where there is no first template."""
    try:
        document = _built(form, words, groups, definition).document
    except NotWritten:
        return frozenset()
    return frozenset(controls.tag_of(sdt) for root in controls.parts_of(document) for sdt in controls.find(root))


def _built(form: str, words: Words, groups: Sequence[Group], definition: Form | None) -> Builder:
    if form in SHAPES:
        return SHAPES[form](words, groups)
    if form in LAID_OUT and definition is not None:
        return LAID_OUT[form](definition, words)
    raise NotWritten("documents.template_unknown", form=form, forms=", ".join(sorted((*SHAPES, *LAID_OUT))))


def groups_of(options: Sequence[tuple[str, str, str]]) -> list[Group]:
    """Options as (id, label, heading), grouped by heading in order."""
    headings = dict.fromkeys(heading for _, _, heading in options)
    return [Group(one, tuple((name, label) for name, label, heading in options if heading == one)) for one in headings]
