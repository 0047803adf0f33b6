"""What a document says for each question of the form at hand: by path, with every way to read it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping

from dialogs.desk import Desk
from dialogs.turn import Dropped
from templates.answers import Kind
from templates.forms.cells import EVERY_ROW
from templates.forms.shape import CHILDREN, NEVER_ASKED, Shape

Spoken = Mapping[str, tuple[str, ...]]
"""The readings by path: one where it is plain what is said."""
TICKED = "yes"
ALIASES, PRIVATE, NO_VOICE = "aliases", "do_not_share", "voice_missing_reason"


def spoken(desk: Desk, said: Dropped) -> Spoken:
    """Everything that the document says. What it only repeats of itself, and what is no question, says nothing."""
    form, shape = f"{desk.at_hand.form}.", desk.filled().shape
    found: defaultdict[str, list[str]] = defaultdict(list)
    for tag, text in said.tags.items():
        if tag.startswith(form) and text.strip():
            path, plain = _option(shape, shared(shape, tag.removeprefix(form)), text)
            for one, part in _apart(desk, shape, path, plain):
                found[one].append(part)
    made = {path: tuple(dict.fromkeys(texts)) for path, texts in found.items() if is_asked(shape, path)}
    doubts = {shared(shape, tag.removeprefix(form)): texts for tag, texts in said.doubts.items() if tag.startswith(form)}
    return made | {path: texts for path, texts in doubts.items() if is_asked(shape, path)}


def shared(shape: Shape, path: str) -> str:
    """The path of what all children share, where it stands in the part about one of them: such as the date of the incident."""
    group, _, rest = path.partition(".")
    name = rest.partition(".")[2]
    return name if group == CHILDREN and shape.find(path) is None and is_asked(shape, name) else path


def is_asked(shape: Shape, path: str) -> bool:
    """Whether a path is that of one answer that people give."""
    found = shape.find(path) if EVERY_ROW not in path else None
    return found is not None and found[1].kind not in (*NEVER_ASKED, Kind.ROWS, Kind.TABLE)


def _option(shape: Shape, path: str, text: str) -> tuple[str, str]:
    """A box that is ticked is the option that its tag ends in."""
    above, _, option = path.rpartition(".")
    return (above, option) if text == TICKED and shape.find(path) is None else (path, text)


def _apart(desk: Desk, shape: Shape, path: str, text: str) -> Iterator[tuple[str, str]]:
    """A cell that our own documents put together: the name with other names, the address with a note, a reason for no voice."""
    row, _, name = path.rpartition(".")
    if desk.at_hand.about and row.endswith(f".{desk.at_hand.about}") and text == desk.words("documents_scoping.own_row"):
        return
    if name == "voice" and (reason := _said(desk.words("documents_scoping.voice_missing", reason="\0"), text)):
        yield f"{row}.{NO_VOICE}", reason
        return
    lines = text.split("\n")
    if name == "name" and (also := _said(desk.words("documents_scoping.also_known", aliases="\0"), lines[-1])):
        lines.pop()
        yield f"{row}.{ALIASES}", also
    if name == "address" and lines[-1].strip() == desk.words("documents.keep_private"):
        lines.pop()
        if is_asked(shape, f"{row}.{PRIVATE}"):
            yield f"{row}.{PRIVATE}", TICKED
    if whole := "\n".join(lines):
        yield path, whole


def _said(pattern: str, text: str) -> str:
    """What stands in a sentence of ours where the pattern has its mark."""
    before, _, after = pattern.partition("\0")
    match = re.fullmatch(f"{re.escape(before)}(.+){re.escape(after)}", text.strip(), re.DOTALL)
    return match[1] if match else ""
