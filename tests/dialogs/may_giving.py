"""Who may press what: copies of documents. Here none is named, and what is not listed nobody may have.

Who may have which stands in tests/journeys/test_files_offered.py, and who sees which in test_documents_card.py.
"""

from __future__ import annotations

NOBODY: set[str] = set()
MAY: dict[str, set[str]] = {
    "get_file": NOBODY,
    "send_file": NOBODY,
    "no_file": NOBODY,
    "one_file": NOBODY,
    "make_one_file": NOBODY,
    "documents": {"coordinator"},
}
INTENDED: dict[str, tuple[str, set[str]]] = {"documents": ("documents of NS-2026-0001", {"coordinator"})}
