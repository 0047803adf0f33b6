"""Where each answer of a form stands, taken from the profile's own template."""

from __future__ import annotations

from pathlib import Path

import msgspec


class Layout(msgspec.Struct, frozen=True, kw_only=True):
    """What is needed to read a form without its tags."""

    form: str


def layouts_of(folder: Path) -> dict[str, Layout]:
    """The layout of every template in a profile's `documents` folder, by form."""
    return {path.stem: Layout(form=path.stem) for path in sorted(folder.glob("*.docx"))}
