"""Documents that were filed before files were known of: after an upgrade each is known by the row that had it made."""

from __future__ import annotations

import contextlib
import re
from datetime import datetime
from pathlib import Path
from typing import Any

from state.crypto import KeyRing
from state.file_records import FILED, FileRecord
from state.sqlite import turns
from state.sqlite.files import connect
from state.values import derived_id

_MADE = """SELECT "remote_id", "case", "what", "made_at", "sent_at" FROM "outbox" AS o WHERE "kind" = 'document'
    AND "status" = 'sent' AND NOT EXISTS (SELECT 1 FROM "files" WHERE "shelf" = '' AND "path" = o."remote_id") ORDER BY "id" """
_PATH = re.compile(r"([^:]+) v(\d{1,6})(\.[A-Za-z]+)")
"""A document in the case library, as it was always called: what it is, its number, and its kind."""


def adopt(path: Path, keys: KeyRing) -> int:
    """Keep a record of each, once. Returns how many. What was written into them nobody kept: their digest is empty."""
    with contextlib.closing(connect(path)) as connection:
        connection.execute("BEGIN IMMEDIATE")
        try:
            made = [_record(match, *rest) for name, *rest in connection.execute(_MADE) if (match := _PATH.fullmatch(name))]
            records = {record.id: record for record in made}
            turns.put(connection, keys, tuple(records.values()))
        except BaseException:
            connection.execute("ROLLBACK")
            raise
        connection.execute("COMMIT")
    return len(records)


def _record(name: re.Match[str], case: str, what: str, made_at: str, sent_at: Any) -> FileRecord:
    """In a folder, a file's path is its id as well."""
    stem, number, suffix = name.groups()
    return FileRecord(
        id=derived_id("", name[0]),
        shelf="",
        series=f"{stem}{suffix}",
        number=int(number),
        path=name[0],
        case=case,
        what=what,
        item=name[0],
        digest="",
        state=FILED,
        made_at=datetime.fromisoformat(made_at),
        filed_at=datetime.fromisoformat(sent_at or made_at),
    )
