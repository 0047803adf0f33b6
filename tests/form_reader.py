"""The reader of forms of the profile that ships: each test has one of its own, because it waits in its own loop."""

from __future__ import annotations

from bot.dropped import FormReader
from templates.profile import profile_folder


def forms() -> FormReader:
    """A reader of the forms of North Somerset."""
    return FormReader(profile_folder("north-somerset"))
