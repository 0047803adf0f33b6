"""Reading what a filed Word document says, as text."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path


def words_in(library: Path) -> str:
    """All the text of the newest document in a library."""
    return words_of_file(max(library.rglob("*.docx"), key=lambda path: path.stat().st_mtime_ns))


def words_of_file(path: Path) -> str:
    """All the text of one document, headers and footers included."""
    with zipfile.ZipFile(path) as archive:
        parts = [name for name in archive.namelist() if re.fullmatch(r"word/(document|header\d*|footer\d*)\.xml", name)]
        xml = "\n".join(archive.read(name).decode() for name in sorted(parts))
    return re.sub(r"<[^>]+>", "", re.sub(r"</w:p>", "\n", xml))
