"""A case that goes to another area: everything in its folder as one file, with a list of what is in it."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

from bot.papers.paper import Body, Made, instant, word
from dialogs.casework.hand_over import FORM
from dialogs.kit import Kit
from templates.days import moment_text

HANDED_OVER = "07 Hand over"
CONTENTS = "00 Contents.txt"
ZIP = ".zip"
FIRST_DAY = (1980, 1, 1, 0, 0, 0)
"""The same papers make the same file: a package holds no times of its own."""


def is_package(body: Body) -> bool:
    """Whether an outbox row asks for a package."""
    return word(body, "form") == FORM


def package(body: Body, files: Mapping[str, bytes], kit: Kit) -> Made:
    """All files of a case's folder, but for packages made before: what is in a zip lies in the folder by itself."""
    kept = {name: files[name] for name in sorted(files) if not name.startswith(f"{HANDED_OVER}/") and not name.endswith(ZIP)}
    reference = word(body, "reference")
    return Made((HANDED_OVER,), f"{reference} Hand over", ZIP, archive(_contents(body, kept, kit), kept))


def _contents(body: Body, files: Mapping[str, bytes], kit: Kit) -> str:
    at = instant(body)
    heading = kit.words.say("casework.contents", reference=word(body, "reference"), day=moment_text(at) if at else "")
    return "\n".join([heading, "", *files, ""])


def archive(contents: str, files: Mapping[str, bytes]) -> bytes:
    """Papers in one zip, in their order, after a list of what is in it."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as zipped:
        for name, content in {CONTENTS: contents.encode(), **files}.items():
            zipped.writestr(zipfile.ZipInfo(name, FIRST_DAY), content, zipfile.ZIP_DEFLATED)
    return made.getvalue()
