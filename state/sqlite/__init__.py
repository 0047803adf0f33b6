"""The embedded store, on the standard library's SQLite."""

from state.sqlite.opening import Mode, migrate
from state.sqlite.store import SqliteStore, open_store

__all__ = ["Mode", "SqliteStore", "migrate", "open_store"]
