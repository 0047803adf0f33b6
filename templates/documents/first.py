"""A first template for a form, to be restyled in Word. Afterwards the .docx is the source, not this."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from templates.documents import shape_1a, shape_3, shape_4, shape_agenda, shape_supplementary
from templates.documents.build import Builder
from templates.documents.shape_1a import Group
from templates.wording import Words

SHAPES: Mapping[str, Callable[[Words, Sequence[Group]], Builder]] = {
    shape_1a.FORM: shape_1a.write,
    shape_3.FORM: shape_3.write,
    shape_4.FORM: shape_4.write,
    shape_agenda.FORM: shape_agenda.write,
    shape_supplementary.FORM: shape_supplementary.write,
}


class NotWritten(Exception):
    """A first template that was not written: `key` names the sentence of templates/words that says why."""

    def __init__(self, key: str, **values: str) -> None:
        super().__init__(key)
        self.key = key
        self.values = values


def write_first(form: str, target: Path, words: Words, groups: Sequence[Group]) -> None:
    """Write a first template at `target`. Raises NotWritten for an unknown form, and where there is a file already."""
    if form not in SHAPES:
        raise NotWritten("documents.template_unknown", form=form, forms=", ".join(sorted(SHAPES)))
    built = SHAPES[form](words, groups)
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        # O_EXCL: not even a file that appears at this very moment is written over.
        handle = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o644)
    except FileExistsError as there:
        raise NotWritten("documents.template_exists", path=str(target)) from there
    with os.fdopen(handle, "wb") as file:
        built.document.save(file)


def groups_of(options: Sequence[tuple[str, str, str]]) -> list[Group]:
    """Options as (id, label, heading), grouped by heading in order."""
    headings = dict.fromkeys(heading for _, _, heading in options)
    return [Group(one, tuple((name, label) for name, label, heading in options if heading == one)) for one in headings]
