"""Why a database cannot be opened or used. Each message is a sentence for the operator that says what to do."""

from __future__ import annotations


class StoreProblem(Exception):
    """The database cannot be opened or used as asked. The message says why and what to do, and holds no personal data."""


class WrongMode(StoreProblem):
    """The database was made in another mode (local or production) than the one asked for."""


class NewerSchema(StoreProblem):
    """The database was written by a newer version of the assistant."""


class OlderSchema(StoreProblem):
    """The database needs `cspr migrate` first."""


class Corrupted(StoreProblem):
    """The file is not a database of ours, or is damaged."""


class WrongKey(StoreProblem):
    """The keys given do not open this database."""


class NotPrivate(StoreProblem):
    """The data folder or file cannot be closed to other users of the machine."""


class MigrationFailed(StoreProblem):
    """The new schema did not work on the copy; the database itself was not touched."""


class UnknownRow(StoreProblem):
    """There is no outbox row with that number."""


class Closed(StoreProblem):
    """The store was closed; nothing more is read or written."""
