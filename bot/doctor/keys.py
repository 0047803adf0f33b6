"""The key file, the database that it opens, and what proves the history outside of it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec

from bot.commands.history import heads_file
from bot.doctor.finding import Finding, failed, not_checked, ok, refused, warning
from bot.doctor.subject import Subject
from bot.wiring import KEY
from state.crypto import KeyProblem, load_key

OLD = timedelta(days=365)
MISSED = timedelta(days=2)
NO_DATABASE = "There is no database yet. The assistant makes it at its first start."
NO_SURVEY = "The database could not be read."


def key_file(subject: Subject) -> Path:
    """Where the keys are."""
    return subject.settings.key_file or subject.settings.data / KEY


async def keys(subject: Subject) -> list[Finding]:
    """Whether the key file can be used, is apart from what it opens, and is not too old."""
    file = key_file(subject)
    if not subject.production and not file.exists() and not subject.database.exists():
        return [not_checked("There is no key yet. Local mode makes one at its first start.")]
    try:
        ring = load_key(file)
    except KeyProblem as wrong:
        return [refused(wrong)]
    found = []
    if subject.production and file.resolve().is_relative_to(subject.settings.data.resolve()):
        said = f"The key file {file} stands beside the database that it opens."
        found.append(warning(said, "Move it out of the data folder, and back the two up apart from each other."))
    age = subject.clock.now() - datetime.fromtimestamp(file.stat().st_mtime, UTC)
    if age > OLD:
        said = f"The newest key is {age.days} days old, by the date of the file."
        found.append(warning(said, f"Run: cspr keys rotate {file}. Then start the assistant again, and back the file up."))
    return found or [ok(f"The current key is {ring.current}.")]


async def database(subject: Subject) -> list[Finding]:
    """Whether the keys open the database, and whether it is of this mode and this version."""
    if subject.store_problem is not None:
        return [refused(subject.store_problem)]
    if not subject.database.exists():
        return [not_checked(NO_DATABASE)]
    if subject.survey is None:
        return [not_checked("Without its keys the database cannot be looked at.")]
    return [ok(f"The keys open it; it is whole, in {subject.settings.mode} mode, at schema {subject.survey.schema}.")]


class _Line(msgspec.Struct):
    at: datetime


async def history(subject: Subject) -> list[Finding]:
    """Whether the ends of the history are kept outside the database each day."""
    if subject.survey is None or not subject.survey.chains:
        return [not_checked(NO_SURVEY if subject.database.exists() and not subject.survey else "There is no history yet.")]
    file = heads_file(subject.settings)
    try:
        lines = file.read_bytes().splitlines() if file.exists() else []
        newest = msgspec.json.decode(lines[-1], type=_Line).at if lines else None
    except (OSError, msgspec.DecodeError):
        said = f"{file} cannot be read. It shows whether the history was cut off."
        return [failed(said, "Run: cspr history verify. Restore the file from its backup.")]
    if newest is None:
        said = f"{file} is not there. It shows whether the history was cut off, and is written daily while the assistant runs."
        return [warning(said, "Start the assistant. Where it has run before, run: cspr history verify")]
    if subject.clock.now() - newest > MISSED:
        said = f"{file} was last written on {newest:%d %B %Y}: the assistant has not done its daily work since."
        return [warning(said, "See that the assistant runs, and look into its log.")]
    return [ok("Its ends are kept outside the database. To check every row, run: cspr history verify")]
