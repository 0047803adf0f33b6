"""Reading what a filed Word document says, as text."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path


def words_in(library: Path) -> str:
    """All the text of the newest document in a library."""
    newest = max(library.rglob("*.docx"), key=lambda path: path.stat().st_mtime_ns)
    with zipfile.ZipFile(newest) as archive:
        xml = archive.read("word/document.xml").decode()
    return re.sub(r"<[^>]+>", "", re.sub(r"</w:p>", "\n", xml))
