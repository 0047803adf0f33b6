"""The page that is filed beside two versions of a document, for whoever opens the folder: which parts differ."""

from __future__ import annotations

from bot.library.document import Document
from bot.library.storage import Columns
from state.file_records import FileRecord
from templates.days import moment_text
from templates.documents.what_differs import Differing, what_differs
from templates.wording import Words

WHAT = "what_differs"
"""What such a page is, as the records of files have it. It belongs to no case there: nobody is told what is done to it."""


def page_beside(document: Document, record: FileRecord, words: Words) -> Document:
    """The page of a version that lies beside one that a person changed."""
    differs = record.beside
    data = Differing(
        reference=document.columns.reference,
        document=document.columns.document,
        before=differs.number,
        after=record.number,
        by_hand=differs.by_hand,
        new=differs.new,
        made=moment_text(record.made_at),
    )
    columns = document.columns
    return Document(
        folders=document.folders,
        stem=f"{document.stem} v{record.number} what differs",
        suffix=".docx",
        content=what_differs(data, words),
        shelf=document.shelf,
        what=WHAT,
        numbered=False,
        columns=Columns(
            reference=columns.reference, document=words.say("differing.page_document"), organisation=columns.organisation
        ),
    )
