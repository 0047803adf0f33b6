"""A folder on disk that holds the files of the libraries as they are now."""

from __future__ import annotations

from pathlib import Path

from graph_book import Library


class Mirror:
    """The first library at the root; every other beside it, as `ROOT-SITE-LIBRARY`."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._roots: dict[str, Path] = {}
        self._written: dict[str, dict[str, bytes]] = {}

    def folder(self, library: Library) -> Path:
        """Where its files stand."""
        beside = self._root.parent / f"{self._root.name}-{library.site.name}-{library.name}"
        return self._roots.setdefault(library.id, beside if self._roots else self._root)

    def refresh(self, library: Library) -> None:
        """Write what changed, and take away what is gone."""
        folder, before, now = self.folder(library), self._written.get(library.id, {}), library.files()
        folder.mkdir(parents=True, exist_ok=True)
        for path in before.keys() - now.keys():
            (folder / path).unlink(missing_ok=True)
        for path, content in now.items():
            if before.get(path) is not content:
                (folder / path).parent.mkdir(parents=True, exist_ok=True)
                (folder / path).write_bytes(content)
        self._written[library.id] = now
