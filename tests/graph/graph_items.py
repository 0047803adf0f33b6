"""What happens to folders and files, with SharePoint's rules: names, conflicts, locks, checkouts, records, columns.

learn.microsoft.com/graph/api: driveitem-put-content, driveitem-update, driveitem-delete, listitem-update,
driveitem-setretentionlabel; support.microsoft.com: "Restrictions and limitations in OneDrive and SharePoint".
"""

from __future__ import annotations

import hashlib
import re
from pathlib import PurePosixPath
from typing import Any

from graph_book import Book, GraphError, Identity, Item, Library, Version
from promotion import promoted

FORBIDDEN = re.compile(r'["*:<>?/\\|\x00-\x1f]')
RESERVED = re.compile(r"^(\.lock|con|prn|aux|nul|com\d|lpt\d|desktop\.ini|~\$.*)$", re.IGNORECASE)
LONGEST_PATH, LONGEST_NAME, LONGEST_TEXT = 400, 255, 255
FAIL, REPLACE, RENAME = "fail", "replace", "rename"


class Items:
    """Changes of items, whoever makes them."""

    def __init__(self, book: Book) -> None:
        self._book = book
        self.promotes = True
        """Columns are written into Office files when they are set."""
        self.promotes_late = False
        """They are written a while after that: when `settle` is called."""
        self.promotes_uploads = False
        """So they are when a file arrives: what is stored is not what was sent."""
        self._unsettled: list[tuple[Library, Item]] = []

    # Finding

    def must(self, library: Library, path: str) -> Item:
        """By path. Raises GraphError."""
        found = library.at(path)
        if found is None:
            raise not_found()
        return found

    def folder(self, library: Library, path: str, by: Identity) -> Item:
        """The folder at a path; made, with those above it, where there is none."""
        at = library.root
        for name in filter(None, path.split("/")):
            found = library.child(at, name)
            if found is not None and not found.folder:
                raise taken()
            at = found or self.new_folder(library, at, name, by)
        return at

    # Making

    def new_folder(self, library: Library, parent: Item, name: str, by: Identity, conflict: str = FAIL) -> Item:
        """A folder in a folder."""
        checked_name(library, parent, name)
        there = library.child(parent, name)
        if there is not None:
            if conflict == FAIL:
                raise taken()
            if conflict == REPLACE:
                return there
            name = self._free(library, parent, name)
        made = library.new(name, parent, folder=True, by=by, at=self._book.now())
        library.touched(made)
        return made

    def put(self, library: Library, parent: Item, name: str, content: bytes, by: Identity, conflict: str) -> tuple[Item, bool]:
        """A file in a folder. Returns it, and whether it is new."""
        checked_name(library, parent, name)
        there = library.child(parent, name)
        if there is not None and conflict == RENAME:
            name, there = self._free(library, parent, name), None
        if there is not None:
            if conflict == FAIL or there.folder:
                raise taken()
            return self.write(library, there, content, by), False
        made = library.new(name, parent, folder=False, by=by, at=self._book.now())
        self._version(library, made, self._arriving(name, content, made), by, "content", content)
        return made, True

    def write(self, library: Library, item: Item, content: bytes, by: Identity) -> Item:
        """Another content for a file. Raises GraphError where it is locked."""
        unlocked(item, by)
        item.changes += 1
        item.content_changes += 1
        self._version(library, item, self._arriving(item.name, content, item), by, "content", content)
        return item

    def _arriving(self, name: str, content: bytes, item: Item) -> bytes:
        return promoted(content, {**item.fields, "ContentTypeId": "0x0101"}) if self.promotes_uploads else content

    def _version(self, library: Library, item: Item, content: bytes, by: Identity, why: str, sent: bytes | None = None) -> None:
        origin = item.versions[-1].origin if sent is None else hashlib.sha256(sent).hexdigest()
        item.by, item.at = by, self._book.now()
        item.versions.append(Version(len(item.versions) + 1, content, origin, by, item.at, why))
        library.touched(item)

    # Changing

    def describe(self, library: Library, item: Item, fields: dict[str, Any], by: Identity) -> None:
        """Set columns. Raises GraphError for one that the library has not, and for a value that is no text."""
        for name, value in fields.items():
            if name not in library.columns:
                raise GraphError(400, "invalidRequest", f"Field '{name}' is not recognized")
            if not (value is None or (isinstance(value, str) and len(value) <= LONGEST_TEXT)):
                raise GraphError(400, "invalidRequest", f"Invalid value for field '{name}'")
        unlocked(item, by)
        item.fields |= fields
        item.changes += 1
        if item.folder:
            item.by, item.at = by, self._book.now()
            library.touched(item)
            return
        late = self.promotes and self.promotes_late
        content = promoted(item.content, item.fields) if self.promotes and not late else item.content
        if content != item.content:
            item.content_changes += 1
        self._version(library, item, content, by, "columns")
        self._unsettled += [(library, item)] if late else []

    def settle(self) -> None:
        """Write columns that were set into the files now, where `promotes_late`. No version more, and other tags."""
        for library, item in self._unsettled:
            item.versions[-1].content = promoted(item.content, item.fields)
            item.changes += 1
            item.content_changes += 1
            library.touched(item)
        self._unsettled.clear()

    def label(self, library: Library, item: Item, name: str, by: Identity) -> bool:
        """Put a retention label on it. Returns whether it is the first."""
        found = self._book.labels.get(name)
        if found is None:
            raise GraphError(400, "invalidRequest", f"The retention label '{name}' was not found")
        unlocked(item, by)
        first, item.label = item.label is None, found
        item.changes += 1
        item.by, item.at = by, self._book.now()
        library.touched(item)
        return first

    def update(
        self, library: Library, item: Item, by: Identity, *, name: str = "", parent: Item | None = None, conflict: str = FAIL
    ) -> None:
        """Rename it, or put it into another folder. Its cTag is another one then, though its content is the same:
        github.com/microsoftgraph/microsoft-graph-docs/issues/9206.
        """
        unlocked(item, by)
        parent, name = parent or item.parent, name or item.name
        if parent is None:
            raise GraphError(400, "invalidRequest", "The root cannot be renamed.")
        checked_name(library, parent, name)
        there = library.child(parent, name)
        if there is not None and there is not item:
            if conflict != RENAME:
                raise taken()
            name = self._free(library, parent, name)
        item.name, item.parent = name, parent
        item.changes += 1
        item.content_changes += 1
        item.by, item.at = by, self._book.now()
        library.touched(item)

    def delete(self, library: Library, item: Item, by: Identity) -> None:
        """Into the recycle bin, with everything below."""
        if item.parent is None:
            raise GraphError(400, "invalidRequest", "The root cannot be deleted.")
        unlocked(item, by)
        below = [one for one in library.there() if _within(one, item)]
        for one in reversed(below):
            unlocked(one, by)
        for one in below:
            one.deleted, one.by, one.at = True, by, self._book.now()
            library.touched(one)

    def restore(self, library: Library, item: Item, by: Identity) -> None:
        """Out of the recycle bin, with its folders. Its tags are other ones then."""
        parent = item.parent
        while parent is not None and parent.deleted:
            parent.deleted, parent = False, parent.parent
        item.deleted, item.by, item.at = False, by, self._book.now()
        item.changes += 1
        item.content_changes += 1
        library.touched(item)

    def check_out(self, library: Library, item: Item, by: Identity) -> None:
        """Nobody else may change it until it is checked in."""
        unlocked(item, by)
        item.checked_out_by = by
        item.changes += 1
        library.touched(item)

    def check_in(self, library: Library, item: Item, by: Identity) -> None:
        """Others may change it again."""
        unlocked(item, by)
        item.checked_out_by = None
        item.changes += 1
        library.touched(item)

    def _free(self, library: Library, parent: Item, name: str) -> str:
        """As the real one does: "name 1.docx"."""
        stem, suffix = PurePosixPath(name).stem, PurePosixPath(name).suffix
        number = 1
        while library.child(parent, f"{stem} {number}{suffix}") is not None:
            number += 1
        return f"{stem} {number}{suffix}"


def _within(one: Item | None, item: Item) -> bool:
    return one is not None and (one is item or _within(one.parent, item))


def not_found() -> GraphError:
    """There is no such item."""
    return GraphError(404, "itemNotFound", "The resource could not be found.")


def taken(message: str = "The specified item name already exists.") -> GraphError:
    """There is one of that name."""
    return GraphError(409, "nameAlreadyExists", message)


def changed(*, code: str = "resourceModified") -> GraphError:
    """If-Match does not hold. A PUT of content has been seen to call it notAllowed: only the status is to be relied on."""
    return GraphError(412, code, "ETag does not match current item's value")


def locked(message: str = "The resource you are attempting to access is locked", *, nested: bool = False) -> GraphError:
    """Graph has been seen to word it in two ways: github.com/microsoftgraph/microsoft-graph-explorer-v4/issues/3435."""
    if nested:
        return GraphError(423, "notAllowed", message, inner="resourceLocked")
    return GraphError(423, "resourceLocked", message)


def unlocked(item: Item, by: Identity) -> None:
    """Raises GraphError where somebody else holds it: open in Word, checked out, or a record that nobody may change."""
    if item.label is not None and item.label.record:
        raise locked("The item is declared a record.")
    if item.checked_out_by is not None and item.checked_out_by != by:
        raise locked("The file is checked out for editing by another user.")
    if item.opened_by and by.id not in item.opened_by:
        raise locked(nested=True)


def checked_name(library: Library, parent: Item, name: str) -> None:
    """Raises GraphError for a name that SharePoint does not take, and for a path that is too long."""
    if (
        not name
        or FORBIDDEN.search(name)
        or RESERVED.match(name)
        or "_vti_" in name
        or name != name.strip()
        or name.endswith(".")
    ):
        raise GraphError(400, "invalidRequest", "The provided name cannot contain certain characters.")
    if parent.parent is None and name.lower() == "forms":
        raise GraphError(400, "invalidRequest", "The provided name is reserved.")
    path = "/".join(filter(None, (library.site.path, library.name, parent.path, name)))
    if len(name) > LONGEST_NAME or len(path) > LONGEST_PATH:
        raise GraphError(400, "invalidRequest", "The name or the path is too long.", inner="pathIsTooLong")
