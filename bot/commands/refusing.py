"""How a command refuses: one plain sentence on standard error and exit code 2."""

from __future__ import annotations

import sys

NORTH_SOMERSET = "north-somerset"


class Refused(Exception):
    """Input that a command cannot use. The message says what to do."""


def refused(message: str) -> int:
    """Say why on standard error; the exit code of a refusal."""
    sys.stderr.write(message.encode("utf-8", "backslashreplace").decode("utf-8").rstrip() + "\n")
    return 2
