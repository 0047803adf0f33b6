"""The pack as one file, made from what lies in the library now: what people edited in Word counts, nothing is built again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import PurePosixPath

from bot.papers.package import archive
from bot.papers.paper import REVIEW, Body, Made, NothingToMake, word
from dialogs.giving.may import NOT_ASKED
from dialogs.giving.one_file import PACK, PDF, WITH_RETURNS, ZIP
from dialogs.kit import Kit
from state.file_records import GONE, FileRecord
from state.snapshot import Snapshot, Wanted
from templates.days import moment_text

OF_THE_PACK = (PACK, "overview", "agenda", "panel_letter", "supplementary")
TOGETHER: Mapping[str, tuple[str, ...]] = {
    PDF: (PACK,),
    ZIP: OF_THE_PACK,
    WITH_RETURNS: (*OF_THE_PACK, "scoping_return", "nil_return"),
}
"""What each is made of, by its form. Who reads the pack reads the returns in it, and has no return by itself."""
DRAFT = " draft"


def is_together(body: Body) -> bool:
    """Whether an outbox row asks for the pack as one file."""
    return word(body, "form") in TOGETHER


def wanted(body: Body) -> Wanted:
    """What is known of the files of the case."""
    return Wanted(turn="", person="", place="", case=word(body, "case"), files=True, requests=True)


def chosen(snapshot: Snapshot, body: Body) -> list[FileRecord]:
    """The newest version of each document that it is made of, the pack first. Raises NothingToMake where there is no pack.

    Of a document that is being written anew, what it was before lies there still.
    """
    forms = TOGETHER[word(body, "form")]
    found: dict[str, FileRecord] = {}
    for file in sorted(snapshot.files, key=_age):
        if not file.shelf and file.filed_at is not None and file.state != GONE and _is_of(snapshot, file, forms):
            found[file.what] = file
    if PACK not in found:
        raise NothingToMake
    return sorted(found.values(), key=lambda one: (one.what != PACK, one.path))


def _age(file: FileRecord) -> tuple[datetime, int]:
    return file.filed_at or file.made_at, file.number


def _is_of(snapshot: Snapshot, file: FileRecord, forms: Sequence[str]) -> bool:
    """A return of a request that was taken back is nothing of the pack's any more."""
    form, _, about = file.what.partition(":")
    gone = any(one.id == about and one.state in NOT_ASKED for one in snapshot.requests)
    return form in forms and not gone


def printed(pack: FileRecord, content: bytes) -> Made:
    """The pack's PDF. Its name says which version it was made from, and whether that is a draft."""
    return Made((REVIEW,), f"{title(pack)} as PDF", ".pdf", content, state=_state(pack))


def title(file: FileRecord) -> str:
    """A file's name without its ending: by reference, with its version."""
    return PurePosixPath(file.path).stem


def _state(pack: FileRecord) -> str:
    return "draft" if DRAFT in title(pack) else "final"


def zipped(body: Body, files: Sequence[tuple[FileRecord, bytes]], kit: Kit) -> Made:
    """All of them in one file, in the folders that they have in the library, with a list of what is in it."""
    reference, pack = word(body, "reference"), files[0][0]
    papers = {_name(file): content for file, content in files}
    heading = kit.words.say("giving.contents", reference=reference)
    listed = "\n".join([heading, "", *(_line(file, kit) for file, _ in files), ""])
    draft = DRAFT if _state(pack) == "draft" else ""
    what = "Pack and returns" if word(body, "form") == WITH_RETURNS else "Pack"
    return Made((REVIEW,), f"{reference} 3 {what}{draft}", ".zip", archive(listed, papers), state=_state(pack))


def _name(file: FileRecord) -> str:
    """Its path under the case's own folder."""
    return file.path.partition("/")[2] or file.path


def _line(file: FileRecord, kit: Kit) -> str:
    filed = moment_text(file.filed_at or file.made_at)
    return kit.words.say("giving.contents_line", name=_name(file), when=filed)
