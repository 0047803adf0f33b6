"""Who may press what: copies of documents. Here none is named, and what is not listed nobody may have.

Who may have which stands in tests/journeys/test_files_offered.py.
"""

from __future__ import annotations

NOBODY: set[str] = set()
MAY: dict[str, set[str]] = {"get_file": NOBODY, "send_file": NOBODY, "no_file": NOBODY}
INTENDED: dict[str, tuple[str, set[str]]] = {}
