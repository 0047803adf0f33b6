"""What files, libraries and people are called when something is told of a library. What people called a file is never said."""

from __future__ import annotations

from dialogs.desk import Desk
from dialogs.giving.may import request_of
from dialogs.giving.offer import file_name
from dialogs.scoping.common import organisation_name
from state.file_records import FileRecord


def called(desk: Desk, what: str) -> str:
    """A document of ours in a sentence, with whose it is; or "a file"."""
    if not what:
        return desk.words("library.a_file")
    request = request_of(desk, what.partition(":")[2])
    if request is None:
        return file_name(desk, what)
    return desk.words("library.file_of", file=file_name(desk, what), organisation=organisation_name(desk, request))


def library(desk: Desk, shelf: str) -> str:
    """The case library, or whose own library it is."""
    return desk.words("library.of", organisation=called_organisation(desk, shelf)) if shelf else desk.words("library.cases")


def called_organisation(desk: Desk, organisation: str) -> str:
    """What an organisation is called."""
    known = desk.organisation(organisation)
    return known.name if known else organisation


def somebody(desk: Desk, person: str) -> str:
    """Who did something, where they are known staff."""
    known = next((one.name for one in desk.snapshot.all_people if person and one.id == person), "")
    return known or desk.words("library.somebody")


def kept(desk: Desk, file: str) -> FileRecord | None:
    """What is kept of a file of ours, by its id."""
    return next((one for one in desk.snapshot.files if file and one.id == file), None)
