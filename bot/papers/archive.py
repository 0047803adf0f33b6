"""Several papers as one zip. The same papers make the same file, byte by byte: it holds no times of its own."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

CONTENTS = "00 Contents.txt"
FIRST_DAY = (1980, 1, 1, 0, 0, 0)
"""The earliest that a zip can say."""


def archive(contents: str, files: Mapping[str, bytes]) -> bytes:
    """The zip: a list of what is in it, then the papers in their order. It may take long, and runs beside the event loop."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as zipped:
        for name, content in {CONTENTS: contents.encode(), **files}.items():
            zipped.writestr(zipfile.ZipInfo(name, FIRST_DAY), content, zipfile.ZIP_DEFLATED)
    return made.getvalue()
