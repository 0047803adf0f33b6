"""What LibreOffice writes anew into each PDF, made the same for the same document: else each copy would be another version."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable

_CREATED = re.compile(rb"(?<=/CreationDate\(D:)\d{14}(?=Z)")
_CREATED_TOO = re.compile(rb"(?<=<xmp:CreateDate>)\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?=Z)")
_IDS = re.compile(rb"(?<=[<])[0-9A-F]{32}(?=>)")
_CHECKSUM = re.compile(rb"(?<=/DocChecksum /)[0-9A-F]{32}")
_TRAILER = b"\ntrailer\n"


def fixed(pdf: bytes, made_at: str) -> bytes:
    """The PDF with the time that its document says (`YYYYMMDDhhmmss`), and an id that is made of its content.

    Each is as long as what it replaces: a PDF says of its parts at which byte they begin.
    """
    day, clock = made_at[:8], made_at[8:]
    written = f"{day[:4]}-{day[4:6]}-{day[6:]}T{clock[:2]}:{clock[2:4]}:{clock[4:]}"
    body, trailer, end = pdf.rpartition(_TRAILER)
    body = _CREATED_TOO.sub(_as(written), _CREATED.sub(_as(made_at), body))
    name = hashlib.sha256(body).hexdigest()[:32].upper()
    return body + trailer + _CHECKSUM.sub(_as(name), _IDS.sub(_as(name), end))


def _as(text: str) -> Callable[[re.Match[bytes]], bytes]:
    return lambda _found: text.encode()
