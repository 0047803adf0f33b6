"""What a file is by its name and its first bytes, whatever it calls itself."""

from __future__ import annotations

import io
import zipfile

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""Older Word files begin so, and Word files with a password. Source: [MS-CFB] 2.2."""
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
"""The stream that holds a Word file with a password. Source: [MS-OFFCRYPTO] 2.3.4."""
PDF, RICH_TEXT, ZIP = b"%PDF-", b"{\\rtf", b"PK"
PDF_WITHIN = 1_024
"""Bytes in which a PDF says what it is: some have something before it."""
WITH_MACROS = (".docm", ".dotm")


def kind_of(name: str, content: bytes) -> str:
    """Why it cannot be a Word file as we read them, as a key of `files.…`; nothing where it can."""
    if not content:
        return "empty"
    if content.startswith(OLE):
        return "password" if ENCRYPTED in content else "old_word"
    if content.startswith(RICH_TEXT):
        return "old_word"
    if PDF in content[:PDF_WITHIN]:
        return "pdf"
    if name.casefold().endswith(WITH_MACROS):
        return "macros"
    if not zipfile.is_zipfile(io.BytesIO(content)):
        return "cut_short" if content.startswith(ZIP) else "not_word"
    return ""
