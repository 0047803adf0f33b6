"""How a command refuses: one plain sentence on standard error and exit code 2."""

from __future__ import annotations

import sys
from pathlib import Path

NORTH_SOMERSET = "north-somerset"
_TEMPLATES = Path(__file__).resolve().parents[2] / "templates"


class Refused(Exception):
    """Input that a command cannot use. The message says what to do."""


def refused(message: str) -> int:
    """Say why on standard error; the exit code of a refusal."""
    sys.stderr.write(message.encode("utf-8", "backslashreplace").decode("utf-8").rstrip() + "\n")
    return 2


def profile_at(name: str) -> Path:
    """The folder of a profile that ships with the assistant, or one given by its path. Raises Refused."""
    for folder in (_TEMPLATES / name, Path(name)):
        if (folder / "profile.yaml").is_file():
            return folder
    raise Refused(f"There is no profile '{name}'. Name a folder that has a profile.yaml.")
