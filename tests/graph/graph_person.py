"""Hands for people: what somebody does in SharePoint and in Word."""

from __future__ import annotations

import io
from collections.abc import Callable

import docx
from docx.document import Document
from fake_graph import FakeGraph
from graph_book import Identity, Item, Library
from graph_items import FAIL


class Person:
    """Somebody who works in the libraries. Raises GraphError where SharePoint would say no."""

    def __init__(self, graph: FakeGraph, name: str, tenant: str = "", object_id: str = "", through: str = "") -> None:
        self._graph = graph
        self.who = Identity("user", object_id or f"user-{name}", name, tenant, through)

    def edit(self, library: Library, path: str, change: Callable[[Document], object]) -> None:
        """Change a Word file and save it."""
        document = docx.Document(io.BytesIO(self.read(library, path)))
        change(document)
        saved = io.BytesIO()
        document.save(saved)
        self.save(library, path, saved.getvalue())

    def replace_text(self, library: Library, path: str, old: str, new: str) -> None:
        """Change words in paragraphs and in cells of a Word file."""
        self.edit(library, path, lambda document: _replaced(document, old, new))

    def save(self, library: Library, path: str, content: bytes) -> None:
        """Another content for a file."""
        self._graph.items.write(library, self._item(library, path), content, self.who)

    def read(self, library: Library, path: str) -> bytes:
        """The newest version."""
        return self._item(library, path).content

    def add(self, library: Library, path: str, content: bytes) -> Item:
        """Drop a file into a folder; the folder is made where there is none."""
        folder, _, name = path.rpartition("/")
        parent = self._graph.items.folder(library, folder, self.who)
        item, _ = self._graph.items.put(library, parent, name, content, self.who, FAIL)
        return item

    def look(self, library: Library, path: str) -> None:
        """Open it in Word for the web and change nothing: SharePoint may count a version all the same, with other tags."""
        self.save(library, path, self.read(library, path))

    def open(self, library: Library, path: str) -> None:
        """Hold it open in Word: others may write in it with Word, and nobody may replace it."""
        self._item(library, path).opened_by[self.who.id] = self.who

    def close(self, library: Library, path: str) -> None:
        """Close it again."""
        self._item(library, path).opened_by.pop(self.who.id, None)

    def check_out(self, library: Library, path: str) -> None:
        """Keep others from changing it."""
        self._graph.items.check_out(library, self._item(library, path), self.who)

    def check_in(self, library: Library, path: str) -> None:
        """Let others change it again."""
        self._graph.items.check_in(library, self._item(library, path), self.who)

    def rename(self, library: Library, path: str, name: str) -> None:
        """Give a file or folder another name."""
        self._graph.items.update(library, self._item(library, path), self.who, name=name)

    def move(self, library: Library, path: str, folder: str) -> None:
        """Put it into another folder, made where there is none."""
        parent = self._graph.items.folder(library, folder, self.who)
        self._graph.items.update(library, self._item(library, path), self.who, parent=parent)

    def delete(self, library: Library, path: str) -> Item:
        """Into the recycle bin. Returns what can be restored."""
        item = self._item(library, path)
        self._graph.items.delete(library, item, self.who)
        return item

    def restore(self, library: Library, item: Item) -> None:
        """Out of the recycle bin."""
        self._graph.items.restore(library, item, self.who)

    def set_columns(self, library: Library, path: str, **fields: str) -> None:
        """Change columns."""
        self._graph.items.describe(library, self._item(library, path), fields, self.who)

    def _item(self, library: Library, path: str) -> Item:
        return self._graph.items.must(library, path)


def _replaced(document: Document, old: str, new: str) -> None:
    for text in document.element.iter("{http://schemas.openxmlformats.org/wordprocessingml/2006/main}t"):
        if text.text and old in text.text:
            text.text = text.text.replace(old, new)
