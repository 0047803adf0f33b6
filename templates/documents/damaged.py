"""What Python's own reader raises for a package that is damaged, locked, or built to look like one."""

from __future__ import annotations

import lzma
import struct
import zipfile
import zlib

DAMAGED = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    KeyError,
    ValueError,
    EOFError,
    OSError,
    # `zipfile` raises these two for a way of packing that it does not know, and for a part with a password.
    NotImplementedError,
    RuntimeError,
)
