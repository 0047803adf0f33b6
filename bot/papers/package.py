"""A case that goes to another area: everything in its folder as one file, with a list of what is in it."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Container, Mapping
from itertools import count

from bot.library.sighted import is_passing
from bot.papers.paper import Body, Made, instant, word
from dialogs.casework.hand_over import FORM
from dialogs.kit import Kit
from templates.days import moment_text

HANDED_OVER = "07 Hand over"
CONTENTS = "00 Contents.txt"
ZIP = ".zip"
ODD = re.compile(r'[\\:*?"<>|\x00-\x1f\x7f\u202a-\u202e\u2066-\u2069]')
"""Letters that are no part of a name on every system, and those that turn the direction of what is written."""
FIRST_DAY = (1980, 1, 1, 0, 0, 0)
"""The same papers make the same file: a package holds no times of its own."""


def is_package(body: Body) -> bool:
    """Whether an outbox row asks for a package."""
    return word(body, "form") == FORM


def package(body: Body, files: Mapping[str, bytes], kit: Kit) -> Made:
    """All files of a case's folder, but for packages made before: what is in a zip lies in the folder by itself."""
    kept: dict[str, bytes] = {}
    for name in sorted(files):
        if not name.startswith(f"{HANDED_OVER}/") and not name.endswith(ZIP) and not is_passing(name):
            kept[_free(plain(name), kept)] = files[name]
    reference = word(body, "reference")
    return Made((HANDED_OVER,), f"{reference} Hand over", ZIP, archive(_contents(body, kept, kit), kept))


def plain(name: str) -> str:
    """A name that leads nowhere but into the folder where it is unpacked, whatever system that is on."""
    parts = (ODD.sub("_", part) for part in name.split("/"))
    return "/".join("_" if part in ("", ".", "..") else part for part in parts)


def _free(name: str, taken: Container[str]) -> str:
    """The name, or the next like it that no other file has."""
    stem, dot, suffix = name.rpartition(".")
    others = (f"{stem or suffix} ({number}){dot}{suffix if stem else ''}" for number in count(2))
    return name if name not in taken else next(one for one in others if one not in taken)


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
